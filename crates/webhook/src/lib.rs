//! How messages reach the receivers of webhooks.
//!
//! A receiver's address is written by a person, and the server stands where others cannot reach: so a name is looked up
//! here, and only addresses are connected to that anybody on the internet may reach ([`network`]). The check is made on
//! what is connected to, not before. No proxy is asked, no redirection followed, and nobody is waited for long.

mod network;
mod post;

pub use network::{Allowed, is_public};
pub use post::{Poster, PosterError};
