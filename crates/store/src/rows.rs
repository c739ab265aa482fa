//! The rows of one kind of entity that a batch knows, with what each was before the present piece of work.

use std::collections::HashMap;

use latchkey_domain::Entity;

/// What must be written of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Dirt {
    /// Nothing.
    Clean,
    /// Only what the ledger does not keep.
    Touched,
    /// All of it.
    Recorded,
    /// All of it, and it is not there yet.
    Made,
}

#[derive(Debug, Clone)]
struct Slot<E> {
    row: E,
    dirt: Dirt,
}

/// The known rows of one kind. Everything since [`Rows::begin`] can be taken back.
pub struct Rows<E: Entity> {
    slots: HashMap<E::Id, Slot<E>>,
    journal: Vec<(E::Id, Option<Slot<E>>)>,
}

impl<E: Entity> Default for Rows<E> {
    fn default() -> Self {
        Self {
            slots: HashMap::new(),
            journal: Vec::new(),
        }
    }
}

impl<E: Entity> Rows<E> {
    /// The row with this id, if it is known to be there.
    pub(crate) fn get(&self, id: E::Id) -> Option<&E> {
        self.slots.get(&id).map(|slot| &slot.row)
    }

    /// All known rows, in no order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &E> {
        self.slots.values().map(|slot| &slot.row)
    }

    /// Takes in a row as it stands in the database. What is known already is newer and stays.
    pub(crate) fn load(&mut self, row: E) {
        self.slots.entry(row.id()).or_insert(Slot {
            row,
            dirt: Dirt::Clean,
        });
    }

    /// Puts a row that was changed, or made.
    pub(crate) fn put(&mut self, row: E, dirt: Dirt) {
        let id = row.id();
        let before = self.slots.remove(&id);
        let dirt = before.as_ref().map_or(dirt, |slot| slot.dirt.max(dirt));
        self.journal.push((id, before));
        self.slots.insert(id, Slot { row, dirt });
    }

    /// From here on changes can be taken back.
    pub(crate) fn begin(&mut self) {
        self.journal.clear();
    }

    /// Takes back all changes since [`Rows::begin`].
    pub(crate) fn roll_back(&mut self) {
        for (id, before) in self.journal.drain(..).rev() {
            match before {
                Some(slot) => self.slots.insert(id, slot),
                None => self.slots.remove(&id),
            };
        }
    }

    /// All rows that must be written, in no order.
    pub(crate) fn changed(&self) -> impl Iterator<Item = &E> {
        self.slots
            .values()
            .filter(|slot| slot.dirt > Dirt::Clean)
            .map(|slot| &slot.row)
    }

    /// The rows that must be written in this way, oldest id first.
    pub(crate) fn dirty(&self, dirt: Dirt) -> Vec<&E> {
        let mut rows: Vec<&E> = self
            .slots
            .values()
            .filter(|slot| slot.dirt == dirt)
            .map(|slot| &slot.row)
            .collect();
        rows.sort_unstable_by_key(|row| row.id());
        rows
    }
}
