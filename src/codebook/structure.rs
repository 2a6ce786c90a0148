//! Whether a codebook file has the keys, types and values that its schema asks for.
//!
//! The schema itself is walked along the file, so that what editors accept and what the loader accepts cannot drift
//! apart; only the keywords that the schema uses are known.

use std::collections::HashMap;

use jsonc_parser::ast::{Array, Object, ObjectProp, Value as Ast};
use jsonc_parser::common::Ranged;
use regex::Regex;
use serde_json::Value;

use super::faults::Faults;
use super::file::{COLOR, ID, LANGUAGE};
use super::schema;
use super::spell;

/// Records everything in `file` that the schema does not allow.
pub(super) fn check(file: &Ast<'_>, faults: &mut Faults<'_>) {
    let root = schema::shared();
    let mut checker = Checker { root, expressions: HashMap::new(), faults };
    checker.value(root, file, &Context { name: "the codebook".to_owned(), owner: String::new() });
}

struct Checker<'s, 'f, 'p> {
    root: &'s Value,
    expressions: HashMap<&'s str, Option<Regex>>,
    faults: &'f mut Faults<'p>,
}

/// How messages name a value.
struct Context {
    /// The value: `"label" of code "x"`.
    name: String,
    /// The entry that it belongs to: `code "x"`; empty for the codebook.
    owner: String,
}

impl Context {
    fn of_key(&self, key: &str) -> Self {
        let name = if self.owner.is_empty() { format!("\"{key}\"") } else { format!("\"{key}\" of {}", self.owner) };
        Self { name, owner: self.owner.clone() }
    }

    fn of_element(&self, key: Option<&str>, position: usize, element: &Ast<'_>) -> Self {
        let number = position + 1;
        let kind = match key {
            Some("codes") => "code",
            Some("tracks") => "track",
            Some("themes") => "theme",
            Some("guide") => "question",
            Some("patterns") => "pattern",
            _ => return Self { name: format!("entry {number} of {}", self.name), owner: self.owner.clone() },
        };
        let id = element.as_object().and_then(|object| super::json::text(object, "id"));
        let name = match id {
            Some(id) => format!("{kind} \"{id}\""),
            None if self.owner.is_empty() => format!("{kind} {number}"),
            None => format!("{kind} {number} of {}", self.owner),
        };
        Self { owner: name.clone(), name }
    }
}

