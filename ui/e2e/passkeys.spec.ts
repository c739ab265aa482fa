/** Passkeys, with a browser's own authenticator: added, used, copied, removed. On a server of its own. */

import { type CDPSession, type Page, request } from "@playwright/test";
import { expectAccessible } from "./axe";
import { photograph } from "./look";
import { look } from "./look_all";
import { done, OWNER, staleFactor } from "./portal";
import { Place } from "./server";
import { freePort } from "./sign_in_service";
import { expect, test } from "./test";

test.describe.configure({ mode: "serial", timeout: 120_000 });

let place: Place;
let server = "";
let page: Page;
let device: Device;

/** The authenticator of the browser: a key store that says yes whenever it is asked. */
class Device {
  private constructor(
    private readonly session: CDPSession,
    private readonly id: string,
  ) {}

  static async of(page: Page): Promise<Device> {
    const session = await page.context().newCDPSession(page);
    await session.send("WebAuthn.enable");
    const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return new Device(session, authenticatorId);
  }

  /** The passkeys on it, private keys and all: copied, they work elsewhere. */
  async keys() {
    const { credentials } = await this.session.send("WebAuthn.getCredentials", {
      authenticatorId: this.id,
    });
    return credentials;
  }

  /** Puts back what was copied, in the place of what is there. */
  async restore(keys: Awaited<ReturnType<Device["keys"]>>): Promise<void> {
    await this.session.send("WebAuthn.clearCredentials", { authenticatorId: this.id });
    for (const credential of keys) {
      await this.session.send("WebAuthn.addCredential", {
        authenticatorId: this.id,
        credential,
      });
    }
  }

  /** Whether its owner passes when it asks who they are. */
  async verifies(isUserVerified: boolean): Promise<void> {
    await this.session.send("WebAuthn.setUserVerified", {
      authenticatorId: this.id,
      isUserVerified,
    });
  }
}

test.beforeAll(async ({ browser }) => {
  place = await Place.make();
  const said = await place.run("init", "--email", OWNER.email, "--name", "Olga");
  const token = /\/welcome#(\S+)/.exec(said)?.[1] ?? "";
  const port = await freePort();
  // A passkey is bound to a name, and this is the only one that goes without HTTPS.
  server = `http://localhost:${port}`;
  await place.serve("--listen", `127.0.0.1:${port}`, "--url", server);
  const api = await request.newContext({ baseURL: server });
  await done(api, "/v1/invitations/accept", { token, password: OWNER.password });
  await done(api, "/v1/sign-in", OWNER);
  await done(api, "/v1/users", { email: "ada@vendor.example", name: "Ada", role: "admin" });
  await api.dispose();
  page = await browser.newPage();
  device = await Device.of(page);
});
test.afterAll(() => place.remove());

const section = () => page.getByRole("region", { name: "Passkeys" });
const account = () => page.getByRole("heading", { name: "My account" });

