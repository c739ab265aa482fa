import { describe, expect, it } from "vitest";
import { relativeTime } from "./relative_time";

const now = Date.parse("2026-11-22T12:00:00.000Z");
const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString();

describe("relative time", () => {
  it.each([
    [5, "now"],
    [59, "now"],
    [60, "1 minute ago"],
    [3 * 3_600, "3 hours ago"],
    [86_400, "1 day ago"],
    [13 * 86_400, "1 week ago"],
    [40 * 86_400, "1 month ago"],
    [712 * 86_400, "23 months ago"],
    [-712 * 86_400, "in 23 months"],
    [800 * 86_400, "2 years ago"],
    [-2 * 86_400, "in 2 days"],
  ])("%i seconds before now is %s", (seconds, words) => {
    expect(relativeTime(ago(seconds), now, "en")).toBe(words);
  });

  it("speaks German", () => {
    expect(relativeTime(ago(3 * 86_400), now, "de")).toBe("vor 3 Tagen");
  });
});
