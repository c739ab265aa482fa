/** A reseller issues licenses within a quota until it is used up, and is told so. On a server of its own. */

import { request } from "@playwright/test";
import { accept, done, invite, lookAt, OWNER, signIn } from "./portal";
import { Place } from "./server";
import { expect, test } from "./test";

// Several of these look at a page in every theme.
test.describe.configure({ mode: "serial", timeout: 120_000 });

const RITA = { email: "rita@suedlicht.example", password: "eight white swans" };
const LONG = "Südlicht-Handelsgesellschaft für technische Software und Beratung mbH & Co. KG";

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
  await api.dispose();
});
test.afterAll(() => place.remove());

test("the vendor makes a reseller, grants it a template, and invites its manager", async ({
  page,
  browser,
}) => {
  await page.goto(`${server}/resellers`);
  await signIn(page, OWNER);
  await expect(page.getByRole("heading", { name: "No resellers yet" })).toBeVisible();
  await lookAt(page, "resellers-empty");
  await page.getByRole("button", { name: "New reseller" }).first().click();
  await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill(LONG);
  await page.getByRole("dialog").getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { name: LONG, level: 1 })).toBeVisible();
  await expect(page.getByText("No template is granted yet.")).toBeVisible();

  await page.getByRole("button", { name: "Grant template" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: /Policy/ }).fill(policy.slice(0, 6));
  await page.getByRole("option", { name: policy }).first().click();
  await dialog.getByRole("textbox", { name: "Licenses" }).fill("2");
  await lookAt(page, "template-grant");
  await dialog.getByRole("button", { name: "Grant template" }).click();
  await expect(page.getByRole("row", { name: /2 of 2/ })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("row", { name: /2 of 2/ })).toBeVisible();
  await lookAt(page, "reseller");

  await page.getByRole("tab", { name: "People" }).click();
  await page.getByRole("button", { name: "Invite somebody" }).click();
  await page.getByRole("button", { name: /Role/ }).click();
  await page.getByRole("option", { name: "Reseller manager" }).click();
  const link = await invite(page, RITA.email, "Rita");
  await expect(page.getByRole("row", { name: /Rita.*Reseller manager/ })).toBeVisible();

  const elsewhere = await browser.newContext();
  const rita = await elsewhere.newPage();
  await accept(rita, link, RITA.password);
  await expect(rita.getByRole("heading", { name: "Templates", level: 1 })).toBeVisible();
  await elsewhere.close();
});

