/** Amounts of money: in the currency's smallest unit on the wire, written as people of a locale write them. */

import type { Money } from "../api/types";
import { getLocale } from "../paraglide/runtime.js";

const format = (currency: string) =>
  new Intl.NumberFormat(getLocale(), { style: "currency", currency });

/** How many digits stand behind the point: two for most, none for yen. */
export const fractionDigits = (currency: string) =>
  format(currency).resolvedOptions().maximumFractionDigits ?? 2;

export const formatMoney = ({ amount, currency }: Pick<Money, "amount" | "currency">) =>
  format(currency).format(amount / 10 ** fractionDigits(currency));

/** Amounts of several currencies, which cannot be added up. */
export const formatSums = (sums: readonly Money[]) => sums.map(formatMoney).join(" + ");

/** An amount without its currency, as it is typed. */
export const amountText = (amount: number, currency: string) =>
  (amount / 10 ** fractionDigits(currency)).toLocaleString(getLocale(), {
    minimumFractionDigits: fractionDigits(currency),
    useGrouping: false,
  });

/**
 * What was typed as an amount, in the smallest unit; nothing if it is none. Point and comma both stand before the
 * fraction, if no more digits follow than the currency has; before three digits they group.
 */
export function readAmount(typed: string, currency: string): number | undefined {
  const digits = fractionDigits(currency);
  const text = typed.replace(/[\s'’\u00a0\u202f]/g, "");
  const parts = /^(\d[\d.,]*?)(?:[.,](\d{1,2}))?$/.exec(text);
  if (!parts) return undefined;
  const [, whole = "", fraction = ""] = parts;
  if (/[.,]/.test(whole) && !/^\d{1,3}([.,]\d{3})+$/.test(whole)) return undefined;
  if (fraction.length > digits) return undefined;
  return Number(whole.replace(/\D/g, "") + fraction.padEnd(digits, "0"));
}

/** The currencies there are, by their letters. */
export const currencies = () => Intl.supportedValuesOf("currency");

export const currencyName = (currency: string) =>
  new Intl.DisplayNames(getLocale(), { type: "currency" }).of(currency) ?? currency;
