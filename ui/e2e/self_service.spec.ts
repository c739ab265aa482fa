/**
 * People come by themselves: the vendor gives the pages its own look and letters their words, makes a link, somebody signs
 * up by it, sees what they use, and the vendor looks as they do. On a server of its own that puts letters into a folder.
 */

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { request } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expectNothingOutside, photograph } from "./look";
import { done, lookAt, nothingAnnounced, OWNER, signIn } from "./portal";
import { Place } from "./server";
import { expect, test } from "./test";

test.describe.configure({ mode: "serial", timeout: 150_000 });

const IDA = { email: "ida@ostwind.example", password: "nine brown ducks" };

let place: Place;
let server = "";
let product = "";

test.beforeAll(async () => {
  place = await Place.make();
  const said = await place.run("init", "--email", OWNER.email, "--name", "Olga");
  const token = /\/welcome#(\S+)/.exec(said)?.[1] ?? "";
  const from = ["--mail-from", "no-reply@vendor.example", "--url", "https://licenses.example"];
  server = await place.serve("--mail", `file:${place.letters}`, ...from);
  const api = await request.newContext({ baseURL: server });
  await done(api, "/v1/invitations/accept", { token, password: OWNER.password });
  await done(api, "/v1/sign-in", { ...OWNER, kind: "browser" });
  product = (await done(api, "/v1/products", { code: "atlas", name: "Atlas CAD" })).item.id;
  await api.dispose();
});
test.afterAll(() => place.remove());

/** The letters so far, oldest first, without their folded lines. */
async function letters(): Promise<string[]> {
  const names = (await readdir(place.letters)).filter((name) => name.endsWith(".eml")).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(place.letters, name), "utf8")));
  return texts.map((text) => text.replaceAll(/=\r?\n/g, ""));
}

test("the vendor gives the pages its name and colour", async ({ page }) => {
  await page.goto(`${server}/settings?tab=branding`);
  await signIn(page, OWNER);
  await page.getByLabel("Name", { exact: true }).fill("Nordlicht Licenses");
  await page.getByLabel("Colour", { exact: true }).fill("rot");
  await page.getByLabel("Help", { exact: true }).fill("help@nordlicht.example");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/no colour such as/).first()).toBeVisible();
  await page.getByLabel("Colour", { exact: true }).fill("#8a2be2");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Pages look so from now on.")).toBeVisible();
  await expect(page.getByRole("link", { name: /Nordlicht Licenses/ })).toBeVisible();
  await expect(page.locator("html[data-brand]")).toHaveCount(1);
  await lookAt(page, "branding");
});

test("whoever signs in sees it, and who helps", async ({ page }) => {
  await page.goto(server);
  await expect(page.getByRole("link", { name: /Nordlicht Licenses/ })).toBeVisible();
  const help = page.getByRole("link", { name: "Help" });
  await expect(help).toHaveAttribute("href", "mailto:help@nordlicht.example");
  await lookAt(page, "sign-in-branded");
});

test("letters say what the vendor wrote, and a preview shows it", async ({ page }) => {
  await page.goto(`${server}/settings?tab=letters`);
  await signIn(page, OWNER);
  await page.getByRole("button", { name: "Edit Invitation, English" }).click();
  const form = page.getByRole("dialog", { name: "Invitation, English" });
  await form.getByLabel("Subject").fill("Welcome to {vendor}, {name}");
  const text = form.getByLabel("Text", { exact: true });
  await text.fill("Your way in: {licenses}");
  await form.getByRole("button", { name: "Preview" }).click();
  await expect(form.getByText(/nothing is filled in at \{licenses\}/i).first()).toBeVisible();
  await text.fill("Your way in: {link}");
  await form.getByRole("button", { name: "Preview" }).click();
  await expect(form.getByText("Welcome to My company, Ada Lund")).toBeVisible();
  await photograph(page, "letter-form");
  await nothingAnnounced(page);
  await expectAccessible(page);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("row", { name: /Invitation English.*Your own/ })).toBeVisible();
});

