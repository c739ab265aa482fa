/** "3 days ago": the largest unit that says enough, in the person's language. */

/** A unit, its length in seconds, and how many of them it takes to be used; one, if not said. */
const UNITS: readonly [Intl.RelativeTimeFormatUnit, number, number?][] = [
  // "In 1 year" would hide up to a year of what is left.
  ["year", 365.25 * 86_400, 2],
  ["month", 30.4375 * 86_400],
  ["week", 7 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

export function relativeTime(at: string, now: number, locale: string): string {
  const seconds = (new Date(at).getTime() - now) / 1000;
  // Always in numbers: "next year" is about the calendar, and a date in 23 months may miss it.
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "always" });
  for (const [unit, length, least = 1] of UNITS) {
    if (Math.abs(seconds) >= least * length)
      return format.format(Math.trunc(seconds / length), unit);
  }
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(0, "second");
}
