//! A corpus folder as it comes: good transcripts, bad files, and the tables beside them.

use std::fs;
use std::path::{Path, PathBuf};

use qualcode::corpus::{
    self, AttributeType, CorpusError, DocumentEntry, Format, ParagraphKind, Properties, Role, RoleRules, Transcript,
};
use qualcode::diagnostic::{Collected, Diagnostic, Severity};
use tempfile::TempDir;

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        let location = self.path().join(path);
        fs::create_dir_all(location.parent().expect("a parent")).expect("a folder");
        fs::write(location, bytes).expect("a file");
        self
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn roots(&self) -> Vec<PathBuf> {
        vec![self.path().to_owned()]
    }

    fn read(&self) -> (Vec<Transcript>, Vec<Diagnostic>) {
        let report = Collected::default();
        let found = corpus::discover(&self.roots(), &[], &report).expect("transcripts");
        let transcripts = found.files.iter().flat_map(|file| corpus::read(&found, file, &report)).collect();
        (transcripts, report.into_sorted())
    }

    fn properties(&self) -> (Result<Properties, CorpusError>, Vec<Diagnostic>) {
        let (transcripts, _) = self.read();
        let entries: Vec<_> = transcripts
            .iter()
            .map(|read| DocumentEntry {
                id: &read.id,
                path: &read.path,
                front_matter: &read.front_matter,
                folder: Some(0),
            })
            .collect();
        let report = Collected::default();
        let properties = corpus::properties(&self.roots(), &entries, &report);
        (properties, report.into_sorted())
    }

    /// Path, line and code of every fault.
    fn faults(&self) -> Vec<(String, Option<u32>, &'static str)> {
        match self.properties().0 {
            Err(CorpusError::Tables { faults }) => {
                assert!(faults.iter().all(|fault| !fault.message.is_empty() && !fault.mend.is_empty()));
                faults.into_iter().map(|fault| (fault.path, fault.line, fault.code)).collect()
            }
            other => panic!("faults were expected, not {other:?}"),
        }
    }
}

fn place(path: &str, line: u32, code: &'static str) -> (String, Option<u32>, &'static str) {
    (path.to_owned(), Some(line), code)
}

fn codes(diagnostics: &[Diagnostic]) -> Vec<(&str, &'static str, Severity)> {
    diagnostics.iter().map(|found| (found.path.as_str(), found.code, found.severity)).collect()
}

const TALK: &str = "Interviewer: How are you?\n\nAnna: Fine.\n";

