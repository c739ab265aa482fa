/** A day is the day where the person is, also where clocks are put forward or back on it. */

import { type APIRequestContext, request } from "@playwright/test";
import { longNames } from "./records";
import { expect, test } from "./test";

/** Days in order, each with its first moment there. Two of them have 23 and 25 hours. */
const ZONES: Record<string, [string, string, string][]> = {
  "Pacific/Auckland": [
    ["2028-04-02", "Apr 2, 2028", "2028-04-01T11:00:00.000Z"],
    ["2028-04-03", "Apr 3, 2028", "2028-04-02T12:00:00.000Z"],
    ["2028-09-24", "Sep 24, 2028", "2028-09-23T12:00:00.000Z"],
    ["2028-09-25", "Sep 25, 2028", "2028-09-24T11:00:00.000Z"],
  ],
  "America/Los_Angeles": [
    ["2028-03-12", "Mar 12, 2028", "2028-03-12T08:00:00.000Z"],
    ["2028-03-13", "Mar 13, 2028", "2028-03-13T07:00:00.000Z"],
    ["2028-11-05", "Nov 5, 2028", "2028-11-05T07:00:00.000Z"],
    ["2028-11-06", "Nov 6, 2028", "2028-11-06T08:00:00.000Z"],
  ],
};

for (const [zone, days] of Object.entries(ZONES)) {
  test.describe(zone, () => {
    test.use({ timezoneId: zone });

    let api: APIRequestContext;
    let license = "";
    test.beforeAll(async ({ baseURL }) => {
      api = await request.newContext({ baseURL: baseURL ?? "" });
      license = (await longNames(baseURL)).licenses ?? "";
    });
    test.afterAll(() => api.dispose());

    test("a day that is typed is the day that is kept and shown", async ({ page }) => {
      await page.goto(`/licenses/${license}`);
      for (const [day, shown, moment] of days) {
        await page.getByRole("button", { name: "Renew", exact: true }).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByRole("spinbutton").first().click();
        const [year, month, date] = day.split("-");
        await page.keyboard.type(`${month}${date}${year}`);
        await dialog.getByRole("button", { name: "Renew", exact: true }).click();
        await expect(page.getByText(`The license is valid until ${shown}.`)).toBeVisible();
        const kept = await (await api.get(`/v1/licenses/${license}`)).json();
        expect(kept.expires_at).toBe(moment);
        await expect(page.getByText(`${shown}, 12:00:00 AM`).first()).toBeVisible();
        await page.getByRole("button", { name: "Close" }).first().click();
      }
    });

    test("a day in the address asks for its first moment", async ({ page }) => {
      for (const [day, , moment] of days) {
        const asked = page.waitForRequest((of) =>
          /v1\/activations.*not_seen_since=/.test(of.url()),
        );
        await page.goto(`/activations?not_seen_since=${day}`);
        const query = new URL((await asked).url()).searchParams;
        expect(query.get("not_seen_since")).toBe(moment);
      }
    });
  });
}
