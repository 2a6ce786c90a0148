//! Ids of codes, themes and tracks as other programs know them.
//!
//! They are name-based (UUID version 5, RFC 9562 section 5.5), so that a codebook that is exported twice has the same
//! ids, and a program that takes in both knows a code again.

use uuid::Uuid;

/// What an id is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entry {
    Code,
    Theme,
    Track,
}

/// The GUID of an entry of a codebook, in lower case with hyphens.
pub(crate) fn guid(book: &str, entry: Entry, id: &str) -> String {
    let kind = match entry {
        Entry::Code => "code",
        Entry::Theme => "theme",
        Entry::Track => "track",
    };
    let codebook = Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("urn:qualcode:codebook:{book}").as_bytes());
    Uuid::new_v5(&codebook, format!("{kind}/{id}").as_bytes()).to_string()
}

#[cfg(test)]
mod tests {
    use super::{Entry, guid};

    #[test]
    fn it_follows_from_the_names() {
        // Python: uuid5(uuid5(NAMESPACE_URL, "urn:qualcode:codebook:b"), "code/c")
        assert_eq!(guid("b", Entry::Code, "c"), "1439f0c4-5d7f-5f26-85ee-a541f70e58b9");
        assert_ne!(guid("b", Entry::Code, "c"), guid("b", Entry::Theme, "c"));
    }
}
