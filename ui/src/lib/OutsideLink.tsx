/** A link that leads out of the program: to an address, or to a letter. */

import type { ReactNode } from "react";
import { platform } from "../platform";

export function OutsideLink({ to, children }: { to: string; children: ReactNode }) {
  const href = to.startsWith("https://") ? to : `mailto:${to}`;
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      className="link"
      onClick={(event) => {
        if (platform.kind !== "desktop") return;
        event.preventDefault();
        void platform.openExternal(href);
      }}
    >
      {children}
    </a>
  );
}
