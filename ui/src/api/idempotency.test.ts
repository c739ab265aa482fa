import { expect, it } from "vitest";
import { answered, keyFor } from "./idempotency";

it("repeats an unanswered intent under its key, and begins anew after an answer", () => {
  const first = keyFor("POST /v1/licenses {}");
  expect(keyFor("POST /v1/licenses {}")).toBe(first);
  expect(keyFor("POST /v1/products {}")).not.toBe(first);
  answered("POST /v1/licenses {}");
  expect(keyFor("POST /v1/licenses {}")).not.toBe(first);
});
