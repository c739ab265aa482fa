//! The clock of a machine belongs to whoever sits in front of it.

use latchkey_client::{Error, Recollection, Source};

use crate::app::App;
use crate::vendor::{DAY, MINUTE, NOW};

async fn told_yes() -> App {
    let mut app = App::new();
    assert!(app.validate().await.unwrap().valid);
    app.server.stop();
    app
}

async fn grace_is_over(app: &App) -> bool {
    match app.validate().await {
        Ok(verdict) => !verdict.valid,
        Err(Error::Unreachable { memory, .. }) => {
            assert!(
                matches!(memory, Recollection::GraceOver { .. }),
                "{memory:?}"
            );
            true
        }
        Err(error) => panic!("{error:?}"),
    }
}

#[tokio::test]
async fn a_clock_set_back_does_not_bring_the_grace_back() {
    let app = told_yes().await;
    app.set_clock(NOW + 8 * DAY);
    assert!(grace_is_over(&app).await);
    for back in [NOW + 6 * DAY, NOW, NOW - 400 * DAY, 0] {
        app.set_clock(back);
        assert!(grace_is_over(&app).await, "clock at {back}");
    }
}

#[tokio::test]
async fn a_clock_that_is_corrected_a_little_costs_nothing() {
    let app = told_yes().await;
    app.set_clock(NOW + 7 * DAY + 2 * MINUTE);
    assert!(grace_is_over(&app).await);
    app.set_clock(NOW + 7 * DAY - 3 * MINUTE);
    assert!(
        !grace_is_over(&app).await,
        "five minutes back are a correction"
    );
    app.set_clock(NOW + 7 * DAY - 3 * MINUTE - 1);
    assert!(grace_is_over(&app).await, "more are not");
}

#[tokio::test]
async fn an_answer_from_the_server_sets_the_clock_right_again() {
    let app = App::new();
    app.set_clock(NOW + 4_000 * DAY);
    assert!(
        app.validate().await.unwrap().valid,
        "online the clock does not matter"
    );
    app.set_clock(NOW);
    assert!(app.validate().await.unwrap().valid);
    let mut app = app;
    app.server.stop();
    assert!(!grace_is_over(&app).await);
    app.set_clock(NOW + 7 * DAY - 1);
    assert!(!grace_is_over(&app).await);
}

#[tokio::test]
async fn a_machine_whose_clock_is_years_behind_has_its_grace() {
    let mut app = App::new();
    let then = NOW - 2_000 * DAY;
    app.set_clock(then);
    assert_eq!(app.validate().await.unwrap().source, Source::Online);
    app.server.stop();
    app.set_clock(then + 7 * DAY - 1);
    assert!(!grace_is_over(&app).await);
    app.set_clock(then + 7 * DAY);
    assert!(grace_is_over(&app).await);
}

#[tokio::test]
async fn a_machine_whose_clock_is_ahead_loses_what_is_beyond_a_day() {
    let mut app = App::new();
    app.set_clock(NOW + 3 * DAY);
    app.validate().await.unwrap();
    app.server.stop();
    app.set_clock(NOW + 8 * DAY - 1);
    assert!(!grace_is_over(&app).await);
    app.set_clock(NOW + 8 * DAY);
    assert!(grace_is_over(&app).await);
}
