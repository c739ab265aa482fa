//! Why a webhook refuses.

use crate::limits::WEBHOOKS_MAX;
use crate::refusal::{Refusal, RefusalKind};

/// Why a webhook refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WebhookRefusal {
    /// No such webhook.
    #[error("this webhook does not exist")]
    NotFound,
    /// There are enough.
    #[error("a vendor has at most {WEBHOOKS_MAX} webhooks")]
    TooMany,
    /// It is sent everything already.
    #[error("this webhook is on already")]
    On,
    /// It is sent nothing.
    #[error("this webhook is not on: it is sent nothing")]
    NotOn,
    /// It was not sent such an event.
    #[error("this webhook was not sent that event, or it is not remembered any more")]
    DeliveryNotFound,
    /// This program sends none.
    #[error("this program sends no events: a server does, `latchkey serve`")]
    NotSent,
}

impl Refusal for WebhookRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "webhook_not_found",
            Self::TooMany => "webhook_limit",
            Self::On => "webhook_on",
            Self::NotOn => "webhook_not_on",
            Self::DeliveryNotFound => "webhook_delivery_not_found",
            Self::NotSent => "webhooks_not_sent",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotFound | Self::DeliveryNotFound => RefusalKind::NotFound,
            Self::TooMany | Self::On | Self::NotOn | Self::NotSent => RefusalKind::Conflict,
        }
    }

    fn fix(&self) -> Option<String> {
        let fix = match self {
            Self::TooMany => "Remove one that nobody needs, or give one more kinds of records.",
            Self::NotOn => "Turn it on first.",
            Self::NotSent => "Serve this store, or move it to a server.",
            Self::NotFound | Self::On | Self::DeliveryNotFound => return None,
        };
        Some(fix.into())
    }
}
