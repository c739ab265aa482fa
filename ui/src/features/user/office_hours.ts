/** Office hours as people write them, a line for each day: `08:00-12:00, 13:00-17:00`. */

import type { RoleRule } from "../../api/role_rule";

type Span = NonNullable<RoleRule["hours"]>["spans"][number];

export const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** The days of the week from Monday on, as they are called. */
export function dayNames(locale: string): string[] {
  const format = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
  // The first of January 2024 was a Monday.
  return DAYS.map((day) => format.format(Date.UTC(2024, 0, day)));
}

/** What is written for each day. */
export function written(spans: readonly Span[]): string[] {
  return DAYS.map((day) =>
    spans
      .filter((span) => span.day === day)
      .map(({ from, until }) => `${from}-${until}`)
      .join(", "),
  );
}

const padded = (text: string | undefined) => (text ?? "").trim().replace(/^\d(:|$)/, "0$&");
const whole = (text: string) => (/^\d\d$/.test(text) ? `${text}:00` : text);

/** What is meant by it. What is none is sent as it is: the server says what is wrong with it. */
export function meant(lines: readonly string[]): Span[] {
  return DAYS.flatMap((day, place) =>
    (lines[place] ?? "")
      .split(/[,;]/)
      .filter((part) => part.trim() !== "")
      .map((part) => {
        const [from, until] = part.split(/[-–—]/);
        return { day, from: whole(padded(from)), until: whole(padded(until)) };
      }),
  );
}
