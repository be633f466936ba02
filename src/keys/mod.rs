//! Actions and the one table of bindings that dispatch, footer, help and the documentation read.
//!
//! What an action means on the focused panel is decided by the view; how a terminal names its keys, by the
//! terminal.

pub mod table;

/// A key as people name it, independent of any terminal library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// A printable character.
    Char(char),
    /// A printable character with Control held.
    Ctrl(char),
    /// A function key.
    F(u8),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Tab with Shift held.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Home.
    Home,
    /// End.
    End,
}

impl Key {
    /// The key as the footer and the help show it; `ascii` avoids arrows.
    #[must_use]
    pub fn label(self, ascii: bool) -> String {
        let name = match self {
            Key::Char(' ') => "Space",
            Key::Char(c) => return c.to_string(),
            Key::Ctrl(c) => return format!("Ctrl-{c}"),
            Key::F(n) => return format!("F{n}"),
            Key::Enter => "Enter",
            Key::Esc => "Esc",
            Key::Tab => "Tab",
            Key::BackTab => "Shift-Tab",
            Key::Backspace => "Backspace",
            Key::Delete => "Delete",
            Key::Up if ascii => "Up",
            Key::Down if ascii => "Down",
            Key::Left if ascii => "Left",
            Key::Right if ascii => "Right",
            Key::Up => "↑",
            Key::Down => "↓",
            Key::Left => "←",
            Key::Right => "→",
            Key::PageUp => "PageUp",
            Key::PageDown => "PageDown",
            Key::Home => "Home",
            Key::End => "End",
        };
        name.to_owned()
    }
}

/// Where keys go: this decides which bindings hold and whether letters are text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// The desk with its panels.
    Desk,
    /// A list or a page over the desk.
    List,
    /// A line of text is being typed; printable keys are letters of it.
    Typing,
}

/// What a key asks for, before it is known what that means on the focused panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// One place up.
    Up,
    /// One place down.
    Down,
    /// To the left.
    Left,
    /// To the right.
    Right,
    /// One window up.
    PageUp,
    /// One window down.
    PageDown,
    /// To the first place.
    First,
    /// To the last place.
    Last,
    /// To the next panel.
    NextPanel,
    /// To the previous panel.
    PreviousPanel,
    /// Open what is under the cursor, or accept.
    Open,
    /// One step back.
    Back,
    /// Take the value under the cursor in or out.
    Mark,
    /// Note something of the account under the cursor.
    Note,
    /// What the shortlist, the matches and all that is shown come to.
    Forecast,
    /// The shortlist side by side; in the list of goals two goals.
    Compare,
    /// Show this tier alone or with others, 0 for the lowest.
    Tier(u8),
    /// Show all tiers.
    AllTiers,
    /// Show accounts below the pyramid.
    Below,
    /// Show accounts whose followers are unknown.
    Unranked,
    /// The list of goals.
    Goals,
    /// Fill in what the goal needs.
    Need,
    /// Only matches, or all accounts.
    OnlyMatches,
    /// Search as you type.
    Search,
    /// To the next hit.
    NextHit,
    /// To the previous hit.
    PreviousHit,
    /// Filter by a facet.
    Filters,
    /// Leave accounts that repeat an earlier one out.
    Duplicates,
    /// Estimate unknown prices, or no longer.
    Estimates,
    /// Read the files again.
    ReadAgain,
    /// Forget all filters.
    ResetFilters,
    /// What to sort by.
    Sort,
    /// Turn the sort round.
    ReverseSort,
    /// What the width of the pyramid means.
    Measure,
    /// The next tier scheme.
    NextScheme,
    /// To reach against engagement.
    TradeOff,
    /// A box on the trade-off.
    Box,
    /// Only the front of the trade-off.
    OnlyFront,
    /// The next account on the same spot of the trade-off.
    NextHere,
    /// The previous account on the same spot of the trade-off.
    PreviousHere,
    /// Nearer to the trade-off.
    ZoomIn,
    /// Further from the trade-off.
    ZoomOut,
    /// All of the trade-off.
    WholePlot,
    /// How followers are spread over the trade-off.
    SpreadFollowers,
    /// How rates are spread over the trade-off.
    SpreadRates,
    /// One panel over the whole screen.
    Zoom,
    /// Rows and cells that could not be used whole.
    Problems,
    /// The next kind of problem.
    NextKind,
    /// The tiers side by side.
    Sides,
    /// The mix of a budget.
    Mix,
    /// How the file was read.
    Decisions,
    /// The columns of the file, and what each was taken for.
    Columns,
    /// Take everything back that was said of columns.
    ForgetSayings,
    /// The next theme.
    NextTheme,
    /// The other language.
    Language,
    /// All keys.
    Help,
    /// Save the mix under a name.
    Save,
    /// Take away what stands under the cursor.
    Delete,
    /// The page before.
    PreviousKind,
    /// Leave.
    Quit,
    /// A letter of a typed line.
    Type(char),
    /// Take the last letter away.
    Erase,
    /// Take all letters away.
    EraseAll,
}
