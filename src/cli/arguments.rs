//! The arguments: commands and options with the help that stands beside them. What names are valid is decided once
//! the rules are known.

use crate::domain::assumed::Range;
use crate::domain::field::Field;
use crate::domain::tier::Role;
use crate::text::Language;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  pyramide                                      explore a made-up roster
  pyramide roster.csv                           explore your own
  pyramide roster.csv --goal local-activation --city Utrecht
  pyramide summary roster.csv                   the pyramid as text
  pyramide summary roster.csv --format json     the same for a program
  pyramide match roster.csv --goal niche-expertise --category food --top 10
  pyramide mix roster.csv --budget 5000 --goal authentic --max-accounts 20
  pyramide forecast roster.csv --goal authentic --shortlist --population 500000
  pyramide compare roster.csv --rows 3,17,40
  pyramide match roster.csv --goal authentic --format csv > shortlist.csv
  cat roster.csv | pyramide summary -           from standard input
  pyramide summary list.csv --map followers=Fans
  pyramide goals                                what --goal can be";

/// Explore an influencer roster: the pyramid, the goal, who matches, and what is traded between reach and engagement.
#[derive(Debug, Parser)]
#[command(name = "pyramide", version, after_help = EXAMPLES, max_term_width = 100)]
pub struct Arguments {
    /// Rosters to explore; '-' is standard input. Without one, a made-up roster is opened.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// What every command takes.
    #[command(flatten)]
    pub common: Common,

    /// What the screen takes.
    #[command(flatten)]
    pub screen: Screen,

    /// What to do instead of opening the screen.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do instead of opening the screen.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print the pyramid: accounts, reach and engagement per tier
    Summary {
        /// The roster; '-' is standard input
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
    },
    /// Print the accounts that match a goal, the best fit first
    Match {
        /// The roster; '-' is standard input
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// Only the first N
        #[arg(long, value_name = "N")]
        top: Option<usize>,
    },
    /// Print which accounts to book for a budget, beside all reach and all engagement
    Mix(Mixing),
    /// Print what the matches, the shortlist, a mix and all that passes the filters come to
    Forecast(Forecasting),
    /// Print a few accounts, or two goals, side by side
    Compare(Comparing),
    /// Print the rows and cells that could not be used whole
    Check {
        /// The roster; '-' is standard input
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
    },
    /// Write the roster anew, as a table that any program reads
    Convert(Conversion),
    /// Print the goals, what they weigh and what they need
    Goals,
    /// Print the tier schemes
    Tiers,
    /// Print the fields that a column can be
    Fields,
}

/// What is written anew, how and where.
#[derive(Debug, Args)]
pub struct Conversion {
    /// The roster; '-' is standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// The format to write
    #[arg(long, value_name = "FORMAT", default_value = "csv")]
    pub to: Target,
    /// The table exactly as it was understood, every cell as it stands
    #[arg(long)]
    pub raw: bool,
    /// The file to write; standard output when not given
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    /// Write CSV as this program reads it: 'excel-nl' for Excel in Dutch
    #[arg(long, value_name = "NAME")]
    pub dialect: Option<Spelling>,
    /// Write cells that a spreadsheet takes for formulas as they are
    #[arg(long)]
    pub unguarded: bool,
    /// Replace OUT if it exists
    #[arg(long)]
    pub force: bool,
}

/// What is booked, for how much and within which limits.
#[derive(Debug, Args)]
pub struct Mixing {
    /// The roster; '-' is standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// The most that may be spent, in the roster's currency
    #[arg(long, value_name = "AMOUNT", value_parser = amount)]
    pub budget: f64,
    /// What is weighed: 0 all engagement, 1 all reach
    #[arg(long, value_name = "0...1", default_value = "0.5", value_parser = balance)]
    pub balance: f64,
    /// The people that could be reached at all: counts those reached by several accounts once
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub population: Option<u64>,
    /// Book at most so many accounts
    #[arg(long, value_name = "N")]
    pub max_accounts: Option<u64>,
    /// Book no account with a higher price
    #[arg(long, value_name = "AMOUNT", value_parser = amount)]
    pub max_price_per_account: Option<f64>,
    /// Book at least so many of a tier; may be repeated
    #[arg(long, value_name = "ID=N", value_parser = bound)]
    pub min_tier: Vec<(String, u64)>,
    /// Book at most so many of a tier; may be repeated
    #[arg(long, value_name = "ID=N", value_parser = bound)]
    pub max_tier: Vec<(String, u64)>,
    /// Book at least so many on a platform; may be repeated
    #[arg(long, value_name = "NAME=N", value_parser = bound)]
    pub min_platform: Vec<(String, u64)>,
    /// Book at most so many on a platform; may be repeated
    #[arg(long, value_name = "NAME=N", value_parser = bound)]
    pub max_platform: Vec<(String, u64)>,
    /// Book the accounts of this row in any case; may be repeated
    #[arg(long, value_name = "ROW", value_parser = row_name)]
    pub include: Vec<RowName>,
    /// Do not book the accounts of this row; may be repeated
    #[arg(long, value_name = "ROW", value_parser = row_name)]
    pub exclude: Vec<RowName>,
    /// What each account costs beside its price
    #[arg(long, value_name = "AMOUNT", default_value = "0", value_parser = amount)]
    pub handling: f64,
}

