//! ELAN annotation (.eaf; ELAN Annotation Format, versions 2.7 to 3.0), read with quick-xml.
//!
//! A tier without a parent is speech, and its participant, or else its name, the speaker. Tiers below others repeat
//! the words of their parents as translations, glosses or single words; they are left out with a note, because every
//! word would count twice.

use std::collections::HashMap;

use super::read::ReadError;
use super::spoken::{self, Spoken};
use super::utterance::Utterance;
use super::xml::{self, Element, Piece, Walk};
use crate::diagnostic::{Diagnostic, Severity};

const FORMAT: &str = "ELAN";

/// Whether the bytes are those of an ELAN document.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    xml::opens_with(bytes, &["ANNOTATION_DOCUMENT"])
}

/// The annotations of an ELAN document.
pub(super) fn read(path: &str, bytes: Vec<u8>) -> Result<Spoken, ReadError> {
    let (text, diagnostics) = xml::decoded(path, bytes)?;
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let mut spoken = Spoken { utterances: Vec::new(), diagnostics };
    let (mut slots, mut left_out, mut is_elan) = (HashMap::new(), Vec::new(), false);
    let mut walk = Walk::new(&text, FORMAT);
    while let Some(piece) = walk.next()? {
        let Piece::Open(element) = piece else { continue };
        match element.name().as_str() {
            "ANNOTATION_DOCUMENT" => is_elan = true,
            "TIME_SLOT" => {
                let time = element.attribute("TIME_VALUE").and_then(|time| time.parse::<u64>().ok());
                if let (Some(id), Some(time)) = (element.attribute("TIME_SLOT_ID"), time) {
                    slots.insert(id, time as f64 / 1000.0);
                }
            }
            "TIER" => {
                let name = element.attribute("TIER_ID").unwrap_or_default();
                if element.attribute("PARENT_REF").is_some() {
                    left_out.push(name);
                    walk.skip()?;
                } else {
                    let participant = element.attribute("PARTICIPANT").filter(|name| !name.trim().is_empty());
                    let label = participant.or_else(|| spoken::label_of_track(&name));
                    tier(&mut walk, label.as_deref(), &slots, &mut spoken.utterances)?;
                }
            }
            _ => {}
        }
    }
    if !is_elan {
        return Err(ReadError::Damaged { format: FORMAT, what: "it holds no ANNOTATION_DOCUMENT".to_owned() });
    }
    if !left_out.is_empty() {
        let message = format!(
            "tiers below other tiers repeat words, as glosses or translations do, and were left out: {}",
            left_out.join(", ")
        );
        let mend = "nothing needs mending unless one of them is the transcription; then export that tier from ELAN";
        spoken.diagnostics.push(Diagnostic::new(Severity::Note, "T046", path, message, mend));
    }
    Ok(spoken)
}

/// The annotations of the tier that has just begun. One whose begin has no time begins where the one before it
/// ends, or begins: that keeps its place among the turns.
fn tier(
    walk: &mut Walk<'_>,
    label: Option<&str>,
    slots: &HashMap<String, f64>,
    utterances: &mut Vec<Utterance>,
) -> Result<(), ReadError> {
    let (mut start_time, mut end_time): (Option<f64>, Option<f64>) = (None, None);
    while let Some(piece) = walk.next()? {
        match piece {
            Piece::Open(element) => match element.name().as_str() {
                "ALIGNABLE_ANNOTATION" => {
                    let slot = |element: &Element<'_>, name| slots.get(&element.attribute(name)?).copied();
                    start_time = slot(&element, "TIME_SLOT_REF1").or(end_time).or(start_time);
                    end_time = slot(&element, "TIME_SLOT_REF2");
                }
                "ANNOTATION_VALUE" => {
                    let words = spoken::tags_to_events(&walk.text()?);
                    if !words.trim().is_empty() {
                        utterances.push(Utterance { label: label.map(str::to_owned), words, start_time, end_time });
                    }
                }
                _ => {}
            },
            Piece::Close(name) if name == "TIER" => break,
            Piece::Close(_) | Piece::Text(_) => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{looks_like, read};

    const ELAN: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ANNOTATION_DOCUMENT FORMAT=\"3.0\"><TIME_ORDER>\
        <TIME_SLOT TIME_SLOT_ID=\"t1\" TIME_VALUE=\"500\"/><TIME_SLOT TIME_SLOT_ID=\"t2\"/>\
        <TIME_SLOT TIME_SLOT_ID=\"t3\" TIME_VALUE=\"2500\"/></TIME_ORDER>\
        <TIER TIER_ID=\"A-tx\" PARTICIPANT=\"Anna\"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"a1\" \
        TIME_SLOT_REF1=\"t1\" TIME_SLOT_REF2=\"t2\"><ANNOTATION_VALUE>Fish &amp; &lt;b&gt;chips</ANNOTATION_VALUE>\
        </ALIGNABLE_ANNOTATION></ANNOTATION></TIER>\
        <TIER TIER_ID=\"Bo\"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"a2\" TIME_SLOT_REF1=\"t3\" \
        TIME_SLOT_REF2=\"t9\"><ANNOTATION_VALUE>Ja</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>\
        <TIER TIER_ID=\"A-en\" PARENT_REF=\"A-tx\"><ANNOTATION><REF_ANNOTATION ANNOTATION_ID=\"a3\" \
        ANNOTATION_REF=\"a1\"><ANNOTATION_VALUE>twice</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER>\
        </ANNOTATION_DOCUMENT>";

    #[test]
    fn tiers_without_a_parent_are_speech() {
        assert!(looks_like(ELAN.as_bytes()));
        let spoken = read("a.eaf", ELAN.as_bytes().to_vec()).expect("annotations");
        let pieces: Vec<_> = spoken
            .utterances
            .iter()
            .map(|piece| (piece.label.as_deref(), piece.words.as_str(), piece.start_time, piece.end_time))
            .collect();
        assert_eq!(pieces, [(Some("Anna"), "Fish & [b]chips", Some(0.5), None), (Some("Bo"), "Ja", Some(2.5), None)]);
        assert_eq!(spoken.diagnostics[0].code, "T046");
        assert!(spoken.diagnostics[0].message.ends_with(": A-en"));
    }

    #[test]
    fn what_breaks_off_is_damaged() {
        for at in [30, 200, 700, ELAN.len() - 5] {
            let error = read("a.eaf", ELAN.as_bytes()[..at].to_vec()).expect_err("damaged");
            assert_eq!(error.diagnostic("a.eaf").code, "T018", "{at}: {error}");
        }
        assert_eq!(read("a.eaf", b"<a/>".to_vec()).expect_err("other").diagnostic("a").code, "T018");
    }
}
