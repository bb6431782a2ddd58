//! The advice keys, which stand on many kinds of record.
//!
//! serde's `flatten` loses the places of values, so the keys are written into each record by a macro.

use schemars::JsonSchema;
use serde::Deserialize;

use super::forms;
use super::spanned::{List, Text};

/// The advice keys of one record. What is `None` is inherited.
#[derive(Clone, Copy, Debug)]
pub struct Advice<'a> {
    /// Why it was refused.
    pub reason: Option<&'a Text>,
    /// The bounce type.
    pub bounce: Option<&'a Text>,
    /// Who must act.
    pub party: Option<&'a Text>,
    /// What to do with the message.
    pub delivery: Option<&'a Text>,
    /// What to do with the address.
    pub address: Option<&'a Text>,
    /// What repairs the cause, in order.
    pub remedies: Option<&'a List>,
    /// The retry schedule.
    pub schedule: Option<&'a Text>,
}

impl<'a> Advice<'a> {
    /// These keys, and `base` where they say nothing.
    #[must_use]
    pub fn or(self, base: Self) -> Self {
        Self {
            reason: self.reason.or(base.reason),
            bounce: self.bounce.or(base.bounce),
            party: self.party.or(base.party),
            delivery: self.delivery.or(base.delivery),
            address: self.address.or(base.address),
            remedies: self.remedies.or(base.remedies),
            schedule: self.schedule.or(base.schedule),
        }
    }
}

/// Declares a record with the advice keys beside its own, and `fn advice`.
///
/// `reason: required` makes `reason` a key that must stand.
macro_rules! with_advice {
    (reason: optional; $($rest:tt)*) => {
        with_advice! { @record [Option<Text>] ["Option<forms::Reason>"] [as_ref] $($rest)* }
    };
    (reason: required; $($rest:tt)*) => {
        with_advice! { @record [Text] ["forms::Reason"] [into_some] $($rest)* }
    };
    (@record [$reason:ty] [$form:literal] [$get:ident] $(#[$meta:meta])* pub struct $name:ident { $($body:tt)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        pub struct $name {
            $($body)*
            /// Why it was refused: a slug of the closed list.
            #[schemars(with = $form)]
            pub reason: $reason,
            /// The bounce type.
            #[schemars(with = "Option<forms::Bounce>")]
            pub bounce: Option<Text>,
            /// Who must act.
            #[schemars(with = "Option<forms::Party>")]
            pub party: Option<Text>,
            /// What to do with the message.
            #[schemars(with = "Option<forms::Delivery>")]
            pub delivery: Option<Text>,
            /// What to do with the address.
            #[schemars(with = "Option<forms::Address>")]
            pub address: Option<Text>,
            /// What repairs the cause, most helpful first.
            #[schemars(with = "Option<Vec<forms::Remedy>>")]
            pub remedies: Option<List>,
            /// The retry schedule.
            #[schemars(with = "Option<forms::Reference>")]
            pub schedule: Option<Text>,
        }

        impl $name {
            /// The advice keys of the record.
            #[must_use]
            pub fn advice(&self) -> Advice<'_> {
                Advice {
                    reason: with_advice!(@$get self.reason),
                    bounce: self.bounce.as_ref(),
                    party: self.party.as_ref(),
                    delivery: self.delivery.as_ref(),
                    address: self.address.as_ref(),
                    remedies: self.remedies.as_ref(),
                    schedule: self.schedule.as_ref(),
                }
            }
        }
    };
    (@as_ref $self:ident . $field:ident) => { $self.$field.as_ref() };
    (@into_some $self:ident . $field:ident) => { Some(&$self.$field) };
}

pub(crate) use with_advice;

with_advice! {
    reason: optional;
    /// What holds for one class of replies only, where 4.x and 5.x differ: `[enhanced.transient]`.
    pub struct ClassAdvice {
        /// What the code means in this class.
        #[schemars(with = "Option<forms::Prose>")]
        pub summary: Option<Text>,
    }
}
