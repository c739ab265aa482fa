/** Letters, spaces, colours and icons: what everything else is made of. */

import { useEffect, useState } from "react";
import { m } from "../../paraglide/messages.js";
import { cx } from "../../ui/cx";
import { Section } from "../../ui/Page";
import { contrast } from "./contrast";
import { ICONS } from "./icons";
import { CUSTOMER } from "./specimen";
import { CORNERS, PAIRS, SPACES, TEXT, TYPE } from "./tokens";

export function Foundations() {
  return (
    <>
      <Section title={m.gallery_type()}>
        <ul className="sheet flex flex-col gap-3 px-5 py-4">
          {TYPE.map((look) => (
            <TypeLine key={look} look={look} />
          ))}
        </ul>
      </Section>
      <Section title={m.gallery_space()}>
        <ul className="sheet flex flex-wrap items-end gap-4 px-5 py-4 text-meta">
          {SPACES.map((step) => (
            <li key={step} className="flex flex-col items-center gap-1">
              <span
                className="block bg-accent forced-colors:bg-[CanvasText]"
                style={{ width: `${step / 4}rem`, height: `${step / 4}rem` }}
              />
              {step * 4} px
            </li>
          ))}
          {CORNERS.map((corner) => (
            <li key={corner} className="flex flex-col items-center gap-1">
              <span className={cx("block size-9 border-2 border-accent", corner)} />
              {corner}
            </li>
          ))}
        </ul>
      </Section>
      <Section title={m.gallery_colours()}>
        <Colours />
      </Section>
      <Section title={m.gallery_icons()}>
        <ul className="sheet grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-x-3 gap-y-1 px-5 py-4">
          {Object.entries(ICONS).map(([name, Icon]) => (
            <li key={name} className="flex min-w-0 items-center gap-2 text-meta">
              <Icon aria-hidden size={16} className="shrink-0" />
              <span className="truncate">{name}</span>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

function TypeLine({ look }: { look: string }) {
  const [size, setSize] = useState("");
  const measure = (element: HTMLElement | null) => {
    if (!element) return;
    const { fontSize, lineHeight, fontWeight } = getComputedStyle(element);
    setSize(`${fontSize} / ${lineHeight} · ${fontWeight}`);
  };
  return (
    <li className="flex flex-wrap items-baseline gap-x-4">
      <span ref={measure} className={look}>
        {CUSTOMER}
      </span>
      <span className="text-meta text-ink-faint">
        {look.split(" ")[0]} · {size}
      </span>
    </li>
  );
}

function Colours() {
  const [values, setValues] = useState<Record<string, string>>({});
  useEffect(() => {
    const page = document.documentElement;
    const names = new Set(PAIRS.flat().filter((part) => typeof part === "string"));
    const read = () => {
      const style = getComputedStyle(page);
      setValues(
        Object.fromEntries([...names].map((name) => [name, style.getPropertyValue(`--${name}`)])),
      );
    };
    read();
    // Another theme, chosen here or by the system, has other values.
    const observer = new MutationObserver(read);
    observer.observe(page, { attributeFilter: ["data-theme", "data-contrast"] });
    return () => observer.disconnect();
  }, []);
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-2">
      {PAIRS.map(([ink, ground, least]) => {
        const ratio = contrast(values[ink] ?? "", values[ground] ?? "");
        return (
          <li
            key={`${ink} ${ground}`}
            className="flex items-center justify-between gap-2 rounded-md border border-rule px-3 py-2 text-cell"
            style={
              // What is a line on a page is a line here, too.
              least < TEXT
                ? { borderColor: `var(--${ink})`, background: `var(--${ground})` }
                : { color: `var(--${ink})`, background: `var(--${ground})` }
            }
          >
            <span className="min-w-0">
              {ink} / {ground}
            </span>
            {Number.isFinite(ratio) && (
              <span className="shrink-0 font-mono">
                {ratio.toFixed(1)} ≥ {least}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
