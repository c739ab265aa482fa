/** A license is taken to a basement without a network, and brought back. On a server of its own. */

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { request } from "@playwright/test";
import { accept, done, invite, lookAt, OWNER, signIn } from "./portal";
import { Place, PROGRAM } from "./server";
import { expect, test } from "./test";

// Several of these look at a page in every theme.
test.describe.configure({ mode: "serial", timeout: 120_000 });

const NORA = { email: "nora@nordwind.example", password: "eight white swans" };

let place: Place;
/** The machine in the basement. */
let basement = "";
let server = "";
let customer = "";
let license = "";
let seat = "";

/** What the machine does by itself, without a network. */
const machine = async (...args: string[]) =>
  (await promisify(execFile)(PROGRAM, args, { cwd: basement })).stdout.trim();

test.beforeAll(async () => {
  place = await Place.make();
  basement = await mkdtemp(join(tmpdir(), "latchkey-basement-"));
  const said = await place.run("init", "--email", OWNER.email, "--name", "Olga");
  const token = /\/welcome#(\S+)/.exec(said)?.[1] ?? "";
  server = await place.serve();
  const api = await request.newContext({ baseURL: server });
  await done(api, "/v1/invitations/accept", { token, password: OWNER.password });
  await done(api, "/v1/sign-in", { ...OWNER, kind: "browser" });
  const make = async (path: string, data: object) =>
    (await done(api, `/v1/${path}`, data)).item.id as string;
  const product = await make("products", { name: "Atlas CAD", code: "atlas-cad" });
  const policy = await make("policies", {
    product_id: product,
    name: "Workshop",
    rules: {
      term: { kind: "perpetual" },
      seats_max: 4,
      node_locked: true,
      feature_ids: [],
      license_file_days: 90,
      returns: { max: 2, days: 365 },
    },
  });
  customer = await make("customers", { name: "Nordwind GmbH" });
  license = await make("licenses", { customer_id: customer, policy_id: policy });
  const machines = ["CAD-07", "CAD-08", "CAD-09", "CAD-10"];
  for (const [at, code] of machines.entries()) {
    const friendly_name = at === 0 ? "Basement" : `Office ${at}`;
    const id = await make("activations", {
      license_id: license,
      machine_code: code,
      friendly_name,
    });
    if (at === 0) seat = id;
  }
  const root = await (await api.get("/v1/root-key")).json();
  await writeFile(join(basement, "root.pem"), root.pem);
  await api.dispose();
});
test.afterAll(async () => {
  await place.remove();
  await rm(basement, { recursive: true, force: true });
});

