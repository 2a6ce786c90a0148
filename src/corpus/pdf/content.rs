//! Pages to characters with their places: the text operators of a page's content (ISO 32000-1, 9.3 and 9.4).
//!
//! Colours, paths and clipping are passed over; invisible text counts, for it is what a scanner's text layer is made
//! of. Work is bounded for the whole file, because a page may show one form a thousand times.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{DecompressError, Dictionary, Document, Error, Object, ObjectId};

use super::font::{self, Font};
use super::glyph::{self, Glyph, Matrix, PageGlyphs};

/// One page's content, or one form, has at most so many bytes.
const MOST_CONTENT_BYTES: usize = 64 << 20;
/// Bytes of content, over all pages and every use of a form.
const MOST_BYTES: usize = 512 << 20;
/// Operations, over all pages and every use of a form.
const MOST_OPERATIONS: usize = 10_000_000;
/// What the use of a form costs, in operations.
const FORM_COST: usize = 1_000;
/// Characters of one file.
const MOST_GLYPHS: usize = 8_000_000;
/// Characters of one page.
const MOST_GLYPHS_ON_A_PAGE: usize = 400_000;
/// Fonts of one file.
const MOST_FONTS: usize = 4_000;
/// Forms within forms.
const MOST_FORMS_DEEP: usize = 12;
/// Saved states.
const MOST_STATES: usize = 256;
/// Nodes of the page tree above a page.
const MOST_ANCESTORS: usize = 64;

/// More content than any transcript has.
#[derive(Debug)]
pub(super) struct TooMuch;

type SharedFont<'a> = Rc<RefCell<Font<'a>>>;

/// Reads pages of one document.
pub(super) struct Interpreter<'a> {
    document: &'a Document,
    fonts: HashMap<ObjectId, SharedFont<'a>>,
    fonts_made: usize,
    bytes: usize,
    operations: usize,
    glyphs: usize,
    page_glyphs: usize,
}

/// What `q` saves and `Q` brings back.
#[derive(Clone)]
struct State<'a> {
    page: Matrix,
    font: Option<SharedFont<'a>>,
    size: f32,
    letter_space: f32,
    word_space: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
}

/// A page under way.
struct Page<'a> {
    state: State<'a>,
    saved: Vec<State<'a>>,
    text: Matrix,
    line: Matrix,
    /// What of the plane is on the paper; characters beside it are not seen.
    paper: [f32; 4],
    /// By quarter turns.
    glyphs: [Vec<Glyph>; 4],
    image: bool,
    unknown: usize,
}

impl<'a> Interpreter<'a> {
    /// An interpreter that has read nothing.
    pub(super) fn new(document: &'a Document) -> Self {
        Self { document, fonts: HashMap::new(), fonts_made: 0, bytes: 0, operations: 0, glyphs: 0, page_glyphs: 0 }
    }

