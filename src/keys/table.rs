//! The table of bindings. The footer shows the first entries that fit its context; help shows all of them.

use super::{Action, Context, Key};

/// Under which head an entry stands in the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Moving about.
    Move,
    /// What is shown.
    Show,
    /// The goal.
    Goal,
    /// Reach against engagement.
    Plot,
    /// The screen.
    Screen,
}

impl Group {
    /// The key of its head in the words table.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Group::Move => "help.group.move",
            Group::Show => "help.group.show",
            Group::Goal => "help.group.goal",
            Group::Plot => "help.group.plot",
            Group::Screen => "help.group.screen",
        }
    }
}

/// Keys that ask for an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding {
    /// What is asked for.
    pub action: Action,
    /// The keys, the one that is shown first.
    pub keys: &'static [Key],
    /// Where they hold.
    pub contexts: &'static [Context],
    /// The head in the help.
    pub group: Group,
    /// The key in the words table of what it does, as a short sentence for the help; the footer uses the same
    /// key with `.short` behind it.
    pub word: &'static str,
}

const DESK: &[Context] = &[Context::Desk];
const LISTS: &[Context] = &[Context::Desk, Context::List];
const ALL: &[Context] = &[Context::Desk, Context::List, Context::Typing];

/// Only in a typed line.
const TYPING: &[Context] = &[Context::Typing];
/// Only in a list or on a page.
const PAGES: &[Context] = &[Context::List];

/// Makes the table out of lines: action, keys, where they hold, head in the help, word.
macro_rules! bindings {
    ($($action:expr, [$($key:expr),+], $contexts:ident, $group:ident, $word:literal;)+) => {
        &[$(Binding {
            action: $action,
            keys: &[$($key),+],
            contexts: $contexts,
            group: Group::$group,
            word: $word,
        }),+]
    };
}

