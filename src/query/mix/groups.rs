//! The groups whose numbers are limited, and the classes of accounts that belong to the same of them.

use super::items::{Items, MOST_GROUPS, Room, Span};
use super::refusal::Refusal;
use super::terms::{Count, Limit, Limits};
use crate::domain::field::Facet;
use crate::domain::roster::Roster;
use crate::domain::roster::chunk::Chunk;
use crate::domain::tier::Standing;
use crate::query::ladder::Ladder;
use crate::query::question::Question;
use rustc_hash::FxHashMap;

/// A limited group.
#[derive(Debug, Clone)]
struct Group {
    limit: Limit,
    count: Count,
    /// The number of its platform in the roster, where it is one that the roster has.
    platform: Option<u32>,
    members: u64,
    kept: u64,
}

/// All limited groups.
#[derive(Debug, Clone)]
pub(super) struct Groups<'a> {
    limits: &'a Limits,
    ladder: Ladder,
    all: Vec<Group>,
    classes: FxHashMap<u32, u16>,
    masks: Vec<u32>,
}

impl<'a> Groups<'a> {
    pub(super) fn new(question: &Question, limits: &'a Limits) -> Groups<'a> {
        let platforms = question.roster.vocabulary(Facet::Platform);
        let group = |(limit, count): (Limit, Count)| Group {
            platform: match &limit {
                Limit::Platform(name) => platforms.find(name),
                _ => None,
            },
            limit,
            count,
            members: 0,
            kept: 0,
        };
        Groups {
            limits,
            ladder: Ladder::new(question.tiers()),
            all: limits.counts().into_iter().map(group).collect(),
            classes: FxHashMap::default(),
            masks: Vec::new(),
        }
    }

    /// The groups of an account, one bit each.
    pub(super) fn mask(&self, roster: &Roster, chunk: &Chunk, at: usize) -> u32 {
        if self.all.is_empty() {
            return 0;
        }
        let slot = self.ladder.slot(chunk.followers.known(at));
        let standing: Standing = Ladder::standing(slot);
        let vocabulary = roster.vocabulary(Facet::Platform);
        let mut mask = 0;
        for (nth, group) in self.all.iter().take(MOST_GROUPS).enumerate() {
            let member = match &group.limit {
                Limit::Accounts => true,
                Limit::Standing(of) => *of == standing,
                Limit::Platform(_) => group.platform.is_some_and(|platform| {
                    let mut values = chunk.values(Facet::Platform, at, vocabulary);
                    values.any(|value| value == platform)
                }),
                // These are no limits on numbers.
                Limit::Price | Limit::Include(_) | Limit::Exclude(_) => false,
            };
            mask |= u32::from(member) << nth;
        }
        mask
    }

    /// Counts an account that is booked in any case.
    pub(super) fn keep(&mut self, mask: u32) {
        for (nth, group) in self.all.iter_mut().enumerate() {
            group.kept += u64::from(mask >> nth & 1);
        }
    }

    /// The class of an account of these groups, which is counted in each.
    pub(super) fn class(&mut self, mask: u32) -> u16 {
        for (nth, group) in self.all.iter_mut().enumerate() {
            group.members += u64::from(mask >> nth & 1);
        }
        self.number(mask)
    }

    fn number(&mut self, mask: u32) -> u16 {
        *self.classes.entry(mask).or_insert_with(|| {
            self.masks.push(mask);
            (self.masks.len() - 1) as u16
        })
    }

    /// The same groups and classes without anybody in them.
    pub(super) fn emptied(mut self) -> Groups<'a> {
        for group in &mut self.all {
            (group.members, group.kept) = (0, 0);
        }
        self
    }

    /// Adds the same groups of other accounts; gives the numbers that their classes have here.
    pub(super) fn join(&mut self, others: &Groups<'a>) -> Vec<u16> {
        for (group, other) in self.all.iter_mut().zip(&others.all) {
            group.members += other.members;
            group.kept += other.kept;
        }
        let numbers = others.masks.iter().map(|mask| self.number(*mask));
        numbers.collect()
    }

    /// Gives the room its groups: those that limit anything. Refuses what cannot be met.
    pub(super) fn close(self, items: &mut Items, room: &mut Room) -> Result<(), Refusal> {
        if self.all.len() > MOST_GROUPS {
            return Err(Refusal::Limits(MOST_GROUPS));
        }
        for group in &self.all {
            group.check()?;
        }
        self.check_together()?;
        // An account of a group that is full takes no part.
        let full = |mask: u32| {
            let mut groups = self.all.iter().enumerate();
            groups.any(|(nth, group)| mask >> nth & 1 == 1 && group.left() == 0)
        };
        let full: Vec<bool> = self.masks.iter().map(|mask| full(*mask)).collect();
        if full.contains(&true) {
            let open = |at: &u32| !full[usize::from(items.class[*at as usize])];
            let open: Vec<u32> = (0..items.len() as u32).filter(open).collect();
            items.keep(&open);
        }
        room.classes = vec![0; self.masks.len().max(1)];
        for (nth, group) in self.all.iter().enumerate() {
            let span = Span {
                least: whole(group.count.least.saturating_sub(group.kept)),
                most: whole(group.left().min(group.members)),
            };
            if span.least == 0 && (span.most == whole(group.members) || span.most == 0) {
                continue;
            }
            for (class, mask) in room.classes.iter_mut().zip(&self.masks) {
                *class |= (mask >> nth & 1) << room.groups.len();
            }
            room.groups.push(span);
        }
        Ok(())
    }

    /// Whether the tiers ask for more accounts than are allowed in all.
    fn check_together(&self) -> Result<(), Refusal> {
        let Some(most) = self.limits.accounts else {
            return Ok(());
        };
        let mut least = 0;
        for group in &self.all {
            if let Limit::Standing(_) = group.limit {
                least += group.count.least.max(group.kept);
            }
        }
        if least > most {
            return Err(Refusal::TooMany { least, most });
        }
        Ok(())
    }
}

impl Group {
    /// How many may still be booked.
    fn left(&self) -> u64 {
        let most = self.count.most.map(|most| most.saturating_sub(self.kept));
        most.unwrap_or(self.members)
    }

    fn check(&self) -> Result<(), Refusal> {
        let limit = self.limit.clone();
        let Count { least, most } = self.count;
        match most {
            Some(most) if least > most => Err(Refusal::Crossed { limit, least, most }),
            Some(most) if self.kept > most => Err(Refusal::Included {
                limit,
                included: self.kept,
                most,
            }),
            _ if least > self.kept + self.members => Err(Refusal::TooFew {
                limit,
                least,
                there: self.kept + self.members,
            }),
            _ => Ok(()),
        }
    }
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
