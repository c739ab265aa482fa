/** What is around every page: the language for widgets, and the toasts. */

import type { ReactNode } from "react";
import { I18nProvider } from "react-aria-components";
import { useLocale } from "../lib/locale";
import { Toasts } from "../ui/Toast";

export function AppFrame({ children }: { children: ReactNode }) {
  const locale = useLocale();
  return (
    <I18nProvider locale={locale}>
      {/* Another language is another tree: every message is read anew. */}
      <div key={locale} className="h-full">
        {children}
      </div>
      <Toasts />
    </I18nProvider>
  );
}
