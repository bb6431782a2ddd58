//! "Did you mean …?": the nearest of some names.

/// The candidate nearest to `word`, if any is near enough to be meant.
///
/// Near enough: at most a third of the letters differ (a swap of two neighbours counts once), or the
/// two differ in case, hyphens and underscores only. Of equally near ones the first in the alphabet.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = plain(word);
    let limit = (plain.chars().count().max(3) / 3).min(3);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let near = distance(&plain, &self::plain(candidate));
            (near <= limit).then_some((near, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// ``did you mean `x`?`` where something is near.
#[must_use]
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, candidates).map(|candidate| format!("did you mean `{candidate}`?"))
}

/// Lower case, and one kind of hyphen.
fn plain(word: &str) -> String {
    word.to_lowercase().replace(['_', ' '], "-")
}

/// How many letters must be put in, taken out, changed or swapped with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &y) in b.iter().enumerate() {
            let mut best = (above[j] + usize::from(x != y)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swaps_and_typos_are_near() {
        assert_eq!(distance("mailbox-full", "mailbox-fulll"), 1);
        assert_eq!(distance("abc", "acb"), 1);
        assert_eq!(distance("", "abc"), 3);
    }

    #[test]
    fn the_nearest_is_found_and_the_far_is_not() {
        let names = ["mailbox-full", "greylist", "policy"];
        assert_eq!(nearest("mailbox_full", names), Some("mailbox-full"));
        assert_eq!(nearest("gryelist", names), Some("greylist"));
        assert_eq!(nearest("reputation", names), None);
        assert_eq!(nearest("", names), None);
    }

    #[test]
    fn of_equally_near_ones_the_first_in_the_alphabet() {
        assert_eq!(nearest("bat", ["cat", "bad"]), Some("bad"));
    }
}
