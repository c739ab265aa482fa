/** The shell's windows over the page. Their code comes when they are first opened. */

import { lazy, Suspense } from "react";
import { show, useShown } from "./shown";

const Palette = lazy(() =>
  import("./palette/Palette").then((module) => ({ default: module.Palette })),
);
const ShortcutSheet = lazy(() =>
  import("./ShortcutSheet").then((module) => ({ default: module.ShortcutSheet })),
);

export function Overlays() {
  const shown = useShown();
  const close = () => show(null);
  return (
    <Suspense fallback={null}>
      {shown === "palette" && <Palette onClose={close} />}
      {shown === "shortcuts" && <ShortcutSheet onClose={close} />}
    </Suspense>
  );
}
