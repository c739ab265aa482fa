//! Who acts.

use serde::{Deserialize, Serialize};

use crate::ActorId;
use crate::entity::closed_enum;

closed_enum! {
    /// What an actor is; the permission table says what each may do.
    Role {
        /// Owns the vendor; may do everything.
        Owner = "owner",
        /// Runs the vendor's daily business; may not touch keys.
        Admin = "admin",
        /// Helps customers: seats and machines, no issuing.
        Support = "support",
        /// Sees everything, changes nothing.
        Auditor = "auditor",
        /// Nobody known.
        Stranger = "stranger",
    }
}

/// Who acts: a person or a program, with a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Who.
    pub id: ActorId,
    /// What people call them.
    pub name: String,
    /// What they are.
    pub role: Role,
}
