/** Numbers and times as the person's language writes them. */

import { getLocale } from "../paraglide/runtime.js";

const number = new Map<string, Intl.NumberFormat>();
const dates = new Map<string, Intl.DateTimeFormat>();

export function formatNumber(value: number): string {
  const locale = getLocale();
  const format = number.get(locale) ?? new Intl.NumberFormat(locale);
  number.set(locale, format);
  return format.format(value);
}

/** A part of a whole in percent; nothing of nothing is none of it. */
export function formatShare(part: number, whole: number): string {
  const options = { style: "percent", maximumSignificantDigits: 2 } as const;
  const format = new Intl.NumberFormat(getLocale(), options);
  return format.format(whole === 0 ? 0 : part / whole);
}

export function formatDate(at: string): string {
  return date("date", { dateStyle: "medium" }).format(new Date(at));
}

export function formatMinute(at: string): string {
  return date("minute", { dateStyle: "long", timeStyle: "short" }).format(new Date(at));
}

export function formatTime(at: string): string {
  return date("time", { dateStyle: "medium", timeStyle: "medium" }).format(new Date(at));
}

/** A calendar day of the server's, `2026-11-22`, short: the same day wherever the person is. */
export function formatDay(day: string): string {
  const options = { day: "numeric", month: "short", timeZone: "UTC" } as const;
  return date("day", options).format(new Date(`${day}T00:00:00Z`));
}

/** A calendar month of the server's, `2026-11`. */
export function formatMonth(month: string): string {
  const options = { month: "long", year: "numeric", timeZone: "UTC" } as const;
  return date("month", options).format(new Date(`${month}-01T00:00:00Z`));
}

function date(kind: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${getLocale()} ${kind}`;
  const format = dates.get(key) ?? new Intl.DateTimeFormat(getLocale(), options);
  dates.set(key, format);
  return format;
}

/** Calls a counted message with the number for its plural and the number as written. */
export function counted<R>(message: (input: { count: number; n: string }) => R, count: number): R {
  return message({ count, n: formatNumber(count) });
}
