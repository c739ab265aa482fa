/** What people do on a server of their own: coming in, inviting one another, and being looked at. */

import type { APIRequestContext, Page } from "@playwright/test";
import { look } from "./look_all";
import { expect } from "./test";

export const OWNER = { email: "olga@vendor.example", password: "seven grey geese" };

/** Sends a command that has to work. */
export async function done(api: APIRequestContext, path: string, data: object) {
  const answer = await api.post(path, { data });
  expect(answer.status(), await answer.text()).toBe(200);
  return answer.json();
}

export async function signIn(page: Page, { email, password }: typeof OWNER): Promise<void> {
  await page.getByLabel("E-mail", { exact: true }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Invites somebody in the dialog that is open, and answers their link. */
export async function invite(page: Page, email: string, name: string): Promise<string> {
  await page.getByLabel("E-mail", { exact: true }).fill(email);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("dialog").getByRole("button", { name: "Invite somebody" }).click();
  const told = page.getByRole("dialog", { name: `The invitation of ${name}` });
  const link = (await told.getByText(/\/welcome#lki_/).textContent()) ?? "";
  await told.getByRole("button", { name: "Done" }).click();
  return link;
}

export async function accept(page: Page, link: string, password: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: "Choose and sign in" }).click();
}

/** The widget library tells listeners of a button's work for some seconds, by a name that may be gone. */
export async function nothingAnnounced(page: Page): Promise<void> {
  await expect(page.locator("[data-live-announcer] [role=img]")).toHaveCount(0);
}

export async function lookAt(page: Page, name: string): Promise<void> {
  await nothingAnnounced(page);
  await look(page, name);
}

/**
 * Refuses the first commands to an address as the server does when the last factor is too old. Five minutes are not
 * waited for here: the rule is tested with a clock that is moved.
 */
export async function staleFactor(page: Page, address: string, times: number): Promise<void> {
  let left = times;
  await page.route(address, (route) => {
    if (route.request().method() !== "POST" || left === 0) return route.continue();
    left -= 1;
    return route.fulfill({
      status: 403,
      contentType: "application/problem+json",
      json: {
        type: "/problems/factor_stale",
        title: "Forbidden",
        status: 403,
        code: "factor_stale",
        detail: "You last signed in 25 minutes ago; this needs you to show again who you are.",
        fix: null,
        errors: [],
        context: null,
      },
    });
  });
}