async function signInByPassword(): Promise<void> {
  await page.getByLabel("E-mail", { exact: true }).fill(OWNER.email);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function signOut(): Promise<void> {
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign in with a passkey" })).toBeVisible();
}

async function signInByPasskey(): Promise<void> {
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
}

test("a passkey is added under a name, once on each device", async () => {
  await page.goto(`${server}/account`);
  await expect(page.getByRole("button", { name: "Sign in with a passkey" })).toBeVisible();
  await look(page, "sign-in-passkey");
  await signInByPassword();
  await section().getByRole("button", { name: "Add a passkey" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a passkey" });
  await expect(dialog.getByLabel("Name")).toHaveValue(/Chrome · Linux/);
  await photograph(page, "passkey-add-light");
  await expectAccessible(page, { within: ["[role=dialog]"] });
  await dialog.getByLabel("Name").fill("Work laptop");
  await dialog.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText("The passkey “Work laptop” is added.")).toBeVisible();
  await expect(section().getByRole("row", { name: /Work laptop.*Never/ })).toBeVisible();
  expect(await device.keys()).toHaveLength(1);

  await section().getByRole("button", { name: "Add a passkey" }).click();
  await dialog.getByRole("button", { name: "Go on" }).click();
  await expect(dialog.getByRole("alert")).toContainText(
    "There is a passkey of yours on this device already.",
  );
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(section().getByRole("row", { name: /Work laptop/ })).toBeVisible();
  await look(page, "account-passkeys");
});

test("it signs in without an e-mail address, a password or a code", async () => {
  await signOut();
  await signInByPasskey();
  await expect(account()).toBeVisible();
  await expect(section().getByRole("row", { name: /Work laptop.*(now|second)/ })).toBeVisible();
  const cookies = await page.context().cookies(server);
  const ours = cookies.filter(({ name }) => name.startsWith("latchkey"));
  expect(ours, "the question is forgotten").toMatchObject([
    { name: "latchkey", httpOnly: true, sameSite: "Strict" },
  ]);
});

test("who is not verified by the device is not let in", async () => {
  await signOut();
  await device.verifies(false);
  await signInByPasskey();
  await expect(page.getByText("No passkey was given.")).toBeVisible();
  await device.verifies(true);
  await signInByPasskey();
  await expect(account()).toBeVisible();
});

test("what is sensitive goes on after the passkey was given again", async () => {
  await staleFactor(page, "**/v1/second-factor/begin", 1);
  const token = async () => {
    const cookies = await page.context().cookies(server);
    return cookies.find(({ name }) => name === "latchkey")?.value;
  };
  const before = await token();
  await page.getByRole("button", { name: "Set up a second factor" }).click();
  const prove = page.getByRole("dialog", { name: "Is it still you?" });
  await expect(prove.getByRole("button", { name: "Use a passkey" })).toBeVisible();
  await photograph(page, "prove-passkey-light");
  await prove.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("dialog", { name: "Set up a second factor" })).toBeVisible();
  expect(await token(), "it is another cookie").not.toBe(before);
  await page.keyboard.press("Escape");
  await page.unroute("**/v1/second-factor/begin");
});

test("it gets another name, in German too", async () => {
  await section().getByRole("button", { name: "Rename the passkey Work laptop" }).click();
  const dialog = page.getByRole("dialog", { name: "Rename" });
  await dialog.getByLabel("Name").fill("Old laptop");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(section().getByRole("row", { name: /Old laptop/ })).toBeVisible();
  await page.evaluate(() => localStorage.setItem("PARAGLIDE_LOCALE", "de"));
  await page.reload();
  await expect(page.getByRole("button", { name: "Passkey hinzufügen" })).toBeVisible();
  await photograph(page, "account-passkeys-german");
  await page.evaluate(() => localStorage.setItem("PARAGLIDE_LOCALE", "en"));
  await page.reload();
});

test("a copy of it is refused, and so is the passkey itself from then on", async () => {
  const copied = await device.keys();
  await signOut();
  await signInByPasskey();
  await expect(account()).toBeVisible();
  const own = await device.keys();
  await signOut();
  // Elsewhere somebody has the private key as it was before.
  await device.restore(copied);
  await signInByPasskey();
  const refused = page.getByText(/There seems to be a copy of this passkey/i);
  await expect(refused).toBeVisible();
  await device.restore(own);
  await page.reload();
  await signInByPasskey();
  await expect(refused).toBeVisible();
  await signInByPassword();
  await expect(section().getByRole("row", { name: /Old laptop.*Copied\?/ })).toBeVisible();
  await photograph(page, "passkey-copied-light");
  await page.goto(`${server}/ledger`);
  await expect(page.getByText("Passkey suspected of being copied").first()).toBeVisible();
});

test("what is removed opens nothing any more", async () => {
  await page.goto(`${server}/account`);
  await section().getByRole("button", { name: "Remove the passkey Old laptop" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove the passkey" });
  await expectAccessible(page, { within: ["[role=dialog]"] });
  await photograph(page, "passkey-remove-light");
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("The passkey “Old laptop” is removed.")).toBeVisible();
  await expect(section().getByRole("row")).toHaveCount(0);
  await signOut();
  await signInByPasskey();
  await expect(page.getByText("Nobody can sign in here with this passkey")).toBeVisible();
  await signInByPassword();
  await expect(account()).toBeVisible();
});

test("an owner takes the passkeys of a user away, who is told if there are none", async () => {
  await page.goto(`${server}/users`);
  await page.getByRole("button", { name: "Actions for Ada" }).click();
  await page.getByRole("menuitem", { name: "Take passkeys away" }).click();
  const away = page.getByRole("dialog", { name: "Take passkeys away" });
  await expectAccessible(page, { within: ["[role=dialog]"] });
  await away.getByRole("button", { name: "Take passkeys away" }).click();
  await expect(away.getByRole("alert")).toContainText("There are no passkeys");
});
