//! The frames in which answers and files pass to the page: JSON head and raw content in one
//! buffer. `ui/src/platform/tauri.ts` reads them; both sides change together.

use serde::Serialize;

/// What stands in front of an answer's body.
#[derive(Serialize)]
pub(crate) struct AnswerHead {
    status: u16,
    headers: Vec<(String, String)>,
}

impl AnswerHead {
    /// The head of a response. Header values that are not text do not concern the page.
    pub(crate) fn of(status: http::StatusCode, headers: &http::HeaderMap) -> Self {
        let headers = headers
            .iter()
            .filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())))
            .collect();
        Self {
            status: status.as_u16(),
            headers,
        }
    }
}

/// What stands in front of a file's content.
#[derive(Serialize)]
pub(crate) struct FileHead<'a> {
    /// The file's name, without its folder.
    pub(crate) name: &'a str,
}

/// What stands in front of what came of a download.
#[derive(Serialize)]
pub(crate) struct DownloadHead {
    saved: bool,
    /// The head of an answer that is no file but a refusal; its body follows.
    refused: Option<AnswerHead>,
}

impl DownloadHead {
    /// It was saved, or the person changed their mind.
    pub(crate) fn saved(saved: bool) -> Self {
        Self {
            saved,
            refused: None,
        }
    }

    /// There is no file to save.
    pub(crate) fn refused(status: http::StatusCode, headers: &http::HeaderMap) -> Self {
        Self {
            saved: false,
            refused: Some(AnswerHead::of(status, headers)),
        }
    }
}

/// Four bytes of length, little-endian; that much JSON; the content.
pub(crate) fn whole(head: &impl Serialize, content: &[u8]) -> Result<Vec<u8>, serde_json::Error> {
    let head = serde_json::to_vec(head)?;
    let length = u32::try_from(head.len()).map_err(serde::ser::Error::custom)?;
    let mut frame = Vec::with_capacity(4 + head.len() + content.len());
    frame.extend(length.to_le_bytes());
    frame.extend(head);
    frame.extend(content);
    Ok(frame)
}

/// First byte of a streamed frame.
#[derive(Clone, Copy)]
pub(crate) enum Streamed {
    /// Status and headers follow, as JSON.
    Head = 0,
    /// A piece of the body follows.
    Chunk = 1,
    /// Nothing follows: the body is complete.
    End = 2,
    /// A sentence follows: why the body ends before its end.
    Failed = 3,
}

/// One frame of a stream.
pub(crate) fn streamed(kind: Streamed, content: &[u8]) -> Vec<u8> {
    let mut frame = Vec::with_capacity(1 + content.len());
    frame.push(kind as u8);
    frame.extend(content);
    frame
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_frame_is_length_head_and_content() {
        let frame = whole(&FileHead { name: "a" }, b"xyz").unwrap();
        assert_eq!(frame, b"\x0c\0\0\0{\"name\":\"a\"}xyz");
    }

    #[test]
    fn a_head_carries_status_and_text_headers_only() {
        let mut headers = http::HeaderMap::new();
        headers.insert("content-type", http::HeaderValue::from_static("text/csv"));
        headers.insert("x-bytes", http::HeaderValue::from_bytes(b"\xff").unwrap());
        let head = AnswerHead::of(http::StatusCode::CREATED, &headers);
        let text = serde_json::to_string(&head).unwrap();
        assert_eq!(
            text,
            r#"{"status":201,"headers":[["content-type","text/csv"]]}"#
        );
    }
}
