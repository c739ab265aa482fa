/** What every browser test stands on: the server's address, and a page that may not complain. */

import { test as base, expect } from "@playwright/test";
import { LOOKS_URL } from "./server";

export { expect };

/** What the browser and the router print of a refusal, or of a server that is gone. */
const ASKED_FOR =
  /^(Failed to load resource|OfflineError|TypeError: Failed to fetch dynamically imported module)/;

export const test = base.extend<{ complaints: string[] }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  baseURL: async ({}, use, { project }) => {
    const looks = project.name === "looks" ? process.env[LOOKS_URL] : undefined;
    await use(looks ?? process.env.LATCHKEY_E2E_URL);
  },
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => {
        // A refusal the test asked for is no complaint; what the policy blocks is one.
        const isRefusal = ASKED_FOR.test(message.text());
        if (message.type() === "error" && !isRefusal) complaints.push(message.text());
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});
