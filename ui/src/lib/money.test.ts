import { describe, expect, test } from "vitest";
import { setLocale } from "../paraglide/runtime.js";
import { amountText, formatMoney, formatSums, readAmount } from "./money";

describe("amounts of money", () => {
  test("are read with a point, with a comma, and grouped", () => {
    for (const [typed, amount] of [
      ["1490", 149000],
      ["1490.5", 149050],
      ["1490,50", 149050],
      ["1,490.50", 149050],
      ["1.490,50", 149050],
      ["1.490", 149000],
      ["1 490,00", 149000],
      ["0,99", 99],
    ] as const) {
      expect(readAmount(typed, "EUR"), typed).toBe(amount);
    }
    expect(readAmount("1490", "JPY")).toBe(1490);
  });

  test("are none where a digit too many or a letter stands", () => {
    for (const typed of ["", "x", "1.4.9", "12,3456", "-5", "1e3", ".5", "1,49,0"]) {
      expect(readAmount(typed, "EUR"), typed).toBeUndefined();
    }
    expect(readAmount("14.5", "JPY")).toBeUndefined();
  });

  test("are written as they are read", () => {
    for (const locale of ["en", "de"] as const) {
      void setLocale(locale, { reload: false });
      for (const amount of [1, 99, 149050, 10_000_000_000]) {
        expect(readAmount(amountText(amount, "EUR"), "EUR")).toBe(amount);
      }
    }
    void setLocale("en", { reload: false });
    expect(formatMoney({ amount: 149050, currency: "EUR" })).toBe("€1,490.50");
    expect(
      formatSums([
        { amount: 500, currency: "EUR" },
        { amount: 500, currency: "JPY" },
      ]),
    ).toBe("€5.00 + ¥500");
  });
});