test("its people land on their templates, and see nothing of the vendor's", async ({ page }) => {
  await page.goto(server);
  await signIn(page, RITA);
  await expect(page.getByRole("heading", { name: "Templates", level: 1 })).toBeVisible();
  const areas = page.getByRole("navigation").first().getByRole("link");
  await expect(areas).toHaveText([
    "Licenses",
    "Activations",
    "Customers",
    "Resellers",
    "Usage",
    "Templates",
    "People",
  ]);
  await expect(page.getByRole("row", { name: /2 of 2/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Grant template" })).toHaveCount(0);
  await lookAt(page, "reseller-templates");
  const answers = await Promise.all(
    ["/v1/overview", "/v1/products", "/v1/policies", "/v1/ledger/entries"].map((path) =>
      page.request.get(server + path),
    ),
  );
  expect(answers.map((answer) => answer.status())).toEqual([403, 403, 403, 403]);
  for (const path of ["licenses", "activations", "customers", "resellers"]) {
    const { items } = await (await page.request.get(`${server}/v1/${path}`)).json();
    expect(items, path).toEqual([]);
  }
});

test("a customer is created, and licenses are issued until the quota is used up", async ({
  page,
}) => {
  await page.goto(`${server}/customers`);
  await signIn(page, RITA);
  await expect(page.getByRole("link", { name: "Import a list" })).toHaveCount(0);
  await page.getByRole("button", { name: "New customer" }).first().click();
  await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("Inselwerft");
  await expect(page.getByRole("dialog").getByLabel("Reference")).toHaveCount(0);
  await page.getByRole("dialog").getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { name: "Inselwerft", level: 1 })).toBeVisible();
  await expect(page.getByRole("tab")).toHaveText(["Overview", "Activations", "Usage"]);

  for (const left of [2, 1]) {
    await page.goto(`${server}/templates`);
    await page.getByRole("button", { name: /^Issue from/ }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText(`${left} of 2 licenses are left.`)).toBeVisible();
    await dialog.getByRole("combobox", { name: /Customer/ }).fill("Insel");
    await page.getByRole("option", { name: "Inselwerft" }).click();
    if (left === 2) await lookAt(page, "template-issue");
    await dialog.getByRole("button", { name: "Issue", exact: false }).last().click();
    await expect(page).toHaveURL(/\/licenses\/lic_/);
  }
  await expect(page.getByRole("tab")).toHaveText([
    "Overview",
    /Activations/,
    "Entitlements",
    "Validations",
  ]);
  await expect(page.getByRole("button", { name: "Renew" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Export license file" })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("tab").first()).toBeVisible();
  await lookAt(page, "reseller-license");

  await page.goto(`${server}/templates`);
  await expect(page.getByRole("row", { name: /0 of 2.*Used up/ })).toBeVisible();
  // What cannot be done says why, also by the keyboard.
  await page.getByRole("button", { name: /^Issue from/ }).press("Enter");
  await expect(page.getByRole("dialog", { name: "Why not?" })).toContainText(
    "The quota is used up. Ask the vendor for more",
  );
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(page.getByRole("row", { name: /0 of 2.*Used up/ })).toBeVisible();
  await lookAt(page, "reseller-used-up");

  await page.getByRole("tab", { name: "Statement" }).click();
  const lines = page.getByRole("table", { name: "Lines" });
  await expect(lines.getByRole("row", { name: /Issued.*Inselwerft.*−1/ })).toHaveCount(2);
  const sums = page.getByRole("table", { name: "Sums" });
  await expect(sums.getByRole("row")).toHaveCount(2);
  await page.reload();
  await expect(lines.getByRole("row")).toHaveCount(4);
  await lookAt(page, "reseller-statement");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: /CSV/ }).click();
  expect((await download).suggestedFilename()).toMatch(/^statement.*\.csv$/);
});

test("forty licenses are issued from a list, and of twenty more only what is left", async ({
  page,
}) => {
  const api = await request.newContext({ baseURL: server });
  await done(api, "/v1/sign-in", { ...OWNER, kind: "browser" });
  const { items } = await (await api.get("/v1/templates")).json();
  await done(api, `/v1/templates/${items[0].id}/quota`, { licenses: 50 });
  await api.dispose();

  await page.goto(`${server}/templates`);
  await signIn(page, RITA);
  await page.getByRole("button", { name: /^Actions for/ }).click();
  await page.getByRole("menuitem", { name: "Issue from a list" }).click();
  await expect(page.getByText("50 of 52 licenses are left.")).toBeVisible();
  const check = async (licenses: number) => {
    const lines = Array.from({ length: licenses }, () => "Inselwerft;1");
    await page.getByRole("button", { name: "Paste text" }).click();
    await page.getByLabel(/^Text, as/).fill(["Kunde;Plätze", ...lines].join("\n"));
    await page.getByRole("button", { name: "Check it" }).click();
    await expect(page.getByText("This is a dry run")).toBeVisible();
  };
  await check(40);
  await page.getByRole("button", { name: "Apply 40 rows" }).click();
  await expect(page.getByText("40 rows are applied.")).toBeVisible();
  await page.reload();
  await expect(page.getByText("10 of 52 licenses are left.")).toBeVisible();
  await lookAt(page, "template-import");

  await check(20);
  await expect(page.getByText("quota", { exact: false }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: /^Apply/ })).toBeDisabled();
  await page.getByText("Leave 10 refused rows out").click();
  await page.getByRole("button", { name: "Apply 10 rows" }).click();
  await expect(page.getByText("10 rows are applied.")).toBeVisible();
  await page.goto(`${server}/templates`);
  await expect(page.getByRole("row", { name: /0 of 52.*Used up/ })).toBeVisible();
});

test("the server refuses what a page did not know yet, and says what would help", async ({
  page,
}) => {
  const api = await request.newContext({ baseURL: server });
  await done(api, "/v1/sign-in", { ...RITA, kind: "browser" });
  const { items } = await (await api.get("/v1/templates")).json();
  const customers = await (await api.get("/v1/customers")).json();
  const data = { customer_id: customers.items[0].id };
  const answer = await api.post(`/v1/templates/${items[0].id}/licenses`, { data });
  expect(answer.status()).toBe(409);
  expect(await answer.json()).toMatchObject({
    code: "quota_used_up",
    fix: expect.stringContaining("more quota"),
  });
  await api.dispose();

  // The vendor grants more, and takes the template back in the end.
  await page.goto(`${server}/templates`);
  await signIn(page, OWNER);
  await page.getByRole("button", { name: /^Actions for/ }).click();
  await page.getByRole("menuitem", { name: "Grant more quota" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Licenses in addition" }).fill("3");
  await dialog.getByRole("button", { name: "Grant more quota" }).click();
  await expect(page.getByRole("row", { name: /3 of 55/ })).toBeVisible();
  await page.getByRole("button", { name: /^Actions for/ }).click();
  await page.getByRole("menuitem", { name: "Withdraw" }).click();
  const confirm = page.getByRole("alertdialog");
  await confirm.getByRole("textbox").fill(items[0].name);
  await confirm.getByRole("button", { name: "Withdraw" }).click();
  await expect(page.getByRole("row", { name: /0 of 55.*Withdrawn/ })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("row", { name: /0 of 55.*Withdrawn/ })).toBeVisible();
  await lookAt(page, "templates");
});
