/**
 * Starts the program twice, each on a store in a folder of its own, and stops it afterwards: an
 * empty one for what acts, and one with demo data for what looks. With `LATCHKEY_E2E_URL` set, all
 * tests run against what is there already.
 */

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** The program that is tested. */
export const PROGRAM =
  process.env.LATCHKEY_PROGRAM ?? join(import.meta.dirname, "../../target/debug/latchkey");
const START_MS = 60_000;

/** A store in a folder of its own. */
export class Place {
  private server: ChildProcess | undefined;

  private constructor(private readonly folder: string) {}

  static async make(): Promise<Place> {
    const place = new Place(await mkdtemp(join(tmpdir(), "latchkey-e2e-")));
    await writeFile(place.passphrase, "correct horse battery staple\n", { mode: 0o600 });
    return place;
  }

  private get passphrase(): string {
    return join(this.folder, "passphrase");
  }

  private get store(): string[] {
    const url = `sqlite:${this.database}`;
    return ["--store", url, "--passphrase-file", this.passphrase];
  }

  /** Runs a command on the store to its end, and answers what it printed. */
  async run(command: string, ...args: string[]): Promise<string> {
    const done = await promisify(execFile)(PROGRAM, [command, ...this.store, ...args]);
    return done.stdout;
  }

  /** Where letters are put, if it was served with `--mail` for this folder. */
  get letters(): string {
    return this.folder;
  }

  /** Serves the store, and answers where. */
  async serve(...more: string[]): Promise<string> {
    const listen = more.includes("--listen") ? [] : ["--listen", "127.0.0.1:0"];
    const args = ["serve", ...this.store, ...listen, ...more];
    this.server = spawn(PROGRAM, args, { stdio: ["ignore", "pipe", "inherit"] });
    return address(this.server);
  }

  /** The store's file, for what a clock would have to be moved for. Only while nothing is served. */
  get database(): string {
    return join(this.folder, "e2e.db");
  }

  /** Stops serving. */
  async stop(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    if (server) {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGTERM");
      await ended;
    }
  }

  /** Stops serving, and removes everything. */
  async remove(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Where what looks is served, if not where what acts is. */
export const LOOKS_URL = "LATCHKEY_E2E_LOOKS_URL";

export default async function start(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.LATCHKEY_E2E_URL) return undefined;
  const [acts, looks] = [await Place.make(), await Place.make()];
  await looks.run("seed", "--licenses", "100");
  process.env.LATCHKEY_E2E_URL = await acts.serve();
  process.env[LOOKS_URL] = await looks.serve();
  return async () => {
    await Promise.all([acts.remove(), looks.remove()]);
  };
}

function address(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("The server did not start in time.")), START_MS);
    let said = "";
    server.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const found = /listening on (http:\/\/\S+)/.exec(said)?.[1];
      if (!found) return;
      clearTimeout(late);
      resolve(found);
    });
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`The server ended with ${code}: ${said}`)));
  });
}
