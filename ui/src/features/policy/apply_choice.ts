/** Which licenses take a revision, and when: the choice, and what is asked of the server for it. */

import type { Body } from "../../api/types";

export type ApplyChoice = "none" | "at_renewal" | "chosen" | "all";

/** What the server is asked to do; nothing when nobody is meant. */
export function applyBody(
  choice: ApplyChoice,
  chosen: ReadonlySet<string>,
): Body<"apply_policy"> | null {
  switch (choice) {
    case "none":
      return null;
    case "at_renewal":
      return { when: "at_renewal", dry_run: false };
    case "all":
      return { when: "now", dry_run: false };
    case "chosen":
      return { when: "now", ids: [...chosen], dry_run: false };
  }
}
