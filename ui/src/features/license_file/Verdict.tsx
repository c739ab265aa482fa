/** What came of verifying a license file. */

import { Link } from "@tanstack/react-router";
import { ShieldCheck, ShieldX } from "lucide-react";
import type { FileVerification } from "../../api/types";
import { formatNumber, formatTime } from "../../lib/format";
import { licenseStates } from "../../lib/labels";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import { Properties } from "../../ui/Properties";

type Grants = NonNullable<FileVerification["grants"]>;

export function Verdict({ name, result }: { name: string; result: FileVerification }) {
  const { valid, refusal, grants, license_state: state } = result;
  const Icon = valid ? ShieldCheck : ShieldX;
  return (
    <section className="sheet overflow-hidden" aria-label={name}>
      <header
        className={`flex items-start gap-3 px-5 py-4 ${valid ? "bg-good-soft text-good" : "bg-bad-soft text-bad"}`}
      >
        <Icon aria-hidden size={24} className="shrink-0" />
        <div className="min-w-0">
          <h2 className="text-lead font-semibold">
            {valid ? m.license_file_valid() : m.license_file_refused()}
          </h2>
          <p className="break-all text-ink-soft">{name}</p>
        </div>
      </header>
      {refusal && (
        <div className="flex flex-col gap-1 px-5 py-4">
          <p className="font-medium">{refusal.detail}</p>
          {refusal.fix && <p>{refusal.fix}</p>}
          <code className="font-mono text-meta text-ink-faint">{refusal.code}</code>
        </div>
      )}
      {grants && (
        <div className="px-5 py-3">
          <Properties
            rows={[
              [
                m.license_key(),
                <code key="k">{m.license_key_ending({ end: grants.license_key_hint })}</code>,
              ],
              [m.customer(), grants.customer_name],
              [m.product(), grants.product_name],
              [m.features(), grants.features.map(featureWords).join(", ") || m.none()],
              [m.seats(), formatNumber(grants.seats_max)],
              [
                m.machines(),
                grants.machines.map((of) => `${of.friendly_name} (${of.code})`).join(", ") ||
                  m.any_machine(),
              ],
              [m.column_issued(), formatTime(grants.issued_at)],
              [m.column_valid_until(), formatTime(grants.file_expires_at)],
              [m.license_expires(), grants.expires_at ? formatTime(grants.expires_at) : m.never()],
              [
                m.license_file_now(),
                state ? (
                  <span key="s" className="flex flex-wrap items-center gap-x-3">
                    <Badge of={licenseStates[state]} />
                    <Link to="/licenses/$id" params={{ id: grants.license_id }} className="link">
                      {m.license_file_now_open()}
                    </Link>
                  </span>
                ) : (
                  m.license_file_now_unknown()
                ),
              ],
            ]}
          />
        </div>
      )}
    </section>
  );
}

function featureWords({ code, limit }: Grants["features"][number]): string {
  return limit === null ? code : `${code} (${formatNumber(limit)})`;
}
