/** A license file dropped anywhere shows what it grants, and the address leads back to it. */

import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test } from "./test";

/**
 * Drops a file on the page, as a file manager does, until it is taken: what takes it is loaded
 * after the page.
 */
async function dropUntil(page: Page, name: string, content: string, says: string): Promise<void> {
  await expect(async () => {
    await drop(page, name, content);
    await expect(page.getByText(says)).toBeVisible({ timeout: 1_500 });
  }).toPass();
}

async function drop(page: Page, name: string, content: string): Promise<void> {
  const files = await page.evaluateHandle(
    ([fileName, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text], fileName));
      return data;
    },
    [name, content] as const,
  );
  for (const event of ["dragenter", "dragover", "drop"]) {
    await page.dispatchEvent("main", event, { dataTransfer: files });
  }
}

test("a license file dropped on any page is verified, and going back leaves it", async ({
  page,
  request,
}) => {
  const listed = await (await request.get("/v1/license-files?limit=1")).json();
  const content = await request.get(`/v1/license-files/${listed.items[0].id}/content`);
  await page.goto("/customers");
  await expect(page.getByRole("heading", { name: "Customers" })).toBeVisible();
  const address = page.url();
  await dropUntil(page, "Nordwind.LKL", await content.text(), "This file is genuine and valid");
  await expect(page.getByText("Nordwind.LKL")).toBeVisible();
  await expect(page).toHaveURL(/license-files\/verify\?opened=/);
  await expect(page.getByRole("link", { name: "Open the license" })).toBeVisible();
  await expectAccessible(page);

  await dropUntil(page, "broken.lkl", "{}", "This file is refused");
  await page.goBack();
  await expect(page.getByText("This file is genuine and valid")).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(address);
});

test("a file of another kind leaves the page as it is", async ({ page }) => {
  await page.goto("/customers");
  await expect(page.getByRole("heading", { name: "Customers" })).toBeVisible();
  await drop(page, "customers.csv", "name\nNordwind\n");
  await expect(page).toHaveURL(/\/customers$/);
});
