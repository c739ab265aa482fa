/** Signing in by a service of somebody else's: a real one, on a server of its own. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Page, request } from "@playwright/test";
import { Authenticator } from "./authenticator";
import { photograph } from "./look";
import { look } from "./look_all";
import { done, OWNER, staleFactor } from "./portal";
import { Place } from "./server";
import { CLIENT_ID, freePort, SignInService } from "./sign_in_service";
import { expect, test } from "./test";

test.describe.configure({ mode: "serial", timeout: 120_000 });

let place: Place;
let service: SignInService;
let server = "";

test.beforeAll(async () => {
  place = await Place.make();
  const said = await place.run("init", "--email", OWNER.email, "--name", "Olga");
  const token = /\/welcome#(\S+)/.exec(said)?.[1] ?? "";
  const listen = `127.0.0.1:${await freePort()}`;
  const url = `http://${listen}`;
  service = await SignInService.start(`${url}/sign-in/back`);
  const secret = join(place.letters, "oidc-secret");
  await writeFile(secret, `${service.secret}\n`, { mode: 0o600 });
  server = await place.serve(
    ...["--listen", listen, "--url", url],
    ...["--oidc-issuer", service.issuer, "--oidc-client-id", CLIENT_ID],
    ...["--oidc-client-secret-file", secret, "--oidc-name", "Example ID"],
  );
  const api = await request.newContext({ baseURL: server });
  await done(api, "/v1/invitations/accept", { token, password: OWNER.password });
  await done(api, "/v1/sign-in", OWNER);
  await done(api, "/v1/users", { email: "ada@vendor.example", name: "Ada", role: "admin" });
  await done(api, "/v1/users", { email: "bob@vendor.example", name: "Bob", role: "support" });
  await api.dispose();
});
test.afterAll(async () => {
  await place.remove();
  await service.stop();
});

/** At the service: who one is, and that this server may know. */
async function atService(page: Page, login: string): Promise<void> {
  await page.waitForURL(`${service.issuer}/**`);
  await page.locator("input[name=login]").fill(login);
  await page.locator("input[name=password]").fill("any password");
  await page.locator("button[type=submit]").click();
  const consent = page.getByRole("button", { name: "Continue" });
  await consent.or(page.locator("#content")).first().waitFor();
  if (await consent.isVisible()) await consent.click();
}

async function signIn(page: Page, path: string, login: string): Promise<void> {
  await page.goto(server + path);
  await page.getByRole("button", { name: "Sign in with Example ID" }).click();
  await atService(page, login);
}

test("who is invited comes in by the service, and goes on where they were", async ({ page }) => {
  await page.goto(`${server}/customers?state=archived`);
  await expect(page.getByRole("button", { name: "Sign in with Example ID" })).toBeVisible();
  await look(page, "sign-in-service");
  await signIn(page, "/customers?state=archived", "ada");
  await expect(page.getByRole("heading", { name: "Customers" })).toBeVisible();
  await expect(page).toHaveURL(`${server}/customers?state=archived`);
  await expect(page.getByRole("link", { name: "Ada · Administrator" })).toBeVisible();
  const cookies = await page.context().cookies(server);
  const ours = cookies.filter(({ name }) => name.startsWith("latchkey"));
  expect(ours).toMatchObject([{ name: "latchkey", httpOnly: true, sameSite: "Strict" }]);
  await page.goto(`${server}/ledger`);
  await expect(page.getByText("User linked to the sign-in service").first()).toBeVisible();
});

test("whom the desktop window sends comes back to its question", async ({ page }) => {
  const [challenge, state] = ["x".repeat(43), "y".repeat(43)];
  const question = `/sign-in/desktop?challenge=${challenge}&state=${state}&port=40123&computer=office-3`;
  await signIn(page, question, "ada");
  await expect(page.getByText("Sign in the desktop app as Ada?")).toBeVisible();
  await expect(page).toHaveURL(server + question);
});

