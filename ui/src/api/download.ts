/** Answers that a person keeps as files, of any size: they do not pass through the page. */

import { PlatformError, platform } from "../platform";
import { queryText } from "./client";
import { OfflineError, problemOf } from "./problem";
import type { paths } from "./schema";

/** The lists that can be had as tables; those of one record are asked for by themselves. */
export type TablePath = Exclude<Extract<keyof paths, `${string}/csv`>, `${string}{id}${string}`>;

type Query<P extends keyof paths> = paths[P] extends {
  get: { parameters: { query?: infer Q } };
}
  ? NonNullable<Q>
  : never;

/** What a table is narrowed to: the filters of its list. */
export type TableFilter<P extends TablePath> = Omit<Query<P>, "bom">;

/** What became of a file; `begun` where the browser goes on by itself. */
export type Kept = "saved" | "begun" | "cancelled";

/** Hands a whole list to the person, as a table that spreadsheets read. */
export const saveTable = <P extends TablePath>(path: P, filter: TableFilter<P>) =>
  download(`${path}?${queryText({ ...filter, bom: true })}`);

/** Hands a reseller's statement to the person, as a table. */
export const saveStatement = (id: string, query: Query<"/v1/resellers/{id}/statement/csv">) =>
  download(
    `/v1/resellers/${encodeURIComponent(id)}/statement/csv?${queryText({ ...query, bom: true })}`,
  );

/** Hands a reseller's statement to the person, on paper. */
export const saveStatementPdf = (id: string, query: Query<"/v1/resellers/{id}/statement/pdf">) =>
  download(`/v1/resellers/${encodeURIComponent(id)}/statement/pdf?${queryText(query)}`);

/** Hands what a reseller's own people did to the person, as a table. */
export const saveActs = (id: string) =>
  download(`/v1/resellers/${encodeURIComponent(id)}/acts/csv?${queryText({ bom: true })}`);

/** Hands what happened to all that a customer has to the person, as a table. */
export const saveTimeline = (id: string) =>
  download(`/v1/customers/${encodeURIComponent(id)}/timeline/csv?${queryText({ bom: true })}`);

/** Hands a license's certificate to the person. */
export const saveCertificate = (id: string, query: Query<"/v1/licenses/{id}/certificate">) =>
  download(`/v1/licenses/${encodeURIComponent(id)}/certificate?${queryText(query)}`);

/** Hands the script that collects machine codes to the person. */
export const saveScript = (query: Query<"/v1/collection-script">) =>
  download(`/v1/collection-script?${queryText(query)}`);

async function download(path: string): Promise<Kept> {
  let answer: Kept | Response;
  try {
    answer = await platform.download(path);
  } catch (error) {
    if (error instanceof PlatformError) throw error;
    throw new OfflineError(error);
  }
  if (answer instanceof Response) throw await problemOf(answer);
  return answer;
}
