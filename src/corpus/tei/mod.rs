//! TEI XML: transcriptions of speech (TEI P5, chapter 8; ISO 24624) and drama (chapter 7), read with quick-xml.
//!
//! `<u>` and `<sp>` are turns, `<head>` is a heading. Of a choice the words as they were said or written count
//! (`orig`, `sic`, `abbr`), not those that an editor has put beside them. Pauses, laughter and other events stand in
//! brackets; notes are left out. Without `<u>` and `<sp>`, every paragraph is a turn of nobody known; with them, a
//! paragraph between is a heading, because nobody says it.

mod header;
mod words;

use super::read::{ReadError, Reading};
use super::rendered::Rendered;
use super::utterance::{self, Utterance};
use super::xml::{self, Element, Piece, Walk};
use header::{Header, Times};
use words::Words;

const FORMAT: &str = "TEI";

/// Whether the bytes are those of a TEI document.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    xml::opens_with(bytes, &["TEI", "TEI.2", "teiCorpus"])
}

/// Reads a TEI document.
pub(super) fn read(path: &str, bytes: Vec<u8>) -> Result<Reading, ReadError> {
    let (text, diagnostics) = xml::decoded(path, bytes)?;
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    if !looks_like(text.as_bytes()) {
        return Err(ReadError::Unsupported {
            what: "it is XML, but not TEI".to_owned(),
            mend: "export the transcript as TEI or as text (.txt), a label such as `Interviewer:` before each turn",
        });
    }
    let header = Header::read(&text)?;
    let blocks = blocks(&text, &header)?;
    let has_speech = blocks.iter().any(|block| matches!(block, Block::Speech(_)));
    let mut rendered = Rendered::default();
    let mut pieces = Vec::new();
    let flush = |pieces: &mut Vec<Utterance>, rendered: &mut Rendered| {
        utterance::joined(std::mem::take(pieces)).iter().for_each(|turn| rendered.speech(turn));
    };
    for block in blocks {
        match block {
            Block::Speech(piece) => pieces.push(piece),
            Block::Paragraph(words) if !has_speech => pieces.push(Utterance { words, ..Utterance::default() }),
            Block::Paragraph(words) | Block::Heading(words) => {
                flush(&mut pieces, &mut rendered);
                rendered.heading(&words);
            }
        }
    }
    flush(&mut pieces, &mut rendered);
    rendered.finish(diagnostics)
}

enum Block {
    Speech(Utterance),
    Paragraph(String),
    Heading(String),
}

/// The speech, paragraphs and headings of the text, in order.
fn blocks(text: &str, header: &Header) -> Result<Vec<Block>, ReadError> {
    let mut walk = Walk::new(text, FORMAT);
    let mut blocks = Vec::new();
    // What an annotation block says of the utterances in it.
    let (mut who, mut times) = (None, Times::default());
    while let Some(piece) = walk.next()? {
        let element = match piece {
            Piece::Open(element) => element,
            Piece::Close(name) => {
                if is_annotation_block(&name) {
                    (who, times) = (None, Times::default());
                }
                continue;
            }
            Piece::Text(_) => continue,
        };
        let name = element.name();
        match name.as_str() {
            "teiHeader" | "timeline" | "note" | "back" | "spanGrp" => walk.skip()?,
            "u" => {
                let own = header.times(&element);
                let label = element.attribute("who").or_else(|| who.clone()).map(|who| header.names(&who));
                let words = Words::read(&mut walk, "u")?;
                let times = own.or(times).or(header.anchored(&words.anchors));
                blocks.push(speech(label, words.text, times));
            }
            "sp" => {
                let times = header.times(&element);
                let label = element.attribute("who").map(|who| header.names(&who));
                let words = Words::read(&mut walk, "sp")?;
                let label = words.speaker.or(label);
                blocks.push(speech(label, words.text, times.or(header.anchored(&words.anchors))));
            }
            "head" => blocks.push(Block::Heading(Words::read(&mut walk, "head")?.text)),
            "p" | "ab" | "l" => {
                let words = Words::read(&mut walk, &name)?.text;
                if !words.trim().is_empty() {
                    blocks.push(Block::Paragraph(words));
                }
            }
            name if is_annotation_block(name) => {
                who = element.attribute("who");
                times = header.times(&element);
            }
            _ => {}
        }
    }
    Ok(blocks)
}

