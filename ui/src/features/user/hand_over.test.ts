import { expect, test } from "vitest";
import { filters, flag, text, whole } from "../../lib/search";
import { asking, wayTo } from "./hand_over";

const GOOD = {
  challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
  state: "x".repeat(43),
  port: 40_123,
  computer: "office-3",
};

/** As the router reads an address. */
const search = filters({ challenge: text, state: text, port: whole, computer: text, anew: flag });
const read = (address: Record<string, unknown>) => asking(search(address));

test("a window that says all it has to is answered on this computer alone", () => {
  const window = read(GOOD);
  expect(window).toEqual({ ...GOOD, anew: false });
  if (!window) throw new Error("it fits");
  expect(wayTo(window, "lkh_1&x=y")).toBe(
    `http://127.0.0.1:40123/?code=lkh_1%26x%3Dy&state=${GOOD.state}`,
  );
  expect(wayTo(window, null)).toBe(
    `http://127.0.0.1:40123/?error=access_denied&state=${GOOD.state}`,
  );
  expect(read({ ...GOOD, anew: true })?.anew).toBe(true);
  for (const port of [1024, 65_535, "40123"]) expect(read({ ...GOOD, port })).not.toBeNull();
});

test("what no window says leads nowhere", () => {
  for (const wrong of [
    { challenge: undefined },
    { challenge: "short" },
    { challenge: `${GOOD.challenge}A` },
    { challenge: GOOD.challenge.replace("-", "/") },
    { state: undefined },
    { state: "short" },
    { state: "x".repeat(129) },
    { state: `${"x".repeat(40)}&code=1` },
    { port: undefined },
    { port: 80 },
    { port: 65_536 },
    { port: 40_123.5 },
    { port: "40123@evil.example" },
    { port: "evil.example" },
    { computer: undefined },
    { computer: " " },
  ]) {
    expect(read({ ...GOOD, ...wrong }), JSON.stringify(wrong)).toBeNull();
  }
});
