/** Asks for what the start page shows while the rest of the program is still being evaluated. */

import { askForStart } from "./api/overview";

if (window.location.pathname === "/") void askForStart();
