/** What an authenticator app does (RFC 6238), for a secret as it is shown. */

import { createHmac } from "node:crypto";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP_MS = 30_000;

/** Shows codes, and none twice: after one that was used comes that of the next step. */
export class Authenticator {
  private readonly key: Buffer;
  private used = 0;

  constructor(secret: string) {
    const letters = [...secret.replaceAll(" ", "")];
    const bits = letters.map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0"));
    const bytes = bits.join("").match(/.{8}/g) ?? [];
    this.key = Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
  }

  code(): string {
    this.used = Math.max(this.used + 1, Math.floor(Date.now() / STEP_MS));
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(this.used));
    const hash = createHmac("sha1", this.key).update(counter).digest();
    const offset = (hash.at(-1) ?? 0) & 15;
    const number = hash.readUInt32BE(offset) & 0x7fffffff;
    return String(number % 1_000_000).padStart(6, "0");
  }
}
