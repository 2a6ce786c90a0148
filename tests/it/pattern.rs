//! The pattern language: worked examples of trees, faults and warnings, and the round trip through text.

use proptest::prelude::{Just, Strategy, any, prop, prop_assert_eq, prop_oneof, proptest};
use qualcode::pattern::{CasePolicy, Gap, Node, Order, ParseOptions, PatternFault, Step, WordTest, parse};

fn smart(text: &str) -> Node {
    parse(text, &ParseOptions::default()).unwrap_or_else(|faults| panic!("{text}: {faults:?}")).tree
}

fn faults(text: &str) -> Vec<PatternFault> {
    parse(text, &ParseOptions::default()).expect_err(text)
}

fn codes(text: &str) -> Vec<&'static str> {
    faults(text).iter().map(|fault| fault.code).collect()
}

/// Code and place of the only fault.
fn only(text: &str) -> (&'static str, &str) {
    let faults = faults(text);
    assert_eq!(faults.len(), 1, "{text}: {faults:?}");
    (faults[0].code, &text[faults[0].span.clone()])
}

fn mend(text: &str) -> String {
    faults(text).remove(0).mend
}

fn warnings(text: &str) -> Vec<(&'static str, String)> {
    let parsed = parse(text, &ParseOptions::default()).expect(text);
    parsed.warnings.into_iter().map(|fault| (fault.code, text[fault.span].to_owned())).collect()
}

fn word(text: &str) -> Node {
    Node::Word(WordTest::Literal { text: text.to_owned(), sensitive: false })
}

fn exact(text: &str) -> Node {
    Node::Word(WordTest::Literal { text: text.to_owned(), sensitive: true })
}

fn glob(glob: &str) -> Node {
    Node::Word(WordTest::Wildcard { glob: glob.to_owned(), sensitive: false })
}

fn steps<const N: usize>(items: [(u32, u32, Node); N]) -> Node {
    Node::Sequence(items.into_iter().map(|(min, max, node)| Step { gap: Gap { min, max }, node }).collect())
}

fn near(order: Order, distance: u32, left: Node, right: Node) -> Node {
    Node::Near { order, distance, left: Box::new(left), right: Box::new(right) }
}

#[test]
fn words_follow_the_tokeniser_of_the_text() {
    assert_eq!(smart("virus"), word("virus"));
    assert_eq!(smart("after-action"), steps([(0, 0, word("after")), (0, 0, word("action"))]));
    assert_eq!(smart("don't"), word("don't"));
    assert_eq!(smart("don’t"), word("don't"));
    assert_eq!(smart("well, yes."), steps([(0, 0, word("well")), (0, 0, word("yes"))]));
    assert_eq!(smart("Straße"), word("strasse"));
    assert_eq!(smart(r"\OR"), exact("OR"));
    assert_eq!(smart(r"virus\*"), word("virus"));
}

#[test]
fn gaps_stand_between_items_and_add_up() {
    assert_eq!(smart("take [0..3] care"), steps([(0, 0, word("take")), (0, 3, word("care"))]));
    assert_eq!(smart("take * care"), steps([(0, 0, word("take")), (1, 1, word("care"))]));
    assert_eq!(smart("take * [1..2] [3] care"), steps([(0, 0, word("take")), (5, 6, word("care"))]));
    assert_eq!(smart("take [ 0 .. 3 ] care"), steps([(0, 0, word("take")), (0, 3, word("care"))]));
    assert_eq!(only("* care"), ("P012", "*"));
    assert_eq!(only("care [0..3]"), ("P012", "[0..3]"));
    assert_eq!(only("(a | care *) of"), ("P012", "*"));
    assert_eq!(only("* [0..3]"), ("P013", "* [0..3]"));
    assert_eq!(only("care OR *"), ("P013", "*"));
    assert_eq!(only("a [3..1] b"), ("P011", "[3..1]"));
    assert_eq!(only("a [0..1001] b"), ("P011", "[0..1001]"));
    assert_eq!(codes("a [0..600] [0..600] b"), ["P011"]);
    assert_eq!(only("well [laughs] yes"), ("P011", "[laughs]"));
    assert!(mend("a [0-3] b").contains("`a [0..3] b`"));
    assert!(mend("a [3..1] b").contains("`a [1..3] b`"));
    assert_eq!(only("a ** b"), ("P018", "**"));
}

