/** What a change of licenses would take away, in figures and row by row. */

import type { ApplyEffect, ApplyReport, BulkRow } from "../../api/types";

export interface Losses {
  /** How many licenses are changed. */
  licenses: number;
  fewerSeats: number;
  seatsFreed: number;
  fewerReturns: number;
  fewerFeatures: number;
  effects: readonly ApplyEffect[];
}

export function lossesOf(report: ApplyReport): Losses {
  return {
    licenses: report.summary.change,
    fewerSeats: report.fewer_seats,
    seatsFreed: report.seats_freed,
    fewerReturns: report.fewer_returns,
    fewerFeatures: report.fewer_features,
    effects: report.effects,
  };
}

/** The same for chosen licenses alone. */
export function chosenOf(report: ApplyReport, chosen: ReadonlySet<string>): Losses {
  const effects = report.effects.filter((effect) => chosen.has(effect.license_id));
  const changed = rowsOf(report).filter((row) => row.outcome === "change" && chosen.has(row.id));
  return {
    licenses: changed.length,
    fewerSeats: effects.filter((effect) => effect.seats_after < effect.seats_before).length,
    seatsFreed: effects.reduce((sum, effect) => sum + effect.frees.length, 0),
    fewerReturns: effects.filter((effect) => effect.fewer_returns).length,
    fewerFeatures: effects.filter((effect) => effect.features_lost.length > 0).length,
    effects,
  };
}

/** The licenses of a report, those that give seats back or lose something before all others. */
export function rowsOf(report: ApplyReport): BulkRow[] {
  const losing = new Set(report.effects.map((effect) => effect.license_id));
  const first = report.effects.map((effect): BulkRow => {
    const { license_id: id, key: subject } = effect;
    return { id, subject, outcome: "change", code: null, detail: null, fix: null };
  });
  return [...first, ...report.rows.filter((row) => !losing.has(row.id))];
}
