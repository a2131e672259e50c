//! Each link between the documents leads to a file, and to a chapter that is there.

use super::{documents, in_repository, root, updating};
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

#[test]
fn every_link_leads_somewhere() {
    if updating() || !in_repository() {
        return;
    }
    let documents: BTreeMap<_, _> = documents().collect();
    for (path, text) in &documents {
        for link in links(text).filter(|link| !link.contains("://") && !link.starts_with("mailto:")) {
            let (file, chapter) = link.split_once('#').map_or((link, None), |(file, chapter)| (file, Some(chapter)));
            let target = if file.is_empty() { PathBuf::from(path) } else { beside(path, file) };
            assert!(root().join(&target).exists(), "{path}: {link}");
            let target = target.to_str().unwrap();
            if let Some(chapter) = chapter {
                let text = documents.get(target).unwrap_or_else(|| panic!("{path}: {link}"));
                assert!(anchors(text).any(|anchor| anchor == chapter), "{path}: {link}");
            }
        }
    }
}

/// The targets of `[…](target)` outside of blocks of code.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let prose = text.split("```").step_by(2);
    prose.flat_map(|text| text.split("](").skip(1)).filter_map(|rest| Some(rest.split_once(')')?.0))
}

/// A path beside that of a document, with `..` resolved.
fn beside(document: &str, file: &str) -> PathBuf {
    let mut path = PathBuf::new();
    for part in Path::new(document).parent().unwrap().join(file).components() {
        match part {
            Component::ParentDir => assert!(path.pop(), "{document}: {file}"),
            part => path.push(part),
        }
    }
    path
}

/// The names of the chapters, as GitHub makes them.
fn anchors(text: &str) -> impl Iterator<Item = String> {
    let prose = text.split("```").step_by(2);
    let titles = prose.flat_map(str::lines).filter(|line| line.starts_with('#'));
    titles.map(|title| {
        let title = title.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
        title.chars().filter(|c| c.is_alphanumeric() || "-_".contains(*c)).collect()
    })
}

/// Every file of the sources that a document names, in full or below `src`.
#[test]
fn every_file_that_is_named_is_there() {
    if updating() || !in_repository() {
        return;
    }
    for (path, text) in
        documents().filter(|(path, _)| ["docs/design.md", "CONTRIBUTING.md", "SECURITY.md"].contains(path))
    {
        let words = text.split("```").step_by(2).flat_map(|prose| prose.split('`').skip(1).step_by(2));
        let folders = ["src/", "tests/", "pem/", "normalize/", "application/", "fuzz/", "benches/"];
        for word in words.filter(|word| folders.iter().any(|folder| word.starts_with(folder)) && !word.contains('*')) {
            let word = word.split(' ').next().unwrap();
            assert!(root().join(word).exists() || root().join("src").join(word).exists(), "{path}: {word}");
        }
    }
}
