//! Two goals side by side: how many match each, what that reaches, and in which tiers.
//!
//! ```text
//! ╭ Two goals ──────────────────────────────────────╮
//! │                   Authentic     Mass appeal      │
//! │ matches               ★ 195              49      │
//! │ ▲ nano                  195               0      │
//! ╰──────────────────────────────────────────────────╯
//! ```

use crate::query::goal_pair::{Lit, Side};
use crate::text::clean::{self, clean};
use crate::text::number;
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::view::tabular::Tabular;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// Draws it into its place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let title = [stage.say("pair.title").to_owned()];
    let inner = sheet::padded(sheet::frame(stage, area, &title, true, buf));
    let Some(sides) = stage.app.answers.goal_pair.answer() else {
        return sheet::say(stage, inner, stage.say("state.refreshing"), "", buf);
    };
    sheet::scroll(stage, inner, &page(stage, sides, inner), 0, buf);
}

fn page(stage: &Stage<'_>, sides: &[Side; 2], inner: Rect) -> Vec<Line<'static>> {
    let width = usize::from(inner.width.saturating_sub(1));
    let style = &stage.theme.style;
    let mut table = Tabular::new(stage, width, sides.len());
    let names = sides.each_ref().map(|side| {
        let goal = stage.app.playbook.goal(&side.campaign.goal);
        let name = goal.map_or("", |goal| goal.name.say(stage.language()));
        clean(name).into_owned()
    });
    let heads = [
        format!("{} {}", stage.glyphs.left, names[0]),
        format!("{} {}", stage.glyphs.down, names[1]),
    ];
    table.row(
        ("", style.header),
        heads.map(|it| (it, style.header)).to_vec(),
    );
    let figures = |table: &mut Tabular<'_>,
                   label: &str,
                   figure: &dyn Fn(&Lit) -> Option<f64>,
                   digits: usize| {
        let values = sides
            .each_ref()
            .map(|side| side.lit.as_ref().and_then(figure));
        let best = match values {
            [Some(one), Some(two)] if (one - two).abs() > f64::EPSILON => Some(one.max(two)),
            _ => None,
        };
        let cells = values.map(|value| match value {
            Some(value) => {
                let text = number::decimal(value, digits, stage.language());
                if Some(value) == best {
                    (format!("{} {text}", stage.glyphs.star), style.good)
                } else {
                    (text, style.text)
                }
            }
            None => (stage.glyphs.dash.to_owned(), style.muted),
        });
        table.row((label, style.muted), cells.to_vec());
    };
    let say = |key| stage.app.say(key);
    figures(
        &mut table,
        say("pair.matches"),
        &|lit| Some(lit.matches as f64),
        0,
    );
    figures(
        &mut table,
        say("measure.reach"),
        &|lit| Some(lit.reach as f64),
        0,
    );
    if stage.app.reading.roster.schema().has_rates {
        figures(
            &mut table,
            say("measure.engagements"),
            &|lit| Some(lit.engagements),
            0,
        );
    }
    figures(&mut table, say("pair.fit"), &|lit| lit.median_fit, 0);
    add_tiers(stage, &mut table, sides);
    add_told(stage, &mut table, sides, &names, width);
    table.say(say("pair.legend"), style.muted);
    table.lines
}

/// How many match in each tier, and what they reach.
fn add_tiers(stage: &Stage<'_>, table: &mut Tabular<'_>, sides: &[Side; 2]) {
    let style = &stage.theme.style;
    let speaker = stage.speaker();
    table.gap();
    table.say(stage.app.say("pair.tiers"), style.header);
    let tiers = stage
        .app
        .tier_scheme()
        .map(|scheme| scheme.ids().collect::<Vec<_>>());
    for tier in tiers.unwrap_or_default().into_iter().rev() {
        let sign = stage.glyph(crate::domain::tier::Standing::Tier(tier));
        let label = format!("{sign} {}", clean(stage.tier_name(tier)));
        let cells = sides.each_ref().map(|side| {
            let found = side
                .lit
                .as_ref()
                .and_then(|lit| lit.tiers.get(tier.index()));
            match found {
                Some((0, _)) | None => (stage.glyphs.dash.to_owned(), style.muted),
                Some((matches, reach)) => {
                    let reach = number::compact(*reach, stage.language());
                    let matches = speaker.count(*matches);
                    (
                        format!("{matches} {} {reach}", stage.glyphs.dot),
                        style.text,
                    )
                }
            }
        });
        table.row((&label, style.muted), cells.to_vec());
    }
}

/// What both have in common, and which of them suits no tier.
fn add_told(
    stage: &Stage<'_>,
    table: &mut Tabular<'_>,
    sides: &[Side; 2],
    names: &[String; 2],
    width: usize,
) {
    let style = &stage.theme.style;
    let speaker = stage.speaker();
    table.gap();
    for (at, (side, name)) in sides.iter().zip(names).enumerate() {
        match &side.lit {
            None => {
                let name = clean::fit(name, width, "").into_owned();
                table.say(&stage.fill("pair.none", &[("goal", &name)]), style.warn);
            }
            Some(lit) if at == 0 => {
                table.say(&speaker.counted("pair.shared", lit.shared), style.text);
            }
            Some(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::desk::Step;
    use crate::app::msg::{Msg, Opening};
    use crate::text::Language;
    use crate::view::fixture::{assert_within, drawn, explorer, happen, roster, text};

    #[test]
    fn every_size_is_drawn_within_its_place() {
        let mut app = explorer(roster(30, true), Some("authentic"), Language::Nl);
        happen(&mut app, Msg::Open(Opening::GoalPair));
        for (at, size) in (0..200u16).map(|at| (at, (at * 7 % 201, at * 13 % 61))) {
            happen(&mut app, Msg::List(Step::Down));
            happen(&mut app, Msg::Across(if at % 5 == 0 { -4 } else { 1 }));
            assert_within(&drawn(&app, size, at % 2 == 0, draw));
        }
    }

    #[test]
    fn goals_are_taken_from_the_list_and_leave_the_desk_alone() {
        let mut app = explorer(roster(60, true), Some("authentic"), Language::En);
        happen(&mut app, Msg::Open(Opening::Goals));
        happen(&mut app, Msg::List(Step::First));
        happen(&mut app, Msg::List(Step::To(3)));
        happen(&mut app, Msg::Open(Opening::GoalPair));
        let shown = text(&drawn(&app, (90, 24), false, draw));
        let third = app.playbook.goals[2].name.say(Language::En).to_owned();
        assert!(shown.contains(&third), "{shown}");
        assert!(
            shown.contains("matches") && shown.contains("nano"),
            "{shown}"
        );
        happen(&mut app, Msg::Back);
        happen(&mut app, Msg::Back);
        let goal = app.campaign.as_ref().map(|it| it.goal.as_str());
        assert_eq!(goal, Some("authentic"));
    }
}
