/** A code beside the password, and the password again before what is sensitive. On a server of its own. */

import { type Page, request } from "@playwright/test";
import { Authenticator } from "./authenticator";
import { expectAccessible } from "./axe";
import { expectFocusKept, press, type } from "./keys";
import { photograph } from "./look";
import { look } from "./look_all";
import { done, OWNER, staleFactor } from "./portal";
import { Place } from "./server";
import { expect, test } from "./test";

// Two of these look at a dialog in every theme, after what the widget library says has been said.
test.describe.configure({ mode: "serial", timeout: 120_000 });

const ADA = { email: "ada@vendor.example", password: "eight white swans" };

let place: Place;
let server = "";
let app: Authenticator;
let recovery: string[] = [];
let invitation = "";

test.beforeAll(async () => {
  place = await Place.make();
  const said = await place.run("init", "--email", OWNER.email, "--name", "Olga");
  const token = /\/welcome#(\S+)/.exec(said)?.[1] ?? "";
  server = await place.serve();
  const api = await request.newContext({ baseURL: server });
  await done(api, "/v1/invitations/accept", { token, password: OWNER.password });
  await api.dispose();
});
test.afterAll(() => place.remove());

async function signIn(page: Page, code?: string): Promise<void> {
  await page.getByLabel("E-mail", { exact: true }).fill(OWNER.email);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  if (!code) return;
  await page.getByLabel("Code", { exact: true }).fill(code);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** The widget library tells listeners of a button's work for some seconds, by a name that may be gone. */
const quiet = (page: Page) =>
  expect(page.locator("[data-live-announcer] [role=img]")).toHaveCount(0);

test("it is set up with an app and a first code, and gives recovery codes once", async ({
  page,
}) => {
  await page.goto(`${server}/account`);
  await signIn(page);
  const section = page.getByRole("region", { name: "Second factor" });
  await expect(section.getByText("Off", { exact: true })).toBeVisible();
  await section.getByRole("button", { name: "Set up a second factor" }).click();
  const dialog = page.getByRole("dialog", { name: "Set up a second factor" });
  await expect(dialog.getByRole("img", { name: /QR code/ })).toBeVisible();
  const secret = (await dialog.getByText(/^[A-Z2-7]{4}( [A-Z2-7]{4}){7}$/).textContent()) ?? "";
  app = new Authenticator(secret);
  await quiet(page);
  await look(page, "second-factor-setup");
  await dialog.getByLabel("Code", { exact: true }).fill("no code");
  await dialog.getByRole("button", { name: "Turn on" }).click();
  await expect(dialog.getByRole("alert")).toContainText("The code is wrong");
  await dialog.getByLabel("Code", { exact: true }).fill(app.code());
  await dialog.getByRole("button", { name: "Turn on" }).click();
  const codes = page.getByRole("alertdialog", { name: "Recovery codes" });
  recovery = (await codes.getByLabel("Recovery codes").inputValue()).split("\n");
  expect(recovery).toHaveLength(10);
  await photograph(page, "recovery-codes-light");
  await quiet(page);
  await expectAccessible(page, { within: ["[role=alertdialog]"] });
  const saved = page.waitForEvent("download");
  await codes.getByRole("button", { name: "Save as a file" }).click();
  expect((await saved).suggestedFilename()).toBe("latchkey-recovery-codes.txt");
  await codes.getByRole("button", { name: "Done" }).click();
  await expect(section.getByText("On", { exact: true })).toBeVisible();
  await expect(section.getByText("10 recovery codes are left.")).toBeVisible();
  await page.reload();
  await expect(section.getByText("On", { exact: true })).toBeVisible();
  await look(page, "account-second-factor");
});

test("signing in asks for a code after the right password, by keyboard alone", async ({ page }) => {
  await page.goto(`${server}/account`);
  await type(page, page.getByLabel("E-mail", { exact: true }), OWNER.email);
  await type(page, page.getByLabel("Password", { exact: true }), OWNER.password);
  await page.keyboard.press("Enter");
  const code = page.getByLabel("Code", { exact: true });
  await expect(code).toBeFocused();
  await expect(code).toHaveAttribute("autocomplete", "one-time-code");
  await expect(page.getByRole("alert")).toHaveCount(0);
  await look(page, "sign-in-code");
  await page.keyboard.type("123 45");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("The code is wrong");
  await type(page, code, app.code());
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "My account" })).toBeVisible();
});

test("a recovery code works once", async ({ page }) => {
  const [first = "", second = ""] = recovery;
  await page.goto(`${server}/account`);
  await signIn(page, first.toUpperCase());
  await expect(page.getByText("9 recovery codes are left.")).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await signIn(page, first);
  await expect(page.getByRole("alert")).toContainText("The code is wrong");
  await page.getByLabel("Code", { exact: true }).fill(second);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("8 recovery codes are left.")).toBeVisible();
});

