/** A customer's people look after their seats, license files and colleagues by themselves. On a server of its own. */

import { request } from "@playwright/test";
import { expectNothingOutside, photograph } from "./look";
import { accept, done, invite, lookAt, OWNER, signIn } from "./portal";
import { Place } from "./server";
import { expect, test } from "./test";

// Several of these look at a page in every theme.
test.describe.configure({ mode: "serial", timeout: 120_000 });

const NORA = { email: "nora@nordwind.example", password: "eight white swans" };
const VIKTOR = { email: "viktor@nordwind.example", password: "nine brown ducks" };
const LONG = "Vereinigte Nordwind-Maschinenfabriken und Söhne GmbH & Co. KG, Werk Oberlangenstadt";

let place: Place;
let server = "";
/** A customer with several machines, and another. */
let customer = "";
let other = "";
let license = "";

test.beforeAll(async () => {
  place = await Place.make();
  await place.run("seed", "--licenses", "40");
  const said = await place.run("init", "--email", OWNER.email, "--name", "Olga");
  const token = /\/welcome#(\S+)/.exec(said)?.[1] ?? "";
  server = await place.serve();
  const api = await request.newContext({ baseURL: server });
  await done(api, "/v1/invitations/accept", { token, password: OWNER.password });
  await done(api, "/v1/sign-in", { ...OWNER, kind: "browser" });
  const { items } = await (await api.get("/v1/activations?state=active&limit=200")).json();
  const machines = new Map<string, number>();
  for (const { customer_id } of items) {
    machines.set(customer_id, (machines.get(customer_id) ?? 0) + 1);
  }
  const [most, next] = [...machines].sort(([, a], [, b]) => b - a);
  customer = most?.[0] ?? "";
  other = next?.[0] ?? "";
  license = items.find((one: { customer_id: string }) => one.customer_id === customer).license_id;
  await api.patch(`/v1/customers/${customer}`, { data: { name: LONG } });
  await api.dispose();
});
test.afterAll(() => place.remove());

test("the vendor invites a customer's people on the customer's page", async ({ page, browser }) => {
  await page.goto(`${server}/customers/${customer}?tab=people`);
  await signIn(page, OWNER);
  await expect(page.getByText("Nobody of this customer signs in yet.")).toBeVisible();
  await lookAt(page, "customer-people-empty");
  await page.getByRole("button", { name: "Invite somebody" }).click();
  await page.getByRole("button", { name: /Role/ }).click();
  await page.getByRole("option", { name: "Customer administrator" }).click();
  const link = await invite(page, NORA.email, "Nora");
  await expect(page.getByRole("row", { name: /Nora.*Customer administrator/ })).toBeVisible();
  await page.goto(`${server}/users`);
  await expect(page.getByText("Olga", { exact: true })).toBeVisible();
  await expect(page.getByText("Nora")).toHaveCount(0);

  const elsewhere = await browser.newContext();
  const nora = await elsewhere.newPage();
  await accept(nora, link, NORA.password);
  await expect(nora.getByRole("heading", { name: "Activations", level: 1 })).toBeVisible();
  await elsewhere.close();
});

