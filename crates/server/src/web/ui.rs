//! The UI's files, out of the program itself. `build.rs` put them there.

use http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Uri};
use latchkey_api::Body;

/// A file of the built UI.
struct UiFile {
    path: &'static str,
    kind: &'static str,
    tag: &'static str,
    content: &'static [u8],
}

/// Sorted by path.
static FILES: &[UiFile] = include!(concat!(env!("OUT_DIR"), "/ui_files.rs"));

/// The folder whose files carry a hash of their content in their names.
const HASHED: &str = "/assets/";

/// Answers with the file of this path, or with the page, which knows its own paths.
pub(super) async fn file(method: Method, uri: Uri, headers: HeaderMap) -> Response<Body> {
    if method != Method::GET && method != Method::HEAD {
        return answer(StatusCode::METHOD_NOT_ALLOWED, &[(ALLOW, "GET, HEAD")], &[]);
    }
    let Some(file) = found(uri.path()) else {
        return answer(StatusCode::NOT_FOUND, &[], b"There is nothing here.");
    };
    let kept = if file.path.starts_with(HASHED) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let about = [
        (CONTENT_TYPE, file.kind),
        (ETAG, file.tag),
        (CACHE_CONTROL, kept),
    ];
    if headers
        .get(IF_NONE_MATCH)
        .is_some_and(|known| known == file.tag)
    {
        return answer(StatusCode::NOT_MODIFIED, &about, &[]);
    }
    answer(StatusCode::OK, &about, file.content)
}

fn answer(
    status: StatusCode,
    about: &[(HeaderName, &'static str)],
    content: &'static [u8],
) -> Response<Body> {
    let mut response = Response::new(Body::from(content));
    *response.status_mut() = status;
    for (name, value) in about {
        response
            .headers_mut()
            .insert(name.clone(), HeaderValue::from_static(value));
    }
    response
}

fn found(path: &str) -> Option<&'static UiFile> {
    let exact = |path: &str| {
        let index = FILES.binary_search_by(|file| file.path.cmp(path)).ok()?;
        FILES.get(index)
    };
    exact(path).or_else(|| {
        // A path without an ending is a place in the page; with one it is a file that is missing.
        let last = path.rsplit('/').next().unwrap_or_default();
        let is_place = !path.starts_with(HASHED) && !last.contains('.');
        if is_place { exact("/index.html") } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_page_gets_the_page_and_a_missing_file_does_not() {
        for place in [
            "/",
            "/index.html",
            "/admin/licenses",
            "/admin/licenses/lic_01?tab=2",
        ] {
            let path = place.split('?').next().unwrap();
            assert_eq!(found(path).unwrap().path, "/index.html", "{place}");
        }
        for missing in ["/assets/index-old.js", "/favicon.gif", "/assets/none"] {
            assert!(found(missing).is_none(), "{missing}");
        }
    }

    #[tokio::test]
    async fn a_file_that_is_known_is_not_sent_again() {
        let get = |headers| file(Method::GET, Uri::from_static("/"), headers);
        let first = get(HeaderMap::new()).await;
        assert_eq!(first.headers()[CONTENT_TYPE], "text/html; charset=utf-8");
        assert_eq!(first.headers()[CACHE_CONTROL], "no-cache");
        let mut known = HeaderMap::new();
        known.insert(IF_NONE_MATCH, first.headers()[ETAG].clone());
        assert_eq!(get(known).await.status(), StatusCode::NOT_MODIFIED);
        let other = file(Method::POST, Uri::from_static("/"), HeaderMap::new()).await;
        assert_eq!(other.status(), StatusCode::METHOD_NOT_ALLOWED);
    }
}
