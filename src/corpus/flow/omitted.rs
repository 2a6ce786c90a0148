//! What a document holds beside its words.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};

/// How many of what were left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::corpus) struct Omitted {
    counts: BTreeMap<&'static str, usize>,
}

impl Omitted {
    /// Counts things by their name in the singular.
    pub(super) fn add(&mut self, what: &'static str, count: usize) {
        if count > 0 {
            *self.counts.entry(what).or_default() += count;
        }
    }

    /// The note that tells of them, if there are any.
    pub(super) fn diagnostic(&self, path: &str) -> Option<Diagnostic> {
        let mut list = String::new();
        for (index, (what, count)) in self.counts.iter().enumerate() {
            if index > 0 {
                list.push_str(if index + 1 == self.counts.len() { " and " } else { ", " });
            }
            list.push_str(&format!("{count} {what}{}", if *count == 1 { "" } else { "s" }));
        }
        let mend = "copy them into the text if somebody said them";
        (!list.is_empty())
            .then(|| Diagnostic::new(Severity::Note, "T034", path, format!("left out of the text: {list}"), mend))
    }
}

#[cfg(test)]
mod tests {
    use super::Omitted;

    #[test]
    fn the_note_counts_each_kind() {
        let mut omitted = Omitted::default();
        assert_eq!(omitted.diagnostic("a.docx"), None);
        omitted.add("footnote", 1);
        omitted.add("comment", 1);
        omitted.add("comment", 2);
        omitted.add("endnote", 0);
        let told = omitted.diagnostic("a.docx").expect("a note");
        assert_eq!(told.message, "left out of the text: 3 comments and 1 footnote");
    }
}
