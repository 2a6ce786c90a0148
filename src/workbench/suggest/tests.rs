use std::collections::BTreeMap;

use super::gather::TargetRow;
use super::{Surroundings, TargetBlock, candidates, covered, gather, variants};
use crate::codebook::{Codebook, load};
use crate::span::Span;
use crate::text;

fn codebook(pattern: &str) -> Codebook {
    let file = format!(
        r#"{{"format": 1, "id": "b", "language": "en", "tracks": [{{"id": "m", "label": "M"}}],
            "themes": [{{"id": "t", "label": "T"}}],
            "codes": [{{"id": "a", "theme": "t", "tracks": ["m"], "label": "A", "patterns": ["{pattern}"]}}]}}"#
    );
    load(file.as_bytes(), "b.json").expect("a good codebook").0
}

fn gathered(words: &str, sentences: &[u32], spans: &[Span], around: Surroundings) -> TargetBlock {
    let mut tokens = Vec::new();
    text::token_spans(words, 0, &mut tokens);
    let tokens: Vec<(u32, u32)> = tokens.iter().map(|token| (token.start, token.end)).collect();
    let mut block = TargetBlock::default();
    gather(&mut block, TargetRow { document: 0, turn: 1, words, tokens: &tokens, sentences, spans }, around);
    block
}

fn phrases(block: &TargetBlock) -> Vec<(&str, u64)> {
    block.phrases.iter().map(|(phrase, found)| (phrase.as_str(), found.count)).collect()
}

#[test]
fn phrases_stay_in_their_sentence_and_clear_of_the_coding() {
    // far(0) off(1). The(2) virus(3) hit us(4,5). Gone(6).
    let block = gathered("Far off. The virus hit us. Gone.", &[0, 2, 6], &[Span::new(0, 3, 4)], Surroundings::Sentence);
    assert_eq!(phrases(&block), [("hit", 1), ("hit us", 1), ("the", 1), ("us", 1)]);
    assert_eq!((block.tokens, block.inside), (3, 1));
    let near = gathered("Far off. The virus hit us. Gone.", &[0, 2, 6], &[Span::new(0, 3, 4)], Surroundings::Words(2));
    assert_eq!(phrases(&near), [("hit", 1), ("hit us", 1), ("off", 1), ("the", 1), ("us", 1)]);
}

#[test]
fn frequent_words_of_the_corpus_are_no_candidates() {
    let block = gathered("the worm the worm the worm x", &[0], &[Span::new(0, 6, 7)], Surroundings::Sentence);
    let passages = BTreeMap::from([("the".to_owned(), 900), ("worm".to_owned(), 3), ("x".to_owned(), 1)]);
    assert_eq!(candidates(&block, &passages, 3, 9), ["the worm", "worm"]);
    assert_eq!(candidates(&block, &passages, 4, 9), [] as [&str; 0]);
}

#[test]
fn what_the_patterns_find_is_covered() {
    let codebook = codebook("virus* NEAR/3 (hit | struck)");
    let covered = covered(&codebook.codes[0], "en", &["virus", "viruses struck", "hit"]).expect("English");
    assert_eq!(covered, [false, true, false]);
}

#[test]
fn forms_and_slips_of_the_words_in_the_patterns() {
    let codebook = codebook("delegate NOT AFTER/2 never");
    let words = ["delegate", "delegates", "delgate", "delicate", "never", "nevers", "deletage"];
    let words = words.iter().map(|word| ((*word).to_owned(), 1)).collect();
    let found = variants(&codebook.codes[0], "en", &words);
    let found: Vec<_> = found.iter().map(|one| (one.word.as_str(), one.of.as_str(), one.kind.as_str())).collect();
    assert_eq!(found, [("delegates", "delegate", "inflection"), ("delgate", "delegate", "spelling")]);
}
