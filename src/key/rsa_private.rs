//! RSA private keys: reads them, and proves that all their numbers agree.

use crypto_bigint::{BoxedUint, Choice, ConcatenatingMul, CtEq, CtLt, Integer, NonZero};
use zeroize::{Zeroize, Zeroizing};

use super::error::malformed;
use super::spki::{RsaNumbers, natural, positive};
use super::{Contradiction, ExponentFault, KeyAlgorithm, KeyError};
use crate::limits::{MAX_RSA_BITS, MIN_RSA_BITS};
use crate::tlv::{INTEGER, SEQUENCE, Tlv, TlvError};

/// `RSAPrivateKey` (RFC 8017, appendix A.1.2): big-endian numbers without leading zeros, n and e over zero.
#[derive(Clone, Copy)]
pub(super) struct RsaPrivate<'a> {
    pub(super) public: RsaNumbers<'a>,
    pub(super) d: &'a [u8],
    pub(super) p: &'a [u8],
    pub(super) q: &'a [u8],
    dp: &'a [u8],
    dq: &'a [u8],
    qinv: &'a [u8],
    /// The whole structure.
    pub(super) der: &'a [u8],
}

impl<'a> RsaPrivate<'a> {
    pub(super) fn parse(outer: &Tlv<'a>) -> Result<Self, KeyError> {
        let (version, numbers, count) = integers(outer).map_err(KeyError::private_tlv)?;
        let [n, e, d, p, q, dp, dq, qinv] = match (version.content, count) {
            ([1], _) => return Err(KeyError::MultiPrimeRsa),
            ([0], 8) => numbers,
            // The older form of OpenSSL: p, q, g, public, private.
            ([0], 5) => {
                return Err(KeyError::Unsupported {
                    algorithm: KeyAlgorithm::Dsa,
                    name: KeyAlgorithm::Dsa.to_string(),
                    at: outer.at,
                });
            }
            ([0], _) => return malformed("an RSA key has 8 numbers", outer.at),
            _ => return malformed("the version is neither 0 nor 1", version.at),
        };
        let number = |integer: Option<Tlv<'a>>, read: fn(&Tlv<'a>) -> Option<&'a [u8]>| match integer {
            Some(integer) => match read(&integer) {
                Some(magnitude) => Ok(magnitude),
                None => malformed("a number of an RSA key is not positive", integer.at),
            },
            None => malformed("an RSA key has 8 numbers", outer.at),
        };
        Ok(Self {
            public: RsaNumbers { n: number(n, positive)?, e: number(e, positive)? },
            d: number(d, natural)?,
            p: number(p, natural)?,
            q: number(q, natural)?,
            dp: number(dp, natural)?,
            dq: number(dq, natural)?,
            qinv: number(qinv, natural)?,
            der: outer.whole,
        })
    }

    /// Proves that the key is consistent. The comparisons take the same time for every consistent key; for others, the
    /// error names the first fault.
    pub(super) fn prove(&self) -> Result<(), KeyError> {
        let bits = self.public.bits();
        if !(MIN_RSA_BITS..=MAX_RSA_BITS).contains(&bits) {
            return Err(KeyError::RsaSize { bits });
        }
        self.check_exponent()?;
        let identities = Identities::read(self, bits)?.compute();
        let all = identities.iter().fold(Choice::TRUE, |all, (holds, _)| all & *holds);
        if all.to_bool() {
            return Ok(());
        }
        let broken = identities.into_iter().find(|(holds, _)| !holds.to_bool());
        Err(KeyError::Contradiction(broken.map_or(Contradiction::Modulus, |(_, contradiction)| contradiction)))
    }

    /// Odd, at least 3, less than 2³³: what every verifier accepts.
    fn check_exponent(&self) -> Result<(), KeyError> {
        let fault = match self.public.e {
            [1] => ExponentFault::One,
            [.., last] if last & 1 == 0 => ExponentFault::Even,
            e if e.len() > 5 || (e.len() == 5 && e.first().is_some_and(|&top| top > 1)) => ExponentFault::TooLarge,
            _ => return Ok(()),
        };
        Err(KeyError::RsaExponent(fault))
    }
}

type Integers<'a> = (Tlv<'a>, [Option<Tlv<'a>>; 8], usize);

/// The version, the first eight integers after it, and how many there are.
fn integers<'a>(outer: &Tlv<'a>) -> Result<Integers<'a>, TlvError> {
    let mut fields = outer.reader();
    let version = fields.expect(INTEGER)?;
    let mut numbers = [None; 8];
    let mut count = 0usize;
    for number in &mut numbers {
        *number = fields.optional(INTEGER)?;
        count = count.saturating_add(usize::from(number.is_some()));
    }
    // Version 1 has the other primes here, and is refused for them.
    if version.content == [1] {
        fields.optional(SEQUENCE)?;
    }
    fields.finish()?;
    Ok((version, numbers, count))
}