/// What is forecast.
#[derive(Debug, Args)]
pub struct Forecasting {
    /// The roster; '-' is standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Also the accounts that you gave yes or backup on screen
    #[arg(long)]
    pub shortlist: bool,
    /// The people that could be reached at all: counts those reached by several accounts once
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub population: Option<u64>,
    /// Also the accounts that a mix books for this, in the roster's currency
    #[arg(long, value_name = "AMOUNT", value_parser = amount)]
    pub budget: Option<f64>,
    /// What the mix weighs: 0 all engagement, 1 all reach
    #[arg(long, value_name = "0...1", default_value = "0.5", value_parser = balance)]
    pub balance: f64,
    /// Your own assumption of how many percent of the followers see a post, such as nano=20,30,40; may be repeated
    #[arg(long, value_name = "ID=LOW,MIDDLE,HIGH", value_parser = assumption)]
    pub rate: Vec<(Role, Range)>,
}

/// What is compared.
#[derive(Debug, Args)]
pub struct Comparing {
    /// The roster; '-' is standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// The accounts of these rows
    #[arg(long, value_name = "ROW,ROW", value_delimiter = ',', value_parser = row_name, required_unless_present = "goals", conflicts_with = "goals")]
    pub rows: Vec<RowName>,
    /// What these two goals find
    #[arg(long, value_name = "ID,ID", value_delimiter = ',')]
    pub goals: Vec<String>,
}

/// A data row as it is named on the command line: `17`, `17.0` for the first of its accounts, `list.csv:17` where there
/// are several files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowName {
    /// The file, where it is named.
    pub file: Option<String>,
    /// The data row, from 1.
    pub row: u64,
    /// Which of its accounts, where one is named.
    pub account: Option<u8>,
}

impl std::fmt::Display for RowName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{file}:")?;
        }
        write!(f, "{}", self.row)?;
        match self.account {
            Some(account) => write!(f, ".{account}"),
            None => Ok(()),
        }
    }
}

