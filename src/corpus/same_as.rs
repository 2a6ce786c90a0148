//! The column `same_as` of `speakers.csv`: several labels of one person.
//!
//! A row `speaker=Jerod, same_as=Jerod Santo` makes the label count as the other, whose row gives role, case and
//! attributes. A name without a row of its own gets one from the rows that refer to it. What two such rows disagree
//! on is a fault, because one of the two values would be lost.

use std::borrow::Cow;
use std::collections::HashMap;

use super::sheet::fault;
use super::speakers::{Labels, Line, Place, SpeakerRow, Speakers};
use crate::diagnostic::Diagnostic;

/// A label without white space, emphasis and colons at its ends, and with single spaces in it: `**Anna  Berg:**` is
/// `Anna Berg`. A label of nothing else stays as it is.
pub fn cleaned(label: &str) -> Cow<'_, str> {
    let bare = label.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | ':' | '：'));
    let bare = if bare.is_empty() { label.trim() } else { bare };
    let single = bare.split(' ').all(|word| !word.is_empty() && !word.contains(char::is_whitespace));
    if single || bare.is_empty() {
        return Cow::Borrowed(bare);
    }
    Cow::Owned(bare.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Leads every `same_as` to a row, making it where there is none, and checks what comes of that. `names` are the
/// attributes.
pub(super) fn settle(
    speakers: &mut Speakers,
    lines: &mut HashMap<Place, Line>,
    names: &[String],
    faults: &mut Vec<Diagnostic>,
) {
    let places = referring(speakers, lines);
    for place in &places {
        resolve(speakers, lines, place);
    }
    for place in &places {
        match chain(speakers, place) {
            Ok(chain) => compare(speakers, lines, names, &chain, faults),
            Err(circle) => tell_circle(lines, circle, faults),
        }
    }
}

/// The rows that are the same as another, in order of their lines, those for whole folders first.
fn referring(speakers: &Speakers, lines: &HashMap<Place, Line>) -> Vec<Place> {
    let mut places: Vec<(&Place, u32)> = lines
        .iter()
        .filter(|(place, _)| row(speakers, place).is_some_and(|row| row.same_as.is_some()))
        .map(|(place, line)| (place, line.line))
        .collect();
    places
        .sort_by_key(|(place, line)| (!place.document.is_empty(), place.folder, *line, &place.document, &place.label));
    places.into_iter().map(|(place, _)| place.clone()).collect()
}

fn labels<'a>(speakers: &'a Speakers, place: &Place) -> Option<&'a Labels> {
    match place.document.as_str() {
        "" => speakers.by_folder.get(place.folder),
        document => speakers.by_document.get(document),
    }
}

fn row<'a>(speakers: &'a Speakers, place: &Place) -> Option<&'a SpeakerRow> {
    labels(speakers, place)?.exact.get(&place.label)
}

/// Where to look for the name that a row refers to: among the rows of its document, then of the folder.
fn scopes(speakers: &Speakers, place: &Place) -> Vec<Place> {
    let folder = match place.document.as_str() {
        "" => Some(place.folder),
        document => speakers.folder_of(document),
    };
    let whole = folder.map(|folder| Place { folder, document: String::new(), label: String::new() });
    let own = (!place.document.is_empty()).then(|| place.clone());
    own.into_iter().chain(whole).collect()
}

/// Makes the `same_as` of a row the very label of another row: one written the same, or else in another case. If
/// there is none, the name gets a row that says what this row says.
fn resolve(speakers: &mut Speakers, lines: &mut HashMap<Place, Line>, place: &Place) {
    let Some(target) = row(speakers, place).and_then(|row| row.same_as.clone()) else { return };
    let scopes = scopes(speakers, place);
    let among = |scope: &Place| labels(speakers, scope);
    let written_so = scopes.iter().any(|scope| among(scope).is_some_and(|labels| labels.exact.contains_key(&target)));
    let in_another_case = || {
        let found = |scope: &Place| {
            let label = among(scope)?.get(&target)?.0.to_owned();
            let itself = scope.document == place.document && label == place.label;
            (!itself).then_some(label)
        };
        scopes.iter().find_map(found)
    };
    let known = if written_so { Some(target.clone()) } else { in_another_case() };
    let Some(labels) = (match place.document.as_str() {
        "" => speakers.by_folder.get_mut(place.folder),
        document => speakers.by_document.get_mut(document),
    }) else {
        return;
    };
    if let Some(row) = labels.exact.get_mut(&place.label) {
        let made = known.is_none().then(|| SpeakerRow { same_as: None, ..row.clone() });
        let name = known.unwrap_or(target);
        row.same_as = Some(name.clone());
        if let Some(made) = made {
            labels.insert(name.clone(), made);
            if let Some(line) = lines.get(place).cloned() {
                lines.insert(Place { label: name, ..place.clone() }, line);
            }
        }
    }
}

