//! The blocking client, from wherever it is called; and the asynchronous one where it cannot work.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use latchkey_client::{Error, Source, blocking};

use crate::app::App;
use crate::server::{ACTIVATE, DEACTIVATE, Reply};

fn whole_story(app: &App) {
    let client = blocking::Client::over(app.start()).unwrap();
    assert!(client.activate("Drawing office 3").unwrap().valid);
    assert_eq!(client.validate().unwrap().source, Source::Online);
    client.deactivate().unwrap();
    app.server
        .script(ACTIVATE, [Reply::problem(409, "seats_exhausted")]);
    let error = client.activate(None).unwrap_err();
    assert_eq!(error.code(), "seats_exhausted");
    assert_eq!(app.server.requests(DEACTIVATE).len(), 1);
}

#[test]
fn it_works_in_a_program_without_a_runtime() {
    whole_story(&App::new());
}

#[tokio::test]
async fn it_works_and_ends_within_a_runtime_of_one_thread() {
    whole_story(&App::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_works_and_ends_within_a_runtime_of_several_threads() {
    whole_story(&App::new());
}

#[test]
fn several_threads_share_it() {
    let app = App::new();
    let client = blocking::Client::new(app.settings()).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert!(client.validate().unwrap().valid));
        }
    });
}

#[test]
fn its_thread_ends_with_it() {
    let app = App::new();
    let over = app.start();
    let client = blocking::Client::over(over.clone()).unwrap();
    client.validate().unwrap();
    drop(client);
    let again = blocking::Client::over(over).unwrap();
    assert!(again.validate().unwrap().valid, "a new thread takes over");
}

#[test]
fn the_asynchronous_client_says_that_it_needs_a_runtime() {
    let client = App::new().start();
    let mut context = Context::from_waker(Waker::noop());
    let validate = pin!(client.validate()).poll(&mut context);
    assert_eq!(validate, Poll::Ready(Err(Error::NoRuntime)));
    let deactivate = pin!(client.deactivate()).poll(&mut context);
    assert_eq!(deactivate, Poll::Ready(Err(Error::NoRuntime)));
}
