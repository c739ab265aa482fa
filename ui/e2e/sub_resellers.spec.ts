/** A reseller grants on to one below, sees its statement and not its customers, and is replaced by another. */

import { request } from "@playwright/test";
import { accept, done, lookAt, OWNER, signIn } from "./portal";
import { Place } from "./server";
import { expect, test } from "./test";

// Several of these look at a page in every theme.
test.describe.configure({ mode: "serial", timeout: 240_000 });

const RITA = { email: "rita@suedlicht.example", password: "eight white swans" };
const WIM = { email: "wim@west.example", password: "nine black ravens" };

let place: Place;
let server = "";
let policy = "";

test.beforeAll(async () => {
  place = await Place.make();
  await place.run("seed", "--licenses", "40");
  const said = await place.run("init", "--email", OWNER.email, "--name", "Olga");
  const token = /\/welcome#(\S+)/.exec(said)?.[1] ?? "";
  server = await place.serve();
  const api = await request.newContext({ baseURL: server });
  await done(api, "/v1/invitations/accept", { token, password: OWNER.password });
  await done(api, "/v1/sign-in", { ...OWNER, kind: "browser" });
  const { items } = await (await api.get("/v1/policies?state=active")).json();
  policy = items[0].name;
  const made = await done(api, "/v1/resellers", { name: "Südlicht" });
  const reseller_id = made.item.id;
  await done(api, "/v1/templates", {
    reseller_id,
    policy_id: items[0].id,
    seats_max: 5,
    licenses: 50,
  });
  const invited = await done(api, "/v1/users", {
    email: RITA.email,
    name: "Rita",
    role: "reseller_manager",
    reseller_id,
  });
  await done(api, "/v1/invitations/accept", {
    token: invited.item.token,
    password: RITA.password,
  });
  await api.dispose();
});
test.afterAll(() => place.remove());

test("a manager makes a reseller below, grants ten of fifty on, and invites its first manager", async ({
  page,
  browser,
}) => {
  await page.goto(`${server}/resellers`);
  await signIn(page, RITA);
  await expect(page.getByText("Resellers below Südlicht")).toBeVisible();
  await lookAt(page, "resellers-below-empty");
  await page.getByRole("button", { name: "New reseller below" }).first().click();
  await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("Südlicht West");
  await page.getByRole("dialog").getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { name: "Südlicht West", level: 1 })).toBeVisible();
  await expect(page.getByRole("tab")).toHaveText(["Templates", "Statement"]);

  // Whoever is faster than the answer is told so, and has nothing to do again.
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(/\/v1\/templates\?/, (route) => answered.then(() => route.continue()));
  await page.getByRole("button", { name: "Grant template" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /Template/ }).click();
  await expect(page.getByRole("listbox")).toHaveText("Loading");
  answer();
  // By its name: what stands in a list without options is an option too for whoever listens.
  await page.getByRole("option", { name: policy }).click();
  await expect(dialog.getByText("of 50 that are left")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Licenses" }).fill("60");
  await dialog.getByRole("textbox", { name: "Seats at most" }).fill("2");
  await dialog.getByText("An earlier end").click();
  await lookAt(page, "template-grant-below");
  await dialog.getByRole("button", { name: "Grant template" }).click();
  await expect(dialog.getByText("Grant at most 50", { exact: false })).toBeVisible();
  await dialog.getByRole("textbox", { name: "Licenses" }).fill("10");
  await dialog.getByRole("button", { name: "Grant template" }).click();
  await expect(page.getByRole("row", { name: /10 of 10/ })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Issue from/ })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("row", { name: /10 of 10/ })).toBeVisible();
  await lookAt(page, "reseller-below");

  await page.getByRole("button", { name: "Invite first manager" }).click();
  await page.getByLabel("E-mail", { exact: true }).fill(WIM.email);
  await page.getByLabel("Name", { exact: true }).fill("Wim");
  await page.getByRole("dialog").getByRole("button", { name: "Invite somebody" }).click();
  const told = page.getByRole("dialog", { name: "The invitation of Wim" });
  const link = (await told.getByText(/\/welcome#lki_/).textContent()) ?? "";
  const elsewhere = await browser.newContext();
  const wim = await elsewhere.newPage();
  await accept(wim, link, WIM.password);
  await expect(wim.getByRole("heading", { name: "Templates", level: 1 })).toBeVisible();
  await elsewhere.close();

  await page.goto(`${server}/templates`);
  await expect(page.getByRole("row", { name: /40 of 50/ })).toBeVisible();
});