#[test]
fn wildcards_keep_a_word_whole() {
    assert_eq!(smart("Virus*"), glob("virus*"));
    assert_eq!(smart("*n't"), glob("*n't"));
    assert_eq!(smart("organi?ation"), glob("organi?ation"));
    assert_eq!(smart("a**b"), glob("a*b"));
    assert_eq!(smart("virus*,"), glob("virus*"));
    assert_eq!(smart("??"), glob("??"));
    assert_eq!(smart("カ*"), glob("カ*"));
    assert_eq!(only("an e-mail* came"), ("P018", "e-mail*"));
    assert!(mend("an e-mail* came").contains("`an e mail* came`"));
    assert_eq!(only("$*"), ("P018", "$*"));
}

#[test]
fn smart_case_goes_by_capitals() {
    assert_eq!(smart("IT manager"), steps([(0, 0, exact("IT")), (0, 0, word("manager"))]));
    assert_eq!(smart("I"), word("i"));
    assert_eq!(smart("\"IT\""), exact("IT"));
    assert_eq!(smart("IT*"), Node::Word(WordTest::Wildcard { glob: "IT*".to_owned(), sensitive: true }));
    let read = |case, text| parse(text, &ParseOptions { case, cue: false }).expect(text).tree;
    assert_eq!(read(CasePolicy::Insensitive, "IT"), word("it"));
    assert_eq!(read(CasePolicy::Sensitive, "Virus"), exact("Virus"));
    assert_eq!(
        read(CasePolicy::Sensitive, "/x/"),
        Node::Word(WordTest::Regex { expression: "x".to_owned(), sensitive: true })
    );
}

#[test]
fn operators_build_the_tree() {
    assert_eq!(smart("a OR b | c"), Node::Either(vec![word("a"), word("b"), word("c")]));
    assert_eq!(smart("a | b c"), Node::Either(vec![word("a"), steps([(0, 0, word("b")), (0, 0, word("c"))])]));
    assert_eq!(smart("a AND b AND c"), Node::Both(vec![word("a"), word("b"), word("c")]));
    assert_eq!(smart("a AND NOT b"), Node::AndNot(Box::new(word("a")), Box::new(word("b"))));
    assert_eq!(smart("a EXCEPT a b"), Node::Except(Box::new(word("a")), Box::new(smart("a b"))));
    assert_eq!(smart("a NEAR/5 b"), near(Order::Any, 5, word("a"), word("b")));
    assert_eq!(smart("a BEFORE/1 b"), near(Order::LeftFirst, 1, word("a"), word("b")));
    assert_eq!(smart("a AFTER/2 b"), near(Order::RightFirst, 2, word("a"), word("b")));
    assert_eq!(
        smart("secure NOT AFTER/3 (not | *n't)"),
        Node::NotNear {
            order: Order::RightFirst,
            distance: 3,
            left: Box::new(word("secure")),
            right: Box::new(Node::Either(vec![word("not"), glob("*n't")])),
        }
    );
    assert_eq!(smart("(a NEAR/5 b) OR c"), Node::Either(vec![near(Order::Any, 5, word("a"), word("b")), word("c")]));
}

#[test]
fn parentheses_leave_no_trace_where_they_change_nothing() {
    assert_eq!(smart("((a))"), word("a"));
    assert_eq!(smart("(a b) c"), smart("a b c"));
    assert_eq!(smart("a [0..2] (b [1..3] c)"), smart("a [0..2] b [1..3] c"));
    assert_eq!(smart("a | (b | c)"), smart("a | b | c"));
    assert_eq!(smart("(a | b c) d"), steps([(0, 0, Node::Either(vec![word("a"), smart("b c")])), (0, 0, word("d"))]));
}

