//! An app on a machine: a clock that a test can set, a state file, and a client as it is after a start.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use latchkey_client::{Client, DateTime, Error, Licensed, Settings, Source, Verdict};
use tempfile::TempDir;

use crate::server::Server;
use crate::vendor::{LICENSE_KEY, MACHINE_CODE, NOW, PRODUCT_CODE, root_key};

pub(crate) const LICENSED: Licensed<'_> = Licensed {
    product_code: PRODUCT_CODE,
    license_key: LICENSE_KEY,
    machine_code: MACHINE_CODE,
};

pub(crate) struct App {
    pub(crate) server: Server,
    folder: TempDir,
    clock: Arc<AtomicI64>,
}

impl App {
    pub(crate) fn new() -> Self {
        Self {
            server: Server::start(),
            folder: tempfile::tempdir().unwrap(),
            clock: Arc::new(AtomicI64::new(NOW)),
        }
    }

    pub(crate) fn state_file(&self) -> PathBuf {
        self.folder.path().join("atlas/license.json")
    }

    pub(crate) fn settings(&self) -> Settings {
        settings(&self.server.url()).state_file(self.state_file())
    }

    /// The client of an app that was started just now.
    pub(crate) fn start(&self) -> Client {
        self.start_with(self.settings())
    }

    pub(crate) fn start_with(&self, settings: Settings) -> Client {
        let clock = Arc::clone(&self.clock);
        let now = move || DateTime::from_timestamp_millis(clock.load(Ordering::SeqCst)).unwrap();
        Client::with_clock(settings, now).unwrap()
    }

    /// Starts, validates, ends.
    pub(crate) async fn validate(&self) -> Result<Verdict, Error> {
        self.start().validate().await
    }

    pub(crate) fn set_clock(&self, millis: i64) {
        self.clock.store(millis, Ordering::SeqCst);
    }
}

/// Settings with which nothing takes long.
pub(crate) fn settings(server: &str) -> Settings {
    Settings::new(server, root_key(), LICENSED)
        .unwrap()
        .tries(2)
        .first_wait(Duration::from_millis(1))
}

/// Until when an offline verdict holds, in milliseconds since 1970.
pub(crate) fn until(verdict: &Verdict) -> Option<i64> {
    match verdict.source {
        Source::Offline { until, .. } => until.map(|until| until.timestamp_millis()),
        Source::Online => panic!("the verdict is from the server: {verdict:?}"),
    }
}

/// The code of the refusal in a verdict; "valid" if there is none.
pub(crate) fn code(verdict: &Verdict) -> &str {
    verdict
        .refusal
        .as_ref()
        .map_or("valid", |refusal| &refusal.code)
}
