//! The tables that are spoiled: a plain one of goods with dates, prices, sentences and an empty column, and a roster.

/// Numbers that look random and are the same in every run (xorshift64*, Marsaglia 2003 and Vigna 2016).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `sides`.
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % sides
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }
}

/// Rows of cells, the header first.
pub(super) type Rows = Vec<Vec<String>>;

const GOODS: [&str; 8] = [
    "Garden chair",
    "Desk lamp",
    "Kettle",
    "Wool blanket",
    "Bread knife",
    "Tea towel",
    "Oak stool",
    "Wall clock",
];
const SENTENCES: [&str; 10] = [
    "Folds flat, and fits behind a door.",
    "As the maker says: \"good for years\"; we agree",
    "Blue, green or red",
    "",
    "Don't wash above 30 degrees!",
    "Sold out (again)",
    "The old model, with the short cord; the new one has a long one, a switch on the foot, and comes with a bulb that lasts",
    "Measures 40 x 60 cm / 16 x 24 in",
    "A gift for people who have everything",
    "Two for the price of one - until May",
];
const SORTS: [&str; 4] = ["living", "kitchen", "garden", "office"];
const FIRST: [&str; 8] = ["Mia", "Tom", "Zoë", "Noor", "Sem", "Łucja", "Bram", "Fien"];
const LAST: [&str; 8] = [
    "Visser",
    "de Wit",
    "Bakker",
    "Smit",
    "van der Meer",
    "Mulder",
    "Bos",
    "Jansen",
];
const PLACES: [&str; 6] = [
    "Delft",
    "Goes",
    "Assen",
    "Den Haag",
    "'s-Hertogenbosch",
    "Gent",
];
const ABOUT: [&str; 7] = [
    "Bakes bread, cakes and more",
    "Runner | mother of two",
    "\"Slow living\" in the polder",
    "",
    "Plants; pots; patience",
    "It's all about colour",
    "Budget travel by train, mostly north",
];

fn row<const N: usize>(cells: [String; N]) -> Vec<String> {
    cells.into()
}

fn header(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// Goods with dates, times, prices and sentences.
pub(super) fn goods(rows: usize, dice: &mut Dice) -> Rows {
    let names = [
        "Day",
        "Time",
        "Count",
        "Article",
        "Price",
        "Sort",
        "Description",
        "Link",
        "Remark",
    ];
    let mut table = vec![header(&names)];
    for at in 0..rows {
        let article = 1000 + dice.roll(9000);
        table.push(row([
            format!("2023-{:02}-{:02}", 1 + dice.roll(12), 1 + dice.roll(28)),
            format!("{:02}:{:02}", dice.roll(24), dice.roll(60)),
            format!("{}", 1 + dice.roll(40)),
            format!("A{article}"),
            format!("{}.{:02}", 1 + dice.roll(300), dice.roll(100)),
            dice.pick(&SORTS).to_owned(),
            format!("{} {}", dice.pick(&GOODS), dice.pick(&SENTENCES))
                .trim()
                .to_owned(),
            format!("https://shop.example/{article}?row={at}"),
            String::new(),
        ]));
    }
    table
}

/// Creators with numbers as Dutch people write them.
pub(super) fn roster(rows: usize, dice: &mut Dice) -> Rows {
    let names = [
        "Naam", "Handle", "Plaats", "Volgers", "ER", "Prijs", "Over", "E-mail",
    ];
    let mut table = vec![header(&names)];
    for at in 0..rows {
        let (first, last) = (dice.pick(&FIRST), dice.pick(&LAST));
        let followers = 900 + dice.roll(90_000);
        table.push(row([
            format!("{first} {last}"),
            format!("@maker{at}"),
            dice.pick(&PLACES).to_owned(),
            format!("{}.{:03}", followers / 1000, followers % 1000),
            format!("{},{}%", 1 + dice.roll(9), dice.roll(10)),
            if dice.roll(5) == 0 {
                String::new()
            } else {
                format!("€ {}", 20 + dice.roll(900))
            },
            dice.pick(&ABOUT).to_owned(),
            format!("maker{at}@post.example"),
        ]));
    }
    table
}

/// Names of people, trades and towns, without a number.
pub(super) fn people(rows: usize, dice: &mut Dice) -> Rows {
    let mut table = vec![header(&[
        "First name",
        "Last name",
        "Trade",
        "Town",
        "Motto",
    ])];
    for _ in 0..rows {
        table.push(row([
            dice.pick(&FIRST).to_owned(),
            dice.pick(&LAST).to_owned(),
            dice.pick(&SORTS).to_owned(),
            dice.pick(&PLACES).to_owned(),
            dice.pick(&ABOUT).to_owned(),
        ]));
    }
    table
}

/// Measurements with decimal commas.
pub(super) fn figures(rows: usize, dice: &mut Dice) -> Rows {
    let mut table = vec![header(&["Dag", "Meting", "Afwijking"])];
    for _ in 0..rows {
        table.push(row([
            format!("{:02}-{:02}-2022", 1 + dice.roll(28), 1 + dice.roll(12)),
            format!("{},{}", dice.roll(400), dice.roll(10)),
            format!("-{},{:02}", dice.roll(3), dice.roll(100)),
        ]));
    }
    table
}

/// Handles and counts, and nothing else.
pub(super) fn counts(rows: usize, dice: &mut Dice) -> Rows {
    let mut table = vec![header(&["username", "followers"])];
    for at in 0..rows {
        table.push(row([
            format!("maker_{at}"),
            format!("{}", 100 + dice.roll(1_000_000)),
        ]));
    }
    table
}

/// Another table, to stand below.
pub(super) fn regions(width: usize, dice: &mut Dice) -> Rows {
    let names = [
        "Region", "Head", "Since", "Staff", "Budget", "Plan", "Office", "Phone", "Note", "Extra",
        "More",
    ];
    let mut table = vec![header(&names[..width])];
    for _ in 0..6 {
        let cells = (0..width).map(|at| match at % 3 {
            0 => dice.pick(&PLACES).to_owned(),
            1 => dice.pick(&LAST).to_owned(),
            _ => format!("{}", 1990 + dice.roll(30)),
        });
        table.push(cells.collect());
    }
    table
}
