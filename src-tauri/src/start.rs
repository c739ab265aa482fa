//! The pages before the store is open: a moment's patience, the passphrase, or what is wrong.
//!
//! They are plain HTML from this program, without a script, at `start://localhost/`; the UI proper
//! is not needed for them and cannot reach them.

use std::path::Path;

use http::{Method, Request, Response, StatusCode, header};
use latchkey_keys::{MIN_PASSPHRASE_CHARS, Passphrase};

use latchkey_verify::RootKey;

use crate::desk::Phase;
use crate::words::Language;

mod html;
mod verdict;

pub(crate) use html::alone;

/// The scheme of these pages' addresses.
pub(crate) const SCHEME: &str = "start";

/// Where these pages begin.
pub(crate) const ADDRESS: &str = "start://localhost/";

/// What is wrong, for a person to read.
#[derive(Debug, Clone)]
pub(crate) struct Trouble {
    /// The stable name of it.
    pub(crate) code: String,
    /// A sentence for each cause, the nearest first.
    pub(crate) sentences: Vec<String>,
    /// What to do.
    pub(crate) fix: Option<String>,
}

/// What a person asked for on one of these pages.
pub(crate) enum Wish {
    /// Open the store, with this passphrase if one was asked for.
    Open(Option<Passphrase>),
    /// What was typed cannot be it.
    Mistyped(Trouble),
    /// Choose another store or server.
    Connections,
}

const POLICY: &str = "default-src 'none'; style-src start:; form-action start:; base-uri 'none'; frame-ancestors 'none'";

/// What these pages are made from.
pub(crate) struct Shown<'a> {
    /// How far the opening has come.
    pub(crate) phase: &'a Phase,
    /// The person's language.
    pub(crate) language: Language,
    /// A license file that the window was opened for.
    pub(crate) file: Option<&'a Path>,
    /// The root key to check it against, if this computer remembers one.
    pub(crate) root: Option<&'a RootKey>,
    /// The time, in seconds since 1970.
    pub(crate) now: i64,
}

impl Shown<'_> {
    fn page(&self) -> Response<Vec<u8>> {
        let words = self.language.words();
        let file = self
            .file
            .map(|path| verdict::of(path, self.root, self.now, words));
        let file = file.unwrap_or_default();
        html_page(&html::of(self.phase, self.language, &file))
    }
}

/// Answers a request for one of these pages, and says what the person wished with it.
pub(crate) fn answer(
    request: &Request<Vec<u8>>,
    shown: &Shown<'_>,
) -> (Response<Vec<u8>>, Option<Wish>) {
    match (request.method(), request.uri().path()) {
        (&Method::GET, "/start.css") => (page("text/css", include_str!("start/start.css")), None),
        (&Method::POST, "/open") => (
            html_page(&html::opening(shown.language)),
            Some(wish(request.body(), shown.phase)),
        ),
        (&Method::POST, "/connections") => (
            html_page(&html::opening(shown.language)),
            Some(Wish::Connections),
        ),
        (&Method::GET, "/") => (shown.page(), None),
        _ => {
            let mut response = shown.page();
            *response.status_mut() = StatusCode::NOT_FOUND;
            (response, None)
        }
    }
}

fn wish(form: &[u8], phase: &Phase) -> Wish {
    let Phase::Passphrase { new, .. } = phase else {
        return Wish::Open(None);
    };
    // A new store is also tried again with the keychain, which may be unlocked by now.
    let Some(typed) = field(form, "passphrase") else {
        return Wish::Open(None);
    };
    if *new && field(form, "again").as_ref() != Some(&typed) {
        return Wish::Mistyped(Trouble {
            code: "passphrases_differ".to_owned(),
            sentences: vec!["The two passphrases differ.".to_owned()],
            fix: Some("Type the same one twice.".to_owned()),
        });
    }
    match Passphrase::new(&typed) {
        Ok(passphrase) => Wish::Open(Some(passphrase)),
        Err(error) => Wish::Mistyped(Trouble {
            code: error.code().to_owned(),
            sentences: vec![error.to_string()],
            fix: Some(error.fix().to_owned()),
        }),
    }
}

/// One field of a form as browsers send it.
fn field(form: &[u8], name: &str) -> Option<String> {
    form.split(|byte| *byte == b'&').find_map(|pair| {
        let value = pair.strip_prefix(name.as_bytes())?.strip_prefix(b"=")?;
        let value: Vec<u8> = value
            .iter()
            .map(|byte| if *byte == b'+' { b' ' } else { *byte })
            .collect();
        String::from_utf8(crate::percent::decoded(&value)?).ok()
    })
}

fn html_page(text: &str) -> Response<Vec<u8>> {
    page("text/html; charset=utf-8", text)
}

