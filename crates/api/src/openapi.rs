//! The OpenAPI document: made from the routes themselves, with what all operations share added in one place.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use latchkey_app as app;
use utoipa::ToSchema;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::request_body::RequestBody;
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::schema::{ArrayItems, ObjectBuilder, Schema, SchemaType, Type};
use utoipa::openapi::{
    Components, InfoBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, Required, ServerBuilder,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::Answer;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::problem::{FieldError, MEDIA_TYPE, ProblemDocument};
use crate::{ApiState, codes};

/// Where an operation lists the codes of its problems, for programs.
const PROBLEMS: &str = "x-problems";

/// The OpenAPI document of all operations.
pub fn openapi() -> OpenApi {
    let mut document = routes().split_for_parts().1;
    for item in document.paths.paths.values_mut() {
        for (command, operation) in operations(item) {
            add_shared(command, operation);
        }
    }
    let components = document.components.get_or_insert_default();
    name_items(&mut components.schemas);
    components
        .parameters
        .insert("IdempotencyKey".to_owned(), RefOr::T(idempotency_key()));
    for status in codes::SHARED_STATUSES {
        let codes: Vec<_> = codes::CODES
            .iter()
            .filter(|code| code.status == *status)
            .collect();
        components
            .responses
            .insert(shared_name(*status), RefOr::T(problem_response(&codes)));
    }
    document
}

fn shared_name(status: u16) -> String {
    format!("Problem{status}")
}

fn problem_response(codes: &[&codes::Code]) -> Response {
    let lines: Vec<String> = codes
        .iter()
        .map(|code| format!("`{}`: {}.", code.code, code.meaning))
        .collect();
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name("Problem")))
        .build();
    ResponseBuilder::new()
        .description(lines.join("\n"))
        .content(MEDIA_TYPE, content)
        .build()
}

/// A page and the answer of a change say by name what they hold, instead of repeating its fields.
fn name_items(schemas: &mut BTreeMap<String, RefOr<Schema>>) {
    for (name, schema) in schemas {
        let RefOr::T(Schema::Object(envelope)) = schema else {
            continue;
        };
        let items = envelope.properties.get_mut("items");
        if let (Some(item), Some(RefOr::T(Schema::Array(items)))) =
            (name.strip_prefix("Page_"), items)
        {
            items.items =
                ArrayItems::RefOrSchema(Box::new(RefOr::Ref(Ref::from_schema_name(item))));
        } else if let Some(item) = name.strip_prefix("Changed_") {
            let mut reference = Ref::from_schema_name(item);
            reference.description = "The thing as it is now.".to_owned();
            envelope
                .properties
                .insert("item".to_owned(), RefOr::Ref(reference));
        }
    }
}

/// A body that may be left out is still the body's type when it is there, never null.
fn unwrap_optional(body: &mut RequestBody) {
    for content in body.content.values_mut() {
        let RefOr::T(content) = content else {
            continue;
        };
        let Some(RefOr::T(Schema::OneOf(choice))) = &content.schema else {
            continue;
        };
        let named = choice
            .items
            .iter()
            .find(|item| matches!(item, RefOr::Ref(_)))
            .cloned();
        content.schema = named;
    }
}

/// All operations with their documentation.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::with_openapi(base())
        .merge(crate::me::routes())
        .merge(crate::vendor::routes())
        .merge(crate::role_rule::routes())
        .merge(crate::overview::routes())
        .merge(crate::search::routes())
        .merge(crate::product::routes())
        .merge(crate::feature::routes())
        .merge(crate::policy::routes())
        .merge(crate::customer::routes())
        .merge(crate::reseller::routes())
        .merge(crate::template::routes())
        .merge(crate::quota::routes())
        .merge(crate::license::routes())
        .merge(crate::entitlement::routes())
        .merge(crate::machine::routes())
        .merge(crate::activation::routes())
        .merge(crate::license_file::routes())
        .merge(crate::signing_key::routes())
        .merge(crate::ledger::routes())
        .merge(crate::change::routes())
        .merge(crate::session::routes())
        .merge(crate::second_factor::routes())
        .merge(crate::sign_in_service::routes())
        .merge(crate::passkey::routes())
        .merge(crate::return_receipt::routes())
        .merge(crate::admission::routes())
        .merge(crate::reclaim::routes())
        .merge(crate::user::routes())
        .merge(crate::password_reset::routes())
        .merge(crate::access_token::routes())
        .merge(crate::approval::routes())
        .merge(crate::validation::routes())
        .merge(crate::usage::routes())
        .merge(crate::webhook::routes())
        .merge(crate::expiry_notice::routes())
        .merge(crate::letter::routes())
        .merge(crate::sign_up_link::routes())
        .merge(crate::branding::routes())
        .routes(routes!(get_openapi))
}

