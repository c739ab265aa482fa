import { expect, it } from "vitest";
import { GROUPS } from "./groups";
import { ICONS } from "./icons";
import { PARTS } from "./specimen";

const wrappers = import.meta.glob<string>(["../../ui/**/*.tsx", "!**/*.test.tsx"], {
  query: "?raw",
  import: "default",
  eager: true,
});
const all = import.meta.glob<string>(["../../**/*.{ts,tsx}", "!**/icons.ts"], {
  query: "?raw",
  import: "default",
  eager: true,
});
const own = Object.entries(
  import.meta.glob<string>("./*.tsx", { query: "?raw", import: "default", eager: true }),
)
  .map(([, source]) => source)
  .join("\n");

const exported = Object.values(wrappers).flatMap((source) =>
  [...source.matchAll(/^export (?:function|const|class) ([A-Z][a-z]\w*)/gm)].map(
    ([, name]) => name ?? "",
  ),
);

async function named(): Promise<string[]> {
  const groups = await Promise.all(GROUPS.map(({ load }) => load()));
  return groups.flatMap((specimens) => specimens().map(({ of }) => of));
}

it("shows every wrapper there is, and none that is gone", async () => {
  const shown = [...(await named()), ...Object.keys(PARTS)];
  expect(
    shown.toSorted(),
    "add a specimen to a file of features/gallery, or name the wrapper it is part of in PARTS",
  ).toEqual(exported.toSorted());
});

it("draws what it names", async () => {
  // Toasts stand around every page; the gallery only calls for them.
  const missing = (await named()).filter((name) => name !== "Toasts" && !own.includes(`<${name}`));
  expect(missing).toEqual([]);
});

it("shows the icons in use, and no others", () => {
  const used = Object.values(all).flatMap((source) =>
    [...source.matchAll(/import \{([^}]*)\} from "lucide-react"/g)].flatMap(([, names]) =>
      (names ?? "")
        .split(",")
        .map((name) => name.trim().replace(/ as .*/, ""))
        .filter((name) => name && !name.startsWith("type ")),
    ),
  );
  expect(Object.keys(ICONS).toSorted(), "bring features/gallery/icons.ts up to date").toEqual(
    [...new Set(used)].toSorted(),
  );
});

it("spells what happens under the pointer as the style library does", () => {
  // `hovered:` reads well, is no variant, and silently styles nothing.
  const wrong = Object.entries(all).filter(
    ([path, source]) => !path.includes(".test.") && /[\s"'`](?:hovered|focused):/.test(source),
  );
  expect(wrong.map(([path]) => path)).toEqual([]);
});
