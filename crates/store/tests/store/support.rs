//! A store of its own for each test, on either database.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use latchkey_domain::actor::{Actor, Reach, Role};
use latchkey_domain::random::SeededRandom;
use latchkey_domain::{ActorId, ChangeId, Clock, Random, Salt, Timestamp, VendorId};
use latchkey_store::{
    Batch, JobContext, Need, Needs, Scope, SignCheckpoint, Store, StoreError, StoreUrl, Work,
};
use sqlx::{Connection as _, Executor as _};
use tempfile::TempDir;

/// The variable that says where a PostgreSQL server is on which tests may create databases.
const POSTGRES: &str = "LATCHKEY_TEST_POSTGRES";

/// A clock that stands still until it is moved.
pub(crate) struct ManualClock(AtomicI64);

impl ManualClock {
    pub(crate) fn advance(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

struct Unsigned;

impl SignCheckpoint for Unsigned {
    fn sign(&self, size: u64, _: &[u8; 32]) -> Result<String, StoreError> {
        Ok(format!("unsigned checkpoint of {size}"))
    }
}

/// Where a test keeps its store.
pub(crate) struct Place {
    pub(crate) url: StoreUrl,
    /// The folder of an embedded store; removed when the test ends.
    pub(crate) folder: Option<TempDir>,
}

impl Place {
    pub(crate) fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            url: StoreUrl::file(&folder.path().join("store.db")),
            folder: Some(folder),
        }
    }

    pub(crate) async fn postgres() -> Self {
        static COUNTER: AtomicU32 = AtomicU32::new(0);
        let server = std::env::var(POSTGRES).unwrap_or_else(|_| {
            panic!(
                "{POSTGRES} does not say where PostgreSQL is; run `cargo xtask services -- cargo test`"
            )
        });
        let name = format!(
            "store_{}_{}",
            std::process::id(),
            COUNTER.fetch_add(1, Ordering::SeqCst)
        );
        let mut connection = sqlx::PgConnection::connect(&server).await.unwrap();
        connection
            .execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .await
            .unwrap();
        let (address, _) = server.rsplit_once('/').unwrap();
        Self {
            url: StoreUrl::parse(&format!("{address}/{name}")).unwrap(),
            folder: None,
        }
    }

    pub(crate) async fn both() -> [Self; 2] {
        [Self::sqlite(), Self::postgres().await]
    }

    /// The file of an embedded store.
    pub(crate) fn file(&self) -> std::path::PathBuf {
        self.folder.as_ref().unwrap().path().join("store.db")
    }

    pub(crate) async fn open(&self) -> Result<Store, StoreError> {
        let clock = Arc::new(ManualClock(AtomicI64::new(1_800_000_000_000)));
        Store::open(&self.url, clock, Arc::new(SeededRandom::new(5))).await
    }
}

/// An open store with a vendor's scope to work in.
pub(crate) struct Bench {
    pub(crate) store: Store,
    pub(crate) scope: Scope,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) random: Arc<SeededRandom>,
    pub(crate) place: Place,
}

impl Bench {
    pub(crate) async fn open(place: Place) -> Self {
        Self::open_at(place, 7).await
    }

    pub(crate) async fn open_at(place: Place, seed: u64) -> Self {
        let clock = Arc::new(ManualClock(AtomicI64::new(1_800_000_000_000)));
        let random = Arc::new(SeededRandom::new(seed));
        let store = Store::open(&place.url, clock.clone(), random.clone())
            .await
            .unwrap();
        let scope = Scope {
            vendor_id: VendorId::generate(clock.now(), &*random),
            salt: Salt([1; 16]),
            signer: Arc::new(Unsigned),
        };
        Self {
            store,
            scope,
            clock,
            random,
            place,
        }
    }

    pub(crate) async fn both() -> [Self; 2] {
        let [sqlite, postgres] = Place::both().await;
        [Self::open(sqlite).await, Self::open(postgres).await]
    }

    /// A moment of its own, so that what is created later also has the later id.
    pub(crate) fn tick(&self) -> Timestamp {
        self.clock.advance(1);
        self.clock.now()
    }

    pub(crate) fn clock_now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn random(&self) -> &dyn Random {
        &*self.random
    }

    pub(crate) fn salt(&self) -> Salt {
        Salt(latchkey_domain::random::bytes_16(self.random()))
    }

    /// Has something done in one transaction.
    pub(crate) async fn try_write(
        &self,
        needs: Vec<Need>,
        act: impl Fn(&mut Batch) + Send + Sync + 'static,
    ) -> Result<(), StoreError> {
        let context = JobContext {
            actor: Actor {
                id: ActorId::generate(self.clock.now(), self.random()),
                name: "Test".into(),
                role: Role::Owner,
                reach: Reach::default(),
                proved_at: None,
            },
            permission: None,
            change: ChangeId::generate(self.clock.now(), self.random()),
            undoes: None,
            idempotency: None,
        };
        let outcome = self
            .store
            .write(&self.scope, context, Act { needs, act })
            .await?;
        outcome.result.unwrap();
        Ok(())
    }

    pub(crate) async fn write(&self, act: impl Fn(&mut Batch) + Send + Sync + 'static) {
        self.try_write(Vec::new(), act).await.unwrap();
    }
}

struct Act<F> {
    needs: Vec<Need>,
    act: F,
}

impl<F: Fn(&mut Batch) + Send + Sync + 'static> Work for Act<F> {
    type Answer = ();
    type Refused = std::convert::Infallible;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        for need in &self.needs {
            needs.ask(need.clone());
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<(), Self::Refused> {
        (self.act)(batch);
        Ok(())
    }
}
