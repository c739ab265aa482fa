//! Posting a message once.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use latchkey_app::webhook::{Message, PostMessages, Posted, Receipt};
use latchkey_domain::limits::{WEBHOOK_ANSWER_BYTES_MAX, WEBHOOK_TIMEOUT_SECONDS};
use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;

use crate::network::Allowed;

/// There is no way to post anything.
#[derive(Debug, thiserror::Error)]
#[error("messages cannot be posted")]
pub struct PosterError(#[source] reqwest::Error);

/// The receiver's address is not one that messages go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the receiver's network address is private, and this server does not send there")]
struct Unreachable;

/// Looks names up, and answers only addresses that messages may go to.
struct Judge(Allowed);

impl Resolve for Judge {
    fn resolve(&self, name: Name) -> Resolving {
        let allowed = self.0;
        Box::pin(async move {
            let found: Vec<SocketAddr> =
                tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let (any, mut found) = (!found.is_empty(), found);
            found.retain(|address| allowed.allows(address.ip()));
            if any && found.is_empty() {
                return Err(Unreachable.into());
            }
            let addresses: Addrs = Box::new(found.into_iter());
            Ok(addresses)
        })
    }
}

/// Posts messages.
pub struct Poster {
    client: reqwest::Client,
    allowed: Allowed,
}

impl Poster {
    /// Posts to these addresses alone.
    ///
    /// # Errors
    /// If there is no way to post, such as no certificates to trust.
    pub fn new(allowed: Allowed) -> Result<Self, PosterError> {
        let client = reqwest::Client::builder()
            .timeout(Duration::from_secs(WEBHOOK_TIMEOUT_SECONDS.into()))
            .redirect(Policy::none())
            // A proxy would be connected to in the receiver's place.
            .no_proxy()
            .dns_resolver(Arc::new(Judge(allowed)))
            .pool_max_idle_per_host(1)
            .user_agent("Latchkey")
            .build()
            .map_err(PosterError)?;
        Ok(Self { client, allowed })
    }

    async fn try_post(&self, message: Message) -> Result<Receipt, String> {
        let url = Url::parse(&message.url).map_err(|error| error.to_string())?;
        // An address of numbers is not looked up.
        let numbers = url.host_str().unwrap_or_default();
        let numbers = numbers.trim_start_matches('[').trim_end_matches(']');
        if let Ok(address) = numbers.parse::<IpAddr>()
            && !self.allowed.allows(address)
        {
            return Err(Unreachable.to_string());
        }
        let mut request = self.client.post(url).body(message.body);
        for (name, value) in message.headers {
            request = request.header(name, value);
        }
        let mut response = request.send().await.map_err(told)?;
        let status = response.status().as_u16();
        let mut answer = Vec::new();
        while answer.len() < WEBHOOK_ANSWER_BYTES_MAX {
            match response.chunk().await.map_err(told)? {
                Some(chunk) => answer.extend_from_slice(&chunk),
                None => break,
            }
        }
        answer.truncate(WEBHOOK_ANSWER_BYTES_MAX);
        Ok(Receipt {
            status,
            answer: readable(&answer),
        })
    }
}

impl PostMessages for Poster {
    fn post(&self, message: Message) -> Posted<'_> {
        Box::pin(self.try_post(message))
    }
}

/// Text that every database takes, and that nothing is hidden in.
fn readable(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Why there is no answer: the causes, without the address, which may hold what others should not read.
fn told(error: reqwest::Error) -> String {
    if error.is_timeout() {
        return format!("no answer within {WEBHOOK_TIMEOUT_SECONDS} seconds");
    }
    let error = error.without_url();
    let mut last: &dyn std::error::Error = &error;
    while let Some(cause) = last.source() {
        last = cause;
    }
    let text: String = last.to_string().chars().take(300).collect();
    readable(text.as_bytes())
}
