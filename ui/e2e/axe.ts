/** Asks axe whether a page can be used by everybody. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type { AxeResults, ElementContext, RunOptions } from "axe-core";
import { expect } from "./test";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Axe {
  run: (context: ElementContext, options: RunOptions) => Promise<AxeResults>;
}

/** All of axe's rules, and that targets are large enough, which it leaves out unless asked. */
const RULES: RunOptions = { rules: { "target-size": { enabled: true } } };

/** Where all is well is not told: to write a selector for each such element takes longer than to judge it. */
const TOLD: RunOptions = { resultTypes: ["violations"] };

export interface Asked {
  /** One thing more than axe asks of all pages. */
  only?: string[];
  /** Selectors of the parts that are looked at; the whole page without them. */
  within?: string[];
}

export async function expectAccessible(page: Page, { only, within }: Asked = {}): Promise<void> {
  // What is to be looked at may still be opening.
  for (const part of within ?? []) await expect(page.locator(part).first()).toBeVisible();
  // Evaluated, not added as a script: the content security policy would rightly refuse that.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  const results = await page.evaluate(
    ({ include, options }) => {
      const { axe } = window as unknown as { axe: Axe };
      return axe.run(include ? { include } : document, options);
    },
    { include: within, options: { ...TOLD, ...(only ? { runOnly: only } : RULES) } },
  );
  const findings = results.violations.map((violation) => ({
    rule: violation.id,
    help: violation.help,
    where: violation.nodes.map((node) => `${node.target.join(" ")} ${node.failureSummary ?? ""}`),
  }));
  expect(findings).toEqual([]);
}
