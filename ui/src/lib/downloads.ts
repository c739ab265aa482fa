/** Says what became of a file that a person wanted to keep. */

import type { Kept } from "../api/download";
import { m } from "../paraglide/messages.js";
import { toast } from "../ui/Toast";
import { toastRefusal } from "./use_change";

export async function tell(kept: Promise<Kept>): Promise<void> {
  try {
    const outcome = await kept;
    if (outcome === "saved") toast({ text: m.download_saved() });
    if (outcome === "begun") toast({ text: m.download_begun() });
  } catch (error) {
    toastRefusal(error);
  }
}
