//! The id of a coding.

use sha2::{Digest, Sha256};

use crate::coding::Coding;

const HEX: &[u8; 16] = b"0123456789abcdef";

/// Makes the ids of one document's codings.
#[derive(Clone)]
pub struct CodingIds {
    begun: Sha256,
}

impl CodingIds {
    /// For the codings of a document.
    pub fn of(document: &str) -> Self {
        let mut begun = Sha256::new();
        field(&mut begun, document.as_bytes());
        Self { begun }
    }

    /// The id of a coding of the code with id `code`: 128 bits in GUID form, lower case. They are the first bits of
    /// the SHA-256 of document, code, start_char, end_char and text, each led by its length in bytes (64 bits,
    /// little-endian) and the offsets as 64-bit little-endian numbers, with version and variant set as RFC 9562
    /// has it for UUIDv8. So the same coding has the same id in every run, on every machine.
    pub fn id(&self, code: &str, coding: &Coding) -> String {
        let mut hash = self.begun.clone();
        field(&mut hash, code.as_bytes());
        field(&mut hash, &u64::from(coding.chars.start).to_le_bytes());
        field(&mut hash, &u64::from(coding.chars.end).to_le_bytes());
        field(&mut hash, coding.text.as_bytes());
        let digest = hash.finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        bytes[6] = bytes[6] & 0x0f | 0x80;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        hyphenated(bytes)
    }
}

fn field(hash: &mut Sha256, bytes: &[u8]) {
    hash.update((bytes.len() as u64).to_le_bytes());
    hash.update(bytes);
}

fn hyphenated(bytes: [u8; 16]) -> String {
    let mut text = [b'-'; 36];
    let mut place = 0;
    for (number, byte) in bytes.into_iter().enumerate() {
        place += usize::from(matches!(number, 4 | 6 | 8 | 10));
        text[place] = HEX[usize::from(byte >> 4)];
        text[place + 1] = HEX[usize::from(byte & 15)];
        place += 2;
    }
    std::str::from_utf8(&text).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::hyphenated;

    #[test]
    fn an_id_is_hyphenated_as_a_guid() {
        let bytes = std::array::from_fn(|place| place as u8 * 17);
        assert_eq!(hyphenated(bytes), "00112233-4455-6677-8899-aabbccddeeff");
    }
}
