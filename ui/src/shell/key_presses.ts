/** Turns pressed keys into what they stand for. Knows keys and nothing of what they do. */

/** How long after a first key a second one still belongs to it. */
const NEXT_KEY_MS = 2_000;

export interface Binding {
  keys: readonly string[];
  run: () => void;
}

/** `k`, `?`, `Mod+k`; nothing for what no shortcut uses. */
export function chordOf(event: KeyboardEvent): string | null {
  if (event.altKey && !event.getModifierState("AltGraph")) return null;
  const isMod = (event.ctrlKey || event.metaKey) && !event.getModifierState("AltGraph");
  if (event.key.length !== 1) return null;
  if (isMod) return event.shiftKey ? null : `Mod+${event.key.toLowerCase()}`;
  return event.key;
}

/** Whether keys typed here are text, or choose in a list by its first letters. */
const TYPING =
  "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true], " +
  "[role=spinbutton], [role=menu], [role=listbox], [aria-haspopup=listbox]";

export const isTyping = (target: EventTarget | null) =>
  target instanceof Element && target.closest(TYPING) !== null;

/** Whether a window lies over the page: it has the keyboard for itself. Toasts are none. */
export const isCovered = () =>
  document.querySelector("[role=dialog], [role=alertdialog]:not([aria-modal=false])") !== null;

/** Remembers what was pressed until it is a shortcut or cannot become one. */
export class KeySequence {
  private pressed: string[] = [];
  private last = 0;

  /** What the keys up to now stand for: a binding, the beginning of one, or nothing. */
  press(chord: string, at: number, bindings: readonly Binding[]): Binding | "more" | null {
    const before = at - this.last <= NEXT_KEY_MS ? this.pressed : [];
    this.last = at;
    for (const keys of [[...before, chord], [chord]]) {
      const fits = bindings.filter((binding) => keys.every((key, n) => binding.keys[n] === key));
      const exact = fits.find((binding) => binding.keys.length === keys.length);
      this.pressed = exact || fits.length === 0 ? [] : keys;
      if (exact) return exact;
      if (fits.length > 0) return "more";
    }
    return null;
  }
}
