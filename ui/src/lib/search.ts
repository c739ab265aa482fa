/**
 * Filters in the address. A page says which filters it has and of what kind; whatever else stands
 * in an address, or does not fit its kind, is dropped, so an old or mistyped link still opens.
 */

export type Reader<T> = (raw: unknown) => T | undefined;

const TEXT_LIMIT_CHARS = 200;

export const text: Reader<string> = (raw) => {
  if (typeof raw !== "string" && typeof raw !== "number") return undefined;
  const value = String(raw).trim().slice(0, TEXT_LIMIT_CHARS);
  return value === "" ? undefined : value;
};

/** A calendar day, `2026-11-22`. */
export const day: Reader<string> = (raw) => {
  const value = text(raw);
  if (!value || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  return Number.isNaN(Date.parse(value)) ? undefined : value;
};

/** A whole number from 1. */
export const whole: Reader<number> = (raw) => {
  const value = Number(text(raw) ?? Number.NaN);
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
};

/** A moment, as the wire writes it. */
export const moment: Reader<string> = (raw) => {
  const at = Date.parse(text(raw) ?? "");
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
};

/** Set or not; used to open a page with its dialog, so that a link can lead there. */
export const flag: Reader<true> = (raw) => (raw === true || raw === "true" ? true : undefined);

export function oneOf<K extends string>(map: Record<K, unknown>): Reader<K> {
  return (raw) => (typeof raw === "string" && Object.hasOwn(map, raw) ? (raw as K) : undefined);
}

/**
 * Reads an address with a page's readers. The answer names all of them: the router lays it over the
 * raw address, so what is left out of it would come through unread.
 */
export function filters<T extends Record<string, Reader<unknown>>>(readers: T) {
  return (search: Record<string, unknown>) => {
    const found: Record<string, unknown> = {};
    for (const [name, read] of Object.entries(readers)) {
      found[name] = read(search[name]);
    }
    return found as { [K in keyof T]?: NonNullable<ReturnType<T[K]>> };
  };
}

/** The first moment of a day where the person is, as the wire writes it. */
export function startOfDay(value: string | undefined): string | undefined {
  return value === undefined ? undefined : new Date(`${value}T00:00:00`).toISOString();
}

/** The day some days after today, where the person is; before today for a number below zero. */
export function dayFromNow(days: number, now = new Date()): string {
  const then = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())}`;
}

/** A moment as the clock on the wall says it, to the minute. */
export function wallClock(at: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** How many days a day lies after today, where the person is. */
export function daysFromNow(value: string, now = new Date()): number {
  const [year, month, date] = value.split("-").map(Number);
  const then = Date.UTC(year ?? 0, (month ?? 1) - 1, date);
  return Math.round(
    (then - Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())) / 86_400_000,
  );
}
