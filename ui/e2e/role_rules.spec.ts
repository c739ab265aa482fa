/** Rules of roles by hours and networks: set by an owner, felt by others. On a server of its own. */

import { type Page, request } from "@playwright/test";
import { expectAccessible } from "./axe";
import { photograph } from "./look";
import { look } from "./look_all";
import { done, OWNER, signIn } from "./portal";
import { Place } from "./server";
import { expect, test } from "./test";

test.describe.configure({ mode: "serial", timeout: 120_000 });

const ADA = { email: "ada@vendor.example", password: "eight white swans" };

let place: Place;
let server = "";

test.beforeAll(async () => {
  place = await Place.make();
  const said = await place.run("init", "--email", OWNER.email, "--name", "Olga");
  const token = /\/welcome#(\S+)/.exec(said)?.[1] ?? "";
  server = await place.serve();
  const api = await request.newContext({ baseURL: server });
  await done(api, "/v1/invitations/accept", { token, password: OWNER.password });
  await done(api, "/v1/sign-in", OWNER);
  const invited = { email: ADA.email, name: "Ada", role: "support" };
  const { item } = await done(api, "/v1/users", invited);
  await done(api, "/v1/invitations/accept", { token: item.token, password: ADA.password });
  await api.dispose();
});
test.afterAll(() => place.remove());

async function enter(page: Page, who: typeof OWNER, path: string): Promise<void> {
  await page.goto(server + path);
  await signIn(page, who);
}

const dialog = (page: Page) => page.getByRole("dialog", { name: "Hours and networks" });

async function open(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Hours and networks" }).click();
  await expect(dialog(page)).toBeVisible();
}

test("an owner says when and from where support may work", async ({ page }) => {
  await enter(page, OWNER, "/users");
  await open(page);
  await expect(
    dialog(page).getByRole("button", { name: /Role.*Support|Support.*Role/ }),
  ).toBeVisible();
  await dialog(page).getByLabel("Monday").fill("8-12, 13-17:30");
  await dialog(page).getByLabel("Time zone").fill("Europe/Nowhere");
  await dialog(page).getByLabel("Networks", { exact: true }).fill("203.0.113.0/24");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await expect(dialog(page).getByText("is not the name of a time zone").first()).toBeVisible();
  await dialog(page).getByLabel("Time zone").fill("Europe/Berlin");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The rule for the role Support is saved.")).toBeVisible();
  await page.reload();
  await open(page);
  await expect(dialog(page).getByLabel("Monday")).toHaveValue("08:00-12:00, 13:00-17:30");
  await expect(dialog(page).getByLabel("Networks", { exact: true })).toHaveValue("203.0.113.0/24");
  await expectAccessible(page, { within: ["[role=dialog]"] });
  await look(page, "role-rules");
  // The network alone, so that the hour at which this is tested does not matter.
  await dialog(page).getByLabel("Monday").fill("");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await expect(dialog(page)).toHaveCount(0);
  await page.goto(`${server}/ledger`);
  await expect(page.getByText("Vendor given a rule for a role").first()).toBeVisible();
});

test("who is elsewhere is told so, sees nothing, and can sign out", async ({ page }) => {
  await enter(page, ADA, "/customers");
  await expect(page.getByText(/Your role may not act from the network/i).first()).toBeVisible();
  await photograph(page, "outside-own-network-light");
  await page.goto(`${server}/account`);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByLabel("E-mail", { exact: true })).toBeVisible();
});

test("owners do not shut themselves out", async ({ page }) => {
  await enter(page, OWNER, "/users");
  await open(page);
  await dialog(page).getByRole("button", { name: /Role/ }).click();
  await page.getByRole("option", { name: "Owner" }).click();
  await dialog(page).getByLabel("Networks", { exact: true }).fill("203.0.113.0/24");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await expect(dialog(page).getByRole("alert")).toContainText("you could not go on yourself");
  await dialog(page).getByLabel("Networks", { exact: true }).fill("127.0.0.0/8");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The rule for the role Owner is saved.")).toBeVisible();
  await page.goto(`${server}/customers`);
  await expect(page.getByRole("heading", { name: "Customers", exact: true })).toBeVisible();
});
