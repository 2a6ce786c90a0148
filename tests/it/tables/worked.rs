//! The small corpus of the fixture, every cell worked out on paper.

use qualcode::tables::{Level, TableError, TableFormat, TableName, TableOptions, Tables, Unit, schemas};

use super::fixture::{attributes, code, fields, small_codebook, small_documents, word, write};

fn table(name: TableName, units: Option<&[Unit]>) -> String {
    let options = TableOptions {
        tables: Some(vec![name]),
        units: units.map(<[Unit]>::to_vec),
        formats: vec![TableFormat::Csv],
        ..TableOptions::default()
    };
    let (written, mut files) = write(&small_codebook(), &attributes(), &options, &[&small_documents()]);
    let bytes = files.remove(&format!("{}.csv", name.as_str())).expect("the table");
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert_eq!(written[0].rows as usize, fields(text.as_bytes()).len() - 1);
    text
}

#[test]
fn documents() {
    assert_eq!(
        table(TableName::Documents, None),
        "document,path,sha256,text_sha256,format,turns,sentences,words,informant_words,speakers,site,year,share,paid,day\n\
         d1,d1.txt,aa,bb,txt,6,8,34,25,3,\"north, \"\"old\"\"\",2009,0.1,true,2009-10-14\n\
         d2,d2.txt,aa,bb,txt,2,1,4,4,1,,,,,\n"
    );
}

#[test]
fn turns() {
    assert_eq!(
        table(TableName::Turns, None),
        "document,turn,case,speaker,role,question,exchange,start_char,end_char,start_time,end_time,sentences,words\n\
         d1,1,I,I,interviewer,,1,0,20,,,1,5\n\
         d1,2,A,A,informant,b1,1,22,70,1.5,,2,10\n\
         d1,3,I,I,interviewer,b1,2,72,90,,,1,4\n\
         d1,4,A,A,informant,b1,2,92,97,,,1,1\n\
         d1,5,A,A,informant,b1,2,99,140,,,1,8\n\
         d1,6,B,B,informant,b2,2,142,170,,,2,6\n\
         d2,1,A,A,informant,,1,0,18,,,1,4\n\
         d2,2,,,informant,,1,20,23,,,0,0\n"
    );
}

#[test]
fn codes() {
    assert_eq!(
        table(TableName::Codes, None),
        "code,theme,tracks,label,definition,patterns,codings,documents,cases\n\
         alpha,t1,x,alpha label,\"Says \"\"a\"\", or\nthinks it\",1,3,1,1\n\
         beta,t1,x|y,beta label,,1,3,2,2\n\
         gamma,t2,y,gamma label,,1,1,1,1\n"
    );
}

#[test]
fn codings() {
    let text = table(TableName::Codings, None);
    let rows = fields(text.as_bytes());
    assert_eq!(
        rows[0].join(","),
        "coding_id,document,turn,sentence,end_sentence,case,speaker,role,question,code,theme,tracks,pattern,counted,prompted_exchange,\
         prompted_document,start_char,end_char,start_byte,end_byte,start_token,end_token,segment_start_char,segment_end_char,text"
    );
    let cut: Vec<String> = rows[1..].iter().map(|row| row[1..].join(";")).collect();
    assert_eq!(
        cut,
        [
            "d1;1;1;1;I;I;interviewer;;alpha;t1;x;alpha#1;0;0;0;3;8;4;9;2;4;3;8;asked",
            "d1;2;1;1;A;A;informant;b1;alpha;t1;x;alpha#1;1;1;1;22;30;23;31;2;4;22;30;NA",
            "d1;2;1;2;A;A;informant;b1;beta;t1;x|y;beta#1;1;0;0;40;60;41;61;2;4;40;60;so, \"well\"",
            "d1;2;2;2;A;A;informant;b1;gamma;t2;y;gamma#1;1;0;0;55;65;56;66;2;4;55;65;g",
            "d1;4;1;1;A;A;informant;b1;alpha;t1;x;alpha#1;1;0;0;92;94;93;95;2;4;92;94;mm",
            "d1;5;1;1;A;A;informant;b1;alpha;t1;x;alpha#1;1;0;0;100;110;101;111;2;4;100;110;a one",
            "d1;5;1;1;A;A;informant;b1;alpha;t1;x;alpha#1;1;0;0;120;125;121;126;2;4;120;125;a two",
            "d1;6;2;2;B;B;informant;b2;beta;t1;x|y;beta#1;1;0;0;160;165;161;166;2;4;160;165;b",
            "d2;1;1;1;A;A;informant;;beta;t1;x|y;beta#1;1;0;0;0;5;1;6;2;4;0;5;b",
        ]
    );
    // By Python: sha256 over the fields d2, beta, 0, 5, b, each led by its length, version and variant set.
    assert_eq!(rows[9][0], CODING_ID);
}

