// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { type Binding, chordOf, isTyping, KeySequence } from "./key_presses";

const binding = (...keys: string[]): Binding => ({ keys, run: () => {} });
const bindings = [binding("g", "l"), binding("g", "a"), binding("c"), binding("Mod+k")];
const names = (found: Binding | "more" | null) =>
  found && found !== "more" ? found.keys.join(" ") : found;

it("waits for the second key, and takes the first one anew when it fits nothing", () => {
  const sequence = new KeySequence();
  expect(sequence.press("g", 0, bindings)).toBe("more");
  expect(names(sequence.press("l", 100, bindings))).toBe("g l");
  expect(sequence.press("g", 200, bindings)).toBe("more");
  expect(names(sequence.press("c", 300, bindings))).toBe("c");
  expect(sequence.press("l", 400, bindings)).toBe(null);
});

it("forgets a first key after a while", () => {
  const sequence = new KeySequence();
  sequence.press("g", 0, bindings);
  expect(names(sequence.press("a", 2_000, bindings))).toBe("g a");
  sequence.press("g", 3_000, bindings);
  expect(sequence.press("a", 5_001, bindings)).toBe(null);
});

it("reads keys as they are typed on any keyboard", () => {
  const key = (key: string, init: KeyboardEventInit = {}) => {
    const event = new KeyboardEvent("keydown", { key, ...init });
    event.getModifierState = (name) => name === "AltGraph" && key === "@";
    return chordOf(event);
  };
  expect(key("?", { shiftKey: true })).toBe("?");
  expect(key("/", { shiftKey: true })).toBe("/");
  expect(key("K", { ctrlKey: true })).toBe("Mod+k");
  expect(key("k", { metaKey: true })).toBe("Mod+k");
  expect(key("K", { ctrlKey: true, shiftKey: true })).toBe(null);
  expect(key("c", { altKey: true })).toBe(null);
  expect(key("@", { altKey: true, ctrlKey: true })).toBe("@");
  expect(key("Shift", { shiftKey: true })).toBe(null);
});

it("leaves text, dates and lists their letters", () => {
  document.body.innerHTML =
    '<input id="a"><input id="b" type="checkbox"><button id="c" aria-haspopup="listbox"></button>' +
    '<div role="spinbutton" id="d"></div><button id="e"></button>';
  const typing = ["a", "b", "c", "d", "e"].filter((id) => isTyping(document.getElementById(id)));
  expect(typing).toEqual(["a", "c", "d"]);
});