#[test]
fn quotation_marks_make_everything_literal() {
    assert_eq!(smart("\"this OR that*\""), steps([(0, 0, word("this")), (0, 0, exact("OR")), (0, 0, word("that"))]));
    assert_eq!(smart("a \"b c\" d"), smart("a b c d"));
    assert_eq!(smart(r#""say \"no\"""#), smart("say no"));
    assert_eq!(smart("“take care”"), smart("take care"));
    assert_eq!(warnings("“take care” of"), [("P103", "“take care”".to_owned())]);
    assert_eq!(only("a \"b c"), ("P007", "\""));
}

#[test]
fn special_items_are_read() {
    assert_eq!(smart("/colou?r/"), Node::Word(WordTest::Regex { expression: "colou?r".to_owned(), sensitive: false }));
    assert_eq!(smart(r"/a\/b/"), Node::Word(WordTest::Regex { expression: r"a\/b".to_owned(), sensitive: false }));
    assert_eq!(smart("stem:Delegate"), Node::Word(WordTest::Stem { word: "delegate".to_owned() }));
    assert_eq!(smart("code:it-manager_1.b"), Node::Code("it-manager_1.b".to_owned()));
    assert_eq!(only("/ab"), ("P008", "/"));
    assert_eq!(only("x /a(b/ y"), ("P009", "("));
    assert_eq!(only("/a)(b/").0, "P009");
    assert_eq!(only("//"), ("P009", "//"));
    assert_eq!(only("/(a{1000}){1000}/").0, "P009");
    assert_eq!(only("/ab/i"), ("P009", "i"));
    assert_eq!(warnings("/a b/"), [("P105", "/a b/".to_owned())]);
    assert_eq!(only("stem:"), ("P019", "stem:"));
    assert_eq!(only("stem:virus*"), ("P019", "stem:virus*"));
    assert_eq!(only("stem:after-action"), ("P019", "stem:after-action"));
    assert_eq!(only("code:"), ("P020", "code:"));
    assert_eq!(only("code:a,b"), ("P020", "code:a,b"));
}

#[test]
fn mixed_operators_show_both_readings() {
    assert_eq!(only("a NEAR/5 b OR c"), ("P015", "NEAR/5 b OR"));
    assert_eq!(mend("a NEAR/5 b OR c"), "write `(a NEAR/5 b) OR c` or `a NEAR/5 (b OR c)`");
    assert_eq!(mend("a AND b OR c AND d"), "write `((a AND b) OR c) AND d` or `a AND (b OR (c AND d))`");
    assert_eq!(mend("a AND b AND c | d"), "write `(a AND b AND c) OR d` or `a AND b AND (c OR d)`");
    assert_eq!(mend("a AND NOT b AND NOT c"), "write `(a AND NOT b) AND NOT c` or `a AND NOT (b AND NOT c)`");
    assert_eq!(mend("a NEAR/5 b NEAR/5 c"), "write `(a NEAR/5 b) NEAR/5 c` or `a NEAR/5 (b NEAR/5 c)`");
}

#[test]
fn operators_that_lack_something_say_what() {
    assert_eq!(only("OR a"), ("P014", "OR"));
    assert_eq!(only("a AND"), ("P014", "AND"));
    assert_eq!(only("a OR OR b"), ("P014", "OR"));
    assert_eq!(only("(a | ) b"), ("P014", "|"));
    assert_eq!(only("a NEAR b"), ("P016", "NEAR"));
    assert!(mend("a NEAR b").contains("`a NEAR/5 b`"));
    assert_eq!(only("a NEAR / 3 b"), ("P016", "NEAR / 3"));
    assert!(mend("a NEAR / 3 b").contains("`a NEAR/3 b`"));
    assert_eq!(only("a AFTER /3 b"), ("P016", "AFTER /3"));
    assert_eq!(only("a BEFORE/ 3 b"), ("P016", "BEFORE/ 3"));
    assert_eq!(only("a NEAR/0 b"), ("P016", "NEAR/0"));
    assert_eq!(only("a NEAR/x b"), ("P016", "NEAR/x"));
    assert!(mend("a NEAR5 b").contains("`a NEAR/5 b`"));
    assert_eq!(only("NOT a"), ("P017", "NOT"));
    assert_eq!(only("a NOT b"), ("P017", "NOT"));
    assert!(mend("a NOT b").contains("`a AND NOT b`"));
}

#[test]
fn brackets_and_parentheses_are_balanced_or_located() {
    assert_eq!(only("a (b | c"), ("P004", "("));
    assert_eq!(only("a b) c"), ("P005", ")"));
    assert_eq!(only("a () b"), ("P006", "()"));
    assert_eq!(only("a (,) b"), ("P006", "(,)"));
    assert_eq!(only("a [0..3 b"), ("P010", "["));
    assert_eq!(only("a ] b"), ("P010", "]"));
    assert_eq!(only("a \\"), ("P022", "\\"));
    assert_eq!(codes(") a [2..1] b (c"), ["P005", "P011", "P004"]);
}

#[test]
fn a_pattern_without_a_word_is_a_fault() {
    assert_eq!(codes(""), ["P001"]);
    assert_eq!(codes(" \u{a0} "), ["P001"]);
    assert_eq!(codes("– ,"), ["P001"]);
    assert_eq!(codes("\"…\""), ["P001"]);
    assert_eq!(warnings("a – b"), [("P101", "–".to_owned())]);
    assert_eq!(smart("a – b"), smart("a b"));
    assert_eq!(smart("a [0..2] – b"), smart("a [0..2] b"));
}

#[test]
fn limits_hold() {
    assert_eq!(codes(&"a ".repeat(5001)), ["P002"]);
    assert!(parse(&"a ".repeat(5000), &ParseOptions::default()).is_ok());
    let nested = |depth: usize| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(smart(&nested(64)), word("a"));
    assert_eq!(codes(&nested(65)), ["P003"]);
    assert_eq!(codes(&nested(4000)), ["P003"]);
}

#[test]
fn words_that_resemble_operators_are_asked_about_between_items_only() {
    assert_eq!(warnings("hardware and software"), [("P102", "and".to_owned())]);
    assert_eq!(
        smart("hardware and software"),
        steps([(0, 0, word("hardware")), (0, 0, word("and")), (0, 0, word("software"))])
    );
    assert_eq!(warnings("ask near/5 manager").len(), 1);
    assert_eq!(warnings("this Or that"), [("P102", "Or".to_owned())]);
    assert!(warnings("and then").is_empty());
    assert!(warnings("or | and").is_empty());
    assert!(warnings("is not sure").is_empty());
    assert!(warnings("hardware \"and\" software").is_empty());
    assert_eq!(warnings("virus(es)"), [("P104", "virus(".to_owned())]);
}

#[test]
fn cues_take_a_final_question_mark_as_punctuation() {
    let cue = ParseOptions { cue: true, ..ParseOptions::default() };
    assert_eq!(parse("what happened?", &cue).expect("cue").tree, smart("what happened"));
    assert_eq!(parse("organi?ation?", &cue).expect("cue").tree, glob("organi?ation"));
    assert_eq!(smart("happened?"), glob("happened?"));
    assert_eq!(parse("code:a", &cue).expect_err("cue")[0].code, "P021");
}

#[test]
fn literal_words_have_a_pattern_of_their_own() {
    let words = |text| qualcode::pattern::words(text, CasePolicy::Smart);
    assert_eq!(words("mm-hm"), Some(smart("mm hm")));
    assert_eq!(words("OR (what*)"), Some(steps([(0, 0, exact("OR")), (0, 0, word("what"))])));
    assert_eq!(words("…"), None);
}

fn word_test() -> impl Strategy<Value = Node> {
    prop_oneof![
        "[a-z]{1,4}".prop_map(|text| word(&text)),
        prop_oneof![
            Just("and"),
            Just("or"),
            Just("near"),
            Just("don't"),
            Just("3.5"),
            Just("a_b"),
            Just("k:a"),
            Just("צה\"ל")
        ]
        .prop_map(word),
        prop_oneof![Just("OR"), Just("NEAR"), Just("IT"), Just("BEFORE")].prop_map(exact),
        prop_oneof![Just("a*"), Just("*n't"), Just("?"), Just("a?b*"), Just("3.?"), Just("צ*\"ל")].prop_map(glob),
        "[a-z]{1,3}[.][*]".prop_map(|expression| Node::Word(WordTest::Regex { expression, sensitive: false })),
        prop_oneof![Just("delegate"), Just("don't"), Just("צה\"ל")]
            .prop_map(|word| Node::Word(WordTest::Stem { word: word.to_owned() })),
        "[a-z][a-z0-9_.-]{0,4}".prop_map(Node::Code),
    ]
}

/// Trees as the parser builds them: sequences and alternatives are flat.
fn tree() -> impl Strategy<Value = Node> {
    word_test().prop_recursive(4, 40, 4, |inner| {
        let boxed = || inner.clone().prop_map(Box::new);
        let order = || prop_oneof![Just(Order::Any), Just(Order::LeftFirst), Just(Order::RightFirst)];
        let gap =
            || prop_oneof![Just((0, 0)), Just((1, 1)), (0u32..4, 0u32..4).prop_map(|(min, more)| (min, min + more))];
        prop_oneof![
            prop::collection::vec((gap(), inner.clone()), 2..5).prop_map(|items| {
                let mut steps = Vec::new();
                for (at, ((min, max), node)) in items.into_iter().enumerate() {
                    let gap = if at == 0 { Gap::default() } else { Gap { min, max } };
                    match node {
                        Node::Sequence(mut nested) => {
                            nested[0].gap = gap;
                            steps.extend(nested);
                        }
                        node => steps.push(Step { gap, node }),
                    }
                }
                Node::Sequence(steps)
            }),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|nodes| {
                Node::Either(
                    nodes
                        .into_iter()
                        .flat_map(|node| if let Node::Either(nested) = node { nested } else { vec![node] })
                        .collect(),
                )
            }),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Node::Both),
            (boxed(), boxed()).prop_map(|(left, right)| Node::AndNot(left, right)),
            (boxed(), boxed()).prop_map(|(left, right)| Node::Except(left, right)),
            (order(), 1u32..20, boxed(), boxed(), any::<bool>()).prop_map(
                |(order, distance, left, right, negative)| {
                    if negative {
                        Node::NotNear { order, distance, left, right }
                    } else {
                        Node::Near { order, distance, left, right }
                    }
                }
            ),
        ]
    })
}

