//! Codes, themes and tracks as levels of counting: their ids in order, and which codes belong to which.

use std::collections::HashMap;

use crate::codebook::Codebook;

use super::Level;
use super::bits::Bits;

/// The ids of one level, numbered in the order of their UTF-8 bytes.
#[derive(Debug, Clone)]
pub(super) struct LevelIndex {
    pub(super) level: Level,
    pub(super) ids: Vec<String>,
    pub(super) labels: Vec<String>,
    /// For each code of the codebook, the numbers of the ids it evidences, ascending.
    pub(super) of_code: Vec<Vec<u32>>,
    /// For each id, its codes.
    members: Vec<Bits>,
    /// For each id, the codes that its codes' patterns refer to, directly or through others.
    referred: Vec<Bits>,
}

impl LevelIndex {
    /// All three levels of a codebook, in the order of [`Level::ALL`].
    pub(super) fn all(codebook: &Codebook) -> [Self; 3] {
        let referred = referred_codes(codebook);
        Level::ALL.map(|level| Self::of(codebook, level, &referred))
    }

    fn of(codebook: &Codebook, level: Level, referred_by_code: &[Bits]) -> Self {
        let codes = codebook.codes.len();
        let (names, positions): (Vec<(&str, &str)>, Vec<Vec<usize>>) = match level {
            Level::Code => (
                codebook.codes.iter().map(|code| (code.id.as_str(), code.label.as_str())).collect(),
                (0..codes).map(|code| vec![code]).collect(),
            ),
            Level::Theme => (
                codebook.themes.iter().map(|theme| (theme.id.as_str(), theme.label.as_str())).collect(),
                codebook.codes.iter().map(|code| theme_and_above(codebook, code.theme)).collect(),
            ),
            Level::Track => (
                codebook.tracks.iter().map(|track| (track.id.as_str(), track.label.as_str())).collect(),
                codebook.codes.iter().map(|code| code.tracks.clone()).collect(),
            ),
        };
        let mut order: Vec<usize> = (0..names.len()).collect();
        order.sort_by_key(|&position| names[position].0.as_bytes());
        let mut number = vec![0_u32; names.len()];
        order.iter().enumerate().for_each(|(rank, &position)| number[position] = rank as u32);
        let of_code: Vec<Vec<u32>> = positions
            .iter()
            .map(|positions| {
                let mut numbers: Vec<u32> = positions.iter().map(|&position| number[position]).collect();
                numbers.sort_unstable();
                numbers.dedup();
                numbers
            })
            .collect();
        let mut members = vec![Bits::below(codes); names.len()];
        let mut referred = vec![Bits::below(codes); names.len()];
        for (code, numbers) in of_code.iter().enumerate() {
            for &number in numbers {
                members[number as usize].insert(code);
                referred[number as usize].add_all(&referred_by_code[code]);
            }
        }
        Self {
            level,
            ids: order.iter().map(|&position| names[position].0.to_owned()).collect(),
            labels: order.iter().map(|&position| names[position].1.to_owned()).collect(),
            of_code,
            members,
            referred,
        }
    }

    /// How many ids there are.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The codes of an id, ascending.
    pub(super) fn codes_of(&self, number: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.of_code.len()).filter(move |&code| self.members[number].contains(code))
    }

    /// How many codes belong to both.
    pub(super) fn shared_codes(&self, a: usize, b: usize) -> u64 {
        self.members[a].common(&self.members[b])
    }

    /// Whether a pattern of a code of one refers to a code of the other, directly or through others.
    pub(super) fn refer(&self, a: usize, b: usize) -> bool {
        self.referred[a].meets(&self.members[b]) || self.referred[b].meets(&self.members[a])
    }
}

fn theme_and_above(codebook: &Codebook, theme: usize) -> Vec<usize> {
    let mut chain = vec![theme];
    while let Some(parent) = codebook.themes[chain[chain.len() - 1]].parent {
        if chain.contains(&parent) {
            break;
        }
        chain.push(parent);
    }
    chain
}

/// For each code, the codes that its patterns refer to by `code:`, directly or through others.
fn referred_codes(codebook: &Codebook) -> Vec<Bits> {
    let positions: HashMap<&str, usize> =
        codebook.codes.iter().enumerate().map(|(position, code)| (code.id.as_str(), position)).collect();
    let mut referred = vec![Bits::below(codebook.codes.len()); codebook.codes.len()];
    for &code in &codebook.order {
        let mut all = Bits::below(codebook.codes.len());
        let names = codebook.codes[code].patterns.iter().flat_map(|pattern| pattern.tree.codes());
        for position in names.filter_map(|name| positions.get(name)) {
            all.insert(*position);
            all.add_all(&referred[*position]);
        }
        referred[code] = all;
    }
    referred
}
