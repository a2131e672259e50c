//! The algorithm identifiers that are written for signatures made here.

use der::Encode;
use der::asn1::AnyRef;

use super::signature::{KnownSignature, Method};
use super::{SignatureScheme, identifier};

impl SignatureScheme {
    /// The DER `AlgorithmIdentifier` of a signature by this scheme.
    pub(crate) fn identifier(self) -> Vec<u8> {
        // There are ten, and a test writes each of them.
        write_identifier(self.method()).unwrap_or_default()
    }
}

fn write_identifier(method: Method) -> der::Result<Vec<u8>> {
    let parameters = match method {
        Method::Pss(parameters) => return identifier::pss(&parameters)?.to_der(),
        // RFC 4055, section 5.
        Method::Pkcs1(_) => Some(AnyRef::NULL),
        // RFC 5758, section 3.2, and RFC 8410, section 3.
        Method::Ecdsa(_) | Method::Ed25519 => None,
    };
    let oid = KnownSignature::oid_of(method).unwrap_or_default();
    identifier::write(oid, parameters)?.to_der()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::signature::SignatureKind;

    #[test]
    fn each_is_read_as_its_method() {
        for scheme in SignatureScheme::ALL {
            let read = SignatureKind::parse(&scheme.identifier());
            assert_eq!(read, Ok(SignatureKind::Known(scheme.method())), "{}", scheme.as_str());
        }
    }
}
