//! Where each entry has its page. Paths are permanent: `/550/`, `/5.7.26/`, `/550/5.7.26/`, `/p/google/…`.

use std::collections::BTreeMap;

use smtp_codes_catalog::source::Catalogue;

use super::codes_of;
use super::rich::{Location, Place};

/// Pages that are about no single entry: name, path, twin, what links call it.
const FIXED: &[(&str, &str, &str, &str)] = &[
    ("page:home", "", "README.md", "smtp-codes"),
    ("page:codes", "codes/", "codes.md", "All codes"),
    ("page:digits", "digits/", "digits.md", "The digits of a code"),
    ("page:families", "families/", "families.md", "Families"),
    ("page:pairs", "pairs/", "pairs.md", "Codes that come together"),
    ("page:reasons", "reasons/", "reasons.md", "Reasons"),
    ("page:actions", "actions/", "actions.md", "Actions"),
    ("page:terms", "terms/", "terms.md", "Words of this reference"),
    ("page:providers", "p/", "providers.md", "Providers"),
    ("page:blocklists", "blocklists/", "blocklists.md", "Blocklists"),
    (
        "page:platforms",
        "platforms/",
        "platforms.md",
        "Platforms and their labels",
    ),
    ("page:portals", "portals/", "portals.md", "Portals"),
    ("page:session", "session/", "session.md", "The session"),
    ("page:guides", "guides/", "guides.md", "Guides"),
    ("page:claims", "claims/", "claims.md", "Often said, and wrong"),
    ("page:sources", "sources/", "sources.md", "Sources"),
    ("page:wording", "wording/", "wording.md", "Wording"),
    ("page:words", "words/", "words.md", "Words in many languages"),
    (
        "page:wrappers",
        "wrappers/",
        "wrappers.md",
        "What stands around a reply",
    ),
    ("page:decide", "decide/", "decide.md", "Retry or suppress"),
    ("page:schedules", "schedules/", "schedules.md", "Retry schedules"),
    (
        "page:recurrence",
        "recurrence/",
        "recurrence.md",
        "When it becomes a list problem",
    ),
    ("page:paste", "paste/", "", "Paste your bounce"),
    ("page:changes", "changes/", "", "Changes"),
    ("page:about", "about/", "", "About"),
    ("page:developers", "developers/", "", "For developers"),
    ("page:missing", "404.html", "", "Not found"),
];

/// Every place, by the name of its entry.
pub(crate) fn all(catalogue: &Catalogue) -> BTreeMap<String, Place> {
    let mut places = BTreeMap::new();
    for (entry, path, twin, name) in FIXED {
        put(&mut places, (*entry).to_owned(), place(path, "", twin, "", name));
    }
    codes(catalogue, &mut places);
    vocabulary(catalogue, &mut places);
    answerers(catalogue, &mut places);
    knowledge(catalogue, &mut places);
    places
}

fn place(path: &str, anchor: &str, twin: &str, twin_anchor: &str, name: &str) -> Place {
    Place::new(Location {
        path: path.to_owned(),
        anchor: anchor.to_owned(),
        twin: twin.to_owned(),
        twin_anchor: twin_anchor.to_owned(),
        name: name.to_owned(),
    })
}

fn put(places: &mut BTreeMap<String, Place>, entry: String, place: Place) {
    places.entry(entry).or_insert(place);
}

fn codes(catalogue: &Catalogue, places: &mut BTreeMap<String, Place>) {
    for entry in &catalogue.basics {
        let code = entry.code.as_str();
        put(
            places,
            format!("basic:{code}"),
            place(&format!("{code}/"), "", &format!("basic/{code}.md"), "", code),
        );
    }
    for entry in &catalogue.enhanced {
        let concrete = codes_of::concrete(entry);
        for code in &concrete {
            let own = place(&format!("{code}/"), "", &format!("enhanced/{code}.md"), "", code);
            for single in codes_of::singles(code) {
                put(
                    places,
                    format!("code:{single}"),
                    Place::new(Location {
                        name: single.clone(),
                        ..Location::clone(&own)
                    }),
                );
            }
            put(places, format!("code:{code}"), own);
        }
        if let Some(first) = concrete.first() {
            let form = entry.code.as_str();
            put(
                places,
                format!("enhanced:{form}"),
                place(&format!("{first}/"), "", &format!("enhanced/{first}.md"), "", form),
            );
        }
    }
    for entry in &catalogue.families {
        let code = entry.code.as_str();
        put(
            places,
            format!("family:{code}"),
            place(&format!("{code}/"), "", &format!("families/{code}.md"), "", code),
        );
    }
    for entry in &catalogue.pairs {
        let (basic, enhanced) = (entry.basic.as_str(), entry.enhanced.as_str());
        let name = format!("{basic} {enhanced}");
        put(
            places,
            format!("pair:{name}"),
            place(
                &format!("{basic}/{enhanced}/"),
                "",
                &format!("pairs/{basic}-{enhanced}.md"),
                "",
                &name,
            ),
        );
    }
    for entry in &catalogue.digits {
        let (which, digit) = (entry.place.as_str(), entry.digit.as_str());
        let anchor = format!("{which}-{digit}");
        put(
            places,
            format!("digit:{which}/{digit}"),
            place("digits/", &anchor, "digits.md", &anchor, &entry.title),
        );
    }
    for entry in &catalogue.steps {
        let slug = entry.slug.as_str();
        put(
            places,
            format!("step:{slug}"),
            place(
                &format!("session/{slug}/"),
                "",
                &format!("session/{slug}.md"),
                "",
                &entry.title,
            ),
        );
    }
}

