//! Every rule that spoke, and why it won or did not.

use smtp_codes::tables::{Rule, RuleKind, Strength, Tables};
use smtp_codes::{Diagnosis, Reason};

use super::layout::{FAINT, GOOD, Page, QUOTE, shortened};
use crate::evidence::{self, Reading};
use anstyle::Style;

/// How much of the words of a rule is shown, in columns.
const QUOTED: usize = 100;

/// Adds the trace to a page: rules by wording, best first, then rules by code, then the weighed words.
pub(crate) fn add(page: &mut Page, diagnosis: &Diagnosis<'_>, layers: &[(&str, &Tables<'_>)]) {
    for (name, tables) in layers {
        page.heading(&format!("Trace: {name}"));
        let reading = Reading::new(diagnosis, tables);
        let own = std::ptr::eq(*tables, diagnosis.tables);
        let mut seen = false;
        for (number, pattern, rule) in reading.patterns() {
            let Some(entry) = tables.rule(rule) else { continue };
            seen = true;
            let won = own && evidence::is_rule(diagnosis, rule);
            let verdict = if won {
                "won".to_owned()
            } else {
                lost(diagnosis, tables, entry, &reading, reading.guarded(pattern))
            };
            line(
                page,
                tables,
                rule,
                &format!("rank {}", tables.rank(number)),
                won,
                &verdict,
            );
            let words: Vec<_> = reading
                .pieces(number)
                .into_iter()
                .filter_map(|range| diagnosis.reply.text.get(range))
                .map(|piece| format!("\"{}\"", shortened(piece, QUOTED)))
                .collect();
            page.field("", QUOTE, &words.join(" … "));
        }
        if !seen {
            page.field("wording", Style::new(), "no rule matches");
        }
        by_code(page, diagnosis, tables, &reading, own);
        if let Some(inference) = tables.model.infer(reading.numbers(), reading.codes(), tables) {
            let text = format!(
                "{} {}%, then {}; taken from {}%",
                inference.reason, inference.confidence, inference.second, tables.model.threshold
            );
            page.field("weighed", Style::new(), &text);
        }
    }
}

/// The rules that codes alone lead to, most specific first.
fn by_code(page: &mut Page, diagnosis: &Diagnosis<'_>, tables: &Tables<'_>, reading: &Reading<'_>, own: bool) {
    let provider = diagnosis
        .provider
        .filter(|_| own)
        .into_iter()
        .flat_map(|provider| provider.by_code.of(tables.by_code).iter().copied());
    let provider = provider.filter(|rule| {
        tables
            .rule(*rule)
            .is_some_and(|entry| entry.holds(reading.codes(), tables))
    });
    let pair = tables.pair(reading.codes()).map(|pair| pair.rule);
    let enhanced = diagnosis
        .enhanced
        .and_then(|code| Some(tables.enhanced(code)?.rule_for(code.class())));
    let family = diagnosis.enhanced.and_then(|code| Some(tables.family(code)?.rule));
    let basic = diagnosis.code.and_then(|code| Some(tables.basic(code)?.rule));
    let digit = diagnosis
        .code
        .map(|code| code.first_digit())
        .or(diagnosis.enhanced.map(|code| code.class()));
    let class = digit
        .and_then(|digit| tables.classes.get(usize::from(digit)).copied())
        .filter(|rule| *rule != u16::MAX);
    let mut before = false;
    for rule in provider.chain([pair, enhanced, family, basic, class].into_iter().flatten()) {
        let Some(entry) = tables.rule(rule) else { continue };
        let won = own && evidence::is_rule(diagnosis, rule);
        before |= won;
        let verdict = match () {
            () if won => "won",
            () if before => "less specific than the winner",
            () if entry.reason == Reason::Unknown => "says nothing of the cause",
            () if entry.catch_all() => "says almost nothing by itself",
            () => "the words say more",
        };
        line(page, tables, rule, kind(entry.kind()), won, verdict);
    }
}

fn line(page: &mut Page, tables: &Tables<'_>, rule: u16, label: &str, won: bool, verdict: &str) {
    let (Some(entry), Some(text)) = (tables.rule(rule), tables.rule_texts.get(usize::from(rule))) else {
        return;
    };
    let style = if won { GOOD } else { FAINT };
    page.field(
        label,
        style,
        &format!("{} → {}: {verdict}", tables.text(text.slug), entry.reason),
    );
}

const fn kind(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::Class => "first digit",
        RuleKind::Basic => "basic code",
        RuleKind::Family => "family",
        RuleKind::Enhanced => "enhanced code",
        RuleKind::Pair => "pair",
        RuleKind::Phrase => "phrase",
        RuleKind::VariantCode => "by code",
        RuleKind::Variant => "variant",
    }
}

/// Why a rule whose words occur did not win.
fn lost(diagnosis: &Diagnosis<'_>, tables: &Tables<'_>, entry: &Rule, reading: &Reading<'_>, guarded: bool) -> String {
    if !entry.holds(reading.codes(), tables) {
        return "it is for other codes or commands".to_owned();
    }
    if guarded {
        return "words that speak against it occur too".to_owned();
    }
    if entry.provider != 0 {
        let provider = tables.providers.get(usize::from(entry.provider));
        let slug = provider.map_or("", |provider| tables.text(provider.slug));
        if diagnosis.provider_slug() != Some(slug) {
            return format!("{slug} did not answer, as far as the reply shows");
        }
    }
    if entry.strength() == Strength::Generic {
        return "an opening that many causes share".to_owned();
    }
    "less specific than the winner".to_owned()
}
