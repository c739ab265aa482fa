//! What people bring, and what becomes of it.

mod activation;
mod column;
mod customer;
mod decode;
mod fuzz;
mod license;
mod table;

use super::*;
use crate::refusal::Refusal;

/// The error of a row, as the report shows it.
fn sentence<T: std::fmt::Debug>(row: &Row<T>) -> String {
    row.content
        .as_ref()
        .expect_err("the row is refused")
        .to_string()
}

/// The stable code of what is wrong with a row.
fn code<T: std::fmt::Debug>(row: &Row<T>) -> &'static str {
    row.content.as_ref().expect_err("the row is refused").code()
}
