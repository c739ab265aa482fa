/** Asks for what the first page shows while the rest of the program is still being evaluated. */

import { meQuery } from "./api/me";
import { askForStart } from "./api/overview";
import { queryClient } from "./api/query_client";
import { isOutside } from "./shell/outside";

const path = window.location.pathname;
if (path === "/") void askForStart();
else if (!isOutside(path)) void queryClient.prefetchQuery(meQuery);
