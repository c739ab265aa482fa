/**
 * Every wrapper of `ui/src/ui` in every state, and the tokens they are made of: the place to see
 * what a change does to all of them. Not in the navigation; it is at `/dev/gallery`.
 */

import { Suspense, useEffect, useState } from "react";
import { m } from "../../paraglide/messages.js";
import { cx } from "../../ui/cx";
import { Page } from "../../ui/Page";
import { Foundations } from "./Foundations";
import { GROUPS, type Group } from "./groups";
import type { Specimen } from "./specimen";

export function GalleryPage() {
  return (
    <Page title={m.gallery_title()} lead={m.gallery_lead()}>
      <div className="flex flex-col gap-10 px-6 pb-10 max-sm:px-4">
        <Foundations />
        {GROUPS.map((group) => (
          <Shelf key={group.title()} group={group} />
        ))}
      </div>
    </Page>
  );
}

function Shelf({ group: { title, load } }: { group: Group }) {
  const [specimens, setSpecimens] = useState<Specimen[]>();
  useEffect(() => {
    void load().then((make) => setSpecimens(make()));
  }, [load]);
  return (
    <section aria-label={title()} aria-busy={!specimens} className="flex flex-col gap-4">
      <h2 className="border-b border-rule-strong pb-1 text-lead font-semibold">{title()}</h2>
      {specimens?.map((specimen) => (
        <Shown key={specimen.of} specimen={specimen} />
      ))}
    </section>
  );
}

function Shown({ specimen: { of, wide, states } }: { specimen: Specimen }) {
  return (
    <div className="grid gap-x-6 gap-y-2 md:grid-cols-[9rem_minmax(0,1fr)]">
      <h3 className="font-mono text-cell font-semibold">{of}</h3>
      <div className={cx("flex min-w-0 gap-x-8 gap-y-5", wide ? "flex-col" : "flex-wrap")}>
        {states.map(([state, shown]) => (
          <figure key={state} className="flex max-w-full min-w-0 flex-col gap-1.5">
            <figcaption className="eyebrow">{state}</figcaption>
            <div className={cx(!wide && "flex flex-wrap items-center gap-2")}>
              <Suspense fallback={null}>{shown}</Suspense>
            </div>
          </figure>
        ))}
      </div>
    </div>
  );
}
