/** Several people on one store: invited, signed in, kept out. On a server of its own. */

import { type Page, request } from "@playwright/test";
import { photograph } from "./look";
import { look } from "./look_all";
import { Place } from "./server";
import { expect, test } from "./test";

test.describe.configure({ mode: "serial" });

const OWNER = { email: "olga@vendor.example", password: "seven grey geese" };
const ADA = { email: "ada@vendor.example", password: "eight white swans" };

let place: Place;
let invitation = "";
let server = "";

test.beforeAll(async () => {
  place = await Place.make();
  const said = await place.run("init", "--email", OWNER.email, "--name", "Olga");
  invitation = /\/welcome#\S+/.exec(said)?.[0] ?? "";
  server = await place.serve();
});
test.afterAll(() => place.remove());

async function signIn(page: Page, { email, password }: typeof OWNER): Promise<void> {
  await page.getByLabel("E-mail", { exact: true }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Loads the page anew. The widget library tells listeners of a button's work for some seconds, by a name that may be gone. */
async function anew(page: Page, shown: string): Promise<void> {
  await page.reload();
  await expect(page.getByText(shown)).toHaveCount(1);
}

test("nobody comes in without signing in", async ({ page }) => {
  const api = await request.newContext({ baseURL: server });
  for (const path of ["/v1/me", "/v1/licenses", "/v1/users", "/v1/openapi.json"]) {
    expect((await api.get(path)).status(), path).toBe(401);
  }
  await api.dispose();
  await page.goto(`${server}/licenses`);
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expect(page.getByRole("navigation")).toHaveCount(0);
  await look(page, "sign-in");
  await signIn(page, OWNER);
  await expect(page.getByRole("alert")).toContainText(
    "The e-mail address or the password is wrong.",
  );
});

test("the owner's link leads to a password and in, once", async ({ page }) => {
  await page.goto(server + invitation);
  await expect(page.getByText(OWNER.email)).toBeVisible();
  expect(page.url(), "the secret does not stay in the address").not.toContain("#");
  await look(page, "invited");
  await page.getByLabel("New password").fill("short");
  await page.getByRole("button", { name: "Choose and sign in" }).click();
  await expect(page.getByText("A password has at least 12 characters.").first()).toBeVisible();
  await page.getByLabel("New password").fill(OWNER.password);
  await page.getByRole("button", { name: "Choose and sign in" }).click();
  await expect(page.getByRole("heading", { name: "Welcome to Latchkey", level: 1 })).toBeVisible();
  await expect(page.getByRole("link", { name: "Olga · Owner" })).toBeVisible();
  const cookies = await page.context().cookies();
  expect(cookies).toMatchObject([{ name: "latchkey", httpOnly: true, sameSite: "Strict" }]);
  await page.goto(server + invitation);
  await expect(page.getByText("This invitation was used")).toBeVisible();
});

test("an owner invites somebody, who sees what they may do", async ({ page, browser }) => {
  await page.goto(`${server}/users`);
  await signIn(page, OWNER);
  await page.getByRole("button", { name: "Invite a user" }).click();
  await page.getByLabel("E-mail", { exact: true }).fill(ADA.email);
  await page.getByLabel("Name", { exact: true }).fill("Ada");
  await page.getByRole("dialog").getByRole("button", { name: "Invite a user" }).click();
  const told = page.getByRole("dialog", { name: "The invitation of Ada" });
  const link = (await told.getByText(/\/welcome#lki_/).textContent()) ?? "";
  await photograph(page, "invitation-link-light");
  await told.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("row", { name: /Ada.*Support.*Invited/ })).toBeVisible();
  await anew(page, "Invited");
  await look(page, "users-filled");

  const elsewhere = await browser.newContext();
  const ada = await elsewhere.newPage();
  await ada.goto(link);
  await ada.getByLabel("New password").fill(ADA.password);
  await ada.getByRole("button", { name: "Choose and sign in" }).click();
  await expect(ada.getByRole("link", { name: "Ada · Support" })).toBeVisible();
  await ada.getByRole("link", { name: "Users" }).click();
  await expect(ada.getByRole("button", { name: "Invite a user" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );

  // Who is kept out is out at once.
  await page.getByRole("button", { name: "Actions for Ada" }).click();
  await page.getByRole("menuitem", { name: "Deactivate" }).click();
  await expect(page.getByText("Ada can no longer sign in.")).toBeVisible();
  await ada.getByRole("link", { name: "Customers" }).click();
  await expect(ada.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await elsewhere.close();
});

test("one sees where one is signed in, changes the password, and signs out", async ({ page }) => {
  await page.goto(`${server}/account`);
  await signIn(page, OWNER);
  await expect(page.getByRole("heading", { name: "My account" })).toBeVisible();
  await anew(page, "this one");
  await look(page, "account-filled");
  await page.getByRole("button", { name: "Change password" }).click();
  await page.getByLabel("Present password").fill(OWNER.password);
  await page.getByLabel("New password").fill("nine brown ducks");
  await page.getByRole("dialog").getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("The password is changed.")).toBeVisible();
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  expect(await page.context().cookies()).toEqual([]);
  await signIn(page, OWNER);
  await expect(page.getByRole("alert")).toBeVisible();
  await signIn(page, { ...OWNER, password: "nine brown ducks" });
  await expect(page.getByRole("heading", { name: "My account" })).toBeVisible();
});

test("a page of another site gets nothing done with the cookie", async ({ page }) => {
  await page.goto(server);
  await signIn(page, { ...OWNER, password: "nine brown ducks" });
  await expect(page.getByRole("link", { name: "Olga · Owner" })).toBeVisible();
  const [cookie] = await page.context().cookies();
  const api = await request.newContext({
    baseURL: server,
    extraHTTPHeaders: { cookie: `latchkey=${cookie?.value}`, origin: "https://evil.example" },
  });
  const answer = await api.post("/v1/products", { data: { code: "evil", name: "Evil" } });
  expect(answer.status()).toBe(403);
  expect((await answer.json()).code).toBe("cross_site_request");
  await api.dispose();
});

test("an owner locks the vendor down and lifts that, and every page says so", async ({ page }) => {
  await page.goto(`${server}/users`);
  await signIn(page, { ...OWNER, password: "nine brown ducks" });
  const confirm = async (action: string, done: string) => {
    await page.getByRole("button", { name: action }).click();
    const dialog = page.getByRole("alertdialog", { name: action });
    await dialog.getByRole("textbox").fill("My company");
    await dialog.getByRole("button", { name: action }).click();
    await expect(page.getByText(done)).toBeVisible();
  };
  const banner = page.getByText("nobody but owners changes anything", { exact: false });
  await confirm("Lock down", "Nobody but owners changes anything now.");
  await page.goto(`${server}/customers`);
  await expect(banner).toBeVisible();
  await look(page, "locked-down");
  await page.goto(`${server}/users`);
  await confirm("Lift the lockdown", "The lockdown is lifted.");
  await expect(banner).toHaveCount(0);
});
