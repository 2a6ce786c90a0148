//! JSON with places: reading it strictly, and looking into it.

use jsonc_parser::ast::{Array, Object, StringLit, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, CommentCollectionStrategy, ParseOptions, parse_to_ast};

use super::faults::Faults;
use super::locate::Source;

const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Reads JSON; what is no JSON is recorded.
pub(super) fn parse<'a>(text: &'a str, source: &Source<'_>, faults: &mut Faults<'_>) -> Option<Value<'a>> {
    const MEND: &str = "mend it here or just before; an editor that knows JSON shows the place";
    let collect = CollectOptions { comments: CommentCollectionStrategy::Off, tokens: false };
    let value = match parse_to_ast(text, &collect, &STRICT) {
        Ok(parsed) => parsed.value,
        Err(error) => {
            let message = error.kind().to_string();
            faults.error("C002", error.range().start, format!("this is no JSON: {}", lower_first(&message)), MEND);
            return None;
        }
    };
    if value.is_none() {
        faults.error("C002", 0, "the file is empty", "write a codebook; `codebooks/README.md` shows the smallest one");
        return None;
    }
    // The parser above lets some things pass that are no JSON, such as line breaks in strings.
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text) {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or(&message);
        let byte = source.byte_of(error.line(), error.column());
        faults.error("C002", byte, format!("this is no JSON: {}", lower_first(message)), MEND);
        return None;
    }
    value
}

fn lower_first(message: &str) -> String {
    let mut characters = message.chars();
    characters.next().map_or_else(String::new, |first| first.to_lowercase().chain(characters).collect())
}

/// The value of a key; `None` also for `null`, which stands for a key left out.
pub(super) fn get<'o, 'a>(object: &'o Object<'a>, key: &str) -> Option<&'o Value<'a>> {
    let property = object.properties.iter().find(|property| property.name.as_str() == key)?;
    (!matches!(property.value, Value::NullKeyword(_))).then_some(&property.value)
}

/// The string of a key.
pub(super) fn string<'o, 'a>(object: &'o Object<'a>, key: &str) -> Option<&'o StringLit<'a>> {
    get(object, key)?.as_string_lit()
}

/// The text of a key.
pub(super) fn text(object: &Object<'_>, key: &str) -> Option<String> {
    string(object, key).map(|literal| literal.value.to_string())
}

/// The list of a key; empty if there is none.
pub(super) fn list<'o, 'a>(object: &'o Object<'a>, key: &str) -> &'o [Value<'a>] {
    get(object, key).and_then(Value::as_array).map_or(&[], |array: &Array<'a>| &array.elements)
}

/// The objects in the list of a key.
pub(super) fn objects<'o, 'a>(object: &'o Object<'a>, key: &str) -> impl Iterator<Item = &'o Object<'a>> {
    list(object, key).iter().filter_map(Value::as_object)
}

/// The strings in the list of a key.
pub(super) fn strings<'o, 'a>(object: &'o Object<'a>, key: &str) -> impl Iterator<Item = &'o StringLit<'a>> {
    list(object, key).iter().filter_map(Value::as_string_lit)
}

/// The byte at which the value of a key begins, else the object.
pub(super) fn place(object: &Object<'_>, key: &str) -> usize {
    get(object, key).map_or_else(|| object.start(), Ranged::start)
}
