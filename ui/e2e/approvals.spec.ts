/** Acts that take two people: one asks, another looks at exactly that and has it done. On a server of its own. */

import { type APIRequestContext, type Browser, type Page, request } from "@playwright/test";
import { expectAccessible } from "./axe";
import { photograph } from "./look";
import { look } from "./look_all";
import { done } from "./portal";
import { Place } from "./server";
import { expect, test } from "./test";

test.describe.configure({ mode: "serial", timeout: 120_000 });

const OLGA = { email: "olga@vendor.example", password: "seven grey geese" };
const BEN = { email: "ben@vendor.example", password: "eight white swans" };

let place: Place;
let server = "";

test.beforeAll(async () => {
  place = await Place.make();
  await place.run("seed", "--licenses", "6");
  const said = await place.run("init", "--email", OLGA.email, "--name", "Olga");
  const token = /\/welcome#(\S+)/.exec(said)?.[1] ?? "";
  server = await place.serve();
  const olga = await signedIn({ token, password: OLGA.password });
  const ben = { email: BEN.email, name: "Ben", role: "owner" };
  const invited = await done(olga, "/v1/users", ben);
  await olga.dispose();
  const api = await signedIn({ token: invited.item.token, password: BEN.password });
  await api.dispose();
});
test.afterAll(() => place.remove());

/** Whoever has accepted an invitation and signed in. */
async function signedIn(accepted: { token: string; password: string }): Promise<APIRequestContext> {
  const api = await request.newContext({ baseURL: server });
  await done(api, "/v1/invitations/accept", accepted);
  const known = accepted.password === OLGA.password ? OLGA : BEN;
  await done(api, "/v1/sign-in", known);
  return api;
}

async function open(page: Page, path: string, who: typeof OLGA): Promise<void> {
  await page.goto(server + path);
  await page.getByLabel("E-mail", { exact: true }).fill(who.email);
  await page.getByLabel("Password", { exact: true }).fill(who.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("navigation").first()).toBeVisible();
}

async function another(browser: Browser, path: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await open(page, path, BEN);
  // What the widget library tells listeners of a button's work stays for some seconds; not on a new page.
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  return page;
}

async function confirm(page: Page, action: string): Promise<void> {
  const dialog = page.getByRole("alertdialog", { name: action });
  await dialog.getByLabel("Type it to confirm").fill("My company");
  await dialog.getByRole("button", { name: action }).click();
  await expect(dialog).toHaveCount(0);
}

test("an owner has some acts take two people", async ({ page }) => {
  await open(page, "/approvals", OLGA);
  await expect(page.getByText("One person can do everything alone")).toBeVisible();
  await page.getByRole("button", { name: "Require two people" }).click();
  await confirm(page, "Require two people");
  await expect(page.getByText("Nothing waits for a second person")).toBeVisible();
});

test("revoking many waits for another person, who sees which, and does it", async ({
  page,
  browser,
}) => {
  await open(page, "/licenses?state=active", OLGA);
  const table = page.getByRole("table", { name: "Licenses" });
  await table.getByRole("row").nth(1).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(page.getByText("2 selected")).toBeVisible();
  await page.getByRole("button", { name: "More for the selected" }).click();
  await page.getByRole("menuitem", { name: "Revoke" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText(/This takes two people/)).toBeVisible();
  const key =
    (await dialog
      .getByText(/^\w{5}(-\w{5}){4}$/)
      .first()
      .textContent()) ?? "";
  await photograph(page, "approval-ask-light");
  await dialog.getByRole("button", { name: "Ask to revoke 2" }).click();
  await expect(page.getByText(/It waits for another person/)).toBeVisible();
  await expect(table.getByText(key), "nothing has happened yet").toBeVisible();

  await page.getByRole("link", { name: "Approvals" }).click();
  await page.getByRole("button", { name: "Revoke 2 licenses" }).click();
  await expect(dialog.getByText(/You asked for this/)).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Approve and do it" })).toHaveCount(0);
  await dialog.getByRole("button", { name: "Close" }).last().click();

  const ben = await another(browser, "/approvals");
  await look(ben, "approvals-waiting");
  await ben.getByRole("button", { name: "Revoke 2 licenses" }).click();
  await expect(ben.getByRole("dialog").getByText(key)).toBeVisible();
  await expectAccessible(ben);
  await photograph(ben, "approval-look-light");
  await ben.getByRole("button", { name: "Approve and do it" }).click();
  await expect(ben.getByText("It is approved and done.")).toBeVisible();
  await expect(ben.getByRole("row", { name: /Revoke 2 licenses.*Approved.*Ben/ })).toBeVisible();
  await ben.context().close();

  await page.goto(`${server}/licenses?state=revoked`);
  await expect(page.getByText(key)).toBeVisible();
});

test("a lockdown is begun by one and lifted by two", async ({ page, browser }) => {
  await open(page, "/users", OLGA);
  await page.getByRole("button", { name: "Lock down" }).click();
  await confirm(page, "Lock down");
  await page.getByRole("button", { name: "Lift the lockdown" }).click();
  await confirm(page, "Lift the lockdown");
  await expect(page.getByText(/Locked down since/)).toBeVisible();
  const ben = await another(browser, "/approvals");
  await ben.getByRole("button", { name: "Lift the lockdown" }).click();
  await ben.getByRole("button", { name: "Approve and do it" }).click();
  await expect(ben.getByText("It is approved and done.")).toBeVisible();
  await expect(ben.getByText(/Locked down since/)).toHaveCount(0);
  await ben.context().close();
});

test("what was asked for is refused or withdrawn", async ({ page, browser }) => {
  await open(page, "/approvals", OLGA);
  const askToEnd = async () => {
    await page.getByRole("button", { name: "Ask to end this rule" }).click();
    await confirm(page, "Ask to end this rule");
  };
  const end = { name: "End the rule of two people" };
  await askToEnd();
  const ben = await another(browser, "/approvals");
  await ben.getByRole("button", end).first().click();
  await ben.getByRole("button", { name: "Refuse" }).click();
  await expect(ben.getByRole("row", { name: /End the rule.*Refused/ })).toBeVisible();
  await ben.context().close();
  await askToEnd();
  // The list is asked for anew: until it knows what Ben did and what was asked since, the first row is another.
  await expect(page.getByRole("row", { name: /End the rule.*Refused/ })).toBeVisible();
  const waiting = page.getByRole("row", { name: /End the rule.*Waiting/ });
  await waiting.getByRole("button", end).click();
  await page.getByRole("button", { name: "Withdraw" }).click();
  await expect(page.getByRole("row", { name: /End the rule.*Withdrawn/ })).toBeVisible();
});
