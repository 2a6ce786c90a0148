//! Named properties of documents and speakers, and the types of their columns.

use serde::{Deserialize, Serialize};

/// The type of an attribute, inferred from every value of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AttributeType {
    /// Whole numbers that fit 64 bits.
    Integer,
    /// Numbers with a point or an exponent.
    Number,
    /// `true` and `false`.
    Boolean,
    /// ISO 8601 calendar dates, `2009-10-14`.
    Date,
    /// Anything else.
    Text,
}

/// One column of attributes: its name, its type, and the value of each row as written (trimmed, never empty).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeColumn {
    /// Name, as in the header.
    pub name: String,
    /// Type of all values.
    pub kind: AttributeType,
}

impl AttributeType {
    /// The narrowest type that all `values` have; text if there are none. A number with leading zeros is text (`007`
    /// is a name), and so is anything that another program might round.
    pub fn infer<'a>(values: impl Iterator<Item = &'a str> + Clone) -> Self {
        let all = |test: fn(&str) -> bool| values.clone().next().is_some() && values.clone().all(test);
        if all(is_integer) {
            Self::Integer
        } else if all(is_number) {
            Self::Number
        } else if all(|value| matches!(value, "true" | "false")) {
            Self::Boolean
        } else if all(is_date) {
            Self::Date
        } else {
            Self::Text
        }
    }
}

fn is_integer(value: &str) -> bool {
    let digits = value.strip_prefix('-').unwrap_or(value);
    !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (digits == "0" || !digits.starts_with('0'))
        && value.parse::<i64>().is_ok()
}

fn is_number(value: &str) -> bool {
    let digits = value.strip_prefix('-').unwrap_or(value);
    let whole = digits.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &digits[whole..];
    whole > 0
        && (whole == 1 || !digits.starts_with('0'))
        && rest.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-'))
        && (is_integer(value) || !rest.is_empty())
        && value.parse::<f64>().is_ok_and(f64::is_finite)
}

fn is_date(value: &str) -> bool {
    let bytes = value.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return false;
    }
    let field = |from: usize, to: usize| {
        let digits = &bytes[from..to];
        digits
            .iter()
            .all(u8::is_ascii_digit)
            .then(|| digits.iter().fold(0u32, |number, digit| number * 10 + u32::from(digit - b'0')))
    };
    let (Some(year), Some(month), Some(day)) = (field(0, 4), field(5, 7), field(8, 10)) else { return false };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::AttributeType::{self, Boolean, Date, Integer, Number, Text};

    #[test]
    fn types_are_the_narrowest_that_fit_every_value() {
        let cases: &[(&[&str], AttributeType)] = &[
            (&["1", "-20", "0"], Integer),
            (&["1", "2.5", "1e3"], Number),
            (&["true", "false"], Boolean),
            (&["true", "1"], Text),
            (&["TRUE"], Text),
            (&["2009-10-14", "2008-02-29"], Date),
            (&["2009-02-29"], Text),
            (&["2009-10-14", "2009"], Text),
            (&["007"], Text),
            (&["00.5"], Text),
            (&["99999999999999999999"], Text),
            (&["1", "007"], Text),
            (&["-"], Text),
            (&["1e999"], Text),
            (&["1.", "+1"], Text),
            (&["NaN"], Text),
            (&["inf"], Text),
            (&[], Text),
        ];
        for (values, kind) in cases {
            assert_eq!(AttributeType::infer(values.iter().copied()), *kind, "{values:?}");
        }
    }
}
