//! Searches a text for a byte, or a few in a row, of some kind. The compiler turns a loop without branches over an array into
//! a few vector instructions, so a whole stretch of bytes is checked at once.

const STRETCH: usize = 64;

/// Returns true if any byte matches the predicate, which must have no branches.
pub(crate) fn has(bytes: &[u8], is: impl Fn(u8) -> bool) -> bool {
    let whole = bytes.chunks_exact(STRETCH);
    let last = whole.remainder();
    whole.filter_map(<[u8]>::first_chunk).any(|stretch| has_within::<STRETCH>(stretch, &is))
        || last.iter().any(|byte| is(*byte))
}

/// How many of the first bytes match the predicate, which must have no branches.
pub(crate) fn leading(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    // Shorter stretches, since the run often ends soon.
    const STRETCH: usize = 32;
    let stretches = bytes.chunks_exact(STRETCH).filter_map(<[u8]>::first_chunk);
    let whole = stretches.take_while(|stretch| !has_within::<STRETCH>(stretch, |byte| !is(byte))).count();
    let whole = whole.saturating_mul(STRETCH);
    let last = bytes.get(whole..).unwrap_or_default().iter().take_while(|byte| is(**byte)).count();
    whole.saturating_add(last)
}

fn has_within<const N: usize>(stretch: &[u8; N], is: impl Fn(u8) -> bool) -> bool {
    stretch.iter().fold(0, |found, byte| found | u8::from(is(*byte))) != 0
}

/// Where three bytes in a row match the predicate, which must have no branches.
pub(crate) fn threes<'t>(
    bytes: &'t [u8],
    is: impl Fn(u8, u8, u8) -> bool + Copy + 't,
) -> impl Iterator<Item = usize> + 't {
    let after = move |at: usize| bytes.get(at..).unwrap_or_default();
    let stretches = (0..bytes.len()).step_by(STRETCH).filter(move |start| {
        let whole = |at: usize| after(at).first_chunk::<STRETCH>();
        match (whole(*start), whole(start.saturating_add(1)), whole(start.saturating_add(2))) {
            (Some(first), Some(second), Some(third)) => {
                let rows = first.iter().zip(second).zip(third);
                rows.fold(0, |found, ((one, two), three)| found | u8::from(is(*one, *two, *three))) != 0
            }
            _ => true,
        }
    });
    stretches.flat_map(move |start| {
        let places = after(start).windows(3).take(STRETCH).enumerate();
        let places = places.filter(move |(_, window)| matches!(window, [one, two, three] if is(*one, *two, *three)));
        places.map(move |(index, _)| start.saturating_add(index))
    })
}