fn page(kind: &'static str, text: &str) -> Response<Vec<u8>> {
    let mut response = Response::new(text.as_bytes().to_vec());
    for (name, value) in [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        response
            .headers_mut()
            .insert(name, http::HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A moment at which the golden file of the first entry counts.
    const NOW: i64 = 1_790_086_400;

    /// A moment at which the golden file of an expired license has expired.
    const LATER: i64 = 1_821_536_000;

    fn post(body: &str) -> Request<Vec<u8>> {
        let request = Request::post("start://localhost/open");
        request.body(body.as_bytes().to_vec()).unwrap()
    }

    fn shown(phase: &Phase) -> Shown<'_> {
        Shown {
            phase,
            language: Language::English,
            file: None,
            root: None,
            now: 0,
        }
    }

    fn text(shown: &Shown<'_>) -> String {
        let request = Request::get("start://localhost/").body(Vec::new()).unwrap();
        let (response, wish) = answer(&request, shown);
        assert!(wish.is_none());
        String::from_utf8(response.into_body()).unwrap()
    }

    #[test]
    fn a_new_passphrase_is_typed_twice() {
        let new = Phase::Passphrase {
            new: true,
            keychain: None,
            trouble: None,
        };
        let different = post("passphrase=four+w%C3%B6rds&again=four+words");
        let (_, wish) = answer(&different, &shown(&new));
        assert!(
            matches!(wish, Some(Wish::Mistyped(trouble)) if trouble.code == "passphrases_differ")
        );
        let same = post("passphrase=four+w%C3%B6rds&again=four+w%C3%B6rds");
        let (_, wish) = answer(&same, &shown(&new));
        assert!(matches!(wish, Some(Wish::Open(Some(_)))));
    }

    #[test]
    fn a_new_store_waits_for_its_keychain_or_takes_a_passphrase() {
        let trouble = |code: &str, sentence: &str| Trouble {
            code: code.to_owned(),
            sentences: vec![sentence.to_owned()],
            fix: None,
        };
        let keychain = trouble("keychain_locked", "the keychain is locked");
        let locked = |trouble| Phase::Passphrase {
            new: true,
            keychain: Some(keychain.clone()),
            trouble,
        };
        let mistyped = trouble("passphrases_differ", "they differ");
        for (trouble, focus) in [
            (None, "<button autofocus"),
            (Some(mistyped), "required autofocus"),
        ] {
            let page = text(&shown(&locked(trouble)));
            assert_eq!(page.matches("autofocus").count(), 1, "{page}");
            assert!(page.contains(focus), "{page}");
            for part in ["The keychain is locked.", "Try again", "Create the store"] {
                assert!(page.contains(part), "{part}: {page}");
            }
        }
        let locked = locked(None);
        let (_, wish) = answer(&post(""), &shown(&locked));
        assert!(matches!(wish, Some(Wish::Open(None))));
        let same = post("passphrase=four+words&again=four+words");
        let (_, wish) = answer(&same, &shown(&locked));
        assert!(matches!(wish, Some(Wish::Open(Some(_)))));
    }

    #[test]
    fn trouble_is_told_as_text_and_never_as_markup() {
        let failed = Phase::Failed(Trouble {
            code: "another_fault".to_owned(),
            sentences: vec!["the store <b>a&b</b> is open".to_owned()],
            fix: Some("Close the \"other\" window.".to_owned()),
        });
        let text = text(&shown(&failed));
        assert!(
            text.contains("The store &lt;b&gt;a&amp;b&lt;/b&gt; is open"),
            "{text}"
        );
        assert!(!text.contains("<b>a"));
    }

    #[test]
    fn trouble_is_told_in_german_with_the_particulars_below() {
        let failed = Phase::Failed(Trouble {
            code: "store_in_use".to_owned(),
            sentences: vec!["the store /a/b is open elsewhere".to_owned()],
            fix: None,
        });
        let german = Shown {
            language: Language::German,
            ..shown(&failed)
        };
        let text = text(&german);
        for part in [
            "lang=\"de\"",
            "Ein anderes Programm hat den Speicher geöffnet.",
            "The store /a/b is open elsewhere.",
            "Noch einmal versuchen",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }

    #[test]
    fn a_file_is_checked_beside_the_trouble_and_not_believed_without_a_root_key() {
        let golden = Path::new("../crates/verify/tests/golden");
        let locked = Phase::Passphrase {
            new: false,
            keychain: None,
            trouble: None,
        };
        let pem = std::fs::read_to_string(golden.join("root.pem")).unwrap();
        let root = RootKey::from_pem(&pem).unwrap();
        let told = |file: &str, now, root| {
            let file = golden.join(file);
            text(&Shown {
                file: Some(&file),
                root,
                now,
                ..shown(&locked)
            })
        };
        let good = told("accept/first-entry.lkl", NOW, Some(&root));
        assert!(
            good.contains("genuine and valid") && good.contains("<dl>"),
            "{good}"
        );
        let refused = told("refuse/license-expired.lkl", LATER, Some(&root));
        assert!(refused.contains("license_expired"), "{refused}");
        let unchecked = told("accept/first-entry.lkl", NOW, None);
        assert!(unchecked.contains("cannot be said"), "{unchecked}");
        assert!(!unchecked.contains("<dl>"), "{unchecked}");
        let missing = told("accept/none.lkl", NOW, Some(&root));
        assert!(missing.contains("cannot be read"), "{missing}");
    }
}
