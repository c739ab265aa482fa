import { expect, it } from "vitest";
import type { ApplyReport } from "../../api/types";
import { applyBody } from "./apply_choice";
import { chosenOf } from "./losses";

const effect = (license_id: string, after: number, frees: number, lost: string[] = []) => ({
  license_id,
  seats_before: 3,
  seats_after: after,
  frees: Array.from({ length: frees }, (_, n) => ({ friendly_name: `PC ${n}` })),
  features_lost: lost,
  features_gained: [],
});

const report = {
  summary: { change: 3 },
  rows: [
    { id: "a", outcome: "change" },
    { id: "b", outcome: "change" },
    { id: "c", outcome: "change" },
    { id: "d", outcome: "unchanged" },
  ],
  effects: [effect("a", 2, 1), effect("b", 3, 0, ["Rendering"])],
} as unknown as ApplyReport;

it("counts only what the chosen licenses lose", () => {
  const { licenses, fewerSeats, seatsFreed, fewerFeatures } = chosenOf(
    report,
    new Set(["a", "c", "d"]),
  );
  expect({ licenses, fewerSeats, seatsFreed, fewerFeatures }).toEqual({
    licenses: 2,
    fewerSeats: 1,
    seatsFreed: 1,
    fewerFeatures: 0,
  });
});

it("asks for the chosen by their ids, and for nothing when nobody is meant", () => {
  expect(applyBody("chosen", new Set(["a"]))).toEqual({
    when: "now",
    ids: ["a"],
    dry_run: false,
  });
  expect(applyBody("none", new Set())).toBeNull();
  expect(applyBody("at_renewal", new Set())).toEqual({ when: "at_renewal", dry_run: false });
});
