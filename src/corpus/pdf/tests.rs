//! Small files made here, whole and broken.

use std::io::Write;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use proptest::prelude::{ProptestConfig, any, prop, proptest};

use super::{looks_like, read};
use crate::corpus::read::{ReadError, Reading};

/// Longer than any of these files takes on a busy machine, and far shorter than endless.
const SOON: Duration = Duration::from_secs(60);

/// A file of these objects, numbered from 1; the first is the catalogue.
fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n", number + 1).bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let table = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").bytes());
    }
    bytes.extend(format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).bytes());
    bytes
}

fn stream(entries: &str, content: &[u8]) -> Vec<u8> {
    let mut object = format!("<<{entries}/Length {}>>\nstream\n", content.len()).into_bytes();
    object.extend(content);
    object.extend(b"\nendstream");
    object
}

fn deflated(content: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).expect("memory");
    encoder.finish().expect("memory")
}

/// Catalogue, page tree, font (objects 1 to 3), then a page and its content for each of `pages`, then `more`.
fn document(pages: &[Vec<u8>], more: &[Vec<u8>]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 4 + 2 * page)).collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Kids[{}]/Count {}/MediaBox[0 0 600 800]>>", kids.join(" "), kids.len()).into_bytes(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
    ];
    for (number, page) in pages.iter().enumerate() {
        let content = 5 + 2 * number;
        let form = 4 + 2 * pages.len();
        objects.push(
            format!("<</Type/Page/Parent 2 0 R/Contents {content} 0 R/Resources<</Font<</F 3 0 R>>/XObject<</X {form} 0 R>>>>>>")
                .into_bytes(),
        );
        objects.push(page.clone());
    }
    objects.extend_from_slice(more);
    file(&objects)
}

/// A page that shows lines of 10 points from `y` downwards, 12 points apart.
fn page(lines: &[&str], y: u32) -> Vec<u8> {
    let mut content = format!("BT /F 10 Tf 12 TL 50 {y} Td\n");
    for line in lines {
        content.push_str(&format!("({line}) Tj T*\n"));
    }
    stream("", (content + "ET").as_bytes())
}

fn talk() -> Vec<u8> {
    document(
        &[page(
            &["Interviewer: Well?", "", "Anna: It was an inter-", "view like any other.", "", "Interviewer: Mm."],
            700,
        )],
        &[],
    )
}

fn text(bytes: Vec<u8>) -> String {
    read("a.pdf", bytes).expect("a transcript").text
}

fn code(result: Result<Reading, ReadError>) -> &'static str {
    match result {
        Ok(_) => "read",
        Err(error) => error.diagnostic("a.pdf").code,
    }
}

#[test]
fn a_small_talk() {
    let reading = read("a.pdf", talk()).expect("a transcript");
    assert_eq!(reading.text, "Interviewer: Well?\n\nAnna: It was an interview like any other.\n\nInterviewer: Mm.");
    let labels: Vec<_> = reading.paragraphs.iter().map(|paragraph| paragraph.label.as_deref()).collect();
    assert_eq!(labels, [Some("Interviewer"), Some("Anna"), Some("Interviewer")]);
    assert!(looks_like(&talk()) && !looks_like(b"Interviewer: %PDF"));
}

#[test]
fn words_set_by_position_and_compressed() {
    // Words are moved by TJ and Td, letters are not in order, and the text leans on a scaled page.
    let content = "q 2 0 0 2 0 0 cm BT /F 6 Tf 1 0 0 1 60 300 Tm [(world)] TJ ET BT /F 6 Tf 1 0 0 1 20 300 Tm [(h) 20 (ello) -300 (my)] TJ ET Q";
    let page = stream("/Filter/FlateDecode", &deflated(content.as_bytes()));
    assert_eq!(text(document(&[page], &[])), "hello my world");
}

#[test]
fn text_in_a_form_and_a_form_that_shows_itself() {
    let form = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>/XObject<</X 6 0 R>>>>",
        b"BT /F 10 Tf 50 600 Td (inside) Tj ET 1 0 0 1 0 -20 cm /X Do",
    );
    let text = text(document(&[stream("", b"/X Do")], &[form]));
    assert!(text.starts_with("inside") && text.matches("inside").count() < 20, "{text}");
}

#[test]
fn meaning_comes_from_the_map_to_unicode() {
    let map = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapType 2 def\n1 begincodespacerange\n\
               <0000> <FFFF>\nendcodespacerange\n3 beginbfchar\n<0001> <0041>\n<0002> <FB01>\n<0003> <00740074>\n\
               endbfchar\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
    let objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[4 0 R]/Count 1/MediaBox[0 0 600 800]>>".to_vec(),
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[7 0 R]>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources<</Font<</F 3 0 R>>>>>>".to_vec(),
        stream("", b"BT /F 10 Tf 50 700 Td <0001000200030009> Tj ET"),
        stream("", map.as_bytes()),
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/DW 500/W[1[600 500] 3 4 700]>>".to_vec(),
    ];
    let reading = read("a.pdf", file(&objects)).expect("a transcript");
    assert_eq!(reading.text, "Afitt");
    assert!(reading.diagnostics.iter().any(|told| told.code == "T056" && told.message.starts_with("1 of 4")));
}

