/** Setting when customers are told that a license is about to end. */

import { useState } from "react";
import { setExpiryNotices } from "../../api/expiry_notice";
import type { ExpiryNotices } from "../../api/types";
import { keysOf } from "../../lib/labels";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { getLocale } from "../../paraglide/runtime.js";
import { FormDialog } from "../../ui/FormDialog";
import { Select } from "../../ui/Select";
import { TextField } from "../../ui/TextField";
import { daysOf, languageNames } from "./days";

export interface NoticesFormProps {
  notices: ExpiryNotices;
  isOpen: boolean;
  onClose: () => void;
}

const USUAL = "30, 7, 1";

export function NoticesForm({ notices, isOpen, onClose }: NoticesFormProps) {
  const isOff = notices.days.length === 0;
  const [text, setText] = useState(isOff ? USUAL : notices.days.join(", "));
  const [language, setLanguage] = useState(isOff ? getLocale() : notices.language);
  const days = daysOf(text);
  const save = useChange<undefined, unknown>({
    run: () => setExpiryNotices({ days: days ?? [], language }),
    touches: ["me"],
    said: () => (days?.length ? m.expiry_notices_are_set() : m.expiry_notices_are_off()),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={m.expiry_notices()}
      isOpen={isOpen}
      onClose={onClose}
      submit={m.save()}
      onSubmit={() => save.mutate(undefined)}
      values={[text, language]}
      why={days === null && m.why_no_days()}
      isPending={save.isPending}
      error={save.error}
    >
      <TextField
        label={m.expiry_notices_days()}
        name="days"
        hint={m.expiry_notices_days_hint()}
        value={text}
        onChange={setText}
        autoFocus
      />
      <Select
        label={m.expiry_notices_language()}
        name="language"
        options={keysOf(languageNames).map((id) => ({ id, text: languageNames[id] }))}
        value={language}
        onChange={setLanguage}
      />
    </FormDialog>
  );
}
