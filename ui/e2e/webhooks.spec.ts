/** A webhook: made, told of what happens, looked at, sent again, given another secret. On a server of its own. */

import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type APIRequestContext, type Page, request } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expectNothingOutside, photograph } from "./look";
import { look } from "./look_all";
import { Place } from "./server";
import { expect, test } from "./test";

test.describe.configure({ mode: "serial", timeout: 120_000 });

interface Message {
  headers: Record<string, string>;
  body: string;
}

let place: Place;
let server = "";
let receiver: Server;
let url = "";
let status = 204;
const messages: Message[] = [];
let secret = "";

/** The types of what has arrived, in order. */
const types = () => messages.map(({ body }) => JSON.parse(body).type);

test.beforeAll(async () => {
  receiver = createServer((asked, answer) => {
    let body = "";
    asked.on("data", (chunk) => {
      body += chunk;
    });
    asked.on("end", () => {
      messages.push({ headers: asked.headers as Record<string, string>, body });
      answer.writeHead(status).end(status < 300 ? "" : "not today");
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/latchkey`;
  place = await Place.make();
  server = await place.serve("--webhook-private-networks");
});
test.afterAll(async () => {
  await place.remove();
  receiver.close();
});

async function post(path: string, data: object): Promise<void> {
  const api: APIRequestContext = await request.newContext({ baseURL: server });
  const headers = { "Idempotency-Key": crypto.randomUUID() };
  const answer = await api.post(path, { data, headers });
  expect(answer.ok(), await answer.text()).toBe(true);
  await api.dispose();
}

/** As a receiver checks it, by docs/webhooks.md. */
function isSigned({ headers, body }: Message, key: string): boolean {
  const bytes = Buffer.from(key.replace(/^whsec_/, ""), "base64");
  const said = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const expected = `v1,${createHmac("sha256", bytes).update(said).digest("base64")}`;
  return (headers["webhook-signature"] ?? "").split(" ").includes(expected);
}

async function shownSecret(page: Page): Promise<string> {
  const dialog = page.getByRole("alertdialog", { name: "The webhook Shop", exact: true });
  await expect(dialog).toBeVisible();
  const shown = (await dialog.locator("code").first().textContent()) ?? "";
  expect(shown).toMatch(/^whsec_/);
  await dialog.getByRole("button", { name: "Done" }).click();
  return shown;
}

test("a webhook is made, and its secret is shown once", async ({ page }) => {
  await page.goto(`${server}/webhooks`);
  await expect(page.getByText("No webhooks yet")).toBeVisible();
  await look(page, "webhooks-empty");
  await page.getByRole("button", { name: "New webhook" }).click();
  const form = page.getByRole("dialog", { name: "New webhook" });
  await form.getByLabel("Name", { exact: true }).fill("Shop");
  await form.getByLabel("Address", { exact: true }).fill("http://shop.example/latchkey");
  await form.getByText("Chosen kinds").click();
  const create = form.getByRole("button", { name: "Create" });
  await expect(create).toHaveAttribute("aria-disabled", "true");
  await form.getByRole("checkbox", { name: "Customer", exact: true }).press("Space");
  await create.click();
  await expect(form.getByText(/events are sent by HTTPS/i).first()).toBeVisible();
  await photograph(page, "webhook-create");
  await expectAccessible(page);
  await form.getByLabel("Address", { exact: true }).fill(url);
  await create.click();
  secret = await shownSecret(page);
});

test("it is told of what happens, signed", async ({ page }) => {
  await post("/v1/customers", { name: "Nordwind" });
  await post("/v1/products", { code: "atlas", name: "Atlas" });
  await page.goto(`${server}/webhooks`);
  await page.getByRole("link", { name: "Shop" }).click();
  await page.getByRole("button", { name: "Send a test event" }).click();
  await expect.poll(types).toEqual(["customer.create", "webhook.test"]);
  expect(messages.every((message) => isSigned(message, secret))).toBe(true);
  expect(messages[0]?.body).not.toContain("Nordwind");
  await expect(page.getByRole("link", { name: "Customer created" })).toBeVisible();
  await expect(page.getByRole("cell", { name: "Delivered" }).first()).toBeVisible();
  await page.reload();
  await expect(page.getByRole("link", { name: "Webhook tested" })).toBeVisible();
  await look(page, "webhook");
});

test("a refused event is shown with the answer, and sent again on request", async ({ page }) => {
  status = 500;
  await post("/v1/customers", { name: "Westwind" });
  await expect.poll(types).toContain("customer.create");
  await page.goto(`${server}/webhooks`);
  await page.getByRole("link", { name: "Shop" }).click();
  await expect(page.getByRole("cell", { name: "Waiting" })).toBeVisible();
  await page
    .getByRole("button", { name: /^Attempts for entry/ })
    .first()
    .click();
  const attempts = page.getByRole("dialog", { name: "Attempts" });
  await expect(attempts.getByText("not today").first()).toBeVisible();
  await photograph(page, "webhook-attempts");
  await expectAccessible(page);
  await attempts.getByRole("button", { name: "Close", exact: true }).last().click();
  status = 200;
  const before = messages.length;
  await page
    .getByRole("button", { name: /^Send again: entry/ })
    .first()
    .click();
  await expect.poll(() => messages.length, { timeout: 20_000 }).toBeGreaterThan(before);
  await expect(page.getByRole("cell", { name: "Waiting" })).toBeHidden();
});

test("it gets another secret, and the one before signs as well", async ({ page }) => {
  await page.goto(`${server}/webhooks`);
  await page.getByRole("link", { name: "Shop" }).click();
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "New secret" }).click();
  const next = await shownSecret(page);
  expect(next).not.toBe(secret);
  const before = messages.length;
  await page.getByRole("button", { name: "Send a test event" }).click();
  await expect.poll(() => messages.length).toBeGreaterThan(before);
  const last = messages.at(-1) as Message;
  expect(isSigned(last, secret) && isSigned(last, next)).toBe(true);
});

test("it is paused, goes on with what happened meanwhile, and is removed", async ({ page }) => {
  await page.goto(`${server}/webhooks`);
  await page.getByRole("link", { name: "Shop" }).click();
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText("Paused", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Send a test event" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  const before = messages.length;
  await post("/v1/customers", { name: "Ostwind" });
  await page.getByRole("button", { name: "Turn on" }).click();
  await expect.poll(() => messages.length).toBe(before + 1);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  const confirm = page.getByRole("alertdialog", { name: "Remove this webhook?" });
  await confirm.getByRole("textbox").fill("Shop");
  await confirm.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("Removed", { exact: true })).toBeVisible();
  await page.goto(`${server}/webhooks`);
  await expect(page.getByText("No webhooks yet")).toBeVisible();
});

test("German, with everything in its place", async ({ browser }) => {
  const context = await browser.newContext({
    locale: "de-DE",
    viewport: { width: 360, height: 740 },
  });
  const page = await context.newPage();
  await post("/v1/webhooks", { name: "Laden", url: "https://laden.example/latchkey" });
  await page.goto(`${server}/webhooks`);
  await expect(page.getByRole("link", { name: "Laden" })).toBeVisible();
  await expectNothingOutside(page);
  await photograph(page, "webhooks-german");
  await page.getByRole("link", { name: "Laden" }).click();
  await expect(page.getByText("Zustellungen").first()).toBeVisible();
  await expectNothingOutside(page);
  await photograph(page, "webhook-german");
  await context.close();
});
