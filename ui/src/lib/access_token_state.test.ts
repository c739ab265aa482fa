import { expect, it } from "vitest";
import type { AccessToken } from "../api/types";
import { accessTokenState } from "./access_token_state";

const TOKEN: AccessToken = {
  id: "akt_1",
  name: "Build server",
  scopes: ["validate"],
  product_id: null,
  license_id: null,
  state: "active",
  created_at: "2026-11-01T00:00:00Z",
  expires_at: "2026-12-01T00:00:00Z",
  last_used_at: null,
  version: 1,
};

const said = (token: Partial<AccessToken>, now: string) =>
  accessTokenState({ ...TOKEN, ...token }, Date.parse(now)).text();

it("an access token has ended at its end, and a revoked one stays revoked", () => {
  expect(said({}, "2026-11-30T23:59:59Z")).toBe("Active");
  expect(said({}, "2026-12-01T00:00:00Z")).toBe("Ended");
  expect(said({ expires_at: null }, "2999-01-01T00:00:00Z")).toBe("Active");
  expect(said({ state: "revoked" }, "2027-01-01T00:00:00Z")).toBe("Revoked");
});
