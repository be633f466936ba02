//! The stage: all that a panel may look at while it draws.

use super::memory::Memory;
use crate::app::App;
use crate::domain::tier::{Standing, TierId};
use crate::domain::verdict::Verdict;
use crate::keys::table::binding;
use crate::keys::{Action, Context};
use crate::text::clean::clean;
use crate::text::{Language, number};
use crate::theme::Theme;
use crate::theme::glyphs::Glyphs;
use crate::wording::{Speaker, estimate, name};
use ratatui::style::Style;

/// State, colours and glyphs for one frame.
#[derive(Debug, Clone, Copy)]
pub struct Stage<'a> {
    /// The state.
    pub app: &'a App,
    /// Styles by role.
    pub theme: &'a Theme,
    /// The set of glyphs.
    pub glyphs: &'a Glyphs,
    /// What may be taken over from the frame before.
    pub memory: &'a Memory,
}

impl<'a> Stage<'a> {
    /// The language of the screen.
    #[must_use]
    pub fn language(&self) -> Language {
        self.app.language
    }

    /// The word under this key.
    #[must_use]
    pub fn say(&self, key: &'a str) -> &'a str {
        self.app.say(key)
    }

    /// The template under this key, filled.
    #[must_use]
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.app.fill(key, values)
    }

    /// The text under this key that a count asks for, with the count put in.
    #[must_use]
    pub fn counted(&self, key: &str, count: u64) -> String {
        self.app.words.counted(self.app.language, key, count, &[])
    }

    /// Whether only ASCII may be drawn.
    #[must_use]
    pub fn is_ascii(&self) -> bool {
        self.glyphs.block.is_ascii()
    }

    /// Who says sentences about answers.
    #[must_use]
    pub fn speaker(&self) -> Speaker<'a> {
        Speaker {
            words: &self.app.words,
            language: self.app.language,
            playbook: &self.app.playbook,
            currency: &self.app.reading.roster.schema().currency,
        }
    }

    /// What the key of an action is called, for hints; empty when it has none at the desk.
    #[must_use]
    pub fn key(&self, action: Action) -> String {
        let ascii = self.glyphs.pointer.is_ascii();
        binding(action, Context::Desk)
            .and_then(|binding| binding.keys.first())
            .map(|key| key.label(ascii))
            .unwrap_or_default()
    }

    /// From which published prices unknown ones are estimated, in brief.
    #[must_use]
    pub fn price_source(&self) -> Option<String> {
        let name = self.app.price_table()?.name.say(self.language());
        let name = clean(name).into_owned();
        Some(self.fill("chips.estimates", &[("name", &name)]))
    }

    /// What there is to say about estimated prices; nothing where none are shown.
    #[must_use]
    pub fn estimates(&self) -> Vec<String> {
        let estimates = self.app.reading.roster.schema().estimates.as_ref();
        estimates.map_or_else(Vec::new, |estimates| {
            estimate::sentences(&self.speaker(), estimates)
        })
    }

    /// Number of tiers in the scheme.
    #[must_use]
    pub fn tiers(&self) -> usize {
        self.app
            .tier_scheme()
            .map_or(0, |scheme| scheme.tiers().len())
    }

    /// The style of a tier, bright or dim.
    #[must_use]
    pub fn tier_style(&self, tier: TierId, bright: bool) -> Style {
        if bright {
            self.theme.tier(tier.index(), self.tiers())
        } else {
            self.theme.tier_dim(tier.index(), self.tiers())
        }
    }

    /// The name of a tier in the language of the screen.
    #[must_use]
    pub fn tier_name(&self, tier: TierId) -> &'a str {
        self.app
            .tier_scheme()
            .and_then(|scheme| scheme.tier(tier))
            .map_or("", |tier| tier.name.say(self.app.language))
    }

    /// The bounds of a tier in followers, both inside it: `5,000–49,999`, `100,001+`.
    #[must_use]
    pub fn tier_bounds(&self, tier: TierId) -> String {
        let count = |followers| number::grouped(followers, self.language());
        let scheme = self.app.tier_scheme();
        match scheme.and_then(|scheme| scheme.bounds(tier)) {
            Some((from, Some(end))) => {
                let last = count(end.saturating_sub(1));
                format!("{}{}{last}", count(from), self.glyphs.dash)
            }
            Some((from, None)) => format!("{}+", count(from)),
            None => String::new(),
        }
    }

    /// The glyph of a verdict and its style.
    #[must_use]
    pub fn verdict_sign(&self, verdict: Verdict) -> (&'a str, Style) {
        let style = &self.theme.style;
        let style = match verdict {
            Verdict::Yes => style.good,
            Verdict::Backup => style.marked,
            Verdict::No => style.bad,
        };
        let sign = self.glyphs.verdicts.get(verdict.index());
        (sign.copied().unwrap_or_default(), style)
    }

    /// A verdict as its glyph and its name.
    #[must_use]
    pub fn verdict(&self, verdict: Verdict) -> String {
        let (sign, _) = self.verdict_sign(verdict);
        format!("{sign} {}", name::verdict(&self.speaker(), Some(verdict)))
    }

    /// The glyph of a standing; a small one for accounts outside the pyramid. In the ASCII set a tier is its letter.
    #[must_use]
    pub fn glyph(&self, standing: Standing) -> &'a str {
        match standing {
            Standing::Tier(tier) => {
                self.glyphs
                    .tier(tier.index(), self.tiers(), self.tier_letter(tier))
            }
            Standing::Below | Standing::Unranked => self.glyphs.outside,
        }
    }

    /// The first letter of the name of a tier that no lower tier goes by; a dot when there is none left.
    fn tier_letter(&self, tier: TierId) -> &'a str {
        let mut taken: Vec<&str> = Vec::new();
        for index in 0..=tier.0 {
            let name = self.tier_name(TierId(index));
            let letters = name
                .char_indices()
                .filter(|(_, c)| c.is_ascii_alphanumeric());
            let free = letters
                .filter_map(|(at, c)| name.get(at..at + c.len_utf8()))
                .find(|letter| !taken.contains(letter));
            taken.push(free.unwrap_or(self.glyphs.dot));
        }
        taken.last().copied().unwrap_or(self.glyphs.dot)
    }
}
