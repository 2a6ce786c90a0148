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
//! | T030 | note: the content is not what the name's ending says; it was read by its content |
//! | T031 | skipped: protected by a password |
//! | T032 | skipped: unpacks to far more than its size allows for |
//! | T033 | skipped (pictures and recordings: note): a kind of file that cannot be read |
//! | T034 | note: left out of the text: comments, footnotes, field codes and the like |
//! | T035 | warning: entities that the file defines for itself stay as they are written |
//! | T036 | note: recognised by its content, for its name's ending says nothing |
//! | T037 | warning: Rich Text that breaks off, read as far as it goes |
//! | T040 | skipped: a variant of its format that is not read, or another format under its name |
//! | T041 | note: a table without the columns of a transcript |
//! | T042 | note: a table about documents of the corpus |
//! | T043 | warning: rows of a table that name no document |
//! | T044 | warning: rows with more cells than the header, or a quotation mark that is never closed |
//! | T045 | warning: times in a table that cannot be read |
//! | T046 | note: tiers that hold no speech of their own, left out |
//! | T047 | note: files whose names differ in a number only, not joined |
//! | T048 | skipped: a document of a table with the id of another |
//! | T050 | skipped: a PDF that is encrypted |
//! | T051 | skipped: a PDF without a text layer |
//! | T052 | note: running headers, footers and page numbers of a PDF, left out |
//! | T053 | note: numbers in the margin of a PDF, left out |
//! | T054 | warning: a damaged PDF, read as far as it could be |
//! | T055 | warning: pages of a PDF with a picture and no text |
//! | T056 | warning: characters of a PDF without a meaning, left out |
//! | T057 | note: printed matter between turns of proceedings, taken for headings |
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
//! | S011 | rows that are the same as each other in a circle |
//! | S012 | a row that is the same as another, and they disagree |
//!
//! Without another word, a D or S code is fatal ([`CorpusError::Tables`]).

mod attribute;
mod captions;
pub(crate) mod decode;
mod discover;
mod documents;
mod docx;
mod eaf;
mod error;
mod flow;
mod foreign;
mod format;
mod fragment;
mod front_matter;
mod html;
mod join;
mod markup;
mod odt;
mod options;
mod package;
mod pdf;
mod plain;
mod properties;
mod read;
mod recogniser;
mod rendered;
mod rock;
mod role;
mod rtf;
mod same_as;
mod sheet;
mod sniff;
mod speakers;
mod spoken;
mod table;
mod tei;
mod textgrid;
mod timing;
mod transcript;
mod utterance;
mod xml;

pub use attribute::{AttributeColumn, AttributeType};
pub use discover::{Discovered, JoinedFile, SourceFile, discover, discover_with};
pub use documents::{Attributes, DocumentEntry};
pub use error::CorpusError;
pub use options::{Column, ColumnNames, ReadingOptions};
pub use plain::is_like_a_name;
pub use properties::{Properties, properties};
pub use read::{FileBytes, ReadError, Told, documents, fetch, parse, read};
pub use role::{Role, RoleRules};
pub use same_as::cleaned;
pub use sheet::RESERVED;
pub use speakers::{SpeakerRow, Speakers, Who};
pub use transcript::{Format, Paragraph, ParagraphKind, Transcript};
