//! Addresses without what is secret in them.

/// What stands in the place of a secret.
const HIDDEN: &str = "***";

/// Parameters of a database's address that say nothing secret. All others are hidden.
const HARMLESS: &[&str] = &[
    "host",
    "hostaddr",
    "port",
    "dbname",
    "user",
    "sslmode",
    "application_name",
    "tls",
];

/// The address of a store or a mail server with the password hidden, wherever it stands.
pub(crate) fn without_secrets(address: &str) -> String {
    let Some((scheme, rest)) = address
        .split_once("://")
        .filter(|_| address.starts_with("postgres") || address.starts_with("smtp"))
    else {
        return address.to_owned();
    };
    let (place, parameters) = match rest.split_once('?') {
        // A question mark in a password that should have been encoded: nothing is certain.
        Some((_, parameters)) if parameters.contains('@') => return format!("{scheme}://{HIDDEN}"),
        Some((place, parameters)) => (place, Some(parameters)),
        None => (rest, None),
    };
    let place = match place.rsplit_once('@') {
        Some((who, server)) => match who.split_once(':') {
            Some((user, _)) => format!("{user}:{HIDDEN}@{server}"),
            None => place.to_owned(),
        },
        None => place.to_owned(),
    };
    let parameters = parameters.map(|parameters| {
        let shown: Vec<String> = parameters.split('&').map(parameter).collect();
        format!("?{}", shown.join("&"))
    });
    format!("{scheme}://{place}{}", parameters.unwrap_or_default())
}

fn parameter(parameter: &str) -> String {
    match parameter.split_once('=') {
        Some((name, _)) if !HARMLESS.contains(&name) => format!("{name}={HIDDEN}"),
        Some(_) => parameter.to_owned(),
        None => HIDDEN.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_hidden_wherever_it_stands() {
        for (address, shown) in [
            ("sqlite:/var/lib/a@b:c.db", "sqlite:/var/lib/a@b:c.db"),
            ("postgres://db/latchkey", "postgres://db/latchkey"),
            ("postgres://lk@db/latchkey", "postgres://lk@db/latchkey"),
            (
                "postgres://lk:pw@db:5432/latchkey",
                "postgres://lk:***@db:5432/latchkey",
            ),
            (
                "postgres://lk:p@w:x/y@db/latchkey",
                "postgres://lk:***@db/latchkey",
            ),
            ("postgresql://:pw@db/a", "postgresql://:***@db/a"),
            (
                "postgres:///a?host=/run/postgresql&password=pw&sslpassword=pw",
                "postgres:///a?host=/run/postgresql&password=***&sslpassword=***",
            ),
            (
                "postgres:///a?pass%77ord=pw",
                "postgres:///a?pass%77ord=***",
            ),
            ("postgres:///a?pw", "postgres:///a?***"),
            ("postgres://lk:p?w@db/a", "postgres://***"),
            ("postgres://lk:p@w?x@db/a", "postgres://***"),
        ] {
            assert_eq!(without_secrets(address), shown);
        }
    }
}
