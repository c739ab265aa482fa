//! Why a template refuses.

use crate::Timestamp;
use crate::limits::TEMPLATES_PER_RESELLER_MAX;
use crate::refusal::{Refusal, RefusalKind};

/// What a template does not leave to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fixed {
    /// How many seats a license has.
    Seats,
    /// When it ends.
    End,
}

impl Fixed {
    fn sentence(self) -> &'static str {
        match self {
            Self::Seats => "a license has as many seats",
            Self::End => "a license ends",
        }
    }
}

/// Why a template refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateRefusal {
    /// No such template.
    #[error("this template does not exist")]
    NotFound,
    /// The reseller has the policy already.
    #[error("the reseller has the template “{name}” already")]
    Granted {
        /// The template's name.
        name: String,
    },
    /// It is withdrawn.
    #[error("the template “{name}” is withdrawn: nothing can be issued or renewed by it any more")]
    Withdrawn {
        /// The template's name.
        name: String,
    },
    /// The reseller above does not have the policy to grant it on.
    #[error("the reseller above has no template of this policy")]
    NotAbove,
    /// More features than it allows.
    #[error("a feature that the template does not have, or the policy")]
    Features,
    /// Something is chosen that the template does not leave to choose.
    #[error("{} as the template says", .0.sentence())]
    Fixed(Fixed),
    /// More days than it allows.
    #[error("{days} days: a license lasts 1 to {max}")]
    Days {
        /// What was given.
        days: u32,
        /// The most there may be.
        max: u32,
    },
    /// More seats than it allows.
    #[error("{seats} seats: the template allows 1 to {max}")]
    Seats {
        /// What was given.
        seats: u32,
        /// The most there may be.
        max: u32,
    },
    /// A later end than it allows.
    #[error("the template allows an end up to {}", .until.to_chrono().format("%Y-%m-%d"))]
    Term {
        /// The latest end.
        until: Timestamp,
    },
    /// The reseller has as many as it may have.
    #[error(
        "a reseller has at most {TEMPLATES_PER_RESELLER_MAX} templates, withdrawn ones included"
    )]
    TooMany,
    /// The license still runs for longer than a term.
    #[error("the license runs for more than a term still")]
    RenewalTooEarly,
}

impl Refusal for TemplateRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "template_not_found",
            Self::Granted { .. } => "template_granted",
            Self::Withdrawn { .. } => "template_withdrawn",
            Self::NotAbove => "template_not_above",
            Self::Features => "template_features_exceeded",
            Self::Fixed(_) => "template_fixed",
            Self::Days { .. } => "template_days_exceeded",
            Self::Seats { .. } => "template_seats_exceeded",
            Self::Term { .. } => "template_term_exceeded",
            Self::TooMany => "template_limit",
            Self::RenewalTooEarly => "template_renewal_too_early",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotFound => RefusalKind::NotFound,
            Self::Seats { .. }
            | Self::Term { .. }
            | Self::Days { .. }
            | Self::Features
            | Self::Fixed(_) => RefusalKind::Invalid,
            _ => RefusalKind::Conflict,
        }
    }

    fn fix(&self) -> Option<String> {
        Some(match self {
            Self::NotFound => "Look it up in the list of templates.".into(),
            Self::Granted { .. } => "Grant more quota of that template.".into(),
            Self::Withdrawn { .. } => "Choose another template, or ask the vendor.".into(),
            Self::NotAbove => "Choose a policy that the reseller above has a template of.".into(),
            Self::Features => "Choose among those that the template has.".into(),
            Self::Fixed(_) => "Leave it out.".into(),
            Self::Seats { max, .. } | Self::Days { max, .. } => {
                format!("Give a number from 1 to {max}.")
            }
            Self::Term { .. } => "Choose an earlier end, or leave it out.".into(),
            Self::TooMany => "Grant more quota of a template that it has.".into(),
            Self::RenewalTooEarly => "Renew it when its last term has begun.".into(),
        })
    }

    fn pointer(&self) -> Option<&'static str> {
        match self {
            Self::Seats { .. } => Some("/seats_max"),
            Self::Term { .. } | Self::Fixed(Fixed::End) => Some("/expires_at"),
            Self::Fixed(Fixed::Seats) => Some("/seats_max"),
            Self::Days { .. } => Some("/days_max"),
            Self::Features => Some("/feature_ids"),
            _ => None,
        }
    }
}
