/**
 * The language that the system asks for. A system without one (`LANG=C`, as on servers) has WebKit
 * say "C", which is no language tag (RFC 5646), and whoever makes a format of it fails.
 */

const FALLBACK = "en-US";

/** Whether formats can be made for it. */
export function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** Has the browser name a language in any case. To be called before anything asks. */
export function mendLanguage(browser: Navigator): void {
  if (isLanguageTag(browser.language)) return;
  Object.defineProperty(browser, "language", { value: FALLBACK });
  Object.defineProperty(browser, "languages", { value: [FALLBACK] });
}
