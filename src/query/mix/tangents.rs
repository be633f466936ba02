//! The tangents: the most that accounts can add for some money, if they may be booked in part.
//!
//! That is concave in the money, so every price of money gives a line above it: what the price makes of the money, and what
//! the accounts that are worth more than they then cost add beyond it. Accounts are added up by what they are worth by
//! the money, in bands of a three-hundredth or so, and the edges of the bands are the prices: one pass, nothing sorted, and off by
//! the square of a band at most. A bound is never too low.

/// The bits of a figure that its band goes by leave so many off.
const CUT: u32 = 44;

/// Bands in which figures double.
const DOUBLING: u64 = 1 << (52 - CUT);

/// So often prices are halved and doubled.
const WAYS: u64 = 6;

/// The bands about a price of money.
#[derive(Debug, Clone)]
pub(super) struct Tangents {
    lowest: u64,
    /// Cost and worth of the accounts of a band; once added up, of all from this band on.
    sums: Vec<[f64; 2]>,
}

impl Tangents {
    /// No accounts yet. The price is more than 0.
    pub(super) fn about(price: f64) -> Tangents {
        Tangents {
            lowest: (price.to_bits() >> CUT).saturating_sub(WAYS * DOUBLING),
            sums: vec![[0.0; 2]; (2 * WAYS * DOUBLING) as usize],
        }
    }

    /// The band of an account; `None` where it is worth nothing at any of the prices.
    #[inline]
    fn band(&self, cost: i64, worth: f64) -> Option<usize> {
        if worth <= 0.0 {
            return None;
        }
        let level = (worth / cost as f64).to_bits() >> CUT;
        let band = level.checked_sub(self.lowest)?;
        Some((band as usize).min(self.sums.len() - 1))
    }

    /// Counts an account.
    #[inline]
    pub(super) fn add(&mut self, cost: i64, worth: f64) {
        if let Some(band) = self.band(cost, worth) {
            let sum = &mut self.sums[band];
            sum[0] += cost as f64;
            sum[1] += worth;
        }
    }

    /// To be called when all are counted.
    pub(super) fn add_up(&mut self) {
        let mut all = [0.0; 2];
        for sum in self.sums.iter_mut().rev() {
            all = [all[0] + sum[0], all[1] + sum[1]];
            *sum = all;
        }
    }

    /// Counts an account no longer, after all were added up.
    pub(super) fn take_out(&mut self, cost: i64, worth: f64) {
        let Some(band) = self.band(cost, worth) else {
            return;
        };
        for sum in &mut self.sums[..=band] {
            sum[0] -= cost as f64;
            sum[1] -= worth;
        }
    }

    /// The band from whose lower edge on the accounts cost no more than this.
    fn within(&self, money: f64) -> usize {
        let band = self.sums.partition_point(|[cost, _]| *cost > money);
        band.min(self.sums.len() - 1)
    }

    fn price(&self, band: usize) -> f64 {
        f64::from_bits((self.lowest + band as u64) << CUT)
    }

    fn line(&self, band: usize, money: f64) -> f64 {
        let ([cost, worth], price) = (self.sums[band], self.price(band));
        price * (money - cost) + worth
    }

    /// No accounts that cost no more than this together are worth more.
    pub(super) fn most(&self, money: f64) -> f64 {
        let band = self.within(money);
        let own = self.line(band, money);
        match band.checked_sub(1) {
            Some(lower) => own.min(self.line(lower, money)),
            None => own,
        }
    }

    /// A price at which the accounts that are worth it cost no more than the money, and nearly as much; and what no accounts
    /// for the money are worth more than, told by it.
    pub(super) fn at(&self, money: f64) -> (f64, f64) {
        let band = self.within(money);
        (self.price(band), self.line(band, money))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nothing_that_the_money_buys_is_worth_more(
            list in proptest::collection::vec((0i64..9_000, -50.0f64..900.0), 0..40),
            price in 0.001f64..10.0,
            money in 0i64..30_000,
            kept in proptest::collection::vec(any::<bool>(), 40),
        ) {
            let mut tangents = Tangents::about(price);
            for (cost, worth) in &list {
                tangents.add(*cost, *worth);
            }
            tangents.add_up();
            let mut list: Vec<(i64, f64, bool)> =
                list.into_iter().zip(kept).map(|((cost, worth), kept)| (cost, worth, kept)).collect();
            for (cost, worth, _) in list.iter().filter(|it| !it.2) {
                tangents.take_out(*cost, *worth);
            }
            list.retain(|(_, worth, kept)| *kept && *worth > 0.0);
            // Dantzig's bound: the best by money first, the last one in part.
            list.sort_by(|one, other| {
                let by_money = |it: &(i64, f64, bool)| it.1 / it.0 as f64;
                by_money(other).total_cmp(&by_money(one))
            });
            let (mut left, mut best) = (money as f64, 0.0);
            for (cost, worth, _) in &list {
                let part = if *cost == 0 { 1.0 } else { (left / *cost as f64).min(1.0) };
                best += part * worth;
                left -= part * *cost as f64;
            }
            let rounding = 1e-9 * (1.0 + best);
            prop_assert!(tangents.most(money as f64) >= best - rounding);
            let (of, line) = tangents.at(money as f64);
            prop_assert!(line >= best - rounding);
            let worthy = list.iter().filter(|(cost, worth, _)| *worth > of * *cost as f64 * (1.0 + 1e-2));
            prop_assert!(worthy.map(|it| it.0).sum::<i64>() <= money || of >= tangents.price(tangents.sums.len() - 1));
        }
    }
}
