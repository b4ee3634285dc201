//! From bytes to checked requests, with the path of the field that is wrong.

use serde::de::DeserializeOwned;
use validator::{Validate, ValidationErrors, ValidationErrorsKind};

use crate::error::FieldError;
use crate::frames::{ClientFrame, Command};

/// Why a body was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// Not JSON at all.
    Malformed,
    /// JSON of another shape, or values outside their limits.
    Invalid(Vec<FieldError>),
}

/// Reads a JSON request and checks its limits.
///
/// # Errors
/// All fields that break a limit, or the first that has another shape.
pub fn request<T: DeserializeOwned + Validate>(json: &[u8]) -> Result<T, DecodeError> {
    // Serde would read the fields of a request from an array too, by their order.
    if json.trim_ascii_start().first() != Some(&b'{') {
        return match serde_json::from_slice::<serde::de::IgnoredAny>(json) {
            Ok(_) => Err(DecodeError::Invalid(vec![field_error("", "no object")])),
            Err(_) => Err(DecodeError::Malformed),
        };
    }
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let value: T = serde_path_to_error::deserialize(&mut deserializer)
        .map_err(|error| shape_error(json, &error.path().to_string(), error.inner()))?;
    deserializer.end().map_err(|_| DecodeError::Malformed)?;
    limits(&value)?;
    Ok(value)
}

/// Checks the limits of a request that was read.
///
/// # Errors
/// All fields that break one.
pub fn limits<T: Validate>(value: &T) -> Result<(), DecodeError> {
    value.validate().map_err(|errors| {
        let mut found = Vec::new();
        collect("", &errors, &mut found);
        found.sort_by(|a, b| a.field.cmp(&b.field));
        DecodeError::Invalid(found)
    })
}

/// Reads a query string and checks its limits.
///
/// # Errors
/// All parameters that break a limit, or the first that has another shape.
pub fn query<T: DeserializeOwned + Validate>(text: &str) -> Result<T, DecodeError> {
    let deserializer = serde_urlencoded::Deserializer::new(form_urlencoded::parse(text.as_bytes()));
    let value: T = serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let path = error.path().to_string();
        DecodeError::Invalid(vec![field_error(root(&path), &error.inner().to_string())])
    })?;
    limits(&value)?;
    Ok(value)
}

/// A socket command that cannot be read: its id, if that much could be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameError {
    /// Id of the command.
    pub id: Option<u64>,
    /// What is wrong with it.
    pub reason: FrameReason,
}

/// What is wrong with a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameReason {
    /// Not JSON.
    NotJson,
    /// JSON, but not an object with a known `type`, or a field is wrong.
    Invalid,
}

/// Reads one text frame of a client.
///
/// # Errors
/// With the id of the command where it could be read. The input is never repeated.
pub fn frame(text: &str) -> Result<ClientFrame, FrameError> {
    let failed = |id, reason| FrameError { id, reason };
    let mut value: serde_json::Value =
        serde_json::from_str(text).map_err(|_| failed(None, FrameReason::NotJson))?;
    let fields = value
        .as_object_mut()
        .ok_or(failed(None, FrameReason::Invalid))?;
    // Taken out by hand: serde cannot refuse unknown fields beside a flattened one.
    let id = match fields.remove("id") {
        None | Some(serde_json::Value::Null) => None,
        Some(id) => match id
            .as_u64()
            .filter(|&id| i64::try_from(id).is_ok_and(|id| id <= domain::limits::ID_MAX))
        {
            Some(id) => Some(id),
            None => return Err(failed(None, FrameReason::Invalid)),
        },
    };
    let command: Command =
        serde_json::from_value(value).map_err(|_| failed(id, FrameReason::Invalid))?;
    if !command.is_in_range() {
        return Err(failed(id, FrameReason::Invalid));
    }
    Ok(ClientFrame { id, command })
}

fn shape_error(json: &[u8], path: &str, error: &serde_json::Error) -> DecodeError {
    // For a null or a number in the place of a name it complains of the syntax.
    let is_json = || serde_json::from_slice::<serde_json::Value>(json).is_ok();
    if error.classify() == serde_json::error::Category::Data || is_json() {
        DecodeError::Invalid(vec![field_error(root(path), &error.to_string())])
    } else {
        DecodeError::Malformed
    }
}

/// The path of serde for the whole is a dot.
fn root(path: &str) -> &str {
    if path == "." { "" } else { path }
}

/// Serde tells the rule only in prose, so the prose is read; what it quotes of the input is left out.
fn field_error(path: &str, message: &str) -> FieldError {
    let named = |prefix: &str| {
        let rest = message.strip_prefix(prefix)?;
        rest.split('`').nth(1).map(str::to_owned)
    };
    let (code, text) = if message.starts_with("missing field") {
        ("missing", "must be given")
    } else if message.starts_with("unknown field") {
        ("unknown_field", "is not a field of this request")
    } else if message.starts_with("duplicate field") {
        ("duplicate_field", "must be given once")
    } else if message.starts_with("unknown variant") {
        ("unknown_value", "is not one of the allowed values")
    } else {
        ("wrong_type", "has the wrong type or form")
    };
    // A missing field is reported at its parent, an unknown one mostly at itself.
    let own = named("missing field")
        .or_else(|| named("unknown field"))
        .or_else(|| named("duplicate field"));
    let field = match own {
        Some(own) if path.is_empty() => own,
        Some(own) if path != own && !path.ends_with(&format!(".{own}")) => format!("{path}.{own}"),
        _ => path.to_owned(),
    };
    FieldError {
        field: field.chars().take(100).collect(),
        code: code.to_owned(),
        message: text.to_owned(),
    }
}

fn collect(path: &str, errors: &ValidationErrors, found: &mut Vec<FieldError>) {
    for (name, kind) in errors.errors() {
        // Rules of the whole request stand under this name.
        let name = if name == "__all__" { "" } else { name };
        let field = if path.is_empty() || name.is_empty() {
            format!("{path}{name}")
        } else {
            format!("{path}.{name}")
        };
        match kind {
            ValidationErrorsKind::Field(errors) => {
                found.extend(errors.iter().map(|error| {
                    FieldError {
                        field: field.clone(),
                        code: error.code.to_string(),
                        message: error
                            .message
                            .as_ref()
                            .map_or_else(|| "is not valid".to_owned(), ToString::to_string),
                    }
                }));
            }
            ValidationErrorsKind::Struct(errors) => collect(&field, errors, found),
            ValidationErrorsKind::List(items) => {
                for (index, errors) in items {
                    collect(&format!("{field}[{index}]"), errors, found);
                }
            }
        }
    }
}
