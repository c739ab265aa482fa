//! The windows: what they may show, and how they follow the opening of the store.

use std::path::{Path, PathBuf};

use latchkey_keys::Passphrase;
use serde::Serialize;
use tauri::webview::PageLoadEvent;
use tauri::{
    AppHandle, DragDropEvent, Emitter as _, Manager as _, Url, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder, Window, WindowEvent,
};

use crate::desk::{self, Desk, Phase};
use crate::opened::{Link, Opened};
use crate::place::Place;
use crate::{menu, opening, start};

/// The first window's label. It remembers its place and size.
pub(crate) const MAIN: &str = "main";

/// How the labels of further windows begin; `capabilities/main.json` names both.
const BESIDE: &str = "beside-";

/// Where the UI is.
const UI: &str = "tauri://localhost/";

/// The page of the UI on which stores and servers are chosen.
const CONNECTIONS_PAGE: &str = "connections";

/// The page of the UI that shows a license file.
const FILE_PAGE: &str = "license-files/verify";

/// Opens the first window, for a file or a link if one is given, and beside it the store: neither waits for the other.
pub(crate) fn open(app: &AppHandle, with: Option<Opened>) -> anyhow::Result<()> {
    let desk = app.state::<Desk>();
    let (file, link) = match with {
        None => (None, None),
        Some(Opened::File(path)) => (Some(path), None),
        Some(Opened::Link(link)) => (None, Some(link)),
    };
    let book = desk.book();
    // Who names a store means that one.
    let chosen = match desk.settings.store {
        Some(_) => Place::Own,
        None => book.chosen(),
    };
    let place = link.as_ref().and_then(|link| link.place(&book));
    let landing = link.as_ref().map(|link| match place {
        Some(_) => link.page.clone(),
        None => adding(link),
    });
    desk.set_out(
        place.unwrap_or(chosen),
        landing.clone().map(|page| (MAIN.to_owned(), page)),
    );
    build(app, MAIN, file, landing)?;
    open_store(app, None);
    Ok(())
}

/// Opens one more window on the same store.
pub(crate) fn open_beside(app: &AppHandle, file: Option<PathBuf>) -> anyhow::Result<()> {
    let label = (1_u32..)
        .map(|number| format!("{BESIDE}{number}"))
        .find(|label| app.get_webview_window(label).is_none())
        .unwrap_or_else(|| MAIN.to_owned());
    build(app, &label, file, None)
}

/// What a second start of the program is for: a window for its file, the record that a link leads to, or the windows
/// there are.
pub(crate) fn second_start(app: &AppHandle, with: Option<Opened>) {
    let windows = app.webview_windows();
    let last = windows.get(MAIN).or_else(|| windows.values().next());
    let done = match (with, last) {
        (None, Some(window)) => {
            bring_forward(window);
            Ok(())
        }
        (Some(Opened::Link(link)), Some(window)) => {
            bring_forward(window);
            follow(app, window, &link)
        }
        (Some(Opened::File(path)), _) => open_beside(app, Some(path)),
        (None | Some(Opened::Link(_)), None) => open_beside(app, None),
    };
    if let Err(error) = done {
        tracing::error!("the window does not open: {error}");
    }
}

/// Shows the record that a link leads to, in the store that it names.
fn follow(app: &AppHandle, window: &WebviewWindow, link: &Link) -> anyhow::Result<()> {
    let desk = app.state::<Desk>();
    let Some(place) = link.place(&desk.book()) else {
        return show(window, &adding(link));
    };
    if place == desk.place() && matches!(desk.phase(), Phase::Ready { .. }) {
        return show(window, &link.page);
    }
    let landing = (window.label().to_owned(), link.page.clone());
    turn_to_store(app, place, Some(landing));
    Ok(())
}

/// The page on which the server of a link can be added.
fn adding(link: &Link) -> String {
    let mut page = format!("{CONNECTIONS_PAGE}?server=");
    page.extend(form_urlencoded::byte_serialize(link.server().as_bytes()));
    page
}

