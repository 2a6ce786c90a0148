//! Who the speakers of a TEI document are, and when the points of its timeline lie.

use std::collections::HashMap;

use super::super::read::ReadError;
use super::super::xml::{Element, Piece, Walk};
use super::{FORMAT, id, pointers};

/// When an utterance begins and ends, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Times {
    pub(super) start: Option<f64>,
    pub(super) end: Option<f64>,
}

impl Times {
    /// These times, or the others where there are none.
    pub(super) fn or(self, other: Self) -> Self {
        Self { start: self.start.or(other.start), end: self.end.or(other.end) }
    }
}

/// What utterances point to.
#[derive(Debug, Default)]
pub(super) struct Header {
    names: HashMap<String, String>,
    times: HashMap<String, f64>,
}

impl Header {
    /// Reads the persons and timelines of the whole document.
    pub(super) fn read(text: &str) -> Result<Self, ReadError> {
        let mut header = Self::default();
        let mut walk = Walk::new(text, FORMAT);
        let mut person = None;
        let mut unit = 1.0;
        while let Some(piece) = walk.next()? {
            match piece {
                Piece::Open(element) => match element.name().as_str() {
                    "person" | "personGrp" => person = id(&element),
                    "persName" | "name" if person.is_some() => {
                        let own = id(&element);
                        let name = walk.text()?.split_whitespace().collect::<Vec<_>>().join(" ");
                        for key in [person.clone(), own].into_iter().flatten().filter(|_| !name.is_empty()) {
                            header.names.entry(key).or_insert_with(|| name.clone());
                        }
                    }
                    "timeline" => {
                        unit = match element.attribute("unit").as_deref() {
                            Some("ms") => 0.001,
                            Some("min") => 60.0,
                            Some("h") => 3600.0,
                            _ => 1.0,
                        };
                        let origin = element.attribute("origin");
                        if let Some(origin) = origin.as_deref().and_then(|origin| pointers(origin).next()) {
                            header.times.insert(origin.to_owned(), 0.0);
                        }
                    }
                    "when" => header.when(&element, unit),
                    _ => {}
                },
                Piece::Close(name) if matches!(name.as_str(), "person" | "personGrp") => person = None,
                Piece::Close(_) | Piece::Text(_) => {}
            }
        }
        Ok(header)
    }

    /// A point of the timeline: at a time, or at an interval since another that comes before it.
    fn when(&mut self, element: &Element<'_>, unit: f64) {
        let Some(id) = id(element) else { return };
        let time = match element.attribute("absolute") {
            Some(absolute) => seconds(&absolute, 1.0),
            None => {
                let interval = element.attribute("interval").and_then(|interval| seconds(&interval, unit));
                let since = element.attribute("since");
                let since = match since.as_deref().and_then(|since| pointers(since).next()) {
                    Some(since) => self.times.get(since).copied(),
                    None => Some(0.0),
                };
                interval.zip(since).map(|(interval, since)| since + interval)
            }
        };
        if let Some(time) = time {
            // Sums of milliseconds that are no binary fractions.
            self.times.insert(id, (time * 1e6).round() / 1e6);
        }
    }

    /// The names of the speakers that `who` points to.
    pub(super) fn names(&self, who: &str) -> String {
        pointers(who).map(|id| self.names.get(id).map_or(id, String::as_str)).collect::<Vec<_>>().join(", ")
    }

    /// The times that an element's attributes point to.
    pub(super) fn times(&self, element: &Element<'_>) -> Times {
        let point = |name| self.time(&element.attribute(name)?);
        Times { start: point("start").or_else(|| point("synch")), end: point("end") }
    }

    /// The times of the first and the last of the anchors in an utterance.
    pub(super) fn anchored(&self, anchors: &[String]) -> Times {
        let time = |anchor: Option<&String>| self.time(anchor?);
        let end = if anchors.len() > 1 { time(anchors.last()) } else { None };
        Times { start: time(anchors.first()), end }
    }

    fn time(&self, pointer: &str) -> Option<f64> {
        self.times.get(pointers(pointer).next()?).copied()
    }
}

/// A time as a number of units, or as `hh:mm:ss`.
fn seconds(value: &str, unit: f64) -> Option<f64> {
    let value = value.trim().trim_end_matches('s');
    let mut seconds = 0.0;
    let fields: Vec<&str> = value.split(':').collect();
    let unit = if fields.len() > 1 { 1.0 } else { unit };
    for field in fields.iter().take(4) {
        seconds = seconds * 60.0 + field.parse::<f64>().ok().filter(|field| *field >= 0.0)?;
    }
    Some(seconds * unit).filter(|seconds| seconds.is_finite() && fields.len() < 4)
}