const CODING_ID: &str = "fbf2d216-7723-8a6f-a87b-58be3cabfd92";

#[test]
fn frequencies() {
    // Words: 10 + 8 + 6 + 4 = 28.
    assert_eq!(
        table(TableName::Frequencies, None),
        "level,id,label,codings,sentences,turns,exchanges,documents,cases,per_1000_words,share_of_cases\n\
         code,alpha,alpha label,3,2,2,2,1,1,107.14285714285714,0.5\n\
         code,beta,beta label,3,4,3,3,2,2,107.14285714285714,1.0\n\
         code,gamma,gamma label,1,1,1,1,1,1,35.714285714285715,1.0\n\
         theme,t1,t1 theme,6,5,4,3,2,2,214.28571428571428,1.0\n\
         theme,t2,t2 theme,1,1,1,1,1,1,35.714285714285715,1.0\n\
         track,x,x track,6,5,4,3,2,2,214.28571428571428,1.0\n\
         track,y,y track,4,4,3,3,2,2,142.85714285714286,1.0\n"
    );
}

#[test]
fn case_codes() {
    assert_eq!(
        table(TableName::CaseCodes, None),
        "case,document,code,theme,tracks,asked,codings,turns,words,first_start_char\n\
         A,,alpha,t1,x,1,3,2,22,\n\
         A,,beta,t1,x|y,1,2,2,22,\n\
         A,,gamma,t2,y,1,1,1,18,\n\
         B,d1,alpha,t1,x,1,0,0,6,\n\
         B,d1,beta,t1,x|y,1,1,1,6,160\n\
         B,d1,gamma,t2,y,0,,,,\n"
    );
}

#[test]
fn document_codes() {
    assert_eq!(
        table(TableName::DocumentCodes, None),
        "document,words,site,year,share,paid,day,beta,alpha,gamma\n\
         d1,24,\"north, \"\"old\"\"\",2009,0.1,true,2009-10-14,2,3,1\n\
         d2,4,,,,,,1,0,0\n"
    );
}

#[test]
fn unit_codes_of_turns_and_of_every_unit() {
    const HEADER: &str = "unit,document,unit_id,case,speaker,role,question,words,beta,alpha,gamma\n";
    assert_eq!(
        table(TableName::UnitCodes, None),
        format!(
            "{HEADER}\
             turn,d1,d1#2,A,A,informant,b1,10,1,1,1\n\
             turn,d1,d1#5,A,A,informant,b1,8,0,1,0\n\
             turn,d1,d1#6,B,B,informant,b2,6,1,0,0\n\
             turn,d2,d2#1,A,A,informant,,4,1,0,0\n"
        )
    );
    let units = ["window:2", "turn", "sentence", "question", "exchange", "document"]
        .map(|name| Unit::parse(name).expect("a unit"));
    assert_eq!(
        table(TableName::UnitCodes, Some(&units)),
        format!(
            "{HEADER}\
             document,d1,d1,,,informant,,24,1,1,1\n\
             exchange,d1,d1#x1,A,A,informant,b1,10,1,1,1\n\
             exchange,d1,d1#x2,,,informant,,14,1,1,0\n\
             question,d1,d1#q:b1,A,A,informant,b1,18,1,1,1\n\
             question,d1,d1#q:b2,B,B,informant,b2,6,1,0,0\n\
             sentence,d1,d1#2.1,A,A,informant,b1,6,1,1,0\n\
             sentence,d1,d1#2.2,A,A,informant,b1,4,1,0,1\n\
             sentence,d1,d1#5.1,A,A,informant,b1,8,0,1,0\n\
             sentence,d1,d1#6.1,B,B,informant,b2,3,0,0,0\n\
             sentence,d1,d1#6.2,B,B,informant,b2,3,1,0,0\n\
             turn,d1,d1#2,A,A,informant,b1,10,1,1,1\n\
             turn,d1,d1#5,A,A,informant,b1,8,0,1,0\n\
             turn,d1,d1#6,B,B,informant,b2,6,1,0,0\n\
             window:2,d1,d1#w:2,A,A,informant,b1,10,1,1,1\n\
             window:2,d1,d1#w:5,A,A,informant,b1,18,1,1,1\n\
             window:2,d1,d1#w:6,,,informant,,14,1,1,0\n\
             document,d2,d2,A,A,informant,,4,1,0,0\n\
             exchange,d2,d2#x1,A,A,informant,,4,1,0,0\n\
             sentence,d2,d2#1.1,A,A,informant,,4,1,0,0\n\
             turn,d2,d2#1,A,A,informant,,4,1,0,0\n\
             window:2,d2,d2#w:1,A,A,informant,,4,1,0,0\n"
        )
    );
}

