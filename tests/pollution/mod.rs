//! Pollution: one table written in many ways and spoiled in many, and what is left of each when it is read.
//!
//! After the Pollock benchmark: Vitagliano, Hameed, Jiang, Reisch, Wu & Naumann, "Pollock: A Data Loading Benchmark",
//! PVLDB 16 (2023). The tables, the ways to spoil them and the weights are this project's own.

mod command;
mod score;
mod spoil;
mod table;
mod write;

use pyramide::domain::playbook::Playbook;
use pyramide::load::options::Options;
use pyramide::load::raw;
use pyramide::load::source::Input;
use score::Score;
use spoil::Variant;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

/// Variants with fewer points are named in the report.
const WEAK: f64 = 9.5;

/// The rows that the program gives out, the header first; `None` when it refuses.
fn read(variant: &Variant, playbook: &Playbook) -> Option<Vec<Vec<String>>> {
    let input = Input::Bytes {
        name: "table.csv".to_owned(),
        bytes: variant.bytes.as_slice().into(),
    };
    let mut rows = Vec::new();
    let given = raw::give(&input, &Options::default(), playbook, &mut |record| {
        rows.push(record.cells().map(str::to_owned).collect());
        Ok(())
    });
    given.is_ok().then_some(rows)
}

/// Scores per family: number, sum of points, and the worst variant.
fn families(scored: &[(&Variant, Score)]) -> BTreeMap<&'static str, (usize, f64, f64, String)> {
    let mut families = BTreeMap::new();
    for (variant, score) in scored {
        let entry = families
            .entry(variant.family)
            .or_insert((0, 0.0, f64::MAX, String::new()));
        entry.0 += 1;
        entry.1 += score.points();
        if score.points() < entry.2 {
            (entry.2, entry.3) = (score.points(), variant.name.clone());
        }
    }
    families
}

#[test]
fn polluted_files_are_read_nearly_whole() {
    let playbook = pyramide::load::assets::embedded().unwrap();
    let variants = spoil::variants();
    assert!(variants.len() >= 500, "{} variants", variants.len());
    let scored: Vec<(&Variant, Score)> = variants
        .iter()
        .map(|variant| {
            let rows = read(variant, &playbook);
            if let Some(rows) = &rows {
                let width = rows.first().map_or(0, Vec::len);
                assert!(
                    rows.iter().all(|row| row.len() == width),
                    "{}",
                    variant.name
                );
            }
            (variant, Score::of(&variant.rows, rows.as_deref()))
        })
        .collect();
    let simple = scored.iter().map(|(_, score)| score.points()).sum::<f64>() / scored.len() as f64;
    let mut report = String::new();
    let (mut sum, mut weights) = (0.0, 0.0);
    for (family, (count, points, worst, name)) in families(&scored) {
        let mean = points / count as f64;
        let weight = score::weight(family);
        sum += mean * weight;
        weights += weight;
        writeln!(
            report,
            "{family:24} {count:4}  {mean:6.3}  worst {worst:6.3} {name}"
        )
        .unwrap();
    }
    let weighted = sum / weights;
    for (variant, score) in scored.iter().filter(|(_, score)| score.points() < WEAK) {
        writeln!(report, "{:6.3} {}", score.points(), variant.name).unwrap();
    }
    println!("{report}simple {simple:.4}, weighted {weighted:.4}");
    assert!(simple >= 9.97, "simple {simple:.4}\n{report}");
    assert!(weighted >= 9.9, "weighted {weighted:.4}\n{report}");
}

/// Writes all variants, what should be read from them, and their weights, for other readers to be tried on.
#[test]
#[ignore = "writes files for other programs"]
fn write_variants() {
    let folder = std::env::temp_dir().join("pyramide-pollution");
    fs::create_dir_all(&folder).unwrap();
    let mut index = csv::Writer::from_path(folder.join("index.csv")).unwrap();
    let variants = spoil::variants();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for variant in &variants {
        *counts.entry(variant.family).or_default() += 1;
    }
    for (at, variant) in variants.iter().enumerate() {
        fs::write(folder.join(format!("{at}.csv")), &variant.bytes).unwrap();
        let clean = folder.join(format!("{at}.clean"));
        let mut clean = csv::WriterBuilder::new()
            .flexible(true)
            .from_path(clean)
            .unwrap();
        for row in &variant.rows {
            clean.write_record(row).unwrap();
        }
        clean.flush().unwrap();
        let weight = score::weight(variant.family) / counts[variant.family] as f64;
        let line = [
            at.to_string(),
            variant.family.to_owned(),
            variant.name.clone(),
            weight.to_string(),
        ];
        index.write_record(line).unwrap();
    }
    index.flush().unwrap();
}
