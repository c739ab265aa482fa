//! Rules of a role: at which hours of the week, and from which networks, those who have it may act.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use chrono::{DateTime, Datelike as _, TimeZone as _, Timelike as _};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Timestamp;
use crate::actor::Role;
use crate::limits::{OFFICE_HOURS_MAX, OWN_NETWORKS_MAX};
use crate::refusal::{Refusal, RefusalKind};

/// Minutes in a day.
const DAY_MINUTES: u16 = 24 * 60;

/// Why a rule refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RoleRuleRefusal {
    /// Such a time zone is not known.
    #[error("“{text}” is not the name of a time zone")]
    TimeZone {
        /// What was given.
        text: String,
    },
    /// Hours that are none.
    #[error(
        "office hours are on a day of the week from 1 to 7, and end later on that day than they begin"
    )]
    Hours,
    /// It says nothing when.
    #[error("office hours of a week have at least one hour in them")]
    NoHours,
    /// Too many.
    #[error(
        "a week has at most {OFFICE_HOURS_MAX} office hours, and a role at most {OWN_NETWORKS_MAX} networks"
    )]
    TooMany,
    /// It is no network.
    #[error("“{text}” is not a network")]
    Network {
        /// What was given.
        text: String,
    },
    /// Only people have rules.
    #[error("only the roles of people have rules")]
    NoRole,
    /// It would shut out whoever sets it.
    #[error("with this rule you could not go on yourself, at this hour or from where you are")]
    ShutsOut,
}

impl Refusal for RoleRuleRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::TimeZone { .. } => "time_zone_unknown",
            Self::Hours | Self::NoHours => "office_hours_invalid",
            Self::TooMany => "role_rule_too_long",
            Self::Network { .. } => "network_malformed",
            Self::NoRole => "role_rule_no_role",
            Self::ShutsOut => "role_rule_shuts_out",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::ShutsOut => RefusalKind::Conflict,
            _ => RefusalKind::Invalid,
        }
    }

    fn fix(&self) -> Option<String> {
        let fix = match self {
            Self::TimeZone { .. } => "Write it as Europe/Berlin or America/New_York.",
            Self::Hours => {
                "Write what goes past midnight as two: until 24:00, and from 00:00 of the next day."
            }
            Self::NoHours => "Leave the hours out, if there are none to keep to.",
            Self::TooMany => "Take larger networks, and join hours that meet.",
            Self::Network { .. } => {
                "Write it as 192.0.2.0/24 or 2001:db8::/32, or one address alone."
            }
            Self::NoRole => "Lock access tokens to a product or a license instead.",
            Self::ShutsOut => "Let it allow this hour and the network that you are in.",
        };
        Some(fix.into())
    }

    fn pointer(&self) -> Option<&'static str> {
        match self {
            Self::TimeZone { .. } => Some("/hours/time_zone"),
            Self::Hours | Self::NoHours => Some("/hours/spans"),
            Self::Network { .. } => Some("/networks"),
            Self::NoRole => Some("/role"),
            Self::TooMany | Self::ShutsOut => None,
        }
    }
}

/// A network: all addresses that begin alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    prefix: u8,
}

/// An address as a number, and how many bits it has.
fn bits(address: IpAddr) -> (u128, u8) {
    match address.to_canonical() {
        IpAddr::V4(address) => (u128::from(address.to_bits()), 32),
        IpAddr::V6(address) => (address.to_bits(), 128),
    }
}

/// The bits that count, with the others away.
fn begin(number: u128, all: u8, prefix: u8) -> u128 {
    let free = u32::from(all - prefix);
    number.checked_shr(free).unwrap_or(0)
}

impl Network {
    /// Whether an address is in it.
    #[must_use]
    pub fn has(self, address: IpAddr) -> bool {
        let ((first, all), (number, others)) = (bits(self.first), bits(address));
        all == others && begin(first, all, self.prefix) == begin(number, all, self.prefix)
    }
}

impl FromStr for Network {
    type Err = RoleRuleRefusal;

    fn from_str(text: &str) -> Result<Self, RoleRuleRefusal> {
        let wrong = || RoleRuleRefusal::Network {
            text: text.chars().take(60).collect(),
        };
        let (address, prefix) = match text.trim().split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text.trim(), None),
        };
        let first: IpAddr = address.parse().map_err(|_| wrong())?;
        let first = first.to_canonical();
        let (_, all) = bits(first);
        let prefix = match prefix {
            None => all,
            Some(prefix) => prefix.parse().map_err(|_| wrong())?,
        };
        if prefix > all {
            return Err(wrong());
        }
        let (number, _) = bits(first);
        let free = u32::from(all - prefix);
        let number = number.checked_shr(free).unwrap_or(0);
        let number = number.checked_shl(free).unwrap_or(0);
        let first = match first {
            IpAddr::V4(_) => IpAddr::V4(u32::try_from(number).map_err(|_| wrong())?.into()),
            IpAddr::V6(_) => IpAddr::V6(number.into()),
        };
        Ok(Self { first, prefix })
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.prefix)
    }
}

