//! Characters that nobody sees, or that change how the text around them looks: three sets of them, one inside the other.

/// Returns true for a character that may hide in a text, or change how the text around it looks: control characters,
/// line and paragraph separators, everything that Unicode lets a program leave out when it draws text
/// (`Default_Ignorable_Code_Point`, such as zero width spaces, marks of direction and variation selectors), and the
/// marks of interlinear annotations.
///
/// Escape these characters where you show text that somebody else wrote: a line break forges another line of a log, and
/// two names that differ in such a character look the same.
///
/// ```
/// let name = "portal\u{202e}\n";
/// let shown: String =
///     name.chars().map(|c| if samlcert::is_invisible(c) { c.escape_unicode().to_string() } else { c.into() }).collect();
/// assert_eq!(shown, "portal\\u{202e}\\u{a}");
/// ```
#[must_use]
pub fn is_invisible(character: char) -> bool {
    character.is_control()
        || is_ignorable(character)
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}')
}

/// Returns true for a character that the reader leaves out wherever it stands: `Default_Ignorable_Code_Point` of Unicode,
/// with the code points that are reserved for it, so that the set is the same in all versions.
pub(crate) const fn is_ignorable(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}')
        || matches!(character, '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(character, '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
        || matches!(character, '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}')
        || matches!(character, '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Returns true for a character that a name may not have: an invisible one, but for the joiners and variation selectors
/// without which some scripts cannot be written.
pub(crate) fn is_refused_in_names(character: char) -> bool {
    let is_written = matches!(character, '\u{200c}' | '\u{200d}' | '\u{180b}'..='\u{180d}' | '\u{180f}')
        || matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}');
    !is_written && is_invisible(character)
}

/// Returns true for a text of nothing but white space and the invisible characters that a name may have.
pub(crate) fn is_blank(text: &str) -> bool {
    let is_unseen = |character| is_invisible(character) && !is_refused_in_names(character);
    text.chars().all(|character| character.is_whitespace() || is_unseen(character))
}
