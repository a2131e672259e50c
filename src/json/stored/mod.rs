//! Records and events as they are stored: strict, versioned, and read back exactly as they were.
//!
//! Every field must be there exactly once, even if it is null, and no other field may be there. A later form has a
//! later version. The order of fields does not matter.

mod event;
mod form;
mod place;
mod provider;
mod record;
mod settings;
mod tree;
mod value;

use crate::application::RecordError;
use crate::limits::MAX_RECORD_BYTES;
pub use event::{Log, read_event, read_log, write_event};
pub use provider::Providers;
pub use record::{read_record, write_record};
use serde::Serialize;
pub use settings::{read_settings, write_settings};
use tree::Tree;
use value::Value;

/// The version of the stored forms of records and events that is written, and the only one that is read.
pub const STORED_VERSION: u64 = 1;

fn to_json(form: &impl Serialize) -> Result<String, RecordError> {
    serde_json::to_string(form).map_err(|error| no_json(error.to_string()))
}

fn from_json<T>(json: &[u8], read: impl FnOnce(Value<'_>) -> Result<T, RecordError>) -> Result<T, RecordError> {
    if json.len() > MAX_RECORD_BYTES {
        return Err(no_json(format!("is larger than {MAX_RECORD_BYTES} bytes")));
    }
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let tree = Tree::read(&mut deserializer).and_then(|tree| deserializer.end().map(|()| tree));
    let tree = tree.map_err(|error| no_json(error.to_string()))?;
    read(Value::top(&tree))
}

fn no_json(what: String) -> RecordError {
    RecordError::Malformed { field: "json".to_owned(), what }
}
