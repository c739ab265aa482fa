//! The stores and servers that the window can work on: a list, and turning to another one.

use serde::Serialize;
use tauri::ipc::Channel;
use tauri::{AppHandle, State, WebviewWindow};
use tauri_plugin_dialog::DialogExt as _;

use crate::command::file::{in_background, path_of};
use crate::desk::{Desk, Phase};
use crate::moving::{self, MovedAway, Step};
use crate::place::{Place, ServerAddress};
use crate::refusal::Refusal;
use crate::remote::{self, Fingerprint, Seen};
use crate::window;

/// What is known, and which one is in use.
#[derive(Serialize)]
pub(crate) struct Connections {
    /// The id of the one in use.
    current: String,
    /// Whether it is open.
    is_open: bool,
    /// All of them.
    items: Vec<Connection>,
}

/// One of them.
#[derive(Serialize)]
struct Connection {
    id: String,
    kind: &'static str,
    /// The address of a server, the path of a file; nothing for the program's own store.
    address: Option<String>,
    /// The fingerprint of the one certificate that is believed.
    pin: Option<String>,
}

impl Connection {
    fn of(place: &Place) -> Self {
        let (kind, address, pin) = match place {
            Place::Own => ("own", None, None),
            Place::Store { path } => ("store", Some(path.display().to_string()), None),
            Place::Server { address, pin } => (
                "server",
                Some(address.to_string()),
                pin.map(|pin| pin.to_string()),
            ),
        };
        Self {
            id: place.id(),
            kind,
            address,
            pin,
        }
    }
}

impl Connections {
    fn of(desk: &Desk) -> Self {
        Self {
            current: desk.place().id(),
            is_open: matches!(desk.phase(), Phase::Ready { .. }),
            items: desk.book().places().map(Connection::of).collect(),
        }
    }

    fn changed(desk: &Desk, place: Place) -> Result<Self, Refusal> {
        desk.change_book(|book| book.add(place)).map_err(kept)?;
        Ok(Self::of(desk))
    }
}

/// Lists them.
#[tauri::command]
#[expect(
    clippy::needless_pass_by_value,
    reason = "a command takes its arguments by value"
)]
pub(crate) fn list_connections(desk: State<'_, Desk>) -> Connections {
    Connections::of(&desk)
}

/// Says what a server is, before it is added.
#[tauri::command]
pub(crate) async fn look_at_server(address: String) -> Result<Seen, Refusal> {
    remote::look(&ServerAddress::parse(&address)?).await
}

/// Adds a server. `pin` is the fingerprint of the one certificate to believe.
#[tauri::command]
#[expect(
    clippy::needless_pass_by_value,
    reason = "a command takes its arguments by value"
)]
pub(crate) fn add_server(
    address: String,
    pin: Option<String>,
    desk: State<'_, Desk>,
) -> Result<Connections, Refusal> {
    let pin: Option<Result<Fingerprint, _>> = pin.map(|pin| pin.parse());
    let place = Place::Server {
        address: ServerAddress::parse(&address)?,
        pin: pin.transpose().map_err(Refusal::bridge)?,
    };
    Connections::changed(&desk, place)
}

/// Lets the person choose a store's file, or say where a new one goes, and adds it; nothing if they changed their mind.
#[tauri::command]
pub(crate) async fn add_store(
    is_new: bool,
    app: AppHandle,
    window: WebviewWindow,
    desk: State<'_, Desk>,
) -> Result<Option<Connections>, Refusal> {
    let chosen = in_background(move || {
        let dialog = app
            .dialog()
            .file()
            .set_parent(&window)
            .add_filter("Latchkey", &["db"]);
        let chosen = if is_new {
            dialog.set_file_name("latchkey.db").blocking_save_file()
        } else {
            dialog.blocking_pick_file()
        };
        chosen.map(path_of).transpose()
    })
    .await?;
    chosen
        .map(|path| Connections::changed(&desk, Place::Store { path }))
        .transpose()
}

/// Turns all windows to another store.
#[tauri::command]
#[expect(
    clippy::needless_pass_by_value,
    reason = "a command takes its arguments by value"
)]
pub(crate) fn open_connection(
    id: String,
    app: AppHandle,
    desk: State<'_, Desk>,
) -> Result<(), Refusal> {
    let book = desk.book();
    let place = book
        .find(&id)
        .ok_or_else(|| Refusal::connection_unknown(&id))?;
    window::turn_to_store(&app, place.clone(), None);
    Ok(())
}

/// Moves the open store to a server's database, whose key a passphrase opens from then on.
#[tauri::command]
pub(crate) async fn move_store(
    database: String,
    passphrase: String,
    progress: Channel<Step>,
    app: AppHandle,
    window: WebviewWindow,
) -> Result<MovedAway, Refusal> {
    // A page that is gone need not be told.
    let tell = |step: latchkey_app::moving::MoveStep| drop(progress.send(step.into()));
    moving::to_database(&app, window.label(), &database, &passphrase, &tell).await
}

/// Takes one out of the list, and forgets who was signed in to it here. The store itself stays as it is.
#[tauri::command]
pub(crate) async fn forget_connection(
    id: String,
    desk: State<'_, Desk>,
) -> Result<Connections, Refusal> {
    if desk.place().id() == id {
        return Err(Refusal::connection_in_use());
    }
    if let Some(Place::Server { address, .. }) = desk.book().find(&id) {
        remote::forget_session(address).await;
    }
    desk.change_book(|book| book.forget(&id)).map_err(kept)?;
    Ok(Connections::of(&desk))
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "so that it stands in `map_err`"
)]
fn kept(error: anyhow::Error) -> Refusal {
    Refusal::not_written(
        "connections.json",
        &std::io::Error::other(format!("{error:#}")),
    )
}
