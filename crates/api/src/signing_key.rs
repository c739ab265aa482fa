//! Signing keys, the trust bundle and the root key.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use latchkey_app::{Changed, signing_key};
use latchkey_domain as domain;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::caller::Caller;
use crate::change::{self, NoBody};
use crate::extract::{Command, List, PathId};
use crate::id::{ProductId, SigningKeyId};
use crate::mirror::mirror;
use crate::page::{NoFilter, Page, PageQuery};
use crate::problem::Problem;
use crate::time::Timestamp;

/// A key pair with a role; the private half never leaves the store's seal.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SigningKey {
    /// Its id.
    pub id: SigningKeyId,
    /// What it signs.
    pub role: KeyRole,
    /// The one product it signs for; null when for all.
    #[schema(required)]
    pub product_id: Option<ProductId>,
    /// Whether it signs.
    pub state: KeyState,
    /// The Ed25519 public key, 32 bytes in base64.
    #[schema(example = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")]
    pub public_key: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// The ledger index from which on its signatures are void; null unless it is compromised.
    #[schema(required)]
    pub void_from_index: Option<u64>,
}

/// What a key signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum KeyRole {
    /// The trust bundle.
    Root,
    /// License files.
    Issuer,
    /// Ledger checkpoints.
    Ledger,
}

/// Whether a key signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum KeyState {
    /// It does.
    Active,
    /// No longer; what it signed stays good.
    Retired,
    /// It fell into wrong hands; what it signed from then on is void.
    Compromised,
}

mirror!(
    KeyRole = domain::signing_key::KeyRole {
        Root,
        Issuer,
        Ledger
    }
);
mirror!(
    KeyState = domain::signing_key::KeyState {
        Active,
        Retired,
        Compromised
    }
);

impl From<domain::signing_key::SigningKey> for SigningKey {
    fn from(key: domain::signing_key::SigningKey) -> Self {
        Self {
            id: key.id.into(),
            role: key.role.into(),
            product_id: key.product_id.map(Into::into),
            state: key.state.into(),
            public_key: key.public_key,
            created_at: key.created_at.into(),
            void_from_index: key.void_from_index,
        }
    }
}

/// A new signing key.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateSigningKey {
    /// What it is to sign.
    pub role: NewKeyRole,
    /// The one product it is to sign for; left out, all.
    pub product_id: Option<ProductId>,
}

/// What a new key can sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NewKeyRole {
    /// License files.
    Issuer,
}

/// The confirmation that a key fell into wrong hands.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CompromiseSigningKey {
    /// The key's id, typed by the person who says so.
    #[schema(example = "key_01jd8x7v9q7p3m5k2n4r6t8w0a")]
    pub confirm: String,
}

/// A signed envelope (DSSE); verify the bytes of `payload` before reading them.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Envelope {
    /// What the payload is.
    #[schema(example = "application/vnd.latchkey.trust-bundle+json")]
    pub payload_type: String,
    /// The signed bytes, in base64.
    pub payload: String,
    /// The signatures.
    pub signatures: Vec<EnvelopeSignature>,
}

/// A signature of an envelope.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EnvelopeSignature {
    /// A hint which key signed; it decides nothing.
    pub keyid: String,
    /// The Ed25519 signature, in base64.
    pub sig: String,
}

/// The public half of the vendor's root key.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RootKey {
    /// Its id.
    pub key_id: SigningKeyId,
    /// As PEM, for OpenSSL and `latchkey verify --root`.
    pub pem: String,
    /// The 32 bytes in base64.
    #[schema(example = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")]
    pub public_key: String,
}

/// Lists signing keys, newest first.
#[utoipa::path(get, path = "/v1/signing-keys", tag = "signing keys", params(PageQuery),
    responses((status = 200, description = "A page of signing keys.", body = Page<SigningKey>)))]
async fn list_signing_keys(api: Caller, list: List<NoFilter>) -> Answer<Page<SigningKey>> {
    let page = api.app.signing_key_list(&api.actor, list.page).await?;
    Ok(Json(Page::of(page, SigningKey::from)))
}

/// Creates an issuer key and certifies it with the root key.
#[utoipa::path(post, path = "/v1/signing-keys", tag = "signing keys", request_body = CreateSigningKey,
    responses((status = 200, description = "The key is created.", body = change::Changed<SigningKey>)),
    extensions(("x-problems" = json!(["product_not_found", "signing_key_exists", "signing_key_limit"]))))]
