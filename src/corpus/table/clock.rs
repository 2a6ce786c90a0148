//! Times in the cells of tables.

/// The seconds that a cell stands for: `12.5`, `12,5`, `5 s`, `1:02`, `00:01:02.500`, `00:01:02,500`, or milliseconds.
/// A time that is negative, or no number, is none.
pub(super) fn seconds(cell: &str, milliseconds: bool) -> Option<f64> {
    let cell = cell.trim().trim_matches(|bracket| matches!(bracket, '[' | ']' | '(' | ')'));
    if cell.contains(':') {
        return clock(cell);
    }
    let lower = cell.to_ascii_lowercase();
    let (figures, milliseconds) =
        match (lower.strip_suffix("ms"), lower.strip_suffix("sec").or(lower.strip_suffix('s'))) {
            (Some(figures), _) => (figures, true),
            (None, Some(figures)) => (figures, false),
            (None, None) => (lower.as_str(), milliseconds),
        };
    let number = number(figures.trim_end())?;
    Some(if milliseconds { number / 1000.0 } else { number })
}

/// `m:ss` or `h:mm:ss`, with decimals or without.
fn clock(cell: &str) -> Option<f64> {
    let mut fields = cell.split(':');
    let mut seconds = whole(fields.next()?)?;
    let mut rest: Vec<&str> = fields.collect();
    let last = rest.pop()?;
    if rest.len() > 1 {
        return None;
    }
    for field in rest {
        seconds = seconds * 60.0 + whole(field).filter(|minutes| *minutes < 60.0)?;
    }
    Some(seconds * 60.0 + number(last).filter(|seconds| *seconds < 60.0)?)
}

fn whole(figures: &str) -> Option<f64> {
    let figures = figures.trim();
    let sound = (1..=4).contains(&figures.len()) && figures.bytes().all(|byte| byte.is_ascii_digit());
    if sound { figures.parse().ok() } else { None }
}

/// A number with a decimal point or comma.
fn number(figures: &str) -> Option<f64> {
    let figures = figures.trim();
    let sound = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'e' | b'E' | b'-' | b'+');
    if !figures.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '.' | ','))
        || !figures.bytes().all(sound)
    {
        return None;
    }
    figures.replacen(',', ".", 1).parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn times_in_seconds_clock_and_milliseconds() {
        for (cell, expected) in [
            ("2.533", 2.533),
            ("12,5", 12.5),
            (" 7 ", 7.0),
            ("5 s", 5.0),
            ("1:02", 62.0),
            ("01:02:03.5", 3723.5),
            ("[00:00:12,340]", 12.34),
            ("90:00", 5400.0),
        ] {
            assert_eq!(seconds(cell, false), Some(expected), "{cell}");
        }
        assert_eq!(seconds("2533", true), Some(2.533));
        assert_eq!(seconds("2533ms", false), Some(2.533));
        assert_eq!(seconds("00:00:02.5", true), Some(2.5));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for cell in ["", "soon", "-1", "1:2:3:4", "1:75", "NaN", "inf", "1e400", ":", "1:", "2024-01-05", "1,2,3"] {
            assert_eq!(seconds(cell, false), None, "{cell}");
        }
    }
}
