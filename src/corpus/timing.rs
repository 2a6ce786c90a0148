//! Times that cannot be: told, and left out where they would mislead; the words stay.

use super::fragment::Fragment;
use crate::diagnostic::{Diagnostic, Severity};

/// Takes out ends that lie before their starts and tells of them and of starts that go back. `piece` is the word for
/// one fragment, such as `caption`.
pub(super) fn check(path: &str, piece: &str, fragments: &mut [Fragment], diagnostics: &mut Vec<Diagnostic>) {
    let mut reversed = Faults::default();
    let mut backwards = Faults::default();
    let mut latest: Option<f64> = None;
    for (index, Fragment { said, line, .. }) in fragments.iter_mut().enumerate() {
        let Some(start) = said.start_time else { continue };
        if said.end_time.is_some_and(|end| end < start) {
            said.end_time = None;
            reversed.add(index, *line);
        }
        if latest.is_some_and(|latest| start < latest) {
            backwards.add(index, *line);
        }
        latest = Some(start);
    }
    reversed.tell(
        diagnostics,
        Severity::Warning,
        "T023",
        path,
        |count| format!("{count} {piece}(s) end before they start, the first of them here; their ends are left out"),
        "correct the times if you need end_time; the words are read",
    );
    backwards.tell(
        diagnostics,
        Severity::Note,
        "T022",
        path,
        |count| format!("{count} {piece}(s) start before the one above them, the first of them here; all are put in the order of time"),
        "look whether the turns stand in the right order; correct the times if not",
    );
}

/// Faults of one kind: how many, and where the first is.
#[derive(Debug, Default)]
pub(super) struct Faults {
    first: Option<(usize, Option<u32>)>,
    count: usize,
}

impl Faults {
    /// One more, at this number (from 0) and line (from 1).
    pub(super) fn add(&mut self, index: usize, line: Option<u32>) {
        self.first.get_or_insert((index, line));
        self.count += 1;
    }

    /// One diagnostic for all of them, if there are any; without a line it says the number of the piece.
    pub(super) fn tell(
        &self,
        diagnostics: &mut Vec<Diagnostic>,
        severity: Severity,
        code: &'static str,
        path: &str,
        message: impl FnOnce(usize) -> String,
        mend: &str,
    ) {
        let Some((index, line)) = self.first else { return };
        let mut message = message(self.count);
        if line.is_none() {
            message = message.replace("here", &format!("number {}", index + 1));
        }
        let told = Diagnostic::new(severity, code, path, message, mend);
        diagnostics.push(match line {
            Some(line) => told.at_line(line),
            None => told,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::corpus::fragment::Fragment;
    use crate::corpus::utterance::Utterance;

    fn piece(start: f64, end: f64, line: Option<u32>) -> Fragment {
        let said =
            Utterance { words: "so".to_owned(), start_time: Some(start), end_time: Some(end), ..Utterance::default() };
        Fragment { said, fresh: false, line }
    }

    #[test]
    fn impossible_times_are_told_with_their_place() {
        let mut pieces = vec![
            piece(5.0, 6.0, Some(2)),
            piece(4.0, 3.0, Some(5)),
            piece(7.0, 7.0, Some(8)),
            piece(6.0, 8.0, Some(9)),
        ];
        let mut told = Vec::new();
        check("a.vtt", "caption", &mut pieces, &mut told);
        let codes: Vec<_> = told.iter().map(|told| (told.code, told.line)).collect();
        assert_eq!(codes, [("T023", Some(5)), ("T022", Some(5))]);
        assert!(told[1].message.starts_with("2 caption(s)"));
        assert_eq!(pieces[1].said.end_time, None);
        assert_eq!(pieces[2].said.end_time, Some(7.0));
    }

    #[test]
    fn without_lines_the_number_is_told() {
        let mut told = Vec::new();
        check("a.json", "segment", &mut [piece(1.0, 2.0, None), piece(4.0, 3.0, None)], &mut told);
        assert!(told[0].message.contains("number 2") && told[0].line.is_none());
    }
}
