/** A customer's IT decides which machines are activated, and has idle seats freed. On a server of its own. */

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type APIRequestContext, request } from "@playwright/test";
import { expectNothingOutside, photograph } from "./look";
import { done, lookAt, OWNER, signIn } from "./portal";
import { Place } from "./server";
import { expect, test } from "./test";

// Several of these look at a page in every theme, or wait for the program's next look at idle seats.
test.describe.configure({ mode: "serial", timeout: 180_000 });

const NORA = { email: "nora@nordwind.example", password: "eight white swans" };
const VIKTOR = { email: "viktor@nordwind.example", password: "nine brown ducks" };
const SCRIPT = join(import.meta.dirname, "../../dist/collect/latchkey-collect.sh");
const DAY_MS = 24 * 3600 * 1000;

const run = promisify(execFile);

let place: Place;
let folder = "";
let server = "";
let customer = "";
let key = "";

/** Moves what the program has noted of time, while it does not run: nobody waits for a hundred days here. */
async function meanwhile(sql: string): Promise<void> {
  await place.stop();
  const program = [
    "import sqlite3, sys",
    "store = sqlite3.connect(sys.argv[1])",
    "store.execute(sys.argv[2])",
    "store.commit()",
  ].join("\n");
  await run("python3", ["-c", program, place.database, sql]);
  await place.serve("--listen", new URL(server).host);
}

/** What an app on a machine asks with nothing but the license key. */
async function app<T>(ask: (api: APIRequestContext) => Promise<T>): Promise<T> {
  const api = await request.newContext({
    baseURL: server,
    extraHTTPHeaders: { authorization: `License ${key}` },
  });
  try {
    return await ask(api);
  } finally {
    await api.dispose();
  }
}

const activate = (machine_code: string, friendly_name: string) =>
  app(async (api) => {
    const data = { license_key: key, machine_code, friendly_name };
    const answer = await api.post("/v1/activations", { data });
    return { status: answer.status(), body: await answer.json() };
  });

test.beforeAll(async () => {
  place = await Place.make();
  folder = await mkdtemp(join(tmpdir(), "latchkey-collected-"));
  const said = await place.run("init", "--email", OWNER.email, "--name", "Olga");
  const token = /\/welcome#(\S+)/.exec(said)?.[1] ?? "";
  server = await place.serve();
  const api = await request.newContext({ baseURL: server });
  await done(api, "/v1/invitations/accept", { token, password: OWNER.password });
  await done(api, "/v1/sign-in", { ...OWNER, kind: "browser" });
  const make = async (path: string, data: object) => (await done(api, `/v1/${path}`, data)).item;
  const product = await make("products", { name: "Atlas CAD", code: "atlas-cad" });
  const policy = await make("policies", {
    product_id: product.id,
    name: "Workshop",
    rules: {
      term: { kind: "perpetual" },
      seats_max: 9,
      node_locked: true,
      feature_ids: [],
      license_file_days: 90,
    },
  });
  customer = (await make("customers", { name: "Nordwind GmbH" })).id;
  const license = await make("licenses", { customer_id: customer, policy_id: policy.id });
  key = license.key;
  for (const [at, name] of ["Reception", "Drawing office", "Archive", "Workshop"].entries()) {
    const machine_code = `OLD-${at}`;
    await make("activations", { license_id: license.id, machine_code, friendly_name: name });
  }
  for (const [who, role] of [
    [NORA, "customer_admin"],
    [VIKTOR, "customer_viewer"],
  ] as const) {
    const invited = await make("users", {
      email: who.email,
      name: who.email.split("@")[0],
      role,
      customer_id: customer,
    });
    const anew = await request.newContext({ baseURL: server });
    const { password } = who;
    await done(anew, "/v1/invitations/accept", { token: invited.token, password });
    await anew.dispose();
  }
  await api.dispose();
});
test.afterAll(async () => {
  await place.remove();
  await rm(folder, { recursive: true, force: true });
});