#[test]
fn ids_are_paths_without_extension_sorted_and_companions_are_no_transcripts() {
    let folder = Folder::new()
        .file("b.txt", TALK)
        .file("a/c.MD", TALK)
        .file("cafe\u{301}.markdown", TALK)
        .file("changelog-7.md", TALK)
        .file("README.md", TALK)
        .file("readme.txt", TALK)
        .file("LICENSE-MIT.txt", TALK)
        .file("CHANGELOG.md", TALK)
        .file("documents.csv", "document\n")
        .file("speakers.csv", "speaker\n")
        .file(".hidden/d.txt", TALK)
        .file(".e.txt", TALK);
    let (transcripts, diagnostics) = folder.read();
    let ids: Vec<_> = transcripts.iter().map(|read| (read.id.as_str(), read.format)).collect();
    assert_eq!(
        ids,
        [("a/c", Format::Markdown), ("b", Format::Text), ("café", Format::Markdown), ("changelog-7", Format::Markdown)]
    );
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn one_bad_file_never_stops_the_rest() {
    let folder = Folder::new()
        .file("binary.txt", b"PK\x03\x04\0\0")
        .file("empty.txt", "")
        .file("good.txt", TALK)
        .file("pages.docx", b"PK\x03\x04\0")
        .file("photo.jpg", "x")
        .file("white.md", " \n\t\n");
    let (transcripts, diagnostics) = folder.read();
    assert_eq!(transcripts.len(), 1);
    assert_eq!(
        codes(&diagnostics),
        [
            ("binary.txt", "T005", Severity::Skipped),
            ("empty.txt", "T004", Severity::Skipped),
            ("pages.docx", "T018", Severity::Skipped),
            ("photo.jpg", "T033", Severity::Note),
            ("white.md", "T004", Severity::Skipped),
        ]
    );
    assert!(diagnostics[0].mend.contains("UTF-8") && diagnostics[2].mend.contains("save it again"));
}

#[test]
fn a_file_that_vanished_is_a_diagnostic() {
    let folder = Folder::new().file("a.txt", TALK).file("b.txt", TALK);
    let report = Collected::default();
    let found = corpus::discover(&folder.roots(), &[], &report).expect("transcripts");
    fs::remove_file(folder.path().join("a.txt")).expect("removed");
    let read: Vec<_> = found.files.iter().flat_map(|file| corpus::read(&found, file, &report)).collect();
    assert_eq!(read.len(), 1);
    assert_eq!(codes(&report.into_sorted()), [("a.txt", "T003", Severity::Skipped)]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_unicode_is_skipped() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new().file("a.txt", TALK);
    fs::write(folder.path().join(std::ffi::OsStr::from_bytes(b"b\xE5.txt")), TALK).expect("a file");
    let (transcripts, diagnostics) = folder.read();
    assert_eq!(transcripts.len(), 1);
    assert_eq!(codes(&diagnostics), [("b\u{FFFD}.txt", "T009", Severity::Skipped)]);
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_loops_are_told() {
    let folder = Folder::new().file("a/b.txt", TALK);
    std::os::unix::fs::symlink(folder.path().join("a"), folder.path().join("a/again")).expect("a link");
    std::os::unix::fs::symlink(folder.path().join("nothing"), folder.path().join("broken.txt")).expect("a link");
    std::os::unix::fs::symlink(folder.path().join("a/b.txt"), folder.path().join("c.txt")).expect("a link");
    let (transcripts, diagnostics) = folder.read();
    assert_eq!(transcripts.iter().map(|read| read.id.as_str()).collect::<Vec<_>>(), ["a/b"]);
    assert_eq!(
        codes(&diagnostics),
        [
            ("a/again", "T008", Severity::Skipped),
            ("broken.txt", "T003", Severity::Skipped),
            ("c.txt", "T017", Severity::Note)
        ]
    );
}

#[cfg(unix)]
#[test]
fn links_lead_into_other_folders_but_not_above_the_corpus() {
    let outside = Folder::new().file("b.txt", TALK);
    let folder = Folder::new().file("a.txt", TALK);
    std::os::unix::fs::symlink(outside.path(), folder.path().join("more")).expect("a link");
    let above = folder.path().parent().expect("a folder above");
    std::os::unix::fs::symlink(above, folder.path().join("up")).expect("a link");
    let (transcripts, diagnostics) = folder.read();
    assert_eq!(transcripts.iter().map(|read| read.id.as_str()).collect::<Vec<_>>(), ["a", "more/b"]);
    assert_eq!(codes(&diagnostics), [("up", "T008", Severity::Skipped)]);
}

#[test]
fn excluded_folders_are_not_entered() {
    let folder = Folder::new().file("a.txt", TALK).file("out/b.txt", TALK);
    let report = Collected::default();
    let found = corpus::discover(&folder.roots(), &[folder.path().join("out")], &report).expect("transcripts");
    assert_eq!(found.files.len(), 1);
}

#[test]
fn a_corpus_that_cannot_be_used_says_why() {
    let report = Collected::default();
    let empty = Folder::new().file("a.pages", "x");
    let error = corpus::discover(&empty.roots(), &[], &report).expect_err("no transcripts").to_string();
    assert!(
        error.contains("no transcripts in") && error.contains("text, Word, PDF") && error.contains("1 file(s)"),
        "{error}"
    );

    let missing = corpus::discover(&[empty.path().join("none")], &[], &report).expect_err("no folder").to_string();
    assert!(missing.contains("none") && missing.contains("give the folder"), "{missing}");

    let double = Folder::new().file("a.md", TALK).file("a.txt", TALK).file("x/b.md", TALK).file("x/b.txt", TALK);
    match corpus::discover(&double.roots(), &[], &report) {
        Err(error @ CorpusError::Duplicates { .. }) => {
            let text = error.to_string();
            for part in ["a.md", "a.txt", "b.md", "b.txt", "rename"] {
                assert!(text.contains(part), "{text}");
            }
        }
        other => panic!("duplicates were expected, not {other:?}"),
    }

    let roots = [double.path().to_owned(), double.path().join("x")];
    assert!(matches!(corpus::discover(&roots, &[], &report), Err(CorpusError::Nested { .. })));
}

#[test]
fn several_roots_and_single_files_make_one_corpus() {
    let (first, second) = (Folder::new().file("a.txt", TALK), Folder::new().file("b.txt", TALK).file("c.txt", TALK));
    let report = Collected::default();
    let roots = [first.path().to_owned(), second.path().join("c.txt")];
    let found = corpus::discover(&roots, &[], &report).expect("transcripts");
    assert_eq!(found.files.iter().map(|file| file.id.as_str()).collect::<Vec<_>>(), ["a", "c"]);
    assert_eq!(found.folders, [first.path()]);

    let same = Folder::new().file("a.md", TALK);
    let roots = [first.path().to_owned(), same.path().to_owned()];
    assert!(matches!(corpus::discover(&roots, &[], &report), Err(CorpusError::Duplicates { .. })));
}

#[test]
fn encodings_and_line_ends() {
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain("Åsa: Ja.\r\n\r\nBo: Nej.\r\n".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let latin1 = b"Interviewer: Vad \xE4r det f\xF6r dig?\r\n\r\nChefen: Det \xE4r s\xE5 vi g\xF6r h\xE4r.\r\n";
    let folder = Folder::new()
        .file("latin1.txt", latin1)
        .file("utf16.txt", utf16)
        .file("utf8.txt", "\u{FEFF}Åsa: Ja.\r\rBo: Nej.\r");
    let (transcripts, diagnostics) = folder.read();
    assert_eq!(transcripts[0].text, "Interviewer: Vad är det för dig?\n\nChefen: Det är så vi gör här.\n");
    assert_eq!(transcripts[1].text, "Åsa: Ja.\n\nBo: Nej.\n");
    assert_eq!(transcripts[2].text, "Åsa: Ja.\n\nBo: Nej.\n");
    assert_eq!(transcripts[1].text_sha256, transcripts[2].text_sha256);
    assert_ne!(transcripts[1].sha256, transcripts[2].sha256);
    assert_eq!(codes(&diagnostics), [("latin1.txt", "T010", Severity::Note)]);
    assert!(diagnostics[0].message.contains("windows-1252"), "{}", diagnostics[0].message);
}

#[test]
fn the_hash_is_that_of_the_bytes() {
    let (transcripts, _) = Folder::new().file("a.txt", "abc").read();
    // FIPS 180-2, appendix B.1.
    assert_eq!(transcripts[0].sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!(transcripts[0].text_sha256, transcripts[0].sha256);
}

#[test]
fn a_single_line_of_many_megabytes_is_one_paragraph() {
    let line = format!("Anna: {}", "well [so] (it) is: ".repeat(500_000));
    let (transcripts, _) = Folder::new().file("a.txt", &line).read();
    let paragraphs = &transcripts[0].paragraphs;
    assert_eq!((paragraphs.len(), paragraphs[0].silent.len()), (1, 500_000));
    assert_eq!(paragraphs[0].words.len() as usize, line.trim_end().len() - "Anna: ".len());
}

#[test]
fn front_matter_is_no_paragraph_and_joins_documents_csv() {
    let folder = Folder::new()
        .file("a.md", "---\nsite: north\nwave: 1\n---\n# Title\n\n**Interviewer:** Well?\n\n**Anna:** Yes.\n")
        .file("b.txt", TALK)
        .file("documents.csv", "document;site;number\nb;south;007\na;north;\n");
    let (transcripts, _) = folder.read();
    let kinds: Vec<_> = transcripts[0]
        .paragraphs
        .iter()
        .map(|paragraph| (paragraph.kind, paragraph.words.of(&transcripts[0].text)))
        .collect();
    assert_eq!(
        kinds,
        [(ParagraphKind::Heading, "Title"), (ParagraphKind::Speech, "Well?"), (ParagraphKind::Speech, "Yes.")]
    );
    let (properties, diagnostics) = folder.properties();
    let attributes = properties.expect("attributes").attributes;
    let columns: Vec<_> = attributes.columns().iter().map(|column| (column.name.as_str(), column.kind)).collect();
    assert_eq!(
        columns,
        [("site", AttributeType::Text), ("number", AttributeType::Text), ("wave", AttributeType::Integer)]
    );
    assert_eq!(attributes.of("a"), Some([Some("north".to_owned()), None, Some("1".to_owned())].as_slice()));
    assert_eq!(attributes.value("b", "number"), Some("007"));
    assert!(diagnostics.is_empty());
}

#[test]
fn every_fault_of_documents_csv_is_told_at_once_with_its_line() {
    let folder = Folder::new()
        .file("a.md", "---\nsite: north\nwords: 3\n---\nAnna: Yes.\n\nBo: No.\n")
        .file("b.txt", TALK)
        .file("documents.csv", "document,site,turns,Site\na,south,1,\nb,x\nb,y,2,\nb,z,2,\n,z,2,\n");
    assert_eq!(
        folder.faults(),
        [
            place("a.md", 3, "D009"),
            place("a.md", 2, "D008"),
            place("documents.csv", 1, "D006"),
            place("documents.csv", 1, "D007"),
            place("documents.csv", 3, "D003"),
            place("documents.csv", 5, "D005"),
            place("documents.csv", 6, "D010"),
        ]
        .into_iter()
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect::<Vec<_>>()
    );
    let text = folder.properties().0.expect_err("faults").to_string();
    assert!(text.ends_with("7 faults"), "{text}");

    let missing = Folder::new().file("a.txt", TALK).file("documents.csv", "name,site\na,b\n");
    assert_eq!(missing.faults(), [place("documents.csv", 1, "D002")]);
}

#[test]
fn a_row_for_an_absent_document_is_a_warning() {
    let folder = Folder::new().file("a.txt", TALK).file("documents.csv", "document,site\na,x\na.txt,y\nz,y\n");
    let (properties, diagnostics) = folder.properties();
    assert_eq!(properties.expect("attributes").attributes.value("a", "site"), Some("x"));
    let places: Vec<_> = diagnostics.iter().map(|found| (found.line, found.code, found.severity)).collect();
    assert_eq!(places, [(Some(3), "D004", Severity::Warning), (Some(4), "D004", Severity::Warning)]);
    assert!(diagnostics[0].mend.contains("\"a\""), "{}", diagnostics[0].mend);
}

#[test]
fn speakers_csv_gives_roles_cases_and_attributes() {
    let folder = Folder::new().file("a.txt", TALK).file("b.txt", TALK).file(
        "speakers.csv",
        "speaker\trole\tcase\tdocument\tage\nAnna\tinformant\tP1\t\t50\nanna\tother\t\tb\t51\nInterviewer\t\tme\t\t\n",
    );
    let (properties, diagnostics) = folder.properties();
    let speakers = properties.expect("speakers").speakers;
    assert!(diagnostics.is_empty());
    assert_eq!((speakers.columns()[0].name.as_str(), speakers.columns()[0].kind), ("age", AttributeType::Integer));
    let row = speakers.lookup("a", " ANNA ").expect("a row");
    assert_eq!(
        (row.role, row.case.as_deref(), speakers.value(row, "age")),
        (Some(Role::Informant), Some("P1"), Some("50"))
    );
    let row = speakers.lookup("b", "Anna").expect("a row");
    assert_eq!((row.role, row.case.as_deref()), (Some(Role::Other), None));
    assert_eq!(speakers.lookup("a", "Bo"), None);
    let rules = RoleRules::new(["Anna"]);
    assert_eq!(rules.role_of("Anna", speakers.lookup("a", "Anna")), Role::Informant);
    assert_eq!(rules.role_of("Interviewer", speakers.lookup("a", "Interviewer")), Role::Interviewer);
    assert_eq!(rules.role_of("Anna", None), Role::Interviewer);
}

#[test]
fn every_fault_of_speakers_csv_is_told_at_once_with_its_line() {
    let folder = Folder::new()
        .file("a.txt", TALK)
        .file("speakers.csv", "speaker,role,words,document\nAnna,boss,,\nAnna,informant,,\n,other,,\nBo\nCia,,,zz\n");
    assert_eq!(
        folder.faults(),
        [
            place("speakers.csv", 1, "S005"),
            place("speakers.csv", 2, "S004"),
            place("speakers.csv", 3, "S007"),
            place("speakers.csv", 4, "S008"),
            place("speakers.csv", 5, "S003"),
        ]
    );
    assert_eq!(codes(&folder.properties().1), [("speakers.csv", "S009", Severity::Warning)]);

    let missing = Folder::new().file("a.txt", TALK).file("speakers.csv", "name,role\nAnna,other\n");
    assert_eq!(missing.faults(), [place("speakers.csv", 1, "S002")]);
    let workbook = Folder::new().file("a.txt", TALK).file("speakers.csv", b"PK\x03\x04\0\0");
    assert_eq!(workbook.faults(), [("speakers.csv".to_owned(), None, "S001")]);
}
