//! The program is killed at many moments; run again, it ends where an undisturbed run does.

use std::time::{Duration, Instant};

use crate::case::{Case, assert_same, transcript, wide_book};

/// Moments over which the kills are spread; the last ones lie near the end of an undisturbed run, where files are
/// put in their places.
const MOMENTS: u32 = 27;

fn corpus() -> Case {
    let case = Case::new().book(wide_book());
    for number in 0..40 {
        case.write(&format!("corpus/doc-{number:02}.txt"), transcript(number, 120));
    }
    case
}

/// A corpus that differs from [`corpus`] in every way that an update knows.
fn change(case: &Case) {
    for number in 0..30 {
        case.write(&format!("corpus/doc-{number:02}.txt"), transcript(200 + number, 120));
    }
    case.remove("corpus/doc-39.txt");
    case.write("corpus/new.txt", transcript(300, 50));
    case.write("corpus/speakers.csv", "speaker,case\nAnna,anna\n");
}

/// How long the program takes, and that it succeeds.
fn duration(case: &Case, args: &[&str]) -> Duration {
    let begun = Instant::now();
    case.qualcode(args).exits(0);
    begun.elapsed()
}

/// Starts the program and kills it after so long; whether it was still running.
fn killed(case: &Case, args: &[&str], after: Duration) -> bool {
    let mut child = case.start(args);
    std::thread::sleep(after);
    let running = child.try_wait().expect("a child").is_none();
    child.kill().expect("killed");
    child.wait().expect("ended");
    running
}

fn copy(case: &Case, from: &str, to: &str) {
    let (from, to) = (case.path(from), case.path(to));
    let mut folders = vec![from.clone()];
    while let Some(folder) = folders.pop() {
        let target = to.join(folder.strip_prefix(&from).expect("below"));
        std::fs::create_dir_all(&target).expect("a folder");
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                std::fs::copy(&path, target.join(path.file_name().expect("a name"))).expect("copied");
            }
        }
    }
}

#[test]
fn an_index_that_is_killed_goes_on() {
    const INDEX: [&str; 6] = ["index", "corpus", "--store", "killed", "--threads", "2"];
    let case = corpus();
    case.index("before", &[]).exits(0);
    let query = |case: &Case, store: &str| {
        case.qualcode(&["query", "--store", store, "storm NEAR/4 (IT | it)", "--format", "jsonl"])
    };
    let code = |out: &str| {
        let args = ["code", "--store", "killed", "--codebook", "codebook.json", "--out", out];
        case.qualcode(&[&args[..], &["--format", "csv", "--tables", "documents,turns,codings"]].concat()).exits(0);
        case.results(out)
    };
    let old = query(&case, "before").exits(0).stdout;
    change(&case);
    copy(&case, "before", "killed");
    let mut whole = duration(&case, &INDEX);
    let undisturbed = code("undisturbed");
    let new = query(&case, "killed").exits(0).stdout;
    assert_ne!(old, new);
    let mut struck = 0;
    for moment in 0..MOMENTS {
        case.remove("killed");
        // Now an update of an older store, now one that makes it.
        let update = moment % 2 == 0;
        if update {
            copy(&case, "before", "killed");
        }
        struck += u32::from(killed(&case, &INDEX, whole * moment / MOMENTS));
        let left = query(&case, "killed");
        match left.status {
            Some(0) => {
                assert!(left.stdout == new || (update && left.stdout == old), "neither the old state nor the new")
            }
            _ if update => panic!("the old state is gone after {moment}: {left:?}"),
            _ => drop(left.exits(2).says("qualcode index")),
        }
        let again = Instant::now();
        case.qualcode(&INDEX).exits(0);
        if moment == 0 && update {
            whole = whole.min(again.elapsed());
        }
        assert_same(&undisturbed, &code("again"), &format!("killed at moment {moment} of {MOMENTS}"));
    }
    assert!(struck * 2 > MOMENTS, "only {struck} of {MOMENTS} kills struck a running program");
}

#[test]
fn a_run_that_is_killed_can_be_repeated() {
    const RUN: [&str; 8] = ["run", "corpus", "--codebook", "codebook.json", "--out", "out", "--threads", "2"];
    let case = corpus();
    case.run("undisturbed", &[]).exits(0);
    let undisturbed = case.results("undisturbed");
    let fresh = duration(&case, &RUN);
    let repeated = duration(&case, &RUN);
    let mut struck = 0;
    for moment in 0..MOMENTS {
        // Now a first run, now one that replaces results.
        let replaces = moment % 2 == 0;
        if !replaces {
            case.remove("out");
        }
        let whole = if replaces { repeated } else { fresh };
        struck += u32::from(killed(&case, &RUN, whole * moment / MOMENTS));
        let left = case.path("out/run.json").exists();
        if left {
            // Who finds it finds the rest.
            let kept: Vec<_> = case.results("out").into_iter().filter(|(name, _)| !name.starts_with('.')).collect();
            assert_same(&undisturbed, &kept.into_iter().collect(), &format!("left at moment {moment}"));
        }
        case.qualcode(&RUN).exits(0);
        assert_same(&undisturbed, &case.results("out"), &format!("killed at moment {moment} of {MOMENTS}"));
    }
    assert!(struck * 2 > MOMENTS, "only {struck} of {MOMENTS} kills struck a running program");
}
