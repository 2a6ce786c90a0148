//! Dates and times as Excel keeps them: numbers of days.

/// What a number in a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Kind {
    #[default]
    Number,
    Date,
    Time,
    DateTime,
}

impl Kind {
    /// The kind of a format that Excel has of its own (ISO/IEC 29500-1, 18.8.30).
    pub(super) fn built_in(id: u32) -> Self {
        match id {
            14..=17 => Self::Date,
            18..=21 | 45..=47 => Self::Time,
            22 => Self::DateTime,
            _ => Self::Number,
        }
    }

    /// The kind of a format code: the letters of dates and times in it, outside of literals and brackets.
    pub(super) fn of_code(code: &str) -> Self {
        let (mut date, mut time) = (false, false);
        let mut letters = code.split(';').next().unwrap_or(code).chars();
        while let Some(letter) = letters.next() {
            match letter.to_ascii_lowercase() {
                '\\' | '_' | '*' => _ = letters.next(),
                '"' => _ = letters.by_ref().find(|end| *end == '"'),
                '[' => {
                    let inner: String = letters.by_ref().take_while(|end| *end != ']').collect();
                    time |= matches!(inner.to_ascii_lowercase().trim_matches(['h', 'm', 's']), "") && !inner.is_empty();
                }
                'y' | 'd' => date = true,
                'h' | 's' => time = true,
                _ => {}
            }
        }
        let months = code.to_ascii_lowercase().contains("mmm");
        match (date || (months && !time), time) {
            (true, true) => Self::DateTime,
            (true, false) => Self::Date,
            (false, true) => Self::Time,
            (false, false) => Self::Number,
        }
    }
}

/// The seconds of a time of day or a duration, to the millisecond.
pub(super) fn seconds(days: f64) -> f64 {
    (days * 86_400_000.0).round() / 1000.0
}

/// A number as text: a date as `2026-11-23`, a time as `01:02:03.5`, anything else in as few digits as tell it apart.
pub(super) fn shown(number: f64, kind: Kind, from_1904: bool) -> String {
    // Year 9999; what is beyond is no date.
    let is_date = (0.0..2_958_466.0).contains(&number);
    match kind {
        Kind::Date if is_date => date(number, from_1904),
        Kind::Time if is_date => clock(seconds(number)),
        Kind::DateTime if is_date => {
            format!("{} {}", date(number, from_1904), clock(seconds(number - number.floor())))
        }
        _ => number.to_string(),
    }
}

fn clock(seconds: f64) -> String {
    let milliseconds = (seconds * 1000.0).round() as u64;
    let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000);
    let mut shown = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest > 0 {
        shown.push_str(&format!(".{rest:03}"));
    }
    shown
}

/// The day of a serial number, by the algorithm of Howard Hinnant's `civil_from_days` (chrono-Compatible Low-Level
/// Date Algorithms). Day 60 of the 1900 system is a 29 February that never was; days before it are one off.
fn date(number: f64, from_1904: bool) -> String {
    let serial = number.floor() as i64;
    let since_1970 = match (from_1904, serial) {
        (true, _) => serial - 24_107,
        (false, 60) => return "1900-02-29".to_owned(),
        (false, ..60) => serial - 25_568,
        (false, _) => serial - 25_569,
    };
    let shifted = since_1970 + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::{Kind, seconds, shown};

    #[test]
    fn days_become_dates_and_times() {
        assert_eq!(shown(44_197.0, Kind::Date, false), "2021-01-01");
        assert_eq!(shown(1.0, Kind::Date, false), "1900-01-01");
        assert_eq!(shown(61.0, Kind::Date, false), "1900-03-01");
        assert_eq!(shown(0.0, Kind::Date, true), "1904-01-01");
        assert_eq!(shown(43_890.0, Kind::Date, false), "2020-02-29");
        assert_eq!(shown(44_197.5, Kind::DateTime, false), "2021-01-01 12:00:00");
        assert_eq!(shown(0.043_101_851_851_851_85, Kind::Time, false), "01:02:04");
        assert_eq!(seconds(2.533 / 86_400.0), 2.533);
        assert_eq!(shown(-1.0, Kind::Date, false), "-1");
        assert_eq!(shown(0.1 + 0.2, Kind::Number, false), "0.30000000000000004");
        assert_eq!(shown(5.0, Kind::Number, false), "5");
    }

    #[test]
    fn format_codes_tell_dates_from_times() {
        for (code, kind) in [
            ("yyyy-mm-dd", Kind::Date),
            ("[h]:mm:ss", Kind::Time),
            ("mm:ss.0", Kind::Time),
            ("d/m/yy h:mm", Kind::DateTime),
            ("0.00\" days\"", Kind::Number),
            ("[Red]0.0", Kind::Number),
            ("mmm", Kind::Date),
            ("General", Kind::Number),
            ("#,##0\\ \"s\"", Kind::Number),
        ] {
            assert_eq!(Kind::of_code(code), kind, "{code}");
        }
    }
}
