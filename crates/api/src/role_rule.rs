//! Rules of roles: at which hours of the week, and from which networks, the people who have a role may act.

use axum::Json;
use latchkey_domain as domain;
use latchkey_domain::role_rule::{Hours, Network, OfficeHours as Week, RoleRuleRefusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::caller::Caller;
use crate::change;
use crate::extract::Command;
use crate::me::Role;
use crate::problem::Problem;
use crate::text::field;

/// The rules that there are, one for a role at most.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RoleRules {
    /// The rules.
    pub rules: Vec<RoleRule>,
}

/// When and from where the people who have a role may act. Without hours it is at all times, without networks from
/// everywhere; with neither the role has no rule.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleRule {
    /// The role: one that people have.
    pub role: Role,
    /// The office hours; null if at all times.
    #[serde(default)]
    #[schema(required = false)]
    pub hours: Option<OfficeHours>,
    /// The networks, each as CIDR or as one address; none if from everywhere.
    #[serde(default)]
    #[schema(required = false, max_items = 100, example = json!(["192.0.2.0/24"]))]
    pub networks: Vec<String>,
}

/// The office hours of a week.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfficeHours {
    /// By the clock of which time zone: a name of the IANA's database.
    #[schema(example = "Europe/Berlin")]
    pub time_zone: String,
    /// When; each within one day.
    #[schema(max_items = 50)]
    pub spans: Vec<OfficeSpan>,
}

/// Hours of one day of the week.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfficeSpan {
    /// The day: 1 is Monday, 7 is Sunday.
    #[schema(minimum = 1, maximum = 7)]
    pub day: u8,
    /// From when on, as hours and minutes.
    #[schema(example = "08:00")]
    pub from: String,
    /// Until when: that minute is outside. The end of the day is 24:00.
    #[schema(example = "18:00")]
    pub until: String,
}

/// Reads hours and minutes, as far as the end of the day.
fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hours) || !digits(minutes) {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let all = hours * 60 + minutes;
    (minutes < 60 && all <= 24 * 60).then_some(all)
}

fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

impl From<domain::role_rule::RoleRule> for RoleRule {
    fn from(rule: domain::role_rule::RoleRule) -> Self {
        let hours = rule.hours.map(|week| OfficeHours {
            time_zone: week.time_zone().to_owned(),
            spans: (week.hours().iter())
                .map(|hours| OfficeSpan {
                    day: hours.day,
                    from: clock(hours.from),
                    until: clock(hours.until),
                })
                .collect(),
        });
        Self {
            role: rule.role.into(),
            hours,
            networks: rule.networks.iter().map(ToString::to_string).collect(),
        }
    }
}

impl OfficeHours {
    fn parse(self) -> Result<Week, RoleRuleRefusal> {
        let spans = self.spans.into_iter().map(|span| {
            let (from, until) = (minutes(&span.from), minutes(&span.until));
            let (from, until) = from.zip(until).ok_or(RoleRuleRefusal::Hours)?;
            let day = span.day;
            Ok(Hours { day, from, until })
        });
        Week::new(&self.time_zone, spans.collect::<Result<_, _>>()?)
    }
}

impl RoleRule {
    fn parse(self) -> Result<domain::role_rule::RoleRule, Problem> {
        let pointed =
            |refusal: RoleRuleRefusal| Problem::from(latchkey_app::Refused::from(refusal));
        let hours = self.hours.map(OfficeHours::parse).transpose();
        let networks = self.networks.iter().map(|text| text.parse::<Network>());
        let networks: Vec<_> = field("/networks", networks.collect())?;
        let hours = hours.map_err(pointed)?;
        domain::role_rule::RoleRule::new(self.role.into(), hours, networks).map_err(pointed)
    }
}

/// Lists the rules of roles.
#[utoipa::path(get, path = "/v1/vendor/role-rules", tag = "me",
    responses((status = 200, description = "The rules.", body = RoleRules)))]
async fn list_role_rules(api: Caller) -> Answer<RoleRules> {
    let rules = api.app.role_rules(&api.actor).await?;
    let rules = rules.into_iter().map(Into::into).collect();
    Ok(Json(RoleRules { rules }))
}

/// Gives a role a rule in place of the one it had; one that says nothing takes it away. It holds for people who sign in, at
/// their next request. A rule of one's own role has to allow the present moment and where one is.
#[utoipa::path(post, path = "/v1/vendor/role-rules", tag = "me", request_body = RoleRule,
    responses((status = 200, description = "The rules as they are now.", body = change::Changed<RoleRules>)),
    extensions(("x-problems" = json!(["time_zone_unknown", "office_hours_invalid", "network_malformed",
        "role_rule_too_long", "role_rule_no_role", "role_rule_shuts_out"]))))]
async fn set_role_rule(api: Caller, command: Command<RoleRule>) -> Act<RoleRules> {
    let rule = command.body.parse()?;
    let changed = api
        .app
        .role_rule_set(&api.actor, command.retry, rule)
        .await?;
    let rules = api.app.role_rules(&api.actor).await?;
    let rules = rules.into_iter().map(Into::into).collect();
    Ok(Done::changed(&changed, RoleRules { rules }))
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(list_role_rules, set_role_rule))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_and_minutes_are_read_as_far_as_the_end_of_the_day() {
        assert_eq!(minutes("00:00"), Some(0));
        assert_eq!(minutes("08:30"), Some(510));
        assert_eq!(minutes("24:00"), Some(1440));
        for wrong in [
            "24:01", "8:00", "08:60", "0800", "+8:00", "", "ab:cd", "99:99",
        ] {
            assert_eq!(minutes(wrong), None, "{wrong}");
        }
        assert_eq!(clock(510), "08:30");
        assert_eq!(clock(1440), "24:00");
    }
}
