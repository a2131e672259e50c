//! The programs of `tests/c` call every function, and try each argument of each, as listed in the header.

use super::symbols::declarations;

const CALLS: [&str; 2] = [include_str!("../c/functions.c"), include_str!("../c/application.c")];
const WRONG: &str = include_str!("../c/arguments.c");
const HELPERS: &str = include_str!("../c/check.h");

/// Whether a program calls a function, by itself or through a macro that takes the function and its arguments.
fn calls(program: &str, function: &str) -> bool {
    [format!("{function}("), format!("{function},")].iter().any(|call| program.contains(call))
}

#[test]
fn each_function_is_called() {
    for (function, _) in declarations() {
        assert!(CALLS.iter().chain([&HELPERS]).any(|program| calls(program, &function)), "{function}");
    }
}

/// A letter for each argument but `err`, as `arguments.c` explains them.
fn pattern(parameters: &[String]) -> String {
    let kinds = parameters.iter().map(|parameter| kind(parameter));
    kinds.take(parameters.len() - 1).collect()
}

fn kind(parameter: &str) -> char {
    let name = parameter.rsplit([' ', '*']).next().unwrap();
    match (parameter.contains('*'), name) {
        (true, "event" | "accepted" | "replacement") => 'o',
        (true, "keys" | "thresholds_s") => 'd',
        (true, "out") if parameter.starts_with("uint") || parameter.starts_with("samlcert_reminder *") => 'b',
        (true, _) if parameter.starts_with("const uint8_t *") => 'd',
        (true, _) => 'p',
        (false, "cap") => 'c',
        (false, "paste_format" | "profile") => 'z',
        (false, "lifetime" | "back_dated_s" | "parameter") => 'v',
        _ if parameter.starts_with("uint32_t ") => 's',
        _ if name.ends_with("_len") => 'n',
        _ => 'v',
    }
}

#[test]
fn each_argument_is_tried_wrong() {
    for (function, parameters) in declarations() {
        let fails = parameters.last().is_some_and(|last| last == "samlcert_error **err");
        let takes_pointers = parameters.iter().any(|parameter| parameter.contains('*'));
        if fails {
            let pattern = pattern(&parameters);
            // A reminder alone, with no room beside it, is an output like others.
            let pattern = if pattern.contains("bc") { pattern } else { pattern.replace('b', "p") };
            assert!(WRONG.contains(&format!("REFUSES(\"{pattern}\", {function},")), "{function}: {pattern}");
        } else if takes_pointers {
            assert!(WRONG.contains(&format!("{function}(NULL")), "{function}");
        }
    }
}
