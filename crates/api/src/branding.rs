//! How the vendor's pages look to those who come by the network.

use axum::Json;
use latchkey_app::Refused;
use latchkey_app::branding::BrandingView;
use latchkey_domain as domain;
use latchkey_domain::branding::{BrandingLink, BrandingRefusal, Colour, Logo};
use latchkey_domain::text::Name;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::caller::Caller;
use crate::change;
use crate::customer::given;
use crate::extract::Command;
use crate::problem::Problem;
use crate::text::optional;

/// How pages look. What is null is as the program has it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Branding {
    /// What stands at the top instead of the program's name.
    #[schema(required, example = "Nordlicht Licenses")]
    pub title: Option<String>,
    /// The colour of buttons and links, of which the hue counts: it is made as dark or light as is readable.
    #[schema(required, example = "#0e615b")]
    pub colour: Option<String>,
    /// The logo: a PNG in base64.
    #[schema(required)]
    pub logo: Option<String>,
    /// Where the terms of use are.
    #[schema(required, example = "https://nordlicht.example/terms")]
    pub terms: Option<String>,
    /// Who helps: an address that begins with `https://`, or an e-mail address.
    #[schema(required, example = "licenses@nordlicht.example")]
    pub contact: Option<String>,
}

impl From<BrandingView> for Branding {
    fn from(view: BrandingView) -> Self {
        let domain::branding::Branding {
            title,
            colour,
            logo: _,
            terms,
            contact,
        } = view.branding;
        Self {
            title: title.map(Into::into),
            colour: colour.map(Into::into),
            logo: view.logo.map(|bytes| Logo::encode(&bytes)),
            terms: terms.map(Into::into),
            contact: contact.map(Into::into),
        }
    }
}

/// How pages are to look. What is left out or empty is as the program has it.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetBranding {
    /// What stands at the top instead of the program's name.
    #[serde(default)]
    #[schema(required = false)]
    pub title: Option<String>,
    /// The colour of buttons and links, as `#rrggbb`.
    #[serde(default)]
    #[schema(required = false)]
    pub colour: Option<String>,
    /// The logo: a PNG in base64, 32 KB and 1,024 by 1,024 pixels at most. It stays as it is when left out; null takes it
    /// away.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, required = false)]
    pub logo: Option<Option<String>>,
    /// Where the terms of use are: an address that begins with `https://`.
    #[serde(default)]
    #[schema(required = false)]
    pub terms: Option<String>,
    /// Who helps: an address that begins with `https://`, or an e-mail address.
    #[serde(default)]
    #[schema(required = false)]
    pub contact: Option<String>,
}

impl SetBranding {
    fn parse(self) -> Result<latchkey_app::branding::SetBranding, Problem> {
        let said = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let refused = |refusal: BrandingRefusal| Problem::from(Refused::from(refusal));
        let link = |text: Option<String>, at| {
            let link = said(text).map(|text| BrandingLink::parse(&text, at));
            link.transpose().map_err(refused)
        };
        Ok(latchkey_app::branding::SetBranding {
            branding: domain::branding::Branding {
                title: optional("/title", self.title.as_deref(), Name::parse_optional)?,
                colour: said(self.colour)
                    .map(|text| Colour::parse(&text))
                    .transpose()
                    .map_err(refused)?,
                logo: None,
                terms: link(self.terms, "/terms")?,
                contact: link(self.contact, "/contact")?,
            },
            logo: match self.logo {
                None => None,
                Some(None) => Some(None),
                Some(Some(text)) => Some(Some(Logo::decode(&text).map_err(refused)?)),
            },
        })
    }
}

/// Shows how pages look. It needs no sign-in: the page of signing in looks so.
#[utoipa::path(get, path = "/v1/branding", tag = "me",
    responses((status = 200, description = "How pages look.", body = Branding)))]
async fn get_branding(api: Caller) -> Answer<Branding> {
    Ok(Json(api.app.branding(&api.actor).await?.into()))
}

/// Sets how pages look to those who come by the network.
#[utoipa::path(post, path = "/v1/branding", tag = "me", request_body = SetBranding,
    responses((status = 200, description = "Pages look so from now on.", body = change::Changed<Branding>)),
    extensions(("x-problems" = json!(["@text", "branding_colour", "branding_link", "branding_logo"]))))]
async fn set_branding(api: Caller, command: Command<SetBranding>) -> Act<Branding> {
    let set = command.body.parse()?;
    let changed = api.app.branding_set(&api.actor, command.retry, set).await?;
    let view = api.app.branding(&api.actor).await?;
    Ok(Done::changed(&changed, Branding::from(view)))
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(get_branding, set_branding))
}
