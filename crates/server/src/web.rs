//! What surrounds the API when it is served to a browser: the UI's files, and the headers that keep
//! a page to itself. Which requests the API takes at all, and how large they may be, is its own
//! matter (`latchkey_api`: loopback names and own pages only).

mod headers;
mod ui;

use http::{HeaderValue, Response};
use latchkey_api::{Body, Router};
use tower::util::MapResponseLayer;

/// The API with the UI around it.
pub(crate) fn router(api: Router) -> Router {
    // One layer for all of them: each is gone through, and copied, for every request.
    let guarding = MapResponseLayer::new(|mut response: Response<Body>| {
        for (name, value) in &headers::ALWAYS {
            let value = HeaderValue::from_static(value);
            response.headers_mut().insert(name, value);
        }
        response
    });
    api.fallback(ui::file).layer(guarding)
}
