//! How a rate stands to the published band of its size, in words and with the source.

use super::Speaker;
use crate::domain::benchmark::Band;
use crate::query::bands::PeerBand;

/// Where a rate (a fraction) stands among accounts of its size, what is usual there, and who says so.
#[must_use]
pub fn sentences(speaker: &Speaker<'_>, peers: &PeerBand<'_>, rate: Option<f64>) -> Vec<String> {
    let mut sentences = vec![standing(speaker, peers, rate)];
    if let (Some(low), Some(high)) = (peers.cuts.average, peers.cuts.above) {
        let (low, high) = (speaker.percent(low), speaker.percent(high));
        let low = low.trim_end_matches('%');
        sentences.push(speaker.fill("band.usual", &[("low", low), ("high", &high)]));
    }
    let source = peers.benchmark.source.as_str();
    sentences.push(speaker.fill("band.source", &[("source", source)]));
    sentences
}

/// The word for a band.
#[must_use]
pub fn word<'a>(speaker: &Speaker<'a>, band: Band) -> &'a str {
    speaker.say(match band {
        Band::Low => "band.low",
        Band::BelowAverage => "band.below_average",
        Band::Average => "band.average",
        Band::AboveAverage => "band.above_average",
        Band::High => "band.high",
    })
}

fn standing(speaker: &Speaker<'_>, peers: &PeerBand<'_>, rate: Option<f64>) -> String {
    let size = size(speaker, peers);
    let id = &peers.benchmark.platform;
    let platform = speaker
        .playbook
        .platform(id)
        .map_or(id.as_str(), |platform| platform.name.as_str());
    let Some(rate) = rate else {
        return speaker.fill("band.no_rate", &[("size", &size), ("platform", platform)]);
    };
    let rate = speaker.percent(rate);
    let (key, band) = match peers.band {
        Some(band) => ("band.stands", word(speaker, band)),
        None => ("band.untold", ""),
    };
    let values = [
        ("rate", rate.as_str()),
        ("band", band),
        ("size", &size),
        ("platform", platform),
    ];
    speaker.fill(key, &values)
}

fn size(speaker: &Speaker<'_>, peers: &PeerBand<'_>) -> String {
    let from = speaker.count(peers.cuts.from);
    match peers.until {
        Some(until) => {
            let to = speaker.count(until.saturating_sub(1));
            speaker.fill("band.size", &[("from", &from), ("to", &to)])
        }
        None => speaker.fill("band.size.most", &[("from", &from)]),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Table, is_whole};
    use super::*;
    use crate::domain::benchmark::{BandCuts, Benchmark};
    use crate::text::Localized;

    const CUTS: BandCuts = BandCuts {
        from: 1_000,
        below: Some(0.017),
        average: Some(0.034),
        above: Some(0.044),
        high: Some(0.08),
    };

    fn benchmark() -> Benchmark {
        Benchmark {
            id: "test".to_owned(),
            platform: "instagram".to_owned(),
            name: Localized::default(),
            source: "Somebody, 2024".to_owned(),
            sizes: vec![CUTS],
        }
    }

    #[test]
    fn a_rate_is_told_with_its_size_what_is_usual_and_the_source() {
        let (table, benchmark) = (Table::new(), benchmark());
        let [en, nl] = table.speakers();
        let peers = PeerBand {
            benchmark: &benchmark,
            cuts: &CUTS,
            until: Some(5_000),
            band: Some(Band::AboveAverage),
        };
        assert_eq!(
            sentences(&en, &peers, Some(0.068)),
            [
                "ER 6.8%: above average for 1,000–4,999 followers on Instagram",
                "3.4–4.4% is average",
                "source: Somebody, 2024",
            ]
        );
        assert_eq!(
            sentences(&nl, &peers, Some(0.068))[0],
            "ER 6,8%: boven gemiddeld voor 1.000–4.999 volgers op Instagram"
        );
    }

    #[test]
    fn nothing_is_unfilled_whatever_is_unknown() {
        let (table, benchmark) = (Table::new(), benchmark());
        let sparse = BandCuts {
            above: None,
            ..CUTS
        };
        let bands = [
            Band::Low,
            Band::BelowAverage,
            Band::Average,
            Band::AboveAverage,
            Band::High,
        ];
        for speaker in table.speakers() {
            for band in bands.map(Some).into_iter().chain([None]) {
                for rate in [None, Some(0.05)] {
                    let peers = PeerBand {
                        benchmark: &benchmark,
                        cuts: &sparse,
                        until: None,
                        band,
                    };
                    let told = sentences(&speaker, &peers, rate);
                    assert_eq!(told.len(), 2);
                    assert!(told.iter().all(|it| is_whole(it)), "{told:?}");
                }
            }
        }
    }
}