test("the one below issues what it has and no more, and its customers are its own", async ({
  page,
}) => {
  const api = await request.newContext({ baseURL: server });
  await done(api, "/v1/sign-in", { ...WIM, kind: "browser" });
  const { items } = await (await api.get("/v1/templates")).json();
  const customer = await done(api, "/v1/customers", { name: "Westwerft" });
  const issue = `/v1/templates/${items[0].id}/licenses`;
  for (let left = 10; left > 0; left--) {
    await done(api, issue, { customer_id: customer.item.id });
  }
  const over = await api.post(issue, { data: { customer_id: customer.item.id } });
  expect((await over.json()).code).toBe("quota_used_up");
  await api.dispose();

  // A second level further down has no more to give on than is left.
  await page.goto(`${server}/templates?tab=acts`);
  await signIn(page, WIM);
  const acts = page.getByRole("table", { name: "Acts" });
  await expect(acts.getByRole("row", { name: /Wim.*License issued/ }).first()).toBeVisible();
  await expect(acts.getByRole("row", { name: /Rita|Olga/ })).toHaveCount(0);
  await lookAt(page, "reseller-acts");
  const table = page.waitForEvent("download");
  await page.getByRole("button", { name: /CSV/ }).click();
  expect((await table).suggestedFilename()).toMatch(/^acts.*\.csv$/);
});

test("the one above sees lines and totals, and not whose licenses they are", async ({ page }) => {
  await page.goto(`${server}/resellers`);
  await signIn(page, RITA);
  await page
    .getByRole("row", { name: /Südlicht West/ })
    .getByText("Südlicht West")
    .click();
  await page.getByRole("tab", { name: "Statement" }).click();
  const lines = page.getByRole("table", { name: "Lines" });
  await expect(lines.getByRole("row", { name: /Issued.*lic_/ }).first()).toBeVisible();
  await expect(page.getByText("Westwerft")).toHaveCount(0);
  await lookAt(page, "statement-below");
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as PDF" }).click();
  expect((await saved).suggestedFilename()).toMatch(/^Südlicht-West.*\.pdf$/);
});

test("the vendor replaces a reseller by another, after looking at what that does", async ({
  page,
}) => {
  const api = await request.newContext({ baseURL: server });
  await done(api, "/v1/sign-in", { ...OWNER, kind: "browser" });
  const { items } = await (await api.get("/v1/resellers")).json();
  const above = items.find((row: { name: string }) => row.name === "Südlicht");
  await done(api, "/v1/resellers", { name: "Südlicht Ost", parent_id: above.id });
  await done(api, "/v1/resellers", { name: "Fernlicht" });
  await api.dispose();

  await page.goto(`${server}/resellers`);
  await signIn(page, OWNER);
  await expect(page.getByRole("row", { name: /Südlicht West/ })).toBeVisible();
  await lookAt(page, "resellers-with-levels");
  await page
    .getByRole("row", { name: /Südlicht West/ })
    .getByText("Südlicht West")
    .click();
  await expect(page.getByRole("heading", { name: "Südlicht West", level: 1 })).toBeVisible();
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Replace" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: /By/ }).fill("Fernlicht");
  await page.getByRole("option", { name: "Fernlicht" }).click();
  await expect(dialog.getByText("does not stand below the same reseller")).toBeVisible();
  await dialog.getByRole("combobox", { name: /By/ }).fill("Südlicht Ost");
  await page.getByRole("option", { name: "Südlicht Ost" }).click();
  await expect(dialog.getByText("Customers that go over: 1. Licenses: 10.")).toBeVisible();
  await expect(dialog.getByText("Westwerft")).toBeVisible();
  await lookAt(page, "reseller-replace");
  await dialog.getByRole("button", { name: "Replace" }).click();
  await expect(page.getByRole("heading", { name: "Südlicht Ost", level: 1 })).toBeVisible();
  await page.getByRole("tab", { name: "Customers" }).click();
  await expect(page.getByRole("row", { name: /Westwerft/ })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("row", { name: /Westwerft/ })).toBeVisible();
  await lookAt(page, "reseller-after");
});
