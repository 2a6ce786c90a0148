//! Ids made from names.

use std::collections::{HashMap, HashSet};

use icu_normalizer::DecomposingNormalizerBorrowed;

const NFD: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizerBorrowed::new_nfd();
/// Longest id made from a name, in bytes.
const LONGEST: usize = 60;

/// Ids given so far; capitals alone do not make two ids different, for there are programs that take no notice.
#[derive(Debug, Default)]
pub(super) struct Ids {
    given: HashSet<String>,
    /// The last number behind each id, so that many of one name cost no more than others.
    numbers: HashMap<String, u32>,
}

impl Ids {
    /// An id from `name`, unlike all before: the name's letters and digits, accents taken off, with hyphens between.
    /// If it is taken, `above` is put before it (the name of the category above), then a number behind it. `kind`
    /// stands for names that have no such letter, and behind those of our columns.
    pub(super) fn give(&mut self, name: &str, above: &str, kind: &str) -> String {
        let mut id = plain(name);
        if id.is_empty() {
            id = kind.to_owned();
        }
        if super::super::read::is_column(&id) {
            id = format!("{id}-{kind}");
        }
        if self.given.insert(id.to_ascii_lowercase()) {
            return id;
        }
        let above = plain(above);
        if !above.is_empty() {
            let longer = format!("{above}.{id}");
            if self.given.insert(longer.to_ascii_lowercase()) {
                return longer;
            }
        }
        let number = self.numbers.entry(id.to_ascii_lowercase()).or_insert(1);
        loop {
            *number += 1;
            let numbered = format!("{id}-{number}");
            if self.given.insert(numbered.to_ascii_lowercase()) {
                return numbered;
            }
        }
    }

    /// Takes an id that stands in the source, if it is legal and not taken.
    pub(super) fn keep(&mut self, id: &str) -> bool {
        is_legal(id) && !super::super::read::is_column(id) && self.given.insert(id.to_ascii_lowercase())
    }
}

/// Whether the codebook takes this id as it stands.
fn is_legal(id: &str) -> bool {
    id.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'))
}

/// The letters and digits of a name with hyphens between; empty if it has none of ASCII.
pub(super) fn plain(name: &str) -> String {
    let mut id = String::new();
    for character in NFD.normalize(name).chars() {
        match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' => id.push(character),
            '_' | '.' if !id.is_empty() => id.push(character),
            'ß' => id.push_str("ss"),
            'æ' | 'Æ' => id.push_str("ae"),
            'ø' | 'Ø' => id.push('o'),
            // Accents, which belong to the letter before.
            '\u{300}'..='\u{36f}' => {}
            _ if !id.is_empty() && !id.ends_with('-') => id.push('-'),
            _ => {}
        }
        if id.len() >= LONGEST {
            break;
        }
    }
    id.truncate(id.trim_end_matches(['-', '.', '_']).len());
    id
}

#[cfg(test)]
mod tests {
    use super::{Ids, plain};

    #[test]
    fn names_become_legal_ids() {
        for (name, id) in [
            ("HarmVirtue", "HarmVirtue"),
            ("+State+", "State"),
            ("Värdegrund & så", "Vardegrund-sa"),
            ("A_CATEGORY", "A_CATEGORY"),
            ("_x.", "x"),
            ("日本", ""),
        ] {
            assert_eq!(plain(name), id, "{name}");
        }
    }

    #[test]
    fn ids_differ_in_more_than_capitals() {
        let mut ids = Ids::default();
        let mut give = |name, above| ids.give(name, above, "code");
        assert_eq!(give("+State+", "Economy"), "State");
        assert_eq!(give("=state=", "Economy"), "Economy.state");
        assert_eq!(give("-STATE-", "Economy"), "STATE-2");
        assert_eq!(give("Case", ""), "Case-code");
        assert_eq!(give("日本", ""), "code");
        assert_eq!(give("中国", ""), "code-2");
    }
}
