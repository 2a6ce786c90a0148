//! Attributes of documents as typed columns.

use crate::coding::DocumentInfo;
use crate::corpus::{AttributeColumn, AttributeType};

use super::describe::column;
use super::sheet::Row;
use super::{ColumnKind, ColumnSchema, TableError};

/// The columns of the attributes.
pub(super) fn columns(attributes: &[AttributeColumn]) -> impl Iterator<Item = ColumnSchema> + '_ {
    attributes.iter().map(|attribute| {
        let meaning = format!("Attribute `{}` of the document.", attribute.name);
        column(&attribute.name, kind(attribute.kind), meaning).or_empty()
    })
}

fn kind(kind: AttributeType) -> ColumnKind {
    match kind {
        AttributeType::Integer => ColumnKind::Integer,
        AttributeType::Number => ColumnKind::Number,
        AttributeType::Boolean => ColumnKind::Boolean,
        AttributeType::Date => ColumnKind::Date,
        AttributeType::Text => ColumnKind::Text,
    }
}

/// The cells of a document's attributes, one per column.
///
/// # Errors
/// If a value is not of its column's type.
pub(super) fn push(
    row: &mut Row<'_>,
    attributes: &[AttributeColumn],
    document: &DocumentInfo,
) -> Result<(), TableError> {
    for (position, attribute) in attributes.iter().enumerate() {
        let Some(value) = document.attributes.get(position).and_then(Option::as_deref) else {
            row.empty();
            continue;
        };
        let wrong = || TableError::Attribute {
            document: document.id.clone(),
            column: attribute.name.clone(),
            value: value.to_owned(),
            kind: attribute.kind,
        };
        match attribute.kind {
            AttributeType::Integer => row.integer(value.parse::<i64>().map_err(|_| wrong())?),
            AttributeType::Number => row.number(Some(finite(value).ok_or_else(wrong)?)),
            AttributeType::Boolean => row.boolean(boolean(value).ok_or_else(wrong)?),
            AttributeType::Date => row.date(days(value).ok_or_else(wrong)?),
            AttributeType::Text => row.text(value),
        };
    }
    Ok(())
}

fn finite(value: &str) -> Option<f64> {
    value.parse().ok().filter(|number: &f64| number.is_finite())
}

fn boolean(value: &str) -> Option<bool> {
    if value.eq_ignore_ascii_case("true") {
        Some(true)
    } else if value.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

/// Days from 1970-01-01 to an ISO 8601 calendar date of the proleptic Gregorian calendar.
fn days(value: &str) -> Option<i32> {
    let mut parts = value.splitn(3, '-').map(|part| part.parse::<u32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let lengths = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let place = usize::try_from(month.checked_sub(1)?).ok()?;
    if year > 9999 || day == 0 || day > *lengths.get(place)? {
        return None;
    }
    let years = i32::try_from(year).ok()? - 1;
    let before = years * 365 + years.div_euclid(4) - years.div_euclid(100) + years.div_euclid(400);
    let within: u32 = lengths[..place].iter().sum::<u32>() + day - 1;
    const DAYS_TO_1970: i32 = 719_162;
    Some(before + i32::try_from(within).ok()? - DAYS_TO_1970)
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn dates_are_days_since_1970() {
        assert_eq!(days("1970-01-01"), Some(0));
        assert_eq!(days("1969-12-31"), Some(-1));
        assert_eq!(days("2000-03-01"), Some(11_017));
        assert_eq!(days("2024-02-29"), Some(19_782));
        assert_eq!(days("0000-12-31"), Some(-719_163));
        assert_eq!(days("2023-02-29"), None);
        assert_eq!(days("2023-13-01"), None);
        assert_eq!(days("May"), None);
    }
}