proptest! {
    #[test]
    fn a_tree_survives_being_shown_and_read(tree in tree()) {
        let text = tree.to_string();
        let parsed = parse(&text, &ParseOptions::default()).map_err(|faults| proptest::test_runner::TestCaseError::fail(format!("{text}: {faults:?}")))?;
        prop_assert_eq!(&parsed.tree, &tree, "{}", text);
        prop_assert_eq!(parsed.warnings, Vec::new(), "{}", text);
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in r#"([a-zA-Z*?'",. /\\|()\[\]0-9é“”…-]|AND |OR |NOT |NEAR/|stem:|code:|\.\.){0,30}"#, cue in any::<bool>()) {
        match parse(&text, &ParseOptions { cue, ..ParseOptions::default() }) {
            Ok(parsed) => {
                for warning in &parsed.warnings {
                    prop_assert_eq!(text.get(warning.span.clone()).is_some(), true);
                }
                if !cue {
                    let again = parse(&parsed.tree.to_string(), &ParseOptions::default()).map(|parsed| parsed.tree);
                    prop_assert_eq!(again, Ok(parsed.tree));
                }
            }
            Err(faults) => {
                prop_assert_eq!(faults.is_empty(), false);
                for fault in &faults {
                    prop_assert_eq!(text.get(fault.span.clone()).is_some(), true);
                    prop_assert_eq!(fault.message.is_empty() || fault.mend.is_empty(), false);
                }
            }
        }
    }
}
