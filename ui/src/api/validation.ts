/** What machines asked, and were told. */

import { api, ask } from "./client";
import { listKey } from "./keys";
import { keyset } from "./keyset";
import type { Filter } from "./types";

export type ValidationFilter = Filter<"list_validations">;

export const validationList = (filter: ValidationFilter) =>
  keyset(listKey("validation", filter), (page, signal) =>
    ask(api.GET("/v1/validations", { params: { query: { ...filter, ...page } }, signal })),
  );
