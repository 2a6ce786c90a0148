//! Whose JSON it is, by its outermost names.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// Whose JSON it is.
#[derive(Debug, PartialEq)]
pub(super) enum Shape {
    /// `segments`: Whisper, WhisperX, the podcast namespace; or the whole as one `text`.
    Segments,
    /// A list of segments.
    List,
    /// AssemblyAI.
    Assembly,
    /// Amazon Transcribe.
    Amazon,
    /// Otter.
    Otter,
    /// Somebody else's: what stands in it.
    Unknown(String),
}

/// So many names are told and looked at.
const MOST_NAMES: usize = 200;
/// So many are told.
const TOLD: usize = 8;
/// The only names beside `text` in a transcript without times.
const BESIDE_TEXT: &[&str] = &["text", "language", "duration", "task", "usage", "logprobs", "words"];

/// The shape of a JSON text.
///
/// # Errors
/// If the text is not JSON.
pub(super) fn of(text: &str) -> serde_json::Result<Shape> {
    Ok(match serde_json::from_str(text)? {
        Outermost::Names(names) => by_names(&names),
        Outermost::List => Shape::List,
        Outermost::Other => Shape::Unknown("it is a single value".to_owned()),
    })
}

fn by_names(names: &[String]) -> Shape {
    let has = |name: &str| names.iter().any(|found| found == name);
    if has("segments") {
        Shape::Segments
    } else if has("utterances") || (has("words") && (has("audio_url") || has("status") || has("confidence"))) {
        Shape::Assembly
    } else if has("results") {
        Shape::Amazon
    } else if has("speech") || has("transcripts") {
        Shape::Otter
    } else if has("text") && names.iter().all(|name| BESIDE_TEXT.contains(&name.as_str())) {
        Shape::Segments
    } else if names.is_empty() {
        Shape::Unknown("it holds nothing".to_owned())
    } else {
        let told: Vec<String> = names.iter().take(TOLD).map(|name| format!("`{name}`")).collect();
        let more = if names.len() > TOLD { " and more" } else { "" };
        Shape::Unknown(format!("its outermost names are {}{more}", told.join(", ")))
    }
}

enum Outermost {
    Names(Vec<String>),
    List,
    Other,
}

impl<'de> Deserialize<'de> for Outermost {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OutermostVisitor)
    }
}

struct OutermostVisitor;

impl<'de> Visitor<'de> for OutermostVisitor {
    type Value = Outermost;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a transcript")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Outermost, A::Error> {
        let mut names = Vec::new();
        while let Some((name, IgnoredAny)) = map.next_entry::<String, IgnoredAny>()? {
            if names.len() < MOST_NAMES {
                names.push(name.chars().take(40).collect());
            }
        }
        Ok(Outermost::Names(names))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Outermost, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Outermost::List)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Outermost, E> {
        Ok(Outermost::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Outermost, E> {
        Ok(Outermost::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Outermost, E> {
        Ok(Outermost::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Outermost, E> {
        Ok(Outermost::Other)
    }

    fn visit_str<E>(self, _: &str) -> Result<Outermost, E> {
        Ok(Outermost::Other)
    }

    fn visit_unit<E>(self) -> Result<Outermost, E> {
        Ok(Outermost::Other)
    }
}
