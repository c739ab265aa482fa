//! Return receipts: machines without a network give their licenses back.

use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use latchkey_domain::machine_key::MachineKey;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::activation::Activation;
use crate::answer::{Act, Done};
use crate::attachment::attachment;
use crate::caller::Caller;
use crate::change;
use crate::extract::{Command, PathId};
use crate::id::{ActivationId, ReturnReceiptId};
use crate::import::FileBytes;
use crate::problem::Problem;
use crate::text::field;

/// A machine's public key.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BindMachineKey {
    /// The public half of the Ed25519 key pair that the machine has made: PEM, or its 32 bytes in Base64 or hexadecimal.
    #[schema(example = "Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=")]
    pub machine_key: String,
}

/// A receipt that was brought back.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptReturnReceipt {
    /// The receipt as the machine wrote it: the text of the file, what a scanner read from its QR code, or the return code
    /// that the machine shows.
    #[schema(max_length = 65536)]
    pub receipt: String,
}

/// A receipt that was taken.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReturnReceipt {
    /// Its id, by which the countersigned receipt is downloaded.
    pub id: ReturnReceiptId,
    /// The activation whose seat came free.
    pub activation: Activation,
}

/// The media type of return receipts.
const MEDIA_TYPE: &str = "application/vnd.latchkey.return-receipt+json";

/// Binds a machine's public key to its activation, in place of the one it had. License files that are exported from then
/// on name it, and a receipt that it has signed gives the seat back.
#[utoipa::path(post, path = "/v1/activations/{id}/machine-key", tag = "return receipts",
    params(("id" = ActivationId, Path, description = "The activation.")), request_body = BindMachineKey,
    responses((status = 200, description = "The key is bound.", body = change::Changed<Activation>)),
    extensions(("x-problems" = json!(["activation_not_found", "activation_deactivated", "machine_key_unreadable", "machine_key_taken", "machine_key_returned"]))))]
async fn bind_machine_key(
    api: Caller,
    PathId(id): PathId<ActivationId>,
    command: Command<BindMachineKey>,
) -> Act<Activation> {
    let key = MachineKey::parse(&command.body.machine_key);
    let key = field("/machine_key", key)?;
    let changed = api
        .app
        .activation_bind_key(&api.actor, command.retry, id.into(), key)
        .await?;
    let activation = api.app.activation_get(&api.actor, changed.value).await?;
    Ok(Done::changed(&changed, Activation::from(activation)))
}

/// Takes the receipt of a machine that has given its license back: its seat is free, and the receipt is countersigned.
#[utoipa::path(post, path = "/v1/return-receipts", tag = "return receipts", request_body = AcceptReturnReceipt,
    responses((status = 200, description = "The seat is free.", body = change::Changed<ReturnReceipt>)),
    extensions(("x-problems" = json!(["return_receipt_unreadable", "return_receipt_forged", "return_code_mistyped", "return_code_unknown", "return_code_no_file", "return_receipt_taken", "return_receipt_other_machine", "return_receipt_other_file", "license_not_found", "activation_deactivated", "returns_exhausted", "signing_key_no_issuer", "license_changed"]))))]
async fn accept_return_receipt(
    api: Caller,
    command: Command<AcceptReturnReceipt>,
) -> Act<ReturnReceipt> {
    let changed = api
        .app
        .return_receipt_accept(&api.actor, command.retry, &command.body.receipt)
        .await?;
    let (id, activation_id) = changed.value;
    let activation = api.app.activation_get(&api.actor, activation_id).await?;
    let taken = ReturnReceipt {
        id: id.into(),
        activation: activation.into(),
    };
    Ok(Done::changed(&changed, taken))
}

/// Downloads a countersigned return receipt.
#[utoipa::path(get, path = "/v1/return-receipts/{id}/content", tag = "return receipts",
    params(("id" = ReturnReceiptId, Path, description = "The return receipt.")),
    responses((status = 200, description = "The receipt.", body = FileBytes,
        content_type = "application/vnd.latchkey.return-receipt+json")),
    extensions(("x-problems" = json!(["return_receipt_not_found"]))))]
async fn download_return_receipt(
    api: Caller,
    PathId(id): PathId<ReturnReceiptId>,
) -> Result<Response, Problem> {
    let file = api
        .app
        .return_receipt_content(&api.actor, id.into())
        .await?;
    let headers = [
        (CONTENT_TYPE, MEDIA_TYPE.to_owned()),
        (CONTENT_DISPOSITION, attachment(&file.file_name)),
    ];
    Ok((headers, file.content).into_response())
}

/// Gives a countersigned return receipt as a QR code, if one is large enough. Its text counts as the receipt.
#[utoipa::path(get, path = "/v1/return-receipts/{id}/qr", tag = "return receipts",
    params(("id" = ReturnReceiptId, Path, description = "The return receipt.")),
    responses((status = 200, description = "The code.", body = FileBytes, content_type = "image/svg+xml")),
    extensions(("x-problems" = json!(["return_receipt_not_found", "return_receipt_too_large_for_qr"]))))]
async fn get_return_receipt_qr(
    api: Caller,
    PathId(id): PathId<ReturnReceiptId>,
) -> Result<Response, Problem> {
    let svg = api.app.return_receipt_qr(&api.actor, id.into()).await?;
    Ok(([(CONTENT_TYPE, "image/svg+xml")], svg).into_response())
}

/// The routes of this entity.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(bind_machine_key))
        .routes(routes!(accept_return_receipt))
        .routes(routes!(download_return_receipt))
        .routes(routes!(get_return_receipt_qr))
}
