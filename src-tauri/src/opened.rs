//! What the program is given to open by a double click, a link or an argument.

use std::path::{Path, PathBuf};

use tauri::Url;

use crate::book::Book;
use crate::place::Place;

/// The scheme of links to records.
const SCHEME: &str = "latchkey";

/// In a link's place of a server: the store of this computer.
const HERE: &str = "this-computer";

/// The port that an address of a server need not name.
const HTTPS_PORT: u16 = 443;

/// A file or a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Opened {
    /// A license file.
    File(PathBuf),
    /// A record in a store.
    Link(Link),
}

/// A page of a store: `latchkey://SERVER[:PORT]/licenses/lic_…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    /// The server, with its port where it is not the scheme's own.
    authority: String,
    /// The page: a path with its query, from the root.
    pub(crate) page: String,
}

impl Opened {
    /// Reads an argument. `folder` is where a relative path begins.
    pub(crate) fn read(argument: &str, folder: &Path) -> Self {
        match argument.parse::<Url>() {
            Ok(url) if url.scheme() == SCHEME => Self::Link(Link::of(&url)),
            Ok(url) if url.scheme() == "file" => match url.to_file_path() {
                Ok(path) => Self::File(path),
                Err(()) => Self::File(folder.join(argument)),
            },
            _ => Self::File(folder.join(argument)),
        }
    }
}

impl Link {
    fn of(url: &Url) -> Self {
        let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
        let authority = match url.port() {
            None | Some(HTTPS_PORT) => host,
            Some(port) => format!("{host}:{port}"),
        };
        let path = url.path().trim_start_matches('/');
        let page = match url.query() {
            Some(query) => format!("{path}?{query}"),
            None => path.to_owned(),
        };
        Self { authority, page }
    }

    /// The store it leads into, if it is known here.
    pub(crate) fn place(&self, book: &Book) -> Option<Place> {
        if self.authority == HERE {
            return Some(Place::Own);
        }
        let mut places = book.places();
        let found = places.find(|place| match place {
            Place::Server { address, .. } => address.authority() == self.authority,
            Place::Own | Place::Store { .. } => false,
        });
        found.cloned()
    }

    /// The address of its server, for a person to add it.
    pub(crate) fn server(&self) -> &str {
        &self.authority
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::ServerAddress;

    fn link(text: &str) -> Link {
        match Opened::read(text, Path::new("/data")) {
            Opened::Link(link) => link,
            Opened::File(path) => panic!("{} is a file", path.display()),
        }
    }

    #[test]
    fn a_file_is_found_by_its_path_and_by_its_address() {
        for (argument, path) in [
            ("a.lkl", "/data/a.lkl"),
            ("/tmp/b.lkl", "/tmp/b.lkl"),
            ("file:///tmp/%C3%BC.lkl", "/tmp/ü.lkl"),
            ("odd:name.lkl", "/data/odd:name.lkl"),
        ] {
            let read = Opened::read(argument, Path::new("/data"));
            assert_eq!(read, Opened::File(path.into()), "{argument}");
        }
    }

    #[test]
    fn a_link_leads_into_the_store_it_names() {
        let mut book = Book::default();
        let server = Place::Server {
            address: ServerAddress::parse("a.example:8443").unwrap(),
            pin: None,
        };
        book.add(server.clone());
        let found = link("latchkey://A.example:8443/licenses/lic_1?tab=seats");
        assert_eq!(found.page, "licenses/lic_1?tab=seats");
        assert_eq!(found.place(&book), Some(server));
        assert_eq!(
            link("latchkey://this-computer/ledger").place(&book),
            Some(Place::Own)
        );
        let unknown = link("latchkey://b.example/ledger");
        assert_eq!(
            (unknown.place(&book), unknown.server()),
            (None, "b.example")
        );
        assert_eq!(link("latchkey:").page, "");
    }
}
