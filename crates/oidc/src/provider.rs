//! A sign-in service, and what is asked of it.

use std::time::Duration;

use chrono::{DateTime, Utc};
use openidconnect::core::{
    CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdTokenClaims,
    CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreTokenResponse, CoreUserInfoClaims,
};
use openidconnect::{
    AccessTokenHash, AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret,
    CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, Nonce,
    OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError,
    Scope, SignatureVerificationError, TokenResponse as _,
};
use url::Url;

use crate::document::Document;
use crate::http::{Http, is_private};
use crate::{OidcError, chain};

/// What an ID token may be signed with: keys whose public half the service shows, never a shared secret or nothing.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// Whom the service has known for longer, it asks once more who they are. Who is given a bound is also told since when it
/// has known them (OpenID Connect Core §2), and that is what counts.
const KNOWN_FOR_MAX: Duration = Duration::from_secs(30 * 24 * 60 * 60);

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What a service is reached by.
pub struct Settings {
    /// Its address: what stands in its tokens as the issuer.
    pub issuer: String,
    /// What this server is called there.
    pub client_id: String,
    /// What this server shows there.
    pub client_secret: String,
    /// Where it sends browsers back to.
    pub redirect: String,
}

/// A sign-in service.
pub struct Service {
    document: Document,
    client_id: ClientId,
    client_secret: ClientSecret,
    redirect: RedirectUrl,
    http: Http,
}

/// Random texts that belong to one attempt to sign in, each hard to guess.
pub struct Attempt<'a> {
    /// Comes back with the browser.
    pub state: &'a str,
    /// Comes back in the ID token.
    pub nonce: &'a str,
    /// Is shown with the code: 43 to 128 letters and digits.
    pub verifier: &'a str,
}

/// Somebody that the service vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Which service.
    pub issuer: String,
    /// What they are called there; stays theirs.
    pub subject: String,
    /// Their e-mail address, if it is told.
    pub email: Option<String>,
    /// Whether the service knows that the address is theirs.
    pub email_verified: bool,
    /// When they last showed the service who they are, in seconds since 1970, if it is told.
    pub authenticated_at: Option<i64>,
}

impl Service {
    /// A service with these settings. It is not asked yet.
    ///
    /// # Errors
    /// See [`OidcError`].
    pub fn new(settings: Settings) -> Result<Self, OidcError> {
        let issuer = IssuerUrl::new(settings.issuer).map_err(|_| OidcError::Issuer)?;
        if !is_private(issuer.url()) {
            return Err(OidcError::Issuer);
        }
        let redirect = RedirectUrl::new(settings.redirect).map_err(|_| OidcError::Redirect)?;
        if !matches!(redirect.url().scheme(), "http" | "https") {
            return Err(OidcError::Redirect);
        }
        Ok(Self {
            document: Document::new(issuer),
            client_id: ClientId::new(settings.client_id),
            client_secret: ClientSecret::new(settings.client_secret),
            redirect,
            http: Http::new().map_err(OidcError::NoWay)?,
        })
    }

    /// The address that a browser is sent to. If they are to show anew who they are, the service does not let them in
    /// because they are known there.
    ///
    /// # Errors
    /// [`OidcError::Away`].
    pub async fn begin(
        &self,
        attempt: &Attempt<'_>,
        anew: bool,
        now: i64,
    ) -> Result<Url, OidcError> {
        let document = self.document.get(&self.http, now).await?;
        let client = self.client(&document);
        let (state, nonce) = (attempt.state.to_owned(), attempt.nonce.to_owned());
        let verifier = PkceCodeVerifier::new(attempt.verifier.to_owned());
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .add_scope(Scope::new("email".into()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        request = if anew {
            request
                .add_prompt(CoreAuthPrompt::Login)
                .set_max_age(Duration::ZERO)
        } else {
            request.set_max_age(KNOWN_FOR_MAX)
        };
        let (address, _, _) = request.url();
        Ok(address)
    }

    /// Who came back with this code.
    ///
    /// # Errors
    /// [`OidcError::Away`], and [`OidcError::Refused`] if the code or what is given for it does not hold.
    pub async fn finish(
        &self,
        code: &str,
        attempt: &Attempt<'_>,
        now: i64,
    ) -> Result<Person, OidcError> {
        let document = self.document.get(&self.http, now).await?;
        let client = self.client(&document);
        let tokens = self.tokens(&client, code, attempt).await?;
        let nonce = Nonce::new(attempt.nonce.to_owned());
        let claims = match verified(&client, &tokens, &nonce, now) {
            Err(Fault::UnknownKey) => {
                // It may have taken new keys since it was asked.
                let document = self.document.anew(&self.http, now).await?;
                verified(&self.client(&document), &tokens, &nonce, now)
            }
            found => found,
        };
        let claims = claims.map_err(|fault| OidcError::Refused(fault.to_string()))?;
        let told = match claims.email() {
            Some(email) => Some((email.to_string(), claims.email_verified())),
            None => self.told(&client, &tokens, &claims).await?,
        };
        Ok(Person {
            issuer: claims.issuer().to_string(),
            subject: claims.subject().to_string(),
            email_verified: told.as_ref().and_then(|(_, verified)| *verified) == Some(true),
            email: told.map(|(email, _)| email),
            authenticated_at: claims.auth_time().map(|time| time.timestamp()),
        })
    }

    fn client(&self, document: &CoreProviderMetadata) -> Client {
        let client = CoreClient::from_provider_metadata(
            document.clone(),
            self.client_id.clone(),
            Some(self.client_secret.clone()),
        )
        .set_redirect_uri(self.redirect.clone());
        let ways = document.token_endpoint_auth_methods_supported();
        let has = |way| ways.is_some_and(|ways| ways.contains(&way));
        let only_in_body = has(CoreClientAuthMethod::ClientSecretPost)
            && !has(CoreClientAuthMethod::ClientSecretBasic);
        if only_in_body {
            client.set_auth_type(AuthType::RequestBody)
        } else {
            client
        }
    }

    async fn tokens(
        &self,
        client: &Client,
        code: &str,
        attempt: &Attempt<'_>,
    ) -> Result<CoreTokenResponse, OidcError> {
        let asked = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|error| OidcError::Away(chain(&error)))?
            .set_pkce_verifier(PkceCodeVerifier::new(attempt.verifier.to_owned()))
            .request_async(&self.http)
            .await;
        asked.map_err(|error| match &error {
            // What it says more than its code may repeat what it was sent.
            RequestTokenError::ServerResponse(said) => {
                OidcError::Refused(format!("{:?}", said.error()))
            }
            RequestTokenError::Request(error) => OidcError::Away(chain(error)),
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
                OidcError::Away("its answer for a code cannot be read".into())
            }
        })
    }

