//! Numbers by column, in the form that packs best.
//!
//! What stands in one column is alike, and a packer finds more of it there than across records. Numbers are written
//! in digits of seven bits: the site brings them as letters of a script, and letters above those take two bytes. A
//! column begins with how many numbers it has and a byte that says its form; see [`Form`].

use alloc::vec::Vec;

/// How the numbers of a column are written.
#[derive(Clone, Copy)]
struct Form {
    /// Digits of each number, 1 to 5, the lowest first.
    width: usize,
    /// Whether a number is the difference to the one before: twice it, or where it is below, twice less one.
    differences: bool,
    /// Whether the lowest digits of all numbers stand together, then all second digits, and so on.
    planes: bool,
}

/// Bits of a digit.
const DIGIT: usize = 7;

impl Form {
    const fn pack(self) -> u8 {
        self.width as u8 | (self.differences as u8) << 3 | (self.planes as u8) << 4
    }

    const fn read(byte: u8) -> Self {
        Self {
            width: (byte & 7) as usize,
            differences: byte & 8 != 0,
            planes: byte & 16 != 0,
        }
    }

    /// The bytes of `numbers`, and the form with the width that they need.
    fn write(mut self, numbers: &[u32]) -> (Self, Vec<u8>) {
        let mut last = 0;
        let units: Vec<u32> = numbers
            .iter()
            .map(|&number| {
                let difference = number.wrapping_sub(last);
                last = number;
                if self.differences { zigzag(difference) } else { number }
            })
            .collect();
        let bits = units
            .iter()
            .map(|unit| u32::BITS - unit.leading_zeros())
            .max()
            .unwrap_or(0);
        self.width = (bits as usize).div_ceil(DIGIT).max(1);
        let digit = |unit: u32, place: usize| (unit >> (DIGIT * place)) as u8 & 0x7F;
        let bytes = if self.planes {
            let planes = (0..self.width).flat_map(|place| units.iter().map(move |unit| digit(*unit, place)));
            planes.collect()
        } else {
            let each = units
                .iter()
                .flat_map(|unit| (0..self.width).map(move |place| digit(*unit, place)));
            each.collect()
        };
        (self, bytes)
    }
}

/// A difference as a number that is small where the difference is.
pub(crate) const fn zigzag(difference: u32) -> u32 {
    difference << 1 ^ ((difference.cast_signed()) >> 31).cast_unsigned()
}

/// The difference of such a number.
pub(crate) const fn unzigzag(number: u32) -> u32 {
    number >> 1 ^ (number & 1).wrapping_neg()
}

/// Writes columns one behind the other.
pub(crate) struct Writer<'w> {
    bytes: Vec<u8>,
    /// How many bytes some take when they are packed.
    weigh: &'w dyn Fn(&[u8]) -> usize,
}

impl<'w> Writer<'w> {
    pub(crate) fn new(weigh: &'w dyn Fn(&[u8]) -> usize) -> Self {
        Self {
            bytes: Vec::new(),
            weigh,
        }
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.bytes
    }

    pub(crate) fn number(&mut self, mut number: u32) {
        while number > 0x7F {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u32);
        self.bytes.extend(bytes);
    }

    /// A column, in the lightest form.
    pub(crate) fn column(&mut self, numbers: &[u32]) {
        let forms = [(false, true), (false, false), (true, true), (true, false)].map(|(differences, planes)| {
            let width = 1;
            Form {
                width,
                differences,
                planes,
            }
            .write(numbers)
        });
        if let Some((form, bytes)) = forms.into_iter().min_by_key(|(_, bytes)| (self.weigh)(bytes)) {
            self.number(numbers.len() as u32);
            self.bytes.push(form.pack());
            self.bytes.extend(bytes);
        }
    }

    /// Records, each field a column.
    pub(crate) fn records<T, const N: usize>(&mut self, records: &[T], fields: impl Fn(&T) -> [u32; N]) {
        let rows: Vec<[u32; N]> = records.iter().map(fields).collect();
        for field in 0..N {
            let column: Vec<u32> = rows.iter().map(|row| row[field]).collect();
            self.column(&column);
        }
    }
}

/// Reads them.
pub(crate) struct Reader<'r> {
    rest: &'r [u8],
}

impl<'r> Reader<'r> {
    pub(crate) const fn new(bytes: &'r [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(byte)
    }

