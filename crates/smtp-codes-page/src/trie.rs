//! The trie by what its units are: kinds of links, atoms, heads and words each in a column of their own.
//!
//! Nodes are told where a link leads to them, from the roots on, so that no place has to be told. They come to other
//! places so than they had, which nothing depends on.

use alloc::vec;
use alloc::vec::{IntoIter, Vec};

use smtp_codes::packed::{LAST, NodeHead};
use smtp_codes::tables::Trie;

use crate::columns::{Reader, Writer};

/// Where a link leads.
const NOWHERE: u32 = 0;
const ATOM: u32 = 1;
const NODE: u32 = 2;

/// What is told of a trie, in the order in which it is met.
#[derive(Default)]
struct Told {
    kinds: Vec<u32>,
    /// Atoms that links lead to.
    atoms: Vec<u32>,
    heads: Vec<u32>,
    /// Words of tails.
    tails: Vec<u32>,
    /// Atoms of nodes: twice their number, and one more for the last of a node.
    inner: Vec<u32>,
    /// Words of edges, as differences within a node.
    labels: Vec<u32>,
}

pub(crate) fn write(trie: &Trie<'_>, out: &mut Writer<'_>) {
    let mut told = Told::default();
    let whole = trie.roots.iter().all(|root| told.link(trie.nodes, *root).is_some());
    if !whole {
        // What is no trie is written as one that lacks its end, and is refused when it is read.
        told.kinds.push(NODE);
    }
    out.number(trie.roots.len() as u32);
    for column in [
        &told.kinds,
        &told.atoms,
        &told.heads,
        &told.tails,
        &told.inner,
        &told.labels,
    ] {
        out.column(column);
    }
}

impl Told {
    /// Tells of a link and of all behind it.
    fn link(&mut self, nodes: &[u16], link: u16) -> Option<()> {
        if link == 0 {
            self.kinds.push(NOWHERE);
            return Some(());
        }
        if link & LAST != 0 {
            self.kinds.push(ATOM);
            self.atoms.push((link & !LAST).into());
            return Some(());
        }
        self.kinds.push(NODE);
        let (&unit, mut rest) = nodes.get(usize::from(link) * 2..)?.split_first()?;
        let mut take = |count: usize| {
            let (units, behind) = rest.split_at_checked(count)?;
            rest = behind;
            Some(units)
        };
        let head = NodeHead::read(unit);
        self.heads.push(unit.into());
        self.tails
            .extend(take(head.tail.into())?.iter().map(|word| u32::from(*word)));
        let mut more = head.atoms;
        while more {
            let atom = take(1)?[0];
            more = atom & LAST == 0;
            self.inner.push(u32::from(atom & !LAST) << 1 | u32::from(!more));
        }
        let mut last = 0;
        for &label in take(head.edges.into())? {
            self.labels.push(label.checked_sub(last)?.into());
            last = label;
        }
        take(head.edges.into())?
            .iter()
            .try_for_each(|link| self.link(nodes, *link))
    }
}

/// Reads a trie.
pub(crate) fn read(input: &mut Reader<'_>) -> Option<Trie<'static>> {
    let roots = input.number()?;
    let mut column = || Some(input.column()?.into_iter());
    let mut heard = Heard {
        kinds: column()?,
        atoms: column()?,
        heads: column()?,
        tails: column()?,
        inner: column()?,
        labels: column()?,
        // Link 0 leads nowhere, so nothing stands at the first place.
        nodes: vec![0; 2],
    };
    let roots: Vec<u16> = (0..roots).map(|_| heard.link()).collect::<Option<_>>()?;
    heard.kinds.next().is_none().then(|| Trie {
        roots: roots.leak(),
        nodes: heard.nodes.leak(),
    })
}

struct Heard {
    kinds: IntoIter<u32>,
    atoms: IntoIter<u32>,
    heads: IntoIter<u32>,
    tails: IntoIter<u32>,
    inner: IntoIter<u32>,
    labels: IntoIter<u32>,
    nodes: Vec<u16>,
}

impl Heard {
    /// Hears of a link and of all behind it.
    fn link(&mut self) -> Option<u16> {
        match self.kinds.next()? {
            NOWHERE => return Some(0),
            ATOM => return Some(self.atoms.next()? as u16 | LAST),
            _ => {}
        }
        if self.nodes.len() % 2 == 1 {
            self.nodes.push(0);
        }
        let place = (self.nodes.len() / 2) as u16;
        let unit = self.heads.next()? as u16;
        let head = NodeHead::read(unit);
        self.nodes.push(unit);
        for _ in 0..head.tail {
            self.nodes.push(self.tails.next()? as u16);
        }
        let mut more = head.atoms;
        while more {
            let atom = self.inner.next()?;
            more = atom & 1 == 0;
            self.nodes.push((atom >> 1) as u16 | if more { 0 } else { LAST });
        }
        let mut label = 0;
        for _ in 0..head.edges {
            label += self.labels.next()?;
            self.nodes.push(label as u16);
        }
        let links = self.nodes.len();
        self.nodes.resize(links + usize::from(head.edges), 0);
        for edge in 0..usize::from(head.edges) {
            let link = self.link()?;
            *self.nodes.get_mut(links + edge)? = link;
        }
        Some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trie_leads_to_the_same_atoms_and_what_is_none_is_refused() {
        // Word 1 leads on: behind it words 2, 3 and an atom, or word 4 at once; word 5 is an atom.
        let deep = NodeHead {
            tail: 1,
            atoms: true,
            edges: 0,
        }
        .pack();
        let wide = NodeHead {
            tail: 0,
            atoms: true,
            edges: 2,
        }
        .pack();
        let nodes = [0, 0, deep, 3, 7, 8 | LAST, wide, 9 | LAST, 2, 4, 1, 10 | LAST];
        let trie = Trie {
            roots: &[0, 3, 0, 0, 0, 11 | LAST],
            nodes: &nodes,
        };
        let there_and_back = |trie: &Trie<'_>| {
            let mut writer = Writer::new(&|bytes| bytes.len());
            write(trie, &mut writer);
            read(&mut Reader::new(&writer.finish()))
        };
        let found = |trie: &Trie<'_>, words: &[u16]| {
            let mut found = Vec::new();
            trie.walk(words, 0, |atom, end| found.push((atom, end)));
            found
        };
        let read = there_and_back(&trie).unwrap();
        for words in [&[1, 2, 3][..], &[1, 4], &[1, 2, 4], &[5], &[2], &[1]] {
            assert_eq!(found(&read, words), found(&trie, words), "{words:?}");
        }
        assert_eq!(found(&read, &[1, 2, 3]), [(9, 0), (7, 2), (8, 2)]);
        let cut = Trie {
            nodes: &nodes[..8],
            ..trie
        };
        assert!(there_and_back(&cut).is_none());
    }
}
