//! Certificates written by hand, with one thing odd about each.

use samlcert::{CertKeyPair, Certificate, PrivateKey, SignatureScheme, SystemEntropy};

use crate::support::data;

/// A DER value: tag and content.
pub(crate) fn tlv(tag: u8, content: impl AsRef<[u8]>) -> Vec<u8> {
    let content = content.as_ref();
    let length = match content.len() {
        length @ ..0x80 => vec![length as u8],
        length @ ..0x100 => vec![0x81, length as u8],
        length => vec![0x82, (length >> 8) as u8, length as u8],
    };
    [&[tag], length.as_slice(), content].concat()
}

pub(crate) fn seq(values: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x30, values.concat())
}

pub(crate) fn oid(content: &[u8]) -> Vec<u8> {
    tlv(0x06, content)
}

/// A name of one attribute.
pub(crate) fn name(attribute_type: &[u8], value: Vec<u8>) -> Vec<u8> {
    seq(&[tlv(0x31, seq(&[oid(attribute_type), value]))])
}

/// A common name.
pub(crate) fn common_name(text: &str) -> Vec<u8> {
    name(&[0x55, 4, 3], tlv(0x0c, text))
}

pub(crate) fn extension(identifier: &[u8], value: &[u8]) -> Vec<u8> {
    seq(&[oid(identifier), tlv(0x04, value)])
}

/// A subject key identifier.
pub(crate) fn ski(identifier: &[u8]) -> Vec<u8> {
    extension(&[0x55, 0x1d, 14], &tlv(0x04, identifier))
}

/// An authority key identifier with nothing else.
pub(crate) fn aki(identifier: &[u8]) -> Vec<u8> {
    extension(&[0x55, 0x1d, 35], &seq(&[tlv(0x80, identifier)]))
}

/// An extension of `id-ce` with a NULL in it, which no known one has.
pub(crate) fn malformed(extension_number: u8) -> Vec<u8> {
    extension(&[0x55, 0x1d, extension_number], &tlv(5, []))
}

/// The fields of a certificate, each a whole DER value or nothing. It begins as a usual self-issued one.
#[derive(Clone)]
pub(crate) struct Made {
    pub(crate) version: Vec<u8>,
    pub(crate) serial: Vec<u8>,
    pub(crate) inner_algorithm: Vec<u8>,
    pub(crate) issuer: Vec<u8>,
    pub(crate) validity: Vec<u8>,
    pub(crate) subject: Vec<u8>,
    pub(crate) spki: Vec<u8>,
    pub(crate) unique_ids: Vec<u8>,
    /// The list inside `[3]`.
    pub(crate) extensions: Option<Vec<Vec<u8>>>,
    pub(crate) algorithm: Vec<u8>,
    pub(crate) signature: Vec<u8>,
}

fn key() -> PrivateKey {
    PrivateKey::from_der(&data("keys/ed25519.der")).unwrap()
}

impl Made {
    pub(crate) fn new() -> Self {
        let ed25519 = seq(&[oid(&[0x2b, 0x65, 0x70])]);
        Self {
            version: tlv(0xa0, tlv(0x02, [2])),
            serial: tlv(0x02, [1]),
            inner_algorithm: ed25519.clone(),
            issuer: common_name("idp"),
            validity: seq(&[tlv(0x17, "200101000000Z"), tlv(0x17, "400101000000Z")]),
            subject: common_name("idp"),
            spki: key().public_key().spki_der().to_vec(),
            unique_ids: Vec::new(),
            extensions: None,
            algorithm: ed25519,
            signature: tlv(0x03, [0; 65]),
        }
    }

    pub(crate) fn with(change: impl FnOnce(&mut Self)) -> Self {
        let mut made = Self::new();
        change(&mut made);
        made
    }

    pub(crate) fn extensions(list: &[Vec<u8>]) -> Self {
        Self::with(|made| made.extensions = Some(list.to_vec()))
    }

    fn tbs(&self) -> Vec<u8> {
        let extensions = self.extensions.as_ref().map(|list| tlv(0xa3, seq(list))).unwrap_or_default();
        seq(&[
            self.version.clone(),
            self.serial.clone(),
            self.inner_algorithm.clone(),
            self.issuer.clone(),
            self.validity.clone(),
            self.subject.clone(),
            self.spki.clone(),
            self.unique_ids.clone(),
            extensions,
        ])
    }

    pub(crate) fn der(&self) -> Vec<u8> {
        seq(&[self.tbs(), self.algorithm.clone(), self.signature.clone()])
    }

    pub(crate) fn read(&self) -> Certificate {
        Certificate::from_der(&self.der()).unwrap()
    }

    /// The same with a signature by its own key.
    pub(crate) fn signed(mut self) -> Self {
        let pair = CertKeyPair::new(self.read(), key()).unwrap();
        let signature = pair.sign(SignatureScheme::Ed25519, &self.tbs(), &mut SystemEntropy).unwrap();
        self.signature = tlv(0x03, [vec![0], signature].concat());
        self
    }
}