fn is_annotation_block(name: &str) -> bool {
    matches!(name, "annotationBlock" | "annotatedU")
}

fn speech(label: Option<String>, words: String, times: Times) -> Block {
    let label = label.filter(|label| !label.trim().is_empty());
    Block::Speech(Utterance { label, words, start_time: times.start, end_time: times.end })
}

/// The ids that an attribute such as `who="#A #B"` points to.
fn pointers(value: &str) -> impl Iterator<Item = &str> {
    value.split_whitespace().map(|pointer| pointer.rsplit('#').next().unwrap_or(pointer))
}

/// The id of an element.
fn id(element: &Element<'_>) -> Option<String> {
    element.attribute("id")
}

#[cfg(test)]
mod tests {
    use super::{looks_like, read};

    fn tei(text: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?><TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><title>No words</title>\
             <particDesc><person xml:id=\"A\"><persName><forename>Anna</forename> <surname>Berg</surname></persName></person>\
             <person xml:id=\"B\"/></particDesc></teiHeader><text>{text}</text></TEI>"
        )
    }

    fn text(text: &str) -> String {
        read("a.xml", tei(text).into_bytes()).expect("turns").text
    }

    #[test]
    fn utterances_with_events() {
        let found = text(
            "<body><head>Part one</head><u who=\"#A\">So <pause dur=\"PT1S\"/>we <vocal><desc>laughs</desc></vocal> <unclear>left</unclear>\
             <note>not said</note> <choice><orig>goin</orig><reg>going</reg></choice> <gap reason=\"inaudible\"/>&amp; home</u>\
             <u who=\"#B\"><w>Right</w><pc>,</pc><w>yes</w></u><incident><desc>door</desc></incident><u who=\"#A #B\">Bye</u></body>",
        );
        let expected = "Part one\n\nAnna Berg: So [pause] we [laughs] left [?] goin [inaudible]& home\n\nB: Right, yes\n\nAnna Berg, B: Bye";
        assert_eq!(found, expected);
    }

    #[test]
    fn times_by_a_timeline_in_any_form() {
        let timeline = "<timeline unit=\"ms\" origin=\"#T0\"><when xml:id=\"T0\"/><when xml:id=\"T1\" interval=\"500\" since=\"#T0\"/>\
             <when xml:id=\"T2\" interval=\"1500\" since=\"#T1\"/><when xml:id=\"T3\" absolute=\"00:00:09.5\"/></timeline>";
        let body = "<u who=\"#A\" start=\"#T1\" end=\"#T2\">one</u><u who=\"#B\"><anchor synch=\"#T2\"/>two<anchor synch=\"#T3\"/></u>\
             <annotationBlock who=\"#A\" start=\"#T3\" end=\"#T9\"><u><seg>three</seg></u></annotationBlock>";
        let reading = read("a.xml", tei(&format!("{timeline}<body>{body}</body>")).into_bytes()).expect("turns");
        let times: Vec<_> = reading.paragraphs.iter().map(|turn| (turn.start_time, turn.end_time)).collect();
        assert_eq!(times, [(Some(0.5), Some(2.0)), (Some(2.0), Some(9.5)), (Some(9.5), None)]);
        assert_eq!(reading.text, "Anna Berg: one\n\nB: two\n\nAnna Berg: three");
    }

    #[test]
    fn drama_and_paragraphs() {
        let found = text(
            "<body><p>A room.</p><sp who=\"#A\"><speaker>ANNA.</speaker><stage>aside</stage><p>Oh</p><p>no</p></sp></body>",
        );
        assert_eq!(found, "A room.\n\nANNA: [aside] Oh\nno");
        assert_eq!(text("<body><p>One.</p><p>Two <lb/>three.</p></body>"), "One.\n\nTwo three.");
    }

    #[test]
    fn other_xml_is_told_from_tei() {
        assert!(looks_like(tei("").as_bytes()));
        let told = read("a.xml", b"<rss><u>no</u></rss>".to_vec()).expect_err("no TEI").diagnostic("a.xml");
        assert_eq!((told.code, told.message.ends_with("it is XML, but not TEI")), ("T040", true));
        let broken = tei("<u>one");
        assert_eq!(read("a.xml", broken.into_bytes()).expect_err("damaged").diagnostic("a.xml").code, "T018");
        assert_eq!(read("a.xml", tei("<body/>").into_bytes()).expect_err("empty").diagnostic("a.xml").code, "T004");
    }
}
