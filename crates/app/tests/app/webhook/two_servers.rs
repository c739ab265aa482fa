//! Two servers of one store: each event is sent by one of them, in order.

use std::sync::Arc;

use latchkey_domain::EntityKind;
use latchkey_testkit::{DatabaseKind, Receiver, TestApp};

use super::{attempts, webhook};

#[tokio::test]
async fn each_event_is_sent_by_one_of_two_servers() {
    let app = TestApp::open(DatabaseKind::Postgres).await;
    let other = Arc::new(app.another_server().await);
    let receiver = Receiver::begin().await;
    let (id, _) = webhook(&app, &receiver.url(), &[EntityKind::Customer]).await;
    for _ in 0..5 {
        for _ in 0..4 {
            app.customer("Nordwind").await;
        }
        let (one, two) = tokio::join!(app.webhooks_send(), other.webhooks_send());
        one.unwrap();
        two.unwrap();
        // Who came while the other one sent has nothing left to do.
        app.webhooks_send().await.unwrap();
    }
    let ids = receiver.all();
    let ids: Vec<_> = ids.iter().map(|one| &one.headers["webhook-id"]).collect();
    assert_eq!(ids.len(), 20);
    let different: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!(different.len(), 20, "none was sent twice");
    let indices: Vec<u64> = attempts(&app, id)
        .await
        .iter()
        .map(|one| one.index)
        .collect();
    assert!(indices.is_sorted(), "{indices:?}");
    Arc::into_inner(other).unwrap().close().await;
    app.close().await;
}