test("somebody signs up by a link, and comes in by the letter", async ({ page, browser }) => {
  await page.goto(`${server}/settings?tab=sign-up`);
  await signIn(page, OWNER);
  await expect(page.getByText("There is no sign-up link.")).toBeVisible();
  await page.getByRole("button", { name: "Make a sign-up link" }).click();
  const form = page.getByRole("dialog", { name: "Make a sign-up link" });
  await form.getByLabel("Name", { exact: true }).fill("Website");
  await photograph(page, "sign-up-link-form");
  await nothingAnnounced(page);
  await expectAccessible(page);
  await form.getByRole("button", { name: "Create" }).click();
  const told = page.getByRole("dialog", { name: "The link “Website”" });
  const link = (await told.getByText(/\/sign-up#lku_/).textContent()) ?? "";
  await told.getByRole("button", { name: "Done" }).click();

  const elsewhere = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const ida = await elsewhere.newPage();
  await ida.goto(link);
  await expect(ida).toHaveURL(`${server}/sign-up`);
  await ida.getByLabel("Your name").fill("Ida Berg");
  await ida.getByLabel("E-mail", { exact: true }).fill(IDA.email);
  await expectNothingOutside(ida);
  await photograph(ida, "sign-up-narrow");
  await nothingAnnounced(ida);
  await expectAccessible(ida);
  await ida.getByRole("button", { name: "Sign up" }).click();
  await expect(ida.getByText(/name of your organization is missing/i).first()).toBeVisible();
  await ida.getByLabel("Your organization").fill("Ostwind GmbH");
  await ida.getByRole("button", { name: "Sign up" }).click();
  await expect(ida.getByRole("status")).toContainText("A letter is on its way");
  await expect.poll(async () => (await letters()).length).toBe(1);
  const [letter = ""] = await letters();
  expect(letter).toContain("Subject: Welcome to My company, Ida Berg");
  const way = /\/welcome#\S+/.exec(letter)?.[0] ?? "";
  await ida.goto(server + way);
  await ida.getByLabel("New password").fill(IDA.password);
  await ida.getByRole("button", { name: "Choose and sign in" }).click();
  await expect(ida.getByRole("heading", { name: "Activations", level: 1 })).toBeVisible();
  await elsewhere.close();

  // Who came by which link.
  await page.reload();
  await expect(page.getByRole("row", { name: /Website.*1 of 20/ })).toBeVisible();
  await page.goto(`${server}/customers`);
  await page.getByRole("row", { name: /Ostwind GmbH/ }).dblclick();
  await page.getByRole("tab", { name: "People" }).click();
  await expect(page.getByRole("row", { name: /Ida Berg.*Signed up by a link/ })).toBeVisible();
});

test("they see how many seats they use, and why machines were denied", async ({ page }) => {
  const api = await request.newContext({ baseURL: server });
  await done(api, "/v1/sign-in", { ...OWNER, kind: "browser" });
  const { items } = await (await api.get("/v1/customers?q=ostwind")).json();
  const rules = {
    term: { kind: "months", months: 12 },
    seats_max: 2,
    node_locked: true,
    feature_ids: [],
    license_file_days: 30,
  };
  const policy = await done(api, "/v1/policies", { product_id: product, name: "Two", rules });
  const issue = { policy_id: policy.item.id, customer_id: items[0].id };
  const license = (await done(api, "/v1/licenses", issue)).item;
  for (const [index, code] of ["PC-1", "PC-2", "PC-3"].entries()) {
    const answer = await api.post("/v1/activations", {
      data: { license_key: license.key, machine_code: code },
    });
    expect(answer.status()).toBe(index < 2 ? 200 : 409);
  }
  await api.dispose();
  await page.goto(`${server}/usage`);
  await signIn(page, IDA);
  await expect(page.getByText("2 of 2 seats are in use; at most 2 at once")).toBeVisible();
  const denied = page.getByRole("region", { name: "Denied last" });
  await expect(async () => {
    await page.reload();
    await expect(denied.getByRole("row", { name: /PC-3.*be activated/ })).toBeVisible({
      timeout: 1_000,
    });
  }).toPass();
  await lookAt(page, "usage");
  await page.getByRole("button", { name: /table.*Seats in use|Seats in use.*table/i }).click();
  await expect(page.getByRole("table", { name: "Seats in use" })).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export CSV" }).first().click();
  expect((await download).suggestedFilename()).toMatch(/usage.*\.csv$/);
});

test("they look up what happened to what is theirs, and take it along", async ({ page }) => {
  await page.goto(`${server}/usage?tab=timeline`);
  await signIn(page, IDA);
  const list = page.getByRole("table", { name: "Timeline" });
  await expect(list.getByRole("row", { name: /License issued/ })).toContainText("The vendor");
  await lookAt(page, "customer-timeline");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/timeline.*\.csv$/);
  expect(await readFile(await file.path(), "utf8")).toContain(",license.issue,");
});

test("the vendor looks as they do, changes nothing, and comes back", async ({ page }) => {
  await page.goto(`${server}/customers`);
  await signIn(page, OWNER);
  await page.getByRole("row", { name: /Ostwind GmbH/ }).dblclick();
  await expect(page.getByRole("heading", { name: /Ostwind GmbH/ })).toBeVisible();
  await page.getByRole("button", { name: "View as" }).click();
  await expect(page.getByText("You look as Ostwind GmbH does.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Activations", level: 1 })).toBeVisible();
  await expect(page.getByRole("row", { name: /PC-1/ })).toBeVisible();
  await lookAt(page, "viewing-as");
  const refused = await page.request.post(`${server}/v1/customers`, { data: { name: "X" } });
  expect((await refused.json()).code).toMatch(/not_permitted|viewing_only/);
  await page.getByRole("button", { name: "End" }).click();
  await expect(page.getByText("You look as Ostwind GmbH does.")).toHaveCount(0);
  await page.goto(`${server}/customers`);
  await expect(page.getByRole("row", { name: /Ostwind GmbH/ })).toBeVisible();
});

test("reports tell what each customer has, in German on a phone as well", async ({ browser }) => {
  const context = await browser.newContext({
    locale: "de-DE",
    viewport: { width: 360, height: 740 },
  });
  const page = await context.newPage();
  await page.goto(`${server}/usage?tab=customers`);
  await page.getByLabel("E-Mail", { exact: true }).fill(OWNER.email);
  await page.getByLabel("Passwort", { exact: true }).fill(OWNER.password);
  await page.getByRole("button", { name: "Anmelden", exact: true }).click();
  await expect(page.getByRole("row", { name: /Ostwind GmbH/ })).toBeVisible();
  await expectNothingOutside(page);
  await photograph(page, "report-german");
  await nothingAnnounced(page);
  await expectAccessible(page);
  await context.close();
});
