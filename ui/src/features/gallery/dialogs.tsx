/** Dialogs, each behind a button. */

import { Archive, Pencil } from "lucide-react";
import { type ReactNode, useState } from "react";
import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import { type CommandGroup, Commands } from "../../ui/Commands";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { Dialog, DialogBody, DialogFooter } from "../../ui/Dialog";
import { FormDialog } from "../../ui/FormDialog";
import { DisplayDialog } from "../../ui/list/DisplayDialog";
import type { Column } from "../../ui/list/model";
import { TextField } from "../../ui/TextField";
import { refusal } from "./signs";
import { CUSTOMER, LONG, pressed, type Specimen } from "./specimen";

interface Door {
  isOpen: boolean;
  onClose: () => void;
}

function Behind({ text, children }: { text: string; children: (door: Door) => ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onPress={() => setOpen(true)}>{text}</Button>
      {children({ isOpen, onClose: () => setOpen(false) })}
    </>
  );
}

function Palette({ isOpen, onClose }: Door) {
  const [typed, setTyped] = useState("");
  if (!isOpen) return null;
  return (
    <Commands
      label={m.more_actions()}
      placeholder={m.choose()}
      typed={typed}
      onType={setTyped}
      groups={groups()}
      status={m.gallery_hint()}
      onClose={onClose}
    />
  );
}

const form = (title: string, state: { error?: unknown; isPending?: boolean }) => (
  <Behind text={title}>
    {(door) => (
      <FormDialog
        {...door}
        title={m.rename()}
        width="narrow"
        submit={m.save()}
        onSubmit={door.onClose}
        isPending={state.isPending ?? false}
        error={state.error ?? null}
        values={[]}
      >
        <TextField label={m.friendly_name()} defaultValue={CUSTOMER} autoFocus />
      </FormDialog>
    )}
  </Behind>
);

const columns = (): Column<never>[] => [
  { id: "name", title: m.column_name(), width: "12rem", cell: () => null },
  { id: "state", title: m.column_state(), width: "8rem", cell: () => null },
  { id: "created", title: m.column_created(), width: "8rem", isExtra: true, cell: () => null },
];

const groups = (): CommandGroup[] => [
  {
    id: "sample",
    title: m.more_actions(),
    commands: [
      { id: "rename", text: m.rename(), note: CUSTOMER, icon: Pencil, act: pressed },
      { id: "archive", text: m.archive(), icon: Archive, why: m.why_not_active(), act: pressed },
      { id: "long", text: LONG, note: LONG, danger: true, act: pressed },
    ],
  },
];

export const dialogs = (): Specimen[] => [
  {
    of: "Commands",
    states: [
      [
        m.gallery_on_request(),
        <Behind key="c" text={m.gallery_normal()}>
          {(door) => <Palette {...door} />}
        </Behind>,
      ],
    ],
  },
  {
    of: "DisplayDialog",
    states: [
      [
        m.gallery_on_request(),
        <Behind key="d" text={m.gallery_normal()}>
          {(door) => (
            <DisplayDialog
              {...door}
              list="gallery"
              columns={columns}
              sorts={undefined}
              sorting={undefined}
            />
          )}
        </Behind>,
      ],
    ],
  },
  {
    of: "Dialog",
    states: [
      [
        m.gallery_on_request(),
        <Behind key="n" text={m.gallery_long()}>
          {(door) => (
            <Dialog {...door} title={LONG}>
              <DialogBody>
                <p>{LONG}</p>
              </DialogBody>
              <DialogFooter>
                <Button kind="primary" onPress={door.onClose}>
                  {m.done()}
                </Button>
              </DialogFooter>
            </Dialog>
          )}
        </Behind>,
      ],
    ],
  },
  {
    of: "FormDialog",
    states: [
      [m.gallery_on_request(), form(m.gallery_normal(), {})],
      [m.gallery_pending(), form(m.gallery_pending(), { isPending: true })],
      [m.gallery_refused(), form(m.gallery_refused(), { error: refusal() })],
    ],
  },
  {
    of: "ConfirmDialog",
    states: [
      [
        m.gallery_on_request(),
        <Behind key="c" text={m.gallery_normal()}>
          {(door) => (
            <ConfirmDialog
              {...door}
              title={m.archive()}
              name={CUSTOMER}
              action={m.archive()}
              onConfirm={door.onClose}
              isPending={false}
              error={null}
            >
              <p>{m.gallery_refused_fix()}</p>
            </ConfirmDialog>
          )}
        </Behind>,
      ],
    ],
  },
];