impl Serialize for Network {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Network {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Hours of one day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Hours {
    /// The day: 1 is Monday.
    pub day: u8,
    /// From which minute of the day on.
    pub from: u16,
    /// Until which minute: that one is outside.
    pub until: u16,
}

/// The office hours of a week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeHours {
    time_zone: String,
    hours: Vec<Hours>,
}

impl OfficeHours {
    /// Hours by the clock of a time zone.
    ///
    /// # Errors
    /// [`RoleRuleRefusal`] if the time zone or some hours are none, or there are too many.
    pub fn new(time_zone: &str, mut hours: Vec<Hours>) -> Result<Self, RoleRuleRefusal> {
        if zone(time_zone).is_none() {
            return Err(RoleRuleRefusal::TimeZone {
                text: time_zone.chars().take(60).collect(),
            });
        }
        if hours.is_empty() {
            return Err(RoleRuleRefusal::NoHours);
        }
        if hours.len() > OFFICE_HOURS_MAX {
            return Err(RoleRuleRefusal::TooMany);
        }
        let fine = |hours: &Hours| {
            (1..=7).contains(&hours.day) && hours.from < hours.until && hours.until <= DAY_MINUTES
        };
        if !hours.iter().all(fine) {
            return Err(RoleRuleRefusal::Hours);
        }
        hours.sort_unstable();
        hours.dedup();
        Ok(Self {
            time_zone: time_zone.to_owned(),
            hours,
        })
    }

    /// By the clock of which time zone.
    #[must_use]
    pub fn time_zone(&self) -> &str {
        &self.time_zone
    }

    /// The hours, the earliest of the week first.
    #[must_use]
    pub fn hours(&self) -> &[Hours] {
        &self.hours
    }

    /// Whether a moment is within them. A time zone that is not known any more has no hours.
    #[must_use]
    pub fn has(&self, at: Timestamp) -> bool {
        let moment = DateTime::from_timestamp_millis(at.millis());
        let Some((zone, moment)) = zone(&self.time_zone).zip(moment) else {
            return false;
        };
        let here = zone.from_utc_datetime(&moment.naive_utc());
        let day = here.weekday().number_from_monday();
        let minute = here.hour() * 60 + here.minute();
        self.hours.iter().any(|hours| {
            u32::from(hours.day) == day
                && (u32::from(hours.from)..u32::from(hours.until)).contains(&minute)
        })
    }
}

fn zone(name: &str) -> Option<Tz> {
    name.parse().ok()
}

/// A rule of a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleRule {
    /// Which role.
    pub role: Role,
    /// When its people may act; none if at all times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<OfficeHours>,
    /// From where; nothing if from everywhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub networks: Vec<Network>,
}

/// Whether somebody keeps to the rule of their role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Kept {
    /// Whether it is within the office hours.
    pub hours: bool,
    /// Whether they are in an own network.
    pub network: bool,
}

impl RoleRule {
    /// A rule; one that says nothing is none.
    ///
    /// # Errors
    /// [`RoleRuleRefusal::NoRole`], [`RoleRuleRefusal::TooMany`].
    pub fn new(
        role: Role,
        hours: Option<OfficeHours>,
        networks: Vec<Network>,
    ) -> Result<Self, RoleRuleRefusal> {
        if !role.is_of_vendor() && !role.is_of_customer() {
            return Err(RoleRuleRefusal::NoRole);
        }
        if networks.len() > OWN_NETWORKS_MAX {
            return Err(RoleRuleRefusal::TooMany);
        }
        Ok(Self {
            role,
            hours,
            networks,
        })
    }

