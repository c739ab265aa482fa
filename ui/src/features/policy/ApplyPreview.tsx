/** What would happen: in a few sentences, then license by license with seats and features by name. */

import type { ApplyReport } from "../../api/types";
import { counted } from "../../lib/format";
import { m } from "../../paraglide/messages.js";
import { Callout } from "../../ui/Callout";
import { ApplyRows, type ApplyRowsProps } from "./ApplyRows";
import type { Losses } from "./losses";

export interface ApplyPreviewProps extends Pick<ApplyRowsProps, "chosen" | "onChoose"> {
  report: ApplyReport;
  losses: Losses;
  when: "now" | "at_renewal";
}

export function ApplyPreview({ report, losses, when, ...choosing }: ApplyPreviewProps) {
  const { summary } = report;
  const loses = losses.fewerSeats + losses.fewerReturns + losses.fewerFeatures > 0;
  return (
    <>
      <div aria-live="polite">
        <Callout kind={loses ? "warn" : "info"}>
          <p className="font-semibold">{m.bulk_dry_run()}</p>
          <ul className="list-disc pl-5">
            <li>
              {counted(when === "now" ? m.apply_changes : m.apply_changes_later, losses.licenses)}
            </li>
            {losses.fewerSeats > 0 && <li>{counted(m.apply_fewer_seats, losses.fewerSeats)}</li>}
            {losses.seatsFreed > 0 && <li>{counted(m.apply_seats_freed, losses.seatsFreed)}</li>}
            {losses.fewerReturns > 0 && (
              <li>{counted(m.apply_fewer_returns, losses.fewerReturns)}</li>
            )}
            {losses.fewerFeatures > 0 && (
              <li>{counted(m.apply_fewer_features, losses.fewerFeatures)}</li>
            )}
            {summary.unchanged > 0 && <li>{counted(m.apply_unchanged, summary.unchanged)}</li>}
            {summary.refused > 0 && <li>{counted(m.apply_refused, summary.refused)}</li>}
          </ul>
        </Callout>
      </div>
      {report.rows.length > 0 && <ApplyRows report={report} {...choosing} />}
    </>
  );
}
