//! Letters that wait: which is due, and what comes of it.

use latchkey_domain::{Timestamp, VendorId};

use crate::store::soon_on_either;
use crate::{LetterTaken, Store, StoreError, patience};

reads! {
    /// Takes the letter that is due for longest, to carry it until a moment; nobody else does meanwhile.
    letter_take(now: Timestamp, until: Timestamp) -> Option<LetterTaken>;
    /// Forgets a letter that was carried, or is given up.
    letter_done(taken: &LetterTaken) -> ();
    /// Notes that a letter could not be carried, and when it is tried again.
    letter_failed(taken: &LetterTaken, due: Timestamp) -> ();
}
