//! Codes, families, pairs, first digits, schedules and recurrence rules.

use smtp_codes::Reason;
use smtp_codes::tables::{self, Condition, Escalation, RuleKind, Run, Scope, Unit};
use smtp_codes::{Command, EnhancedCode, Standing};

use super::codes::{basic_range, enhanced_range};
use super::rules::Draft;
use super::{Compiler, optional, texts};
use crate::source;

impl<'c> Compiler<'c> {
    pub(super) fn schedules(&mut self) {
        let mut entries: Vec<_> = self.catalogue.schedules.iter().collect();
        entries.sort_by(|a, b| a.slug.as_str().cmp(b.slug.as_str()));
        for entry in entries {
            self.schedule_index
                .insert(entry.slug.as_str(), self.tables.schedules.len() as u8);
            let schedule = tables::Schedule {
                slug: self.pool.intern(&entry.slug),
                title: self.pool.intern(&entry.title),
                first_delay_s: clamp(*entry.first_delay_s),
                factor_percent: clamp(*entry.factor),
                ceiling_s: clamp(*entry.ceiling_s),
                give_up_s: clamp(*entry.give_up_s),
                max_tries: entry.max_tries.as_ref().map_or(0, |n| clamp(**n)),
                jitter_percent: entry.jitter_percent.as_ref().map_or(0, |n| clamp(**n)),
                sources: self.source_run(&entry.sources),
            };
            self.tables.schedules.push(schedule);
        }
    }

    pub(super) fn recurrences(&mut self) {
        let mut rules = Vec::new();
        for entry in &self.catalogue.recurrences {
            let reasons = texts(Some(&entry.reasons))
                .map(|slug| {
                    if slug == "*" {
                        u32::MAX
                    } else {
                        Reason::from_slug(slug).map_or(0, |reason| 1 << reason.number())
                    }
                })
                .fold(0, |all, bits| all | bits);
            let rule = tables::Recurrence {
                slug: self.pool.intern(&entry.slug),
                title: self.pool.intern(&entry.title),
                reasons,
                class: match optional(entry.class.as_ref()) {
                    "transient" => 4,
                    "permanent" => 5,
                    _ => 0,
                },
                count: clamp(*entry.count),
                unit: match entry.unit.as_str() {
                    "campaigns" => Unit::Campaigns,
                    "hours" => Unit::Hours,
                    "share-percent" => Unit::SharePercent,
                    _ => Unit::Attempts,
                },
                consecutive: *entry.consecutive,
                scope: match entry.scope.as_str() {
                    "domain" => Scope::Domain,
                    "provider" => Scope::Provider,
                    "sending-ip" => Scope::SendingIp,
                    "list-source" => Scope::ListSource,
                    _ => Scope::Address,
                },
                never_delivered: entry.never_delivered.as_ref().is_some_and(|flag| **flag),
                escalates_to: match entry.escalates_to.as_str() {
                    "re-engage" => Escalation::ReEngage,
                    "verify" => Escalation::Verify,
                    "suppress" => Escalation::Suppress,
                    "investigate-reputation" => Escalation::InvestigateReputation,
                    _ => Escalation::GiveUp,
                },
                sources: self.source_run(&entry.sources),
            };
            rules.push((entry.slug.as_str(), rule));
        }
        // The most special first: fewer reasons, then the higher threshold.
        rules.sort_by(|(a_slug, a), (b_slug, b)| {
            a.reasons
                .count_ones()
                .cmp(&b.reasons.count_ones())
                .then(b.never_delivered.cmp(&a.never_delivered))
                .then(b.count.cmp(&a.count))
                .then(a_slug.cmp(b_slug))
        });
        self.tables.recurrences = rules.into_iter().map(|(_, rule)| rule).collect();
    }

    pub(super) fn standards(&mut self) {
        self.first_digits();
        self.basic_codes();
        self.enhanced_codes();
        self.families();
        self.pairs();
    }

