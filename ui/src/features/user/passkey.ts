/** What the browser is asked: to make a passkey, and to answer with one. */

import {
  beginPasskey,
  beginPasskeySignIn,
  createPasskey,
  finishPasskeySignIn,
} from "../../api/passkey";
import { ProblemError } from "../../api/problem";
import type { Body } from "../../api/types";
import { m } from "../../paraglide/messages.js";

type Given = Body<"finish_passkey_sign_in">["answer"];

/** The browser's words are for programmers; it says no more than that nothing came of it. */
function said(error: unknown): unknown {
  if (!(error instanceof DOMException)) return error;
  const known = error.name === "InvalidStateError";
  return new ProblemError({
    status: 0,
    code: known ? "passkey_known" : "passkey_not_given",
    detail: known ? m.passkey_known() : m.passkey_not_given(),
  });
}

/** What the browser gave, in JSON. */
async function given(credential: Promise<Credential | null>): Promise<Given> {
  try {
    const found = await credential;
    // The schema says no more of it than that it is an object.
    if (found instanceof PublicKeyCredential) return found.toJSON() as unknown as Given;
  } catch (error) {
    throw said(error);
  }
  throw said(new DOMException("", "NotAllowedError"));
}

/** Has a passkey made, and adds it. */
export async function addPasskey(name: string) {
  const { options } = await beginPasskey();
  const { publicKey } = options as { publicKey?: PublicKeyCredentialCreationOptionsJSON };
  if (!publicKey) throw said(new DOMException());
  const answer = await given(
    navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey),
    }),
  );
  return createPasskey({ name, answer });
}

/** Signs in with a passkey; or, `anew`, shows with one that it is still them. */
export async function answerWithPasskey(anew: boolean) {
  const { options } = await beginPasskeySignIn({ anew });
  const { publicKey } = options as { publicKey?: PublicKeyCredentialRequestOptionsJSON };
  if (!publicKey) throw said(new DOMException());
  const answer = await given(
    navigator.credentials.get({
      publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey),
    }),
  );
  return finishPasskeySignIn({ answer });
}
