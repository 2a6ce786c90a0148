//! The styles of a Word document: which are headings, which are bold.

use std::collections::HashMap;

use crate::corpus::markup::{Tag, Visit};

/// Styles based on one another beyond which a chain is given up.
const MOST_BASES: usize = 32;

/// All styles by their id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    open: Option<(String, Style)>,
    /// Inside a style's conditional formatting of tables.
    conditional: usize,
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    level: Option<u32>,
    bold: Option<bool>,
}

impl Styles {
    /// Whether paragraphs of this style are headings: Word's own by their name, which is English in every language
    /// of Word; others by their outline level.
    pub(super) fn is_heading(&self, id: &str) -> bool {
        let own = self.chain(id).find_map(|style| match style.level {
            Some(level) => Some(level < 9),
            None => is_heading_name(&style.name).then_some(true),
        });
        // Without the table of styles the id must do.
        own.unwrap_or(!self.styles.contains_key(id) && is_heading_name(id))
    }

    /// Whether a paragraph of this style is a line of a table of contents.
    pub(super) fn is_contents(&self, id: &str) -> bool {
        let name = self.styles.get(id).map_or(id, |style| style.name.as_str()).to_ascii_lowercase();
        name.strip_prefix("toc").is_some_and(|rest| rest.trim().parse::<u8>().is_ok())
    }

    /// Whether the style sets bold type, if it says so.
    pub(super) fn bold(&self, id: &str) -> Option<bool> {
        self.chain(id).find_map(|style| style.bold)
    }

    fn chain<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a Style> {
        let base = |style: &&'a Style| style.based_on.as_ref().and_then(|base| self.styles.get(base));
        std::iter::successors(self.styles.get(id), base).take(MOST_BASES)
    }
}

fn is_heading_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let level = name.strip_prefix("heading").map(str::trim);
    level.is_some_and(|level| level.parse::<u8>().is_ok()) || name == "title" || name == "subtitle"
}

/// The value of a property that is on unless it says otherwise.
pub(super) fn is_on(tag: &Tag<'_>) -> bool {
    !matches!(tag.attribute("val").as_deref(), Some("0" | "false" | "off" | "none"))
}

impl Visit for Styles {
    fn open(&mut self, name: &str, tag: &Tag<'_>) {
        match name {
            "style" => {
                let id = tag.attribute("styleId").unwrap_or_default().into_owned();
                self.open = Some((id, Style::default()));
            }
            "tblStylePr" => self.conditional += 1,
            _ => {}
        }
        let Some((_, style)) = self.open.as_mut().filter(|_| self.conditional == 0) else { return };
        match name {
            "name" => style.name = tag.attribute("val").unwrap_or_default().into_owned(),
            "basedOn" => style.based_on = tag.attribute("val").map(|value| value.into_owned()),
            "outlineLvl" => style.level = tag.attribute("val").and_then(|value| value.parse().ok()),
            "b" => style.bold = Some(is_on(tag)),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "style" => self.styles.extend(self.open.take()),
            "tblStylePr" => self.conditional = self.conditional.saturating_sub(1),
            _ => {}
        }
    }

    fn text(&mut self, _: &str) {}
}

#[cfg(test)]
mod tests {
    use super::Styles;
    use crate::corpus::markup;

    #[test]
    fn headings_by_name_level_and_base() {
        let xml = r#"<w:styles xmlns:w="x">
            <w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
            <w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
            <w:style w:styleId="Frage"><w:name w:val="Frage"/><w:basedOn w:val="berschrift1"/></w:style>
            <w:style w:styleId="Body"><w:name w:val="Body"/><w:basedOn w:val="berschrift1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
            <w:style w:styleId="Own"><w:name w:val="Own"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
            <w:style w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
            <w:style w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
            <w:style w:styleId="Grid"><w:name w:val="Grid"/><w:tblStylePr><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>
            <w:style w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
        </w:styles>"#;
        let mut styles = Styles::default();
        markup::walk(xml, "Word", "styles.xml", &mut styles).expect("styles");
        let headings = ["berschrift1", "Titel", "Frage", "Body", "Own", "Loop", "Heading3"];
        let seen = headings.map(|id| styles.is_heading(id));
        assert_eq!(seen, [true, true, true, false, true, false, true]);
        assert_eq!((styles.bold("Strong"), styles.bold("Grid"), styles.bold("Loop")), (Some(true), None, None));
        assert!(styles.is_contents("Verzeichnis1") && !styles.is_contents("Own"));
    }
}
