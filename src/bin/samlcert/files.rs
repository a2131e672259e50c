//! Files that are written: each whole or not at all, several together or none, and never over another one unless that was
//! asked for.
//!
//! What is written stands in a file of its own beside its place first, readable by nobody else where it is secret, and
//! takes its place in one step. Only a process that is killed in between leaves such a `.samlcert-….tmp`.

use crate::input;
use crate::output::Failure;
use crate::pasted;
use samlcert::{Entropy, ErrorCode, SystemEntropy};
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// A file that is to be written.
pub(crate) struct NewFile<'a> {
    pub(crate) path: &'a OsStr,
    pub(crate) bytes: &'a [u8],
    pub(crate) access: Access,
}

/// Who may read a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// As the user's own settings have it.
    Usual,
    /// The owner alone: mode 0600.
    Owner,
}

/// What is done about a file that is there already.
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

/// Refuses, before any work is done, what [`write`] would refuse: places that are taken, or the same one twice.
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

/// Writes all of the files; after an error, none of them is there that was not there before.
pub(crate) fn write(files: &[NewFile<'_>], existing: Existing) -> Result<(), Failure> {
    check(&files.iter().map(|file| file.path).collect::<Vec<_>>(), existing)?;
    let mut written = Vec::new();
    for file in files {
        let place = Place::new(file.path, existing)?;
        let temporary = Temporary::write(&place.target, file).map_err(|error| place.unwritable(&error))?;
        written.push((place, temporary));
    }
    let mut taken = Vec::new();
    for (place, temporary) in written {
        match take(&place, temporary, existing) {
            Ok(one) => taken.push(one),
            Err(error) => {
                taken.into_iter().rev().for_each(Taken::give_back);
                return Err(place.unwritable(&error));
            }
        }
    }
    taken.iter().for_each(Taken::keep);
    Ok(())
}

/// Where a file is to stand.
struct Place {
    /// Of a path to a file that is there, what all links lead to: a link stays one.
    target: PathBuf,
    /// What it is called in messages.
    name: Option<String>,
}

impl Place {
    fn new(path: &OsStr, existing: Existing) -> Result<Self, Failure> {
        let mut place = Self { target: PathBuf::from(path), name: pasted::name(path) };
        if path.is_empty() {
            return Err(Failure::new(ErrorCode::File, "the name of the file to write is empty".to_owned()));
        }
        if input::is_stdin(path) {
            let message = "- is no name of a file to write; give one, as in ./-".to_owned();
            return Err(Failure::new(ErrorCode::Usage, message));
        }
        match (fs::symlink_metadata(path), existing) {
            (Err(_), _) => place.target = place.in_real_folder().map_err(|error| place.unwritable(&error))?,
            (Ok(found), _) if found.is_dir() => return Err(place.failure("is a folder; name a file in it")),
            (Ok(_), Existing::Keep) => return Err(place.exists()),
            (Ok(_), Existing::Replace) => match fs::canonicalize(path) {
                Ok(target) if target.is_file() => place.target = target,
                Ok(_) => return Err(place.failure("is no plain file, and only such a one is replaced")),
                Err(error) => return Err(place.unwritable(&error)),
            },
        }
        Ok(place)
    }

    /// The path with a folder that can be compared.
    fn in_real_folder(&self) -> io::Result<PathBuf> {
        let folder = fs::canonicalize(folder(&self.target))?;
        Ok(self.target.file_name().map_or_else(|| folder.clone(), |name| folder.join(name)))
    }

    fn exists(&self) -> Failure {
        self.failure_of(ErrorCode::FileExists, "is there already; name another one, or add --force to replace it")
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

/// A file that grows beside its place, and takes it when it is whole, also that of another one.
pub(crate) struct Growing {
    place: Place,
    temporary: Temporary,
    file: File,
}

impl Growing {
    pub(crate) fn begin(path: &OsStr) -> Result<Self, Failure> {
        let place = Place::new(path, Existing::Replace)?;
        let begin = || {
            let temporary = Temporary::beside(&place.target)?;
            let file = create(&temporary.0, Access::Usual)?;
            Ok((temporary, file))
        };
        let (temporary, file) = begin().map_err(|error: io::Error| place.unwritable(&error))?;
        Ok(Self { place, temporary, file })
    }

    pub(crate) fn append(&mut self, text: &str) -> Result<(), Failure> {
        self.file.write_all(text.as_bytes()).map_err(|error| self.place.unwritable(&error))
    }

    pub(crate) fn finish(self) -> Result<(), Failure> {
        let taken = self.file.sync_all().and_then(|()| take(&self.place, self.temporary, Existing::Replace));
        taken.map(|taken| taken.keep()).map_err(|error| self.place.unwritable(&error))
    }
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A file beside the place of another one, removed when it is dropped.
struct Temporary(PathBuf);

impl Temporary {
    fn beside(target: &Path) -> io::Result<Self> {
        let mut random = [0; 8];
        SystemEntropy.fill(&mut random).map_err(io::Error::other)?;
        let random = u64::from_le_bytes(random);
        Ok(Self(folder(target).join(format!(".samlcert-{random:016x}.tmp"))))
    }

    fn write(target: &Path, file: &NewFile<'_>) -> io::Result<Self> {
        let temporary = Self::beside(target)?;
        let mut created = create(&temporary.0, file.access)?;
        created.write_all(file.bytes)?;
        created.sync_all()?;
        Ok(temporary)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // Nothing is there any more once the file has taken its place.
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg_attr(not(unix), expect(unused_variables, reason = "there are no modes"))]
fn create(path: &Path, access: Access) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if access == Access::Owner {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

/// A file that took its place, and what stood there before it.
struct Taken {
    target: PathBuf,
    before: Option<Temporary>,
}

/// Puts a written file into its place in one step.
fn take(place: &Place, temporary: Temporary, existing: Existing) -> io::Result<Taken> {
    let target = place.target.clone();
    match existing {
        Existing::Keep => {
            link(&temporary.0, &target)?;
            Ok(Taken { target, before: None })
        }
        Existing::Replace => {
            let before = second_name(&target)?;
            fs::rename(&temporary.0, &target)?;
            Ok(Taken { target, before })
        }
    }
}

/// Gives a file its name, unless that is taken.
fn link(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists && is_free(to) => {
            // A file system without links: the name is taken by an empty file first, and then by the whole one.
            create(to, Access::Owner)?;
            fs::rename(from, to).inspect_err(|_| drop(fs::remove_file(to)))
        }
        linked => linked,
    }
}

fn is_free(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

/// A second name of the file that is about to be replaced, if there is one, so that it can be given back.
fn second_name(target: &Path) -> io::Result<Option<Temporary>> {
    if is_free(target) {
        return Ok(None);
    }
    let second = Temporary::beside(target)?;
    fs::hard_link(target, &second.0).or_else(|_| fs::copy(target, &second.0).map(drop))?;
    Ok(Some(second))
}

impl Taken {
    /// Makes the new name last, as far as the file system can be asked to.
    fn keep(&self) {
        if let Ok(folder) = File::open(folder(&self.target)) {
            let _ = folder.sync_all();
        }
    }

    fn give_back(self) {
        // There is nobody to tell: why all are given back is told.
        let _ = match &self.before {
            Some(before) => fs::rename(&before.0, &self.target),
            None => fs::remove_file(&self.target),
        };
    }
}
