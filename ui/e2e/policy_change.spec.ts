/** Changing a policy: the sentence reads along, revisions are compared, licenses brought to the new one. */

import { request } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test } from "./test";

const SHOTS = "../target/screenshots/web";

test.describe.configure({ mode: "serial" });

let policy = "";
let license = "";

test.beforeAll(async ({ baseURL }) => {
  const api = await request.newContext({ baseURL: baseURL ?? "" });
  const post = async (path: string, data: object): Promise<string> => {
    const headers = { "Idempotency-Key": crypto.randomUUID() };
    const answer = await api.post(`/v1/${path}`, { data, headers });
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()).item.id;
  };
  const code = `orion-${crypto.randomUUID().slice(0, 8)}`;
  const product = await post("products", { name: `Orion ${code}`, code });
  const simulation = await post(`products/${product}/features`, { name: "Rendering", code: "r" });
  await post(`products/${product}/features`, { name: "Scripting", code: "s" });
  policy = await post("policies", {
    product_id: product,
    name: "Team",
    rules: {
      term: { kind: "months", months: 12 },
      seats_max: 3,
      node_locked: true,
      feature_ids: [simulation],
      license_file_days: 90,
    },
  });
  const customer = await post("customers", { name: "Orion Reederei" });
  license = await post("licenses", { customer_id: customer, policy_id: policy });
  await post("licenses", { customer_id: customer, policy_id: policy });
  for (const friendly_name of ["Brücke", "Maschinenraum", "Kombüse"]) {
    const machine_code = `${code}-${friendly_name}`;
    await post("activations", { license_id: license, machine_code, friendly_name });
  }
  await api.dispose();
});

test("the sentence of a policy follows every digit", async ({ page }) => {
  await page.goto(`/policies/${policy}`);
  await page.getByRole("button", { name: "Revise" }).click();
  const dialog = page.getByRole("dialog");
  const save = dialog.getByRole("button", { name: "Save as revision 2" });
  await expect(save).toHaveAccessibleDescription("Change a rule first.");
  const seats = dialog.getByRole("textbox", { name: "Seats" });
  await seats.fill("");
  await seats.pressSequentially("2");
  await expect(dialog).toContainText("1 year, 2 seats, node-locked");
  await dialog.getByText("Rendering", { exact: true }).click();
  await dialog.getByText("Scripting", { exact: true }).click();
  await expect(dialog).toContainText("with Scripting.");
  await expectAccessible(page);
  await save.click();
  await expect(page.getByText("Team is at revision 2 now.")).toBeVisible();

  // What becomes of the licenses that are out is asked at once; here they stay as they are.
  const next = page.getByRole("dialog", { name: "Bring licenses of Team to revision 2" });
  await next.getByText("None", { exact: true }).click();
  await next.getByRole("button", { name: "Leave them as they are" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("two revisions are compared side by side", async ({ page }) => {
  await page.goto(`/policies/${policy}?tab=revisions`);
  const table = page.getByRole("table", { name: "Two revisions compared" });
  await expect(table.getByRole("row", { name: /^Seats changed 3 2/ })).toBeVisible();
  await expect(table.getByRole("row", { name: /^Term same/ })).toBeVisible();
  await expect(table.getByText("taken out")).toBeVisible();
  await page.screenshot({ path: `${SHOTS}/policy-compare-light.png` });
  await expectAccessible(page);
  await table.getByRole("button", { name: /Earlier revision/ }).click();
  await page.getByRole("option", { name: /revision 2/ }).click();
  await expect(page).toHaveURL(/left=2/);
  await expect(table.getByText("changed")).toHaveCount(0);
});

test("what licenses would lose is said by name, and all of it is undone", async ({ page }) => {
  await page.goto(`/policies/${policy}`);
  await page.getByRole("button", { name: "Apply to licenses…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("2 licenses would take the newest revision, each")).toBeVisible();
  await dialog.getByText("All of them, now").click();
  await expect(dialog.getByText("2 licenses would lose seats.")).toBeVisible();
  await expect(dialog.getByText(/^1 seat in use would be given back/)).toBeVisible();
  await expect(dialog.getByText("Brücke gives its seat back")).toBeVisible();
  await expect(dialog.getByText("Loses Rendering").first()).toBeVisible();
  await page.screenshot({ path: `${SHOTS}/policy-apply-light.png` });
  await expectAccessible(page);

  await dialog.getByText("Chosen ones, now").click();
  const apply = dialog.getByRole("button", { name: /^Apply to/ });
  await expect(apply).toHaveAccessibleDescription("Choose a license first.");
  await dialog
    .getByRole("row", { name: /Brücke/ })
    .getByRole("checkbox")
    .press("Space");
  await dialog.getByRole("button", { name: "Apply to 1 license" }).click();
  await expect(page.getByText("1 license follows the newest revision now.")).toBeVisible();
  await page.getByRole("alertdialog").getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone.")).toBeVisible();
  await page.goto(`/licenses/${license}`);
  await expect(page.getByText("of 3 seats used")).toBeVisible();
});

test("from renewal on is kept with the license", async ({ page }) => {
  await page.goto(`/policies/${policy}`);
  await page.getByRole("button", { name: "Apply to licenses…" }).click();
  await page.getByRole("button", { name: "Apply to 2 licenses" }).click();
  await expect(
    page.getByText("2 licenses take the newest revision at their renewal."),
  ).toBeVisible();
  await page.goto(`/licenses/${license}`);
  await expect(page.getByText("it takes revision 2")).toBeVisible();
});
