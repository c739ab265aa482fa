/** Resellers, their templates with quota, and their statement. */

import { queryOptions } from "@tanstack/react-query";
import { api, ask, bytes } from "./client";
import { listKey, oneKey } from "./keys";
import { keyset } from "./keyset";
import type { Body, Filter, Template } from "./types";

export type ResellerFilter = Filter<"list_resellers">;

export const resellerList = (filter: ResellerFilter) =>
  keyset(listKey("reseller", filter), (page, signal) =>
    ask(api.GET("/v1/resellers", { params: { query: { ...filter, ...page } }, signal })),
  );

export const resellerOne = (id: string) =>
  queryOptions({
    queryKey: oneKey("reseller", id),
    queryFn: ({ signal }) =>
      ask(api.GET("/v1/resellers/{id}", { params: { path: { id } }, signal })),
  });

const path = (id: string) => ({ params: { path: { id } } });

export const createReseller = (body: Body<"create_reseller">) =>
  ask(api.POST("/v1/resellers", { body }));
export const renameReseller = (id: string, body: Body<"rename_reseller">) =>
  ask(api.PATCH("/v1/resellers/{id}", { ...path(id), body }));
export const archiveReseller = (id: string) =>
  ask(api.POST("/v1/resellers/{id}/archive", path(id)));
export const unarchiveReseller = (id: string) =>
  ask(api.POST("/v1/resellers/{id}/unarchive", path(id)));

export const inviteFirstManager = (id: string, body: Body<"invite_first_manager">) =>
  ask(api.POST("/v1/resellers/{id}/first-manager", { ...path(id), body }));
export const replaceReseller = (id: string, by: string) =>
  ask(api.POST("/v1/resellers/{id}/replace", { ...path(id), body: { by, dry_run: false } }));

/** What replacing a reseller by another would do. */
export const replacePreview = (id: string, by: string) =>
  queryOptions({
    queryKey: listKey("reseller", { replaced: id, by }),
    queryFn: ({ signal }) =>
      ask(
        api.POST("/v1/resellers/{id}/replace", {
          ...path(id),
          body: { by, dry_run: true },
          signal,
        }),
      ),
  });

/** What a reseller's own people did, newest first. */
export const resellerActs = (id: string) =>
  keyset(listKey("ledger", { acts: id }), (page, signal) =>
    ask(api.GET("/v1/resellers/{id}/acts", { params: { path: { id }, query: page }, signal })),
  );

/** All templates of a reseller, or all there are: a reseller has at most two hundred. */
export const templateList = (reseller_id?: string) =>
  queryOptions({
    queryKey: listKey("template", { reseller_id }),
    queryFn: async ({ signal }) => {
      const templates: Template[] = [];
      let after: string | null | undefined;
      do {
        const query = { limit: 200, ...(after && { after }), ...(reseller_id && { reseller_id }) };
        const page = await ask(api.GET("/v1/templates", { params: { query }, signal }));
        templates.push(...page.items);
        after = page.next;
      } while (after);
      return templates;
    },
  });

export const grantTemplate = (body: Body<"grant_template">) =>
  ask(api.POST("/v1/templates", { body }));
export const grantQuota = (id: string, body: Body<"grant_quota">) =>
  ask(api.POST("/v1/templates/{id}/quota", { ...path(id), body }));
export const withdrawTemplate = (id: string) =>
  ask(api.POST("/v1/templates/{id}/withdraw", path(id)));
export const issueFromTemplate = (id: string, body: Body<"issue_from_template">) =>
  ask(api.POST("/v1/templates/{id}/licenses", { ...path(id), body }));

export const importFromTemplate =
  (id: string) => (file: Blob, query: Filter<"import_from_template">, signal: AbortSignal) =>
    ask(
      api.POST("/v1/templates/{id}/licenses/import", {
        params: { path: { id }, query },
        signal,
        ...bytes(file, "text/csv"),
      }),
    );

export const templateOne = (id: string) =>
  queryOptions({
    queryKey: oneKey("template", id),
    queryFn: ({ signal }) => ask(api.GET("/v1/templates/{id}", { ...path(id), signal })),
  });

/** The lines of a month of a statement, oldest first. */
export const statementLines = (id: string, month: string) =>
  keyset(listKey("template", { statement: id, month }), (page, signal) =>
    ask(
      api.GET("/v1/resellers/{id}/statement", {
        params: { path: { id }, query: { month, ...page } },
        signal,
      }),
    ),
  );

export const statementSums = (id: string, month: string) =>
  queryOptions({
    queryKey: listKey("template", { sums: id, month }),
    queryFn: ({ signal }) =>
      ask(
        api.GET("/v1/resellers/{id}/statement/sums", {
          params: { path: { id }, query: { month } },
          signal,
        }),
      ),
  });