/// The numbers of the key to prove. Their widths follow from the public modulus.
struct Identities {
    n: BoxedUint,
    e: BoxedUint,
    d: Zeroizing<BoxedUint>,
    p: Zeroizing<BoxedUint>,
    q: Zeroizing<BoxedUint>,
    dp: Zeroizing<BoxedUint>,
    dq: Zeroizing<BoxedUint>,
    qinv: Zeroizing<BoxedUint>,
}

impl Identities {
    /// A number too wide for its place contradicts the modulus.
    fn read(key: &RsaPrivate<'_>, bits: u32) -> Result<Self, KeyError> {
        let half = bits.div_ceil(2);
        // Primes of different lengths are legal, and rare.
        let fits = |prime: &[u8]| {
            u32::try_from(prime.len()).is_ok_and(|len| len.saturating_mul(8) <= half.next_multiple_of(8))
        };
        let width = if fits(key.p) && fits(key.q) { half } else { bits };
        let read = |number: &[u8], width: u32, contradiction| {
            BoxedUint::from_be_slice(number, width.next_multiple_of(8))
                .map(Zeroizing::new)
                .map_err(|_| KeyError::Contradiction(contradiction))
        };
        Ok(Self {
            n: BoxedUint::from_be_slice_vartime(key.public.n),
            e: BoxedUint::from_be_slice_vartime(key.public.e),
            d: read(key.d, bits, Contradiction::PrivateExponent)?,
            p: read(key.p, width, Contradiction::Modulus)?,
            q: read(key.q, width, Contradiction::Modulus)?,
            dp: read(key.dp, width, Contradiction::ExponentP)?,
            dq: read(key.dq, width, Contradiction::ExponentQ)?,
            qinv: read(key.qinv, width, Contradiction::Coefficient)?,
        })
    }

    /// Each identity and the contradiction that it rules out.
    fn compute(&self) -> [(Choice, Contradiction); 8] {
        let product = Zeroizing::new(self.p.concatenating_mul(&*self.q));
        let different = !self.p.ct_eq(&*self.q) & self.p.is_odd() & self.q.is_odd();
        let (reduced_p, inverse_p) = self.exponent(&self.p, &self.dp);
        let (reduced_q, inverse_q) = self.exponent(&self.q, &self.dq);
        [
            (product.ct_eq(&self.n), Contradiction::Modulus),
            (different & !self.p.is_one() & !self.q.is_one(), Contradiction::Primes),
            (self.d.ct_lt(&self.n), Contradiction::PrivateExponent),
            (reduced_p, Contradiction::ExponentP),
            (reduced_q, Contradiction::ExponentQ),
            (inverse_p, Contradiction::InverseP),
            (inverse_q, Contradiction::InverseQ),
            (self.coefficient(), Contradiction::Coefficient),
        ]
    }

    /// Tests whether `exponent` is d mod prime−1, and whether e·`exponent` is 1 mod prime−1.
    fn exponent(&self, prime: &BoxedUint, exponent: &BoxedUint) -> (Choice, Choice) {
        let Some(order) = non_zero(prime.wrapping_sub(BoxedUint::one())) else { return (Choice::FALSE, Choice::FALSE) };
        let reduced = Zeroizing::new(self.d.rem(&*order));
        let product = Zeroizing::new(exponent.concatenating_mul(&self.e));
        let one = Zeroizing::new(product.rem(&*order));
        (reduced.ct_eq(exponent), one.is_one())
    }

    /// Returns true if qInv is less than p, and qInv·q is 1 mod p.
    fn coefficient(&self) -> Choice {
        let Some(p) = non_zero(BoxedUint::clone(&self.p)) else { return Choice::FALSE };
        let product = Zeroizing::new(self.qinv.concatenating_mul(&*self.q));
        let one = Zeroizing::new(product.rem(&*p));
        self.qinv.ct_lt(&self.p) & one.is_one()
    }
}

/// A divisor, wiped when dropped; `None` for 0.
fn non_zero(number: BoxedUint) -> Option<Wiped> {
    number.into_nz().into_option().map(Wiped)
}

struct Wiped(NonZero<BoxedUint>);

impl core::ops::Deref for Wiped {
    type Target = NonZero<BoxedUint>;

    fn deref(&self) -> &NonZero<BoxedUint> {
        &self.0
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
