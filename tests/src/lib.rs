//! Tests of the whole: the program, the desktop window, the documents.
//!
//! They run what is built under `target/debug`, so build first; `cargo xtask test` does, and starts
//! the display and the keychain that the window needs.

#[cfg(test)]
mod built;
#[cfg(test)]
mod home;
#[cfg(test)]
mod program;
#[cfg(test)]
mod window;
