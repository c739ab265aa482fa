//! The commands. Each answers whether what it judged passed; what kept it from judging is an error.

pub(crate) mod backup;
pub(crate) mod config;
pub(crate) mod doctor;
pub(crate) mod init;
pub(crate) mod ledger;
pub(crate) mod machine_key;
pub(crate) mod move_store;
pub(crate) mod openapi;
pub(crate) mod restore;
pub(crate) mod return_license;
pub(crate) mod seed;
pub(crate) mod serve;
pub(crate) mod vendor;
pub(crate) mod verify;
