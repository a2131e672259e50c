//! Options that every command takes.

use clap::Args;
use samlcert::UnixTime;
use std::ffi::OsString;
use std::time::SystemTime;

/// The options of every command.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Print one JSON document on standard output, also for an error
    #[arg(long, global = true, help_heading = "Common options")]
    pub(crate) json: bool,
    /// Take this as the present time, in Unix seconds or RFC 3339 [default: the clock]
    #[arg(long, global = true, help_heading = "Common options", value_name = "T", value_parser = read_time, allow_hyphen_values = true)]
    now: Option<UnixTime>,
    /// Read the password of encrypted keys, or of the key to encrypt, from this file; one line break at its end is removed
    #[arg(long, global = true, help_heading = "Common options", value_name = "FILE")]
    pub(crate) password_file: Option<OsString>,
    /// Use this store of applications
    #[arg(long, global = true, help_heading = "Common options", value_name = "FILE", default_value = "samlcert.db")]
    pub(crate) store: OsString,
    /// Read the password of the private keys in the store from this file; without it, they are stored plain
    #[arg(long, global = true, help_heading = "Common options", value_name = "FILE")]
    pub(crate) store_password_file: Option<OsString>,
}

impl Options {
    /// The present time: the given one, or the clock's.
    pub(crate) fn now(&self) -> UnixTime {
        self.now.unwrap_or_else(|| UnixTime::try_from(SystemTime::now()).unwrap_or(UnixTime(i64::MAX)))
    }
}

fn read_time(text: &str) -> Result<UnixTime, String> {
    if let Ok(seconds) = text.parse() {
        return Ok(UnixTime(seconds));
    }
    let time = text.parse::<jiff::Timestamp>();
    time.map(UnixTime::from)
        .map_err(|_| "a time is Unix seconds such as 1795514106, or RFC 3339 such as 2026-11-24T09:55:06Z".to_owned())
}
