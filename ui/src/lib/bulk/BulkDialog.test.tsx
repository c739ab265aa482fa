// @vitest-environment happy-dom
import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { meQuery } from "../../api/me";
import { queryClient } from "../../api/query_client";
import type { BulkReport } from "../../api/types";
import { platform } from "../../platform";
import { BulkDialog } from "./BulkDialog";

const undoChange = vi.hoisted(() => vi.fn(async () => ({})));
vi.mock("../../api/ledger", () => ({ undoChange }));

beforeEach(() => {
  queryClient.setQueryData<unknown>(meQuery.queryKey, { permissions: ["undo_change"] });
});

afterEach(() => {
  cleanup();
  queryClient.clear();
});

const report = (dry_run: boolean, refused: number): BulkReport => ({
  dry_run,
  change: dry_run ? null : { id: "chg_1", undo_until: "2999-01-01T00:00:00Z" },
  summary: { matched: 2 + refused, change: 2, unchanged: 0, refused },
  rows: Array.from({ length: refused }, (_, n) => ({
    id: `lic_${n}`,
    subject: `=KEY-${n}`,
    outcome: "refused",
    code: "license_revoked",
    detail: "It is revoked.",
    fix: null,
  })),
});

function open(run: (dry_run: boolean) => Promise<BulkReport>) {
  const ends = { onClose: vi.fn(), onDone: vi.fn() };
  render(
    <QueryClientProvider client={queryClient}>
      <BulkDialog
        isOpen
        title="Suspend licenses"
        run={run}
        runKey={["test"]}
        touches={["license"]}
        action={({ n }) => `Suspend ${n}`}
        said={({ n }) => `${n} are suspended.`}
        {...ends}
      />
    </QueryClientProvider>,
  );
  return ends;
}

it("closes when all went through", async () => {
  const ends = open(async (dry_run) => report(dry_run, 0));
  await userEvent.click(await screen.findByRole("button", { name: "Suspend 2" }));
  await vi.waitFor(() => expect(ends.onClose).toHaveBeenCalled());
  expect(ends.onDone).toHaveBeenCalledOnce();
});

it("stays to show what was refused, and hands it over as CSV that runs no formula", async () => {
  const save = vi.spyOn(platform, "saveFile").mockResolvedValue(true);
  const ends = open(async (dry_run) => report(dry_run, 1));
  await userEvent.click(await screen.findByRole("button", { name: "Suspend 2" }));
  expect(await screen.findByText("2 are suspended.")).toBeTruthy();
  expect(ends.onClose).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole("button", { name: "Save the refused as CSV" }));
  const saved = save.mock.calls[0]?.[1];
  expect(saved).toBeInstanceOf(Blob);
  expect(await (saved as Blob).text()).toBe(
    "id,subject,code,detail,fix\r\nlic_0,'=KEY-0,license_revoked,It is revoked.,\r\n",
  );
});

it("undoes an act that was cancelled on its way, as soon as it is done", async () => {
  let finish = (_: BulkReport) => {};
  const ends = open((dry_run) =>
    dry_run
      ? Promise.resolve(report(true, 0))
      : new Promise((resolve) => {
          finish = resolve;
        }),
  );
  await userEvent.click(await screen.findByRole("button", { name: "Suspend 2" }));
  await userEvent.click(await screen.findByRole("button", { name: "Cancel and undo" }));
  expect(undoChange).not.toHaveBeenCalled();
  finish(report(false, 0));
  await vi.waitFor(() => expect(undoChange).toHaveBeenCalledWith("chg_1"));
  await vi.waitFor(() => expect(ends.onClose).toHaveBeenCalled());
});