/// Shows the page of the connections in a window; it needs no store.
pub(crate) fn show_connections(app: &AppHandle, label: &str) {
    let shown = app
        .get_webview_window(label)
        .map_or(Ok(()), |window| show(&window, CONNECTIONS_PAGE));
    if let Err(error) = shown {
        tracing::error!("the connections are not shown: {error}");
    }
}

/// Shows a page of the UI.
fn show(window: &WebviewWindow, page: &str) -> anyhow::Result<()> {
    let address = UI.parse::<Url>()?.join(page)?;
    // A link may name anything.
    anyhow::ensure!(is_ours(&address), "{page} is no page of ours");
    window.navigate(address)?;
    menu::show(
        window,
        matches!(window.state::<Desk>().phase(), Phase::Ready { .. }),
    );
    Ok(())
}

/// Brings a window to the front.
pub(crate) fn bring_forward(window: &WebviewWindow) {
    let _ = window.unminimize();
    let _ = window.show();
    let _ = window.set_focus();
}

fn build(
    app: &AppHandle,
    label: &str,
    file: Option<PathBuf>,
    page: Option<String>,
) -> anyhow::Result<()> {
    let desk = app.state::<Desk>();
    let has_ui = matches!(desk.phase(), Phase::Opening | Phase::Ready { .. });
    let page = file.as_ref().map(|_| FILE_PAGE.to_owned()).or(page);
    let address = match (page, has_ui) {
        (_, false) => WebviewUrl::CustomProtocol(start::ADDRESS.parse()?),
        (Some(page), true) => WebviewUrl::App(page.into()),
        (None, true) => WebviewUrl::default(),
    };
    if let Some(path) = file {
        desk.file_opened(label, path);
    }
    let window = WebviewWindowBuilder::new(app, label, address)
        .title("Latchkey")
        .inner_size(1280.0, 820.0)
        .min_inner_size(720.0, 480.0)
        .menu(menu::of(app, label, has_ui)?)
        .on_navigation(is_ours)
        .on_document_title_changed(|window, title| {
            let _ = window.set_title(&title);
        })
        .on_page_load(|window, load| match load.event() {
            PageLoadEvent::Started => window.state::<Desk>().page_left(window.label()),
            PageLoadEvent::Finished => {
                let _ = window.set_zoom(window.state::<Desk>().look().zoom());
            }
        })
        .build()?;
    let _ = window.set_zoom(desk.look().zoom());
    Ok(())
}

/// Opens the store, with a passphrase if one was typed, and turns to the page for the outcome.
pub(crate) fn open_store(app: &AppHandle, passphrase: Option<Passphrase>) {
    let desk = app.state::<Desk>();
    let place = desk.place();
    let attempt = desk.set_out_again();
    desk.set_phase(Phase::Opening);
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        attempt_to_open(&app, place, passphrase, attempt).await;
    });
}

/// Leaves the store and opens another. `landing` is a window and the page in it to begin at.
pub(crate) fn turn_to_store(app: &AppHandle, place: Place, landing: Option<(String, String)>) {
    let desk = app.state::<Desk>();
    let attempt = desk.set_out(place.clone(), landing);
    show_everywhere(app, start::ADDRESS);
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        app.state::<Desk>().close().await;
        attempt_to_open(&app, place, None, attempt).await;
    });
}

async fn attempt_to_open(
    app: &AppHandle,
    place: Place,
    passphrase: Option<Passphrase>,
    attempt: u64,
) {
    let desk = app.state::<Desk>();
    let phase = opening::open(desk.settings.clone(), place.clone(), passphrase).await;
    if !desk.is_latest(attempt) {
        // Meanwhile somebody went elsewhere.
        return desk::close(phase).await;
    }
    let is_chosen = matches!(phase, Phase::Ready { .. }) && desk.settings.store.is_none();
    if is_chosen && let Err(error) = desk.change_book(|book| book.choose(&place)) {
        tracing::warn!("the next start opens another store: {error:#}");
    }
    turn_to(app, phase);
}