/// The rows from `start` to the one that is the same as no other; or those of a circle.
fn chain(speakers: &Speakers, start: &Place) -> Result<Vec<Place>, Vec<Place>> {
    let scopes = scopes(speakers, start);
    let mut chain = vec![start.clone()];
    let mut seen = HashMap::from([(start.clone(), 0)]);
    loop {
        let target = chain.last().and_then(|last| row(speakers, last)?.same_as.clone());
        let Some(target) = target else { return Ok(chain) };
        let places = scopes.iter().map(|scope| Place { label: target.clone(), ..scope.clone() });
        let Some(next) = places.into_iter().find(|place| row(speakers, place).is_some()) else { return Ok(chain) };
        if let Some(at) = seen.insert(next.clone(), chain.len()) {
            return Err(chain.split_off(at));
        }
        chain.push(next);
    }
}

fn tell_circle(lines: &HashMap<Place, Line>, mut circle: Vec<Place>, faults: &mut Vec<Diagnostic>) {
    // Every row of a circle finds it; told from its first line on, it is told once.
    let line = |place: &Place| lines.get(place).map_or(0, |line| line.line);
    let first = (0..circle.len()).min_by_key(|&at| line(&circle[at])).unwrap_or(0);
    circle.rotate_left(first);
    let Some(place) = circle.first().and_then(|first| lines.get(first)) else { return };
    let names: Vec<String> = circle.iter().map(|place| format!("\"{}\" (line {})", place.label, line(place))).collect();
    let message = format!("these rows are the same as each other in a circle: {}", names.join(", "));
    let mend = "leave `same_as` empty in the row whose name is to stand in the tables";
    let told = fault("S011", &place.path, message, mend).at_line(place.line);
    if !faults.contains(&told) {
        faults.push(told);
    }
}

/// Whether a row says of a person what the row of the name it counts as says, too.
fn compare(
    speakers: &Speakers,
    lines: &HashMap<Place, Line>,
    names: &[String],
    chain: &[Place],
    faults: &mut Vec<Diagnostic>,
) {
    let [start, .., target] = chain else { return };
    let (Some(own), Some(theirs)) = (row(speakers, start), row(speakers, target)) else { return };
    let (Some(line), Some(target_line)) = (lines.get(start), lines.get(target)) else { return };
    let role = |row: &SpeakerRow| row.role.map(|role| role.as_str().to_owned());
    let mut values =
        vec![("role".to_owned(), role(own), role(theirs)), ("case".to_owned(), own.case.clone(), theirs.case.clone())];
    for (at, name) in names.iter().enumerate() {
        let value = |row: &SpeakerRow| row.attributes.get(at).cloned().flatten();
        values.push((name.clone(), value(own), value(theirs)));
    }
    for (column, own, theirs) in values {
        let Some(own) = own.filter(|own| Some(own) != theirs.as_ref()) else { continue };
        let theirs = theirs.map_or_else(|| "leaves it empty".to_owned(), |theirs| format!("says \"{theirs}\""));
        let message = format!(
            "\"{}\" counts as \"{}\", but its {column} is \"{own}\" here, and {}:{} {theirs}",
            start.label, target.label, target_line.path, target_line.line
        );
        let mend = format!(
            "give the {column} in the row of \"{}\" alone; if they are two people, empty `same_as`",
            target.label
        );
        faults.push(fault("S012", &line.path, message, mend).at_line(line.line));
    }
}

#[cfg(test)]
mod tests {
    use super::cleaned;

    #[test]
    fn markup_and_punctuation_are_no_part_of_a_label() {
        for (label, bare) in [
            ("Jerod Santo:", "Jerod Santo"),
            ("**Jerod Santo**", "Jerod Santo"),
            ("**Jerod Santo:** ", "Jerod Santo"),
            ("__Jerod  Santo__ :", "Jerod Santo"),
            ("Jerod\u{a0}Santo", "Jerod Santo"),
            ("李雷：", "李雷"),
            ("S_1", "S_1"),
            ("*", "*"),
            ("", ""),
        ] {
            assert_eq!(cleaned(label), bare, "{label}");
        }
    }
}