fn vocabulary(catalogue: &Catalogue, places: &mut BTreeMap<String, Place>) {
    for entry in &catalogue.reasons {
        let slug = entry.slug.as_str();
        put(
            places,
            format!("reason:{slug}"),
            place(
                &format!("reasons/{slug}/"),
                "",
                &format!("reasons/{slug}.md"),
                "",
                &entry.title,
            ),
        );
    }
    for entry in &catalogue.actions {
        let slug = entry.slug.as_str();
        put(
            places,
            format!("action:{slug}"),
            place(
                &format!("actions/{slug}/"),
                "",
                &format!("actions/{slug}.md"),
                "",
                &entry.title,
            ),
        );
    }
    for entry in &catalogue.terms {
        let (list, slug) = (entry.vocabulary.as_str(), entry.slug.as_str());
        let anchor = format!("{list}-{slug}");
        put(
            places,
            format!("term:{list}/{slug}"),
            place("terms/", &anchor, "terms.md", &anchor, &entry.title),
        );
    }
    for entry in &catalogue.schedules {
        let slug = entry.slug.as_str();
        put(
            places,
            format!("schedule:{slug}"),
            place(
                &format!("schedules/{slug}/"),
                "",
                &format!("schedules/{slug}.md"),
                "",
                &entry.title,
            ),
        );
    }
    for entry in &catalogue.recurrences {
        let slug = entry.slug.as_str();
        put(
            places,
            format!("recurrence:{slug}"),
            place("recurrence/", slug, "recurrence.md", slug, &entry.title),
        );
    }
    for entry in &catalogue.phrases {
        let slug = entry.slug.as_str();
        put(
            places,
            format!("phrase:{slug}"),
            place(
                &format!("wording/{slug}/"),
                "",
                &format!("wording/{slug}.md"),
                "",
                &sentence(slug),
            ),
        );
    }
    for entry in &catalogue.concepts {
        if let (Some(slug), Some(title)) = (&entry.head.slug, &entry.head.title) {
            put(
                places,
                format!("concept:{}", slug.as_str()),
                place(
                    &format!("words/{}/", slug.as_str()),
                    "",
                    &format!("words/{}.md", slug.as_str()),
                    "",
                    title,
                ),
            );
        } else if let Some(slug) = &entry.head.slug {
            put(
                places,
                format!("concept:{}", slug.as_str()),
                place(
                    &format!("words/{}/", slug.as_str()),
                    "",
                    &format!("words/{}.md", slug.as_str()),
                    "",
                    &sentence(slug),
                ),
            );
        }
    }
    for entry in &catalogue.wrappers {
        let slug = entry.slug.as_str();
        put(
            places,
            format!("wrapper:{slug}"),
            place("wrappers/", slug, "wrappers.md", slug, &entry.title),
        );
    }
}

fn answerers(catalogue: &Catalogue, places: &mut BTreeMap<String, Place>) {
    for entry in &catalogue.providers {
        let slug = entry.slug.as_str();
        put(
            places,
            format!("provider:{slug}"),
            place(
                &format!("p/{slug}/"),
                "",
                &format!("providers/{slug}.md"),
                "",
                &entry.name,
            ),
        );
    }
    for entry in &catalogue.variants {
        let (provider, slug) = (entry.provider.as_str(), entry.slug.as_str());
        put(
            places,
            format!("variant:{provider}/{slug}"),
            place(
                &format!("p/{provider}/{slug}/"),
                "",
                &format!("providers/{provider}.md"),
                slug,
                &entry.entry.title,
            ),
        );
    }
    for entry in &catalogue.blocklists {
        let slug = entry.slug.as_str();
        put(
            places,
            format!("blocklist:{slug}"),
            place(
                &format!("blocklists/{slug}/"),
                "",
                &format!("blocklists/{slug}.md"),
                "",
                &entry.name,
            ),
        );
    }
    for entry in &catalogue.esps {
        let slug = entry.slug.as_str();
        put(
            places,
            format!("esp:{slug}"),
            place(
                &format!("platforms/{slug}/"),
                "",
                &format!("platforms/{slug}.md"),
                "",
                &entry.name,
            ),
        );
    }
    for entry in &catalogue.label_sets {
        let slug = entry.slug.as_str();
        put(
            places,
            format!("label-set:{slug}"),
            place(
                &format!("platforms/{slug}/"),
                "",
                &format!("platforms/{slug}.md"),
                "",
                &entry.name,
            ),
        );
    }
    for entry in &catalogue.portals {
        let slug = entry.slug.as_str();
        put(
            places,
            format!("portal:{slug}"),
            place("portals/", slug, "portals.md", slug, &entry.name),
        );
    }
}

fn knowledge(catalogue: &Catalogue, places: &mut BTreeMap<String, Place>) {
    for entry in &catalogue.guides {
        let slug = entry.slug.as_str();
        put(
            places,
            format!("guide:{slug}"),
            place(
                &format!("guides/{slug}/"),
                "",
                &format!("guides/{slug}.md"),
                "",
                &entry.title,
            ),
        );
    }
    for entry in &catalogue.claims {
        let slug = entry.slug.as_str();
        put(
            places,
            format!("claim:{slug}"),
            place(
                &format!("claims/{slug}/"),
                "",
                &format!("claims/{slug}.md"),
                "",
                &entry.said,
            ),
        );
    }
    for entry in &catalogue.sources {
        let id = entry.id.as_str();
        put(
            places,
            format!("source:{id}"),
            place(
                &format!("sources/{id}/"),
                "",
                &format!("sources/{id}.md"),
                "",
                &entry.title,
            ),
        );
    }
}

/// A slug as words: `no-such-user` is `No such user`.
pub(crate) fn sentence(slug: &str) -> String {
    let words = slug.replace('-', " ");
    let mut chars = words.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}
