/** Parts of one record. The chosen tab belongs to the address, so the caller holds it. */

import type { ReactNode } from "react";
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from "react-aria-components";

export interface TabOf<K extends string> {
  id: K;
  text: string;
  note?: string | undefined;
  content: () => ReactNode;
}

export interface TabsProps<K extends string> {
  label: string;
  /** What is false is not for this person. */
  tabs: readonly (TabOf<K> | false)[];
  value: K;
  onChange: (value: K) => void;
}

export function Tabs<K extends string>({ label, tabs: all, value, onChange }: TabsProps<K>) {
  const tabs = all.filter((tab) => tab !== false);
  return (
    <AriaTabs selectedKey={value} onSelectionChange={(key) => onChange(key as K)}>
      <TabList
        aria-label={label}
        className="flex gap-5 overflow-x-auto border-b border-rule px-6 max-sm:px-4 [scrollbar-width:none]"
      >
        {tabs.map((tab) => (
          <Tab
            key={tab.id}
            id={tab.id}
            className="-mb-px flex min-h-9 items-center gap-1.5 border-b-2 border-transparent font-medium whitespace-nowrap text-ink-soft hover:text-ink selected:border-accent selected:text-ink forced-colors:border-[Canvas] focus-visible:-outline-offset-2"
          >
            {tab.text}
            {tab.note && (
              <span className="rounded-full bg-sunk px-1.5 text-meta text-ink-soft">
                {tab.note}
              </span>
            )}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className="px-6 py-5 max-sm:px-4">
          {tab.content()}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