test("the vendor limits returns in the policy, and reads it as a sentence", async ({ page }) => {
  await page.goto(`${server}/customers/${customer}?tab=people`);
  await signIn(page, OWNER);
  await page.getByRole("button", { name: "Invite somebody" }).click();
  await page.getByRole("button", { name: /Role/ }).click();
  await page.getByRole("option", { name: "Customer administrator" }).click();
  const link = await invite(page, NORA.email, "Nora");
  await page.goto(`${server}/policies`);
  await page.getByText("Workshop").first().click();
  await page.getByRole("button", { name: "Revise" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("at most 2 returns in 365 days");
  await dialog.getByRole("textbox", { name: "Returns" }).fill("3");
  await expect(dialog).toContainText("at most 3 returns in 365 days");
  await dialog.getByText("Limit on returns").click();
  await expect(dialog).not.toContainText("returns in 365 days");
  await dialog.getByText("Limit on returns").click();
  await lookAt(page, "policy-returns");
  await dialog.getByText("Has a price").click();
  await dialog.getByLabel("Price", { exact: true }).fill("490,50");
  await expect(dialog).toContainText("€490.50 for each seat");
  await dialog.getByText("The license", { exact: true }).click();
  await expect(dialog).toContainText("€490.50 for the license");
  await lookAt(page, "policy-price");
  await accept(page, link, NORA.password);
  await expect(page.getByRole("heading", { name: "Activations", level: 1 })).toBeVisible();
});

test("a license is taken to a basement without a network and brought back", async ({ page }) => {
  const key = await machine("machine-key", "machine.pem");
  await page.goto(`${server}/activations/${seat}`);
  await signIn(page, NORA);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Bind machine key" }).click();
  await page.getByRole("textbox", { name: "Machine key" }).fill(key);
  await page.getByRole("dialog").getByRole("button", { name: "Bind key" }).click();
  await expect(page.getByText("License files for Basement are bound to its key")).toBeVisible();

  await page.goto(`${server}/licenses/${license}`);
  await page.getByRole("button", { name: "Export license file" }).click();
  await page
    .getByRole("dialog")
    .getByRole("checkbox", { name: /Basement/ })
    .press("Space");
  const exported = page.waitForEvent("download");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /Export/ })
    .click();
  await (await exported).saveAs(join(basement, "atlas.lkl"));

  expect(await machine("verify", "atlas.lkl", "--root", "root.pem")).toContain("valid:");
  const args = ["atlas.lkl", "--key", "machine.pem", "--root", "root.pem"];
  const told = await machine("return", ...args);
  expect(told).toContain("returned:");
  const code = /return code: (\S+)/.exec(told)?.[1] ?? "";
  const receipt = await readFile(join(basement, "atlas.lkr"), "utf8");

  await page.goto(`${server}/activations`);
  await page.getByRole("button", { name: "Bring back a receipt" }).click();
  const dialog = page.getByRole("dialog");
  await lookAt(page, "receipt-bring");
  // One letter is wrong, as when it was typed; it says so, and nothing is lost.
  await dialog.getByLabel("Or paste its text").fill(receipt.replace(/"sig":"./, '"sig":"_'));
  await dialog.getByRole("button", { name: "Free the seat" }).click();
  await expect(dialog.getByText(/signature/).first()).toBeVisible();
  await dialog.getByLabel("Or paste its text").fill(receipt);
  const kept = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Free the seat" }).click();
  await expect(page.getByText("Basement has given its license back.")).toBeVisible();
  expect((await kept).suggestedFilename()).toMatch(/\.lkr$/);

  // Twice is once too often, also as the code that the machine shows; and a slip of the tongue is told from that.
  await page.getByRole("button", { name: "Bring back a receipt" }).click();
  for (const again of [receipt, code.toLowerCase().replaceAll("-", " ")]) {
    await dialog.getByLabel("Or paste its text").fill(again);
    await dialog.getByRole("button", { name: "Free the seat" }).click();
    await expect(dialog.getByText(/was given back .* already/).first()).toBeVisible();
  }
  await dialog
    .getByLabel("Or paste its text")
    .fill(code.replace(/^./, code[0] === "7" ? "8" : "7"));
  await dialog.getByRole("button", { name: "Free the seat" }).click();
  await expect(dialog.getByText(/typing error/).first()).toBeVisible();
});

test("a machine that shows up again is marked, and returns are counted", async ({ page }) => {
  await page.goto(`${server}/licenses/${license}`);
  await signIn(page, NORA);
  await expect(page.getByText("1 of 2 used")).toBeVisible();
  await expect(page.getByText(/One is free again on/)).toBeVisible();
  await lookAt(page, "license-returns");
  const shown = await (await page.request.get(`${server}/v1/licenses/${license}`)).json();
  const asked = await request.newContext();
  const answer = await asked.post(`${server}/v1/validate`, {
    headers: { authorization: `License ${shown.key}` },
    data: { machine_code: "CAD-07", nonce: "0123456789abcdef0123456789abcdef" },
  });
  expect((await answer.json()).refusal.code).toBe("machine_returned");
  await asked.dispose();
  await expect(async () => {
    await page.goto(`${server}/activations/${seat}`);
    await expect(page.getByText("Seen again after its license was given back")).toBeVisible();
  }).toPass();
  await lookAt(page, "activation-returned");
  await page.getByRole("button", { name: /^QR code of rcp_/ }).click();
  await expect(page.getByRole("img", { name: /^QR code of rcp_/ })).toBeVisible();
  await lookAt(page, "receipt-qr");

  // Two more than are left: the dry run says what the limit is against.
  await page.goto(`${server}/activations?state=active`);
  await page.getByRole("table").getByRole("checkbox").first().click();
  await page.getByRole("button", { name: /Select all/ }).click();
  const bar = page.getByRole("region", { name: "Selection" });
  await bar.getByRole("button", { name: "Deactivate" }).click();
  await expect(page.getByRole("dialog")).toContainText("2 of 2 returns in 365 days are used");
  await lookAt(page, "returns-bulk");
});
