import { expect, it } from "vitest";
import { csvOf } from "./csv";

it("quotes what would end a cell, and keeps formulas from being run", () => {
  const text = csvOf(
    ["name", "reason"],
    [
      ['Büro "Süd", 2. Stock', "=1+1"],
      ["plain", ""],
    ],
  );
  expect(text).toBe('name,reason\r\n"Büro ""Süd"", 2. Stock",\'=1+1\r\nplain,\r\n');
});
