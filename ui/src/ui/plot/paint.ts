/** The colours of a plot: those of the page around it, as the browser resolves them. */

export interface Paint {
  ink: string;
  faint: string;
  rule: string;
  accent: string;
  font: string;
}

/** Asked of an element, because forced colours replace what the tokens say. */
export function paintOf(host: HTMLElement): Paint {
  const probe = host.appendChild(document.createElement("span"));
  // Else what is read is the color that it comes from, however short the way.
  probe.style.setProperty("transition", "none", "important");
  const colour = (token: string) => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const paint = {
    ink: colour("ink"),
    faint: colour("ink-faint"),
    rule: colour("rule"),
    accent: colour("accent"),
    font: `12px ${getComputedStyle(host).fontFamily}`,
  };
  probe.remove();
  return paint;
}

const QUERIES = [
  "(forced-colors: active)",
  "(prefers-contrast: more)",
  "(prefers-color-scheme: dark)",
];

/** Tells when the colours of the page have changed. Answers how to stop listening. */
export function onRepaint(tell: () => void): () => void {
  const theme = new MutationObserver(tell);
  theme.observe(document.documentElement, {
    attributeFilter: ["data-theme", "data-contrast", "data-brand"],
  });
  const queries = QUERIES.map((query) => window.matchMedia(query));
  for (const query of queries) query.addEventListener("change", tell);
  return () => {
    theme.disconnect();
    for (const query of queries) query.removeEventListener("change", tell);
  };
}
