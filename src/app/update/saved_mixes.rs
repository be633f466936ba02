//! Saved mixes: given a name and kept, taken up again, forgotten, and put side by side.

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::mixing::{MixPage, Pair};
use crate::app::overlay::Overlay;
use crate::domain::roster::AccountId;
use crate::domain::saved_mix::{SavedCount, SavedMix};
use crate::domain::tier::{Standing, TierScheme};
use crate::domain::verdict::{Remark, Signature, Verdict, Verdicts};
use crate::query::matching::Campaign;
use crate::query::mix::terms::{Count, Limits, Terms};
use std::sync::Arc;

/// The most letters of the name of a mix.
pub(super) const LONGEST_NAME: usize = 40;

impl App {
    /// The mix as it would be saved under this name; `None` where there is none.
    #[must_use]
    pub fn present_mix(&self, name: &str) -> Option<SavedMix> {
        let mix = self.mixed()?;
        let survey = self.answers.survey.answer()?;
        let matches = survey.matching.as_ref().map(|it| it.len() as u64);
        let roster = &self.reading.roster;
        let signatures = |rows: &mut dyn Iterator<Item = AccountId>| {
            let accounts = rows.filter_map(|id| roster.account(id));
            accounts.map(|it| Signature::of(&it)).collect::<Vec<_>>()
        };
        let campaign = self.campaign.clone().unwrap_or_default();
        let (best, limits) = (&mix.best, &self.terms.limits);
        let scheme = self.tier_scheme();
        let tiers = limits.standings.iter();
        let tiers = tiers.map(|(standing, count)| counted(standing_id(scheme, *standing), *count));
        let platforms = limits.platforms.iter();
        let platforms = platforms.map(|(name, count)| counted(name, *count));
        Some(SavedMix {
            name: name.to_owned(),
            goal: self.campaign.as_ref().map(|_| campaign.goal),
            category: campaign.category,
            city: campaign.city,
            scheme: self.scheme.clone(),
            budget: self.terms.budget,
            balance: self.terms.balance,
            population: self.terms.population,
            handling: self.terms.handling,
            most_accounts: limits.accounts,
            most_price: limits.price,
            by_verdicts: self.mixing.by_verdicts,
            from: matches.unwrap_or(survey.shown),
            spend: best.spend,
            estimated: best.estimated,
            reach: best.potential_reach,
            net_reach: best.net_reach,
            engagements: (best.engagements_of > 0).then_some(best.engagements),
            cpm: best.cpm,
            cpe: best.cpe,
            tiers: tiers.collect(),
            platforms: platforms.collect(),
            include: signatures(&mut limits.include.iter().copied()),
            exclude: signatures(&mut limits.exclude.iter().copied()),
            booked: signatures(&mut mix.by_size.iter().copied().map(AccountId)),
        })
    }

    /// Lets a name be typed for the mix.
    pub(super) fn open_naming(&mut self) -> Vec<Effect> {
        if self.mixed().is_none() {
            self.refused = Some(self.say("mix.nothing_to_save").to_owned());
            return Vec::new();
        }
        let loaded = self.mixing.loaded.as_ref();
        let typed = loaded.map(|mix| mix.name.clone()).unwrap_or_default();
        self.overlays.push(Overlay::Naming { typed });
        Vec::new()
    }

    /// Saves the mix under the name that was typed, in the place of one of that name, and shows the saved mixes.
    pub(super) fn save_mix(&mut self, typed: &str) -> Vec<Effect> {
        let name = typed.trim();
        let Some(mix) = self.present_mix(name).filter(|_| !name.is_empty()) else {
            return Vec::new();
        };
        let saved = &mut self.mixing.saved;
        let same = saved.iter().position(|other| other.name == mix.name);
        let place = same.unwrap_or(saved.len());
        saved.splice(place..(place + 1).min(saved.len()), [mix.clone()]);
        self.mixing.loaded = Some(mix.clone());
        if let Some(Overlay::Mix { page, cursor, .. }) = self.overlays.last_mut() {
            (*page, *cursor) = (MixPage::Saved, place + 1);
        }
        if let Some(at) = &self.place {
            return vec![Effect::KeepMix(at.clone(), Box::new(mix))];
        }
        self.refused = Some(self.say("mix.unkept").to_owned());
        Vec::new()
    }

    /// Forgets the saved mix at this place of the list.
    pub(super) fn forget_mix(&mut self, place: usize) -> Vec<Effect> {
        let saved = &mut self.mixing.saved;
        let Some(at) = place.checked_sub(1).filter(|at| *at < saved.len()) else {
            return Vec::new();
        };
        let gone = saved.remove(at);
        let last = saved.len();
        self.mixing.chosen = None;
        if let Some(Overlay::Mix { cursor, .. }) = self.overlays.last_mut() {
            *cursor = (*cursor).min(last);
        }
        match &self.place {
            Some(place) => vec![Effect::ForgetMix(place.clone(), gone.name)],
            None => Vec::new(),
        }
    }

