/** What letters say, of each kind in each language. */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { letterTexts } from "../../api/letter";
import type { LetterText } from "../../api/types";
import { useWhy } from "../../lib/can";
import { label } from "../../lib/labels";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { Badge } from "../../ui/Badge";
import { lazyDialog } from "../../ui/lazy_dialog";
import { Section } from "../../ui/Page";
import { SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";
import { languageNames } from "./days";
import { kindNames } from "./kinds";

const LetterForm = lazyDialog(() => import("./LetterForm").then((module) => module.LetterForm));

const standard = label(m.letter_standard, "quiet", "ring");
const own = label(m.letter_own, "accent", "dot");

const idOf = ({ kind, language }: LetterText) => `${kind} ${language}`;

export function Letters() {
  const why = useWhy();
  const texts = useQuery(letterTexts);
  const [editing, setEditing] = useState<LetterText | null>(null);
  return (
    <Section title={m.letters()}>
      <p className="text-ink-soft">{m.letters_lead()}</p>
      {texts.isPending && <Loading />}
      {texts.isError && <ErrorState error={texts.error} onRetry={() => texts.refetch()} />}
      {texts.data && (
        <SmallTable
          label={m.letters()}
          rows={texts.data.items}
          rowId={idOf}
          empty=""
          columns={[
            { title: m.letter_kind(), cell: (text) => kindNames[text.kind]() },
            { title: m.language(), cell: (text) => languageNames[text.language] },
            {
              title: m.letter_subject(),
              cell: (text) => <span title={text.subject}>{text.subject}</span>,
            },
            {
              title: m.column_state(),
              cell: (text) => <Badge of={text.is_standard ? standard : own} />,
            },
            {
              title: m.actions(),
              end: true,
              cell: (text) => (
                <ActionButton
                  kind="quiet"
                  why={why("set_letter_text")}
                  aria-label={m.letter_edit_named({
                    kind: kindNames[text.kind](),
                    language: languageNames[text.language],
                  })}
                  onPress={() => setEditing(text)}
                >
                  {m.letter_edit()}
                </ActionButton>
              ),
            },
          ]}
        />
      )}
      {editing && (
        <LetterForm key={idOf(editing)} text={editing} isOpen onClose={() => setEditing(null)} />
      )}
    </Section>
  );
}
