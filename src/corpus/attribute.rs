//! Named properties of documents and speakers, and the types of their columns.

/// The type of an attribute, inferred from every value of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AttributeType {
    /// Whole numbers that fit 64 bits.
    Integer,
    /// Numbers with a point or an exponent.
    Number,
    /// `true` and `false`.
    Boolean,
    /// ISO 8601 calendar dates, `2009-10-14`.
    Date,
    /// Anything else.
    Text,
}

/// One column of attributes: its name, its type, and the value of each row as written (trimmed, never empty).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeColumn {
    /// Name, as in the header.
    pub name: String,
    /// Type of all values.
    pub kind: AttributeType,
}
