/** The browser tests. They start the real server on a store of their own; see `e2e/server.ts`. */

import { defineConfig } from "@playwright/test";

/** What looks at every page: on a store of its own, with demo data. */
const LOOKS = ["pages.spec.ts", "pseudo.spec.ts", "gallery.spec.ts"];

/** What starts servers of its own, and shares nothing with anything else. */
const APART = [
  "admissions.spec.ts",
  "approvals.spec.ts",
  "expiry_notices.spec.ts",
  "hand_over.spec.ts",
  "passkeys.spec.ts",
  "password_lost.spec.ts",
  "people.spec.ts",
  "portal.spec.ts",
  "reclaim.spec.ts",
  "resellers.spec.ts",
  "returns.spec.ts",
  "role_rules.spec.ts",
  "second_factor.spec.ts",
  "self_service.spec.ts",
  "sign_in_service.spec.ts",
  "sub_resellers.spec.ts",
  "webhooks.spec.ts",
];

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell";

export default defineConfig({
  testDir: "./e2e",
  outputDir: "../target/e2e",
  globalSetup: "./e2e/server.ts",
  fullyParallel: false,
  // Three at a time on two cores, for each waits now and then: files that share a store take turns.
  workers: 3,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // The second one is for what `cargo xtask test` says at its end.
  reporter: [["list"], ["json", { outputFile: "../target/e2e.json" }]],
  use: {
    locale: "en-US",
    timezoneId: "Europe/Berlin",
    viewport: { width: 1360, height: 860 },
    // No film of it: to draw each frame once more took a sixth of all the time.
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: true },
    screenshot: "only-on-failure",
    // Else an act on what never comes takes all of a test's time, and nothing says which act it was.
    actionTimeout: 30_000,
    launchOptions: {
      executablePath: CHROMIUM,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
      ],
    },
  },
  projects: [
    // The main job fills an empty store; what acts goes on with what it left.
    { name: "main-job", testMatch: "main_job.spec.ts", workers: 1 },
    {
      name: "acts",
      testIgnore: ["main_job.spec.ts", ...LOOKS, ...APART],
      dependencies: ["main-job"],
      workers: 1,
    },
    // Its store is its own. Projects that wait for nothing would hold up those that wait: so both wait.
    { name: "looks", testMatch: LOOKS, dependencies: ["main-job"], workers: 1 },
    { name: "apart", testMatch: APART, dependencies: ["main-job"] },
  ],
});
