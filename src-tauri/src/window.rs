//! The windows: what they may show, and how they follow the opening of the store.

use std::path::{Path, PathBuf};

use latchkey_keys::Passphrase;
use serde::Serialize;
use tauri::webview::PageLoadEvent;
use tauri::{
    AppHandle, DragDropEvent, Emitter as _, Manager as _, Url, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder, Window, WindowEvent,
};

use crate::desk::{Desk, Phase};
use crate::{menu, opening, start};

/// The first window's label. It remembers its place and size.
pub(crate) const MAIN: &str = "main";

/// How the labels of further windows begin; `capabilities/main.json` names both.
const BESIDE: &str = "beside-";

/// Where the UI is.
const UI: &str = "tauri://localhost/";

/// The page of the UI that shows a license file.
const FILE_PAGE: &str = "license-files/verify";

/// Opens the first window, for a file if one is given, and beside it the store: neither waits for
/// the other.
pub(crate) fn open(app: &AppHandle, file: Option<PathBuf>) -> anyhow::Result<()> {
    build(app, MAIN, file)?;
    open_store(app, None);
    Ok(())
}

/// Opens one more window on the same store.
pub(crate) fn open_beside(app: &AppHandle, file: Option<PathBuf>) -> anyhow::Result<()> {
    let label = (1_u32..)
        .map(|number| format!("{BESIDE}{number}"))
        .find(|label| app.get_webview_window(label).is_none())
        .unwrap_or_else(|| MAIN.to_owned());
    build(app, &label, file)
}

/// What a second start of the program is for: a window for its file, or the windows there are.
pub(crate) fn second_start(app: &AppHandle, file: Option<PathBuf>) {
    let windows = app.webview_windows();
    let last = windows.get(MAIN).or_else(|| windows.values().next());
    match (file, last) {
        (None, Some(window)) => bring_forward(window),
        (file, _) => {
            if let Err(error) = open_beside(app, file) {
                tracing::error!("the window does not open: {error}");
            }
        }
    }
}

/// Brings a window to the front.
pub(crate) fn bring_forward(window: &WebviewWindow) {
    let _ = window.unminimize();
    let _ = window.show();
    let _ = window.set_focus();
}

fn build(app: &AppHandle, label: &str, file: Option<PathBuf>) -> anyhow::Result<()> {
    let desk = app.state::<Desk>();
    let has_ui = matches!(desk.phase(), Phase::Opening | Phase::Ready { .. });
    let address = match (&file, has_ui) {
        (_, false) => WebviewUrl::CustomProtocol(start::ADDRESS.parse()?),
        (Some(_), true) => WebviewUrl::App(FILE_PAGE.into()),
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
    let app = app.clone();
    let desk = app.state::<Desk>();
    desk.set_phase(Phase::Opening);
    let settings = desk.settings.clone();
    tauri::async_runtime::spawn(async move {
        let phase = opening::open(settings, passphrase).await;
        turn_to(&app, phase);
    });
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
    for (label, window) in app.webview_windows() {
        if let Err(error) = navigate(&window, address) {
            tracing::error!("the window {label} does not turn to {address}: {error}");
        }
    }
}

fn navigate(window: &WebviewWindow, address: &str) -> anyhow::Result<()> {
    let mut address: Url = address.parse()?;
    let is_ui = address.scheme() != start::SCHEME;
    // A page of the UI that has waited for the store goes on by itself.
    if is_ui && window.url()?.scheme() == address.scheme() {
        return Ok(());
    }
    if is_ui && window.state::<Desk>().opened(window.label()).is_some() {
        address = address.join(FILE_PAGE)?;
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
