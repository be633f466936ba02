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

const fn entry(
    action: Action,
    keys: &'static [Key],
    contexts: &'static [Context],
    group: Group,
    word: &'static str,
) -> Binding {
    Binding {
        action,
        keys,
        contexts,
        group,
        word,
    }
}

/// All bindings, in the order of the help.
pub const TABLE: &[Binding] = &[
    entry(Action::Up, &[Key::Up], ALL, Group::Move, "key.up"),
    entry(Action::Down, &[Key::Down], ALL, Group::Move, "key.down"),
    entry(Action::Up, &[Key::Char('k')], LISTS, Group::Move, "key.up"),
    entry(
        Action::Down,
        &[Key::Char('j')],
        LISTS,
        Group::Move,
        "key.down",
    ),
    entry(
        Action::Left,
        &[Key::Left, Key::Char('h')],
        LISTS,
        Group::Move,
        "key.left",
    ),
    entry(
        Action::Right,
        &[Key::Right, Key::Char('l')],
        LISTS,
        Group::Move,
        "key.right",
    ),
    entry(
        Action::PageUp,
        &[Key::PageUp, Key::Ctrl('b')],
        ALL,
        Group::Move,
        "key.page_up",
    ),
    entry(
        Action::PageDown,
        &[Key::PageDown, Key::Ctrl('f')],
        ALL,
        Group::Move,
        "key.page_down",
    ),
    entry(Action::First, &[Key::Home], ALL, Group::Move, "key.first"),
    entry(Action::Last, &[Key::End], ALL, Group::Move, "key.last"),
    entry(
        Action::Last,
        &[Key::Char('G')],
        LISTS,
        Group::Move,
        "key.last",
    ),
    entry(
        Action::NextPanel,
        &[Key::Tab],
        DESK,
        Group::Move,
        "key.next_panel",
    ),
    entry(
        Action::PreviousPanel,
        &[Key::BackTab],
        DESK,
        Group::Move,
        "key.previous_panel",
    ),
    entry(Action::Open, &[Key::Enter], ALL, Group::Move, "key.open"),
    entry(Action::Back, &[Key::Esc], ALL, Group::Move, "key.back"),
    entry(
        Action::Tier(0),
        &[Key::Char('1')],
        LISTS,
        Group::Show,
        "key.tier",
    ),
    entry(
        Action::Tier(1),
        &[Key::Char('2')],
        LISTS,
        Group::Show,
        "key.tier",
    ),
    entry(
        Action::Tier(2),
        &[Key::Char('3')],
        LISTS,
        Group::Show,
        "key.tier",
    ),
    entry(
        Action::Tier(3),
        &[Key::Char('4')],
        LISTS,
        Group::Show,
        "key.tier",
    ),
    entry(
        Action::Tier(4),
        &[Key::Char('5')],
        LISTS,
        Group::Show,
        "key.tier",
    ),
    entry(
        Action::Tier(5),
        &[Key::Char('6')],
        LISTS,
        Group::Show,
        "key.tier",
    ),
    entry(
        Action::AllTiers,
        &[Key::Char('0')],
        LISTS,
        Group::Show,
        "key.all_tiers",
    ),
    entry(
        Action::Below,
        &[Key::Char('b')],
        DESK,
        Group::Show,
        "key.below",
    ),
    entry(
        Action::Unranked,
        &[Key::Char('x')],
        DESK,
        Group::Show,
        "key.unranked",
    ),
    entry(
        Action::Search,
        &[Key::Char('/')],
        LISTS,
        Group::Show,
        "key.search",
    ),
    entry(
        Action::NextHit,
        &[Key::Char('n')],
        DESK,
        Group::Show,
        "key.next_hit",
    ),
    entry(
        Action::PreviousHit,
        &[Key::Char('N')],
        DESK,
        Group::Show,
        "key.previous_hit",
    ),
    entry(
        Action::Filters,
        &[Key::Char('f')],
        DESK,
        Group::Show,
        "key.filters",
    ),
    entry(
        Action::ResetFilters,
        &[Key::Char('r')],
        DESK,
        Group::Show,
        "key.reset_filters",
    ),
    entry(
        Action::Sort,
        &[Key::Char('s')],
        DESK,
        Group::Show,
        "key.sort",
    ),
    entry(
        Action::ReverseSort,
        &[Key::Char('S')],
        DESK,
        Group::Show,
        "key.reverse_sort",
    ),
    entry(
        Action::Measure,
        &[Key::Char('w')],
        DESK,
        Group::Show,
        "key.measure",
    ),
    entry(
        Action::NextScheme,
        &[Key::Char('T')],
        DESK,
        Group::Show,
        "key.next_scheme",
    ),
    entry(
        Action::Problems,
        &[Key::Char('!')],
        DESK,
        Group::Show,
        "key.problems",
    ),
    entry(
        Action::NextKind,
        &[Key::Tab],
        &[Context::List],
        Group::Show,
        "key.next_kind",
    ),
    entry(
        Action::Decisions,
        &[Key::Char('i')],
        DESK,
        Group::Show,
        "key.decisions",
    ),
    entry(
        Action::Mark,
        &[Key::Char(' ')],
        ALL,
        Group::Show,
        "key.mark",
    ),
    entry(
        Action::Goals,
        &[Key::Char('g')],
        LISTS,
        Group::Goal,
        "key.goals",
    ),
    entry(
        Action::Need,
        &[Key::Char('o')],
        DESK,
        Group::Goal,
        "key.need",
    ),
    entry(
        Action::OnlyMatches,
        &[Key::Char('a')],
        DESK,
        Group::Goal,
        "key.only_matches",
    ),
    entry(
        Action::TradeOff,
        &[Key::Char('t')],
        DESK,
        Group::Goal,
        "key.trade_off",
    ),
    entry(
        Action::Zoom,
        &[Key::Char('z')],
        DESK,
        Group::Screen,
        "key.zoom",
    ),
    entry(
        Action::NextTheme,
        &[Key::Char('v')],
        LISTS,
        Group::Screen,
        "key.next_theme",
    ),
    entry(
        Action::Language,
        &[Key::Char('L')],
        LISTS,
        Group::Screen,
        "key.language",
    ),
    entry(
        Action::Help,
        &[Key::Char('?')],
        LISTS,
        Group::Screen,
        "key.help",
    ),
    entry(Action::Help, &[Key::F(1)], ALL, Group::Screen, "key.help"),
    entry(
        Action::Quit,
        &[Key::Char('q')],
        LISTS,
        Group::Screen,
        "key.quit",
    ),
    entry(
        Action::Quit,
        &[Key::Ctrl('c')],
        ALL,
        Group::Screen,
        "key.quit",
    ),
    entry(
        Action::Erase,
        &[Key::Backspace],
        &[Context::Typing],
        Group::Move,
        "key.erase",
    ),
    entry(
        Action::EraseAll,
        &[Key::Ctrl('u')],
        &[Context::Typing],
        Group::Move,
        "key.erase_all",
    ),
];

/// What a key asks for here; in a typed line every printable key that the table does not name is a letter.
#[must_use]
pub fn action(key: Key, context: Context) -> Option<Action> {
    let bound = TABLE
        .iter()
        .find(|binding| binding.contexts.contains(&context) && binding.keys.contains(&key));
    match (bound, key, context) {
        (Some(binding), ..) => Some(binding.action),
        (None, Key::Char(letter), Context::Typing) => Some(Action::Type(letter)),
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
