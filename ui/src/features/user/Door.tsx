/** What is shown to who is not in yet: a sheet in the middle, with the mark above it. */

import { type ReactNode, useEffect } from "react";
import { Mark } from "../../shell/Mark";
import { clearToasts } from "../../ui/Toast";

export function Door({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Latchkey`;
  }, [title]);
  useEffect(clearToasts, []);
  return (
    <main
      id="content"
      className="flex h-full flex-col items-center overflow-auto px-4 py-12 [&>*]:shrink-0"
    >
      <Mark vendor={null} />
      <div className="sheet mt-6 w-full max-w-96 p-6">
        <h1 className="mb-4 text-title font-semibold tracking-tight">{title}</h1>
        {children}
      </div>
    </main>
  );
}
