//! PostgreSQL cut off, silent, slow, restarted or read-only: requests are told soon and clearly, nothing is half done, and the
//! store goes on by itself once the database is back.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use latchkey_domain::ledger::Verb;
use latchkey_domain::refusal::Refusal as _;
use latchkey_store::{StoreError, StoreUrl};
use sqlx::{Connection as _, Executor as _};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::fixture::{Fixture, product};
use crate::names::names;
use crate::support::{Bench, Place};

/// How soon it goes on once the database is back.
const BACK: Duration = Duration::from_secs(15);

/// What lies between the store and its database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Open,
    /// Connections break, and none can be made.
    Cut,
    /// Connections stay, and nothing comes through.
    Silent,
    /// Connections are made anew, and each piece waits before it comes through.
    Slow {
        piece_bytes: usize,
        wait: Duration,
    },
}

/// Some 100 KiB a second, each piece 10 ms late.
const SLOW: Way = Way::Slow {
    piece_bytes: 1_024,
    wait: Duration::from_millis(10),
};

/// 16 bytes a second.
const TRICKLE: Way = Way::Slow {
    piece_bytes: 16,
    wait: Duration::from_secs(1),
};

/// A way to a database that can be closed.
struct Proxy {
    address: SocketAddr,
    way: watch::Sender<Way>,
}

impl Proxy {
    async fn to(database: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (way, seen) = watch::channel(Way::Open);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(carry(client, database.clone(), seen.clone()));
            }
        });
        Self { address, way }
    }

    fn set(&self, way: Way) {
        self.way.send(way).unwrap();
    }
}

/// Carries one connection for as long as the way is open.
async fn carry(mut client: TcpStream, database: String, mut way: watch::Receiver<Way>) {
    let Ok(mut server) = TcpStream::connect(database).await else {
        return;
    };
    let begun = *way.borrow_and_update();
    if let Way::Slow { piece_bytes, wait } = begun {
        let (from_client, to_client) = client.split();
        let (from_server, to_server) = server.split();
        tokio::select! {
            () = trickle(from_client, to_server, piece_bytes, wait) => {}
            () = trickle(from_server, to_client, piece_bytes, wait) => {}
            _ = way.changed() => {}
        }
        return;
    }
    loop {
        let now = *way.borrow_and_update();
        match now {
            Way::Cut | Way::Slow { .. } => return,
            Way::Silent => drop(way.changed().await),
            Way::Open => tokio::select! {
                done = copy_bidirectional(&mut client, &mut server) => return drop(done),
                changed = way.changed() => drop(changed),
            },
        }
        // What was kept back in the middle of a message would come through garbled: a network does not do that.
        if now == Way::Silent && *way.borrow() == Way::Open {
            return;
        }
    }
}

/// Carries what comes in one direction, piece by piece.
async fn trickle(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    piece_bytes: usize,
    wait: Duration,
) {
    let mut piece = vec![0; piece_bytes];
    while let Ok(length @ 1..) = from.read(&mut piece).await {
        tokio::time::sleep(wait).await;
        if to.write_all(&piece[..length]).await.is_err() {
            return;
        }
    }
}

/// A store on PostgreSQL behind a proxy, with something in it.
struct Behind {
    bench: Arc<Bench>,
    proxy: Proxy,
    /// The database without the proxy.
    direct: String,
}

impl Behind {
    async fn open() -> Self {
        let place = Place::postgres().await;
        let StoreUrl::Postgres(direct) = place.url else {
            unreachable!()
        };
        let (user, rest) = direct.split_once('@').unwrap();
        let (server, name) = rest.split_once('/').unwrap();
        let proxy = Proxy::to(server.to_owned()).await;
        let url = StoreUrl::parse(&format!("{user}@{}/{name}", proxy.address)).unwrap();
        let bench = Bench::open(Place { url, folder: None }).await;
        Fixture::fill(&bench, 3, &names(3)).await;
        Self {
            bench: Arc::new(bench),
            proxy,
            direct,
        }
    }

    async fn write(&self, number: usize) -> Result<(), StoreError> {
        let made = product(&self.bench, number);
        let work = move |batch: &mut latchkey_store::Batch| {
            batch.record(Verb::ProductCreate, made.clone());
        };
        self.bench.try_write(Vec::new(), work).await
    }

    async fn size(&self) -> Result<u64, StoreError> {
        let head = self.bench.store.ledger_head(self.bench.scope.vendor_id);
        Ok(head.await?.unwrap().size)
    }

