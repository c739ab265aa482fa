/**
 * A field over the page that finds things to do as one types, wholly by keyboard: the arrows
 * choose, Enter does. What cannot be done can be reached all the same, and says why.
 */

import { type LucideIcon, Search } from "lucide-react";
import { type ComponentProps, useId } from "react";
import {
  Autocomplete,
  Collection,
  Dialog,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Modal,
  ModalOverlay,
  TextField,
} from "react-aria-components";
import { cx } from "./cx";

export interface Command {
  id: string;
  text: string;
  note?: string;
  icon?: LucideIcon;
  why?: string | null;
  danger?: boolean;
  act: () => void;
}

export interface CommandGroup {
  id: string;
  title: string;
  commands: readonly Command[];
}

export interface CommandsProps {
  label: string;
  placeholder: string;
  typed: string;
  onType: (typed: string) => void;
  groups: readonly CommandGroup[];
  /** What the list holds, in a few words that are also read out. */
  status: string;
  onClose: () => void;
}

export function Commands(props: CommandsProps) {
  const { label, placeholder, typed, onType, groups, status, onClose } = props;
  const act = (command: Command) => {
    if (command.why) return;
    onClose();
    command.act();
  };
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className="fixed inset-0 z-40 flex items-start justify-center bg-shade p-4 pt-[12vh] max-sm:p-2"
    >
      <Modal className="popover w-full max-w-xl">
        <Dialog aria-label={label} className="flex max-h-[min(32rem,80vh)] flex-col outline-none">
          <Autocomplete inputValue={typed} onInputChange={onType}>
            <TextField
              aria-label={label}
              autoFocus
              className="flex items-center gap-3 border-b border-rule px-4"
            >
              <Search aria-hidden size={17} className="shrink-0 text-ink-faint" />
              <Input
                role="combobox"
                aria-expanded
                aria-haspopup="listbox"
                placeholder={placeholder}
                className="min-h-12 w-full min-w-0 bg-transparent text-lead outline-none placeholder:text-ink-faint placeholder:opacity-100"
              />
            </TextField>
            <ListBox<CommandGroup>
              aria-label={label}
              items={groups}
              className="min-h-0 flex-1 overflow-auto p-1.5 outline-none"
            >
              {(group) => (
                <ListBoxSection id={group.id} className="pb-1">
                  <Header className="eyebrow px-2.5 pt-2 pb-1">{group.title}</Header>
                  <Collection items={group.commands}>
                    {(command) => <Item command={command} onAction={() => act(command)} />}
                  </Collection>
                </ListBoxSection>
              )}
            </ListBox>
          </Autocomplete>
          <p role="status" className="border-t border-rule px-4 py-2 text-meta text-ink-soft">
            {status}
          </p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Item({ command, onAction }: { command: Command; onAction: () => void }) {
  const { id, text, note, icon: Icon, why, danger } = command;
  const noteId = useId();
  return (
    <ListBoxItem
      id={id}
      textValue={text}
      onAction={onAction}
      className="option min-w-0"
      render={(dom) => (
        <div
          {...(dom as ComponentProps<"div">)}
          {...(why && { "aria-disabled": true })}
          {...((why || note) && { "aria-describedby": noteId })}
        />
      )}
    >
      {Icon && <Icon aria-hidden size={15} className="shrink-0 self-center text-ink-soft" />}
      <span
        className={cx(
          "min-w-0 shrink truncate",
          why && "text-ink-soft",
          danger && !why && "text-bad",
        )}
      >
        {text}
      </span>
      {(why || note) && (
        // It describes the command and is no part of its name.
        <span
          id={noteId}
          aria-hidden
          className={cx(
            "ml-auto min-w-0 text-right text-meta text-ink-soft",
            why ? "max-w-[60%] shrink-0" : "shrink-[99] truncate",
          )}
        >
          {why || note}
        </span>
      )}
    </ListBoxItem>
  );
}
