//! One question and its answer: asked with a fresh nonce, verified with the newest trust bundle that
//! can be had. Knows nothing of what was answered before.

use latchkey_verify::{ANSWER_SIGNATURE_HEADER, AnswerError};
use reqwest::header::HeaderName;
use serde_json::json;

use super::Client;
use crate::answer::Answer;
use crate::error::{Cause, Distrust};
use crate::http::{Call, Fault, Reply, header};
use crate::memory::{Memory, SignedAnswer, Trust};

const SIGNATURE: HeaderName = HeaderName::from_static(ANSWER_SIGNATURE_HEADER);

/// An answer from the server that was checked, and what it was checked with.
pub(super) struct Answered {
    pub(super) answer: Answer,
    pub(super) signed: SignedAnswer,
    pub(super) trust: Trust,
}

impl Client {
    /// A fresh answer, checked.
    pub(super) async fn ask(&self, nonce: String) -> Result<Answered, Fault> {
        let recalled = self.at_disk(Memory::recall).await;
        let kept = recalled.ok().and_then(|recalled| recalled.trust);
        let asked = self.0.memory.asked();
        let body = json!({
            "license_key": asked.license_key,
            "machine_code": asked.machine_code,
            "nonce": nonce,
        });
        let call = Call {
            path: &["v1", "validate"],
            body: Some(body.to_string().into_bytes()),
            idempotency_key: None,
        };
        let reply = self.0.http.send(call).await.map_err(no_answer)?;
        let answered = self.check(reply, kept).await?;
        answered.answer.is_to(&nonce).map_err(untrusted)?;
        Ok(answered)
    }

    /// Checks who has signed. A bundle that is a day old is asked for again in passing, so that a key
    /// declared compromised is heard of; one that does not know the signer must be.
    async fn check(&self, reply: Reply, kept: Option<Trust>) -> Result<Answered, Fault> {
        let received_at = self.now();
        let signature = header(&reply.headers, &SIGNATURE)
            .ok_or(untrusted(Distrust::Unsigned))?
            .to_owned();
        let body = String::from_utf8(reply.body).map_err(|_| untrusted(Distrust::Unreadable))?;
        let asked = self.0.memory.asked();
        let read = |trust: &Trust| Answer::read(body.as_bytes(), &signature, &trust.bundle, asked);
        let mut fresh = false;
        let mut trust = match kept {
            Some(kept) if kept.is_fresh(received_at) => kept,
            kept => match (self.fetch_trust(kept.as_ref()).await, kept) {
                (Ok(fetched), _) => {
                    fresh = true;
                    fetched
                }
                (Err(fault), Some(kept)) if fault != untrusted(Distrust::RootCompromised) => kept,
                (Err(fault), _) => return Err(fault),
            },
        };
        let mut answer = read(&trust);
        if !fresh
            && matches!(
                answer,
                Err(Distrust::Signature(AnswerError::UnknownKey { .. }))
            )
        {
            trust = self.fetch_trust(Some(&trust)).await?;
            answer = read(&trust);
        }
        let answer = answer.map_err(untrusted)?;
        let signed = SignedAnswer {
            received_at,
            body,
            signature,
        };
        Ok(Answered {
            answer,
            signed,
            trust,
        })
    }

    /// The server's trust bundle, verified, no older than the one that is kept, and kept from now on.
    async fn fetch_trust(&self, kept: Option<&Trust>) -> Result<Trust, Fault> {
        let call = Call {
            path: &["v1", "trust-bundle"],
            body: None,
            idempotency_key: None,
        };
        let reply = self.0.http.send(call).await?;
        let fetched = Trust::read(reply.body, self.0.memory.root(), self.now());
        let fetched = fetched.map_err(untrusted)?;
        if kept.is_some_and(|kept| fetched.bundle.issued_at < kept.bundle.issued_at) {
            return Err(untrusted(Distrust::BundleOlder));
        }
        let learned = fetched.clone();
        // Without a thread to do it, the program is ending.
        let _ = self.at_disk(move |memory| memory.learn(&learned)).await;
        Ok(fetched)
    }
}

/// A question changes nothing, so what stands against answering it is in the server's own state, such
/// as a missing key: then there is no answer, and nothing was wrong with the question.
fn no_answer(fault: Fault) -> Fault {
    match fault {
        Fault::Refused(problem) if problem.status == 409 => Fault::Away(Cause::Status {
            status: problem.status,
            detail: Some(problem.detail),
        }),
        fault => fault,
    }
}

fn untrusted(distrust: Distrust) -> Fault {
    Fault::Away(Cause::Untrusted(distrust))
}
