/** What the program says: states, remarks, refusals, empty places, toasts. */

import { Boxes } from "lucide-react";
import { OfflineError, ProblemError } from "../../api/problem";
import { type Label, licenseStates } from "../../lib/labels";
import { bulkOutcomes, importOutcomes, keyStates } from "../../lib/other_labels";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { Keys } from "../../ui/Keys";
import { ProgressBar } from "../../ui/ProgressBar";
import { Refusal } from "../../ui/Refusal";
import { EmptyState, ErrorState, Loading, NoPermission, NoResult } from "../../ui/States";
import { toast } from "../../ui/Toast";
import { CUSTOMER, LONG, pressed, type Specimen } from "./specimen";

export const refusal = (detail: string = m.gallery_refused_text(), said?: string) =>
  new ProblemError({
    status: 409,
    code: "seats_exhausted",
    title: m.gallery_refused(),
    detail,
    fix: m.gallery_refused_fix(),
    ...(said && { said }),
  });

const badges = (of: Record<string, Label>) =>
  Object.values(of).map((label) => <Badge key={label.text()} of={label} />);

export const signs = (): Specimen[] => [
  {
    of: "Badge",
    states: [
      [m.licenses(), badges(licenseStates)],
      [m.signing_keys(), badges(keyStates)],
      [m.import_action(), badges(importOutcomes)],
      [m.gallery_bulk(), badges(bulkOutcomes)],
    ],
  },
  {
    of: "Callout",
    wide: true,
    states: [
      [m.gallery_normal(), <Callout key="i">{m.why_bulk_needs_filter()}</Callout>],
      [
        m.gallery_good(),
        <Callout key="g" kind="good">
          {m.undone()}
        </Callout>,
      ],
      [
        m.gallery_mind(),
        <Callout key="w" kind="warn">
          {LONG}
        </Callout>,
      ],
    ],
  },
  {
    of: "Refusal",
    wide: true,
    states: [
      [m.gallery_refused(), <Refusal key="r" error={refusal()} />],
      [m.gallery_long(), <Refusal key="l" error={refusal(LONG, LONG)} />],
    ],
  },
  {
    of: "Keys",
    states: [
      [m.gallery_normal(), <Keys key="n" keys={["G", "L"]} />],
      [m.gallery_together(), <Keys key="t" keys={["Ctrl", "K"]} between="+" />],
    ],
  },
  {
    of: "Loading",
    wide: true,
    states: [[m.gallery_loading(), <Loading key="l" />]],
  },
  {
    of: "EmptyState",
    states: [
      [
        m.gallery_empty(),
        <EmptyState
          key="e"
          icon={Boxes}
          title={m.nothing_found()}
          action={
            <Button kind="primary" onPress={pressed}>
              {m.create()}
            </Button>
          }
        >
          {m.no_result_text()}
        </EmptyState>,
      ],
    ],
  },
  {
    of: "NoPermission",
    states: [
      [
        m.gallery_normal(),
        <NoPermission
          key="n"
          reason={m.why_no_permission({ role: m.role_support(), name: CUSTOMER })}
          onRetry={pressed}
        />,
      ],
    ],
  },
  {
    of: "ProgressBar",
    states: [
      [
        m.gallery_normal(),
        <ProgressBar key="n" label={m.seats()} value={3} max={6} className="w-40" />,
      ],
      [m.gallery_pending(), <ProgressBar key="p" label={m.loading()} className="w-40" />],
    ],
  },
  { of: "NoResult", states: [[m.gallery_normal(), <NoResult key="n" onClear={pressed} />]] },
  {
    of: "ErrorState",
    states: [
      [m.gallery_refused(), <ErrorState key="r" error={refusal()} onRetry={pressed} />],
      [
        m.gallery_offline(),
        <ErrorState key="o" error={new OfflineError(null)} onRetry={pressed} />,
      ],
    ],
  },
  {
    of: "Toasts",
    states: [
      [
        m.gallery_on_request(),
        <>
          <Button onPress={() => toast({ text: m.undone() })}>{m.gallery_normal()}</Button>
          <Button onPress={() => toast({ text: LONG, action: { text: m.undo(), act: pressed } })}>
            {m.gallery_long()}
          </Button>
          <Button onPress={() => toast({ text: m.gallery_refused_text(), bad: true })}>
            {m.gallery_refused()}
          </Button>
        </>,
      ],
    ],
  },
];
