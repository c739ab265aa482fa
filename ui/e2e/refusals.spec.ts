/** What is refused says why, at the place where it can be mended. */

import { expectAccessible } from "./axe";
import { expect, test } from "./test";

test("a taken code is refused at its field, and nothing typed is lost", async ({ page }) => {
  await page.goto("/products?create=true");
  await page.getByLabel("Name", { exact: true }).fill("Atlas CAD");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Atlas CAD");
  await page.screenshot({ path: "../target/screenshots/web/product-refused-light.png" });
});

test("a record that is not there says so and offers to try again", async ({ page }) => {
  await page.goto("/licenses/lic_00000000000000000000000000");
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await page.screenshot({ path: "../target/screenshots/web/license-not-found-light.png" });
});

test("refusals speak German, with what the server said below", async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem("PARAGLIDE_LOCALE", "de"));
  await page.goto("/licenses/lic_00000000000000000000000000");
  await expect(page.getByRole("alert")).toContainText("Diese Lizenz gibt es nicht.");
  await expect(page.locator("[lang=en]")).toContainText("This license does not exist.");
  await expectAccessible(page);
  await page.screenshot({ path: "../target/screenshots/web/license-not-found-german.png" });
  await page.goto("/products?create=true");
  await page.getByLabel("Name", { exact: true }).fill("Atlas CAD");
  await page.getByRole("button", { name: "Anlegen", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("Ein anderes Produkt hat dieses Kürzel.");
  await expect(page.getByText("Ein anderes Produkt hat dieses Kürzel. (")).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: "../target/screenshots/web/product-refused-german.png" });
});

test("a server that is gone is said to be gone, and coming back is enough", async ({ page }) => {
  await page.goto("/products");
  await expect(page.getByRole("row", { name: /Atlas CAD/ })).toBeVisible();
  await page.route("**/v1/policies**", (route) => route.abort());
  await page.getByRole("link", { name: "Policies" }).click();
  await expect(page.getByText("The server cannot be reached.")).toBeVisible({ timeout: 20_000 });
  await page.screenshot({ path: "../target/screenshots/web/offline-light.png" });
  await page.unroute("**/v1/policies**");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("row", { name: /Standard/ })).toBeVisible();
});

test("revoking asks for the key to be typed", async ({ page }) => {
  await page.goto("/licenses");
  await page.getByRole("row").nth(2).click();
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Revoke" }).click();
  const confirm = page.getByRole("alertdialog");
  await expect(confirm.getByRole("button", { name: "Revoke" })).toBeDisabled();
  await confirm.getByLabel("Type it to confirm").fill("wrong");
  await expect(confirm.getByRole("button", { name: "Revoke" })).toBeDisabled();
  await page.screenshot({ path: "../target/screenshots/web/license-revoke-light.png" });
  await confirm.getByRole("button", { name: "Cancel" }).click();
});
