//! For tests only: how the database finds the rows of a list.

use std::sync::{Arc, Mutex, PoisonError};

pub use crate::look::plan_of as of_look;

tokio::task_local! {
    static PLANS: Arc<Mutex<Vec<String>>>;
}

/// Does something that reads lists; with its answer, the lines of the database's plans for it.
pub async fn of<F: Future>(reading: F) -> (F::Output, Vec<String>) {
    let plans = Arc::new(Mutex::new(Vec::new()));
    let answer = PLANS.scope(Arc::clone(&plans), reading).await;
    let lines = std::mem::take(&mut *plans.lock().unwrap_or_else(PoisonError::into_inner));
    (answer, lines)
}

/// Whether somebody wants to know.
pub(crate) fn wanted() -> bool {
    PLANS.try_with(|_| ()).is_ok()
}

/// Notes a line of a plan.
pub(crate) fn note(line: String) {
    // Nobody asked: then there is nobody to tell.
    let _ = PLANS.try_with(|plans| {
        plans
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(line);
    });
}