#[test]
fn cooccurrence_counts_in_every_unit() {
    let units = ["sentence", "turn", "exchange", "question", "window:2", "document"]
        .map(|name| Unit::parse(name).expect("a unit"));
    let text = table(TableName::Cooccurrence, Some(&units));
    let rows = fields(text.as_bytes());
    let counts: Vec<String> = rows[1..].iter().map(|row| row[..13].join(" ")).collect();
    // unit level a b n n_a n_b n_ab n_ab_distinct shared_codes documents_a documents_b documents_ab
    assert_eq!(
        counts,
        [
            "document code alpha beta 2 1 2 1 1 0 1 2 1",
            "document code alpha gamma 2 1 1 1 1 0 1 1 1",
            "document code beta gamma 2 2 1 1 1 0 2 1 1",
            "document theme t1 t2 2 2 1 1 1 0 2 1 1",
            "document track x y 2 2 2 2 1 1 2 2 2",
            "exchange code alpha beta 3 2 3 2 2 0 1 2 1",
            "exchange code alpha gamma 3 2 1 1 1 0 1 1 1",
            "exchange code beta gamma 3 3 1 1 0 0 2 1 1",
            "exchange theme t1 t2 3 3 1 1 1 0 2 1 1",
            "exchange track x y 3 3 3 3 2 1 2 2 2",
            "question code alpha beta 2 1 2 1 1 0 1 1 1",
            "question code alpha gamma 2 1 1 1 1 0 1 1 1",
            "question code beta gamma 2 2 1 1 0 0 1 1 1",
            "question theme t1 t2 2 2 1 1 1 0 1 1 1",
            "question track x y 2 2 2 2 1 1 1 1 1",
            "sentence code alpha beta 6 2 4 1 1 0 1 2 1",
            "sentence code alpha gamma 6 2 1 0 0 0 1 1 0",
            "sentence code beta gamma 6 4 1 1 0 0 2 1 1",
            "sentence theme t1 t2 6 5 1 1 0 0 2 1 1",
            "sentence track x y 6 5 4 4 1 1 2 2 2",
            "turn code alpha beta 4 2 3 1 1 0 1 2 1",
            "turn code alpha gamma 4 2 1 1 1 0 1 1 1",
            "turn code beta gamma 4 3 1 1 0 0 2 1 1",
            "turn theme t1 t2 4 4 1 1 1 0 2 1 1",
            "turn track x y 4 4 3 3 1 1 2 2 2",
            "window:2 code alpha beta 4 3 4 3 3 0 1 2 1",
            "window:2 code alpha gamma 4 3 2 2 2 0 1 1 1",
            "window:2 code beta gamma 4 4 2 2 0 0 2 1 1",
            "window:2 theme t1 t2 4 4 2 2 2 0 2 1 1",
            "window:2 track x y 4 4 4 4 3 1 2 2 2",
        ]
    );
    // The 2×2 table of alpha and beta in turns is 1, 1, 2, 0.
    let cell = |row: usize, column: &str| {
        let place = rows[0].iter().position(|name| name == column).expect("a column");
        rows[row][place].parse::<f64>().ok()
    };
    let close = |column: &str, expected: f64| {
        let value = cell(21, column).expect("a number");
        assert!((value - expected).abs() < 1e-12, "{column}: {value}");
    };
    close("expected", 1.5);
    close("jaccard", 0.25);
    close("dice", 0.4);
    close("ochiai", 1.0 / 6_f64.sqrt());
    close("overlap_coefficient", 0.5);
    close("lift", 2.0 / 3.0);
    close("pmi", (2.0_f64 / 3.0).log2());
    close("npmi", (2.0_f64 / 3.0).log2() / 2.0);
    close("odds_ratio", (1.5 * 0.5) / (1.5 * 2.5));
    close("odds_ratio_corrected", 1.0);
    close("p_fisher_iid", 1.0);
    close("share_b_given_a", 0.5);
    close("share_a_given_b", 1.0 / 3.0);
    close("delta_p_b_given_a", -0.5);
    close("delta_p_a_given_b", 1.0 / 3.0 - 1.0);
    let tested = |row: usize| (cell(row, "p_fisher_iid").is_some(), cell(row, "p_fisher_iid_bh").is_some());
    assert_eq!(tested(24), (true, true), "themes without shared codes");
    assert_eq!(tested(25), (false, false), "tracks with a shared code");
    assert_eq!(tested(26), (false, false), "windows overlap");
}

