/** What can be done with a license; what cannot says why. */

import { getRouteApi } from "@tanstack/react-router";
import {
  ArrowRightLeft,
  Award,
  CalendarPlus,
  CirclePause,
  CirclePlay,
  FileKey2,
  OctagonX,
} from "lucide-react";
import { useState } from "react";
import { saveCertificate } from "../../api/download";
import { reinstateLicense, revokeLicense } from "../../api/license";
import type { License } from "../../api/types";
import { useAsOfAction } from "../../lib/as_of/use_as_of_action";
import { useWhy } from "../../lib/can";
import { tell } from "../../lib/downloads";
import { useLocale } from "../../lib/locale";
import { RecordActions } from "../../lib/records/RecordActions";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { lazyDialog } from "../../ui/lazy_dialog";
import { ruleAgainst } from "./rules";

const ExportFile = lazyDialog(() => import("./ExportFile").then((module) => module.ExportFile));

const TransferDialog = lazyDialog(() =>
  import("./TransferDialog").then((module) => module.TransferDialog),
);

const SuspendDialog = lazyDialog(() =>
  import("./SuspendDialog").then((module) => module.SuspendDialog),
);

const RenewDialog = lazyDialog(() => import("./RenewDialog").then((module) => module.RenewDialog));

const route = getRouteApi("/licenses/$id");

type Open = "renew" | "suspend" | "revoke" | "transfer" | "export" | null;

export function LicenseActions({ license }: { license: License }) {
  const why = useWhy();
  const locale = useLocale();
  const { export: exports } = route.useSearch();
  const navigate = route.useNavigate();
  const asOf = useAsOfAction();
  const [open, setOpen] = useState<Open>(exports ? "export" : null);
  const close = () => {
    setOpen(null);
    if (exports) void navigate({ search: ({ tab }) => ({ tab }), replace: true, state: true });
  };
  const reinstate = useChange({
    run: () => reinstateLicense(license.id),
    touches: ["license"],
    said: () => m.license_reinstated(),
    refusalInToast: true,
  });
  const revoke = useChange({
    run: (confirm: string) => revokeLicense(license.id, { confirm }),
    touches: ["license"],
    said: () => m.license_revoked(),
    onDone: close,
  });
  return (
    <>
      <RecordActions
        of={{ kind: "license", id: license.id, text: license.key, note: license.customer_name }}
        actions={[
          {
            id: "renew",
            text: m.license_renew(),
            icon: CalendarPlus,
            why: why("renew_license", ruleAgainst("renew", license)),
            act: () => setOpen("renew"),
          },
          license.state === "suspended"
            ? {
                id: "reinstate",
                text: m.license_reinstate(),
                icon: CirclePlay,
                why: why("reinstate_license", ruleAgainst("reinstate", license)),
                isPending: reinstate.isPending,
                act: () => reinstate.mutate(undefined),
              }
            : {
                id: "suspend",
                text: m.license_suspend(),
                icon: CirclePause,
                why: why("suspend_license", ruleAgainst("suspend", license)),
                act: () => setOpen("suspend"),
              },
          {
            id: "export",
            place: "primary",
            text: m.license_export(),
            icon: FileKey2,
            why: why("export_license_file", ruleAgainst("export", license)),
            act: () => setOpen("export"),
          },
          { ...asOf.action, place: "menu" },
          {
            id: "certificate",
            place: "menu",
            text: m.certificate(),
            icon: Award,
            why: why("get_license_certificate"),
            act: () => void tell(saveCertificate(license.id, { lang: locale })),
          },
          {
            id: "transfer",
            place: "menu",
            text: m.license_transfer(),
            icon: ArrowRightLeft,
            why: why("transfer_license", ruleAgainst("transfer", license)),
            act: () => setOpen("transfer"),
          },
          {
            id: "revoke",
            place: "menu",
            text: m.license_revoke(),
            icon: OctagonX,
            danger: true,
            why: why("revoke_license", ruleAgainst("revoke", license)),
            act: () => setOpen("revoke"),
          },
        ]}
      />
      {asOf.dialog}
      <RenewDialog license={license} isOpen={open === "renew"} onClose={close} />
      <SuspendDialog license={license} isOpen={open === "suspend"} onClose={close} />
      <TransferDialog license={license} isOpen={open === "transfer"} onClose={close} />
      <ExportFile license={license} isOpen={open === "export"} onClose={close} />
      <ConfirmDialog
        title={m.license_revoke_title()}
        name={license.key}
        action={m.license_revoke()}
        isOpen={open === "revoke"}
        onClose={close}
        onConfirm={(typed) => revoke.mutate(typed)}
        isPending={revoke.isPending}
        error={revoke.error}
      >
        <p>{m.license_revoke_text({ customer: license.customer_name })}</p>
        <p>{m.license_revoke_instead()}</p>
      </ConfirmDialog>
    </>
  );
}
