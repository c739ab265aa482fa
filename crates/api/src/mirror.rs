//! Wire enums that say the same as the domain's, value for value; a new value there does not compile here unnoticed.

/// Writes the conversions between a wire enum and the domain's.
macro_rules! mirror {
    ($wire:ident = $domain:path { $($value:ident),* $(,)? }) => {
        impl From<$domain> for $wire {
            fn from(value: $domain) -> Self {
                use $domain as Domain;
                match value { $(Domain::$value => Self::$value,)* }
            }
        }

        impl From<$wire> for $domain {
            fn from(value: $wire) -> Self {
                use $domain as Domain;
                match value { $($wire::$value => Domain::$value,)* }
            }
        }
    };
}
pub(crate) use mirror;