test("my account says that it is linked, and keeps the only way in", async ({ page }) => {
  await signIn(page, "/account", "ada");
  const section = page.getByRole("region", { name: "Sign-in service" });
  await expect(section.getByText("Linked", { exact: true })).toBeVisible();
  await expect(section.getByText("You can sign in with Example ID.")).toBeVisible();
  await expect(section.getByRole("button", { name: "Take link away" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await expect(page.getByRole("button", { name: "Change password" })).toHaveCount(0);
  await look(page, "account-linked");
});

for (const [login, said, name] of [
  ["eve", "Nobody with the e-mail address that the sign-in service told may sign in here.", "eve"],
  ["bob", "The sign-in service has no verified e-mail address of yours.", "bob"],
  ["ada-again", "This account is linked to another identity at the sign-in service.", "other"],
] as const) {
  test(`${login} is refused, and told why`, async ({ page }) => {
    await signIn(page, "/", login);
    await expect(page.getByRole("alert")).toContainText(said);
    expect(page.url(), "the code does not stay in the address").toBe(`${server}/sign-in/back`);
    const cookies = await page.context().cookies(server);
    expect(cookies.filter(({ name }) => name === "latchkey")).toEqual([]);
    if (name === "other") await look(page, "sign-in-back-refused");
    await page.getByRole("link", { name: "Back to signing in" }).click();
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
    await expect(page.getByLabel("E-mail", { exact: true })).toBeVisible();
  });
}

test("what comes back holds only as it was begun, in the browser it was begun in", async ({
  page,
  browser,
}) => {
  const came = page.waitForRequest(/\/sign-in\/back\?/);
  await page.route("**/v1/sign-in-service/finish", (route) => route.abort());
  await signIn(page, "/", "ada");
  const back = (await came).url();
  await expect(page.getByRole("alert")).toBeVisible();
  await page.unroute("**/v1/sign-in-service/finish");
  const over = "This attempt to sign in has run out, or was not begun in this browser.";

  const tampered = new URL(back);
  tampered.searchParams.set("state", `${tampered.searchParams.get("state")}0`);
  await page.goto(tampered.href);
  await expect(page.getByRole("alert")).toContainText(over);

  const elsewhere = await browser.newContext();
  const stolen = await elsewhere.newPage();
  await stolen.goto(back);
  await expect(stolen.getByRole("alert")).toContainText(over);
  await elsewhere.close();

  await page.goto(back);
  await expect(page.getByRole("link", { name: "Ada · Administrator" })).toBeVisible();
  // Once more it is worth nothing.
  await page.context().clearCookies({ name: "latchkey" });
  await page.goto(back);
  await expect(page.getByRole("alert")).toContainText(over);
});

test("whoever does not want to be told of is not let in", async ({ page }) => {
  await page.goto(`${server}/sign-in/back?error=access_denied&state=lko_1`);
  await expect(page.getByText("The sign-in service did not let you in.")).toBeVisible();
  await page.goto(`${server}/sign-in/back`);
  await expect(page.getByText("The sign-in service did not say who you are.")).toBeVisible();
});

test("what is sensitive is confirmed at the service, and then goes on", async ({ page }) => {
  await signIn(page, "/account", "ada");
  const section = page.getByRole("region", { name: "Second factor" });
  await expect(section).toBeVisible();
  await staleFactor(page, "**/v1/second-factor/begin", 1);
  const token = async () => {
    const cookies = await page.context().cookies(server);
    return cookies.find(({ name }) => name === "latchkey")?.value;
  };
  const before = await token();
  await section.getByRole("button", { name: "Set up a second factor" }).click();
  const prove = page.getByRole("dialog", { name: "Is it still you?" });
  await expect(prove.getByText("needs you to sign in at Example ID again")).toBeVisible();
  await expect(prove.getByLabel("Password")).toHaveCount(0);
  await photograph(page, "prove-service-light");
  const opened = page.context().waitForEvent("page");
  await prove.getByRole("button", { name: "Confirm at Example ID" }).click();
  const popup = await opened;
  const closed = popup.waitForEvent("close", { timeout: 0 }).then(() => true);
  // Known there already, and asked anew all the same.
  await popup.waitForURL(`${service.issuer}/**`);
  await popup.locator("input[name=login]").fill("ada");
  await popup.locator("input[name=password]").fill("any password");
  await popup.locator("button[type=submit]").click();
  const said = popup.getByText("It is confirmed.").waitFor();
  await Promise.race([closed, said.catch(() => closed)]);
  const setup = page.getByRole("dialog", { name: "Set up a second factor" });
  await expect(setup).toBeVisible();
  expect(await token(), "it is another cookie").not.toBe(before);
});

test("one's own second factor is asked for after the service", async ({ page }) => {
  await signIn(page, "/account", "ada");
  await expect(page.getByRole("region", { name: "Second factor" })).toBeVisible();
  const begun = await done(page.request, `${server}/v1/second-factor/begin`, {});
  const app = new Authenticator(begun.item.secret);
  const confirmed = { code: app.code() };
  const { item } = await done(page.request, `${server}/v1/second-factor/confirm`, confirmed);
  const [recovery = ""] = item.recovery_codes;
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in with Example ID" }).click();
  // The service knows her still.
  const code = page.getByLabel("Code", { exact: true });
  await expect(code).toBeFocused();
  await look(page, "sign-in-back-code");
  await code.fill("123 45");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("The code is wrong");
  await code.fill(recovery);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "My account" })).toBeVisible();
  await expect(page).toHaveURL(`${server}/account`);
});

test("an owner takes a link away from who is another there now", async ({ page }) => {
  await page.goto(`${server}/users`);
  await page.getByLabel("E-mail", { exact: true }).fill(OWNER.email);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("button", { name: "Actions for Ada" }).click();
  await page.getByRole("menuitem", { name: "Take link away" }).click();
  const away = page.getByRole("dialog", { name: "Take link away" });
  await photograph(page, "unlink-light");
  await away.getByRole("button", { name: "Take link away" }).click();
  await expect(page.getByText("Ada is no longer linked to the sign-in service.")).toBeVisible();
  await expect(page.getByRole("row", { name: /Ada.*Administrator.*Invited/ })).toBeVisible();
});
