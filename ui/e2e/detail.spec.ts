/** Pages of single records: the seats as a picture, the way through a list, forms that keep what was typed. */

import { type APIRequestContext, type Page, request } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test } from "./test";

const SHOTS = "../target/screenshots/web";

let license = "";
let customer = "";

/** A change through the API; the answer's record. */
async function post(api: APIRequestContext, path: string, data: object): Promise<{ id: string }> {
  const headers = { "Idempotency-Key": crypto.randomUUID() };
  const answer = await api.post(`/v1/${path}`, { data, headers });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()).item;
}

test.beforeAll(async ({ baseURL }) => {
  const api = await request.newContext({ baseURL: baseURL ?? "" });
  const policies = await (await api.get("/v1/policies?state=active&limit=1")).json();
  customer = (await post(api, "customers", { name: "Seehafen Werft" })).id;
  const issue = { customer_id: customer, policy_id: policies.items[0].id, seats_max: 12 };
  for (let n = 0; n < 3; n += 1) license = (await post(api, "licenses", issue)).id;
  for (const [n, friendly_name] of ["Dock 1", "Dock 2", "Kontor"].entries()) {
    const machine_code = `DOCK-${license.slice(-6)}-${n}`;
    await post(api, "activations", { license_id: license, machine_code, friendly_name });
  }
  await api.dispose();
});

test("a license shows its seats one by one, and a seat leads to who holds it", async ({ page }) => {
  await page.goto(`/licenses/${license}`);
  const seats = page.getByRole("list", { name: "Seats in use" });
  await expect(seats.getByRole("link")).toHaveCount(3);
  await expect(page.getByText("9 free")).toBeVisible();
  await page.screenshot({ path: `${SHOTS}/license-seats-light.png` });
  await expectAccessible(page);
  const first = seats.getByRole("link").first();
  await first.focus();
  await expect(page.getByText(/· last seen/)).toBeVisible();
  await page.keyboard.press("End");
  await expect(seats.getByRole("link").last()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/activations\/act_/);
});

const place = (page: Page) => page.getByRole("group", { name: "The list you came from" });

test("the next record of a list is a key away, and the list is found again", async ({ page }) => {
  await page.goto(`/licenses?customer_id=${customer}`);
  await page.getByRole("row").nth(1).click();
  await expect(place(page)).toContainText("1 of 3");
  await expect(place(page).getByRole("button", { name: /^Previous/ })).toBeDisabled();
  await page.getByRole("tab", { name: "Timeline" }).click();
  await page.keyboard.press("]");
  await expect(place(page)).toContainText("2 of 3");
  await expect(page).toHaveURL(/tab=timeline/);
  await place(page).getByRole("button", { name: /^Next/ }).click();
  await expect(place(page)).toContainText("3 of 3");
  await page.reload();
  await expect(place(page)).toContainText("3 of 3");
  await page.keyboard.press("[");
  await expect(place(page)).toContainText("2 of 3");
  await page
    .getByRole("navigation", { name: "Where you are" })
    .getByRole("link", { name: "Licenses" })
    .click();
  await expect(page).toHaveURL(`/licenses?customer_id=${customer}`);
});

test("a link leads to a part of a record", async ({ page }) => {
  await page.goto(`/customers/${customer}?tab=activations`);
  await expect(page.getByRole("tab", { name: "Activations" })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await expect(page.getByRole("link", { name: "Kontor" })).toBeVisible();
  await expectAccessible(page);
});

test("a form closed by mistake asks before it lets go of what was typed", async ({ page }) => {
  await page.goto("/products");
  await page.getByRole("link", { name: "Customers" }).click();
  await page.getByRole("button", { name: "New customer" }).click();
  const name = page.getByLabel("Name", { exact: true });
  await name.fill("Halb geschrieben");
  await page.keyboard.press("Escape");
  const question = page.getByRole("alertdialog", { name: "Leave without saving?" });
  await expect(question.getByRole("button", { name: "Keep editing" })).toBeFocused();
  await page.screenshot({ path: `${SHOTS}/unsaved-light.png` });
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(name).toHaveValue("Halb geschrieben");

  await page.goBack();
  await expect(question).toBeVisible();
  await question.getByRole("button", { name: "Keep editing" }).click();
  await expect(page).toHaveURL(/customers/);
  await page.getByRole("button", { name: "Cancel" }).click();
  await question.getByRole("button", { name: "Discard it" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("button", { name: "New customer" }).click();
  await expect(name).toHaveValue("");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("what cannot be done says why to those who use keys and those who listen", async ({
  page,
}) => {
  await page.goto(`/licenses/${license}`);
  await page.getByRole("button", { name: "Suspend" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Suspend" }).click();
  const reason = "The license is suspended. Reinstate it first.";
  const button = page.getByRole("button", { name: "Export license file" });
  await expect(button).toHaveAccessibleDescription(reason);
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Why not?" })).toContainText(reason);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Reinstate" }).click();
  await expect(page.getByText("The license is active again.")).toBeVisible();
});

test("a license is looked at as it was, and the address keeps the moment", async ({ page }) => {
  const before = new Date().toISOString();
  await page.goto(`/licenses/${license}`);
  const seats = page.getByRole("list", { name: "Seats in use" });
  await seats.getByRole("link").first().click();
  await page.getByRole("button", { name: "Deactivate" }).click();
  await expect(page.getByText(/is deactivated/).first()).toBeVisible();

  await page.goto(`/licenses/${license}?as_of=${before}`);
  await expect(page.getByRole("region", { name: "As it was" })).toContainText("As it was on");
  await expect(page.getByText("3 of 12 used")).toBeVisible();
  await expect(page.getByRole("button", { name: "Suspend" })).toHaveCount(0);
  await page.screenshot({ path: `${SHOTS}/license-as-of-light.png` });
  await expectAccessible(page);
  await page.getByRole("button", { name: "Back to the present" }).click();
  await expect(page).not.toHaveURL(/as_of/);
  await expect(seats.getByRole("link")).toHaveCount(2);
});

test("before it was there a record says so, and another moment is a press away", async ({
  page,
}) => {
  await page.goto(`/customers/${customer}`);
  await page.getByRole("button", { name: "As of…" }).click();
  await page.getByRole("button", { name: "A year ago" }).click();
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/as_of=/);
  await expect(page.getByText("It did not exist yet")).toBeVisible();
  await page.screenshot({ path: `${SHOTS}/customer-as-of-light.png` });
  await expectAccessible(page);
  await page.goto(`/customers/${customer}?as_of=${new Date().toISOString()}`);
  await expect(page.getByRole("table", { name: "Licenses" }).getByRole("row")).toHaveCount(4);
});
