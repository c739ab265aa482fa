/** A customer's IT has idle seats freed by themselves. On a server of its own. */

import { expectNothingOutside, photograph } from "./look";
import { lookAt, signIn } from "./portal";
import { expect, test } from "./test";
import { DAY_MS, inGerman, NORA, Workshop } from "./workshop";

// Pages are looked at in every theme, and the program's next look at idle seats is waited for.
test.describe.configure({ mode: "serial", timeout: 180_000 });

let at: Workshop;

test.beforeAll(async () => {
  at = await Workshop.open();
});
test.afterAll(() => at.close());

test("seats that nobody has used for 90 days are freed by reclaim", async ({ page }) => {
  await page.goto(`${at.server}/reclaim`);
  await signIn(page, NORA);
  await expect(page.getByText("Idle seats are not freed")).toBeVisible();
  await page.getByRole("button", { name: "Set up reclaim" }).click();
  const form = page.getByRole("dialog");
  await expect(form.getByRole("textbox", { name: "Idle for" })).toHaveValue("90");
  await photograph(page, "reclaim-form");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/freed after 90 idle days, with a warning of 14 days/)).toBeVisible();

  await at.meanwhile(
    `UPDATE activation SET last_seen_at = last_seen_at - ${100 * DAY_MS} WHERE machine_id IN
     (SELECT id FROM machine WHERE code IN ('OLD-0', 'OLD-1', 'OLD-2'))`,
  );
  const queue = page.getByRole("table", { name: "Which seats" });
  await expect(async () => {
    await page.goto(`${at.server}/reclaim`);
    await expect(queue.getByRole("row")).toHaveCount(4, { timeout: 2_000 });
  }).toPass();
  await expect(queue.getByRole("row", { name: /Reception/ })).toContainText("100 days");
  await lookAt(page, "reclaim-queue");

  await page.getByRole("button", { name: "Keep the seat of Archive" }).click();
  await expect(page.getByText("The seat of Archive is kept.").first()).toBeVisible();
  await expect(queue.getByRole("row")).toHaveCount(3);
  // The app on another one asks: it is told, and by asking keeps its seat.
  const told = await at.app(async (api) => {
    const data = { machine_code: "OLD-1", nonce: "0123456789abcdef0123456789abcdef" };
    return (await api.post("/v1/validate", { data })).json();
  });
  expect(told.valid).toBe(true);
  const days = (Date.parse(told.reclaim_at) - Date.now()) / DAY_MS;
  expect(Math.round(days)).toBe(14);
  await expect(async () => {
    await page.goto(`${at.server}/reclaim`);
    await expect(queue.getByRole("row")).toHaveCount(2, { timeout: 2_000 });
  }).toPass();

  await at.meanwhile(
    `UPDATE activation SET reclaim_at = ${Date.now() - 120_000} WHERE reclaim_at IS NOT NULL`,
  );
  await expect(async () => {
    await page.goto(`${at.server}/reclaim?show=freed`);
    await expect(queue.getByRole("row", { name: /Reception/ })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(queue.getByRole("row")).toHaveCount(2);
  await lookAt(page, "reclaim-freed");
  await queue.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone.").first()).toBeVisible();
  await expect(queue).toHaveCount(0);
  await page.getByText("Kept", { exact: true }).click();
  await expect(queue.getByRole("row", { name: /Archive/ })).toBeVisible();
  await page.getByRole("button", { name: "Switch off" }).click();
  await expect(page.getByText("Idle seats are not freed")).toBeVisible();
});

test("viewers look and change nothing, in German and on a phone", async ({ browser }) => {
  const context = await browser.newContext({
    locale: "de-DE",
    viewport: { width: 360, height: 740 },
  });
  const page = await context.newPage();
  await inGerman(page, `${at.server}/reclaim?show=kept`);
  await expect(page.getByText("Ungenutzte Plätze werden nicht frei gemacht")).toBeVisible();
  await expect(page.getByRole("row", { name: /Archive/ })).toBeVisible();
  for (const name of ["Rückholung einrichten", "Platz von Archive nicht behalten"]) {
    await expect(page.getByRole("button", { name })).toHaveCount(0);
  }
  await expectNothingOutside(page);
  await photograph(page, "reclaim-german");
  await context.close();
});
