/** The main job: from an empty store to a license file that verifies, and back by undo. */

import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test } from "./test";

test.describe.configure({ mode: "serial" });

const SHOTS = "../target/screenshots/web";
const SEATS = 500;
const MACHINES = 300;

const dialog = (page: Page) => page.getByRole("dialog");
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });

test("an empty store shows ways to begin", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Welcome to Latchkey" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Load demo data" })).toBeVisible();
  await page.screenshot({ path: `${SHOTS}/welcome-light.png` });
  await expectAccessible(page);
});

test("a product gets features", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Create a product" }).click();
  await field(page, "Name").fill("Atlas CAD");
  await expect(field(page, "Code")).toHaveValue("atlas-cad");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Atlas CAD" })).toBeVisible();
  for (const feature of ["Export STEP", "Simulation"]) {
    await page.getByRole("button", { name: "Add feature" }).click();
    await field(page, "Name").fill(feature);
    await page.getByRole("button", { name: "Create", exact: true }).click();
    await expect(page.getByRole("cell", { name: feature, exact: true })).toBeVisible();
  }
});

test("a policy reads as a sentence", async ({ page }) => {
  await page.goto("/products");
  await page.getByRole("row", { name: /Atlas CAD/ }).click();
  await page.getByRole("link", { name: "New policy" }).click();
  await dialog(page).getByLabel("Name", { exact: true }).fill("Standard");
  await dialog(page).getByRole("textbox", { name: "Seats" }).fill(String(SEATS));
  await dialog(page).getByText("Simulation", { exact: true }).click();
  await expect(dialog(page)).toContainText("1 year, 500 seats, node-locked");
  await expect(dialog(page)).toContainText("with Simulation.");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page.getByRole("heading", { name: /^Standard/ })).toBeVisible();
});

test("customers come by hand and from a file", async ({ page }) => {
  await page.goto("/customers?create=true");
  await field(page, "Name").fill("Nordwind Maschinenbau GmbH");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page.getByRole("heading", { name: /Nordwind/ })).toBeVisible();

  await page.goto("/customers/import");
  await page.getByRole("button", { name: "Paste text" }).click();
  await page
    .getByLabel(/^Text, as/)
    .fill("Mail;Company\nit@halden.example;Halden Optics\nit@sato.example;佐藤精密");
  await page.getByRole("button", { name: "Check it" }).click();
  await page.getByRole("button", { name: "Apply 2 rows" }).click();
  await expect(page.getByText("2 rows are applied.")).toBeVisible();
});

async function chooseForIssue(page: Page): Promise<void> {
  await dialog(page).getByRole("combobox", { name: "Customer" }).fill("nordw");
  await page.getByRole("option", { name: /Nordwind/ }).click();
  await dialog(page).getByRole("combobox", { name: "Policy" }).fill("stand");
  await page.getByRole("option", { name: /Standard/ }).click();
}

test("licenses are issued singly and a thousand at a time", async ({ page }) => {
  await page.goto("/licenses?issue=true");
  await chooseForIssue(page);
  await page.getByRole("button", { name: "Issue", exact: true }).click();
  await expect(page.getByRole("tab", { name: "Overview" })).toBeVisible();

  await page.goto("/licenses?issue=true");
  await chooseForIssue(page);
  await dialog(page).getByText("Many at once").click();
  const count = dialog(page).getByRole("textbox", { name: "How many" });
  await count.fill("1000");
  await count.press("Tab");
  await page.getByRole("button", { name: "Issue 1,000 licenses" }).click();
  await expect(dialog(page).getByText("1,000 licenses are issued.")).toBeVisible();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("1,001 records")).toBeVisible();
});

/** The oldest license: issued singly, so last in the list. */
async function openLicense(page: Page, tab: string): Promise<void> {
  await page.goto("/licenses");
  await page.getByRole("row").nth(1).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("tab", { name: tab }).click();
}

test("machines are activated by hand and from a list", async ({ page }) => {
  await openLicense(page, "Activations");
  await page.getByRole("button", { name: "Activate machine" }).click();
  await field(page, "Machine code").fill("WS-0001");
  await field(page, "Friendly name").fill("Konstruktion Süd");
  await page.getByRole("button", { name: "Activate", exact: true }).click();
  await expect(page.getByRole("cell", { name: "Konstruktion Süd", exact: true })).toBeVisible();

  await page.getByRole("tabpanel").getByRole("link", { name: "Import" }).click();
  await page.getByRole("button", { name: "Paste text" }).click();
  const lines = Array.from({ length: MACHINES }, (_, n) => `PC-${1000 + n}\tWerkstatt ${n + 1}`);
  await page.getByLabel(/^Text, as/).fill(lines.join("\r\n"));
  await page.getByRole("button", { name: "Check it" }).click();
  await expect(page.getByText("This is a dry run")).toBeVisible();
  await page.screenshot({ path: `${SHOTS}/activation-import-dry-run-light.png` });
  await page.getByRole("button", { name: `Apply ${MACHINES} rows` }).click();
  await expect(page.getByText(`${MACHINES} rows are applied.`)).toBeVisible();
});

