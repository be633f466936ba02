//! The playbook: every rule that a marketer may change, as one value.

use super::benchmark::{Benchmark, ReachRate};
use super::field::Field;
use super::goal::Goal;
use super::platform::Platform;
use super::price::PriceTable;
use super::sorting;
use super::tier::TierScheme;
use crate::text::Localized;

/// A field as data: its name on screen and the headers that mean it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldEntry {
    /// The field.
    pub field: Field,
    /// Name on screen.
    pub name: Localized,
    /// Short name for the head of a column in a table.
    pub short: Localized,
    /// Headers that mean the field, in any language, as people write them.
    pub synonyms: Vec<String>,
    /// Headers that look like the field and are not.
    pub never: Vec<String>,
}

/// What the article says of a role: the text that a tier opens to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleEntry {
    /// The role.
    pub role: super::tier::Role,
    /// What the source says of it, in our words.
    pub about: Localized,
    /// One line: what it is for.
    pub use_for: Localized,
}

/// All rules as one value. Built by [`crate::load::assets`], never changed after.
#[derive(Debug, Clone, PartialEq)]
pub struct Playbook {
    /// Tier schemes; the first is the default.
    pub schemes: Vec<TierScheme>,
    /// Goals, in the order in which they are offered.
    pub goals: Vec<Goal>,
    /// What the article says of each role.
    pub roles: Vec<RoleEntry>,
    /// Published engagement rates.
    pub benchmarks: Vec<Benchmark>,
    /// Which part of the followers sees a post.
    pub reach_rates: Vec<ReachRate>,
    /// Published prices; of those in one currency the first is the default.
    pub prices: Vec<PriceTable>,
    /// Platforms.
    pub platforms: Vec<Platform>,
    /// Fields with their names and synonyms, one entry per [`Field`], in the order of [`Field::ALL`].
    pub fields: Vec<FieldEntry>,
}

impl Playbook {
    /// The tier scheme with this identifier.
    #[must_use]
    pub fn scheme(&self, id: &str) -> Option<&TierScheme> {
        self.schemes.iter().find(|scheme| scheme.id == id)
    }

    /// The goal with this identifier.
    #[must_use]
    pub fn goal(&self, id: &str) -> Option<&Goal> {
        self.goals.iter().find(|goal| goal.id == id)
    }

    /// The entry of a field.
    #[must_use]
    pub fn field(&self, field: Field) -> Option<&FieldEntry> {
        self.fields.iter().find(|entry| entry.field == field)
    }

    /// What is said of a role.
    #[must_use]
    pub fn role(&self, role: super::tier::Role) -> Option<&RoleEntry> {
        self.roles.iter().find(|entry| entry.role == role)
    }

    /// The platform that a text names, by identifier, name or alias, without case, blanks and punctuation.
    #[must_use]
    pub fn platform(&self, text: &str) -> Option<&Platform> {
        let key = crate::text::fold::letters(text);
        if key.is_empty() {
            return None;
        }
        self.platforms.iter().find(|platform| {
            crate::text::fold::letters(&platform.id) == key
                || crate::text::fold::letters(&platform.name) == key
                || platform
                    .aliases
                    .iter()
                    .any(|alias| crate::text::fold::letters(alias) == key)
        })
    }

    /// The published prices that are used for a roster of this currency, unless others are asked for; the first of all
    /// where the currency is not known.
    #[must_use]
    pub fn price_table(&self, currency: &str) -> Option<&PriceTable> {
        self.prices.iter().find(|table| table.suits(currency))
    }

    /// The published prices with this identifier.
    #[must_use]
    pub fn price_table_named(&self, id: &str) -> Option<&PriceTable> {
        self.prices.iter().find(|table| table.id == id)
    }

    /// The currencies in which prices are published, each once, in alphabetical order.
    #[must_use]
    pub fn price_currencies(&self) -> Vec<&str> {
        let currencies = self.prices.iter().map(|table| table.currency.as_str());
        let mut currencies: Vec<&str> = currencies.collect();
        sorting::sort_by(&mut currencies, Ord::cmp);
        currencies.dedup();
        currencies
    }

    /// The published table for a platform, given as its name on screen.
    #[must_use]
    pub fn benchmark(&self, platform: &str) -> Option<&Benchmark> {
        let id = &self.platform(platform)?.id;
        self.benchmarks.iter().find(|table| table.platform == *id)
    }
}
