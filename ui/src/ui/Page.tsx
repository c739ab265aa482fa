/** The frame of a page: where one is, its title, what can be done, and the content. */

import { ChevronRight } from "lucide-react";
import { Children, type ReactNode, useEffect } from "react";
import { m } from "../paraglide/messages.js";

export interface PageProps {
  title: string;
  /** Shown instead of the plain title, for instance with a badge. */
  heading?: ReactNode;
  /** Links to the pages above this one, the uppermost first. */
  crumbs?: ReactNode;
  /** The way to the records beside this one. */
  pager?: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  /** A list fills the window and scrolls by itself; anything else scrolls with the page. */
  fill?: boolean;
  children: ReactNode;
}

export function Page({ title, heading, crumbs, pager, lead, actions, fill, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Latchkey`;
  }, [title]);
  return (
    <div className={fill ? "flex h-full min-h-0 flex-col" : "min-h-full"}>
      <header className="flex flex-wrap items-end gap-x-6 gap-y-3 px-6 pt-5 pb-4 max-sm:px-4">
        <div className="min-w-0 flex-1 basis-72">
          {crumbs && (
            <div className="mb-0.5 flex min-h-6 flex-wrap items-center gap-x-3">
              <nav aria-label={m.breadcrumbs()} className="min-w-0 text-cell text-ink-faint">
                <ol className="flex min-w-0 items-center gap-1">
                  {Children.map(crumbs, (crumb) => (
                    <li className="flex shrink-0 items-center gap-1">
                      {crumb}
                      <ChevronRight aria-hidden size={13} />
                    </li>
                  ))}
                  <li aria-current="page" className="min-w-0 truncate">
                    {title}
                  </li>
                </ol>
              </nav>
              {pager}
            </div>
          )}
          <h1 className="flex flex-wrap items-center gap-x-3 gap-y-1 text-title font-semibold tracking-tight wrap-anywhere">
            {heading ?? title}
          </h1>
          {lead && <div className="mt-0.5 max-w-3xl text-ink-soft">{lead}</div>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A titled block on a page that scrolls. */
export function Section(props: { title: string; actions?: ReactNode; children: ReactNode }) {
  const { title, actions, children } = props;
  return (
    <section className="flex flex-col gap-2.5" aria-label={title}>
      <div className="flex min-h-8 flex-wrap items-center gap-2">
        <h2 className="flex-auto font-semibold wrap-break-word">{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  );
}
