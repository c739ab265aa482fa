/**
 * The one list of shortcuts: the keyboard obeys it, and the sheet is drawn from it. Those without
 * an act are obeyed where they are pressed, in lists and in the palette.
 */

import type { Operation } from "../api/types";
import { kept } from "../lib/kept";
import { m } from "../paraglide/messages.js";
import { type Area, areas } from "./areas";
import type { Shown } from "./shown";

export type Act = { go: Area["to"]; needs: Operation } | { show: Shown } | "search" | "create";

export interface Shortcut {
  /** Keys as `event.key` names them; with `Mod+` for Ctrl, or Command on a Mac. */
  keys: readonly string[];
  /** Whether any one of the keys does it; else they are pressed one after the other. */
  anyOf?: true;
  text: () => string;
  act?: Act;
}

export interface ShortcutGroup {
  title: () => string;
  shortcuts: readonly Shortcut[];
}

export const PALETTE_KEY = "Mod+k";

export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    title: m.shortcuts_everywhere,
    shortcuts: [
      { keys: [PALETTE_KEY], text: m.palette, act: { show: "palette" } },
      { keys: ["/"], text: m.shortcut_search, act: "search" },
      { keys: ["c"], text: m.shortcut_create, act: "create" },
      { keys: ["?"], text: m.shortcuts, act: { show: "shortcuts" } },
    ],
  },
  {
    title: m.shortcuts_lists,
    shortcuts: [
      { keys: ["ArrowUp", "ArrowDown"], anyOf: true, text: m.shortcut_row },
      { keys: ["PageUp", "PageDown"], anyOf: true, text: m.shortcut_page },
      { keys: ["Home", "End"], anyOf: true, text: m.shortcut_ends },
      { keys: ["Enter"], text: m.shortcut_open },
      { keys: [" "], text: m.shortcut_select },
      { keys: ["Shift+ArrowDown"], text: m.shortcut_select_more },
    ],
  },
  {
    title: m.go_to,
    shortcuts: areas.map(({ key, text, to, needs }) => ({
      keys: ["g", key],
      text,
      act: { go: to, needs },
    })),
  },
];

/** Whether shortcuts of a single letter or sign are obeyed; speech input can need them off. */
export const singleKeys = kept("latchkey.single_keys", (raw) => raw !== false);

const isMac = () => /Mac|iPhone|iPad/.test(navigator.platform);

/** A key as it is written on keyboards. */
export function keyName(key: string): string {
  const plus = key.indexOf("+", 1);
  if (plus > 0) return `${keyName(key.slice(0, plus))}+${keyName(key.slice(plus + 1))}`;
  const name = NAMES[key];
  return name ? name() : key.length === 1 ? key.toUpperCase() : key;
}

const NAMES: Record<string, () => string> = {
  Mod: () => (isMac() ? "⌘" : m.key_control()),
  Shift: m.key_shift,
  Enter: m.key_enter,
  " ": m.key_space,
  Home: m.key_home,
  End: m.key_end,
  PageUp: m.key_page_up,
  PageDown: m.key_page_down,
  ArrowUp: () => "↑",
  ArrowDown: () => "↓",
};
