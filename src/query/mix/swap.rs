//! A swap: who could take the place of an account of a mix.

use super::booking::Booking;
use super::items::Items;
use super::market::Market;
use super::refusal::Refusal;
use super::scales::{Balanced, Scales};
use super::terms::Terms;
use crate::domain::roster::AccountId;
use crate::query::halt::Halt;
use crate::query::survey::Survey;

/// A mix with another account in the place of one.
#[derive(Debug, Clone, PartialEq)]
pub struct Swap {
    /// Who comes in.
    pub account: AccountId,
    /// The mix then, valued as the mix before; no bound is known for it.
    pub booking: Booking,
}

/// The best replacement of an account of a mix by one that is not in it, within the money that becomes free and the limits.
/// `None` when there is none, or the account is not in the mix or must be.
///
/// # Errors
/// [`Refusal`] where the terms have no mix, or `halt` was pulled.
pub fn swap(
    survey: &Survey,
    terms: &Terms,
    mix: &Booking,
    account: AccountId,
    halt: &Halt,
) -> Result<Option<Swap>, Refusal> {
    let market = Market::of(survey, terms, halt)?;
    let items = &market.items;
    let place = |row: &u32| items.row.binary_search(row).ok().map(|at| at as u32);
    let Some(leaving) = place(&account.0).filter(|_| mix.rows.contains(&account.0)) else {
        return Ok(None);
    };
    let mut chosen: Vec<u32> = mix.rows.iter().filter_map(place).collect();
    let within: Vec<u32> = chosen.clone();
    chosen.retain(|at| *at != leaving);
    let scales = Scales::of(&market, terms, halt)?;
    let balance = terms.balance.clamp(0.0, 1.0);
    let Some(aim) = scales.aim(&market, balance) else {
        return Ok(None);
    };
    let cost: i64 = chosen.iter().map(|at| items.cost[*at as usize]).sum();
    let mut counts = vec![0i64; market.room.groups.len()];
    for at in &chosen {
        for group in market.room.groups_of(items.class[*at as usize]) {
            counts[group] += 1;
        }
    }
    let fits = |class: u16| {
        let mut with = counts.clone();
        for group in market.room.groups_of(class) {
            with[group] += 1;
        }
        let mut spans = with.iter().zip(&market.room.groups);
        spans.all(|(count, span)| (span.least..=span.most).contains(count))
    };
    let fits: Vec<bool> = (0..market.room.classes.len())
        .map(|class| fits(class as u16))
        .collect();
    let sum = |column| Items::sum(column, &chosen);
    let (reach, gain) = (sum(&items.reach), sum(&items.gain));
    let mut best: Option<(f64, u32)> = None;
    for at in 0..items.len() {
        if at.is_multiple_of(crate::query::walk::STRIDE) {
            halt.check()?;
        }
        if cost + items.cost[at] > market.room.budget || !fits[usize::from(items.class[at])] {
            continue;
        }
        let value = aim.value(reach + items.reach[at], gain + items.gain[at]);
        let better = best.is_none_or(|(most, _)| value > most);
        if better && within.binary_search(&(at as u32)).is_err() {
            best = Some((value, at as u32));
        }
    }
    let Some((_, entering)) = best else {
        return Ok(None);
    };
    chosen.push(entering);
    chosen.sort_unstable();
    let swapped = Balanced {
        value: scales.value(&market, balance, &chosen),
        chosen,
        gap: 1.0,
        exact: false,
    };
    Ok(Some(Swap {
        account: AccountId(items.row[entering as usize]),
        booking: swapped.booking(survey, &market),
    }))
}
