/** Whether the ledger holds: its head, and recomputing it. */

import { Link } from "@tanstack/react-router";
import type { Overview } from "../../api/types";
import { formatNumber } from "../../lib/format";
import { LedgerVerdict, VerifyButton } from "../../lib/records/LedgerVerdict";
import { m } from "../../paraglide/messages.js";
import { buttonClass } from "../../ui/Button";
import { CopyText } from "../../ui/CopyText";
import { Section } from "../../ui/Page";
import { Properties } from "../../ui/Properties";

const ROOT_CHARS = 16;

export function LedgerCard({ overview: { ledger } }: { overview: Overview }) {
  return (
    <Section
      title={m.ledger()}
      actions={
        <Link to="/ledger" className={buttonClass("quiet")}>
          {m.overview_ledger_open()}
        </Link>
      }
    >
      <div className="sheet flex flex-col gap-3 p-4">
        <Properties
          rows={[
            [m.overview_ledger_size(), m.ledger_entries({ n: formatNumber(ledger.size) })],
            [
              m.ledger_root(),
              ledger.root ? (
                <CopyText
                  key="root"
                  text={ledger.root}
                  shown={`${ledger.root.slice(0, ROOT_CHARS)}…`}
                />
              ) : (
                m.none()
              ),
            ],
          ]}
        />
        <LedgerVerdict />
        <div>
          <VerifyButton text={m.overview_verify()} kind="secondary" />
        </div>
      </div>
    </Section>
  );
}
