import { beforeEach, expect, it } from "vitest";
import type { PolicyRules } from "../../api/types";
import { overwriteGetLocale } from "../../paraglide/runtime.js";
import { featureDifference, ruleDifferences } from "./differences";

const rules: PolicyRules = {
  term: { kind: "months", months: 12 },
  seats_max: 25,
  node_locked: true,
  feature_ids: ["fea_a", "fea_b"],
  license_file_days: 90,
};

beforeEach(() => overwriteGetLocale(() => "en"));

it("marks the rules that differ, and only those", () => {
  const rows = ruleDifferences(rules, { ...rules, seats_max: 20, node_locked: false });
  expect(rows.filter((row) => row.changed).map((row) => `${row.left} > ${row.right}`)).toEqual([
    "25 > 20",
    "node-locked > not bound to a machine",
  ]);
});

it("tells a limit on returns from none", () => {
  const rows = ruleDifferences(rules, { ...rules, returns: { max: 2, days: 30 } });
  expect(rows.filter((row) => row.changed).map((row) => `${row.left} > ${row.right}`)).toEqual([
    "not limited > at most 2 returns in 30 days",
  ]);
});

it("does not call a year and twelve months different", () => {
  const year = ruleDifferences(rules, { ...rules, term: { kind: "months", months: 12 } });
  expect(year.some((row) => row.changed)).toBe(false);
});

it("tells the features that come and go", () => {
  expect(featureDifference(rules, { ...rules, feature_ids: ["fea_b", "fea_c"] })).toEqual({
    both: ["fea_b"],
    onlyLeft: ["fea_a"],
    onlyRight: ["fea_c"],
  });
});