test("only admitted machines are activated, and an unknown one is refused", async ({ page }) => {
  await page.goto(`${server}/admissions`);
  await signIn(page, NORA);
  await expect(page.getByText("Every machine may be activated", { exact: true })).toBeVisible();
  await lookAt(page, "admissions-open");
  await page.getByRole("button", { name: "Control activation" }).click();
  await expect(
    page.getByText("Only admitted machines are activated", { exact: true }),
  ).toBeVisible();
  // What is active is admitted with it.
  await expect(page.getByRole("table").getByText("Drawing office")).toBeVisible();

  const refused = await activate("GUEST-1", "Laptop of a guest");
  expect(refused.status).toBe(409);
  expect(refused.body.code).toBe("machine_not_admitted");
  expect(refused.body.fix).toContain("it waits in their list");
  await activate("GUEST-1", "Laptop of a guest");
  await page.reload();
  await page.getByRole("button", { name: "Show those that wait" }).click();
  const row = page.getByRole("row", { name: /Laptop of a guest/ });
  await expect(row).toContainText("2 times");
  await row.getByRole("checkbox").click();
  await lookAt(page, "admissions-waiting");
  const bar = page.getByRole("region", { name: "Selection" });
  await bar.getByRole("button", { name: "Refuse" }).click();
  await expect(page.getByText("1 machine is refused.").first()).toBeVisible();
  await expect(row).toHaveCount(0);
  expect((await activate("GUEST-1", "Laptop of a guest")).body.fix).not.toContain("waits");
  await page.reload();
  await expect(page.getByText(/to be admitted/)).toHaveCount(0);
});

test("the outputs of the collection script are dropped, and their machines admitted", async ({
  page,
}) => {
  // The machine that this test runs on is one of them, for real.
  const { stdout } = await run("sh", [SCRIPT, folder]);
  const mine = await readFile(stdout.trim());
  const [code = "", name = ""] = mine.toString().trim().split("\t");
  expect((await activate(code, name)).body.code).toBe("machine_not_admitted");

  await page.goto(`${server}/admissions/import`);
  await signIn(page, NORA);
  await expect(page.getByRole("heading", { name: "Admit machines from a list" })).toBeVisible();
  const script = page.waitForEvent("download");
  await page.getByRole("button", { name: "Windows" }).click();
  expect((await script).suggestedFilename()).toBe("latchkey-collect.ps1");
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose files" }).click();
  const text = { mimeType: "text/plain" };
  await (await chooser).setFiles([
    { ...text, name: "one.txt", buffer: mine },
    { ...text, name: "two.txt", buffer: Buffer.from("\uFEFFPC-2\tReading room", "utf16le") },
    { ...text, name: "three.txt", buffer: Buffer.from("PC-3\tBüro 3\r\n") },
  ]);
  await expect(page.getByText("3 files")).toBeVisible();
  await expect(page.getByRole("cell", { name: "PC-3", exact: true })).toBeVisible();
  await lookAt(page, "admission-import");
  await page.getByRole("button", { name: /^Apply/ }).click();
  await expect(page.getByText("3 machines are admitted.").first()).toBeVisible();
  expect((await activate(code, name)).status).toBe(200);
  expect((await activate("PC-3", "")).body.item.friendly_name).toBe("Büro 3");

  // One without a network never asks: it is given its seat by hand.
  await page.goto(`${server}/admissions?q=Reading`);
  const button = page.getByRole("button", { name: "Activate on a license: Reading room" });
  await button.click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox").fill(key.slice(0, 5));
  await page.getByRole("option").first().click();
  await photograph(page, "admission-activate");
  await dialog.getByRole("button", { name: "Activate" }).click();
  await expect(page.getByText("Reading room is activated.").first()).toBeVisible();
});

