//! Licenses from a table: dates and seats.

use super::*;

fn licenses(text: &str) -> Vec<Row<LicenseRow>> {
    let table = parse_table(text.as_bytes()).unwrap();
    license_rows(&table, &ColumnMap::guess(&table.headers).unwrap())
}

fn with_expiry(date: &str) -> Row<LicenseRow> {
    licenses(&format!(
        "customer\tpolicy\texpires\nNordwind\tPro\t{date}\n"
    ))
    .remove(0)
}

fn with_seats(seats: &str) -> Row<LicenseRow> {
    licenses(&format!(
        "customer\tpolicy\tseats\nNordwind\tPro\t{seats}\n"
    ))
    .remove(0)
}

#[test]
fn licenses_are_read_with_what_the_file_says_of_them() {
    let rows = licenses(
        "Kunde;Policy;Plätze;Gültig bis;Auftrag\nNordwind;Studio Pro;25;2027-01-31;A-1\nNordwind;Lite;;;\n",
    );
    let first = rows[0].content.as_ref().unwrap();
    assert_eq!(
        (
            first.customer.as_str(),
            first.policy.as_str(),
            first.terms.seats_max
        ),
        ("Nordwind", "Studio Pro", Some(25))
    );
    assert_eq!(
        first.terms.expires_at.unwrap().to_string(),
        "2027-01-31T23:59:59.999Z"
    );
    let second = rows[1].content.as_ref().unwrap();
    assert_eq!(
        (second.terms.seats_max, second.terms.expires_at),
        (None, None)
    );
}

#[test]
fn a_day_means_its_last_moment_and_a_moment_means_itself() {
    for (date, moment) in [
        ("2027-01-31", "2027-01-31T23:59:59.999Z"),
        ("2028-2-29", "2028-02-29T23:59:59.999Z"),
        ("31.1.2027", "2027-01-31T23:59:59.999Z"),
        ("2027-01-31T12:00:00+02:00", "2027-01-31T10:00:00.000Z"),
        ("2027-01-31 12:00:00Z", "2027-01-31T12:00:00.000Z"),
        ("9999-12-31", "9999-12-31T23:59:59.999Z"),
        ("1970-01-01", "1970-01-01T23:59:59.999Z"),
    ] {
        assert_eq!(
            with_expiry(date)
                .content
                .unwrap()
                .terms
                .expires_at
                .unwrap()
                .to_string(),
            moment
        );
    }
}

#[test]
fn a_date_that_means_two_days_is_refused_with_both() {
    let row = with_expiry("03/04/2026");
    assert_eq!(
        sentence(&row),
        "expires: “03/04/2026” may mean 2026-04-03 or 2026-03-04"
    );
    assert_eq!(code(&row), "date_ambiguous");
    let error = row.content.unwrap_err();
    assert_eq!(
        error.fix().unwrap(),
        "Write it as 2026-04-03 or as 2026-03-04."
    );
}

#[test]
fn a_date_in_another_form_is_refused_with_the_one_that_is_probably_meant() {
    for (date, fix) in [
        ("31/12/2026", "Write it as 2026-12-31."),
        ("12-31-2026", "Write it as 2026-12-31."),
        ("2026/12/31", "Write it as 2026-12-31."),
        ("04/04/2026", "Write it as 2026-04-04."),
        ("2026-02-30", "Write it like 2027-01-31."),
        ("31.12.26", "Write it like 2027-01-31."),
        ("46387", "Write it like 2027-01-31."),
        ("never", "Write it like 2027-01-31."),
        ("2027-01-31 12:00", "Write it like 2027-01-31."),
        ("1969-12-31", "Write it like 2027-01-31."),
        ("10000-01-01", "Write it like 2027-01-31."),
        ("+2027-1-1", "Write it like 2027-01-31."),
    ] {
        let error = with_expiry(date).content.expect_err(date);
        assert_eq!(
            (error.code(), error.fix().unwrap().as_str()),
            ("date_malformed", fix),
            "{date}"
        );
    }
}

#[test]
fn seats_are_read_at_their_limits_and_refused_one_past_them() {
    for (text, seats) in [("1", 1), ("1000000", 1_000_000), ("0025", 25)] {
        assert_eq!(
            with_seats(text).content.unwrap().terms.seats_max,
            Some(seats)
        );
    }
    for text in ["0", "1000001", "-5", "99999999999999999999"] {
        let row = with_seats(text);
        assert_eq!(
            sentence(&row),
            format!("seats: a license has 1 to 1,000,000 seats, not {text}")
        );
    }
    for text in ["1.000", "1,000", "ten", "1e3", "٣", "-"] {
        assert_eq!(code(&with_seats(text)), "seats_malformed", "{text}");
    }
}

#[test]
fn a_license_without_a_customer_or_policy_is_refused_by_row_and_without_the_column_as_a_whole() {
    let rows = licenses("customer,policy\n,Pro\nNordwind,\n");
    assert_eq!(sentence(&rows[0]), "customer: the name is empty");
    assert_eq!(sentence(&rows[1]), "policy: the name is empty");
    let error = ColumnMap::<LicenseColumn>::guess(&["Kunde".to_owned()]).unwrap_err();
    assert_eq!(
        error.fix().unwrap(),
        "Say which column holds the policy, or give that column the heading “policy”."
    );
}

#[test]
fn rows_that_say_the_same_are_a_license_each() {
    let rows = licenses("customer,policy,seats,order\nA,Pro,1,X\nA,Pro,1,X\n");
    assert!(rows.iter().all(|row| row.content.is_ok()), "{rows:?}");
}
