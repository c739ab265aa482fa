/** Light, dark, high contrast, or as the system has it; the choice stays on this device. */

import { useSyncExternalStore } from "react";

export const themes = ["system", "light", "dark", "contrast"] as const;

export type Theme = (typeof themes)[number];

const KEY = "latchkey.theme";
const prefersDark = () => window.matchMedia("(prefers-color-scheme: dark)");
const prefersContrast = () => window.matchMedia("(prefers-contrast: more)");
const listeners = new Set<() => void>();

export function theme(): Theme {
  const kept = localStorage.getItem(KEY);
  return themes.find((known) => known === kept) ?? "system";
}

export function setTheme(next: Theme): void {
  localStorage.setItem(KEY, next);
  rereadTheme();
}

/** High contrast is dark or light as the system is. */
function apply(): void {
  const chosen = theme();
  const isDark = chosen === "dark" || (chosen !== "light" && prefersDark().matches);
  const isHigh = chosen === "contrast" || (chosen === "system" && prefersContrast().matches);
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
  document.documentElement.dataset.contrast = isHigh ? "more" : "normal";
}

/** Takes over what another window chose. */
export function rereadTheme(): void {
  apply();
  for (const tell of listeners) tell();
}

/** Called once, before the first paint. */
export function startTheme(): void {
  apply();
  prefersDark().addEventListener("change", apply);
  prefersContrast().addEventListener("change", apply);
}

export function useTheme(): Theme {
  return useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, theme);
}
