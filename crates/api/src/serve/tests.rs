//! What a slow, silent or greedy client gets, and how a stop looks from outside.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::*;

const SHORT: Duration = Duration::from_millis(200);

struct Served {
    address: std::net::SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

async fn served(limits: Limits, router: Router) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let task = tokio::spawn(serve(listener, Plain, limits, router, async {
        let _ = stopped.await;
    }));
    Served {
        address,
        stop,
        task,
    }
}

fn hello() -> Router {
    Router::new().route("/", axum::routing::get(|| async { "hello" }))
}

fn impatient() -> Limits {
    Limits {
        head: SHORT,
        ..Limits::default()
    }
}

/// Sends something, and reads until the server closes.
async fn answer(served: &Served, sent: &[u8]) -> String {
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    stream.write_all(sent).await.unwrap();
    let mut got = Vec::new();
    // A reset instead of an orderly end is an end as well.
    let _ = stream.read_to_end(&mut got).await;
    String::from_utf8_lossy(&got).into_owned()
}

#[tokio::test]
async fn a_client_that_sends_nothing_or_only_the_beginning_is_let_go() {
    let served = served(impatient(), hello()).await;
    for sent in [
        "",
        "P",
        "PRI * HTTP/2.0\r\n",
        "GET / HTTP/1.1\r\nhost: a\r\n",
    ] {
        let got = answer(&served, sent.as_bytes()).await;
        assert!(!got.contains("200"), "{sent:?} got {got}");
    }
}

#[tokio::test]
async fn an_idle_connection_is_closed_after_its_answer() {
    let served = served(impatient(), hello()).await;
    let got = answer(&served, b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert!(got.starts_with("HTTP/1.1 200"), "{got}");
    assert!(got.ends_with("hello"), "{got}");
}

#[tokio::test]
async fn a_head_is_refused_when_it_is_too_large() {
    let limits = Limits {
        head_bytes_max: 8_192,
        ..impatient()
    };
    let served = served(limits, hello()).await;
    let head = |bytes: usize| {
        let frame = "GET / HTTP/1.1\r\nx: \r\nconnection: close\r\n\r\n".len();
        let filling = "x".repeat(bytes - frame);
        format!("GET / HTTP/1.1\r\nx: {filling}\r\nconnection: close\r\n\r\n")
    };
    let got = answer(&served, head(8_000).as_bytes()).await;
    assert!(got.starts_with("HTTP/1.1 200"), "{got}");
    let got = answer(&served, head(9_000).as_bytes()).await;
    assert!(got.starts_with("HTTP/1.1 431"), "{got}");
}

#[tokio::test]
async fn one_connection_too_many_waits_until_another_ends() {
    let limits = Limits {
        connections_max: 1,
        ..Limits::default()
    };
    let served = served(limits, hello()).await;
    let mut first = TcpStream::connect(served.address).await.unwrap();
    first
        .write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n")
        .await
        .unwrap();
    let mut buffer = [0; 4];
    first.read_exact(&mut buffer).await.unwrap();
    let mut second = pin!(answer(
        &served,
        b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"
    ));
    let early = tokio::time::timeout(SHORT, second.as_mut()).await;
    assert!(early.is_err(), "the second was answered beside the first");
    drop(first);
    assert!(second.await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_stop_answers_what_was_asked_and_closes_what_is_idle() {
    let (begun, has_begun) = oneshot::channel();
    let (go_on, goes_on) = oneshot::channel();
    let once = std::sync::Mutex::new(Some((begun, goes_on)));
    let once = Arc::new(once);
    let slow = axum::routing::get(move || {
        let taken = once.lock().unwrap().take();
        async move {
            let (begun, goes_on) = taken.unwrap();
            let _ = begun.send(());
            let _ = goes_on.await;
            "done"
        }
    });
    let served = served(Limits::default(), hello().route("/slow", slow)).await;
    let mut idle = TcpStream::connect(served.address).await.unwrap();
    let mut asking = TcpStream::connect(served.address).await.unwrap();
    asking
        .write_all(b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n")
        .await
        .unwrap();
    has_begun.await.unwrap();
    served.stop.send(()).unwrap();
    let mut nothing = Vec::new();
    let _ = idle.read_to_end(&mut nothing).await;
    assert!(nothing.is_empty());
    assert!(!served.task.is_finished(), "a request still runs");
    go_on.send(()).unwrap();
    let mut got = String::new();
    asking.read_to_string(&mut got).await.unwrap();
    assert!(
        got.starts_with("HTTP/1.1 200") && got.ends_with("done"),
        "{got}"
    );
    served.task.await.unwrap();
    assert!(TcpStream::connect(served.address).await.is_err());
}

#[tokio::test]
async fn a_stop_does_not_wait_for_ever() {
    let limits = Limits {
        finish: SHORT,
        ..Limits::default()
    };
    let (begun, mut has_begun) = tokio::sync::mpsc::channel(1);
    let endless = axum::routing::get(move || async move {
        let _ = begun.send(()).await;
        std::future::pending::<&str>().await
    });
    let served = served(limits, Router::new().route("/", endless)).await;
    let mut asking = TcpStream::connect(served.address).await.unwrap();
    let request = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n";
    asking.write_all(request).await.unwrap();
    has_begun.recv().await.unwrap();
    served.stop.send(()).unwrap();
    served.task.await.unwrap();
    let mut got = Vec::new();
    let _ = asking.read_to_end(&mut got).await;
    assert!(got.is_empty());
}
