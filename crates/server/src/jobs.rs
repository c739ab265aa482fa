//! What is done for each vendor beside answering requests: webhooks are sent what happens, customers are told that
//! licenses are about to end, letters that wait are carried, idle seats are freed, and seats in use are counted. It is also
//! looked which vendors there are.

use std::sync::Arc;
use std::time::Duration;

use latchkey_app::{App, Vendors};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How often it is looked for vendors that were added, or given another address.
const LOOK: Duration = Duration::from_secs(1);

/// The jobs of one vendor. They end when the sender is gone.
struct Running {
    app: Arc<App>,
    stop: watch::Sender<bool>,
    jobs: [JoinHandle<()>; 5],
}

impl Running {
    fn begin(app: Arc<App>) -> Self {
        let (stop, stopped) = watch::channel(false);
        let jobs = [
            tokio::spawn(Arc::clone(&app).expiry_notices_run(stopped.clone())),
            tokio::spawn(Arc::clone(&app).letters_run(stopped.clone())),
            tokio::spawn(Arc::clone(&app).reclaim_run(stopped.clone())),
            tokio::spawn(Arc::clone(&app).webhooks_run(stopped.clone())),
            tokio::spawn(Arc::clone(&app).usage_run(stopped)),
        ];
        Self { app, stop, jobs }
    }

    async fn end(self) {
        self.stop.send_replace(true);
        for job in self.jobs {
            if job.await.is_err() {
                tracing::error!(
                    "one of the jobs beside answering requests had stopped before the server was"
                );
            }
        }
    }
}

/// Does it for all of them until it is told to stop, and then ends what has begun.
pub(crate) async fn run(vendors: Arc<Vendors>, mut stopped: watch::Receiver<bool>) {
    let mut running: Vec<Running> = Vec::new();
    loop {
        let all = vendors.look().await;
        let gone = running.extract_if(.., |one| !all.iter().any(|app| Arc::ptr_eq(app, &one.app)));
        for one in gone.collect::<Vec<_>>() {
            one.end().await;
        }
        for app in all.iter() {
            if !running.iter().any(|one| Arc::ptr_eq(app, &one.app)) {
                running.push(Running::begin(Arc::clone(app)));
            }
        }
        drop(all);
        tokio::select! {
            // The sender lives as long as the program serves: an error means to stop as well.
            _ = stopped.wait_for(|asked| *asked) => break,
            () = tokio::time::sleep(LOOK) => {}
        }
    }
    for one in running {
        one.end().await;
    }
}