test("they land on their seats, and see nothing of the vendor's", async ({ page }) => {
  await page.goto(server);
  await signIn(page, NORA);
  await expect(page.getByRole("heading", { name: "Activations", level: 1 })).toBeVisible();
  await expect(page).toHaveURL(/\/activations/);
  const areas = page.getByRole("navigation").first().getByRole("link");
  await expect(areas).toHaveText([
    "Licenses",
    "Activations",
    "Admitted machines",
    "Reclaim",
    "Usage",
    "License files",
    "People",
  ]);
  for (const title of ["Customer", "Machine code"]) {
    const heading = page.getByRole("columnheader", { name: new RegExp(`^${title}`) });
    await expect(heading).toHaveCount(title === "Customer" ? 0 : 1);
  }
  for (const name of ["Activate machine", "Import a list"]) {
    await expect(page.getByRole("button", { name })).toHaveCount(0);
    await expect(page.getByRole("link", { name })).toHaveCount(0);
  }
  await lookAt(page, "portal-seats");
  const answers = await Promise.all(
    ["/v1/overview", "/v1/customers", "/v1/products", "/v1/ledger/entries", "/v1/signing-keys"].map(
      (path) => page.request.get(server + path),
    ),
  );
  expect(answers.map((answer) => answer.status())).toEqual([403, 403, 403, 403, 403]);
  const foreign = await page.request.get(`${server}/v1/customers/${other}`);
  expect(foreign.status()).toBe(404);
  // An address of the vendor's says that it is not theirs.
  await page.goto(`${server}/products`);
  await expect(page.getByRole("heading", { name: "This is not open to you" })).toBeVisible();
  await lookAt(page, "portal-not-theirs");
});

test("seats are found, freed together, taken back, and a machine is renamed", async ({ page }) => {
  await page.goto(`${server}/activations?state=active`);
  await signIn(page, NORA);
  const rows = page.getByRole("table").getByRole("row");
  const boxes = page.getByRole("table").getByRole("checkbox");
  await expect(boxes.first()).toBeVisible();
  await boxes.nth(0).click();
  await boxes.nth(1).click();
  const bar = page.getByRole("region", { name: "Selection" });
  await bar.getByRole("button", { name: "Deactivate" }).click();
  await expect(page.getByText("2 activations are deactivated.").first()).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone.").first()).toBeVisible();
  await expect(rows.nth(1)).toBeVisible();

  // All that match: looked at before it is done.
  await page.getByRole("button", { name: /Select all/ }).click();
  await bar.getByRole("button", { name: "Deactivate" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText(/would|will/).first()).toBeVisible();
  await lookAt(page, "portal-bulk");
  await page.keyboard.press("Escape");

  await page.getByRole("table").getByRole("row").nth(1).click();
  await page.getByRole("button", { name: "Rename" }).click();
  await page.getByLabel("Friendly name").fill("Drawing office, window seat");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  const heading = page.getByRole("heading", { name: "Drawing office, window seat" });
  await expect(heading).toBeVisible();
  await expect(page.getByRole("link", { name: LONG })).toHaveCount(0);
  await lookAt(page, "portal-seat");
});

test("a license shows its seats, and gives a file for a machine without a network", async ({
  page,
}) => {
  await page.goto(`${server}/licenses`);
  await signIn(page, NORA);
  await expect(page.getByRole("heading", { name: "Licenses", level: 1 })).toBeVisible();
  await lookAt(page, "portal-licenses");
  await page.goto(`${server}/licenses/${license}`);
  await expect(page.getByRole("tab")).toHaveText([
    "Overview",
    /Activations/,
    "Entitlements",
    "License files",
    "Validations",
  ]);
  for (const name of ["Renew", "Suspend"]) {
    await expect(page.getByRole("button", { name })).toHaveCount(0);
  }
  await lookAt(page, "portal-license");
  await page.getByRole("button", { name: "Export license file" }).click();
  await page.getByRole("dialog").getByRole("checkbox").first().press("Space");
  const download = page.waitForEvent("download");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /Export/ })
    .click();
  expect((await download).suggestedFilename()).toMatch(/\.lkl$/);
  await page.goto(`${server}/license-files`);
  await expect(page.getByRole("table").getByRole("row").nth(1)).toBeVisible();
  await lookAt(page, "portal-files");
});