async fn create_signing_key(api: Caller, command: Command<CreateSigningKey>) -> Act<SigningKey> {
    let CreateSigningKey {
        role: NewKeyRole::Issuer,
        product_id,
    } = command.body;
    let product_id = product_id.map(Into::into);
    let changed = api
        .app
        .signing_key_create(&api.actor, command.retry, product_id)
        .await?;
    api.signing_key_done(&changed).await
}

/// Replaces an issuer key by a new one and retires it. Answers the new key.
#[utoipa::path(post, path = "/v1/signing-keys/{id}/rotate", tag = "signing keys",
    params(("id" = SigningKeyId, Path, description = "The key to replace.")),
    responses((status = 200, description = "The new key.", body = change::Changed<SigningKey>)),
    extensions(("x-problems" = json!(["signing_key_not_found", "signing_key_not_issuer", "signing_key_not_active", "signing_key_limit"]))))]
async fn rotate_signing_key(
    api: Caller,
    PathId(id): PathId<SigningKeyId>,
    command: Command<NoBody>,
) -> Act<SigningKey> {
    let changed = api
        .app
        .signing_key_rotate(&api.actor, command.retry, id.into())
        .await?;
    api.signing_key_done(&changed).await
}

/// Retires an issuer key: it signs no more, what it signed stays good.
#[utoipa::path(post, path = "/v1/signing-keys/{id}/retire", tag = "signing keys",
    params(("id" = SigningKeyId, Path, description = "The key.")),
    responses((status = 200, description = "The key is retired.", body = change::Changed<SigningKey>)),
    extensions(("x-problems" = json!(["signing_key_not_found", "signing_key_not_issuer", "signing_key_not_active", "signing_key_last_issuer"]))))]
async fn retire_signing_key(
    api: Caller,
    PathId(id): PathId<SigningKeyId>,
    command: Command<NoBody>,
) -> Act<SigningKey> {
    let changed = api
        .app
        .signing_key_retire(&api.actor, command.retry, id.into())
        .await?;
    api.signing_key_done(&changed).await
}

/// Declares an issuer key compromised: what it signs from now on is void. Its id must be typed to confirm.
#[utoipa::path(post, path = "/v1/signing-keys/{id}/compromise", tag = "signing keys",
    params(("id" = SigningKeyId, Path, description = "The key.")), request_body = CompromiseSigningKey,
    responses((status = 200, description = "The key is compromised.", body = change::Changed<SigningKey>)),
    extensions(("x-problems" = json!(["signing_key_not_found", "signing_key_not_issuer", "signing_key_not_active", "signing_key_last_issuer", "signing_key_not_confirmed"]))))]
async fn compromise_signing_key(
    api: Caller,
    PathId(id): PathId<SigningKeyId>,
    command: Command<CompromiseSigningKey>,
) -> Act<SigningKey> {
    let changed = api
        .app
        .signing_key_compromise(&api.actor, command.retry, id.into(), command.body.confirm)
        .await?;
    api.signing_key_done(&changed).await
}

/// Gives the trust bundle: which issuer keys the root key vouches for.
#[utoipa::path(get, path = "/v1/trust-bundle", tag = "signing keys",
    responses((status = 200, description = "The trust bundle.", body = Envelope)))]
async fn get_trust_bundle(api: Caller) -> Result<Response, Problem> {
    // The envelope goes out as it was written: what verifies it may be stricter than JSON.
    let bundle = api.app.trust_bundle(&api.actor).await?;
    Ok(([(CONTENT_TYPE, "application/json")], bundle).into_response())
}

/// Gives the public half of the root key, for those who verify license files.
#[utoipa::path(get, path = "/v1/root-key", tag = "signing keys",
    responses((status = 200, description = "The root key.", body = RootKey)))]
async fn get_root_key(api: Caller) -> Answer<RootKey> {
    Ok(Json(api.app.root_key(&api.actor).await?.into()))
}

impl From<signing_key::RootKeyView> for RootKey {
    fn from(view: signing_key::RootKeyView) -> Self {
        Self {
            key_id: view.key_id.into(),
            pem: view.pem,
            public_key: view.public_key,
        }
    }
}

impl Caller {
    async fn signing_key_done(&self, changed: &Changed<domain::SigningKeyId>) -> Act<SigningKey> {
        let key = self.app.signing_key_get(&self.actor, changed.value).await?;
        Ok(Done::changed(changed, key))
    }
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_signing_keys, create_signing_key))
        .routes(routes!(rotate_signing_key))
        .routes(routes!(retire_signing_key))
        .routes(routes!(compromise_signing_key))
        .routes(routes!(get_trust_bundle))
        .routes(routes!(get_root_key))
}