    /// Whether there is nothing to keep to.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hours.is_none() && self.networks.is_empty()
    }

    /// Whether somebody keeps to it at a moment, from an address. Who comes from nowhere known is in no network.
    #[must_use]
    pub fn kept(&self, at: Timestamp, address: Option<IpAddr>) -> Kept {
        let hours = self.hours.as_ref();
        let mut networks = self.networks.iter();
        Kept {
            hours: hours.is_none_or(|hours| hours.has(at)),
            network: self.networks.is_empty()
                || address.is_some_and(|address| networks.any(|network| network.has(address))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(text: &str) -> Network {
        text.parse().unwrap()
    }

    #[test]
    fn a_network_has_the_addresses_that_begin_as_it_does() {
        let has = |text: &str, address: &str| network(text).has(address.parse().unwrap());
        assert!(has("192.0.2.0/24", "192.0.2.255"));
        assert!(!has("192.0.2.0/24", "192.0.3.0"));
        assert!(has("192.0.2.7", "192.0.2.7"));
        assert!(!has("192.0.2.7", "192.0.2.8"));
        assert!(has("0.0.0.0/0", "203.0.113.9"));
        assert!(!has("0.0.0.0/0", "2001:db8::1"), "another family");
        assert!(has("::/0", "2001:db8::1"));
        assert!(has("2001:db8::/32", "2001:db8:ffff::1"));
        assert!(!has("2001:db8::/32", "2001:db9::1"));
        assert!(has("192.0.2.0/24", "::ffff:192.0.2.9"), "the same address");
    }

    #[test]
    fn a_network_is_written_by_its_first_address() {
        assert_eq!(network(" 192.0.2.77/24 ").to_string(), "192.0.2.0/24");
        assert_eq!(network("2001:db8::77/32").to_string(), "2001:db8::/32");
        assert_eq!(network("192.0.2.7").to_string(), "192.0.2.7/32");
        for wrong in [
            "",
            "192.0.2",
            "192.0.2.0/33",
            "192.0.2.0/-1",
            "2001:db8::/129",
            "office",
        ] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
    }

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    fn on(day: u8, from: u16, until: u16) -> Hours {
        Hours { day, from, until }
    }

    #[test]
    fn hours_are_by_the_clock_of_their_place_in_summer_and_winter() {
        let monday = OfficeHours::new("Europe/Berlin", vec![on(1, 8 * 60, 18 * 60)]).unwrap();
        assert!(
            monday.has(at("2027-03-01T07:00:00Z")),
            "eight o'clock in winter"
        );
        assert!(!monday.has(at("2027-03-01T06:59:59Z")));
        assert!(monday.has(at("2027-03-01T16:59:59Z")));
        assert!(
            !monday.has(at("2027-03-01T17:00:00Z")),
            "six o'clock is outside"
        );
        assert!(!monday.has(at("2027-03-02T09:00:00Z")), "Tuesday");
        assert!(
            monday.has(at("2027-07-05T06:00:00Z")),
            "eight o'clock in summer"
        );
        assert!(!monday.has(at("2027-07-05T16:00:00Z")));
        let whole = OfficeHours::new("UTC", vec![on(7, 0, DAY_MINUTES)]).unwrap();
        assert!(whole.has(at("2027-03-07T23:59:59Z")));
    }

    #[test]
    fn hours_that_are_none_are_refused() {
        for wrong in [
            on(0, 0, 60),
            on(8, 0, 60),
            on(1, 60, 60),
            on(1, 61, 60),
            on(1, 0, 1441),
        ] {
            let refused = OfficeHours::new("UTC", vec![wrong]);
            assert_eq!(refused, Err(RoleRuleRefusal::Hours), "{wrong:?}");
        }
        let nowhere = OfficeHours::new("Mars/Olympus", vec![on(1, 0, 60)]);
        assert!(matches!(nowhere, Err(RoleRuleRefusal::TimeZone { .. })));
        assert_eq!(
            OfficeHours::new("UTC", vec![]),
            Err(RoleRuleRefusal::NoHours)
        );
        let many = |count: u16| (0..count).map(|n| on(1, n, n + 1)).collect::<Vec<_>>();
        let most = u16::try_from(OFFICE_HOURS_MAX).unwrap();
        assert!(OfficeHours::new("UTC", many(most)).is_ok());
        let refused = OfficeHours::new("UTC", many(most + 1));
        assert_eq!(refused, Err(RoleRuleRefusal::TooMany));
    }

    #[test]
    fn a_rule_is_for_people_and_says_what_is_not_kept() {
        let hours = OfficeHours::new("UTC", vec![on(1, 8 * 60, 18 * 60)]).unwrap();
        let office = vec![network("192.0.2.0/24")];
        let rule = RoleRule::new(Role::Support, Some(hours), office.clone()).unwrap();
        let kept = |time, address: Option<&str>| {
            let address = address.map(|address| address.parse().unwrap());
            let kept = rule.kept(at(time), address);
            (kept.hours, kept.network)
        };
        let (day, night) = ("2027-03-01T09:00:00Z", "2027-03-01T22:00:00Z");
        assert_eq!(kept(day, Some("192.0.2.7")), (true, true));
        assert_eq!(kept(night, Some("192.0.2.7")), (false, true));
        assert_eq!(kept(day, Some("198.51.100.7")), (true, false));
        assert_eq!(kept(day, None), (true, false), "from nowhere known");
        let token = RoleRule::new(Role::Token, None, office);
        assert_eq!(token, Err(RoleRuleRefusal::NoRole));
        assert!(RoleRule::new(Role::Owner, None, vec![]).unwrap().is_empty());
        let many = vec![network("192.0.2.7"); OWN_NETWORKS_MAX + 1];
        let refused = RoleRule::new(Role::Owner, None, many);
        assert_eq!(refused, Err(RoleRuleRefusal::TooMany));
    }
}