    pub(crate) fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let byte = self.byte()?;
            number |= u32::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    pub(crate) fn bytes(&mut self) -> Option<&'r [u8]> {
        let len = self.number()? as usize;
        self.take(len)
    }

    fn take(&mut self, len: usize) -> Option<&'r [u8]> {
        let (bytes, rest) = self.rest.split_at_checked(len)?;
        self.rest = rest;
        Some(bytes)
    }

    /// A column.
    #[inline(never)]
    pub(crate) fn column(&mut self) -> Option<Vec<u32>> {
        let count = self.number()? as usize;
        let Form {
            width,
            differences,
            planes,
        } = Form::read(self.byte()?);
        let bytes = self.take(count.checked_mul(width)?)?;
        let mut last = 0u32;
        let mut numbers = Vec::with_capacity(count);
        for index in 0..count {
            let mut number = 0;
            for place in (0..width).rev() {
                let at = if planes {
                    place * count + index
                } else {
                    index * width + place
                };
                number = number << DIGIT | u32::from(*bytes.get(at)?);
            }
            if differences {
                number = last.wrapping_add(unzigzag(number));
                last = number;
            }
            numbers.push(number);
        }
        Some(numbers)
    }

    /// Records, made of their fields.
    pub(crate) fn records<T, const N: usize>(&mut self, mut make: impl FnMut([u32; N]) -> Option<T>) -> Option<Vec<T>> {
        let fields = self.fields(N)?;
        let mut records = Vec::with_capacity(fields.count);
        for row in 0..fields.count {
            records.push(make(core::array::from_fn(|field| fields.get(field, row)))?);
        }
        Some(records)
    }

    fn fields(&mut self, count: usize) -> Option<Fields> {
        let mut columns = Vec::with_capacity(count);
        for _ in 0..count {
            columns.push(self.column()?);
        }
        let count = columns.first().map_or(0, Vec::len);
        columns
            .iter()
            .all(|column| column.len() == count)
            .then_some(Fields { columns, count })
    }
}

/// The columns of records. Apart from [`Reader::records`], so that the module holds this once.
struct Fields {
    columns: Vec<Vec<u32>>,
    count: usize,
}

impl Fields {
    #[inline(never)]
    fn get(&self, field: usize, row: usize) -> u32 {
        self.columns
            .get(field)
            .and_then(|column| column.get(row))
            .copied()
            .unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    /// Every form by turns, whatever it weighs.
    fn there_and_back(numbers: &[u32]) {
        let first: &dyn Fn(&[u8]) -> usize = &|_| 0;
        for weigh in [first, &|bytes| bytes.iter().map(|byte| usize::from(*byte)).sum()] {
            let mut writer = Writer::new(weigh);
            writer.column(numbers);
            writer.number(77);
            let bytes = writer.finish();
            let mut reader = Reader::new(&bytes);
            assert_eq!(reader.column().as_deref(), Some(numbers));
            assert_eq!(reader.number(), Some(77));
            assert!(reader.is_empty());
            for cut in 0..bytes.len() {
                let mut reader = Reader::new(&bytes[..cut]);
                let _ = (reader.column(), reader.number());
            }
        }
        for differences in [false, true] {
            for planes in [false, true] {
                let form = Form {
                    width: 1,
                    differences,
                    planes,
                };
                let (form, written) = form.write(numbers);
                assert!(written.iter().all(u8::is_ascii));
                let mut bytes = vec![numbers.len() as u8, form.pack()];
                bytes.extend(written);
                assert_eq!(Reader::new(&bytes).column().as_deref(), Some(numbers));
            }
        }
    }

    #[test]
    fn columns_are_read_as_they_were_written() {
        there_and_back(&[]);
        there_and_back(&[0, 1, 255]);
        there_and_back(&[3, 4, 5, 256, 65535, 0]);
        there_and_back(&[u32::MAX, 0, 1 << 24, 7]);
    }

    #[test]
    fn small_differences_are_small_numbers() {
        for (difference, number) in [
            (0, 0),
            (-1, 1),
            (1, 2),
            (-2, 3),
            (i32::MAX, u32::MAX - 1),
            (i32::MIN, u32::MAX),
        ] {
            assert_eq!(zigzag(difference.cast_unsigned()), number);
            assert_eq!(unzigzag(number), difference.cast_unsigned());
        }
    }

    #[test]
    fn records_come_back_field_by_field() {
        let records = [(1u16, 300u32), (2, 70_000), (9, 0)];
        let mut writer = Writer::new(&|bytes| bytes.len());
        writer.records(&records, |record| [record.0.into(), record.1]);
        let bytes = writer.finish();
        let read = Reader::new(&bytes).records(|[first, second]| Some((first as u16, second)));
        assert_eq!(read.as_deref(), Some(&records[..]));
    }
}
