//! The sample corpus and its codebook: what the article observed, and how the patterns compare with a reader.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

type Row = BTreeMap<String, String>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rows(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).expect("a readable table");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

/// The results of the README's first command, made once for all tests.
pub(crate) fn results() -> &'static Path {
    static RESULTS: OnceLock<PathBuf> = OnceLock::new();
    RESULTS.get_or_init(|| {
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sample-results");
        let _ = std::fs::remove_dir_all(&out);
        assert_cmd::Command::new(env!("CARGO_BIN_EXE_qualcode"))
            .current_dir(root())
            .args([
                "run",
                "corpora/utility-company",
                "--codebook",
                "codebooks/ism-three-tracks.json",
                "--quiet",
                "--out",
            ])
            .arg(&out)
            .assert()
            .success();
        out
    })
}

/// Cases with at least one counted coding of any of the codes.
fn cases_with(codes: &[&str]) -> BTreeSet<String> {
    rows(&results().join("tables/case_codes.csv"))
        .into_iter()
        .filter(|row| codes.contains(&row["code"].as_str()) && !matches!(row["codings"].as_str(), "" | "0"))
        .map(|row| row["case"].clone())
        .collect()
}

fn all_cases() -> BTreeSet<String> {
    [
        "ceo",
        "hr-manager",
        "information-manager",
        "it-manager",
        "sales-manager",
        "security-coordinator",
        "subsidiary-executive-a",
        "subsidiary-executive-b",
    ]
    .map(str::to_owned)
    .into()
}

fn all_but(case: &str) -> BTreeSet<String> {
    all_cases().into_iter().filter(|other| other != case).collect()
}

#[test]
fn all_eight_mention_the_disaster() {
    assert_eq!(cases_with(&["storm-narrative"]), all_cases());
}

#[test]
fn all_eight_refer_to_the_it_handbook() {
    assert_eq!(cases_with(&["it-handbook"]), all_cases());
}

#[test]
fn the_others_speak_of_the_it_manager_as_the_one_who_knows() {
    let found = cases_with(&["it-manager-knows", "it-manager-owns-it", "trust-in-it-manager"]);
    assert!(found.is_superset(&all_but("it-manager")), "{found:?}");
}

#[test]
fn only_the_it_manager_describes_systematic_gathering_of_data() {
    // Others may say that he has figures; he is the one who describes the gathering as his own work.
    let by_document = rows(&results().join("tables/document_codes.csv"));
    let most = by_document.iter().max_by_key(|row| row["systematic-data-gathering"].parse::<u64>().expect("a count"));
    assert_eq!(most.expect("eight documents")["document"], "it-manager");
}

#[test]
fn walking_around_is_the_it_managers_way_and_one_other_says_mail_does_not_work() {
    assert!(cases_with(&["walking-around"]).contains("it-manager"));
    assert!(cases_with(&["face-to-face-over-mail"]).contains("subsidiary-executive-b"));
}

#[test]
fn every_track_is_found() {
    let frequencies = rows(&results().join("tables/frequencies.csv"));
    let tracks: BTreeMap<&str, u64> = frequencies
        .iter()
        .filter(|row| row["level"] == "track")
        .map(|row| (row["id"].as_str(), row["codings"].parse().expect("a count")))
        .collect();
    assert_eq!(tracks.keys().copied().collect::<Vec<_>>(), ["macro", "meso", "micro"]);
    assert!(tracks.values().all(|&codings| codings > 0), "{tracks:?}");
}

#[test]
fn the_guide_is_followed_in_every_interview() {
    let turns = rows(&results().join("tables/turns.csv"));
    for case in all_cases() {
        let asked: BTreeSet<&str> = turns
            .iter()
            .filter(|row| row["document"] == case)
            .map(|row| row["question"].as_str())
            .filter(|question| !question.is_empty())
            .collect();
        assert_eq!(asked.into_iter().collect::<Vec<_>>(), ["a", "b1", "b2", "background", "c"], "{case}");
    }
}

/// Hits, false alarms and misses of one code.
#[derive(Debug, Clone, Copy, Default)]
struct Score {
    hit: u32,
    false_alarm: u32,
    missed: u32,
}

impl Score {
    fn precision(self) -> f64 {
        f64::from(self.hit) / f64::from((self.hit + self.false_alarm).max(1))
    }

    fn recall(self) -> f64 {
        f64::from(self.hit) / f64::from((self.hit + self.missed).max(1))
    }

    fn add(&mut self, other: Self) {
        self.hit += other.hit;
        self.false_alarm += other.false_alarm;
        self.missed += other.missed;
    }
}

