//! A Tauri window with one word in it: what `cargo xtask bench` compares the real window with.

use tauri::http::Response;
use tauri::{WebviewUrl, WebviewWindowBuilder};

const PAGE: &[u8] = b"<!doctype html><title>Empty</title><p>Empty</p>";

fn main() -> tauri::Result<()> {
    tauri::Builder::default()
        .register_uri_scheme_protocol("empty", |_, _| {
            Response::builder()
                .header("content-type", "text/html")
                .body(PAGE)
                .unwrap_or_default()
        })
        .setup(|app| {
            let address = WebviewUrl::CustomProtocol("empty://localhost/".parse()?);
            WebviewWindowBuilder::new(app, "main", address)
                .inner_size(1280.0, 820.0)
                .build()?;
            Ok(())
        })
        .run(context())
}

#[expect(
    clippy::disallowed_methods,
    reason = "what Tauri generates leaves when it cannot start"
)]
fn context() -> tauri::Context {
    tauri::generate_context!()
}
