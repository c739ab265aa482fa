/** Copies those photographs of the browser tests that the documents show to `docs/pictures`. Run it after the tests. */

import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

const FROM = join(import.meta.dirname, "../../target/screenshots/web");
const TO = join(import.meta.dirname, "../../docs/pictures");

const PICTURES = [
  "portal-seats",
  "portal-bulk",
  "reclaim-queue",
  "admissions-waiting",
  "receipt-bring",
  "usage",
  "customer-timeline",
  "reseller-templates",
  "template-issue",
  "reseller-statement",
  "reseller-below",
];

mkdirSync(TO, { recursive: true });
for (const name of PICTURES) copyFileSync(join(FROM, `${name}-light.png`), join(TO, `${name}.png`));
