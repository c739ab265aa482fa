/** Writing what letters of a kind say, and seeing one as it would be. */

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { previewLetterText, setLetterText } from "../../api/letter";
import type { LetterText } from "../../api/types";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import { FormDialog } from "../../ui/FormDialog";
import { TextField } from "../../ui/TextField";
import { languageNames } from "./days";
import { kindNames } from "./kinds";

export interface LetterFormProps {
  text: LetterText;
  isOpen: boolean;
  onClose: () => void;
}

const ROWS = 12;

export function LetterForm({ text, isOpen, onClose }: LetterFormProps) {
  const { kind, language } = text;
  const [subject, setSubject] = useState(text.subject);
  const [body, setBody] = useState(text.body);
  const own = { kind, language, text: { subject, body } };
  const save = useChange({
    run: (standard: boolean) => setLetterText(standard ? { kind, language } : own),
    touches: ["me"],
    said: () => m.letter_saved(),
    onDone: onClose,
  });
  const preview = useMutation({ mutationFn: () => previewLetterText(own) });
  const places = text.places.map((place) => `{${place}}`).join(", ");
  return (
    <FormDialog
      title={m.letter_title({ kind: kindNames[kind](), language: languageNames[language] })}
      isOpen={isOpen}
      onClose={onClose}
      submit={m.save()}
      onSubmit={() => save.mutate(false)}
      values={[subject, body]}
      isPending={save.isPending}
      error={save.error ?? preview.error}
    >
      <TextField
        label={m.letter_subject()}
        name="subject"
        value={subject}
        onChange={setSubject}
        isRequired
        autoFocus
      />
      <TextField
        label={m.letter_body()}
        name="body"
        rows={ROWS}
        hint={m.letter_places({ places })}
        value={body}
        onChange={setBody}
        isRequired
      />
      <div className="flex flex-wrap gap-2">
        <Button isPending={preview.isPending} onPress={() => preview.mutate()}>
          {m.letter_preview()}
        </Button>
        {!text.is_standard && (
          <Button kind="quiet" onPress={() => save.mutate(true)}>
            {m.letter_back_to_standard()}
          </Button>
        )}
      </div>
      {preview.data && (
        <section aria-label={m.letter_preview()} className="rounded-md bg-sunk px-4 py-3">
          <p className="font-semibold wrap-anywhere">{preview.data.subject}</p>
          <p className="mt-2 whitespace-pre-wrap wrap-anywhere">{preview.data.body}</p>
        </section>
      )}
    </FormDialog>
  );
}
