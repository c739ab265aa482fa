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

/** Kept, as to make one takes longer than all it then writes for a page. */
const formats = new Map<string, Intl.RelativeTimeFormat>();

function formatOf(locale: string, numeric: "always" | "auto"): Intl.RelativeTimeFormat {
  const key = `${locale} ${numeric}`;
  const format = formats.get(key) ?? new Intl.RelativeTimeFormat(locale, { numeric });
  formats.set(key, format);
  return format;
}

export function relativeTime(at: string, now: number, locale: string): string {
  const seconds = (new Date(at).getTime() - now) / 1000;
  // Always in numbers: "next year" is about the calendar, and a date in 23 months may miss it.
  const format = formatOf(locale, "always");
  for (const [unit, length, least = 1] of UNITS) {
    if (Math.abs(seconds) >= least * length)
      return format.format(Math.trunc(seconds / length), unit);
  }
  return formatOf(locale, "auto").format(0, "second");
}
