//! Source files of the catalogue, and places in them.
//!
//! A place is a [`Span`]: a file and a range of bytes. Everything that can be wrong in the catalogue
//! keeps its span, so that a message can point at it.

use core::fmt;
use std::ops::Range;

/// The number of a file in its [`Files`]. Files are numbered in the order of their paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

impl FileId {
    /// The number as an index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A range of bytes in some file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ByteRange {
    /// First byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl ByteRange {
    /// The range as the standard library writes it.
    #[must_use]
    pub const fn to_range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether nothing is in the range: the place of a value that is not written in any file.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

impl From<Range<usize>> for ByteRange {
    fn from(range: Range<usize>) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self {
            start: clamp(range.start),
            end: clamp(range.end),
        }
    }
}

/// A place in the catalogue: a file and a range of its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Where in the file.
    pub range: ByteRange,
}

impl Span {
    /// The place of `range` in `file`.
    pub fn new(file: FileId, range: impl Into<ByteRange>) -> Self {
        Self {
            file,
            range: range.into(),
        }
    }
}

/// A line and a column, both counted from 1; columns count characters, not bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for LineColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// One file of the catalogue: its path as it is shown, and its text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    path: String,
    text: String,
    line_starts: Vec<usize>,
}

impl SourceFile {
    /// A file. `path` is what messages show: relative, with forward slashes.
    #[must_use]
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Self {
            path: path.into(),
            text,
            line_starts,
        }
    }

    /// The path that messages show.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte offset. An offset past the end counts as the end, and one inside
    /// a character as the start of that character.
    #[must_use]
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let offset = floor_char_boundary(&self.text, offset);
        let line = self.line_starts.partition_point(|&start| start <= offset);
        let start = self.line_starts[line - 1];
        LineColumn {
            line,
            column: self.text[start..offset].chars().count() + 1,
        }
    }

    /// The text of a line (counted from 1) without its line break; empty for a line that isn't there.
    #[must_use]
    pub fn line(&self, line: usize) -> &str {
        let Some(range) = self.line_range(line) else {
            return "";
        };
        self.text[range].trim_end_matches(['\n', '\r'])
    }

    /// The bytes of a line (counted from 1), its line break included.
    #[must_use]
    pub fn line_range(&self, line: usize) -> Option<Range<usize>> {
        let start = *self.line_starts.get(line.checked_sub(1)?)?;
        let end = self.line_starts.get(line).copied().unwrap_or(self.text.len());
        Some(start..end)
    }

    /// The text in a range, which is cut to what is there.
    #[must_use]
    pub fn slice(&self, range: ByteRange) -> &str {
        let start = floor_char_boundary(&self.text, range.start as usize);
        let end = floor_char_boundary(&self.text, range.end as usize).max(start);
        &self.text[start..end]
    }
}

/// The last character boundary at or before `offset`.
fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// All files of a catalogue, in the order of their paths.
#[derive(Clone, Debug, Default)]
pub struct Files {
    files: Vec<SourceFile>,
}

impl Files {
    /// The files, put into the order of their paths: the order in which they were found says nothing.
    #[must_use]
    pub fn new(mut files: Vec<SourceFile>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path).then_with(|| a.text.cmp(&b.text)));
        Self { files }
    }

    /// The file of a number.
    ///
    /// # Panics
    /// If the number comes from other files than these.
    #[must_use]
    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.files[id.index()]
    }

    /// Every file with its number, in the order of paths.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files
            .iter()
            .enumerate()
            .map(|(index, file)| (FileId(u32::try_from(index).unwrap_or(u32::MAX)), file))
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The text of a place.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file).slice(span.range)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters_from_one() {
        let file = SourceFile::new("a.toml", "äb\ncd\r\n");
        assert_eq!(file.line_column(0).to_string(), "1:1");
        assert_eq!(file.line_column(1).to_string(), "1:1", "inside the two bytes of ä");
        assert_eq!(file.line_column(2).to_string(), "1:2");
        assert_eq!(
            file.line_column(3).to_string(),
            "1:3",
            "the line break belongs to its line"
        );
        assert_eq!(file.line_column(4).to_string(), "2:1");
        assert_eq!(file.line_column(99).to_string(), "3:1");
        assert_eq!(
            (file.line(1), file.line(2), file.line(3), file.line(9)),
            ("äb", "cd", "", "")
        );
    }

    #[test]
    fn files_are_numbered_by_path() {
        let files = Files::new(vec![SourceFile::new("b", ""), SourceFile::new("a", "")]);
        let paths: Vec<_> = files.iter().map(|(id, file)| (id.index(), file.path())).collect();
        assert_eq!(paths, [(0, "a"), (1, "b")]);
    }
}
