/** The main tasks with the keyboard alone: nobody touches a mouse, and the focus is always in sight. */

import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expectFocusKept, press, tabTo, type } from "./keys";
import { expect, test } from "./test";

test.describe.configure({ mode: "serial", timeout: 120_000 });

/** So that these records are told from all others. */
const mark = `Keys ${Date.now().toString(36)}`;
const product = `${mark} product`;
const feature = `${mark} feature`;
const policy = `${mark} policy`;
const customer = `${mark} customer`;
const machine = (n: number) => `${mark} machine ${n}`;

let license = "";
let file: Buffer;

const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: true });
const field = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });

test.beforeEach(async ({ page }) => {
  // Whatever is pointed at is not asked for by keys.
  await page.addInitScript(() => {
    addEventListener("mousedown", () => console.error("the mouse was used"), { capture: true });
  });
});

test("create a product and a feature", async ({ page }) => {
  await page.goto("/products");
  await press(page, button(page, "New product"));
  await expect(field(page, "Name")).toBeFocused();
  await page.keyboard.type(product);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: product })).toBeVisible();
  await expectFocusKept(page);
  await press(page, button(page, "Add feature"));
  await expect(field(page, "Name")).toBeFocused();
  await page.keyboard.type(feature);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("cell", { name: feature, exact: true })).toBeVisible();
  await expectFocusKept(page);
});

test("create a policy", async ({ page }) => {
  await page.goto("/policies");
  await press(page, button(page, "New policy"));
  const dialog = page.getByRole("dialog");
  await pick(page, "Product", product);
  await type(page, dialog.getByRole("textbox", { name: "Name", exact: true }), policy);
  await tabTo(page, dialog.getByRole("textbox", { name: "Seats" }));
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("7");
  await tabTo(page, dialog.getByRole("checkbox", { name: feature }));
  await page.keyboard.press("Space");
  await expect(dialog).toContainText(`7 seats`);
  await expect(dialog).toContainText(`with ${feature}`);
  await press(page, button(page, "Create"));
  await expect(page.getByRole("heading", { name: policy })).toBeVisible();
  await expectFocusKept(page);
});

test("create a customer", async ({ page }) => {
  await page.goto("/customers");
  await press(page, button(page, "New customer"));
  await expect(field(page, "Name")).toBeFocused();
  await page.keyboard.type(customer);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: customer })).toBeVisible();
  await expectFocusKept(page);
});

/** Chooses in an open dialog by typing, the arrow and Enter. */
async function pick(page: Page, label: string, text: string): Promise<void> {
  const box = page.getByRole("dialog").getByRole("combobox", { name: label });
  await tabTo(page, box);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(text);
  // What is found by the beginning of the text is still on its way out.
  await expect(page.getByRole("option")).toHaveCount(1);
  await expect(page.getByRole("option", { name: text })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(box).toHaveValue(text);
  await expect(page.getByRole("option")).toHaveCount(0);
}

test("issue a license", async ({ page }) => {
  await page.goto("/licenses");
  await press(page, button(page, "Issue license"));
  await pick(page, "Customer", customer);
  await pick(page, "Policy", policy);
  await press(page, button(page, "Issue"));
  await expect(page.getByRole("tab", { name: "Overview" })).toBeVisible();
  await expectFocusKept(page);
  license = new URL(page.url()).pathname;
});

test("import a list of machines", async ({ page }) => {
  await page.goto(license);
  await tabTo(page, page.getByRole("tab", { name: "Overview" }));
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: /Activations/ })).toBeFocused();
  await press(page, page.getByRole("tabpanel").getByRole("link", { name: "Import" }));
  await press(page, button(page, "Paste text"));
  await expect(page.getByLabel(/^Text, as/)).toBeFocused();
  const lines = [1, 2, 3].map((n) => `${mark}-${n}\t${machine(n)}`);
  await page.keyboard.insertText(lines.join("\n"));
  await press(page, button(page, "Check it"));
  await expect(button(page, "Apply 3 rows")).toBeVisible();
  await expectFocusKept(page);
  await press(page, button(page, "Apply 3 rows"));
  await expect(page.getByText("3 rows are applied.")).toBeVisible();
  await expectFocusKept(page);
});

test("find a seat by its name, free it and undo that", async ({ page }) => {
  await page.goto("/activations");
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  await type(page, page.getByRole("searchbox", { name: "Part of a friendly name" }), machine(2));
  const row = page.getByRole("row", { name: machine(2) });
  await expect(page.getByText("1 record", { exact: true })).toBeVisible();
  await tabTo(page, row);
  await page.keyboard.press("Space");
  await press(page, button(page, "Deactivate"), "Shift+Tab");
  await expect(page.getByText(/^1 activation is deactivated/)).toBeVisible();
  await expectFocusKept(page);
  // F6 walks between the parts of a page; the toasts are one of them.
  await page.keyboard.press("F6");
  await press(page, button(page, "Undo"));
  await expect(page.getByText("Undone.")).toBeVisible();
  await expect(row.getByText("Active", { exact: true })).toBeVisible();
  await expectFocusKept(page);
});

test("renew a license", async ({ page }) => {
  await page.goto(license);
  await press(page, button(page, "Renew"));
  const dialog = page.getByRole("dialog");
  await press(page, dialog.getByRole("button", { name: "Renew" }));
  await expect(page.getByText(/^The license is valid until/)).toBeVisible();
  await expect(button(page, "Renew")).toBeFocused();
});

test("export a license file", async ({ page }) => {
  await page.goto(license);
  await press(page, button(page, "Export license file"));
  await tabTo(page, page.getByRole("dialog").getByRole("checkbox", { name: machine(3) }));
  await page.keyboard.press("Space");
  const download = page.waitForEvent("download");
  await press(page, button(page, "Export and save"));
  file = await readFile(await (await download).path());
  await expect(button(page, "Export license file")).toBeFocused();
});

test("verify a license file", async ({ page }) => {
  await page.goto("/license-files/verify");
  const chooser = page.waitForEvent("filechooser");
  await press(page, button(page, "Choose a file"));
  await (await chooser).setFiles({ name: "a.lkl", mimeType: "application/json", buffer: file });
  await expect(page.getByText("This file is genuine and valid")).toBeVisible();
  await expectFocusKept(page);
});
