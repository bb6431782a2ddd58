//! The vocabulary as a sorted list of words; its order by hash, its buckets and its marks follow from that.

use alloc::rc::Rc;
use alloc::vec;
use alloc::vec::Vec;

use smtp_codes::tables::Vocabulary;
use smtp_codes::text;

use crate::columns::{Reader, Writer};

/// Writes the words in the order of their bytes: what each shares with the one before, and what it has beyond that.
pub(crate) fn write(vocabulary: &Vocabulary<'_>, out: &mut Writer<'_>) {
    let mut words: Vec<&[u8]> = Vec::with_capacity(vocabulary.len());
    let mut rest = vocabulary.bytes;
    for &len in vocabulary.lens.iter().skip(1) {
        let (word, behind) = rest.split_at_checked(len.into()).unwrap_or((rest, &[]));
        words.push(word);
        rest = behind;
    }
    words.sort_unstable();
    let mut shared = Vec::with_capacity(words.len());
    let mut beyond = Vec::new();
    let mut last: &[u8] = &[];
    for word in words {
        let common = word.iter().zip(last).take_while(|(a, b)| a == b).count();
        shared.push(common as u32);
        beyond.extend(&word[common..]);
        beyond.push(0);
        last = word;
    }
    out.number(vocabulary.starts.len() as u32);
    out.column(&shared);
    out.bytes(&beyond);
}

/// Reads them, and lays them out as the engine finds them.
pub(crate) fn read(input: &mut Reader<'_>) -> Option<Vocabulary<'static>> {
    let buckets = input.number()? as usize;
    let shared = input.column()?;
    let beyond = input.bytes()?;
    // A bucket has a few words: each is put in its place by hand, which takes less code than to sort.
    let mut layout: Vec<Vec<(u32, Rc<[u8]>)>> = vec![Vec::new(); buckets];
    let mut last: Rc<[u8]> = Rc::default();
    for (&common, behind) in shared.iter().zip(beyond.split(|byte| *byte == 0)) {
        last = [last.get(..common as usize)?, behind].concat().into();
        let word = (text::hash(&last), last.clone());
        let bucket = layout.get_mut(Vocabulary::bucket(word.0, buckets))?;
        let place = bucket.iter().take_while(|other| **other < word).count();
        bucket.insert(place, word);
    }
    // Word 0 is none.
    let (mut firsts, mut starts, mut marks, mut lens, mut bytes) =
        (Vec::new(), Vec::new(), vec![0], vec![0], Vec::new());
    for bucket in layout {
        firsts.push(lens.len() as u16);
        starts.push(bytes.len() as u32);
        for (hash, word) in bucket {
            marks.push(hash as u8);
            lens.push(word.len() as u8);
            bytes.extend_from_slice(&word);
        }
    }
    firsts.push(lens.len() as u16);
    Some(Vocabulary {
        buckets: firsts.leak(),
        starts: starts.leak(),
        marks: marks.leak(),
        lens: lens.leak(),
        bytes: bytes.leak(),
    })
}
