/**
 * Starts the program on an empty store in a folder of its own, and stops it afterwards. With
 * `LATCHKEY_E2E_URL` set, the tests run against what is there already.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROGRAM =
  process.env.LATCHKEY_PROGRAM ?? join(import.meta.dirname, "../../target/debug/latchkey");
const START_MS = 60_000;

export default async function start(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.LATCHKEY_E2E_URL) return undefined;
  const folder = await mkdtemp(join(tmpdir(), "latchkey-e2e-"));
  const passphrase = join(folder, "passphrase");
  await writeFile(passphrase, "correct horse battery staple\n", { mode: 0o600 });
  const server = spawn(
    PROGRAM,
    [
      "serve",
      "--store",
      `sqlite:${join(folder, "e2e.db")}`,
      "--listen",
      "127.0.0.1:0",
      "--passphrase-file",
      passphrase,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  process.env.LATCHKEY_E2E_URL = await address(server);
  return async () => {
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
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
