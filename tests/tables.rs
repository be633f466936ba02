//! Tables as people publish them: preambles, notes, headers of several rows, ragged rows, odd separators and line ends.
//! All of them are made up; `tables/NAME.expected` is what a careful reader finds in `tables/NAME.csv`, cell for cell.

use pyramide::load::options::Options;
use pyramide::load::raw;
use pyramide::load::source::Input;
use std::fs;
use std::path::{Path, PathBuf};

use crate::tallies::PLAYBOOK;

type Rows = Vec<Vec<String>>;

fn given(path: &Path) -> Option<Rows> {
    let input = Input::Bytes {
        name: "table.csv".to_owned(),
        bytes: fs::read(path).unwrap().into(),
    };
    let mut rows = Vec::new();
    let given = raw::give(&input, &Options::default(), &PLAYBOOK, &mut |record| {
        rows.push(record.cells().map(str::to_owned).collect());
        Ok(())
    });
    given.is_ok().then_some(rows)
}

fn expected(path: &Path) -> Rows {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_path(path.with_extension("expected"))
        .unwrap();
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn a_careful_reader_and_the_program_find_the_same_tables() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/tables");
    let files = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "csv"));
    paths.sort();
    assert!(paths.len() > 80, "{} tables", paths.len());
    let mut wrong = String::new();
    for path in paths {
        let (wanted, got) = (expected(&path), given(&path).unwrap_or_default());
        let same = wanted.iter().zip(&got).take_while(|(a, b)| a == b).count();
        if wanted != got {
            let name = path.file_stem().unwrap().to_string_lossy();
            let row = |rows: &Rows| format!("{:?}", rows.get(same));
            let line = format!(
                "{name}, row {same} of {}: {}, not {}\n",
                wanted.len(),
                row(&got),
                row(&wanted)
            );
            wrong.push_str(&line);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
