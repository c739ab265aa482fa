import { expect, it } from "vitest";
import { isLanguageTag, mendLanguage } from "./language";

it.each([
  ["de-DE", true],
  ["en", true],
  ["C", false],
  ["C.UTF-8", false],
  ["", false],
])("%s can be formatted for: %s", (tag, can) => {
  expect(isLanguageTag(tag)).toBe(can);
});

it("gives a browser without a language one, and leaves the others theirs", () => {
  const none = { language: "C", languages: ["C"] } as unknown as Navigator;
  mendLanguage(none);
  expect([none.language, none.languages]).toEqual(["en-US", ["en-US"]]);
  const german = { language: "de-AT", languages: ["de-AT", "en"] } as unknown as Navigator;
  mendLanguage(german);
  expect(german.languages).toEqual(["de-AT", "en"]);
});