/// Gives this document.
#[utoipa::path(get, path = "/v1/openapi.json", tag = "me",
    responses((status = 200, description = "The OpenAPI document.", body = BTreeMap<String, serde_json::Value>)))]
async fn get_openapi(api: Caller) -> Answer<OpenApi> {
    let permitted = app::Operation::GetOpenapi.permit(&api.actor);
    permitted.map_err(|refusal| Problem::from(app::Refused::from(refusal)))?;
    Ok(Json(openapi()))
}

fn base() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Latchkey")
        .version("1")
        .description(Some(include_str!("openapi.md").trim()))
        .build();
    let mut document = OpenApiBuilder::new()
        .info(info)
        .servers(Some([ServerBuilder::new().url("/").build()]))
        .build();
    let components = document.components.get_or_insert_default();
    // What no body holds is not found by itself.
    add_schema::<ProblemDocument>(components);
    add_schema::<FieldError>(components);
    add_schema::<crate::customer::CustomerSort>(components);
    add_schema::<crate::license::LicenseSort>(components);
    add_schema::<crate::activation::ActivationSort>(components);
    add_schema::<crate::ledger::LedgerSort>(components);
    add_schema::<crate::quota::Month>(components);
    add_schema::<crate::license::certificate::Language>(components);
    add_schema::<crate::usage::ReportGroup>(components);
    document
}

fn add_schema<T: ToSchema>(components: &mut Components) {
    components
        .schemas
        .insert(T::name().into_owned(), T::schema());
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (bool, &mut Operation)> {
    let reads = item.get.as_mut().map(|operation| (false, operation));
    let writes = [item.post.as_mut(), item.patch.as_mut()]
        .into_iter()
        .flatten()
        .map(|operation| (true, operation));
    reads.into_iter().chain(writes)
}

/// Adds what handlers do not repeat: the `Idempotency-Key` of commands and the problems each operation can answer.
fn add_shared(command: bool, operation: &mut Operation) {
    if command {
        operation
            .parameters
            .get_or_insert_default()
            .push(RefOr::Ref(Ref::new(
                "#/components/parameters/IdempotencyKey",
            )));
    }
    if let Some(RefOr::T(body)) = &mut operation.request_body {
        unwrap_optional(body);
    }
    let names = codes_of(command, operation);
    let extension = Extensions::from_iter([(PROBLEMS, serde_json::json!(names))]);
    operation.extensions = Some(extension);
    let mut by_status: BTreeMap<u16, Vec<&codes::Code>> = BTreeMap::new();
    for code in names.into_iter().filter_map(codes::find) {
        by_status.entry(code.status).or_default().push(code);
    }
    for (status, codes) in by_status {
        let response = if codes::SHARED_STATUSES.contains(&status) {
            RefOr::Ref(Ref::from_response_name(shared_name(status)))
        } else {
            RefOr::T(problem_response(&codes))
        };
        operation
            .responses
            .responses
            .insert(status.to_string(), response);
    }
}

/// The codes an operation can answer: its own, and those that the kind of operation implies. Sorted.
fn codes_of(command: bool, operation: &Operation) -> BTreeSet<&'static str> {
    let mut names = vec!["@everywhere"];
    for parameter in operation.parameters.iter().flatten() {
        match parameter {
            RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Path => {
                names.push("@path");
            }
            RefOr::T(parameter) if parameter.name == "after" => names.push("@list"),
            _ => {}
        }
    }
    if command {
        names.push("@command");
        let body = operation.request_body.as_ref();
        let upload = |body: &RefOr<RequestBody>| matches!(body, RefOr::T(body) if !body.content.contains_key("application/json"));
        names.push(if body.is_some_and(upload) {
            "@upload"
        } else {
            "@json"
        });
    }
    let sensitive = |known: &&app::Operation| {
        known.is_sensitive() && operation.operation_id.as_deref() == Some(known.id())
    };
    if app::Operation::ALL.iter().any(|known| sensitive(&known)) {
        names.push("factor_stale");
    }
    let own = operation
        .extensions
        .as_ref()
        .and_then(|extensions| extensions.get(PROBLEMS)?.as_array());
    names.extend(own.into_iter().flatten().filter_map(|code| code.as_str()));
    let group = |name: &str| {
        codes::GROUPS
            .iter()
            .find(|(group, _)| *group == name)
            .map(|(_, codes)| *codes)
    };
    let single = |name: &str| codes::find(name).map(|known| known.code);
    names
        .iter()
        .flat_map(|name| {
            group(name).map_or_else(|| single(name).into_iter().collect(), <[_]>::to_vec)
        })
        .collect()
}

fn idempotency_key() -> Parameter {
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "1 to 128 visible ASCII characters. The same request with the same key is carried out once and answered \
             the same again, with the header `Idempotent-Replayed: true`.",
        ))
        .schema(Some(ObjectBuilder::new().schema_type(SchemaType::new(Type::String)).max_length(Some(128))))
        .build()
}
