/** When a person is told that long work has ended. */

import { expect, test, vi } from "vitest";
import { OfflineError } from "../api/problem";
import { platform } from "../platform";
import { LONG_MS, longWork } from "./long_work";

/**
 * Work that ends after so many milliseconds, while the window has the focus or not. Answers what
 * was told.
 */
async function done(after: number, hasFocus: boolean, end: () => string): Promise<string[][]> {
  const told = vi.spyOn(platform, "notify").mockReset().mockResolvedValue();
  vi.spyOn(document, "hasFocus").mockReturnValue(hasFocus);
  const clock = vi.spyOn(performance, "now").mockReturnValue(0);
  let finish = () => {};
  const work = new Promise<void>((resolve) => {
    finish = resolve;
  }).then(end);
  const waited = longWork(work, (answer) => answer).catch(() => undefined);
  clock.mockReturnValue(after);
  finish();
  await waited;
  return told.mock.calls;
}

test("long work is told to a person who is elsewhere", async () => {
  const told = await done(LONG_MS, false, () => "3 rows are applied.");
  expect(told).toEqual([["Done", "3 rows are applied."]]);
});

test("short work, and work that is looked at, is not told", async () => {
  expect(await done(LONG_MS - 1, false, () => "quick")).toEqual([]);
  expect(await done(LONG_MS, true, () => "seen")).toEqual([]);
});

test("long work that failed is told too", async () => {
  const told = await done(LONG_MS, false, () => {
    throw new OfflineError(new TypeError("Failed to fetch"));
  });
  expect(told).toEqual([["It did not work", "The server cannot be reached."]]);
});
