//! Files to text and labelled paragraphs.

mod attribute;
mod role;
mod transcript;

pub use attribute::{AttributeColumn, AttributeType};
pub use role::Role;
pub use transcript::{Format, Paragraph, ParagraphKind, Transcript};