/// Where each sentence of `gold.csv` is, in code points, and what a reader coded it with.
fn gold() -> Vec<(String, std::ops::Range<usize>, BTreeSet<String>)> {
    let folder = root().join("corpora/utility-company");
    let mut texts: BTreeMap<String, (String, usize)> = BTreeMap::new();
    rows(&folder.join("gold.csv"))
        .into_iter()
        .map(|row| {
            let document = row["document"].clone();
            let (text, searched) = texts.entry(document.clone()).or_insert_with(|| {
                let path = [".txt", ".md"].map(|end| folder.join(format!("{document}{end}")));
                (path.iter().find_map(|path| std::fs::read_to_string(path).ok()).expect("a transcript"), 0)
            });
            let at = text[*searched..].find(&row["text"]).expect("a sentence of the transcript") + *searched;
            *searched = at + row["text"].len();
            let start = text[..at].chars().count();
            let codes = row["codes"].split('|').filter(|code| !code.is_empty()).map(str::to_owned).collect();
            (document, start..start + row["text"].chars().count(), codes)
        })
        .collect()
}

#[test]
fn gold_the_patterns_agree_with_a_reader_as_far_as_the_floor() {
    let codings = rows(&results().join("tables/codings.csv"));
    let mut found: BTreeMap<&str, Vec<(usize, usize, &str)>> = BTreeMap::new();
    for coding in codings.iter().filter(|coding| coding["counted"] == "1") {
        let place = |column: &str| coding[column].parse().expect("a place");
        let entry = (place("start_char"), place("end_char"), coding["code"].as_str());
        found.entry(&coding["document"]).or_default().push(entry);
    }
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    let (mut seen, mut unseen) = (Score::default(), Score::default());
    let (mut coded, mut uncoded) = (0, 0);
    for (document, sentence, read) in gold() {
        let group = if SEEN.contains(&document.as_str()) { &mut seen } else { &mut unseen };
        if read.is_empty() {
            uncoded += 1
        } else {
            coded += 1
        }
        let touched = |&&(start, end, _): &&(usize, usize, &str)| start < sentence.end && sentence.start < end;
        let codings = found.get(document.as_str()).into_iter().flatten();
        let matched: BTreeSet<String> = codings.filter(touched).map(|&(_, _, code)| code.to_owned()).collect();
        for code in read.union(&matched) {
            let score = match (read.contains(code), matched.contains(code)) {
                (true, true) => Score { hit: 1, ..Score::default() },
                (false, _) => Score { false_alarm: 1, ..Score::default() },
                (true, false) => Score { missed: 1, ..Score::default() },
            };
            scores.entry(code.clone()).or_default().add(score);
            group.add(score);
        }
    }
    assert!(coded >= 400 && uncoded >= 400, "{coded} coded and {uncoded} uncoded sentences");
    let mut all = Score::default();
    let mut table =
        format!("{:<34} {:>5} {:>5} {:>5} {:>9} {:>7}\n", "code", "hit", "false", "miss", "precision", "recall");
    for (code, score) in &scores {
        all.add(*score);
        table.push_str(&format!(
            "{code:<34} {:>5} {:>5} {:>5} {:>9.2} {:>7.2}\n",
            score.hit,
            score.false_alarm,
            score.missed,
            score.precision(),
            score.recall()
        ));
    }
    report(&table, &[("all eight", all), ("the four read first", seen), ("the four read later", unseen)]);
    assert!(all.precision() >= PRECISION_FLOOR, "precision {:.3}", all.precision());
    assert!(all.recall() >= RECALL_FLOOR, "recall {:.3}", all.recall());
}

/// Shows precision and recall, with `cargo test gold -- --nocapture`.
#[allow(clippy::print_stdout, reason = "the scores are there to be read")]
fn report(table: &str, groups: &[(&str, Score)]) {
    println!("{table}");
    for (name, score) in groups {
        println!("{name}: precision {:.2}, recall {:.2}", score.precision(), score.recall());
    }
}

/// Interviews that were read while the first patterns were written. On the other four these reached a precision of
/// 0.59 and a recall of 0.18; then the others were read too, and the patterns extended. `gold.csv` was never read.
const SEEN: [&str; 4] = ["ceo", "it-manager", "sales-manager", "subsidiary-executive-b"];

/// Floors a little below what the patterns reach; to be raised with the patterns, never lowered to let a change by.
const PRECISION_FLOOR: f64 = 0.72;
/// See [`PRECISION_FLOOR`].
const RECALL_FLOOR: f64 = 0.72;

#[test]
fn cooccurrence_is_what_scipy_and_statsmodels_make_of_the_units() {
    let Some(mut python) = crate::oracle::python(&["numpy", "scipy", "statsmodels"]) else { return };
    let script = crate::oracle::script("cooccurrence.py");
    let answer = crate::oracle::answer(python.arg(script).arg(results().join("tables")), "");
    let compared: Vec<u64> = answer.split_whitespace().map(|number| number.parse().expect("a number")).collect();
    let codes = 58;
    assert_eq!(compared[0], codes * (codes - 1) / 2, "every pair");
    assert!(compared[1] > 15 * compared[0], "{answer}");
}
