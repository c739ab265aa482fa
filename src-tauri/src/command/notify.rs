//! A notification of the desktop: long work has ended while the person was elsewhere.

use notify_rust::Notification;
use tauri::WebviewWindow;

use crate::refusal::Refusal;
use crate::window;

/// The name of the program's icon and desktop entry, as the package installs them.
const PROGRAM: &str = "latchkey-desktop";

/// Shows it. Whoever presses it gets the window that it speaks of.
#[tauri::command]
pub(crate) async fn notify(
    title: String,
    text: String,
    window: WebviewWindow,
) -> Result<(), Refusal> {
    let shown = Notification::new()
        .appname("Latchkey")
        .icon(PROGRAM)
        .summary(&title)
        .body(&text)
        .action("default", &title)
        .show_async()
        .await
        .map_err(Refusal::bridge)?;
    std::thread::spawn(move || {
        shown.wait_for_action(|action| {
            if action == "default" {
                window::bring_forward(&window);
            }
        });
    });
    Ok(())
}
