/** What the vendor sets for all: when customers are told of ends, what letters say, how pages look, and who may sign up. */

import { useMayNot } from "../../lib/can";
import { SignUpLinks } from "../../lib/people/SignUpLinks";
import { useTab } from "../../lib/records/use_tab";
import { m } from "../../paraglide/messages.js";
import { Page } from "../../ui/Page";
import { NoPermission } from "../../ui/States";
import { Tabs } from "../../ui/Tabs";
import { BrandingForm } from "./BrandingForm";
import { ExpiryNotices } from "./ExpiryNotices";
import { Letters } from "./Letters";

const TABS = ["notices", "letters", "branding", "sign-up"] as const;
type TabId = (typeof TABS)[number];

export function SettingsPage() {
  const [tab, setTab] = useTab(TABS);
  const mayNot = useMayNot("get_expiry_notices");
  return (
    <Page title={m.settings()} lead={m.settings_lead()}>
      {mayNot !== null ? (
        <NoPermission reason={mayNot} />
      ) : (
        <Tabs<TabId>
          label={m.settings()}
          value={tab}
          onChange={setTab}
          tabs={[
            { id: "notices", text: m.expiry_notices(), content: () => <ExpiryNotices /> },
            { id: "letters", text: m.letters(), content: () => <Letters /> },
            { id: "branding", text: m.branding(), content: () => <BrandingForm /> },
            { id: "sign-up", text: m.sign_up_links(), content: () => <SignUpLinks /> },
          ]}
        />
      )}
    </Page>
  );
}
