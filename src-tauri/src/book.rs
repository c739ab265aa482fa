//! The stores and servers that this computer's user knows, kept in a file in the user's data folder.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::place::Place;
use crate::{ambient, opening, whole_file};

/// The name of the file.
const FILE: &str = "connections.json";

/// What is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Book {
    /// The id of the one that was opened last.
    chosen: Option<String>,
    /// In the order they were added in; the program's own store is not among them.
    places: Vec<Place>,
}

impl Book {
    /// What was kept. A file that is none of ours is put aside: nothing in it is lost.
    pub(crate) fn kept() -> Self {
        let Ok(path) = file() else {
            return Self::default();
        };
        let Ok(text) = std::fs::read_to_string(&path) else {
            return Self::default();
        };
        serde_json::from_str(&text).unwrap_or_else(|error| {
            tracing::warn!("{} is damaged and put aside: {error}", path.display());
            if let Err(error) = std::fs::rename(&path, path.with_extension("damaged")) {
                tracing::warn!("it stays: {error}");
            }
            Self::default()
        })
    }

    /// Keeps it.
    pub(crate) fn keep(&self) -> anyhow::Result<()> {
        opening::make_folder(&ambient::data_folder()?)?;
        Ok(whole_file::write(
            &file()?,
            &serde_json::to_vec_pretty(self)?,
        )?)
    }

    /// All of them, the program's own store first.
    pub(crate) fn places(&self) -> impl Iterator<Item = &Place> {
        std::iter::once(&Place::Own).chain(&self.places)
    }

    /// One of them.
    pub(crate) fn find(&self, id: &str) -> Option<&Place> {
        self.places().find(|place| place.id() == id)
    }

    /// The one that was opened last.
    pub(crate) fn chosen(&self) -> Place {
        let chosen = self.chosen.as_deref().and_then(|id| self.find(id));
        chosen.cloned().unwrap_or(Place::Own)
    }

    /// Notes which one was opened.
    pub(crate) fn choose(&mut self, place: &Place) {
        self.chosen = Some(place.id());
    }

    /// Adds one, in the place of what had its id.
    pub(crate) fn add(&mut self, place: Place) {
        let id = place.id();
        match self.places.iter_mut().find(|known| known.id() == id) {
            Some(known) => *known = place,
            None => self.places.push(place),
        }
    }

    /// Forgets one. What it is the address of stays as it is.
    pub(crate) fn forget(&mut self, id: &str) {
        self.places.retain(|place| place.id() != id);
    }
}

fn file() -> anyhow::Result<PathBuf> {
    Ok(ambient::data_folder()?.join(FILE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::ServerAddress;
    use crate::remote::Fingerprint;

    fn server(address: &str, pin: Option<Fingerprint>) -> Place {
        let address = ServerAddress::parse(address).unwrap();
        Place::Server { address, pin }
    }

    #[test]
    fn a_book_is_read_as_it_was_kept() {
        let mut book = Book::default();
        assert_eq!(book.chosen(), Place::Own);
        book.add(Place::Store {
            path: "/a/b.db".into(),
        });
        book.add(server("a.example", None));
        book.choose(&server("a.example", None));
        let text = serde_json::to_string(&book).unwrap();
        let again: Book = serde_json::from_str(&text).unwrap();
        assert_eq!(again, book);
        assert_eq!(again.chosen(), server("a.example", None));
        let ids: Vec<_> = again.places().map(Place::id).collect();
        assert_eq!(ids, ["own", "sqlite:/a/b.db", "https://a.example"]);
    }

    #[test]
    fn a_server_stands_in_it_once_and_what_is_forgotten_is_not_chosen() {
        let pin = Fingerprint::of(b"certificate");
        let mut book = Book::default();
        book.add(server("a.example", None));
        book.add(server("https://A.example/", Some(pin)));
        assert_eq!(book.places().count(), 2);
        let found = book.find("https://a.example").unwrap().clone();
        assert_eq!(found, server("a.example", Some(pin)));
        book.choose(&found);
        book.forget("https://a.example");
        assert_eq!(book.chosen(), Place::Own);
        assert!(book.find("https://a.example").is_none());
        book.forget("own");
        assert!(book.find("own").is_some());
    }

    #[test]
    fn an_address_in_the_file_is_judged_as_a_typed_one() {
        let text = r#"{"chosen":null,"places":[{"kind":"server","address":"http://a.example","pin":null}]}"#;
        assert!(serde_json::from_str::<Book>(text).is_err());
    }
}
