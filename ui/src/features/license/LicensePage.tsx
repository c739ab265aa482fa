/** One license: what it grants, who holds its seats, and what happened to it. */

import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { licenseList, licenseOne } from "../../api/license";
import type { License } from "../../api/types";
import { useAsOf } from "../../lib/as_of/use_as_of";
import { useShown } from "../../lib/can";
import { formatNumber } from "../../lib/format";
import { licenseStates } from "../../lib/labels";
import { ListCrumb } from "../../lib/records/ListCrumb";
import { NameLink } from "../../lib/records/NameLink";
import { Pager } from "../../lib/records/Pager";
import { Timeline } from "../../lib/records/Timeline";
import { useTab } from "../../lib/records/use_tab";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import { CopyText } from "../../ui/CopyText";
import { Page } from "../../ui/Page";
import { ErrorState, Loading } from "../../ui/States";
import { Tabs } from "../../ui/Tabs";
import { Entitlements } from "./Entitlements";
import { LicenseActions } from "./LicenseActions";
import { LicenseActivations } from "./LicenseActivations";
import { LicenseOverview } from "./LicenseOverview";

const LicenseFiles = lazy(() =>
  import("./LicenseFiles").then((module) => ({ default: module.LicenseFiles })),
);

const LicenseThen = lazy(() =>
  import("./LicenseThen").then((module) => ({ default: module.LicenseThen })),
);

const LicenseValidations = lazy(() =>
  import("./LicenseValidations").then((module) => ({ default: module.LicenseValidations })),
);

const route = getRouteApi("/licenses/$id");

export function LicensePage() {
  const { id } = route.useParams();
  const license = useQuery(licenseOne(id));
  if (license.isPending) return <Loading />;
  if (license.isError)
    return <ErrorState isPage error={license.error} onRetry={() => license.refetch()} />;
  return <Loaded license={license.data} />;
}

const TABS = [
  "overview",
  "activations",
  "entitlements",
  "files",
  "validations",
  "timeline",
] as const;
type TabId = (typeof TABS)[number];

function Loaded({ license }: { license: License }) {
  const [tab, setTab] = useTab(TABS);
  const [at] = useAsOf();
  const isShown = useShown();
  return (
    <Page
      title={license.key}
      heading={
        <>
          <CopyText
            text={license.key}
            className="[&_code]:text-title [&_code]:font-semibold max-sm:[&_code]:text-lead"
          />
          {!at && <Badge of={licenseStates[license.state]} />}
        </>
      }
      crumbs={<ListCrumb to="/licenses">{m.licenses()}</ListCrumb>}
      pager={<Pager path="/licenses" list={licenseList} id={license.id} />}
      lead={
        !at && (
          <>
            <NameLink to="/customers/$id" id={license.customer_id}>
              {license.customer_name}
            </NameLink>
            {" · "}
            <NameLink to="/products/$id" id={license.product_id}>
              {license.product_name}
            </NameLink>
          </>
        )
      }
      actions={!at && <LicenseActions license={license} />}
    >
      {at ? (
        <Suspense fallback={<Loading />}>
          <LicenseThen license={license} at={at} />
        </Suspense>
      ) : (
        <Tabs<TabId>
          label={m.license()}
          value={tab}
          onChange={setTab}
          tabs={[
            {
              id: "overview",
              text: m.tab_overview(),
              content: () => <LicenseOverview license={license} />,
            },
            {
              id: "activations",
              text: m.activations(),
              note: formatNumber(license.seats_used),
              content: () => <LicenseActivations license={license} />,
            },
            {
              id: "entitlements",
              text: m.entitlements(),
              content: () => <Entitlements license={license} />,
            },
            isShown("list_license_files") && {
              id: "files",
              text: m.license_files(),
              content: () => (
                <Suspense fallback={<Loading />}>
                  <LicenseFiles license={license} />
                </Suspense>
              ),
            },
            isShown("list_validations") && {
              id: "validations",
              text: m.validations(),
              content: () => (
                <Suspense fallback={<Loading />}>
                  <LicenseValidations license={license} />
                </Suspense>
              ),
            },
            isShown("list_ledger_entries") && {
              id: "timeline",
              text: m.timeline(),
              content: () => <Timeline entityId={license.id} />,
            },
          ]}
        />
      )}
    </Page>
  );
}
