/** All shortcuts on one sheet, drawn from the list that the keyboard obeys. */

import { useShown } from "../lib/can";
import { useKnownPageActions } from "../lib/page_actions";
import { m } from "../paraglide/messages.js";
import { Checkbox } from "../ui/Checkbox";
import { Dialog, DialogBody } from "../ui/Dialog";
import { Keys } from "../ui/Keys";
import { keyName, shortcutGroups, singleKeys } from "./shortcuts";

interface Line {
  keys: readonly string[];
  anyOf?: boolean;
  text: string;
}

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const isOn = singleKeys.use();
  const isShown = useShown();
  const open = useKnownPageActions();
  const ofPage = open.flatMap(({ title, actions }) => {
    const lines = actions.flatMap(({ key, text }) => (key ? [{ keys: [key], text }] : []));
    return lines.length > 0 ? [{ title, lines }] : [];
  });
  const ofProgram = shortcutGroups.map(({ title, shortcuts }) => ({
    title: title(),
    lines: shortcuts
      .filter(({ act }) => typeof act !== "object" || !("needs" in act) || isShown(act.needs))
      .map((shortcut) => ({ ...shortcut, text: shortcut.text() })),
  }));
  return (
    <Dialog title={m.shortcuts()} isOpen onClose={onClose} width="wide">
      <DialogBody>
        <div className="-mb-5 gap-x-10 sm:columns-2">
          {[...ofPage, ...ofProgram].map(({ title, lines }) => (
            <Lines key={title} title={title} lines={lines} />
          ))}
        </div>
        <div className="border-t border-rule pt-4">
          <Checkbox isSelected={isOn} onChange={singleKeys.set}>
            {m.single_keys()}
            <span className="block text-ink-soft">{m.single_keys_hint()}</span>
          </Checkbox>
        </div>
      </DialogBody>
    </Dialog>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly Line[] }) {
  return (
    <section aria-label={title} className="break-inside-avoid pb-5">
      <h3 className="eyebrow pb-1">{title}</h3>
      <dl>
        {lines.map(({ keys, anyOf, text }) => (
          <div key={text} className="flex min-h-8 items-center gap-4 border-t border-rule">
            <dt className="min-w-0 flex-1">{text}</dt>
            <dd>
              <Keys keys={keys.map(keyName)} between={anyOf ? m.key_or() : m.key_then()} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