#[test]
fn codes_that_refer_to_one_another_get_no_p_values() {
    use qualcode::pattern::Node;
    let mut codebook = small_codebook();
    // alpha refers to beta through gamma.
    codebook.codes[2].patterns[0].tree = Node::Either(vec![word("g"), Node::Code("beta".into())]);
    codebook.codes[1].patterns[0].tree = Node::Except(Box::new(word("a")), Box::new(Node::Code("gamma".into())));
    codebook.codes.push(code("delta", 1, &[1], &[], word("d")));
    codebook.order = vec![0, 2, 1, 3];
    let options = TableOptions {
        tables: Some(vec![TableName::Cooccurrence]),
        units: Some(vec![Unit::Turn]),
        levels: vec![Level::Code],
        formats: vec![TableFormat::Csv],
        ..TableOptions::default()
    };
    let (_, files) = write(&codebook, &attributes(), &options, &[&small_documents()]);
    let rows = fields(&files["cooccurrence.csv"]);
    let place = rows[0].iter().position(|name| name == "p_fisher_iid").expect("the column");
    let tested: Vec<(&str, &str)> =
        rows[1..].iter().filter(|row| !row[place].is_empty()).map(|row| (row[2].as_str(), row[3].as_str())).collect();
    assert_eq!(tested, [("alpha", "delta"), ("beta", "delta"), ("delta", "gamma")]);
}

#[test]
fn a_theme_has_the_codes_of_the_themes_below_it() {
    let mut codebook = small_codebook();
    codebook.themes[1].parent = Some(0);
    let options = TableOptions {
        tables: Some(vec![TableName::Cooccurrence]),
        levels: vec![Level::Theme],
        units: Some(vec![Unit::Turn]),
        ..TableOptions::default()
    };
    let (_, files) = write(&codebook, &attributes(), &options, &[&small_documents()]);
    // gamma alone belongs to both; in turn 2, alpha stands before it.
    assert_eq!(fields(&files["cooccurrence.csv"])[1][..10].join(" "), "turn theme t1 t2 4 4 1 1 1 1");
}

