//! Fonts: what the codes of a string mean in Unicode, and how wide they are.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Encoding, Object};

use super::metrics;

/// A font's map to Unicode has at most so many bytes.
const MOST_MAP_BYTES: usize = 8 << 20;
/// The sign for a character without a meaning in Unicode.
const UNKNOWN: char = '\u{FFFD}';

/// A font in use on a page.
pub(super) struct Font<'a> {
    /// For fonts of one byte a code: text and width of each.
    simple: Option<Vec<(String, f32)>>,
    encoding: Option<Encoding<'a>>,
    widths: HashMap<u32, f32>,
    ranges: Vec<(u32, u32, f32)>,
    default_width: f32,
    known: HashMap<u32, (String, f32)>,
}

impl<'a> Font<'a> {
    /// The font that `dictionary` describes.
    pub(super) fn new(document: &'a Document, dictionary: &'a Dictionary) -> Self {
        if name(document, dictionary, b"Subtype") == "Type0" {
            Self::composite(document, dictionary)
        } else {
            Self::simple(document, dictionary)
        }
    }

    fn simple(document: &'a Document, dictionary: &'a Dictionary) -> Self {
        let base = name(document, dictionary, b"BaseFont");
        let encoding = dictionary.get_font_encoding_with_limit(document, MOST_MAP_BYTES).ok();
        // The map to Unicode knows better than the names of glyphs, which programs invent for parts of fonts.
        let mut mapped = dictionary.clone();
        mapped.remove(b"Encoding");
        let mapped = mapped.get_deref(b"ToUnicode", document).is_ok().then_some(mapped);
        let map = mapped
            .as_ref()
            .and_then(|dictionary| dictionary.get_font_encoding_with_limit(document, MOST_MAP_BYTES).ok());
        let first = number(document, dictionary, b"FirstChar").unwrap_or(0.0) as i64;
        let given = dictionary.get_deref(b"Widths", document).and_then(Object::as_array).ok();
        let descriptor = dictionary.get_deref(b"FontDescriptor", document).and_then(Object::as_dict).ok();
        let missing = descriptor.and_then(|descriptor| number(document, descriptor, b"MissingWidth"));
        let scale = glyph_scale(document, dictionary);
        let codes = (0..=255u8).map(|code| {
            let from_map = map.as_ref().map(|map| decoded(map, &[code])).filter(|text| is_known(text));
            let text =
                from_map.or_else(|| encoding.as_ref().map(|encoding| decoded(encoding, &[code]))).unwrap_or_default();
            let at = usize::try_from(i64::from(code) - first).ok();
            let width = match given {
                Some(given) => {
                    at.and_then(|at| given.get(at)).and_then(|width| float(document, width)).or(missing).unwrap_or(0.0)
                        * scale
                }
                None => metrics::width(&base, &text) / 1000.0,
            };
            (text, width)
        });
        Self {
            simple: Some(codes.collect()),
            encoding: None,
            widths: HashMap::new(),
            ranges: Vec::new(),
            default_width: 0.0,
            known: HashMap::new(),
        }
    }

    fn composite(document: &'a Document, dictionary: &'a Dictionary) -> Self {
        let descendant = dictionary
            .get_deref(b"DescendantFonts", document)
            .and_then(Object::as_array)
            .ok()
            .and_then(|fonts| fonts.first())
            .and_then(|font| document.dereference(font).ok())
            .and_then(|(_, font)| font.as_dict().ok());
        let mut font = Self {
            simple: None,
            encoding: dictionary.get_font_encoding_with_limit(document, MOST_MAP_BYTES).ok(),
            widths: HashMap::new(),
            ranges: Vec::new(),
            default_width: descendant.and_then(|found| number(document, found, b"DW")).unwrap_or(1000.0) / 1000.0,
            known: HashMap::new(),
        };
        if let Some(list) = descendant.and_then(|found| found.get_deref(b"W", document).and_then(Object::as_array).ok())
        {
            font.add_widths(document, list);
        }
        font
    }