    fn code_rule(
        &mut self,
        kind: RuleKind,
        slug: String,
        advice: [source::Advice<'c>; 2],
        [title, summary]: [&'c str; 2],
        sources: &'c source::List,
        catch_all: bool,
    ) -> u16 {
        let confidence = match kind {
            RuleKind::Pair => 85,
            RuleKind::Enhanced if !catch_all => 80,
            RuleKind::Enhanced | RuleKind::Family => 45,
            RuleKind::Basic => 40,
            _ => 20,
        };
        self.rule(Draft {
            kind,
            advice,
            strength: None,
            confidence,
            provider: 0,
            distinctive: false,
            catch_all,
            conditions: Vec::new(),
            command: None,
            number: 0,
            slug,
            title,
            summary,
            fix: "",
            url: "",
            tag: "",
            sources,
        })
    }

    /// Rules for the first digits, so that every code gives an answer.
    fn first_digits(&mut self) {
        self.tables.classes = vec![u16::MAX; 10];
        let catalogue = self.catalogue;
        for entry in &catalogue.digits {
            let (true, Ok(digit)) = (entry.place.as_str() == "first", entry.digit.parse::<usize>()) else {
                continue;
            };
            // 2 and 3 say enough by themselves; any other first digit leaves the reason open.
            let reason = match digit {
                2 => Some(Reason::Success),
                3 => Some(Reason::Intermediate),
                _ => Some(Reason::Unknown),
            };
            let slug = reason
                .and_then(|reason| self.reasons.get(reason.slug()))
                .map(|entry| &entry.slug);
            let advice = source::Advice {
                reason: slug,
                bounce: None,
                party: None,
                delivery: None,
                address: None,
                remedies: None,
                schedule: None,
            };
            let rule = self.code_rule(
                RuleKind::Class,
                format!("class:{digit}"),
                [advice, advice],
                [&entry.title, &entry.summary],
                &entry.sources,
                true,
            );
            if let Some(place) = self.tables.classes.get_mut(digit) {
                *place = rule;
            }
        }
    }

    fn basic_codes(&mut self) {
        let mut entries: Vec<_> = self
            .catalogue
            .basics
            .iter()
            .filter_map(|entry| Some((basic_range(&entry.code)?, entry)))
            .collect();
        entries.sort_by_key(|(range, _)| *range);
        self.tables.basic_index = vec![0; 1000];
        for (range, entry) in entries {
            let rule = self.code_rule(
                RuleKind::Basic,
                format!("basic:{}", entry.code.as_str()),
                [entry.advice(), entry.advice()],
                [&entry.title, &entry.summary],
                &entry.sources,
                false,
            );
            let reads_as = optional(entry.reads_as.as_ref());
            let mut parts = reads_as.split_whitespace();
            let first = parts.next().unwrap_or("");
            let (basic, enhanced) = if first.contains('.') {
                ("", first)
            } else {
                (first, parts.next().unwrap_or(""))
            };
            let enhanced: Option<EnhancedCode> = enhanced.parse().ok();
            let basic = tables::Basic {
                codes: range,
                rule,
                standing: Standing::from_slug(&entry.standing).unwrap_or(Standing::Unregistered),
                answers: texts(entry.answers.as_ref())
                    .map(|slug| {
                        if slug == "ANY" {
                            u32::MAX
                        } else {
                            Command::from_slug(slug).map_or(0, |command| 1 << command.number())
                        }
                    })
                    .fold(0, |all, bit| all | bit),
                reads_as: basic.parse().unwrap_or(0),
                reads_as_enhanced: enhanced.map_or((0, 0), |code| (code.subject(), code.detail())),
                reference: self.pool.intern(optional(entry.reference.as_ref())),
            };
            self.tables.basics.push(basic);
            let number = self.tables.basics.len() as u16;
            // Narrow ranges win over wide ones that contain them.
            for code in range.0..=range.1.min(999) {
                let place = &mut self.tables.basic_index[usize::from(code)];
                let width = |index: u16| {
                    self.tables
                        .basics
                        .get(usize::from(index).wrapping_sub(1))
                        .map_or(u16::MAX, |basic| basic.codes.1 - basic.codes.0)
                };
                if *place == 0 || width(number) <= width(*place) {
                    *place = number;
                }
            }
        }
    }

    fn enhanced_codes(&mut self) {
        let mut entries: Vec<_> = self
            .catalogue
            .enhanced
            .iter()
            .filter_map(|entry| Some((enhanced_range(&entry.code)?, entry)))
            .filter(|(range, _)| range.subject.0 == range.subject.1)
            .collect();
        // Within a subject by first detail; at the same place the class-specific and narrow entry first.
        entries.sort_by_key(|(range, entry)| (range.subject.0, range.detail.0, range.width(), entry.code.as_str()));
        for (range, entry) in &entries {
            let catch_all = entry.catch_all.as_ref().is_some_and(|flag| **flag);
            let base = entry.advice();
            let own = |class: Option<&'c source::ClassAdvice>| class.map_or(base, |class| class.advice().or(base));
            let (transient, permanent) = (own(entry.transient.as_ref()), own(entry.permanent.as_ref()));
            let summary = |class: Option<&'c source::ClassAdvice>| {
                class
                    .and_then(|class| class.summary.as_ref())
                    .map_or(entry.record.summary.as_str(), |text| text.as_str())
            };
            let slug = format!("enhanced:{}", entry.code.as_str());
            let whole = self.code_rule(
                RuleKind::Enhanced,
                slug.clone(),
                [base, base],
                [&entry.record.title, &entry.record.summary],
                &entry.record.sources,
                catch_all,
            );
            let mut rule = |advice: source::Advice<'c>, class: Option<&'c source::ClassAdvice>| {
                if class.is_none() {
                    return whole;
                }
                self.code_rule(
                    RuleKind::Enhanced,
                    slug.clone(),
                    [advice, advice],
                    [&entry.record.title, summary(class)],
                    &entry.record.sources,
                    catch_all,
                )
            };
            let rules = [
                whole,
                rule(transient, entry.transient.as_ref()),
                rule(permanent, entry.permanent.as_ref()),
            ];
            let rules = [
                self.success_rule(
                    &entry.record.title,
                    &entry.record.summary,
                    &entry.record.sources,
                    slug,
                    catch_all,
                ),
                rules[1],
                rules[2],
            ];
            let enhanced = tables::Enhanced {
                classes: range.classes,
                subject: range.subject.0,
                detail: range.detail,
                rules,
                standing: Standing::from_slug(&entry.standing).unwrap_or(Standing::Unregistered),
                reference: self.pool.intern(optional(entry.reference.as_ref())),
            };
            self.tables.enhanced.push(enhanced);
        }
        self.tables.enhanced_index = smtp_codes::lookup::indexed()
            .map(|code| {
                let holds = |entry: &tables::Enhanced| {
                    entry.subject == code.subject()
                        && (entry.detail.0..=entry.detail.1).contains(&code.detail())
                        && entry.classes >> code.class() & 1 == 1
                };
                let first = self.tables.enhanced.iter().position(holds);
                first.map_or(0, |index| index as u16 + 1)
            })
            .collect();
    }

    /// An enhanced code of class 2 tells of success, whatever its subject.
    fn success_rule(
        &mut self,
        title: &'c str,
        summary: &'c str,
        sources: &'c source::List,
        slug: String,
        catch_all: bool,
    ) -> u16 {
        let reason = self.reasons.get(Reason::Success.slug()).map(|entry| &entry.slug);
        let advice = source::Advice {
            reason,
            bounce: None,
            party: None,
            delivery: None,
            address: None,
            remedies: None,
            schedule: None,
        };
        self.code_rule(
            RuleKind::Enhanced,
            slug,
            [advice, advice],
            [title, summary],
            sources,
            catch_all,
        )
    }

    fn families(&mut self) {
        let mut entries: Vec<_> = self
            .catalogue
            .families
            .iter()
            .filter_map(|entry| Some((enhanced_range(&entry.code)?, entry)))
            .collect();
        entries.sort_by_key(|(range, entry)| (range.subject, range.classes.count_ones(), entry.code.as_str()));
        for (range, entry) in entries {
            let rule = self.code_rule(
                RuleKind::Family,
                format!("family:{}", entry.code.as_str()),
                [entry.advice(), entry.advice()],
                [&entry.title, &entry.summary],
                &entry.sources,
                true,
            );
            let start = self.tables.exceptions.len() as u32;
            for form in texts(entry.except.as_ref()) {
                if let Some(except) = enhanced_range(form) {
                    self.tables
                        .exceptions
                        .extend((except.detail.0..=except.detail.1).map(|detail| (except.subject.0, detail)));
                }
            }
            let except = Run {
                start,
                len: (self.tables.exceptions.len() as u32 - start) as u16,
            };
            self.tables.families.push(tables::Family {
                classes: range.classes,
                subject: range.subject.0,
                except,
                rule,
            });
        }
    }

    fn pairs(&mut self) {
        let mut entries = Vec::new();
        for entry in self.catalogue.pairs.iter().filter(|entry| entry.reason.is_some()) {
            let (Some(basic), Some(enhanced)) = (basic_range(&entry.basic), enhanced_range(&entry.enhanced)) else {
                continue;
            };
            let condition = Condition {
                basic,
                classes: enhanced.classes,
                subject: enhanced.subject,
                detail: enhanced.detail,
            };
            let width = u32::from(basic.1 - basic.0 + 1) * enhanced.width();
            entries.push((width, basic, entry.enhanced.as_str(), condition, entry));
        }
        entries.sort_by_key(|(width, basic, enhanced, _, _)| (*width, *basic, *enhanced));
        for (_, _, _, condition, entry) in entries {
            let slug = format!("pair:{} {}", entry.basic.as_str(), entry.enhanced.as_str());
            let rule = self.code_rule(
                RuleKind::Pair,
                slug,
                [entry.advice(), entry.advice()],
                [&entry.title, &entry.summary],
                &entry.sources,
                false,
            );
            self.tables.pairs.push(tables::Pair { condition, rule });
        }
    }
}

/// A number as the type it is kept in, cut at that type's bounds.
fn clamp<T: TryFrom<i64> + Bound>(value: i64) -> T {
    T::try_from(value).unwrap_or(if value < 0 { T::LOW } else { T::HIGH })
}

trait Bound {
    const LOW: Self;
    const HIGH: Self;
}

macro_rules! bound {
    ($($t:ty)*) => { $( impl Bound for $t { const LOW: Self = <$t>::MIN; const HIGH: Self = <$t>::MAX; } )* };
}
bound!(u8 u16 u32);
