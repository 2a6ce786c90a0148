//! The JSON Schema of the codebook file.

use std::sync::LazyLock;

use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::file::{COLOR, CodebookFile, FILLED, ID, LANGUAGE};

static SCHEMA: LazyLock<Value> = LazyLock::new(generate);

/// The JSON Schema (draft 2020-12) of the codebook file: `codebooks/codebook.schema.json` holds it for editors.
pub fn schema() -> Value {
    SCHEMA.clone()
}

pub(super) fn shared() -> &'static Value {
    &SCHEMA
}

/// What a text that does not fit one of the schema's expressions should look like.
pub(super) fn advice(expression: &str) -> Option<&'static str> {
    Some(match expression {
        ID => {
            "an id has letters a to z, digits, hyphens, underscores and full stops, and begins with a letter or digit"
        }
        COLOR => "a colour is written #rrggbb, for example #4477AA",
        LANGUAGE => "a language is a BCP 47 code such as en, sv or pt-BR",
        FILLED => "write at least one word",
        _ => return None,
    })
}

fn generate() -> Value {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<CodebookFile>().to_value();
    advise(&mut schema);
    schema
}

/// Gives every expression the message that editors show in its stead.
fn advise(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            let message = object.get("pattern").and_then(Value::as_str).and_then(advice);
            object.values_mut().for_each(advise);
            if let Some(message) = message {
                object.insert("patternErrorMessage".to_owned(), Value::from(message));
            }
        }
        Value::Array(array) => array.iter_mut().for_each(advise),
        _ => {}
    }
}
