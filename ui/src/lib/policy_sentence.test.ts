import { beforeEach, describe, expect, it } from "vitest";
import type { PolicyRules } from "../api/types";
import { overwriteGetLocale } from "../paraglide/runtime.js";
import { policySentence } from "./policy_sentence";

const rules: PolicyRules = {
  term: { kind: "months", months: 12 },
  seats_max: 25,
  node_locked: true,
  feature_ids: [],
  license_file_days: 90,
};

describe("a policy's sentence", () => {
  beforeEach(() => overwriteGetLocale(() => "en"));

  it("says term, seats, binding and offline files", () => {
    expect(policySentence(rules)).toBe(
      "1 year, 25 seats, node-locked, offline files valid for 90 days.",
    );
  });

  it("counts in the singular too", () => {
    const one: PolicyRules = {
      ...rules,
      term: { kind: "days", days: 1 },
      seats_max: 1,
      node_locked: false,
      license_file_days: 1,
    };
    expect(policySentence(one)).toBe(
      "1 day, 1 seat, not bound to a machine, offline files valid for 1 day.",
    );
  });

  it("keeps months that make no whole year", () => {
    const odd: PolicyRules = { ...rules, term: { kind: "months", months: 18 } };
    expect(policySentence(odd)).toMatch(/^18 months,/);
    expect(policySentence({ ...rules, term: { kind: "perpetual" } })).toMatch(/^Perpetual,/);
  });

  it("names the features where they are known", () => {
    expect(policySentence(rules, ["Simulation", "Scripting"])).toMatch(
      /with Simulation, Scripting\.$/,
    );
    expect(policySentence(rules, [])).toMatch(/without features\.$/);
  });

  it("says how often seats may be given back, where that is limited", () => {
    const limited = { ...rules, returns: { max: 2, days: 365 } };
    expect(policySentence(limited)).toMatch(/, at most 2 returns in 365 days\.$/);
    const daily = { ...rules, returns: { max: 1, days: 1 } };
    expect(policySentence(daily)).toMatch(/, at most 1 return in one day\.$/);
  });

  it("is German in German, with its own thousands", () => {
    overwriteGetLocale(() => "de");
    expect(policySentence({ ...rules, seats_max: 1_000 })).toBe(
      "1 Jahr, 1.000 Plätze, gerätegebunden, Offline-Dateien 90 Tage gültig.",
    );
  });
});
