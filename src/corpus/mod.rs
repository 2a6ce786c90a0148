//! Files to text and labelled paragraphs.
//!
//! [`discover()`] finds the transcripts of a corpus, [`read()`] makes a [`Transcript`] of each, and [`properties()`] reads
//! what is known of documents and speakers. A bad transcript becomes a diagnostic and never stops the rest; a fault
//! in `documents.csv` or `speakers.csv` stops the run, because attributes left out in silence would falsify tables.
//!
//! | code | meaning |
//! |---|---|
//! | T001 | skipped: a transcript in a format that cannot be read yet |
//! | T002 | note: another file, not read |
//! | T003 | skipped: unreadable file or folder, or a link to nothing |
//! | T004 | skipped: empty file |
//! | T005 | skipped: NUL bytes, so no text |
//! | T006 | skipped: 4 GiB or more |
//! | T007 | skipped: changed twice while it was read |
//! | T008 | skipped: a symbolic link that leads back to a folder above it |
//! | T009 | skipped: the name is not Unicode |
//! | T010 | note: the encoding was guessed |
//! | T011 | warning: damaged characters were replaced |
//! | T012 | note: no speakers' labels |
//! | T013 | note: many words before the first label, taken for headings |
//! | T014 | note: looks like a label and was taken for words |
//! | T015 | warning: front matter that is not YAML, taken for text |
//! | T016 | warning: a list or mapping in the front matter, left out |
//! | T017 | note: a link to a file that is read under another name |
//! | T018 | skipped: damaged, or not in the format of its name |
//! | T020 | warning: damaged times of a caption; its words are read |
//! | T021 | warning: words outside of captions, read |
//! | T022 | note: times go back; put in their order |
//! | T023 | warning: an end before its start, left out |
//! | T024 | note: rolling captions, their repetitions left out |
//! | T025 | warning: a .vtt file without the first line of WebVTT |
//! | T026 | skipped: JSON that is no transcript known |
//! | D001 | `documents.csv` cannot be read |
//! | D002 | its first column isn't `document` |
//! | D003 | a row with too few or too many cells |
//! | D004 | warning: a row for an absent document, left out |
//! | D005 | two rows for a document |
//! | D006 | a column with the name of one of ours |
//! | D007 | a column without a name, or with another's |
//! | D008 | front matter and `documents.csv` disagree |
//! | D009 | front matter with the name of one of our columns |
//! | D010 | a row that names no document |
//! | S001 | `speakers.csv` cannot be read |
//! | S002 | it has no column `speaker` |
//! | S003 | a row with too few or too many cells |
//! | S004 | an unknown role |
//! | S005 | a column with the name of one of ours |
//! | S006 | a column without a name, or with another's |
//! | S007 | two rows for a speaker |
//! | S008 | a row that names no speaker |
//! | S009 | warning: a row for an absent document, left out |
//! | S010 | warning: the column `same_as` is not used yet |
//!
//! Without another word, a D or S code is fatal ([`CorpusError::Tables`]).

mod attribute;
mod captions;
mod decode;
mod discover;
mod documents;
mod error;
mod format;
mod fragment;
mod front_matter;
mod plain;
mod properties;
mod read;
mod recogniser;
mod rendered;
mod role;
mod sheet;
mod speakers;
mod timing;
mod transcript;
mod utterance;

pub use attribute::{AttributeColumn, AttributeType};
pub use discover::{Discovered, SourceFile, discover};
pub use documents::{Attributes, DocumentEntry};
pub use error::CorpusError;
pub use properties::{Properties, properties};
pub use read::{FileBytes, ReadError, fetch, parse, read};
pub use role::{Role, RoleRules};
pub use sheet::RESERVED;
pub use speakers::{SpeakerRow, Speakers};
pub use transcript::{Format, Paragraph, ParagraphKind, Transcript};
