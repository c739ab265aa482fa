/** A customer with a license, four machines and two people, on a server of its own. */

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type APIRequestContext, type Page, request } from "@playwright/test";
import { done, OWNER } from "./portal";
import { Place } from "./server";

export const NORA = { email: "nora@nordwind.example", password: "eight white swans" };
export const VIKTOR = { email: "viktor@nordwind.example", password: "nine brown ducks" };
export const DAY_MS = 24 * 3600 * 1000;

export const run = promisify(execFile);

export class Workshop {
  private constructor(
    private readonly place: Place,
    readonly server: string,
    readonly customer: string,
    readonly key: string,
  ) {}

  static async open(): Promise<Workshop> {
    const place = await Place.make();
    const said = await place.run("init", "--email", OWNER.email, "--name", "Olga");
    const token = /\/welcome#(\S+)/.exec(said)?.[1] ?? "";
    const server = await place.serve();
    const api = await request.newContext({ baseURL: server });
    await done(api, "/v1/invitations/accept", { token, password: OWNER.password });
    await done(api, "/v1/sign-in", { ...OWNER, kind: "browser" });
    const make = async (path: string, data: object) => (await done(api, `/v1/${path}`, data)).item;
    const product = await make("products", { name: "Atlas CAD", code: "atlas-cad" });
    const policy = await make("policies", {
      product_id: product.id,
      name: "Workshop",
      rules: {
        term: { kind: "perpetual" },
        seats_max: 9,
        node_locked: true,
        feature_ids: [],
        license_file_days: 90,
      },
    });
    const customer = (await make("customers", { name: "Nordwind GmbH" })).id;
    const license = await make("licenses", { customer_id: customer, policy_id: policy.id });
    for (const [at, name] of ["Reception", "Drawing office", "Archive", "Workshop"].entries()) {
      const machine_code = `OLD-${at}`;
      await make("activations", { license_id: license.id, machine_code, friendly_name: name });
    }
    for (const [who, role] of [
      [NORA, "customer_admin"],
      [VIKTOR, "customer_viewer"],
    ] as const) {
      const invited = await make("users", {
        email: who.email,
        name: who.email.split("@")[0],
        role,
        customer_id: customer,
      });
      const anew = await request.newContext({ baseURL: server });
      const { password } = who;
      await done(anew, "/v1/invitations/accept", { token: invited.token, password });
      await anew.dispose();
    }
    await api.dispose();
    return new Workshop(place, server, customer, license.key);
  }

  close = () => this.place.remove();

  /** What an app on a machine asks with nothing but the license key. */
  async app<T>(ask: (api: APIRequestContext) => Promise<T>): Promise<T> {
    const api = await request.newContext({
      baseURL: this.server,
      extraHTTPHeaders: { authorization: `License ${this.key}` },
    });
    try {
      return await ask(api);
    } finally {
      await api.dispose();
    }
  }

  activate = (machine_code: string, friendly_name: string) =>
    this.app(async (api) => {
      const data = { license_key: this.key, machine_code, friendly_name };
      const answer = await api.post("/v1/activations", { data });
      return { status: answer.status(), body: await answer.json() };
    });

  /** Moves what the program has noted of time, while it does not run: nobody waits for a hundred days here. */
  async meanwhile(sql: string): Promise<void> {
    await this.place.stop();
    const program = [
      "import sqlite3, sys",
      "store = sqlite3.connect(sys.argv[1])",
      "store.execute(sys.argv[2])",
      "store.commit()",
    ].join("\n");
    await run("python3", ["-c", program, this.place.database, sql]);
    await this.place.serve("--listen", new URL(this.server).host);
  }
}

/** Viktor, who only looks, signs in to a page in German. */
export async function inGerman(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByLabel("E-Mail", { exact: true }).fill(VIKTOR.email);
  await page.getByLabel("Passwort", { exact: true }).fill(VIKTOR.password);
  await page.getByRole("button", { name: "Anmelden" }).click();
}