    /// Reads and writes at once, and fails unless both are told soon that the database is away.
    async fn is_away(&self, number: usize, told: Duration) {
        let began = Instant::now();
        let (written, read) = tokio::join!(self.write(number), self.size());
        for error in [written.unwrap_err(), read.unwrap_err()] {
            assert_eq!(error.code(), "store_unavailable", "{error:?}");
        }
        assert!(began.elapsed() < told, "after {:?}", began.elapsed());
    }

    /// Writes until it works; answers how large the ledger is then.
    async fn comes_back(&self, number: usize) -> u64 {
        let began = Instant::now();
        while let Err(error) = self.write(number).await {
            assert_eq!(error.code(), "store_unavailable", "{error}");
            assert!(
                began.elapsed() < BACK,
                "after {:?}: {error}",
                began.elapsed()
            );
        }
        self.size().await.unwrap()
    }

    /// Has the server do something, from another of its databases.
    async fn directly(&self, sql: &str) {
        let (server, _) = self.direct.rsplit_once('/').unwrap();
        let server = format!("{server}/postgres");
        let mut connection = sqlx::PgConnection::connect(&server).await.unwrap();
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        connection.execute(sql).await.unwrap();
    }

    /// Whether the ledger's entries are numbered without a gap, one for each that was acknowledged.
    async fn is_whole(&self, size: u64) {
        let vendor_id = self.bench.scope.vendor_id;
        let rows = self.bench.store.ledger_range(vendor_id, 0, 200).await;
        let indexes: Vec<u64> = rows.unwrap().iter().map(|row| row.index).collect();
        assert_eq!(indexes, (0..size).collect::<Vec<_>>());
    }
}

/// Closes the way, and opens it again: whoever asks is told within a time, and then it goes on.
async fn closes_and_opens(way: Way, told: Duration) {
    let store = Behind::open().await;
    let before = store.size().await.unwrap();
    store.proxy.set(way);
    store.is_away(100, told).await;
    store.proxy.set(Way::Open);
    assert_eq!(
        store.comes_back(101).await,
        before + 1,
        "what was refused was not done"
    );
    store.is_whole(before + 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_cut_off_is_told_of_at_once_and_found_again() {
    closes_and_opens(Way::Cut, Duration::from_secs(12)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_says_nothing_is_given_up_and_found_again() {
    closes_and_opens(Way::Silent, Duration::from_secs(30)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_trickles_is_given_up_and_found_again() {
    closes_and_opens(TRICKLE, Duration::from_secs(30)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_slow_is_waited_for_and_nothing_is_lost() {
    const WRITERS: usize = 8;
    let store = Behind::open().await;
    let before = store.size().await.unwrap();
    store.proxy.set(SLOW);
    // What was open is broken off.
    let began = store.comes_back(100).await;
    assert_eq!(began, before + 1);
    let writing = (0..WRITERS).map(|number| store.write(200 + number));
    for written in futures::future::join_all(writing).await {
        written.unwrap();
    }
    let size = store.size().await.unwrap();
    assert_eq!(size, began + WRITERS as u64);
    store.is_whole(size).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_throws_everybody_out_costs_no_more_than_what_was_under_way() {
    let store = Behind::open().await;
    let before = store.size().await.unwrap();
    let name = store.direct.rsplit_once('/').unwrap().1;
    let out = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity";
    let out = format!("{out} WHERE datname = '{name}'");
    store.directly(&out).await;
    assert_eq!(store.comes_back(100).await, before + 1);
    store.is_whole(before + 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_read_only_is_still_read() {
    let store = Behind::open().await;
    let before = store.size().await.unwrap();
    let name = store.direct.rsplit_once('/').unwrap().1;
    let out = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity";
    let out = format!("{out} WHERE datname = '{name}'");
    let set = format!("ALTER DATABASE {name} SET default_transaction_read_only =");
    store.directly(&format!("{set} on")).await;
    store.directly(&out).await;
    let refused = loop {
        // The first tries may find connections that were just closed.
        let refused = store.write(100).await.unwrap_err();
        assert_eq!(refused.code(), "store_unavailable", "{refused}");
        if refused.to_string().contains("read-only") {
            break refused;
        }
    };
    assert!(refused.fix().is_some());
    assert_eq!(store.size().await.unwrap(), before, "it can be read");
    store.directly(&format!("{set} off")).await;
    store.directly(&out).await;
    assert_eq!(store.comes_back(101).await, before + 1);
}
