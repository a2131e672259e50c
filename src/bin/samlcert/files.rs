//! Writes files whole or not at all, several together or none, and replaces an existing one only if asked to.
//!
//! The bytes go to a temporary file in the same folder first, which only its owner can read if they are secret, and take
//! their place in one step. Only a process that is killed in between leaves such a `.samlcert-….tmp` behind.

use crate::input;
use crate::output::Failure;
use crate::pasted;
use samlcert::ErrorCode;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::{Builder, NamedTempFile, TempPath};

/// A file to write.
pub(crate) struct NewFile<'a> {
    pub(crate) path: &'a OsStr,
    pub(crate) bytes: &'a [u8],
    pub(crate) access: Access,
}

/// Who may read a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// As the user's umask has it.
    Default,
    /// The owner alone: mode 0600.
    Owner,
}

/// What happens to a file that exists.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Existing {
    Keep,
    Replace,
}

impl Existing {
    pub(crate) const fn of_force(force: bool) -> Self {
        if force { Self::Replace } else { Self::Keep }
    }
}

/// Refuses, before any work is done, what [`write()`] would refuse: files that exist, or the same one twice.
pub(crate) fn check(paths: &[&OsStr], existing: Existing) -> Result<(), Failure> {
    let places = paths.iter().map(|path| Place::new(path, existing)).collect::<Result<Vec<_>, _>>()?;
    let mut rest = places.as_slice();
    while let [first, others @ ..] = rest {
        if others.iter().any(|other| other.target == first.target) {
            return Err(first.failure("is named twice; name a file for each"));
        }
        rest = others;
    }
    Ok(())
}

