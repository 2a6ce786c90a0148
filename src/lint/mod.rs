//! What looks wrong in a corpus: findings with document, place, severity and mend.
//!
//! [`document()`] looks at one transcript by itself; the store does so once, when it reads it. [`Labels`] looks at
//! the speakers of all documents, [`Duplicates`] at documents that are nearly the same; both take a summary of
//! bounded size per document. Whether a guide question is asked is [`crate::workbench`]'s to say, since it takes a
//! codebook's patterns.
//!
//! | code | meaning |
//! |---|---|
//! | L001 | warning: a label that looks like a misspelling of another |
//! | L002 | warning: a label that looks like another way to write one, or a short form |
//! | L003 | note: labels that occur once |
//! | L004 | warning: a label that hardly is a speaker |
//! | L005 | warning: nobody interviews |
//! | L006 | warning or note: guide questions that are not found |
//! | L007 | warning: a turn of over 5,000 words |
//! | L008 | warning: characters that were decoded wrongly before |
//! | L009 | warning: characters that were lost before |
//! | L010 | warning: some transcripts in another encoding than the rest |
//! | L011 | warning: times that go backwards |
//! | L012 | warning: documents that are nearly the same |
//! | L013 | warning: turns without words; note: a label without any |
//! | L014 | warning: a document without labels among documents with labels |

mod characters;
mod document;
mod duplicates;
mod empty_turns;
mod encodings;
mod false_speakers;
mod finding;
mod interviewers;
mod labels;
mod long_turns;
mod sketch;
mod spelling;
mod start;
mod times;
mod unlabelled;
mod voices;

pub use document::document;
pub use duplicates::Duplicates;
pub use encodings::mixed_encodings;
pub use finding::Finding;
pub use labels::{LabelFindings, Labels};
pub use sketch::Sketch;
pub use start::{StartRow, speakers_csv};
pub use voices::{Voice, Voices, voices};
