//! The parts of a code's entry as one text, for formats that have a single description, and back again.
//!
//! The definition comes first; every other part is a paragraph that begins with its name, so that people can read it
//! and [`split()`] can tell the parts apart.

/// What stands before a part.
const LABELS: [(&str, Part); 7] = [
    ("When to use: ", Part::Include),
    ("When not to use: ", Part::Exclude),
    ("Example: ", Part::Coded),
    ("Not an example: ", Part::NotCoded),
    ("Source: ", Part::Source),
    ("Memo: ", Part::Memo),
    ("qualcode id: ", Part::Id),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Include,
    Exclude,
    Coded,
    NotCoded,
    Source,
    Memo,
    Id,
}

/// What a description can hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Description {
    /// Full definition.
    pub(crate) definition: Option<String>,
    /// When to use the code.
    pub(crate) include: Option<String>,
    /// When not to use it.
    pub(crate) exclude: Option<String>,
    /// Sentences that must be coded.
    pub(crate) coded: Vec<String>,
    /// Sentences that must not.
    pub(crate) not_coded: Vec<String>,
    /// Where it comes from.
    pub(crate) source: Option<String>,
    /// Notes.
    pub(crate) memo: Option<String>,
    /// The id in qualcode, which names it in tables.
    pub(crate) id: Option<String>,
}

impl Description {
    /// The parts as one text; empty if there are none.
    pub(crate) fn compose(&self) -> String {
        let mut paragraphs: Vec<String> = self.definition.iter().cloned().collect();
        for (label, part) in LABELS {
            let values: Vec<&String> = match part {
                Part::Include => self.include.iter().collect(),
                Part::Exclude => self.exclude.iter().collect(),
                Part::Coded => self.coded.iter().collect(),
                Part::NotCoded => self.not_coded.iter().collect(),
                Part::Source => self.source.iter().collect(),
                Part::Memo => self.memo.iter().collect(),
                Part::Id => self.id.iter().collect(),
            };
            paragraphs.extend(values.into_iter().map(|value| format!("{label}{value}")));
        }
        paragraphs.join("\n\n")
    }

    fn add(&mut self, part: Option<Part>, text: &str) {
        let value = || Some(text.to_owned());
        match part {
            None => self.definition = value().filter(|text| !text.is_empty()),
            Some(Part::Include) => self.include = value(),
            Some(Part::Exclude) => self.exclude = value(),
            Some(Part::Coded) => self.coded.push(text.to_owned()),
            Some(Part::NotCoded) => self.not_coded.push(text.to_owned()),
            Some(Part::Source) => self.source = value(),
            Some(Part::Memo) => self.memo = value(),
            Some(Part::Id) => self.id = value(),
        }
    }
}

/// The parts of a text that [`Description::compose()`] made. In other texts a paragraph that begins with the name of
/// a part is that part, and the rest is the definition.
pub(crate) fn split(text: &str) -> Description {
    let label_at = |text: &str| LABELS.into_iter().find(|(label, _)| text.starts_with(label));
    let mut description = Description::default();
    let (mut part, mut start, mut at) = (None, 0, 0);
    if let Some((label, first)) = label_at(text) {
        (part, start, at) = (Some(first), label.len(), label.len());
    }
    while let Some(found) = text[at..].find("\n\n") {
        let (end, next) = (at + found, at + found + 2);
        at = end + 1;
        if let Some((label, following)) = label_at(&text[next..]) {
            description.add(part, &text[start..end]);
            (part, start, at) = (Some(following), next + label.len(), next + label.len());
        }
    }
    description.add(part, &text[start..]);
    description
}

#[cfg(test)]
mod tests {
    use super::{Description, split};

    #[test]
    fn what_was_composed_is_split_again() {
        let some = |text: &str| Some(text.to_owned());
        let description = Description {
            definition: some("Means this.\n\nAnd that."),
            include: some("Always"),
            coded: vec!["One.".to_owned(), "Two.".to_owned()],
            id: some("x-1"),
            ..Description::default()
        };
        let text = description.compose();
        assert_eq!(
            text,
            "Means this.\n\nAnd that.\n\nWhen to use: Always\n\nExample: One.\n\nExample: Two.\n\nqualcode id: x-1"
        );
        assert_eq!(split(&text), description);
        assert_eq!(split("Source: a book").source.as_deref(), Some("a book"));
        assert_eq!(split(""), Description::default());
    }
}