impl<'s> Checker<'s, '_, '_> {
    fn resolve(&self, schema: &'s Value) -> &'s Value {
        match schema.get("$ref").and_then(Value::as_str).and_then(|pointer| pointer.strip_prefix('#')) {
            Some(pointer) => self.root.pointer(pointer).unwrap_or(schema),
            None => schema,
        }
    }

    /// The branches of a choice; none if the schema is no choice.
    fn branches(schema: &'s Value) -> Option<&'s Vec<Value>> {
        schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Value::as_array)
    }

    /// The JSON types that a schema allows.
    fn types(&self, schema: &'s Value) -> Vec<&'s str> {
        let schema = self.resolve(schema);
        if let Some(branches) = Self::branches(schema) {
            let mut types = Vec::new();
            for kind in branches.iter().flat_map(|branch| self.types(branch)) {
                if !types.contains(&kind) {
                    types.push(kind);
                }
            }
            return types;
        }
        match schema.get("type") {
            Some(Value::String(kind)) => vec![kind],
            Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }

    fn value(&mut self, schema: &'s Value, value: &Ast<'_>, context: &Context) {
        let schema = self.resolve(schema);
        let types = self.types(schema);
        if !types.is_empty() && !types.iter().any(|kind| is_of_type(value, kind)) {
            let allowed: Vec<&str> = types.iter().filter(|kind| **kind != "null").map(|kind| type_name(kind)).collect();
            let allowed = join_or(&allowed);
            self.faults.error(
                "C003",
                value.start(),
                format!("{} is {}, but must be {allowed}", context.name, described(value)),
                format!("write {allowed} here"),
            );
            return;
        }
        if let Some(branches) = Self::branches(schema) {
            let choices: Vec<&str> =
                branches.iter().filter_map(|branch| branch.get("const")).filter_map(Value::as_str).collect();
            if choices.len() == branches.len() {
                return self.choice(&choices, value, context);
            }
            let branch = branches.iter().find(|branch| self.types(branch).iter().any(|kind| is_of_type(value, kind)));
            if let Some(branch) = branch {
                self.value(branch, value, context);
            }
            return;
        }
        if let Some(choices) = schema.get("enum").and_then(Value::as_array) {
            let choices: Vec<&str> = choices.iter().filter_map(Value::as_str).collect();
            return self.choice(&choices, value, context);
        }
        match value {
            Ast::Object(object) => self.object(schema, object, context),
            Ast::Array(array) => self.array(schema, array, context, None, false),
            Ast::StringLit(literal) => {
                if let Some(expression) = schema.get("pattern").and_then(Value::as_str) {
                    self.expression(expression, &literal.value, value.start(), context);
                }
            }
            Ast::NumberLit(number) => {
                if let Some(only) = schema.get("const")
                    && serde_json::from_str::<Value>(number.value).ok().and_then(|number| number.as_f64())
                        != only.as_f64()
                {
                    self.format(number.value, value.start());
                }
            }
            Ast::BooleanLit(_) | Ast::NullKeyword(_) => {}
        }
    }

    fn format(&mut self, number: &str, place: usize) {
        let mend = if number.parse::<f64>().is_ok_and(|number| number > 1.0) {
            "this qualcode reads format 1: use a newer qualcode, or write 1 if the file follows `codebooks/README.md`"
        } else {
            "write 1"
        };
        self.faults.error("C024", place, format!("the codebook has format {number}, which is not known"), mend);
    }

    fn choice(&mut self, choices: &[&str], value: &Ast<'_>, context: &Context) {
        let Some(literal) = value.as_string_lit() else { return };
        if choices.contains(&literal.value.as_ref()) {
            return;
        }
        let all = join_or(choices);
        let mend = match spell::nearest(&literal.value, choices.iter().copied()) {
            Some(nearest) => format!("did you mean \"{nearest}\"? It can be {all}"),
            None => format!("write {all}"),
        };
        self.faults.error(
            "C007",
            value.start(),
            format!("{} is \"{}\", which is not known", context.name, literal.value),
            mend,
        );
    }

    fn expression(&mut self, expression: &'s str, text: &str, place: usize, context: &Context) {
        let compiled = self.expressions.entry(expression).or_insert_with(|| Regex::new(expression).ok());
        if compiled.as_ref().is_none_or(|compiled| compiled.is_match(text)) {
            return;
        }
        let mend = schema::advice(expression).unwrap_or("write it as the schema says");
        let (code, message) = match expression {
            ID => ("C009", format!("{} is \"{text}\", which is no id", context.name)),
            COLOR => ("C011", format!("{} is \"{text}\", which is no colour", context.name)),
            LANGUAGE => ("C025", format!("{} is \"{text}\", which is no language code", context.name)),
            _ => ("C010", format!("{} is blank", context.name)),
        };
        self.faults.error(code, place, message, mend);
    }

    fn array(&mut self, schema: &'s Value, array: &Array<'_>, context: &Context, key: Option<&str>, optional: bool) {
        if array.elements.is_empty() && schema.get("minItems").and_then(Value::as_u64).unwrap_or(0) > 0 {
            let message = format!("{} is an empty list", context.name);
            self.faults.error(
                "C008",
                array.start(),
                message,
                if optional { "write at least one entry, or leave the key out" } else { "write at least one entry" },
            );
        }
        if schema.get("uniqueItems") == Some(&Value::Bool(true)) {
            for (at, element) in array.elements.iter().enumerate() {
                let Some(literal) = element.as_string_lit() else { continue };
                let earlier = array.elements[..at]
                    .iter()
                    .filter_map(Ast::as_string_lit)
                    .any(|other| other.value == literal.value);
                if earlier {
                    let message = format!("\"{}\" stands twice in {}", literal.value, context.name);
                    self.faults.error("C027", element.start(), message, "take it out");
                }
            }
        }
        if let Some(items) = schema.get("items") {
            for (at, element) in array.elements.iter().enumerate() {
                self.value(items, element, &context.of_element(key, at, element));
            }
        }
    }

    fn object(&mut self, schema: &'s Value, object: &Object<'_>, context: &Context) {
        let known = schema.get("properties").and_then(Value::as_object);
        let required: Vec<&str> =
            schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        let mut seen: Vec<&str> = Vec::new();
        for property in &object.properties {
            let key = property.name.as_str();
            if seen.contains(&key) {
                let message = format!("the key \"{key}\" stands twice in {}", context.name);
                self.faults.error("C006", property.start(), message, "keep one of the two");
                continue;
            }
            seen.push(key);
            match known.and_then(|known| known.get(key)) {
                Some(schema) => self.property(schema, property, context, !required.contains(&key)),
                None => match schema.get("additionalProperties") {
                    Some(Value::Bool(false)) => {
                        let known = known.map(|known| known.keys().map(String::as_str).collect()).unwrap_or_default();
                        self.unknown(key, property, known, context);
                    }
                    Some(schema) => self.property(schema, property, context, true),
                    None => {}
                },
            }
        }
        for key in required {
            if !seen.contains(&key) {
                let message = format!("{} has no \"{key}\"", context.name);
                let about = known
                    .and_then(|known| known.get(key))
                    .and_then(|schema| schema.get("description"))
                    .and_then(Value::as_str);
                let mend = match about {
                    Some(about) => format!("add \"{key}\": {about}"),
                    None => format!("add \"{key}\""),
                };
                self.faults.error("C005", object.start(), message, mend);
            }
        }
    }

    fn property(&mut self, schema: &'s Value, property: &ObjectProp<'_>, context: &Context, optional: bool) {
        let key = property.name.as_str();
        let inner = context.of_key(key);
        let resolved = self.resolve(schema);
        match (&property.value, resolved.get("items")) {
            (Ast::Array(array), Some(_)) => self.array(resolved, array, &inner, Some(key), optional),
            _ => self.value(schema, &property.value, &inner),
        }
    }

    fn unknown(&mut self, key: &str, property: &ObjectProp<'_>, known: Vec<&str>, context: &Context) {
        let free: Vec<&str> = known.into_iter().filter(|name| *name != "$schema").collect();
        let mend = match spell::nearest(key, free.iter().copied()) {
            Some(nearest) => format!("did you mean \"{nearest}\"?"),
            None => format!("take it out; notes belong into \"memo\". The keys here are {}", free.join(", ")),
        };
        self.faults.error("C004", property.start(), format!("{} has the unknown key \"{key}\"", context.name), mend);
    }
}

fn is_of_type(value: &Ast<'_>, kind: &str) -> bool {
    match value {
        Ast::StringLit(_) => kind == "string",
        // A number without fraction is an integer however it is written, as in JSON Schema.
        Ast::NumberLit(number) => {
            kind == "number"
                || kind == "integer" && number.value.parse::<f64>().is_ok_and(|number| number.fract() == 0.0)
        }
        Ast::BooleanLit(_) => kind == "boolean",
        Ast::Object(_) => kind == "object",
        Ast::Array(_) => kind == "array",
        Ast::NullKeyword(_) => kind == "null",
    }
}

fn type_name(kind: &str) -> &'static str {
    match kind {
        "string" => "a text in quotation marks",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        "object" => "an object in braces {…}",
        "array" => "a list in brackets […]",
        _ => "null",
    }
}

fn described(value: &Ast<'_>) -> String {
    match value {
        Ast::StringLit(literal) => {
            let short: String = literal.value.chars().take(40).collect();
            let more = if short.len() < literal.value.len() { "…" } else { "" };
            format!("the text \"{short}{more}\"")
        }
        Ast::NumberLit(number) => format!("the number {}", number.value),
        Ast::BooleanLit(boolean) => boolean.value.to_string(),
        Ast::Object(_) => "an object in braces".to_owned(),
        Ast::Array(_) => "a list".to_owned(),
        Ast::NullKeyword(_) => "null".to_owned(),
    }
}

fn join_or(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