#[test]
fn matrices_are_square_and_named_for_any_file_system() {
    let options = TableOptions {
        tables: Some(vec![TableName::CooccurrenceMatrix]),
        units: Some(vec![Unit::Turn, Unit::parse("window:2").expect("a unit")]),
        formats: vec![TableFormat::Csv],
        ..TableOptions::default()
    };
    let (written, files) = write(&small_codebook(), &attributes(), &options, &[&small_documents()]);
    let names: Vec<&str> = written.iter().map(|table| table.schema.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "cooccurrence_matrix_code_turn",
            "cooccurrence_matrix_code_window-2",
            "cooccurrence_matrix_theme_turn",
            "cooccurrence_matrix_theme_window-2",
            "cooccurrence_matrix_track_turn",
            "cooccurrence_matrix_track_window-2",
        ]
    );
    assert_eq!(
        String::from_utf8_lossy(&files["cooccurrence_matrix_code_turn.csv"]),
        "id,alpha,beta,gamma\nalpha,2,1,1\nbeta,1,3,1\ngamma,1,1,1\n"
    );
}

#[test]
fn chosen_roles_decide_what_counts_but_not_what_codings_holds() {
    use qualcode::corpus::Role;
    let mut documents = small_documents();
    documents[0].codings[0].counted = true;
    let options = TableOptions {
        tables: Some(vec![TableName::Codings, TableName::DocumentCodes]),
        roles: Some(vec![Role::Interviewer]),
        ..TableOptions::default()
    };
    let (written, files) = write(&small_codebook(), &[], &options, &[&documents]);
    assert_eq!(written[0].rows, 9);
    assert_eq!(
        String::from_utf8_lossy(&files["document_codes.csv"]),
        "document,words,beta,alpha,gamma\nd1,9,0,1,0\nd2,0,0,0,0\n"
    );
}

#[test]
fn without_documents_every_table_is_there() {
    let options = TableOptions::default();
    let (written, files) = write(&small_codebook(), &attributes(), &options, &[]);
    let expected = schemas(&small_codebook(), &attributes(), &options);
    assert_eq!(written.iter().map(|table| table.schema.clone()).collect::<Vec<_>>(), expected);
    assert_eq!(files.len(), 2 * (9 + 9));
    assert_eq!(fields(&files["codes.csv"])[1].join(","), "alpha,t1,x,alpha label,Says \"a\", or\nthinks it,1,0,0,0");
    assert_eq!(fields(&files["turns.csv"]).len(), 1);
    for schema in expected {
        let header = &fields(&files[&format!("{}.csv", schema.name)])[0];
        assert_eq!(*header, schema.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>());
    }
}

#[test]
fn faults_are_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let begin =
        |folder: &std::path::Path| Tables::begin(folder, &small_codebook(), &attributes(), &TableOptions::default());

    assert!(matches!(begin(&folder.path().join("absent")), Err(TableError::Create { .. })));

    let mut clash = small_codebook();
    clash.codes[0].id = "words".into();
    let error = Tables::begin(folder.path(), &clash, &[], &TableOptions::default()).err().expect("a clash");
    assert_eq!(
        error.to_string(),
        "table `document_codes` would have two columns `words`; rename the code, theme, track or attribute `words`"
    );

    let documents = small_documents();
    let mut tables = begin(folder.path()).expect("tables begin");
    tables.push(&documents[1..]).expect("the second document");
    assert!(matches!(tables.push(&documents[..1]), Err(TableError::Order { .. })));

    let mut documents = small_documents();
    documents[0].info.attributes[1] = Some("soon".into());
    let mut tables = begin(folder.path()).expect("tables begin");
    assert!(matches!(tables.push(&documents), Err(TableError::Attribute { column, .. }) if column == "year"));

    let mut documents = small_documents();
    documents[1].codings[0].turn = 7;
    let mut tables = begin(folder.path()).expect("tables begin");
    assert!(matches!(tables.push(&documents), Err(TableError::Turn { turn: 8, turns: 2, .. })));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::os::unix::fs::symlink("/dev/full", folder.path().join("turns.csv")).expect("a link");
    let options = TableOptions { tables: Some(vec![TableName::Turns]), ..TableOptions::default() };
    let mut tables = Tables::begin(folder.path(), &small_codebook(), &[], &options).expect("tables begin");
    let error = tables.push(&small_documents()).and_then(|()| tables.finish().map(drop)).expect_err("no room");
    assert!(matches!(error, TableError::Write { path, .. } if path.ends_with("turns.csv")));
}