/// Notes how far the opening has come, and shows the page for it.
pub(crate) fn turn_to(app: &AppHandle, phase: Phase) {
    let address = match &phase {
        Phase::Ready { .. } => UI,
        Phase::Failed(trouble) => {
            tracing::error!(
                code = trouble.code,
                "the store cannot be opened: {}",
                trouble.sentences.join(": ")
            );
            start::ADDRESS
        }
        Phase::Passphrase { .. } | Phase::Opening => start::ADDRESS,
    };
    app.state::<Desk>().set_phase(phase);
    show_everywhere(app, address);
}

/// Notes that a store cannot be used any more, and says so in all windows but the one that says it itself.
pub(crate) fn turn_others_to(app: &AppHandle, phase: Phase, itself: &str) {
    app.state::<Desk>().set_phase(phase);
    show_in(app, start::ADDRESS, |label| label != itself);
}

fn show_everywhere(app: &AppHandle, address: &str) {
    show_in(app, address, |_| true);
}

fn show_in(app: &AppHandle, address: &str, which: impl Fn(&str) -> bool) {
    let windows = app.webview_windows();
    for (label, window) in windows.iter().filter(|(label, _)| which(label)) {
        if let Err(error) = navigate(window, address) {
            tracing::error!("the window {label} does not turn to {address}: {error}");
        }
    }
}

fn navigate(window: &WebviewWindow, address: &str) -> anyhow::Result<()> {
    let mut address: Url = address.parse()?;
    let is_ui = address.scheme() != start::SCHEME;
    // A page of the UI that has waited for the store goes on by itself.
    let desk = window.state::<Desk>();
    if is_ui && window.url()?.scheme() == address.scheme() {
        desk.take_landing(window.label());
        return Ok(());
    }
    if is_ui && desk.opened(window.label()).is_some() {
        address = address.join(FILE_PAGE)?;
    } else if is_ui && let Some(page) = desk.take_landing(window.label()) {
        address = address.join(&page)?;
        anyhow::ensure!(is_ours(&address), "{page} is no page of ours");
    }
    window.navigate(address)?;
    menu::show(window, is_ui);
    Ok(())
}

/// Links to elsewhere open outside, through the page's platform, never in this window.
fn is_ours(url: &Url) -> bool {
    matches!(url.scheme(), "tauri" | start::SCHEME) && url.host_str() == Some("localhost")
}

/// A dropped file, as the page learns of it: never its path.
#[derive(Clone, Serialize)]
struct DroppedFile {
    token: u32,
    name: String,
}

/// Tells the page of files dragged over its window and dropped on it, and forgets what belonged to
/// a window that is gone.
pub(crate) fn on_event(window: &Window, event: &WindowEvent) {
    let desk = window.state::<Desk>();
    let label = window.label();
    let event = match event {
        WindowEvent::DragDrop(event) => event,
        WindowEvent::Destroyed => return desk.window_gone(label),
        _ => return,
    };
    let told = match event {
        DragDropEvent::Enter { .. } => window.emit_to(label, "files-over", ()),
        DragDropEvent::Leave => window.emit_to(label, "files-left", ()),
        DragDropEvent::Drop { paths, .. } => {
            let files: Vec<_> = desk
                .files_dropped(label, paths)
                .into_iter()
                .map(|(token, path)| DroppedFile {
                    token,
                    name: name_of(&path),
                })
                .collect();
            window.emit_to(label, "files-dropped", files)
        }
        _ => Ok(()),
    };
    if let Err(error) = told {
        tracing::warn!("the page does not learn of a drop: {error}");
    }
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_shows_our_pages_only() {
        for ours in [
            UI,
            start::ADDRESS,
            "tauri://localhost/admin/licenses?state=active",
        ] {
            assert!(is_ours(&ours.parse().unwrap()), "{ours}");
        }
        for other in [
            "https://example.com/",
            "tauri://elsewhere/",
            "file:///etc/passwd",
            "data:text/html,x",
        ] {
            assert!(!is_ours(&other.parse().unwrap()), "{other}");
        }
    }
}
