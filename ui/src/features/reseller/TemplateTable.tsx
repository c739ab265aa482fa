/** Templates with what is left of their quota, and what can be done with each. */

import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { BookmarkPlus, FileUp, Plus, Undo2 } from "lucide-react";
import { useState } from "react";
import { meQuery } from "../../api/me";
import { templateList, withdrawTemplate } from "../../api/reseller";
import type { Operation, Template } from "../../api/types";
import { useShown, useWhy } from "../../lib/can";
import { formatNumber } from "../../lib/format";
import { termSentence } from "../../lib/policy_sentence";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { Badge } from "../../ui/Badge";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { lazyDialog } from "../../ui/lazy_dialog";
import { Menu } from "../../ui/Menu";
import { Section } from "../../ui/Page";
import { type SmallColumn, SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";
import { NOT_SHOWN } from "../../ui/why";
import { againstIssuing as against, templateState } from "./words";

const TemplateGrant = lazyDialog(() =>
  import("./TemplateGrant").then((module) => module.TemplateGrant),
);
const TemplateIssue = lazyDialog(() =>
  import("./TemplateIssue").then((module) => module.TemplateIssue),
);
const QuotaGrant = lazyDialog(() => import("./QuotaGrant").then((module) => module.QuotaGrant));

export interface TemplateTableProps {
  /** Of this reseller; without, all that the person may see. */
  resellerId?: string | undefined;
  /** The reseller above that one, if there is one. */
  aboveId?: string | null;
  /** Against granting anything, if something is. */
  whyNot?: string | false;
}

type Open = { does: "issue" | "quota" | "withdraw"; template: Template } | null;

export function TemplateTable({ resellerId, aboveId = null, whyNot }: TemplateTableProps) {
  const why = useWhy();
  const isShown = useShown();
  const navigate = useNavigate();
  const [granting, setGranting] = useState(false);
  const [open, setOpen] = useState<Open>(null);
  const templates = useQuery(templateList(resellerId));
  const close = () => setOpen(null);
  const withdraw = useChange({
    run: (template: Template) => withdrawTemplate(template.id),
    touches: ["template"],
    said: ({ item }) => m.template_withdrawn({ name: item.name }),
    onDone: close,
  });
  const { data: me } = useQuery(meQuery);
  const isVendors = isShown("replace_reseller");
  // A reseller's people issue from their own templates, and supply those of resellers below.
  const own = me?.actor.reseller?.id;
  const isOwn = (row: Template) => row.reseller_id === own;
  const toIssue = (operation: Operation, row: Template) =>
    own !== undefined && !isOwn(row) ? NOT_SHOWN : why(operation, against(row));
  const toSupply = (operation: Operation, row: Template, rule?: string | false) =>
    isOwn(row)
      ? NOT_SHOWN
      : why(operation, row.state === "withdrawn" ? m.why_template_withdrawn() : rule);
  const hasBelow = templates.data?.some((row) => row.quota.below > 0) ?? false;
  const isNarrow = templates.data?.some((row) => !row.all_features) ?? false;
  const emptyForVendor = resellerId ? m.templates_empty() : m.templates_empty_all();
  const empty = isVendors ? emptyForVendor : m.templates_empty_own();
  const columns: SmallColumn<Template>[] = [
    {
      title: m.template(),
      cell: (row) => (
        <span className="font-medium" title={row.name}>
          {row.name}
        </span>
      ),
    },
    { title: m.quota_left(), end: true, cell: (row) => <Left template={row} /> },
    { title: m.column_state(), cell: (row) => <Badge of={templateState(row)} /> },
    ...(isVendors && !resellerId
      ? [
          {
            title: m.reseller(),
            cell: (row: Template) => (
              <Link to="/resellers/$id" params={{ id: row.reseller_id }} className="link">
                {row.reseller_name}
              </Link>
            ),
          },
        ]
      : []),
    { title: m.product(), cell: (row) => row.product_name },
    { title: m.template_term(), cell: lasts },
    { title: m.template_seats(), end: true, cell: (row) => formatNumber(row.seats_max) },
    ...(isNarrow
      ? [{ title: m.features(), cell: (row: Template) => <Features template={row} /> }]
      : []),
    { title: m.quota_issued(), end: true, cell: (row) => formatNumber(row.quota.issued) },
    ...(hasBelow
      ? [
          {
            title: m.quota_below(),
            end: true,
            cell: (row: Template) => formatNumber(row.quota.below),
          },
        ]
      : []),
    {
      title: m.actions(),
      end: true,
      cell: (row) => (
        <span className="inline-flex items-center gap-1">
          <ActionButton
            kind="quiet"
            icon={Plus}
            why={toIssue("issue_from_template", row)}
            aria-label={m.template_issue_of({ name: row.name })}
            onPress={() => setOpen({ does: "issue", template: row })}
          >
            {m.template_issue()}
          </ActionButton>
          <Menu
            label={m.template_actions({ name: row.name })}
            kind="quiet"
            actions={[
              {
                id: "import",
                text: m.template_import(),
                icon: FileUp,
                why: toIssue("import_from_template", row),
                act: () => void navigate({ to: "/templates/$id/import", params: { id: row.id } }),
              },
              {
                id: "quota",
                text: m.quota_grant(),
                icon: BookmarkPlus,
                why: toSupply("grant_quota", row, whyNot),
                act: () => setOpen({ does: "quota", template: row }),
              },
              {
                id: "withdraw",
                text: m.template_withdraw(),
                icon: Undo2,
                danger: true,
                why: toSupply("withdraw_template", row),
                act: () => setOpen({ does: "withdraw", template: row }),
              },
            ]}
          />
        </span>
      ),
    },
  ];
  return (
    <Section
      title={m.templates()}
      actions={
        resellerId &&
        resellerId !== own && (
          <ActionButton
            kind="primary"
            icon={Plus}
            why={why("grant_template", whyNot)}
            onPress={() => setGranting(true)}
          >
            {m.template_grant()}
          </ActionButton>
        )
      }
    >
      {templates.isPending && <Loading />}
      {templates.isError && (
        <ErrorState error={templates.error} onRetry={() => templates.refetch()} />
      )}
      {templates.data && (
        <SmallTable
          label={m.templates()}
          rows={templates.data}
          rowId={(row) => row.id}
          empty={empty}
          columns={columns}
        />
      )}
      {resellerId && (
        <TemplateGrant
          resellerId={resellerId}
          aboveId={aboveId}
          isOpen={granting}
          onClose={() => setGranting(false)}
        />
      )}
      {open && (
        <>
          <TemplateIssue
            template={open.template}
            isOpen={open.does === "issue"}
            onClose={close}
            onDone={(id) => void navigate({ to: "/licenses/$id", params: { id } })}
          />
          <QuotaGrant template={open.template} isOpen={open.does === "quota"} onClose={close} />
          <ConfirmDialog
            title={m.template_withdraw_title()}
            name={open.template.name}
            action={m.template_withdraw()}
            isOpen={open.does === "withdraw"}
            onClose={close}
            onConfirm={() => withdraw.mutate(open.template)}
            isPending={withdraw.isPending}
            error={withdraw.error}
          >
            <p>{m.template_withdraw_text({ reseller: open.template.reseller_name })}</p>
            {open.template.quota.below > 0 && <p>{m.template_withdraw_below()}</p>}
          </ConfirmDialog>
        </>
      )}
    </Section>
  );
}

/** How long a license lasts. */
function lasts({ term, days_max }: Template): string {
  const sentence = termSentence(term);
  return days_max === null
    ? sentence
    : m.template_days_of({ term: sentence, days: formatNumber(days_max) });
}

function Features({ template: { features } }: { template: Template }) {
  const names = features.map((row) => row.name).join(", ") || m.none();
  return <span title={names}>{names}</span>;
}

/** What is left of all that was granted: as a number, never by colour alone. */
function Left({ template }: { template: Template }) {
  const { left, granted } = template.quota;
  return (
    <span className={left === 0 ? "font-semibold text-bad" : ""}>
      {m.quota_of({ left: formatNumber(left), granted: formatNumber(granted) })}
    </span>
  );
}
