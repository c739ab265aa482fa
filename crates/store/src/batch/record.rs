//! Changing what a batch knows: recorded in the ledger, or only touched; and taken back where a piece of work is refused.

use latchkey_domain::Entity;
use latchkey_domain::id::TypedId;
use latchkey_domain::ledger::{self, EntryFacts, Verb};
use latchkey_domain::random::bytes_16;
use latchkey_domain::validation::Validation;

use super::{Batch, Mark, Staged, Stored};
use crate::rows::Dirt;
use crate::work::JobContext;
use crate::{Letter, StoreError};

impl Batch {
    /// Records a change: the entity's new state, and the ledger entry that says so. What the batch does not know is made.
    pub fn record<E: Stored>(&mut self, verb: Verb, after: E) {
        self.record_document(verb, after, None);
    }

    /// As [`Batch::record`], for an entity that stands for a signed document: its SHA-256 in hex goes into the entry.
    pub fn record_document<E: Stored>(&mut self, verb: Verb, mut after: E, document: Option<&str>) {
        let Some(context) = &self.context else {
            self.failure = Some(StoreError::Closed);
            return;
        };
        let before = E::rows(self).get(after.id());
        let dirt = before.map_or(Dirt::Made, |_| Dirt::Recorded);
        after.set_version(before.map_or(0, Entity::version) + 1);
        let facts = EntryFacts {
            at: self.now,
            verb,
            change: context.change,
            undoes: context.undoes,
            actor: &context.actor,
            permission: context.permission.as_deref(),
            actor_salt: self.vendor_salt,
            document,
        };
        let customer = after.customer();
        let former = before.and_then(Stored::customer);
        let customers = [customer, former.filter(|former| Some(*former) != customer)];
        match ledger::write(&facts, bytes_16(&*self.random), before, &after) {
            Ok(written) => {
                self.staged.push(Staged {
                    written,
                    verb,
                    entity: E::KIND,
                    entity_id: after.id().uuid(),
                    version: after.version(),
                    change: context.change,
                    undoes: context.undoes,
                    reseller: context.actor.reach.reseller,
                    customers,
                });
                self.put(after, dirt);
            }
            Err(error) => self.failure = Some(error.into()),
        }
    }

    /// Changes of an entity only what the ledger does not keep: counters, last seen, projections.
    pub fn touch<E: Stored>(&mut self, after: E) {
        self.put(after, Dirt::Touched);
    }

    /// Writes into the log of validations. Work that is refused must not have done it: this is not taken back.
    pub fn log(&mut self, validations: impl IntoIterator<Item = Validation>) {
        self.validations.extend(validations);
    }

    /// Writes a letter down that leaves once the batch is committed, and waits as long as nobody takes it. What lets
    /// somebody in is not to stand in it.
    pub fn post(&mut self, letter: Letter) {
        self.letters.push(letter);
    }

    fn put<E: Stored>(&mut self, row: E, dirt: Dirt) {
        row.index(self);
        E::rows_mut(self).put(row, dirt);
    }

    pub(crate) fn begin(&mut self, context: JobContext) {
        self.context = Some(context);
        self.mark = Mark {
            staged: self.staged.len(),
            letters: self.letters.len(),
        };
        self.begin_rows();
    }

    pub(crate) fn roll_back(&mut self) {
        self.staged.truncate(self.mark.staged);
        self.letters.truncate(self.mark.letters);
        self.roll_back_rows();
    }

    /// What the present piece of work has recorded so far.
    pub fn recorded(&self) -> impl Iterator<Item = Verb> {
        self.staged
            .iter()
            .skip(self.mark.staged)
            .map(|staged| staged.verb)
    }

    /// Whether anything changed that the ledger does not keep.
    pub(crate) fn touched(&self) -> bool {
        !self.licenses.dirty(Dirt::Touched).is_empty()
            || !self.activations.dirty(Dirt::Touched).is_empty()
            || !self.templates.dirty(Dirt::Touched).is_empty()
            || !self.users.dirty(Dirt::Touched).is_empty()
            || !self.sessions.dirty(Dirt::Touched).is_empty()
            || !self.access_tokens.dirty(Dirt::Touched).is_empty()
            || !self.passkeys.dirty(Dirt::Touched).is_empty()
            || !self.admissions.dirty(Dirt::Touched).is_empty()
            || !self.validations.is_empty()
            || !self.letters.is_empty()
    }

    pub(crate) fn fail(&mut self, error: StoreError) {
        self.failure = Some(error);
    }

    pub(crate) fn take_failure(&mut self) -> Option<StoreError> {
        self.failure.take()
    }
}
