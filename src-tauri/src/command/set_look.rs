//! What the UI tells of its language, its theme and its pages, for the menu and the next start.

use tauri::AppHandle;

use crate::look::{self, UiLook};

/// Takes it over.
#[tauri::command]
#[expect(
    clippy::needless_pass_by_value,
    reason = "a command takes its arguments by value"
)]
pub(crate) fn set_look(look: UiLook, app: AppHandle) {
    look::set(&app, look);
}
