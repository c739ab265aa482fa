//! One module per command of `cargo xtask`.

pub(crate) mod bench;
pub(crate) mod check;
pub(crate) mod codegen;
pub(crate) mod dist;
pub(crate) mod icons;
pub(crate) mod run;
pub(crate) mod seed;
pub(crate) mod services;
pub(crate) mod test;
pub(crate) mod tidy;
