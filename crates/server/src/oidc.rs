//! The sign-in service: from the settings to something that asks it.

use std::path::Path;
use std::sync::Arc;

use latchkey_app::sign_in_service::{
    AskService, Asked, Challenge, Person, ServiceFault, SignInService,
};
use latchkey_domain::Timestamp;
use latchkey_oidc::{Attempt, OidcError, Service, Settings};

use crate::arguments::OidcArguments;
use crate::told::Told;

/// The page that browsers are sent back to.
const BACK: &str = "/sign-in/back";

struct Asker(Service);

impl AskService for Asker {
    fn begin<'a>(
        &'a self,
        challenge: &'a Challenge,
        anew: bool,
        now: Timestamp,
    ) -> Asked<'a, String> {
        Box::pin(async move {
            let url = self.0.begin(&attempt(challenge), anew, now.seconds()).await;
            url.map(String::from).map_err(fault)
        })
    }

    fn finish<'a>(
        &'a self,
        code: &'a str,
        challenge: &'a Challenge,
        now: Timestamp,
    ) -> Asked<'a, Person> {
        Box::pin(async move {
            let found = self
                .0
                .finish(code, &attempt(challenge), now.seconds())
                .await;
            let found = found.map_err(fault)?;
            Ok(Person {
                issuer: found.issuer,
                subject: found.subject,
                email: found.email,
                email_verified: found.email_verified,
                authenticated_at: found.authenticated_at.map(Timestamp::from_seconds),
            })
        })
    }
}

fn attempt(challenge: &Challenge) -> Attempt<'_> {
    Attempt {
        state: &challenge.state,
        nonce: &challenge.nonce,
        verifier: &challenge.verifier,
    }
}

fn fault(error: OidcError) -> ServiceFault {
    match error {
        OidcError::Refused(_) => ServiceFault::Refused(error.to_string()),
        error => ServiceFault::Away(error.to_string()),
    }
}

/// The service that people sign in by, if the settings name one. It is asked when somebody comes.
pub(crate) fn configured(
    arguments: &OidcArguments,
    url: Option<&str>,
) -> Result<Option<SignInService>, Told> {
    let OidcArguments {
        oidc_issuer,
        oidc_client_id,
        oidc_client_secret_file,
        oidc_name,
    } = arguments;
    let given = [
        ("--oidc-issuer", oidc_issuer.is_some()),
        ("--oidc-client-id", oidc_client_id.is_some()),
        (
            "--oidc-client-secret-file",
            oidc_client_secret_file.is_some(),
        ),
        ("--oidc-name", oidc_name.is_some()),
    ];
    if given.iter().all(|(_, given)| !given) {
        return Ok(None);
    }
    let (Some(issuer), Some(client_id), Some(secret_file), Some(name), Some(url)) = (
        oidc_issuer,
        oidc_client_id,
        oidc_client_secret_file,
        oidc_name,
        url,
    ) else {
        let missing = given.iter().find(|(_, given)| !given);
        return Err(incomplete(missing.map_or("--url", |(flag, _)| flag)));
    };
    let service = Service::new(Settings {
        issuer: issuer.clone(),
        client_id: client_id.clone(),
        client_secret: secret_in(secret_file)?,
        redirect: format!("{}{BACK}", url.trim_end_matches('/')),
    })
    .map_err(unusable)?;
    Ok(Some(SignInService::new(name, Arc::new(Asker(service)))))
}

fn incomplete(missing: &str) -> Told {
    Told::new(
        "oidc_incomplete",
        format!(
            "a sign-in service takes its address, a name, a client id with its secret, and the server's own \
             address, and {missing} is missing"
        ),
        format!("Give {missing} as well, or none of those that begin with --oidc."),
    )
}

fn unusable(error: OidcError) -> Told {
    let fix = match error {
        OidcError::Redirect => {
            "Write --url as browsers reach this server: https://licenses.example."
        }
        _ => {
            "Write --oidc-issuer as https://…; plain HTTP is for this machine's own addresses alone."
        }
    };
    Told::new(
        "oidc_unusable",
        format!("{:#}", anyhow::Error::new(error)),
        fix,
    )
}

fn secret_in(file: &Path) -> Result<String, Told> {
    let shown = file.display();
    let text = std::fs::read_to_string(file).map_err(|error| {
        Told::new(
            "oidc_secret_unreadable",
            format!("the client secret in {shown} cannot be read: {error}"),
            "Check the path given by --oidc-client-secret-file, and that the program may read the file.",
        )
    })?;
    let secret = text.lines().next().map(str::trim).unwrap_or_default();
    if secret.is_empty() {
        return Err(Told::new(
            "oidc_secret_empty",
            format!("the first line of {shown} is empty"),
            "Write the client secret into its first line.",
        ));
    }
    Ok(secret.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(file: &Path) -> OidcArguments {
        OidcArguments {
            oidc_issuer: Some("https://id.example".into()),
            oidc_client_id: Some("latchkey".into()),
            oidc_client_secret_file: Some(file.to_owned()),
            oidc_name: Some("Example ID".into()),
        }
    }

    fn code(arguments: &OidcArguments, url: Option<&str>) -> String {
        format!("{:?}", configured(arguments, url).err())
    }

    #[test]
    fn a_service_takes_all_of_its_settings_and_the_servers_own_address() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        std::fs::write(&file, "hunter2\n").unwrap();
        let whole = arguments(&file);
        let here = Some("https://licenses.example/");
        assert!(configured(&whole, here).unwrap().is_some());
        assert!(
            configured(&OidcArguments::default(), here)
                .unwrap()
                .is_none()
        );
        let told = code(&whole, None);
        assert!(told.contains("--url is missing"), "{told}");
        let nameless = OidcArguments {
            oidc_name: None,
            ..arguments(&file)
        };
        let told = code(&nameless, here);
        assert!(told.contains("--oidc-name is missing"), "{told}");
        let plain = OidcArguments {
            oidc_issuer: Some("http://id.example".into()),
            ..arguments(&file)
        };
        let told = code(&plain, here);
        assert!(told.contains("oidc_unusable"), "{told}");
        std::fs::write(&file, "\n").unwrap();
        let told = code(&whole, here);
        assert!(told.contains("oidc_secret_empty"), "{told}");
    }
}
