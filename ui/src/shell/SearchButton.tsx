/** Opens the command palette, and says by which keys it opens too. */

import { Search } from "lucide-react";
import { Button } from "react-aria-components";
import { m } from "../paraglide/messages.js";
import { show } from "./shown";

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

export function SearchButton() {
  const key = isMac ? "⌘" : m.key_control();
  return (
    <Button
      aria-keyshortcuts={isMac ? "Meta+K" : "Control+K"}
      onPress={() => show("palette")}
      className="control mx-4 mb-3 flex items-center gap-2 text-ink-soft hover:border-ink-soft max-md:hidden"
    >
      <Search aria-hidden size={14} className="shrink-0" />
      <span className="min-w-0 flex-1 truncate text-left">{m.search_open()}</span>
      <kbd className="font-sans text-meta text-ink-faint">{key} K</kbd>
    </Button>
  );
}
