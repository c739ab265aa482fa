//! Prepares the window's resources: configuration, capabilities, and the list of commands that
//! capabilities can allow. A command that is missing here cannot be called.

use std::path::Path;
use std::{fs, io};

const COMMANDS: &[&str] = &[
    "add_server",
    "add_store",
    "api_request",
    "api_stream",
    "api_stream_cancel",
    "browser_sign_in",
    "browser_sign_in_cancel",
    "download",
    "forget_connection",
    "list_connections",
    "look_at_server",
    "move_store",
    "notify",
    "open_connection",
    "pick_file",
    "read_dropped",
    "read_opened",
    "save_file",
    "set_look",
];

const UI: &str = "../ui/dist";

const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><title>Latchkey</title>\
    <h1>The user interface is not built</h1>\
    <p>Build it with <code>cargo xtask run</code>.</p></html>\n";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={UI}");
    let index = Path::new(UI).join("index.html");
    if !index.exists() {
        println!(
            "cargo::warning=ui/dist is not built: the window will only say so. Use `cargo xtask run`."
        );
        fs::create_dir_all(UI)?;
        fs::write(index, NOT_BUILT)?;
    }
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
        .map_err(io::Error::other)
}