    /// `first [w …]` and `first last w` (ISO 32000-1, 9.7.4.3).
    fn add_widths(&mut self, document: &Document, list: &[Object]) {
        let mut at = 0;
        while let Some(first) = list.get(at).and_then(|object| float(document, object)) {
            let first = first as u32;
            match list.get(at + 1).and_then(|object| document.dereference(object).ok()).map(|(_, object)| object) {
                Some(Object::Array(widths)) => {
                    for (code, width) in (first..=0xFFFF).zip(widths) {
                        if let Some(width) = float(document, width) {
                            self.widths.insert(code, width / 1000.0);
                        }
                    }
                    at += 2;
                }
                Some(last) => {
                    if let (Some(last), Some(width)) =
                        (float(document, last), list.get(at + 2).and_then(|object| float(document, object)))
                    {
                        self.ranges.push((first, last as u32, width / 1000.0));
                    }
                    at += 3;
                }
                None => return,
            }
        }
    }

    /// Gives every code of `bytes` to `take`: whether it is the one-byte space, its text, and its width as a share
    /// of the font's size.
    pub(super) fn read(&mut self, bytes: &[u8], mut take: impl FnMut(bool, &str, f32)) {
        if let Some(simple) = &self.simple {
            for &code in bytes {
                if let Some((text, width)) = simple.get(usize::from(code)) {
                    take(code == b' ', text, *width);
                }
            }
            return;
        }
        for pair in bytes.chunks_exact(2) {
            let code = u32::from(pair[0]) << 8 | u32::from(pair[1]);
            let (text, width) = match self.known.get(&code) {
                Some(known) => known,
                None => {
                    let text = self.encoding.as_ref().map(|encoding| decoded(encoding, pair)).unwrap_or_default();
                    let width = self.width(code);
                    self.known.entry(code).or_insert((text, width))
                }
            };
            take(false, text, *width);
        }
    }

    fn width(&self, code: u32) -> f32 {
        let in_range =
            || self.ranges.iter().find(|(first, last, _)| (*first..=*last).contains(&code)).map(|range| range.2);
        self.widths.get(&code).copied().or_else(in_range).unwrap_or(self.default_width)
    }
}

/// Whether the file tells what the character means.
pub(super) fn is_known(text: &str) -> bool {
    !text.is_empty() && !text.contains(UNKNOWN)
}

/// The text of one code: ligatures taken apart, spaces of every kind as one, controls left out.
fn decoded(encoding: &Encoding<'_>, code: &[u8]) -> String {
    let mut text = String::new();
    if encoding.write_to_string(code, &mut text).is_err() {
        return UNKNOWN.to_string();
    }
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            'ﬀ' => plain.push_str("ff"),
            'ﬁ' => plain.push_str("fi"),
            'ﬂ' => plain.push_str("fl"),
            'ﬃ' => plain.push_str("ffi"),
            'ﬄ' => plain.push_str("ffl"),
            'ﬅ' | 'ﬆ' => plain.push_str("st"),
            _ if character.is_whitespace() => plain.push(' '),
            _ if character.is_control() => {}
            _ => plain.push(character),
        }
    }
    plain
}

/// What a width is to be multiplied by: a thousandth, but for fonts that are drawn by the file.
fn glyph_scale(document: &Document, dictionary: &Dictionary) -> f32 {
    if name(document, dictionary, b"Subtype") != "Type3" {
        return 0.001;
    }
    let matrix = dictionary.get_deref(b"FontMatrix", document).and_then(Object::as_array).ok();
    matrix.and_then(|matrix| matrix.first()).and_then(|scale| float(document, scale)).unwrap_or(0.001).abs()
}

fn name(document: &Document, dictionary: &Dictionary, key: &[u8]) -> String {
    let name = dictionary.get_deref(key, document).and_then(Object::as_name).unwrap_or_default();
    String::from_utf8_lossy(name).into_owned()
}

fn number(document: &Document, dictionary: &Dictionary, key: &[u8]) -> Option<f32> {
    dictionary.get(key).ok().and_then(|object| float(document, object))
}

fn float(document: &Document, object: &Object) -> Option<f32> {
    document.dereference(object).ok().and_then(|(_, object)| object.as_float().ok()).filter(|number| number.is_finite())
}
