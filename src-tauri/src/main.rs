//! The desktop window of Latchkey: configuration and wiring.
//!
//! The page inside speaks HTTP only. [`command`] takes its requests, [`connection`] answers them
//! from a store in this process or behind a server. What happens before a store is open is in
//! [`opening`] and [`start`]. No rule, no SQL and no operation of the API stands in this package.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod again;
mod ambient;
mod book;
mod browser;
mod command;
mod connection;
mod desk;
mod embedded;
mod frame;
mod look;
mod menu;
mod moving;
mod opened;
mod opening;
mod percent;
mod place;
mod refusal;
mod remote;
mod root_key;
mod settings;
mod start;
mod web_view;
mod whole_file;
mod window;
mod words;

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;

use anyhow::Context as _;
use clap::Parser as _;
use http::{Request, Response};
use latchkey_domain::time::Clock as _;
use tauri::{AppHandle, Manager as _};
use tauri_plugin_window_state::StateFlags;
use tracing_subscriber::EnvFilter;

use crate::ambient::SystemClock;
use crate::command::{
    api_request, api_stream, browser as browser_command, connections, download, file, notify,
    set_look,
};
use crate::desk::{Desk, Phase};
use crate::look::Look;
use crate::opened::Opened;
use crate::settings::Settings;
use crate::start::{Shown, Wish};

/// Statements of many rows are made of many small values: with the system's allocator a sixth of an import is allocation.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> anyhow::Result<()> {
    let settings = Settings::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            EnvFilter::try_from_env("LATCHKEY_LOG").unwrap_or_else(|_| EnvFilter::new("warn")),
        )
        .with_writer(std::io::stderr)
        .init();
    web_view::prepare();
    let single = tauri_plugin_single_instance::Builder::new()
        .dbus_id(instance_name(settings.store.as_deref()))
        .callback(|app, arguments, folder| {
            window::second_start(app, opened_with(arguments, Path::new(&folder)));
        })
        .build();
    let remembered = tauri_plugin_window_state::Builder::new()
        .with_state_flags(StateFlags::POSITION | StateFlags::SIZE | StateFlags::MAXIMIZED)
        .with_filter(|label| label == window::MAIN)
        .build();

    tauri::Builder::default()
        .plugin(single)
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(remembered)
        .manage(Desk::new(settings))
        .invoke_handler(tauri::generate_handler![
            api_request::api_request,
            api_stream::api_stream,
            api_stream::api_stream_cancel,
            browser_command::browser_sign_in,
            browser_command::browser_sign_in_cancel,
            connections::add_server,
            connections::add_store,
            connections::forget_connection,
            connections::list_connections,
            connections::look_at_server,
            connections::move_store,
            connections::open_connection,
            download::download,
            file::pick_file,
            file::read_dropped,
            file::read_opened,
            file::save_file,
            notify::notify,
            set_look::set_look,
        ])
        .register_uri_scheme_protocol(start::SCHEME, |context, request| {
            start_page(context.app_handle(), context.webview_label(), &request)
        })
        .on_window_event(window::on_event)
        .on_menu_event(menu::on_event)
        .setup(|app| {
            let app = app.handle();
            let desk = app.state::<Desk>();
            desk.set_look(Look::kept(app));
            look::apply_theme(app);
            let with = desk.settings.open.as_deref();
            let folder = std::path::absolute(".").unwrap_or_default();
            Ok(window::open(
                app,
                with.map(|with| Opened::read(with, &folder)),
            )?)
        })
        .build(context())
        .map_err(again::unless_handed_over)
        .context("the window does not open")?
        .run(|app, event| {
            if matches!(event, tauri::RunEvent::Exit) {
                // Whoever starts the program from here on gets a window of their own, which waits
                // until this one has closed the store.
                tauri_plugin_single_instance::destroy(app);
                tauri::async_runtime::block_on(app.state::<Desk>().close());
            }
        });
    Ok(())
}

/// Answers for the pages before the store is open, and does what a person asked for on one.
fn start_page(app: &AppHandle, window: &str, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let desk = app.state::<Desk>();
    let phase = desk.phase();
    let file = desk.opened(window);
    let root = file
        .as_ref()
        .and_then(|_| root_key::kept(&desk.settings, &desk.place()));
    let shown = Shown {
        phase: &phase,
        language: desk.look().ui.language,
        file: file.as_deref(),
        root: root.as_ref(),
        now: SystemClock.now().seconds(),
    };
    let (response, wish) = start::answer(request, &shown);
    match (wish, phase) {
        (Some(Wish::Open(passphrase)), Phase::Failed(_) | Phase::Passphrase { .. }) => {
            window::open_store(app, passphrase);
        }
        (Some(Wish::Connections), _) => window::show_connections(app, window),
        (Some(Wish::Mistyped(trouble)), Phase::Passphrase { new, keychain, .. }) => {
            let trouble = Some(trouble);
            window::turn_to(
                app,
                Phase::Passphrase {
                    new,
                    keychain,
                    trouble,
                },
            );
        }
        _ => {}
    }
    response
}

/// What a second start was given to open, if anything.
fn opened_with(arguments: Vec<String>, folder: &Path) -> Option<Opened> {
    let with = Settings::try_parse_from(arguments).ok()?.open?;
    Some(Opened::read(&with, folder))
}

/// What `build.rs` made of `tauri.conf.json` and the UI.
#[expect(
    clippy::disallowed_methods,
    reason = "what Tauri generates leaves when it cannot start"
)]
fn context() -> tauri::Context {
    tauri::generate_context!()
}

/// One program for each store that is named: the name under which a second start finds the first.
pub(crate) fn instance_name(store: Option<&str>) -> String {
    match store {
        None => "app.latchkey.desktop".to_owned(),
        Some(store) => {
            let mut hasher = DefaultHasher::new();
            store.hash(&mut hasher);
            format!("app.latchkey.desktop.store{:016x}", hasher.finish())
        }
    }
}