/// What every command takes.
#[derive(Debug, Args)]
pub struct Common {
    /// Where the lines of the pyramid are drawn (see 'pyramide tiers')
    #[arg(
        long,
        global = true,
        value_name = "SCHEME",
        help_heading = "What is asked"
    )]
    pub tiers: Option<String>,
    /// What the campaign is for (see 'pyramide goals')
    #[arg(long, global = true, value_name = "ID", help_heading = "What is asked")]
    pub goal: Option<String>,
    /// Only this tier, or 'below' or 'unranked'; may be repeated
    #[arg(long, global = true, value_name = "ID", help_heading = "What is asked")]
    pub tier: Vec<String>,
    /// Only this platform; may be repeated
    #[arg(
        long,
        global = true,
        value_name = "TEXT",
        help_heading = "What is asked"
    )]
    pub platform: Vec<String>,
    /// Only this category, or what the goal needs; may be repeated
    #[arg(
        long,
        global = true,
        value_name = "TEXT",
        help_heading = "What is asked"
    )]
    pub category: Vec<String>,
    /// Only this city, or what the goal needs; may be repeated
    #[arg(
        long,
        global = true,
        value_name = "TEXT",
        help_heading = "What is asked"
    )]
    pub city: Vec<String>,
    /// Only this country; may be repeated
    #[arg(
        long,
        global = true,
        value_name = "TEXT",
        help_heading = "What is asked"
    )]
    pub country: Vec<String>,
    /// Only this language of content; may be repeated
    #[arg(
        long,
        global = true,
        value_name = "TEXT",
        help_heading = "What is asked"
    )]
    pub language: Vec<String>,
    /// At least this many followers
    #[arg(long, global = true, value_name = "N", help_heading = "What is asked")]
    pub min_followers: Option<u64>,
    /// At most this many followers
    #[arg(long, global = true, value_name = "N", help_heading = "What is asked")]
    pub max_followers: Option<u64>,
    /// At most this price of a post
    #[arg(long, global = true, value_name = "AMOUNT", value_parser = amount, help_heading = "What is asked")]
    pub max_price: Option<f64>,

    /// Estimate unknown prices from published ones, each with a ~; those of a list by its name, else the first in the
    /// currency of the roster
    #[arg(long, global = true, value_name = "LIST", num_args = 0..=1, require_equals = true, help_heading = "What is asked")]
    pub estimate_prices: Option<Option<String>>,

    /// Leave out accounts that repeat an earlier one
    #[arg(long, global = true, help_heading = "What is asked")]
    pub no_duplicates: bool,

    /// Take this column, by its header, for this field (see 'pyramide fields'); may be repeated
    #[arg(long, global = true, value_name = "FIELD=COLUMN", value_parser = mapping, help_heading = "How it is read")]
    pub map: Vec<(Field, String)>,
    /// What separates cells, when it should not be found out: a character, or 'tab'
    #[arg(long, global = true, value_name = "C", value_parser = delimiter, help_heading = "How it is read")]
    pub delimiter: Option<u8>,
    /// How the bytes are text, when it should not be found out
    #[arg(
        long,
        global = true,
        value_name = "NAME",
        help_heading = "How it is read"
    )]
    pub encoding: Option<String>,
    /// The sheet of a spreadsheet, when it should not be found out
    #[arg(
        long,
        global = true,
        value_name = "NAME",
        help_heading = "How it is read"
    )]
    pub sheet: Option<String>,
    /// Find everything out anew, whatever you said of the columns of such files before
    #[arg(long, global = true, help_heading = "How it is read")]
    pub fresh: bool,
    /// A folder with your own tiers.toml, goals.toml, fields.toml, words.toml and others
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        help_heading = "How it is read"
    )]
    pub assets: Option<PathBuf>,

    /// The language of words and numbers; the system's when not given
    #[arg(
        long,
        global = true,
        value_name = "en|nl",
        help_heading = "How it is shown"
    )]
    pub lang: Option<Tongue>,
    /// How a command prints
    #[arg(
        long,
        global = true,
        value_name = "FORMAT",
        default_value = "text",
        help_heading = "How it is shown"
    )]
    pub format: Format,
    /// No signs outside ASCII
    #[arg(long, global = true, help_heading = "How it is shown")]
    pub ascii: bool,
    /// Whether to use colours
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        help_heading = "How it is shown"
    )]
    pub color: Colour,
}

/// What the screen takes.
#[derive(Debug, Args)]
pub struct Screen {
    /// The colours: dark, light, projector, mono, or one of your own
    #[arg(long, value_name = "NAME", help_heading = "How it is shown")]
    pub theme: Option<String>,
    /// Leave the mouse to the terminal
    #[arg(long, help_heading = "How it is shown")]
    pub no_mouse: bool,
    /// Nothing moves by itself
    #[arg(long, help_heading = "How it is shown")]
    pub no_motion: bool,
}

/// How a command prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
    /// For documents.
    Markdown,
}

/// A format to convert to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Target {
    /// Comma-separated values as in RFC 4180.
    Csv,
    /// An array of objects.
    Json,
    /// A workbook with one sheet.
    Xlsx,
}

/// A manner of writing CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Spelling {
    /// As in RFC 4180.
    Plain,
    /// For Excel in Dutch: semicolons, decimal commas, a byte-order mark.
    ExcelNl,
}

/// Whether to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// Unless the environment says otherwise.
    Auto,
    /// Whatever the environment says.
    Always,
    /// No colours.
    Never,
}

/// A language as it is written on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Tongue {
    /// English.
    En,
    /// Dutch.
    Nl,
}

impl From<Tongue> for Language {
    fn from(tongue: Tongue) -> Language {
        match tongue {
            Tongue::En => Language::En,
            Tongue::Nl => Language::Nl,
        }
    }
}

