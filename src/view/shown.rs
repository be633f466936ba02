//! How many accounts are shown of all, or how many match: said at the end of the chips and of the search.

use super::stage::Stage;
use super::widget;
use crate::app::overlay::Overlay;
use crate::query::survey::Survey;
use crate::text::number;
use ratatui::text::Span;

/// `312 of 1,204`, `116 of 1,204 match`, that all are shown, or that nobody is left and which key helps.
#[must_use]
pub fn shown<'a>(stage: &Stage<'a>) -> Vec<Span<'a>> {
    let Some(survey) = stage.app.answers.survey.answer() else {
        return Vec::new();
    };
    let mut line = count(stage, survey);
    line.push(widget::waiting(stage, stage.app.answers.survey.is_behind()));
    line
}

fn count<'a>(stage: &Stage<'a>, survey: &Survey) -> Vec<Span<'a>> {
    let style = &stage.theme.style;
    let total = survey.question.roster.len() as u64;
    let all = number::grouped(total, stage.language());
    let of = |key: &str, count: u64| {
        let count = number::grouped(count, stage.language());
        stage.fill(key, &[("count", &count), ("total", &all)])
    };
    if survey.shown == 0 {
        let searching = matches!(stage.app.overlay(), Some(Overlay::Search { .. }));
        let help = if searching {
            "search.nobody.help"
        } else {
            "chips.nobody.help"
        };
        return vec![
            Span::styled(stage.say("chips.nobody"), style.warn),
            Span::styled(format!(" {} ", stage.glyphs.dot), style.muted),
            Span::styled(stage.say(help), style.muted),
        ];
    }
    if survey.shown < total {
        return vec![Span::styled(of("chips.shown", survey.shown), style.title)];
    }
    match survey.pyramid.matches() {
        Some(matches) => vec![Span::styled(of("chips.matching", matches), style.match_)],
        None => vec![Span::styled(of("chips.all", total), style.muted)],
    }
}
