//! The text of the pages before the store is open.

use super::{MIN_PASSPHRASE_CHARS, Trouble};
use crate::desk::Phase;
use crate::words::{Language, Words, capitalised};

/// The page for how far the opening has come. `file` tells of a license file to be shown.
pub(super) fn of(phase: &Phase, language: Language, file: &str) -> String {
    let words = language.words();
    let (title, content) = match phase {
        Phase::Opening | Phase::Ready { .. } => return opening(language),
        Phase::Failed(trouble) => failed(trouble, words),
        Phase::Passphrase {
            new: true,
            keychain,
            trouble,
        } => choose(keychain.as_ref(), trouble.as_ref(), words),
        Phase::Passphrase {
            new: false,
            trouble,
            ..
        } => ask(trouble.as_ref(), words),
    };
    let elsewhere = elsewhere(words);
    document(
        title,
        &format!("{content}{elsewhere}{file}"),
        LINKED,
        language,
    )
}

/// While the store is being opened.
pub(super) fn opening(language: Language) -> String {
    let words = language.words();
    let text = escaped(words.get("start_opening_text"));
    let content = format!("<p role=\"status\">{text}</p>{}", elsewhere(words));
    document(words.get("start_opening"), &content, LINKED, language)
}

/// The way to another store or server.
fn elsewhere(words: &Words) -> String {
    format!(
        "<form method=\"post\" action=\"/connections\" class=\"elsewhere\"><button>{}</button></form>",
        escaped(words.get("connections_other"))
    )
}

fn failed<'a>(trouble: &Trouble, words: &'a Words) -> (&'a str, String) {
    (
        words.get("start_failed"),
        retry(trouble, "autofocus", words),
    )
}

/// What is wrong, and a button for when it is not any more.
fn retry(trouble: &Trouble, focus: &str, words: &Words) -> String {
    format!(
        "{}<form method=\"post\" action=\"/open\"><button {focus}>{}</button></form>",
        told(trouble, words),
        escaped(words.get("start_retry"))
    )
}

fn ask<'a>(trouble: Option<&Trouble>, words: &'a Words) -> (&'a str, String) {
    let content = format!(
        "<p>{}</p>{}\
         <form method=\"post\" action=\"/open\">\
         <label>{}<input type=\"password\" name=\"passphrase\" required autofocus \
         autocomplete=\"current-password\"></label><button>{}</button></form>",
        escaped(words.get("start_unlock_text")),
        told_if_any(trouble, words),
        escaped(words.get("start_passphrase")),
        escaped(words.get("start_open")),
    );
    (words.get("start_unlock"), content)
}

fn choose<'a>(
    keychain: Option<&Trouble>,
    trouble: Option<&Trouble>,
    words: &'a Words,
) -> (&'a str, String) {
    let fewest = MIN_PASSPHRASE_CHARS.to_string();
    // One of both has it: what was mistyped is typed again.
    let (retried, typed) = match (keychain, trouble) {
        (Some(_), None) => ("autofocus", ""),
        _ => ("", "autofocus"),
    };
    let retry = keychain.map(|trouble| retry(trouble, retried, words));
    let content = format!(
        "{}<p>{}</p>{}\
         <form method=\"post\" action=\"/open\">\
         <label>{}\
         <input type=\"password\" name=\"passphrase\" required {typed} \
         minlength=\"{fewest}\" autocomplete=\"new-password\"></label>\
         <label>{}<input type=\"password\" name=\"again\" required \
         autocomplete=\"new-password\"></label><button>{}</button></form>",
        retry.unwrap_or_default(),
        escaped(words.get("start_choose_text")),
        told_if_any(trouble, words),
        escaped(&words.with("start_passphrase_new", &[("n", &fewest)])),
        escaped(words.get("start_again")),
        escaped(words.get("start_choose_action")),
    );
    (words.get("start_choose_title"), content)
}

fn told_if_any(trouble: Option<&Trouble>, words: &Words) -> String {
    let told = trouble.map(|trouble| told(trouble, words));
    told.unwrap_or_default()
}

/// In the person's language where there are words for the code, with the program's own sentences
/// below: they name what it is about.
fn told(trouble: &Trouble, words: &Words) -> String {
    let code = &trouble.code;
    let own = words.find(&format!("trouble_{code}")).map(escaped);
    let sentences = trouble.sentences.iter();
    let sentences = sentences.map(|sentence| escaped(&capitalised(sentence)));
    let (said, details): (Vec<String>, Vec<String>) = match own {
        Some(own) => {
            let more = sentences.filter(|sentence| *sentence != own).collect();
            (vec![own], more)
        }
        None => (sentences.collect(), Vec::new()),
    };
    let fix = words
        .find(&format!("trouble_{code}_fix"))
        .or(trouble.fix.as_deref());
    let mut text = String::from("<div role=\"alert\">");
    text.extend(said.iter().map(|sentence| format!("<p>{sentence}</p>")));
    if let Some(fix) = fix {
        text += &format!("<p><strong>{}</strong></p>", escaped(fix));
    }
    text + &format!(
        "<p class=\"detail\">{} <code>{}</code></p></div>",
        details.join(" "),
        escaped(code)
    )
}

/// How these pages come by their style.
const LINKED: &str = "<link rel=\"stylesheet\" href=\"/start.css\">";

/// A page of one sentence, for a browser, that needs nothing beside it; and its style, as it stands in it.
pub(crate) fn alone(title: &str, text: &str, language: Language) -> (String, &'static str) {
    let style = include_str!("start.css");
    let head = format!("<style>{style}</style>");
    let content = format!("<p>{}</p>", escaped(text));
    (document(title, &content, &head, language), style)
}

fn document(title: &str, content: &str, style: &str, language: Language) -> String {
    let (title, tag) = (escaped(title), language.tag());
    format!(
        "<!doctype html><html lang=\"{tag}\"><head><meta charset=\"utf-8\">\
         <title>{title} – Latchkey</title>{style}</head>\
         <body><main><h1>{title}</h1>{content}</main></body></html>"
    )
}

/// Text that stays text in a page.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
