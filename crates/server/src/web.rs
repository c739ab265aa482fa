//! What surrounds the API when it is served to a browser: the UI's files, and the headers that keep
//! a page to itself. Which requests the API takes at all, and how large they may be, is its own
//! matter (`latchkey_api`: loopback names and own pages only).

mod headers;
mod ui;

use http::HeaderValue;
use latchkey_api::Router;
use tower_http::set_header::SetResponseHeaderLayer;

/// The API with the UI around it.
pub(crate) fn router(api: Router) -> Router {
    let with_ui = api.fallback(ui::file);
    headers::ALWAYS
        .iter()
        .fold(with_ui, |router, (name, value)| {
            let value = HeaderValue::from_static(value);
            router.layer(SetResponseHeaderLayer::overriding(name.clone(), value))
        })
}
