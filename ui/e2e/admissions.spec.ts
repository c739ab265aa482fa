/** A customer's IT decides which machines are activated. On a server of its own. */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectNothingOutside, photograph } from "./look";
import { lookAt, OWNER, signIn } from "./portal";
import { expect, test } from "./test";
import { inGerman, NORA, run, Workshop } from "./workshop";

// Several of these look at a page in every theme.
test.describe.configure({ mode: "serial", timeout: 150_000 });

const SCRIPT = join(import.meta.dirname, "../../dist/collect/latchkey-collect.sh");

let at: Workshop;
let folder = "";

test.beforeAll(async () => {
  at = await Workshop.open();
  folder = await mkdtemp(join(tmpdir(), "latchkey-collected-"));
});
test.afterAll(async () => {
  await at.close();
  await rm(folder, { recursive: true, force: true });
});

test("only admitted machines are activated, and an unknown one is refused", async ({ page }) => {
  await page.goto(`${at.server}/admissions`);
  await signIn(page, NORA);
  await expect(page.getByText("Every machine may be activated", { exact: true })).toBeVisible();
  await lookAt(page, "admissions-open");
  await page.getByRole("button", { name: "Control activation" }).click();
  await expect(
    page.getByText("Only admitted machines are activated", { exact: true }),
  ).toBeVisible();
  // What is active is admitted with it.
  await expect(page.getByRole("table").getByText("Drawing office")).toBeVisible();

  const refused = await at.activate("GUEST-1", "Laptop of a guest");
  expect(refused.status).toBe(409);
  expect(refused.body.code).toBe("machine_not_admitted");
  expect(refused.body.fix).toContain("it waits in their list");
  await at.activate("GUEST-1", "Laptop of a guest");
  await page.reload();
  await page.getByRole("button", { name: "Show those that wait" }).click();
  const row = page.getByRole("row", { name: /Laptop of a guest/ });
  await expect(row).toContainText("2 times");
  await expect(row.getByRole("link", { name: at.key })).toBeVisible();
  await row.getByRole("checkbox").click();
  await lookAt(page, "admissions-waiting");
  const bar = page.getByRole("region", { name: "Selection" });
  await bar.getByRole("button", { name: "Refuse" }).click();
  await expect(page.getByText("1 machine is refused.").first()).toBeVisible();
  await expect(row).toHaveCount(0);
  expect((await at.activate("GUEST-1", "Laptop of a guest")).body.fix).not.toContain("waits");
  await page.reload();
  await expect(page.getByText(/to be admitted/)).toHaveCount(0);
});

test("the outputs of the collection script are dropped, and their machines admitted", async ({
  page,
}) => {
  // The machine that this test runs on is one of them, for real.
  const { stdout } = await run("sh", [SCRIPT, folder]);
  const mine = await readFile(stdout.trim());
  const [code = "", name = ""] = mine.toString().trim().split("\t");
  expect((await at.activate(code, name)).body.code).toBe("machine_not_admitted");

  await page.goto(`${at.server}/admissions/import`);
  await signIn(page, NORA);
  await expect(page.getByRole("heading", { name: "Admit machines from a list" })).toBeVisible();
  const script = page.waitForEvent("download");
  await page.getByRole("button", { name: "Windows" }).click();
  expect((await script).suggestedFilename()).toBe("latchkey-collect.ps1");
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose files" }).click();
  const text = { mimeType: "text/plain" };
  await (await chooser).setFiles([
    { ...text, name: "one.txt", buffer: mine },
    { ...text, name: "two.txt", buffer: Buffer.from("\uFEFFPC-2\tReading room", "utf16le") },
    { ...text, name: "three.txt", buffer: Buffer.from("PC-3\tBüro 3\r\n") },
  ]);
  await expect(page.getByText("3 files")).toBeVisible();
  await expect(page.getByRole("cell", { name: "PC-3", exact: true })).toBeVisible();
  await lookAt(page, "admission-import");
  await page.getByRole("button", { name: /^Apply/ }).click();
  await expect(page.getByText("3 machines are admitted.").first()).toBeVisible();
  expect((await at.activate(code, name)).status).toBe(200);
  expect((await at.activate("PC-3", "")).body.item.friendly_name).toBe("Büro 3");

  // One without a network never asks: it is given its seat by hand.
  await page.goto(`${at.server}/admissions?q=Reading`);
  const button = page.getByRole("button", { name: "Activate on a license: Reading room" });
  await button.click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox").fill(at.key.slice(0, 5));
  await page.getByRole("option", { name: at.key }).click();
  await photograph(page, "admission-activate");
  await dialog.getByRole("button", { name: "Activate" }).click();
  await expect(page.getByText("Reading room is activated.").first()).toBeVisible();
});

test("viewers look and change nothing, in German and on a phone", async ({ browser }) => {
  const context = await browser.newContext({
    locale: "de-DE",
    viewport: { width: 360, height: 740 },
  });
  const page = await context.newPage();
  await inGerman(page, `${at.server}/admissions`);
  await expect(page.getByRole("heading", { name: "Zugelassene Geräte" })).toBeVisible();
  await expect(page.getByText("Nur zugelassene Geräte werden aktiviert")).toBeVisible();
  for (const name of ["Alle Geräte zulassen", "Zulassen", "Ablehnen"]) {
    await expect(page.getByRole("button", { name, exact: true })).toHaveCount(0);
  }
  await expectNothingOutside(page);
  await photograph(page, "admissions-german");
  await context.close();
});

test("the vendor's support sees one customer's list, and may do the same", async ({ page }) => {
  await page.goto(`${at.server}/admissions?customer_id=${at.customer}`);
  await signIn(page, OWNER);
  await expect(
    page.getByText("Only admitted machines are activated", { exact: true }),
  ).toBeVisible();
  await expect(page.getByRole("table").getByText("Nordwind GmbH").first()).toBeVisible();
  await page.getByRole("button", { name: "Let every machine in" }).click();
  await expect(page.getByText("Every machine may be activated", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(
    page.getByText("Only admitted machines are activated", { exact: true }),
  ).toBeVisible();
});