/// All bindings, in the order of the help.
pub const TABLE: &[Binding] = bindings! {
    Action::Up, [Key::Up], ALL, Move, "key.up";
    Action::Down, [Key::Down], ALL, Move, "key.down";
    Action::Up, [Key::Char('k')], LISTS, Move, "key.up";
    Action::Down, [Key::Char('j')], LISTS, Move, "key.down";
    Action::Left, [Key::Left, Key::Char('h')], LISTS, Move, "key.left";
    Action::Right, [Key::Right, Key::Char('l')], LISTS, Move, "key.right";
    Action::PageUp, [Key::PageUp, Key::Ctrl('b')], ALL, Move, "key.page_up";
    Action::PageDown, [Key::PageDown, Key::Ctrl('f')], ALL, Move, "key.page_down";
    Action::First, [Key::Home], ALL, Move, "key.first";
    Action::Last, [Key::End], ALL, Move, "key.last";
    Action::Last, [Key::Char('G')], LISTS, Move, "key.last";
    Action::NextPanel, [Key::Tab], DESK, Move, "key.next_panel";
    Action::PreviousPanel, [Key::BackTab], DESK, Move, "key.previous_panel";
    Action::Open, [Key::Enter], ALL, Move, "key.open";
    Action::Back, [Key::Esc], ALL, Move, "key.back";
    Action::Tier(0), [Key::Char('1')], LISTS, Show, "key.tier";
    Action::Tier(1), [Key::Char('2')], LISTS, Show, "key.tier";
    Action::Tier(2), [Key::Char('3')], LISTS, Show, "key.tier";
    Action::Tier(3), [Key::Char('4')], LISTS, Show, "key.tier";
    Action::Tier(4), [Key::Char('5')], LISTS, Show, "key.tier";
    Action::Tier(5), [Key::Char('6')], LISTS, Show, "key.tier";
    Action::AllTiers, [Key::Char('0')], LISTS, Show, "key.all_tiers";
    Action::Below, [Key::Char('b')], DESK, Show, "key.below";
    Action::Unranked, [Key::Char('x')], DESK, Show, "key.unranked";
    Action::Search, [Key::Char('/')], LISTS, Show, "key.search";
    Action::NextHit, [Key::Char('n')], DESK, Show, "key.next_hit";
    Action::PreviousHit, [Key::Char('N')], DESK, Show, "key.previous_hit";
    Action::Filters, [Key::Char('f')], DESK, Show, "key.filters";
    Action::ResetFilters, [Key::Char('r')], DESK, Show, "key.reset_filters";
    Action::Sort, [Key::Char('s')], DESK, Show, "key.sort";
    Action::ReverseSort, [Key::Char('S')], DESK, Show, "key.reverse_sort";
    Action::Measure, [Key::Char('w')], DESK, Show, "key.measure";
    Action::Sides, [Key::Char('W')], LISTS, Show, "key.sides";
    Action::NextScheme, [Key::Char('T')], DESK, Show, "key.next_scheme";
    Action::Problems, [Key::Char('!')], DESK, Show, "key.problems";
    Action::NextKind, [Key::Tab], PAGES, Show, "key.next_kind";
    Action::PreviousKind, [Key::BackTab], PAGES, Show, "key.previous_kind";
    Action::ReadAgain, [Key::Char('R')], LISTS, Show, "key.read_again";
    Action::Duplicates, [Key::Char('D')], LISTS, Show, "key.duplicates";
    Action::Estimates, [Key::Char('E')], LISTS, Show, "key.estimates";
    Action::Decisions, [Key::Char('i')], DESK, Show, "key.decisions";
    Action::Columns, [Key::Char('C')], LISTS, Show, "key.columns";
    Action::ForgetSayings, [Key::Char('r')], PAGES, Show, "key.forget_sayings";
    Action::Mark, [Key::Char(' ')], ALL, Show, "key.mark";
    Action::Note, [Key::Char('A')], LISTS, Show, "key.note";
    Action::Forecast, [Key::Char('O')], LISTS, Show, "key.forecast";
    Action::Compare, [Key::Char('V')], LISTS, Show, "key.compare";
    Action::Goals, [Key::Char('g')], LISTS, Goal, "key.goals";
    Action::Need, [Key::Char('o')], DESK, Goal, "key.need";
    Action::OnlyMatches, [Key::Char('a')], LISTS, Goal, "key.only_matches";
    Action::TradeOff, [Key::Char('t')], DESK, Goal, "key.trade_off";
    Action::Mix, [Key::Char('m')], LISTS, Goal, "key.mix";
    Action::Save, [Key::Char('s')], PAGES, Goal, "key.save";
    Action::Delete, [Key::Char('d'), Key::Delete, Key::Backspace], PAGES, Goal, "key.delete";
    Action::Box, [Key::Char('B')], DESK, Plot, "key.box";
    Action::OnlyFront, [Key::Char('F')], DESK, Plot, "key.only_front";
    Action::NextHere, [Key::Char('.')], DESK, Plot, "key.next_here";
    Action::PreviousHere, [Key::Char(',')], DESK, Plot, "key.previous_here";
    Action::ZoomIn, [Key::Char('+'), Key::Char('=')], DESK, Plot, "key.zoom_in";
    Action::ZoomOut, [Key::Char('-'), Key::Char('_')], DESK, Plot, "key.zoom_out";
    Action::WholePlot, [Key::Char('*')], DESK, Plot, "key.whole_plot";
    Action::SpreadFollowers, [Key::Char('X')], DESK, Plot, "key.spread_followers";
    Action::SpreadRates, [Key::Char('Y')], DESK, Plot, "key.spread_rates";
    Action::Zoom, [Key::Char('z')], DESK, Screen, "key.zoom";
    Action::NextTheme, [Key::Char('v')], LISTS, Screen, "key.next_theme";
    Action::Language, [Key::Char('L')], LISTS, Screen, "key.language";
    Action::Help, [Key::Char('?')], LISTS, Screen, "key.help";
    Action::Help, [Key::F(1)], ALL, Screen, "key.help";
    Action::Quit, [Key::Char('q')], LISTS, Screen, "key.quit";
    Action::Quit, [Key::Ctrl('c')], ALL, Screen, "key.quit";
    Action::Erase, [Key::Backspace], TYPING, Move, "key.erase";
    Action::EraseAll, [Key::Ctrl('u')], TYPING, Move, "key.erase_all";
};

/// What a key asks for here; in a typed line every printable key that the table does not name is a letter, and in a list
/// every such digit.
#[must_use]
pub fn action(key: Key, context: Context) -> Option<Action> {
    let bound = TABLE
        .iter()
        .find(|binding| binding.contexts.contains(&context) && binding.keys.contains(&key));
    match (bound, key, context) {
        (Some(binding), ..) => Some(binding.action),
        (None, Key::Char(letter), Context::Typing) => Some(Action::Type(letter)),
        (None, Key::Char(digit), Context::List) if digit.is_ascii_digit() => {
            Some(Action::Type(digit))
        }
        _ => None,
    }
}

/// The entry of an action that holds here, for the footer.
#[must_use]
pub fn binding(action: Action, context: Context) -> Option<&'static Binding> {
    TABLE
        .iter()
        .find(|binding| binding.action == action && binding.contexts.contains(&context))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_asks_for_two_things_in_one_place() {
        for (at, one) in TABLE.iter().enumerate() {
            for other in &TABLE[at + 1..] {
                for key in one.keys {
                    let clash = other.keys.contains(key)
                        && one.contexts.iter().any(|c| other.contexts.contains(c));
                    assert!(
                        !clash,
                        "{key:?} is bound to {:?} and {:?}",
                        one.action, other.action
                    );
                }
            }
        }
    }

    #[test]
    fn letters_are_text_while_typing() {
        assert_eq!(
            action(Key::Char('q'), Context::Typing),
            Some(Action::Type('q'))
        );
        assert_eq!(action(Key::Char('q'), Context::Desk), Some(Action::Quit));
        assert_eq!(action(Key::Esc, Context::Typing), Some(Action::Back));
    }
}
