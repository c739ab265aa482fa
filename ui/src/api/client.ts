/**
 * The generated client over the platform's one way to the server. Every other file asks through
 * `ask` (typed, JSON) or `send` (bytes); both throw what `problem.ts` describes.
 */

import createClient from "openapi-fetch";
import { PlatformError, platform } from "../platform";
import { setLost } from "./connection";
import { answered, keyFor } from "./idempotency";
import { OfflineError, problemOf } from "./problem";
import type { paths } from "./schema";

const CHANGING = new Set(["POST", "PATCH", "PUT", "DELETE"]);

async function send(request: Request): Promise<Response> {
  const changes = CHANGING.has(request.method);
  const intent = changes ? await intentOf(request) : "";
  if (changes) request.headers.set("Idempotency-Key", keyFor(intent));
  const again = changes && isJson(request) ? request.clone() : undefined;
  let response: Response;
  try {
    response = await platform.fetch(request);
    setLost(false);
  } catch (error) {
    if (error instanceof PlatformError) throw error;
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    setLost(true);
    throw new OfflineError(error);
  }
  // A server error leaves open whether it happened: asking again must not do it twice.
  if (changes && response.status < 500) answered(intent);
  if (response.ok) return response;
  const problem = await problemOf(response);
  // Nothing was done yet; once they have proved who they are, they mean it still. No page has to know of it.
  if (again && problem.code === "factor_stale") {
    const { askForProof } = await import("./proof");
    if (await askForProof()) return send(again);
  }
  throw problem;
}

const isJson = (request: Request) =>
  (request.headers.get("Content-Type") ?? "application/json").includes("json");

/**
 * Method, address and body. A file is an intent of its own each time: its bytes are too many to
 * compare, and importing the same file twice changes nothing anyway.
 */
async function intentOf(request: Request): Promise<string> {
  const body = isJson(request) ? await request.clone().text() : crypto.randomUUID();
  return `${request.method} ${request.url} ${body}`;
}

export const api = createClient<paths>({
  baseUrl: typeof window === "undefined" ? "http://localhost" : window.location.origin,
  fetch: send,
  querySerializer: queryText,
});

/** A query without what is not given. */
export function queryText(query: object): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === "") continue;
    params.set(name, String(value));
  }
  return params.toString();
}

/** The body of an answer that did not throw. */
export async function ask<T>(call: Promise<{ data?: T; response: Response }>): Promise<T> {
  const { data } = await call;
  return data as T;
}

/** Options of a call whose body is a file's bytes, sent as they are. */
export function bytes(body: Blob, type = "application/octet-stream") {
  return {
    // The schema calls a binary body a string; it is not touched on its way.
    body: body as unknown as string,
    bodySerializer: (raw: unknown) => raw as Blob,
    headers: { "Content-Type": type },
  };
}
