//! The letter that idle seats will be freed.

use latchkey_app::customer::UpdateCustomer;
use latchkey_testkit::for_each_database;

use crate::reclaim::{set, side, work};

#[tokio::test]
async fn whoever_looks_after_the_seats_is_told_by_one_letter_which_will_be_freed() {
    for_each_database(async |app| {
        let of = side(app, "Nordwind", None).await;
        let with_email = UpdateCustomer {
            email: Some(Some("it@nordwind.example".parse().unwrap())),
            ..UpdateCustomer::default()
        };
        let updated = app.customer_update(&app.owner, None, of.customer, with_email);
        updated.await.unwrap();
        for machine in 0..60 {
            let (code, name) = (format!("M-{machine:02}"), format!("Desk {machine:02}"));
            app.activate(of.license, &code, &name).await;
        }
        let before = app.letters.all().len();
        set(app, &of, Some((90, 14))).await;
        app.clock.advance_days(100);
        work(app).await;
        work(app).await;
        app.letters_send().await.unwrap();
        let letters = app.letters.all();
        let [letter] = &letters[before..] else {
            panic!("{} letters", letters.len() - before);
        };
        assert_eq!(letter.to, "it@nordwind.example");
        assert!(letter.text.contains("/reclaim"), "{}", letter.text);
        let named = letter.text.lines().filter(|line| line.starts_with("- "));
        let named: Vec<_> = named.collect();
        assert_eq!(named.len(), 50);
        let day = |days: i64| {
            let at = app.now().plus_millis(days * 86_400_000);
            at.to_chrono().format("%Y-%m-%d").to_string()
        };
        let (seen, freed) = (day(-100), day(14));
        let expected = format!("Product product-nordwind, last seen on {seen}: free on {freed}");
        let first = named.iter().find(|line| line.contains("(M-00)")).unwrap();
        assert!(first.starts_with("- Desk 00 (M-00), "), "{first}");
        assert!(first.ends_with(&expected), "{first} has not {expected}");
        assert!(letter.text.contains("and 10 more\n"), "{}", letter.text);
    })
    .await;
}
