/** What is shown to who is not in yet: a sheet in the middle, with the mark above it. */

import { type ReactNode, useEffect } from "react";
import { cx } from "../ui/cx";
import { clearToasts } from "../ui/Toast";
import { Help } from "./Help";
import { Mark } from "./Mark";

export interface DoorProps {
  title: string;
  wide?: boolean;
  /** Under the sheet. */
  foot?: ReactNode;
  children: ReactNode;
}

export function Door({ title, wide, foot, children }: DoorProps) {
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
      <div className={cx("sheet mt-6 w-full p-6", wide ? "max-w-2xl" : "max-w-96")}>
        <h1 className="mb-4 text-title font-semibold tracking-tight">{title}</h1>
        {children}
      </div>
      {foot}
      <div className="mt-4">
        <Help />
      </div>
    </main>
  );
}
