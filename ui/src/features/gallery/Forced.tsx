/** Shows the first button inside as it looks under the pointer or while it is pressed. */

import { type ReactNode, useEffect, useRef } from "react";

export function Forced({ look, children }: { look: "hovered" | "pressed"; children: ReactNode }) {
  const around = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const button = around.current?.querySelector("button");
    button?.setAttribute(`data-${look}`, "true");
    // The wrappers look at the attribute only where the library manages it.
    button?.setAttribute("data-rac", "");
  }, [look]);
  return (
    <span ref={around} className="contents">
      {children}
    </span>
  );
}
