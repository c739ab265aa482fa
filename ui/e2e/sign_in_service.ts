/** A real sign-in service for the tests, on a free port of this machine. It takes any password. */

import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

export const CLIENT_ID = "latchkey";

/** Who is known there: what they type as their login is what they are called. */
const PEOPLE: Record<string, { email: string; email_verified: boolean }> = {
  ada: { email: "ada@vendor.example", email_verified: true },
  "ada-again": { email: "ada@vendor.example", email_verified: true },
  bob: { email: "bob@vendor.example", email_verified: false },
  eve: { email: "eve@elsewhere.example", email_verified: true },
};

export class SignInService {
  readonly secret = randomUUID();

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
  ) {}

  /** Starts one that sends browsers back to this address. */
  static async start(back: string): Promise<SignInService> {
    const server = createServer();
    // Another name than the server under test has, so that it is another site to a browser.
    const issuer = `http://localhost:${await listening(server, "localhost")}`;
    const service = new SignInService(server, issuer);
    const provider = new Provider(issuer, {
      clients: [{ client_id: CLIENT_ID, client_secret: service.secret, redirect_uris: [back] }],
      claims: { openid: ["sub"], email: ["email", "email_verified"] },
      cookies: { keys: [randomUUID()] },
      pkce: { required: () => true },
      findAccount: (_: unknown, id: string) =>
        PEOPLE[id] && { accountId: id, claims: () => ({ sub: id, ...PEOPLE[id] }) },
    });
    server.on("request", provider.callback());
    return service;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

async function listening(server: Server, host: string): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return (server.address() as AddressInfo).port;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listening(server, "127.0.0.1");
  await new Promise((resolve) => server.close(resolve));
  return port;
}