test("seats that nobody has used for 90 days are freed by reclaim", async ({ page }) => {
  await page.goto(`${server}/reclaim`);
  await signIn(page, NORA);
  await expect(page.getByText("Idle seats are not freed")).toBeVisible();
  await page.getByRole("button", { name: "Set up reclaim" }).click();
  const form = page.getByRole("dialog");
  await expect(form.getByRole("textbox", { name: "Idle for" })).toHaveValue("90");
  await photograph(page, "reclaim-form");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/freed after 90 idle days, with a warning of 14 days/)).toBeVisible();

  await meanwhile(
    `UPDATE activation SET last_seen_at = last_seen_at - ${100 * DAY_MS} WHERE machine_id IN
     (SELECT id FROM machine WHERE code IN ('OLD-0', 'OLD-1', 'OLD-2'))`,
  );
  const queue = page.getByRole("table", { name: "Which seats" });
  await expect(async () => {
    await page.goto(`${server}/reclaim`);
    await expect(queue.getByRole("row")).toHaveCount(4, { timeout: 2_000 });
  }).toPass();
  await expect(queue.getByRole("row", { name: /Reception/ })).toContainText("100 days");
  await lookAt(page, "reclaim-queue");

  await page.getByRole("button", { name: "Keep the seat of Archive" }).click();
  await expect(page.getByText("The seat of Archive is kept.").first()).toBeVisible();
  await expect(queue.getByRole("row")).toHaveCount(3);
  // The app on another one asks: it is told, and by asking keeps its seat.
  const told = await app(async (api) => {
    const data = { machine_code: "OLD-1", nonce: "0123456789abcdef0123456789abcdef" };
    return (await api.post("/v1/validate", { data })).json();
  });
  expect(told.valid).toBe(true);
  const days = (Date.parse(told.reclaim_at) - Date.now()) / DAY_MS;
  expect(Math.round(days)).toBe(14);
  await expect(async () => {
    await page.goto(`${server}/reclaim`);
    await expect(queue.getByRole("row")).toHaveCount(2, { timeout: 2_000 });
  }).toPass();

  await meanwhile(
    `UPDATE activation SET reclaim_at = ${Date.now() - 120_000} WHERE reclaim_at IS NOT NULL`,
  );
  await expect(async () => {
    await page.goto(`${server}/reclaim?show=freed`);
    await expect(queue.getByRole("row", { name: /Reception/ })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(queue.getByRole("row")).toHaveCount(2);
  await lookAt(page, "reclaim-freed");
  await queue.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone.").first()).toBeVisible();
  await expect(queue).toHaveCount(0);
  await page.getByText("Kept", { exact: true }).click();
  await expect(queue.getByRole("row", { name: /Archive/ })).toBeVisible();
  await page.getByRole("button", { name: "Switch off" }).click();
  await expect(page.getByText("Idle seats are not freed")).toBeVisible();
});

test("viewers look and change nothing, in German and on a phone", async ({ browser }) => {
  const context = await browser.newContext({
    locale: "de-DE",
    viewport: { width: 360, height: 740 },
  });
  const page = await context.newPage();
  await page.goto(`${server}/admissions`);
  await page.getByLabel("E-Mail", { exact: true }).fill(VIKTOR.email);
  await page.getByLabel("Passwort", { exact: true }).fill(VIKTOR.password);
  await page.getByRole("button", { name: "Anmelden" }).click();
  await expect(page.getByRole("heading", { name: "Zugelassene Geräte" })).toBeVisible();
  await expect(page.getByText("Nur zugelassene Geräte werden aktiviert")).toBeVisible();
  for (const name of ["Alle Geräte zulassen", "Zulassen", "Ablehnen"]) {
    await expect(page.getByRole("button", { name, exact: true })).toHaveCount(0);
  }
  await expectNothingOutside(page);
  await photograph(page, "admissions-german");
  await page.goto(`${server}/reclaim?show=kept`);
  await expect(page.getByText("Ungenutzte Plätze werden nicht frei gemacht")).toBeVisible();
  await expect(page.getByRole("row", { name: /Archive/ })).toBeVisible();
  for (const name of ["Rückholung einrichten", "Platz von Archive nicht behalten"]) {
    await expect(page.getByRole("button", { name })).toHaveCount(0);
  }
  await expectNothingOutside(page);
  await photograph(page, "reclaim-german");
  await context.close();
});

test("the vendor's support sees one customer's list, and may do the same", async ({ page }) => {
  await page.goto(`${server}/admissions?customer_id=${customer}`);
  await signIn(page, OWNER);
  await expect(
    page.getByText("Only admitted machines are activated", { exact: true }),
  ).toBeVisible();
  await expect(page.getByRole("table").getByText("Nordwind GmbH").first()).toBeVisible();
  await page.getByRole("button", { name: "Let every machine in" }).click();
  await expect(page.getByText("Every machine may be activated", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(
    page.getByText("Only admitted machines are activated", { exact: true }),
  ).toBeVisible();
});
