//! Reads files and standard input whole, up to the limit of the library, and wipes them after use.

use crate::options::Options;
use crate::output::Failure;
use crate::page;
use crate::pasted;
use samlcert::ErrorCode;
use samlcert::limits::MAX_PASTE_BYTES;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, ErrorKind, IsTerminal, Read};
use zeroize::Zeroizing;

/// What was read, and its name in messages.
pub(crate) struct Input {
    pub(crate) name: String,
    pub(crate) bytes: Zeroizing<Vec<u8>>,
}

/// Returns true if an argument means standard input.
pub(crate) fn is_stdin(argument: &OsStr) -> bool {
    argument == "-"
}

/// Reads a file, or standard input for `-`, up to one byte beyond the limit of the library: then the library says what is
/// wrong.
pub(crate) fn read(argument: &OsStr) -> Result<Input, Failure> {
    read_as(argument, "file", MAX_PASTE_BYTES)
}

/// The largest exported application that is read: 64 MiB.
const MAX_EXPORT_BYTES: usize = 64 << 20;

/// Reads an exported application, which includes its whole history.
pub(crate) fn read_export(argument: &OsStr) -> Result<Input, Failure> {
    let input = read_as(argument, "file", MAX_EXPORT_BYTES)?;
    if input.bytes.len() > MAX_EXPORT_BYTES {
        let message = format!("{} is larger than {MAX_EXPORT_BYTES} bytes", input.name);
        return Err(Failure::new(ErrorCode::File, message));
    }
    Ok(input)
}

fn read_as(argument: &OsStr, role: &str, most: usize) -> Result<Input, Failure> {
    if argument.is_empty() {
        return Err(Failure::new(ErrorCode::File, format!("the name of the {role} is empty")));
    }
    let limit = most.saturating_add(1);
    let (name, file) = if is_stdin(argument) {
        hint_at_a_terminal();
        (Some("standard input".to_owned()), unbuffered_stdin())
    } else {
        (pasted::name(argument), File::open(argument))
    };
    let bytes =
        file.and_then(|file| read_whole(file, limit)).map_err(|error| failure(role, name.as_deref(), &error))?;
    // What could be read is a file, even if its name looks like a key.
    Ok(Input { name: name.unwrap_or_else(|| page::escape(&argument.to_string_lossy())), bytes })
}

/// The argument itself as text, or standard input for `-`.
pub(crate) fn argument_or_stdin(argument: &OsStr) -> Result<Input, Failure> {
    if is_stdin(argument) {
        return read(argument);
    }
    let bytes = Zeroizing::new(argument.as_encoded_bytes().to_vec());
    Ok(Input { name: "the argument".to_owned(), bytes })
}

/// Reads into one allocation: a buffer that grows leaves copies of a key behind.
fn read_whole(from: File, limit: usize) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(limit.saturating_add(1)));
    from.take(u64::try_from(limit).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Standard input without the buffer of the standard library, which is not wiped.
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

/// Refuses more than one argument that means standard input.
pub(crate) fn at_most_one_stdin(arguments: &[&OsStr], options: &Options) -> Result<(), Failure> {
    let passwords = [options.password_file.as_deref(), options.store_password_file.as_deref()];
    let all = arguments.iter().copied().chain(passwords.into_iter().flatten());
    let count = all.filter(|argument| is_stdin(argument)).count();
    if count > 1 {
        let message = "standard input (-) can be read only once; name a file for the other";
        return Err(Failure::new(ErrorCode::Usage, message.to_owned()));
    }
    Ok(())
}

/// The password in the password file, if one is given: its bytes, without one line break at their end.
pub(crate) fn password(options: &Options) -> Result<Option<Zeroizing<Vec<u8>>>, Failure> {
    options.password_file.as_deref().map(|file| read_password(file, "password file")).transpose()
}

/// The password of the store, if one is given.
pub(crate) fn store_password(options: &Options) -> Result<Option<Zeroizing<Vec<u8>>>, Failure> {
    let Some(file) = options.store_password_file.as_deref() else { return Ok(None) };
    let password = read_password(file, "password file of the store")?;
    if password.is_empty() {
        return Err(Failure::new(ErrorCode::EmptyPassword, "the password of the store is empty".to_owned()));
    }
    Ok(Some(password))
}

fn read_password(file: &OsStr, role: &str) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let mut password = read_as(file, role, MAX_PASTE_BYTES)?.bytes;
    let line = password.strip_suffix(b"\n").map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let len = line.map_or(password.len(), <[u8]>::len);
    password.truncate(len);
    Ok(password)
}