    /// The characters of a page that run in the direction that most of them run in, laid along x.
    ///
    /// # Errors
    /// If the pages so far have more content than any transcript.
    pub(super) fn page(&mut self, id: ObjectId) -> Result<PageGlyphs, TooMuch> {
        let content = self.document.get_page_content_with_limit(id, MOST_CONTENT_BYTES).map_err(|_| TooMuch)?;
        let state = State {
            page: Matrix::IDENTITY,
            font: None,
            size: 0.0,
            letter_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let mut page = Page {
            state,
            saved: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            paper: self.paper(id),
            glyphs: Default::default(),
            image: false,
            unknown: 0,
        };
        let mut resources = Vec::new();
        if let Ok((direct, referred)) = self.document.get_page_resources(id) {
            resources.extend(direct);
            resources.extend(referred.iter().filter_map(|id| self.document.get_dictionary(*id).ok()));
        }
        self.page_glyphs = 0;
        self.run(&content, &resources, &mut page, 0)?;
        let Page { glyphs, image, unknown, .. } = page;
        let most = glyphs.into_iter().rev().max_by_key(Vec::len).unwrap_or_default();
        Ok(PageGlyphs { glyphs: most, image, unknown })
    }

    fn run(
        &mut self,
        content: &[u8],
        resources: &[&'a Dictionary],
        page: &mut Page<'a>,
        depth: usize,
    ) -> Result<(), TooMuch> {
        self.bytes += content.len();
        let mut fonts = HashMap::new();
        for operation in Content::decode_iter(content) {
            // What follows a damaged operation cannot be told apart from its operands.
            let Ok(operation) = operation else { break };
            self.operations += 1;
            if self.operations > MOST_OPERATIONS
                || self.bytes > MOST_BYTES
                || self.glyphs > MOST_GLYPHS
                || self.page_glyphs > MOST_GLYPHS_ON_A_PAGE
            {
                return Err(TooMuch);
            }
            match operation.operator.as_str() {
                "Tf" => {
                    let name = operation.operands.first().and_then(|name| name.as_name().ok()).unwrap_or_default();
                    if !fonts.contains_key(name) {
                        let font = self.font(resources, name);
                        fonts.insert(name.to_owned(), font);
                    }
                    page.state.font = fonts.get(name).cloned().flatten();
                    page.state.size = numbers(&operation, 1)[0];
                }
                "Do" => {
                    let name = operation.operands.first().and_then(|name| name.as_name().ok()).unwrap_or_default();
                    self.object(resources, name, page, depth)?;
                }
                "BI" => page.image = true,
                _ => {
                    let shown = page.operate(&operation);
                    self.glyphs += shown;
                    self.page_glyphs += shown;
                }
            }
        }
        Ok(())
    }

    /// The page's visible box: left, bottom, right, top. Without a usable one, the whole plane.
    fn paper(&self, id: ObjectId) -> [f32; 4] {
        let mut boxes = [None, None];
        let mut node = self.document.get_dictionary(id).ok();
        for _ in 0..MOST_ANCESTORS {
            let Some(dictionary) = node else { break };
            for (found, key) in boxes.iter_mut().zip([b"CropBox".as_slice(), b"MediaBox"]) {
                let edges = dictionary.get_deref(key, self.document).and_then(Object::as_array);
                *found = found.or_else(|| rectangle(self.document, edges.ok()?));
            }
            node = dictionary.get_deref(b"Parent", self.document).and_then(Object::as_dict).ok();
        }
        let [crop, media] = boxes;
        crop.or(media).unwrap_or([f32::NEG_INFINITY, f32::NEG_INFINITY, f32::INFINITY, f32::INFINITY])
    }

    fn resource(
        &self,
        resources: &[&'a Dictionary],
        kind: &[u8],
        name: &[u8],
    ) -> Option<(Option<ObjectId>, &'a Object)> {
        resources.iter().find_map(|resources| {
            let group = resources.get_deref(kind, self.document).ok()?.as_dict().ok()?;
            self.document.dereference(group.get(name).ok()?).ok()
        })
    }

    fn font(&mut self, resources: &[&'a Dictionary], name: &[u8]) -> Option<SharedFont<'a>> {
        let (id, object) = self.resource(resources, b"Font", name)?;
        if let Some(font) = id.and_then(|id| self.fonts.get(&id)) {
            return Some(Rc::clone(font));
        }
        self.fonts_made += 1;
        if self.fonts_made > MOST_FONTS {
            return None;
        }
        let font = Rc::new(RefCell::new(Font::new(self.document, object.as_dict().ok()?)));
        if let Some(id) = id {
            self.fonts.insert(id, Rc::clone(&font));
        }
        Some(font)
    }

    /// Shows an image or a form.
    fn object(
        &mut self,
        resources: &[&'a Dictionary],
        name: &[u8],
        page: &mut Page<'a>,
        depth: usize,
    ) -> Result<(), TooMuch> {
        let Some((_, Object::Stream(stream))) = self.resource(resources, b"XObject", name) else { return Ok(()) };
        match stream.dict.get(b"Subtype").and_then(Object::as_name) {
            Ok(b"Image") => page.image = true,
            Ok(b"Form") if depth < MOST_FORMS_DEEP => {
                self.operations += FORM_COST;
                let content = match stream.get_plain_content_with_limit(MOST_CONTENT_BYTES) {
                    Ok(content) => content,
                    Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => return Err(TooMuch),
                    // A damaged form shows nothing.
                    Err(_) => return Ok(()),
                };
                let before = page.state.clone();
                let saved = std::mem::take(&mut page.saved);
                if let Ok(Object::Array(matrix)) = stream.dict.get_deref(b"Matrix", self.document)
                    && let Some(matrix) = six(matrix)
                {
                    page.state.page = matrix.then(page.state.page);
                }
                let own = stream.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict);
                let mut inner: Vec<&'a Dictionary> = own.into_iter().collect();
                inner.extend(resources.iter().take(MOST_FORMS_DEEP));
                self.run(&content, &inner, page, depth + 1)?;
                page.state = before;
                page.saved = saved;
            }
            _ => {}
        }
        Ok(())
    }
}

impl Page<'_> {
    /// Does one operation and gives the number of characters it showed.
    fn operate(&mut self, operation: &Operation) -> usize {
        let [a, b, ..] = numbers(operation, 0);
        match operation.operator.as_str() {
            "q" if self.saved.len() < MOST_STATES => self.saved.push(self.state.clone()),
            "Q" => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            "cm" => {
                if let Some(matrix) = six(&operation.operands) {
                    self.state.page = matrix.then(self.state.page);
                }
            }
            "BT" => self.start(Matrix::IDENTITY),
            "Tm" => {
                if let Some(matrix) = six(&operation.operands) {
                    self.start(matrix);
                }
            }
            "Td" => self.next_line(a, b),
            "TD" => {
                self.state.leading = -b;
                self.next_line(a, b);
            }
            "T*" => self.next_line(0.0, -self.state.leading),
            "TL" => self.state.leading = a,
            "Tc" => self.state.letter_space = a,
            "Tw" => self.state.word_space = a,
            "Tz" => self.state.stretch = a / 100.0,
            "Ts" => self.state.rise = a,
            "Tj" => return self.show(operation.operands.first()),
            "'" => {
                self.next_line(0.0, -self.state.leading);
                return self.show(operation.operands.first());
            }
            "\"" => {
                self.state.word_space = a;
                self.state.letter_space = b;
                self.next_line(0.0, -self.state.leading);
                return self.show(operation.operands.get(2));
            }
            "TJ" => {
                let Some(Object::Array(parts)) = operation.operands.first() else { return 0 };
                let mut shown = 0;
                for part in parts {
                    match part.as_float() {
                        Ok(back) => {
                            let by = -back / 1000.0 * self.state.size * self.state.stretch;
                            self.text = Matrix::shift(by, 0.0).then(self.text);
                        }
                        Err(_) => shown += self.show(Some(part)),
                    }
                }
                return shown;
            }
            _ => {}
        }
        0
    }

    fn start(&mut self, matrix: Matrix) {
        self.text = matrix;
        self.line = matrix;
    }

    fn next_line(&mut self, x: f32, y: f32) {
        self.start(Matrix::shift(x, y).then(self.line));
    }

    fn show(&mut self, string: Option<&Object>) -> usize {
        let Some(Object::String(bytes, _)) = string else { return 0 };
        let Some(font) = self.state.font.clone() else { return 0 };
        let State { size, letter_space, word_space, stretch, rise, page, .. } = self.state;
        let mut text_matrix = self.text;
        let [left, bottom, right, top] = self.paper;
        let (glyphs, unknown) = (&mut self.glyphs, &mut self.unknown);
        let mut shown = 0;
        font.borrow_mut().read(bytes, |space, text, width| {
            shown += 1;
            let place = Matrix::shift(0.0, rise).then(text_matrix).then(page);
            let [a, b, c, d, x, y] = place.0;
            let along = a.hypot(b);
            let height = size.abs() * c.hypot(d);
            let seen = (left..=right).contains(&x) && (bottom..=top).contains(&y);
            if seen && [along, height, x, y].iter().all(|number| number.is_finite()) && height > 0.0 {
                let text = if font::is_known(text) {
                    text
                } else {
                    *unknown += 1;
                    ""
                };
                let quarters = glyph::quarter(a * size, b * size);
                let (x, y) = glyph::laid(quarters, x, y);
                let width = width * size.abs() * stretch.abs() * along;
                if !text.is_empty() && width.is_finite() {
                    glyphs[quarters].push(Glyph { text: text.to_owned(), x, y, width, size: height });
                }
            }
            let spaced = letter_space + if space { word_space } else { 0.0 };
            text_matrix = Matrix::shift((width * size + spaced) * stretch, 0.0).then(text_matrix);
        });
        self.text = text_matrix;
        shown
    }
}

/// Two operands from the one at `from` on, 0 for what is no number.
fn numbers(operation: &Operation, from: usize) -> [f32; 2] {
    let at = |index: usize| {
        let number = operation.operands.get(from + index).and_then(|operand| operand.as_float().ok());
        number.filter(|number| number.is_finite()).unwrap_or(0.0)
    };
    [at(0), at(1)]
}

fn six(operands: &[Object]) -> Option<Matrix> {
    let mut matrix = [0.0; 6];
    for (place, operand) in matrix.iter_mut().zip(operands) {
        *place = operand.as_float().ok().filter(|number| number.is_finite())?;
    }
    (operands.len() >= 6).then_some(Matrix(matrix))
}

/// The edges in the order left, bottom, right, top, if the rectangle holds anything.
fn rectangle(document: &Document, edges: &[Object]) -> Option<[f32; 4]> {
    let mut found = [0.0; 4];
    for (place, edge) in found.iter_mut().zip(edges) {
        *place = document.dereference(edge).ok()?.1.as_float().ok().filter(|edge| edge.is_finite())?;
    }
    let [a, b, c, d] = found;
    let [left, bottom, right, top] = [a.min(c), b.min(d), a.max(c), b.max(d)];
    (edges.len() >= 4 && right > left && top > bottom).then_some([left, bottom, right, top])
}
