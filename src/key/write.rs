//! The structures of keys, written.

use super::curve::Curve;
use super::oid;
use crate::der::{self, Der};
use crate::tlv::context;

/// `rsaEncryption` (RFC 8017, appendix A.1).
pub(super) fn rsa_identifier() -> Der {
    der::sequence(&[&der::oid(oid::RSA_ENCRYPTION), &der::null()])
}

/// A named curve (RFC 5480, section 2.1.1).
pub(super) fn ec_identifier(curve: Curve) -> Der {
    der::sequence(&[&der::oid(oid::EC_PUBLIC_KEY), &der::oid(curve.oid())])
}

/// RFC 8410, section 3.
pub(super) fn ed25519_identifier() -> Der {
    der::sequence(&[&der::oid(oid::ED25519)])
}

/// `PrivateKeyInfo` (RFC 5208, section 5).
pub(super) fn pkcs8(identifier: &[u8], key: &[u8]) -> Der {
    der::sequence(&[&der::integer(&[0]), identifier, &der::octets(key)])
}

/// `ECPrivateKey` (RFC 5915, section 3) as PKCS#8: with the point, without the curve that the identifier names.
pub(super) fn ec_pkcs8(curve: Curve, full_scalar: &[u8], point: &[u8]) -> Der {
    let point = der::value(context(1), &[&der::bits(point)]);
    let key = der::sequence(&[&der::integer(&[1]), &der::octets(full_scalar), &point]);
    pkcs8(&ec_identifier(curve), &key)
}
