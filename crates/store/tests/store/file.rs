//! What can be wrong with the file of an embedded store, and what it is told as.

use std::io::{Seek as _, Write as _};
use std::path::Path;

use latchkey_domain::refusal::Refusal as _;
use latchkey_store::{StoreError, StoreUrl};

use crate::fixture::Fixture;
use crate::names::names;
use crate::support::{Bench, Place};

async fn refusal(path: &Path) -> StoreError {
    let place = Place {
        url: StoreUrl::file(path),
        folder: None,
    };
    match place.open().await {
        Ok(_) => panic!("{} was opened", path.display()),
        Err(error) => error,
    }
}

#[tokio::test]
async fn a_second_window_on_the_same_file_is_told_to_close_the_first() {
    let place = Place::sqlite();
    let first = place.open().await.unwrap();
    let error = place.open().await.err().expect("one window at a time");
    assert_eq!(error.code(), "store_in_use");
    assert!(error.to_string().contains("store.db"), "{error}");
    assert!(error.fix().unwrap().contains("Close the other window"));
    first.close().await;
    place
        .open()
        .await
        .expect("the first is closed")
        .close()
        .await;
}

#[tokio::test]
async fn two_programs_may_open_one_postgresql_database() {
    let place = Place::postgres().await;
    let (first, second) = (place.open().await.unwrap(), place.open().await.unwrap());
    first.ping().await.unwrap();
    second.ping().await.unwrap();
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a file");
    std::fs::write(&file, "not a folder").unwrap();
    // Where not even root can write: below a file, and in /proc.
    for path in [
        file.join("store.db"),
        Path::new("/proc/latchkey/store.db").to_owned(),
    ] {
        let error = refusal(&path).await;
        assert_eq!(error.code(), "store_not_writable", "{error}");
        assert!(
            error.to_string().contains(path.to_str().unwrap()),
            "{error}"
        );
        assert!(error.fix().unwrap().contains("Choose a folder"));
    }
}

#[tokio::test]
async fn a_folder_in_the_place_of_the_store_is_told_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    std::fs::create_dir(&path).unwrap();
    let error = refusal(&path).await;
    assert_eq!(error.code(), "store_not_writable", "{error}");
}

#[tokio::test]
async fn a_file_that_is_no_store_is_damaged_and_stays_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let letter = "Dear customer, this is no database.\n".repeat(400);
    std::fs::write(&path, &letter).unwrap();
    let error = refusal(&path).await;
    assert_eq!(error.code(), "store_damaged", "{error}");
    assert!(error.to_string().contains("store.db"), "{error}");
    assert!(error.fix().unwrap().contains("latchkey restore"));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), letter);
}

#[tokio::test]
async fn a_truncated_store_is_told_as_damaged() {
    let bench = Bench::open(Place::sqlite()).await;
    Fixture::fill(&bench, 50, &names(300)).await;
    let place = bench.place;
    bench.store.close().await;
    let file = std::fs::File::options()
        .write(true)
        .open(place.file())
        .unwrap();
    let length = file.metadata().unwrap().len();
    assert!(
        length > 100_000,
        "the store must be worth truncating: {length} bytes"
    );
    file.set_len(length / 3).unwrap();
    let error = match place.open().await {
        Err(error) => error,
        // It may open; then it is found out by whoever reads.
        Ok(store) => {
            let page = latchkey_store::filter::PageRequest::counted(200, None);
            store
                .ledger_list(bench.scope.vendor_id, &Default::default(), page)
                .await
                .unwrap_err()
        }
    };
    assert_eq!(error.code(), "store_damaged", "{error}");
}

#[tokio::test]
async fn a_store_that_was_scribbled_over_is_told_as_damaged() {
    let bench = Bench::open(Place::sqlite()).await;
    Fixture::fill(&bench, 50, &names(300)).await;
    let place = bench.place;
    bench.store.close().await;
    let mut file = std::fs::File::options()
        .write(true)
        .open(place.file())
        .unwrap();
    let length = file.metadata().unwrap().len();
    file.seek(std::io::SeekFrom::Start(4096)).unwrap();
    file.write_all(&vec![0xa5; usize::try_from(length).unwrap() - 4096])
        .unwrap();
    drop(file);
    let error = match place.open().await {
        Err(error) => error,
        Ok(store) => store.vendor_all().await.unwrap_err(),
    };
    assert_eq!(error.code(), "store_damaged", "{error}");
}

#[tokio::test]
async fn an_address_that_names_no_store_is_refused_without_its_password() {
    for address in [
        "",
        "sqlite:",
        "sqlite::memory:",
        "mysql://u:secret@host/db",
        "store.db",
    ] {
        let error = StoreUrl::parse(address).unwrap_err();
        assert_eq!(error.code(), "store_url");
        assert!(!error.to_string().contains("secret"), "{error}");
    }
}

#[tokio::test]
async fn a_database_server_that_does_not_answer_is_told_as_unavailable() {
    // Nobody listens on port 1.
    let url = StoreUrl::parse("postgres://somebody:secret@127.0.0.1:1/latchkey").unwrap();
    let error = Place { url, folder: None }.open().await.err().unwrap();
    assert_eq!(error.code(), "store_unavailable", "{error}");
    assert!(!error.to_string().contains("secret"), "{error}");
}