    /// Takes up the terms of the saved mix at this place of the list, its goal among them, and asks for their mix.
    pub(super) fn load_mix(&mut self, place: usize) -> Vec<Effect> {
        let saved = place
            .checked_sub(1)
            .and_then(|at| self.mixing.saved.get(at));
        let Some(saved) = saved.cloned() else {
            return Vec::new();
        };
        if self.playbook.scheme(&saved.scheme).is_some() {
            self.scheme.clone_from(&saved.scheme);
        }
        let known = |id: &String| self.playbook.goal(id).is_some();
        let goal = saved.goal.clone().filter(known);
        self.choose(goal.map(|goal| Campaign {
            goal,
            category: saved.category.clone(),
            city: saved.city.clone(),
        }));
        self.terms = terms_of(&saved, self.tier_scheme());
        self.mixing.by_verdicts = saved.by_verdicts;
        self.mixing.picks = Arc::new(picks_of(&saved));
        self.mixing.loaded = Some(saved);
        if let Some(Overlay::Mix { page, cursor, .. }) = self.overlays.last_mut() {
            (*page, *cursor) = (MixPage::Figures, 0);
        }
        self.forget_mix_answers();
        // The mix is asked for when the survey and the picks are there.
        let mut effects = self.look_for_picks();
        effects.extend(self.ask_survey());
        effects
    }

    /// Puts the chosen mix beside the one under the cursor; without a choice, the mix on screen.
    pub(super) fn open_pair(&mut self) -> Vec<Effect> {
        let Some((MixPage::Saved, cursor, _)) = self.mix_page() else {
            return Vec::new();
        };
        let chosen = self.mixing.chosen.filter(|chosen| *chosen != cursor);
        let other = chosen.unwrap_or(usize::from(cursor == 0));
        let mix = |place: usize| match place.checked_sub(1) {
            None => self.present_mix(self.say("mix.this")),
            Some(at) => self.mixing.saved.get(at).cloned(),
        };
        if let (Some(one), Some(two)) = (mix(other), mix(cursor)) {
            let pair = Box::new(Pair::new([one, two]));
            self.overlays.push(Overlay::MixPair { pair, scroll: 0 });
        }
        Vec::new()
    }

    /// The saved mix that the terms were taken from, where it came to something else than they come to now.
    #[must_use]
    pub fn changed_since_saved(&self) -> Option<&SavedMix> {
        let loaded = self.mixing.loaded.as_ref()?;
        let now = &self.mixed()?.best;
        let same = loaded.came_to(
            now.rows.len(),
            now.spend,
            now.potential_reach,
            now.engagements,
        );
        (!same).then_some(loaded)
    }
}

fn counted(of: &str, count: Count) -> SavedCount {
    SavedCount {
        of: of.to_owned(),
        least: count.least,
        most: count.most,
    }
}

/// The identifier of a standing; empty for a tier that the scheme does not have.
fn standing_id(scheme: Option<&TierScheme>, standing: Standing) -> &str {
    match standing {
        Standing::Tier(id) => scheme
            .and_then(|scheme| scheme.tier(id))
            .map_or("", |tier| tier.id.as_str()),
        Standing::Below => "below",
        Standing::Unranked => "unranked",
    }
}

/// The terms of a saved mix, without its picks; a tier that the scheme does not have is left out.
fn terms_of(saved: &SavedMix, scheme: Option<&TierScheme>) -> Terms {
    let count = |of: &SavedCount| Count {
        least: of.least,
        most: of.most,
    };
    let standing = |id: &str| match id {
        "below" => Some(Standing::Below),
        "unranked" => Some(Standing::Unranked),
        id => scheme?.find(id).map(Standing::Tier),
    };
    let tiers = saved.tiers.iter();
    let platforms = saved.platforms.iter();
    let amount = |amount: f64| {
        if amount.is_finite() {
            amount.max(0.0)
        } else {
            0.0
        }
    };
    let mut limits = Limits {
        accounts: saved.most_accounts,
        price: saved.most_price.map(amount),
        ..Limits::default()
    };
    let tiers = tiers.filter_map(|of| Some((standing(&of.of)?, count(of))));
    limits.standings.extend(tiers);
    let platforms = platforms.map(|of| (of.of.clone(), count(of)));
    limits.platforms.extend(platforms);
    Terms {
        budget: amount(saved.budget),
        balance: amount(saved.balance).min(1.0),
        population: saved.population.filter(|people| *people > 0),
        handling: amount(saved.handling),
        limits,
    }
}

fn picks_of(saved: &SavedMix) -> Verdicts {
    let mut picks = Verdicts::default();
    let sides = [
        (&saved.include, Verdict::Yes),
        (&saved.exclude, Verdict::No),
    ];
    for (signatures, verdict) in sides {
        for signature in signatures {
            let remark = Remark {
                verdict: Some(verdict),
                note: String::new(),
            };
            picks.set(signature.clone(), remark);
        }
    }
    picks
}