test("what is sensitive asks for the password again, and then goes on", async ({ page }) => {
  const [, , third = "", fourth = ""] = recovery;
  await page.goto(`${server}/users`);
  await signIn(page, third);
  await staleFactor(page, "**/v1/users", 2);
  await page.getByRole("button", { name: "Invite a user" }).click();
  const [before] = await page.context().cookies();
  const form = page.getByRole("dialog", { name: "Invite a user" });
  await form.getByLabel("E-mail", { exact: true }).fill(ADA.email);
  await form.getByLabel("Name", { exact: true }).fill("Ada");
  await form.getByRole("button", { name: "Invite a user" }).click();
  const prove = page.getByRole("dialog", { name: "Is it still you?" });
  await expect(prove.getByLabel("Password", { exact: true })).toBeFocused();
  await quiet(page);
  await look(page, "prove");

  // Who does not want to is told why nothing was done, and finds the form as it was.
  await page.keyboard.press("Escape");
  await expect(prove).toHaveCount(0);
  await expect(form.getByRole("alert")).toContainText("You last signed in 25 minutes ago");
  await expect(form.getByLabel("E-mail", { exact: true })).toHaveValue(ADA.email);
  await expectFocusKept(page);

  await press(page, form.getByRole("button", { name: "Invite a user" }));
  await expect(prove.getByLabel("Password", { exact: true })).toBeFocused();
  await page.keyboard.type("no goose at all");
  await type(page, prove.getByLabel("Code", { exact: true }), fourth);
  await page.keyboard.press("Enter");
  await expect(prove.getByRole("alert")).toContainText("the password is wrong");
  await prove.getByLabel("Password", { exact: true }).focus();
  await page.keyboard.type(OWNER.password);
  await type(page, prove.getByLabel("Code", { exact: true }), fourth);
  await page.keyboard.press("Enter");
  const told = page.getByRole("dialog", { name: "The invitation of Ada" });
  const link = (await told.getByText(/\/welcome#lki_/).textContent()) ?? "";
  await told.getByRole("button", { name: "Done" }).click();
  const [after] = await page.context().cookies();
  expect(after?.value, "the session has another token").not.toBe(before?.value);
  invitation = link;
});

test("an owner takes it away from who has lost it", async ({ page }) => {
  const api = await request.newContext({ baseURL: server });
  const token = invitation.split("#")[1];
  await done(api, "/v1/invitations/accept", { token, password: ADA.password });
  const signedIn = await done(api, "/v1/sign-in", { ...ADA, kind: "program" });
  await api.dispose();
  const ada = await request.newContext({
    baseURL: server,
    extraHTTPHeaders: { authorization: `Bearer ${signedIn.token}` },
  });
  const begun = await done(ada, "/v1/second-factor/begin", {});
  const code = new Authenticator(begun.item.secret).code();
  await done(ada, "/v1/second-factor/confirm", { code });
  await ada.dispose();
  await page.goto(`${server}/users`);
  await signIn(page, recovery[4]);
  await expect(page.getByRole("row", { name: /Ada.*Support.*Active.*On/ })).toBeVisible();
  await photograph(page, "users-second-factor-light");
  await page.getByRole("button", { name: "Actions for Ada" }).click();
  await page.getByRole("menuitem", { name: "Take second factor away" }).click();
  const away = page.getByRole("dialog", { name: "Take second factor away" });
  await expect(away).toBeVisible();
  await expectAccessible(page, { within: ["[role=dialog]"] });
  await away.getByRole("button", { name: "Take second factor away" }).click();
  await expect(page.getByText("Ada signs in with the password alone.")).toBeVisible();
  await expect(page.getByRole("row", { name: /Ada.*Support.*Active.*Off/ })).toBeVisible();
});

test("there are new recovery codes, and it is turned off", async ({ page }) => {
  await page.goto(`${server}/account`);
  await signIn(page, recovery[5]);
  await page.getByRole("button", { name: "New recovery codes" }).click();
  const codes = page.getByRole("alertdialog", { name: "Recovery codes" });
  const anew = await codes.getByLabel("Recovery codes").inputValue();
  expect(anew.split("\n")).toHaveLength(10);
  expect(anew).not.toContain(recovery[6]);
  await codes.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Turn off" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Turn off" }).click();
  await expect(page.getByText("The second factor is off.")).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await signIn(page);
  await expect(page.getByRole("heading", { name: "My account" })).toBeVisible();
});