#[test]
fn running_lines_are_left_out_and_told() {
    let pages: Vec<_> = (1..=4)
        .map(|number| {
            let mut lines = vec![
                "Study of locks, draft".to_owned(),
                String::new(),
                String::new(),
                format!("Anna: Words {} and", ["a", "b", "c", "d"][number - 1]),
            ];
            lines.extend(["more of them.".to_owned(), String::new(), String::new(), format!("Page {number}")]);
            page(&lines.iter().map(String::as_str).collect::<Vec<_>>(), 700)
        })
        .collect();
    let reading = read("a.pdf", document(&pages, &[])).expect("a transcript");
    assert!(!reading.text.contains("Study") && !reading.text.contains("Page"), "{}", reading.text);
    assert_eq!(reading.text.matches("Anna").count(), 4);
    let told = reading.diagnostics.iter().find(|told| told.code == "T052").expect("told");
    assert!(
        told.message.contains("\"Page 1\" on 4 pages") && told.message.contains("\"Study of locks, draft\" on 4 pages")
    );
}

#[test]
fn what_cannot_be_read_says_why() {
    assert_eq!(code(read("a.pdf", b" \n".to_vec())), "T004");
    assert_eq!(code(read("a.pdf", b"Interviewer: no PDF".to_vec())), "T018");
    assert_eq!(code(read("a.pdf", file(&[b"<</Type/Catalog>>".to_vec()]))), "T018");
    let picture = stream("/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", b"x");
    assert_eq!(code(read("a.pdf", document(&[stream("", b"/X Do")], &[picture]))), "T051");
    let mut locked = String::from_utf8(talk()).expect("text");
    locked = locked.replace("/Root 1 0 R", "/Root 1 0 R/Encrypt<</Filter/Standard/V 1/R 2/O(0123456789abcdef0123456789abcdef)/U(0123456789abcdef0123456789abcdef)/P -1>>/ID[(a)(a)]");
    assert_eq!(code(read("a.pdf", locked.into_bytes())), "T050");
}

#[test]
fn a_page_of_pictures_among_pages_of_text_is_told() {
    let picture = stream("/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", b"x");
    let reading = read("a.pdf", document(&[page(&["Words."], 700), stream("", b"/X Do")], &[picture])).expect("read");
    let told = reading.diagnostics.iter().find(|told| told.code == "T055").expect("told");
    assert!(told.message.contains("1 of 2 pages") && told.message.contains("page 2"));
}

#[test]
fn a_file_cut_anywhere_ends_in_text_or_a_message() {
    let whole = talk();
    for length in 0..whole.len() {
        let code = code(read("a.pdf", whole[..length].to_vec()));
        assert!(["read", "T004", "T018", "T051"].contains(&code), "{length}: {code}");
    }
}

#[test]
fn a_flipped_bit_ends_in_text_or_a_message() {
    let whole = talk();
    for bit in 0..whole.len() * 8 {
        let mut broken = whole.clone();
        broken[bit / 8] ^= 1 << (bit % 8);
        let _ = read("a.pdf", broken);
    }
}

#[test]
fn traps_end_soon() {
    let deep = |open: &str, close: &str| open.repeat(100_000) + &close.repeat(100_000);
    let mut long = talk();
    let claim = b"/Length 99";
    let at = long.windows(7).position(|window| window == b"/Length").expect("a length");
    long.splice(at..at + claim.len(), b"/Length 2147483648".iter().copied());
    let bomb = deflated(&vec![b' '; 300 << 20]);
    let twice = deflated(&deflated(&vec![b' '; 200 << 20]));
    let shows_ten = |next: &str| {
        let entries = format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {next} 0 R>>>>");
        stream(&entries, "/X Do ".repeat(10).as_bytes())
    };
    let forms: Vec<Vec<u8>> = (7..19).map(|next| shows_ten(&next.to_string())).collect();
    let traps = [
        file(&[deep("[", "]").into_bytes()]),
        file(&[deep("<</A", ">>").into_bytes()]),
        document(&[stream("", deep("[", "]").as_bytes())], &[]),
        document(&[stream("", deep("(", ")").as_bytes())], &[]),
        document(&[stream("", "q ".repeat(2_000_000).as_bytes())], &[]),
        long,
        document(&[stream("/Filter/FlateDecode", &bomb)], &[]),
        document(&[stream("/Filter[/FlateDecode/FlateDecode]", &twice)], &[]),
        document(&[stream("", b"/X Do")], &forms),
        // A page tree and a cross-reference table that lead back to themselves.
        file(&[b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>".to_vec()]),
        b"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF"
            .to_vec(),
    ];
    for (number, trap) in traps.into_iter().enumerate() {
        let start = Instant::now();
        let _ = read("a.pdf", trap);
        assert!(start.elapsed() < SOON, "trap {number} took {:?}", start.elapsed());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn any_bytes_in_any_place(patches in prop::collection::vec((any::<prop::sample::Index>(), any::<Vec<u8>>()), 1..4)) {
        let mut bytes = talk();
        for (place, patch) in patches {
            let at = place.index(bytes.len());
            let end = (at + patch.len() / 2).min(bytes.len());
            bytes.splice(at..end, patch);
        }
        let _ = read("a.pdf", bytes);
    }

    #[test]
    fn any_content(content in "(BT|ET|q|Q|/F [0-9]{1,3} Tf|[0-9.-]{1,9} |Td|Tm|cm|T\\*|TJ|Tj|\\[|\\]|\\([a-z ]{0,9}\\)| |\n|'|<[0-9A-F]{0,4}>|/X Do){0,80}") {
        let _ = read("a.pdf", document(&[stream("", content.as_bytes())], &[]));
    }
}
