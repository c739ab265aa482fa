/** Gives a view a name: the filters, the order and the columns as they are now, or one kept before. */

import { useState } from "react";
import { m } from "../../paraglide/messages.js";
import { Checkbox } from "../../ui/Checkbox";
import { FormDialog } from "../../ui/FormDialog";
import { layoutOf } from "../../ui/list/layout";
import { TextField } from "../../ui/TextField";
import { toast } from "../../ui/Toast";
import type { AnyFilter, Search } from "../filter/model";
import { dayParams, keepView, NAME_LIMIT_CHARS, renameView, sought, useOwnViews } from "./model";

export interface SaveViewProps {
  list: string;
  filters: readonly AnyFilter[];
  search: Search;
  /** The view that gets another name; nothing to keep a new one. */
  renamed: string | undefined;
  isOpen: boolean;
  onClose: () => void;
  onSaved: (name: string) => void;
}

export function SaveView(props: SaveViewProps) {
  const { list, filters, search, renamed, isOpen, onClose, onSaved } = props;
  const own = useOwnViews(list);
  const [typed, setTyped] = useState(renamed ?? "");
  const [move, setMove] = useState(true);
  const name = typed.trim();
  const isTaken = name !== renamed && own.some((view) => view.name === name);
  const hasDays = !renamed && dayParams(filters).some((param) => search[param] !== undefined);
  const save = () => {
    if (renamed) renameView(list, renamed, name);
    else keepView(list, { name, ...sought(filters, search, move), layout: layoutOf(list) });
    toast({ text: m.view_saved({ name }) });
    setTyped("");
    onSaved(name);
    onClose();
  };
  return (
    <FormDialog
      title={renamed ? m.view_rename() : m.view_save()}
      width="narrow"
      isOpen={isOpen}
      onClose={onClose}
      submit={m.save()}
      onSubmit={save}
      values={[typed, move]}
      why={(name === "" || name === renamed) && m.why_same_name()}
      isPending={false}
      error={null}
    >
      {!renamed && <p className="text-ink-soft">{m.view_save_text()}</p>}
      <TextField
        label={m.column_name()}
        hint={isTaken ? m.view_replaces({ name }) : m.view_kept_here()}
        value={typed}
        onChange={setTyped}
        maxLength={NAME_LIMIT_CHARS}
        isRequired
        autoFocus
      />
      {hasDays && (
        <Checkbox isSelected={move} onChange={setMove}>
          {m.view_days_move()}
        </Checkbox>
      )}
    </FormDialog>
  );
}