/// Writes all files; after an error, all are as they were before.
pub(crate) fn write(files: &[NewFile<'_>], existing: Existing) -> Result<(), Failure> {
    check(&files.iter().map(|file| file.path).collect::<Vec<_>>(), existing)?;
    let mut written = Vec::new();
    for file in files {
        let place = Place::new(file.path, existing)?;
        let temporary = write_beside(&place.target, file).map_err(|error| place.unwritable(&error))?;
        written.push((place, temporary));
    }
    let mut taken = Vec::new();
    for (place, temporary) in written {
        match take(&place, temporary, existing) {
            Ok(one) => taken.push(one),
            Err(error) => {
                taken.into_iter().rev().for_each(Taken::restore);
                return Err(place.unwritable(&error));
            }
        }
    }
    taken.iter().for_each(Taken::keep);
    Ok(())
}

/// Where a file is to stand.
struct Place {
    /// The real path: a link to an existing file stays a link.
    target: PathBuf,
    /// Its name in messages; `None` if the path looks like a key.
    name: Option<String>,
}

impl Place {
    fn new(path: &OsStr, existing: Existing) -> Result<Self, Failure> {
        let mut place = Self { target: PathBuf::from(path), name: pasted::name(path) };
        if path.is_empty() {
            return Err(Failure::new(ErrorCode::File, "the name of the file to write is empty".to_owned()));
        }
        if input::is_stdin(path) {
            let message = "- is not the name of a file to write; name one, such as ./-".to_owned();
            return Err(Failure::new(ErrorCode::Usage, message));
        }
        match (fs::symlink_metadata(path), existing) {
            (Err(_), _) => place.target = place.in_real_folder().map_err(|error| place.unwritable(&error))?,
            (Ok(found), _) if found.is_dir() => return Err(place.failure("is a folder; name a file in it")),
            (Ok(_), Existing::Keep) => return Err(place.exists()),
            (Ok(_), Existing::Replace) => match fs::canonicalize(path) {
                Ok(target) if target.is_file() => place.target = target,
                Ok(_) => return Err(place.failure("is not a regular file, and only regular files are replaced")),
                Err(error) => return Err(place.unwritable(&error)),
            },
        }
        Ok(place)
    }

    /// The path with its folder resolved, so that paths can be compared.
    fn in_real_folder(&self) -> io::Result<PathBuf> {
        let folder = fs::canonicalize(folder_of(&self.target))?;
        Ok(self.target.file_name().map_or_else(|| folder.clone(), |name| folder.join(name)))
    }

    fn exists(&self) -> Failure {
        self.failure_of(ErrorCode::FileExists, "already exists; name another one, or add --force to replace it")
    }

    fn failure(&self, message: &str) -> Failure {
        self.failure_of(ErrorCode::File, message)
    }

    fn failure_of(&self, code: ErrorCode, message: &str) -> Failure {
        match &self.name {
            Some(name) => Failure::new(code, format!("the file {name} {message}")),
            None => Failure::new(code, pasted::MESSAGE.to_owned()),
        }
    }

    fn unwritable(&self, error: &io::Error) -> Failure {
        match error.kind() {
            ErrorKind::AlreadyExists => self.exists(),
            ErrorKind::NotFound => self.failure("cannot be written: there is no such folder"),
            ErrorKind::PermissionDenied => self.failure("cannot be written: there is no permission for its folder"),
            _ => self.failure(&format!("cannot be written: {error}")),
        }
    }
}

/// A file that is written in parts; when it is whole, it takes its place, and replaces what was there.
pub(crate) struct Growing {
    place: Place,
    file: NamedTempFile,
}

impl Growing {
    pub(crate) fn begin(path: &OsStr) -> Result<Self, Failure> {
        let place = Place::new(path, Existing::Replace)?;
        let file = create_beside(&place.target, Access::Default).map_err(|error| place.unwritable(&error))?;
        Ok(Self { place, file })
    }

    pub(crate) fn append(&mut self, text: &str) -> Result<(), Failure> {
        self.file.as_file().write_all(text.as_bytes()).map_err(|error| self.place.unwritable(&error))
    }

    pub(crate) fn finish(self) -> Result<(), Failure> {
        let synced = self.file.as_file().sync_all();
        let taken = synced.and_then(|()| take(&self.place, self.file.into_temp_path(), Existing::Replace));
        taken.map(|taken| taken.keep()).map_err(|error| self.place.unwritable(&error))
    }
}

/// The folder to write files into, which must exist.
pub(crate) fn folder(path: &OsStr) -> Result<&Path, Failure> {
    let folder = Path::new(path);
    if folder.is_dir() {
        return Ok(folder);
    }
    let message = pasted::name(path).map(|name| format!("there is no folder {name}"));
    Err(Failure::new(ErrorCode::File, message.unwrap_or_else(|| pasted::MESSAGE.to_owned())))
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Makes a temporary file in the folder of `target`; it is removed on drop.
fn beside<T>(
    target: &Path,
    make: impl FnOnce(&mut Builder<'_, '_>, &Path) -> io::Result<NamedTempFile<T>>,
) -> io::Result<NamedTempFile<T>> {
    let made = make(Builder::new().prefix(".samlcert-").suffix(".tmp"), folder_of(target));
    // The error names the temporary file, which means nothing to the user.
    made.map_err(|error| error.kind().into())
}

#[cfg_attr(not(unix), expect(unused_variables, reason = "there are no modes"))]
fn create_beside(target: &Path, access: Access) -> io::Result<NamedTempFile> {
    beside(target, |builder, folder| {
        // The default of `tempfile` is mode 0600.
        #[cfg(unix)]
        if access == Access::Default {
            builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        }
        builder.tempfile_in(folder)
    })
}

fn write_beside(target: &Path, file: &NewFile<'_>) -> io::Result<TempPath> {
    let created = create_beside(target, file.access)?;
    // Not through `NamedTempFile`, whose errors name the temporary file.
    created.as_file().write_all(file.bytes)?;
    created.as_file().sync_all()?;
    Ok(created.into_temp_path())
}

/// A file that took its place, and the one that it replaced.
struct Taken {
    target: PathBuf,
    before: Option<TempPath>,
}

/// Puts a written file into its place in one step.
fn take(place: &Place, temporary: TempPath, existing: Existing) -> io::Result<Taken> {
    let target = place.target.clone();
    match existing {
        Existing::Keep => {
            persist_new(temporary, &target)?;
            Ok(Taken { target, before: None })
        }
        Existing::Replace => {
            let before = second_name(&target)?;
            temporary.persist(&target)?;
            Ok(Taken { target, before })
        }
    }
}

/// Moves a file to its place, unless one exists there.
fn persist_new(temporary: TempPath, target: &Path) -> io::Result<()> {
    match temporary.persist_noclobber(target) {
        Err(refused) if refused.error.kind() != ErrorKind::AlreadyExists && is_free(target) => {
            // `tempfile` needs a file system with hard links, or with a rename that never replaces. Elsewhere, an empty file
            // takes the name first, and the whole one replaces it.
            File::create_new(target)?;
            refused.path.persist(target).inspect_err(|_| drop(fs::remove_file(target)))?;
            Ok(())
        }
        persisted => Ok(persisted?),
    }
}

fn is_free(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

/// A second name for the file that is about to be replaced, if there is one, so that it can be restored.
fn second_name(target: &Path) -> io::Result<Option<TempPath>> {
    if is_free(target) {
        return Ok(None);
    }
    let name = |path: &Path| match fs::hard_link(target, path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => fs::copy(target, path).map(drop),
        linked => linked,
    };
    Ok(Some(beside(target, |builder, folder| builder.make_in(folder, name))?.into_temp_path()))
}

impl Taken {
    /// Syncs the folder, so that the new name survives a power failure, where the file system can do so.
    fn keep(&self) {
        if let Ok(folder) = File::open(folder_of(&self.target)) {
            let _ = folder.sync_all();
        }
    }

    fn restore(self) {
        // A failure here is not reported: the one that made all files be restored is.
        let _ = match self.before {
            Some(before) => before.persist(&self.target).is_ok(),
            None => fs::remove_file(&self.target).is_ok(),
        };
    }
}
