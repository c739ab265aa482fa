//! Whole lists as CSV, sent while they are being read: a page is read when the client has taken the one before, so
//! that a million rows never stand in memory and no database connection waits for a slow client.
//!
//! A table has the columns of the list's items, called as in JSON and in the same order.

use std::future::Future;
use std::io;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::{StreamExt as _, stream};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use latchkey_app::AppError;
use latchkey_app::filter::{Page, PageRequest};
use latchkey_report::{ByteOrderMark, Cell, CsvRow, CsvWriter, FileName, ReportError};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::IntoParams;

use crate::attachment::attachment;
use crate::caller::Caller;
use crate::problem::Problem;

/// Rows that are read at once.
const ROWS_PER_READING: u32 = 2_000;

/// The media type.
const MEDIA_TYPE: &str = "text/csv; charset=utf-8";

/// How a table is written.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CsvQuery {
    /// True to begin with a byte order mark, without which Excel takes the file for another encoding.
    #[param(required = false, default = false)]
    pub bom: Option<bool>,
}

/// The items of a list as rows: what follows the type are all of its fields, and after `without` those left out.
macro_rules! csv_row {
    ($item:ident { $($field:ident),* $(,)? } $(without $($left_out:ident),*)?) => {
        impl latchkey_report::CsvRow for $item {
            const HEADINGS: &'static [&'static str] = &[$(stringify!($field)),*];

            fn cells(&self) -> Vec<latchkey_report::Cell<'_>> {
                let Self { $($field,)* $($($left_out: _,)*)? } = self;
                vec![$(crate::csv::cell($field)),*]
            }
        }
    };
}
pub(crate) use csv_row;

/// A field as it stands in JSON, in a cell: texts without quotes, null as nothing, lists and objects as JSON.
pub(crate) fn cell<T: Serialize>(field: &T) -> Cell<'static> {
    match serde_json::to_value(field) {
        Ok(Value::String(text)) => text.into(),
        Ok(Value::Number(number)) => number.as_i64().into(),
        Ok(Value::Null) | Err(_) => Cell::Blank,
        Ok(other) => other.to_string().into(),
    }
}

/// Answers a whole list as a file called after `name` and the day. What is refused is refused before the first byte
/// is sent; what fails later breaks the answer off, so that nobody takes half a table for a whole one.
pub(crate) async fn answer<Filter, Row, Read, Reading>(
    api: Caller,
    name: &str,
    query: CsvQuery,
    filter: Filter,
    read: Read,
) -> Result<Response, Problem>
where
    Filter: Clone + Send + 'static,
    Row: CsvRow + Send + 'static,
    Read: Fn(Caller, Filter, PageRequest) -> Reading + Send + 'static,
    Reading: Future<Output = Result<Page<Row>, AppError>> + Send,
{
    let mark = match query.bom {
        Some(true) => ByteOrderMark::Write,
        Some(false) | None => ByteOrderMark::Omit,
    };
    let page = |after| PageRequest::uncounted(ROWS_PER_READING, after);
    let day = api.app.now().to_chrono().format("%Y-%m-%d").to_string();
    let read = move |after| read(api.clone(), filter.clone(), page(after));
    let first = read(None).await?;
    let next = first.next;
    let failed = |_| Problem::new("internal", "The table could not be written.");
    let begun = CsvWriter::new(Vec::new(), mark).map_err(failed)?;
    let beginning = written(begun, &first.rows).map_err(failed)?;
    let rest = stream::try_unfold((read, next), move |(read, next)| async move {
        if next.is_none() {
            return Ok(None);
        }
        let found = read(next).await.map_err(io::Error::other)?;
        let rows = written(CsvWriter::without_headings(Vec::new()), &found.rows);
        let rows = rows.map_err(io::Error::other)?;
        Ok::<_, io::Error>(Some((rows, (read, found.next))))
    });
    let body = stream::once(async { Ok(beginning) }).chain(rest);
    let headers = [
        (CONTENT_TYPE, MEDIA_TYPE.to_owned()),
        (
            CONTENT_DISPOSITION,
            attachment(&FileName::new(&[name, &day], "csv").to_string()),
        ),
    ];
    Ok((headers, Body::from_stream(body)).into_response())
}

fn written<Row: CsvRow>(
    mut table: CsvWriter<Vec<u8>, Row>,
    rows: &[Row],
) -> Result<Bytes, ReportError> {
    for row in rows {
        table.row(row)?;
    }
    Ok(table.finish()?.into())
}
