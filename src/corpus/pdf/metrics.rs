//! Widths of the fonts that every PDF reader must know, so that files need not tell them.
//!
//! Thousandths of the font's size, for the characters from space to tilde (ISO 32000-1, 9.6.2.2; the fonts' metrics
//! are Adobe's). Italics have the widths of the upright fonts, closely enough to tell words apart.

/// Helvetica.
const SANS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];
/// Helvetica Bold.
const SANS_BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611,
    556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389,
    280, 389, 584,
];
/// Times.
const SERIF: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889,
    722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500,
    444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480,
    200, 480, 541,
];

/// The width of `text` in the font of that name, in thousandths of its size.
pub(super) fn width(font: &str, text: &str) -> f32 {
    if font.contains("Courier") || font.contains("Mono") {
        return 600.0;
    }
    let table = match (font.contains("Times") || font.contains("Serif"), font.contains("Bold")) {
        (true, _) => &SERIF,
        (false, true) => &SANS_BOLD,
        (false, false) => &SANS,
    };
    text.chars()
        .map(|character| {
            let at = (character as usize).checked_sub(usize::from(b' '));
            // Accented letters and the rest are about as wide as a small letter.
            f32::from(at.and_then(|at| table.get(at)).copied().unwrap_or(556))
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::width;

    #[test]
    fn known_widths() {
        assert_eq!(width("Helvetica", "Wi!"), 944.0 + 222.0 + 278.0);
        assert_eq!(width("Helvetica-Bold", "~"), 584.0);
        assert_eq!(width("Times-Roman", "~A"), 541.0 + 722.0);
        assert_eq!(width("Courier", "i"), 600.0);
    }
}