test("they invite a colleague, who looks and changes nothing", async ({ page, browser }) => {
  await page.goto(`${server}/users`);
  await signIn(page, NORA);
  await expect(page.getByRole("heading", { name: "People", level: 1 })).toBeVisible();
  await page.getByRole("button", { name: "Invite somebody" }).click();
  await photograph(page, "portal-invite");
  const link = await invite(page, VIKTOR.email, "Viktor");
  await expect(page.getByRole("row", { name: /Viktor.*Customer viewer.*Invited/ })).toBeVisible();
  await page.reload();
  await expect(page.getByText("Invited")).toHaveCount(1);
  await lookAt(page, "portal-people");

  const elsewhere = await browser.newContext();
  const viktor = await elsewhere.newPage();
  await accept(viktor, link, VIKTOR.password);
  await expect(viktor.getByRole("heading", { name: "Activations", level: 1 })).toBeVisible();
  await expect(viktor.getByRole("table").getByRole("row").nth(1)).toBeVisible();
  await expect(viktor.getByRole("table").getByRole("checkbox")).toHaveCount(0);
  await expect(viktor.getByRole("link", { name: "People" })).toHaveCount(0);
  await viktor.goto(`${server}/licenses/${license}?tab=activations`);
  await expect(viktor.getByRole("row").nth(1)).toBeVisible();
  await expect(viktor.getByRole("button", { name: /Deactivate/ })).toHaveCount(0);
  await viktor.goto(`${server}/account`);
  await expect(viktor.getByRole("heading", { name: "Second factor" })).toBeVisible();
  await lookAt(viktor, "portal-account");

  // Who is kept out is out at once.
  await page.getByRole("button", { name: "Actions for Viktor" }).click();
  await page.getByRole("menuitem", { name: "Deactivate" }).click();
  await expect(page.getByText("Viktor can no longer sign in.")).toBeVisible();
  await viktor.goto(`${server}/licenses`);
  await expect(viktor.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await elsewhere.close();
});

test("all of it is there in German, by keyboard and on a phone", async ({ page }) => {
  await page.goto(server);
  await signIn(page, NORA);
  await expect(page.getByRole("heading", { name: "Activations", level: 1 })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("l");
  await expect(page.getByRole("heading", { name: "Licenses", level: 1 })).toBeVisible();
  // Letters that lead to the vendor's pages lead nowhere.
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog");
  await expect(palette.getByRole("option", { name: "Activations" })).toBeVisible();
  for (const name of ["Customers", "Ledger", "Issue a license"]) {
    await expect(palette.getByRole("option", { name })).toHaveCount(0);
  }
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/licenses/);
  await page.evaluate(() => localStorage.setItem("PARAGLIDE_LOCALE", "de"));
  for (const [name, path, title] of [
    ["portal-seats-de", "/activations", "Aktivierungen"],
    ["portal-licenses-de", "/licenses", "Lizenzen"],
    ["portal-people-de", "/users", "Personen"],
  ]) {
    await page.goto(server + path);
    await expect(page.getByRole("heading", { name: title, level: 1 })).toBeVisible();
    await photograph(page, `${name}`);
    await page.setViewportSize({ width: 360, height: 740 });
    await expectNothingOutside(page);
    await photograph(page, `${name}-narrow`);
    await page.setViewportSize({ width: 1360, height: 860 });
  }
});

test("a customer without a license is told what to expect", async ({ page, browser }) => {
  const api = await request.newContext({ baseURL: server });
  await done(api, "/v1/sign-in", { ...OWNER, kind: "browser" });
  const { item } = await done(api, "/v1/customers", { name: "Südwind" });
  const sol = { email: "sol@suedwind.example", name: "Sol", role: "customer_admin" };
  const made = await done(api, "/v1/users", { ...sol, customer_id: item.id });
  await api.dispose();
  const elsewhere = await browser.newContext();
  const visitor = await elsewhere.newPage();
  await accept(visitor, `${server}/welcome#${made.item.token}`, NORA.password);
  await expect(visitor.getByText("A machine stands here as soon as")).toBeVisible();
  await lookAt(visitor, "portal-empty");
  await visitor.goto(`${server}/licenses`);
  await expect(visitor.getByText("has not issued a license to your organization")).toBeVisible();
  await photograph(visitor, "portal-licenses-empty");
  await elsewhere.close();
  expect(page.url()).toBe("about:blank");
});