    /// The e-mail address, where it is told on being asked and does not stand in the ID token.
    async fn told(
        &self,
        client: &Client,
        tokens: &CoreTokenResponse,
        claims: &CoreIdTokenClaims,
    ) -> Result<Option<(String, Option<bool>)>, OidcError> {
        let (token, subject) = (tokens.access_token().clone(), claims.subject().clone());
        let Ok(question) = client.user_info(token, Some(subject)) else {
            return Ok(None);
        };
        let told: CoreUserInfoClaims = question
            .request_async(&self.http)
            .await
            .map_err(|error| OidcError::Away(chain(&error)))?;
        let email = told.email().map(|email| email.as_str().to_owned());
        Ok(email.map(|email| (email, told.email_verified())))
    }
}

/// Why an ID token does not hold.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error("it gave no ID token")]
    None,
    #[error("the ID token is signed with a key that is not known")]
    UnknownKey,
    #[error("{0}")]
    Wrong(String),
    #[error("the access token is not the one that the ID token was given with")]
    OtherToken,
}

/// What the ID token says, if signature, issuer, audience, nonce and time hold.
fn verified(
    client: &Client,
    tokens: &CoreTokenResponse,
    nonce: &Nonce,
    now: i64,
) -> Result<CoreIdTokenClaims, Fault> {
    let token = tokens.id_token().ok_or(Fault::None)?;
    // A moment that cannot be told is one at which every token has run out.
    let now = DateTime::<Utc>::from_timestamp(now, 0).unwrap_or(DateTime::<Utc>::MAX_UTC);
    let verifier = client
        .id_token_verifier()
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || now);
    let claims = token
        .claims(&verifier, nonce)
        .map_err(|error| match error {
            ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            ) => Fault::UnknownKey,
            error => Fault::Wrong(chain(&error)),
        })?;
    if let Some(expected) = claims.access_token_hash() {
        let wrong = |text: String| Fault::Wrong(text);
        let algorithm = token.signing_alg().map_err(|error| wrong(chain(&error)))?;
        let key = token
            .signing_key(&verifier)
            .map_err(|error| wrong(chain(&error)))?;
        let found = AccessTokenHash::from_token(tokens.access_token(), algorithm, key)
            .map_err(|error| wrong(chain(&error)))?;
        if found != *expected {
            return Err(Fault::OtherToken);
        }
    }
    Ok(claims.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(issuer: &str, redirect: &str) -> Result<Service, OidcError> {
        Service::new(Settings {
            issuer: issuer.into(),
            client_id: "latchkey".into(),
            client_secret: "secret".into(),
            redirect: redirect.into(),
        })
    }

    #[test]
    fn a_service_and_the_way_back_have_addresses() {
        let here = "https://licenses.vendor.example/sign-in/back";
        assert!(with("https://id.example", here).is_ok());
        for issuer in ["", "id.example", "http://id.example"] {
            let made = with(issuer, here).err();
            assert!(matches!(made, Some(OidcError::Issuer)), "{issuer}");
        }
        for redirect in ["", "licenses.vendor.example", "javascript:alert(1)"] {
            let made = with("https://id.example", redirect).err();
            assert!(matches!(made, Some(OidcError::Redirect)), "{redirect}");
        }
    }

    #[tokio::test]
    async fn a_service_that_does_not_answer_is_away_and_left_alone_for_a_moment() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        let service = with(&issuer, "https://licenses.vendor.example/sign-in/back").unwrap();
        let attempt = Attempt {
            state: "state",
            nonce: "nonce",
            verifier: "verifier-of-at-least-43-letters-and-digits-0",
        };
        for now in [1_000, 1_001] {
            let away = service.begin(&attempt, false, now).await;
            assert!(matches!(away, Err(OidcError::Away(_))), "{away:?}");
        }
    }
}
