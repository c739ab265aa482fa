//! The real window on a real display, driven as a person does it.

mod browser;
mod connections;
mod desktop;
mod display;
mod driver;
mod harness;
mod main_job;
mod portals;
mod start;
