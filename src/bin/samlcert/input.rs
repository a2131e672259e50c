//! Files and standard input, read whole, as far as the limit of the library goes, and wiped after use.

use crate::arguments::Options;
use crate::output::Failure;
use crate::page;
use crate::pasted;
use samlcert::ErrorCode;
use samlcert::limits::MAX_PASTE_BYTES;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, ErrorKind, IsTerminal, Read};
use zeroize::Zeroizing;

/// What was read, and what it is called in messages.
pub(crate) struct Input {
    pub(crate) name: String,
    pub(crate) bytes: Zeroizing<Vec<u8>>,
}

/// Whether an argument means standard input.
pub(crate) fn is_stdin(argument: &OsStr) -> bool {
    argument == "-"
}

/// Reads a file, or standard input for `-`; one byte more than the library reads, so that it says what is wrong.
pub(crate) fn read(argument: &OsStr) -> Result<Input, Failure> {
    read_as(argument, "file")
}

fn read_as(argument: &OsStr, role: &str) -> Result<Input, Failure> {
    if argument.is_empty() {
        return Err(Failure::new(ErrorCode::File, format!("the name of the {role} is empty")));
    }
    let limit = MAX_PASTE_BYTES.saturating_add(1);
    let (name, file) = if is_stdin(argument) {
        hint_at_a_terminal();
        (Some("standard input".to_owned()), unbuffered_stdin())
    } else {
        (pasted::name(argument), File::open(argument))
    };
    let bytes =
        file.and_then(|file| read_whole(file, limit)).map_err(|error| failure(role, name.as_deref(), &error))?;
    // What can be read is a file, whatever its name looks like.
    Ok(Input { name: name.unwrap_or_else(|| page::escape(&argument.to_string_lossy())), bytes })
}

/// The text that an argument is itself, or standard input for `-`.
pub(crate) fn argument_or_stdin(argument: &OsStr) -> Result<Input, Failure> {
    if is_stdin(argument) {
        return read(argument);
    }
    let bytes = Zeroizing::new(argument.as_encoded_bytes().to_vec());
    Ok(Input { name: "the argument".to_owned(), bytes })
}

/// In one allocation, so that no half-grown copy of a key stays behind.
fn read_whole(from: File, limit: usize) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(limit.saturating_add(1)));
    from.take(u64::try_from(limit).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Standard input past the buffer of the standard library, that nobody wipes.
#[cfg(unix)]
fn unbuffered_stdin() -> io::Result<File> {
    use std::os::fd::AsFd;
    io::stdin().as_fd().try_clone_to_owned().map(File::from)
}

#[cfg(windows)]
fn unbuffered_stdin() -> io::Result<File> {
    use std::os::windows::io::AsHandle;
    io::stdin().as_handle().try_clone_to_owned().map(File::from)
}

fn hint_at_a_terminal() {
    if io::stdin().is_terminal() {
        let end = if cfg!(windows) { "Ctrl-Z and Enter" } else { "Ctrl-D" };
        anstream::eprintln!("Paste the certificate or key, then press {end}.");
    }
}

fn failure(role: &str, name: Option<&str>, error: &io::Error) -> Failure {
    let Some(name) = name else { return Failure::new(ErrorCode::File, pasted::MESSAGE.to_owned()) };
    let message = match error.kind() {
        ErrorKind::NotFound => format!("there is no {role} {name}"),
        ErrorKind::PermissionDenied => format!("there is no permission to read the {role} {name}"),
        ErrorKind::IsADirectory => format!("the {role} {name} is a directory; name a file in it"),
        _ => format!("the {role} {name} cannot be read: {error}"),
    };
    Failure::new(ErrorCode::File, message)
}

/// The same argument cannot be read twice where it is standard input.
pub(crate) fn at_most_one_stdin(arguments: &[&OsStr], options: &Options) -> Result<(), Failure> {
    let password = options.password_file.as_deref();
    let count = arguments.iter().copied().chain(password).filter(|argument| is_stdin(argument)).count();
    if count > 1 {
        let message = "standard input (-) can be read only once; name a file for the other";
        return Err(Failure::new(ErrorCode::Usage, message.to_owned()));
    }
    Ok(())
}

/// The password of the password file, if there is one: its bytes without one line break at their end.
pub(crate) fn password(options: &Options) -> Result<Option<Zeroizing<Vec<u8>>>, Failure> {
    let Some(file) = options.password_file.as_deref() else { return Ok(None) };
    let mut password = read_as(file, "password file")?.bytes;
    let line = password.strip_suffix(b"\n").map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let len = line.map_or(password.len(), <[u8]>::len);
    password.truncate(len);
    Ok(Some(password))
}