test("the same list again changes nothing", async ({ page }) => {
  await openLicense(page, "Activations");
  await page.getByRole("tabpanel").getByRole("link", { name: "Import" }).click();
  await page.getByRole("button", { name: "Paste text" }).click();
  await page.getByLabel(/^Text, as/).fill("PC-1000\tWerkstatt 1\nPC-1001\tWerkstatt 2");
  await page.getByRole("button", { name: "Check it" }).click();
  await expect(page.getByText("Everything in this file is already known.")).toBeVisible();
});

test("a seat is found by a fragment, freed, and given back by undo", async ({ page }) => {
  await page.goto("/activations");
  await page.getByRole("searchbox", { name: "Part of a friendly name" }).fill("statt 29");
  await expect(page).toHaveURL(/friendly_name=statt/);
  await expect(page.getByText("11 records")).toBeVisible();
  await page
    .getByRole("row", { name: /Werkstatt/ })
    .first()
    .focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(page.getByText("3 selected")).toBeVisible();
  await page.getByRole("button", { name: "Deactivate", exact: true }).click();
  await expect(page.getByText("3 activations are deactivated.")).toBeVisible();
  await page.screenshot({ path: `${SHOTS}/activations-undo-light.png` });
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone.")).toBeVisible();
  await expect(page.getByRole("row", { name: /Deactivated/ })).toHaveCount(0);
});

test("all that match are shown in a dry run before they are freed", async ({ page }) => {
  await page.goto("/activations?friendly_name=werkstatt&state=active");
  await page.getByRole("button", { name: `Select all ${MACHINES} that match` }).click();
  await page.getByRole("button", { name: "Deactivate", exact: true }).click();
  await expect(dialog(page).getByText("Nothing has happened yet.")).toBeVisible();
  await page.screenshot({ path: `${SHOTS}/activations-bulk-light.png` });
  await expectAccessible(page);
  await page.getByRole("button", { name: `Deactivate ${MACHINES}` }).click();
  await expect(page.getByText(`${MACHINES} activations are deactivated.`)).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone.")).toBeVisible();
  await expect(page.getByText(`${MACHINES} records`)).toBeVisible();
});

test("a license is suspended and reinstated, and its timeline says so", async ({ page }) => {
  await openLicense(page, "Overview");
  await page.getByRole("button", { name: "Suspend" }).click();
  await page.getByLabel("Reason").fill("Invoice overdue");
  await dialog(page).getByRole("button", { name: "Suspend" }).click();
  await expect(page.getByText("The license is suspended.", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Reinstate" }).click();
  await expect(page.getByText("The license is active again.")).toBeVisible();
  await page.getByRole("tab", { name: "Timeline" }).click();
  await page.getByRole("button", { name: "License suspended" }).first().click();
  await expect(page.getByRole("cell", { name: "suspended" }).first()).toBeVisible();
});

test("an exported license file verifies, an altered one does not", async ({ page }) => {
  await openLicense(page, "Overview");
  await page.getByRole("button", { name: "Export license file" }).click();
  // The license is node-locked: its file has to name machines.
  await expect(page.getByRole("button", { name: "Export and save" })).toBeDisabled();
  await dialog(page).getByRole("searchbox").fill("konstr");
  await dialog(page).getByText("Konstruktion Süd").click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export and save" }).click();
  const saved = await download;
  const path = await saved.path();
  expect(saved.suggestedFilename()).toMatch(/\.lkl$/);

  const verify = async (name: string, buffer: Buffer) => {
    await page.goto("/license-files/verify");
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Choose a file" }).click();
    await (await chooser).setFiles({ name, mimeType: "application/json", buffer });
  };
  const file = await readFile(path);
  await verify("good.lkl", file);
  await expect(page.getByText("This file is genuine and valid")).toBeVisible();
  await page.screenshot({ path: `${SHOTS}/license-file-valid-light.png` });
  const altered = file
    .toString("utf8")
    .replace(
      /"payload":\s*"(.)/,
      (all, first: string) => all.slice(0, -1) + (first === "e" ? "f" : "e"),
    );
  await verify("altered.lkl", Buffer.from(altered));
  await expect(page.getByText("This file is refused")).toBeVisible();
  await page.screenshot({ path: `${SHOTS}/license-file-refused-light.png` });
});

test("the ledger verifies", async ({ page }) => {
  await page.goto("/ledger");
  await page.getByRole("button", { name: "Verify the ledger" }).click();
  await expect(page.getByText(/entries and .* rows fit together/)).toBeVisible();
});
