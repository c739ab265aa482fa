/** Letting the desktop window in from a browser: the page that it opens, with a listener that plays the window. */

import { createHash, randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Page, request } from "@playwright/test";
import { look } from "./look_all";
import { done, OWNER, staleFactor } from "./portal";
import { Place } from "./server";
import { expect, test } from "./test";

test.describe.configure({ mode: "serial", timeout: 120_000 });

let place: Place;
let server = "";

test.beforeAll(async () => {
  place = await Place.make();
  const said = await place.run("init", "--email", OWNER.email, "--name", "Olga");
  const token = /\/welcome#(\S+)/.exec(said)?.[1] ?? "";
  // By a name of its own, as a server elsewhere has: what a browser keeps for a host it sends to all its ports.
  server = (await place.serve()).replace("127.0.0.1", "localhost");
  const api = await request.newContext({ baseURL: server });
  await done(api, "/v1/invitations/accept", { token, password: OWNER.password });
  await api.dispose();
});
test.afterAll(() => place.remove());

/** What the window does: it keeps a verifier to itself, and waits at a port of this computer. */
class Window {
  readonly verifier = randomBytes(32).toString("base64url");
  readonly state = randomBytes(32).toString("base64url");
  private readonly listener: Server;
  private came: Promise<URLSearchParams>;

  private constructor() {
    let tell: (came: URLSearchParams) => void;
    this.came = new Promise((resolve) => {
      tell = resolve;
    });
    this.listener = createServer((asked, answer) => {
      const url = new URL(asked.url ?? "", "http://127.0.0.1");
      expect(asked.headers.referer, "nobody is told where from").toBeUndefined();
      expect(asked.headers.cookie ?? "").not.toContain("lks_");
      if (url.pathname === "/") tell(url.searchParams);
      answer.setHeader("content-type", "text/html");
      answer.end("<!doctype html><title>window</title><p>The window has heard.</p>");
    });
  }

  static async begin(): Promise<Window> {
    const window = new Window();
    await new Promise<void>((ready) => window.listener.listen(0, "127.0.0.1", ready));
    return window;
  }

  get port(): number {
    return (this.listener.address() as AddressInfo).port;
  }

  get challenge(): string {
    return createHash("sha256").update(this.verifier).digest("base64url");
  }

  /** What it opens in the browser. */
  page(more = ""): string {
    const { challenge, state, port } = this;
    return `${server}/sign-in/desktop?challenge=${challenge}&state=${state}&port=${port}&computer=office-3${more}`;
  }

  /** What the browser came back with. */
  async landed(): Promise<URLSearchParams> {
    const came = await this.came;
    expect(came.get("state")).toBe(this.state);
    return came;
  }

  async end(): Promise<void> {
    this.listener.closeAllConnections();
    await new Promise((ended) => this.listener.close(ended));
  }
}

async function signIn(page: Page): Promise<void> {
  await page.getByLabel("E-mail").fill(OWNER.email);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

test("who signs in in the browser lets the window in, once", async ({ page }) => {
  const window = await Window.begin();
  await page.goto(window.page());
  // Nobody is signed in yet: that comes first, and leads back here.
  await signIn(page);
  await expect(page.getByText("Sign in the desktop app as Olga?")).toBeVisible();
  await expect(page.getByText("office-3")).toBeVisible();
  await expect(page.getByText("Only if you have just asked for it")).toBeVisible();
  // Who is signed in already is asked at once.
  await page.goto(window.page());
  await expect(page.getByText("Sign in the desktop app as Olga?")).toBeVisible();
  await look(page, "hand-over");
  await page.getByRole("button", { name: "Sign in the app" }).click();
  await expect(page.getByText("The window has heard.")).toBeVisible();
  const code = (await window.landed()).get("code") ?? "";
  expect(code).toMatch(/^lkh_/);

  const api = await request.newContext({ baseURL: server });
  const wrong = await api.post("/v1/sessions/take-over", {
    data: { code, verifier: randomBytes(32).toString("base64url") },
  });
  expect(wrong.status()).toBe(401);
  expect((await wrong.json()).code).toBe("hand_over_not_open");
  const { verifier } = window;
  const { token, name } = await done(api, "/v1/sessions/take-over", { code, verifier });
  expect(name).toBe("Olga");
  const again = await api.post("/v1/sessions/take-over", { data: { code, verifier } });
  expect((await again.json()).code).toBe("hand_over_not_open");
  const me = await api.get("/v1/me", { headers: { authorization: `Bearer ${token}` } });
  expect((await me.json()).actor.name).toBe("Olga");

  // It is in the list, by its computer, and can be ended there.
  await page.goto(`${server}/account`);
  const row = page.getByRole("row", { name: /Latchkey on office-3/ });
  await expect(row).toBeVisible();
  await row.getByRole("button", { name: /End the session of Latchkey on office-3/ }).click();
  await expect(row).toHaveCount(0);
  const ended = await api.get("/v1/me", { headers: { authorization: `Bearer ${token}` } });
  expect(ended.status()).toBe(401);
  await api.dispose();
  await window.end();
});

test("who does not let it in is signed in nowhere else", async ({ page }) => {
  const window = await Window.begin();
  await page.goto(window.page());
  await signIn(page);
  await page.getByRole("button", { name: "Do not" }).click();
  await expect(page.getByText("The window has heard.")).toBeVisible();
  const came = await window.landed();
  expect(came.get("error")).toBe("access_denied");
  expect(came.get("code")).toBeNull();
  await page.goto(`${server}/account`);
  await expect(page.getByRole("heading", { name: "Where I am signed in" })).toBeVisible();
  await expect(page.getByText("Latchkey on office-3")).toHaveCount(0);
  await window.end();
});

test("somebody else can sign in in its place", async ({ page }) => {
  const window = await Window.begin();
  await page.goto(window.page());
  await signIn(page);
  await page.getByRole("button", { name: "Sign in as somebody else" }).click();
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  await signIn(page);
  await expect(page.getByText("Sign in the desktop app as Olga?")).toBeVisible();
  await window.end();
});

test("an address that no window has made leads nowhere", async ({ page }) => {
  const window = await Window.begin();
  const good = window.page();
  for (const bad of [
    `${server}/sign-in/desktop`,
    good.replace(/port=\d+/, "port=80"),
    good.replace(/port=\d+/, "port=40123@evil.example"),
    good.replace(/challenge=[^&]+/, "challenge=short"),
    good.replace(/state=[^&]+/, "state=x"),
    good.replace(/computer=[^&]+/, "computer="),
  ]) {
    await page.goto(bad);
    await expect(page.getByText("Something is missing in this address.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Sign in the app" })).toHaveCount(0);
  }
  await look(page, "hand-over-bad");
  await window.end();
});

test("a window that asks anew gets who has just shown who they are", async ({ page }) => {
  const window = await Window.begin();
  await page.goto(window.page("&anew=true"));
  await signIn(page);
  await expect(page.getByText("Sign in the desktop app as Olga?")).toBeVisible();
  await staleFactor(page, "**/v1/sessions/hand-over", 1);
  await page.getByRole("button", { name: "Sign in the app" }).click();
  const dialog = page.getByRole("dialog", { name: "Is it still you?" });
  await dialog.getByLabel("Password").fill(OWNER.password);
  await dialog.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText("The window has heard.")).toBeVisible();
  expect((await window.landed()).get("code")).toMatch(/^lkh_/);
  await window.end();
});