fn amount(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(amount) if amount.is_finite() && amount >= 0.0 => Ok(amount),
        _ => Err("expected an amount of money such as 250 or 99.50".to_owned()),
    }
}

fn balance(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(balance) if (0.0..=1.0).contains(&balance) => Ok(balance),
        _ => Err("expected a number from 0, all engagement, to 1, all reach".to_owned()),
    }
}

fn bound(text: &str) -> Result<(String, u64), String> {
    let named = text.rsplit_once('=').filter(|(name, _)| !name.is_empty());
    let read = named.and_then(|(name, count)| Some((name.to_owned(), count.parse().ok()?)));
    read.ok_or_else(|| "expected a name and a whole number, such as micro=5".to_owned())
}

fn assumption(text: &str) -> Result<(Role, Range), String> {
    let read = || {
        let (name, rates) = text.split_once('=')?;
        let role = Role::ALL.into_iter().find(|role| role.id() == name)?;
        Some((role, crate::app::rates::rates(rates)?))
    };
    read().ok_or_else(|| {
        "expected nano, micro, macro or mega and percents that rise, such as nano=20,30,40"
            .to_owned()
    })
}

fn row_name(text: &str) -> Result<RowName, String> {
    let (file, place) = match text.rsplit_once(':') {
        Some((file, place)) => (Some(file.to_owned()), place),
        None => (None, text),
    };
    let read = || {
        let (row, account) = match place.split_once('.') {
            Some((row, account)) => (row, Some(account.parse().ok()?)),
            None => (place, None),
        };
        let row: u64 = row.parse().ok().filter(|row| *row > 0)?;
        Some(RowName { file, row, account })
    };
    read().ok_or_else(|| "expected a row of data, counted from 1, such as 17".to_owned())
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() && !b"\"\r\n".contains(byte) => {
            Ok(*byte)
        }
        _ => Err("expected one character such as ';', or 'tab'".to_owned()),
    }
}

fn mapping(text: &str) -> Result<(Field, String), String> {
    let Some((id, column)) = text
        .split_once('=')
        .filter(|(_, column)| !column.is_empty())
    else {
        return Err("expected FIELD=COLUMN, such as followers=Fans".to_owned());
    };
    let ids = Field::ALL.map(Field::id);
    match Field::from_id(id) {
        Some(field) => Ok((field, column.to_owned())),
        None => Err(super::nearest::refuse("field", id, &ids)),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use clap::CommandFactory;

    fn parse(line: &str) -> Arguments {
        Arguments::try_parse_from(line.split(' ')).unwrap()
    }

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn common_options_stand_before_and_after_the_command() {
        for line in [
            "pyramide --lang nl --tier nano summary a.csv",
            "pyramide summary a.csv --lang nl --tier nano",
        ] {
            let arguments = parse(line);
            assert_eq!(arguments.common.lang, Some(Tongue::Nl), "{line}");
            assert_eq!(arguments.common.tier, ["nano"], "{line}");
        }
    }

    #[test]
    fn files_come_without_a_command() {
        let arguments = parse("pyramide a.csv - --goal buzz");
        assert_eq!(arguments.files.len(), 2);
        assert!(arguments.command.is_none());
        assert_eq!(arguments.common.goal.as_deref(), Some("buzz"));
    }

    #[test]
    fn values_are_checked() {
        assert_eq!(delimiter("tab"), Ok(b'\t'));
        assert_eq!(delimiter(";"), Ok(b';'));
        assert!(delimiter("").is_err() && delimiter(";;").is_err());
        assert_eq!(amount("99.50"), Ok(99.5));
        assert!(amount("-1").is_err() && amount("NaN").is_err());
        assert_eq!(
            mapping("followers=A=B"),
            Ok((Field::Followers, "A=B".to_owned()))
        );
        let refused = mapping("folowers=A").unwrap_err();
        assert!(refused.contains("'followers'?"), "{refused}");
        assert!(mapping("followers").is_err());
        assert!(balance("0.25").is_ok() && balance("1.1").is_err() && balance("NaN").is_err());
        assert_eq!(bound("micro=5"), Ok(("micro".to_owned(), 5)));
        assert!(bound("micro").is_err() && bound("=5").is_err() && bound("micro=-1").is_err());
        for name in ["17", "17.2", "a:b.csv:17"] {
            assert_eq!(row_name(name).unwrap().to_string(), name);
        }
        assert!(row_name("0").is_err() && row_name("x").is_err() && row_name("").is_err());
    }
}
