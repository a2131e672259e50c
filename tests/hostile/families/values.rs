//! DER that is slow to read where a reader is careless: deep, or of very many parts.

use super::nested::pem;

type Make = fn(usize) -> Vec<u8>;

/// Each is a value of about the size that is asked for, which is at most that of the largest value that is read.
pub(crate) const VALUES: &[(&str, Make)] = &[
    ("nested sequences", |size| nest(size, 0x30, tlv(0x02, &[1]))),
    ("nested sets in a certificate", |size| certificate(1, &extension(1, &nest(size - 300, 0x31, Vec::new())))),
    ("nested sequences in a name", |size| named(&nest(size - 300, 0x30, Vec::new()))),
    ("nested sequences in a key", |size| key(&tlv(0xa0, &nest(size - 300, 0x30, Vec::new())))),
    ("nested octet strings", |size| certificate(1, &extension(1, &nest(size - 300, 0x04, Vec::new())))),
    ("extensions", |size| certificate(1, &extensions(size - 300))),
    ("the same extension", |size| certificate(1, &many(size - 300, |_| extension(1, &[])))),
    ("alternative names", |size| certificate(1, &alternative_names(size - 300))),
    ("names of one attribute", |size| named(&many(size - 300, |_| tlv(0x31, &attribute(b"x"))))),
    ("attributes of one name", |size| {
        named(&tlv(0x31, &many(size - 300, |number| attribute(&number.to_be_bytes()[4..]))))
    }),
    ("a long attribute", |size| named(&tlv(0x31, &attribute(&b"x".repeat(size - 300))))),
    ("arcs of an identifier", |size| certificate(1, &identified(&[0x2a].repeat(size - 300), &[]))),
    ("long arcs of an identifier", |size| {
        certificate(1, &identified(&[vec![0x2a, 0x81], vec![0xff; size - 300], vec![1]].concat(), &[]))
    }),
    ("a long serial number", |size| {
        tbs(&tlv(0x02, &[vec![1], vec![0xff; size - 300]].concat()), &name(), &ed25519(), &[])
    }),
    ("a huge modulus", |size| tbs(&serial(1), &name(), &rsa(&odd(size - 300), &[1, 0, 1]), &[])),
    ("a huge exponent", |size| tbs(&serial(1), &name(), &rsa(&odd(256), &odd(size - 600)), &[])),
    ("a modulus of the limit, a large exponent", |_| self_signed(&rsa(&odd(1024), &odd(1024)), 1024)),
    ("a modulus of the limit, self-signed", |_| self_signed(&rsa(&odd(1024), &[1, 0, 1]), 1024)),
    ("a key of a huge modulus", |size| rsa_key(&[odd(size / 2), odd(size / 4 - 200)])),
    ("a key of the largest modulus", |_| rsa_key(&[odd(1024), odd(512), odd(512), odd(1024)])),
    ("attributes of a key", |size| key(&tlv(0xa0, &many(size - 300, attribute_of_key)))),
    ("zeros", |size| seq(&[seq(&[vec![0; size - 300]])])),
    ("nulls", |size| seq(&[seq(&[[5, 0].repeat(size / 2 - 150)])])),
    ("empty sequences", |size| seq(&[seq(&[[0x30, 0].repeat(size / 2 - 150)])])),
    ("certificates in PKCS#7", |size| pkcs7(&many(size - 300, |number| certificate(number, &[])))),
    ("a request", |size| seq(&[seq(&[serial(0), name(), ed25519(), tlv(0xa0, &nest(size - 300, 0x30, Vec::new()))])])),
];

/// Blocks of PEM to the end of the paste, the values as large as fit and are read.
pub(crate) fn blocks(make: fn(usize) -> Vec<u8>, size: usize) -> Vec<u8> {
    const LARGEST: usize = (64 << 10) - 8;
    let value = make(LARGEST.min(size / 2));
    let label = if is_key(&value) { "PRIVATE KEY" } else { "CERTIFICATE" };
    let block = pem(label, &value);
    block.repeat(size.div_ceil(block.len())).into_bytes()
}

/// SEQUENCE, INTEGER: a key; SEQUENCE, SEQUENCE: a certificate.
fn is_key(value: &[u8]) -> bool {
    let header = if value[1] < 0x80 { 2 } else { 2 + usize::from(value[1] & 0x7f) };
    value[header] == 0x02
}

/// A DER value: tag and content.
pub(super) fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len().to_be_bytes();
    let digits = &length[length.iter().take_while(|byte| **byte == 0).count()..];
    match content.len() {
        0..0x80 => [&[tag, length[7]], content].concat(),
        _ => [&[tag, 0x80 | digits.len().to_be_bytes()[7]], digits, content].concat(),
    }
}

fn seq(values: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x30, &values.concat())
}

/// Values to this size in all.
fn many(size: usize, value: impl Fn(usize) -> Vec<u8>) -> Vec<u8> {
    let mut all = Vec::new();
    for number in 0.. {
        let next = value(number);
        if all.len() + next.len() > size {
            break;
        }
        all.extend(next);
    }
    all
}

/// A value in a value in a value, to this size. Written from the inside out, backwards.
fn nest(size: usize, tag: u8, inner: Vec<u8>) -> Vec<u8> {
    let mut reversed = inner;
    reversed.reverse();
    while reversed.len() + 4 < size {
        let length = reversed.len().to_be_bytes();
        match reversed.len() {
            0..0x80 => reversed.push(length[7]),
            0x80..0x100 => reversed.extend([length[7], 0x81]),
            _ => reversed.extend([length[7], length[6], 0x82]),
        }
        reversed.push(tag);
    }
    reversed.reverse();
    reversed
}

fn serial(number: usize) -> Vec<u8> {
    tlv(0x02, &[&[1], number.to_be_bytes().as_slice()].concat())
}

fn name() -> Vec<u8> {
    seq(&[tlv(0x31, &attribute(b"idp"))])
}

fn attribute(value: &[u8]) -> Vec<u8> {
    seq(&[tlv(0x06, &[0x55, 4, 3]), tlv(0x0c, value)])
}

fn attribute_of_key(number: usize) -> Vec<u8> {
    seq(&[tlv(0x06, &identifier(number)), tlv(0x31, &[5, 0])])
}

/// The public key of RFC 8410, section 10.1.
const ED25519: [u8; 32] = [
    0x19, 0xbf, 0x44, 0x09, 0x69, 0x84, 0xcd, 0xfe, 0x85, 0x41, 0xba, 0xc1, 0x67, 0xdc, 0x3b, 0x96, 0xc8, 0x50, 0x86,
    0xaa, 0x30, 0xb6, 0xb6, 0xcb, 0x0c, 0x5c, 0x38, 0xad, 0x70, 0x31, 0x66, 0xe1,
];

fn algorithm() -> Vec<u8> {
    seq(&[tlv(0x06, &[0x2b, 0x65, 0x70])])
}

fn ed25519() -> Vec<u8> {
    seq(&[algorithm(), tlv(0x03, &[&[0], ED25519.as_slice()].concat())])
}

const RSA: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
const SHA_256_RSA: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 0x0b];

/// A positive odd number of this many bytes.
fn odd(length: usize) -> Vec<u8> {
    [vec![0], vec![0xff; length - 1], vec![0xfd]].concat()
}

fn rsa(modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
    let key = seq(&[tlv(0x02, modulus), tlv(0x02, exponent)]);
    seq(&[seq(&[tlv(0x06, &RSA), vec![5, 0]]), tlv(0x03, &[vec![0], key].concat())])
}

/// A certificate with these extensions, that an unknown CA signed.
pub(super) fn certificate(number: usize, extensions: &[u8]) -> Vec<u8> {
    tbs(&serial(number), &name(), &ed25519(), extensions)
}

fn named(subject: &[u8]) -> Vec<u8> {
    tbs(&serial(1), &tlv(0x30, subject), &ed25519(), &[])
}

fn tbs(serial: &[u8], subject: &[u8], spki: &[u8], extensions: &[u8]) -> Vec<u8> {
    signed(serial, &seq(&[tlv(0x31, &attribute(b"ca"))]), subject, spki, extensions, &algorithm(), &[0; 65])
}

/// With a signature that looks like one of its own key.
fn self_signed(spki: &[u8], length: usize) -> Vec<u8> {
    let algorithm = seq(&[tlv(0x06, &SHA_256_RSA), vec![5, 0]]);
    signed(&serial(1), &name(), &name(), spki, &[], &algorithm, &[vec![0], vec![0x7f; length]].concat())
}

fn signed(
    serial: &[u8],
    issuer: &[u8],
    subject: &[u8],
    spki: &[u8],
    extensions: &[u8],
    algorithm: &[u8],
    signature: &[u8],
) -> Vec<u8> {
    let validity = seq(&[tlv(0x17, b"200101000000Z"), tlv(0x17, b"400101000000Z")]);
    let extensions = if extensions.is_empty() { Vec::new() } else { tlv(0xa3, &tlv(0x30, extensions)) };
    let version = tlv(0xa0, &tlv(0x02, &[2]));
    let parts = [&version, serial, algorithm, issuer, &validity, subject, spki, &extensions];
    seq(&[tlv(0x30, &parts.concat()), algorithm.to_vec(), tlv(0x03, signature)])
}

/// An object identifier of its own for each number.
fn identifier(number: usize) -> [u8; 4] {
    let arc = |shift: usize| (number >> shift & 0x7f).to_be_bytes()[7];
    [0x2a, arc(14), arc(7), arc(0)]
}

fn identified(identifier: &[u8], value: &[u8]) -> Vec<u8> {
    seq(&[tlv(0x06, identifier), tlv(0x04, value)])
}

pub(super) fn extension(number: usize, value: &[u8]) -> Vec<u8> {
    identified(&identifier(number), value)
}

/// Extensions of identifiers that all differ.
pub(super) fn extensions(size: usize) -> Vec<u8> {
    many(size, |number| extension(number, &[]))
}

fn alternative_names(size: usize) -> Vec<u8> {
    let names = many(size - 30, |number| tlv(0x82, format!("h{number}").as_bytes()));
    identified(&[0x55, 0x1d, 17], &tlv(0x30, &names))
}

fn key(attributes: &[u8]) -> Vec<u8> {
    let private = tlv(0x04, &tlv(0x04, &[0x11; 32]));
    seq(&[tlv(0x02, &[0]), algorithm(), private, attributes.to_vec()])
}

/// PKCS#1 (RFC 8017, section A.1.2): what stands there of its numbers, n and the private exponent and so on.
fn rsa_key(numbers: &[Vec<u8>]) -> Vec<u8> {
    let number = |index: usize| tlv(0x02, numbers.get(index).map_or(&[3], Vec::as_slice));
    let [n, d, p, q] = [0, 3, 1, 2].map(number);
    seq(&[tlv(0x02, &[0]), n, tlv(0x02, &[1, 0, 1]), d, p, q, number(9), number(9), number(9)])
}

fn pkcs7(certificates: &[u8]) -> Vec<u8> {
    let data = seq(&[tlv(0x06, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1])]);
    let signed = seq(&[tlv(0x02, &[1]), tlv(0x31, &[]), data, tlv(0xa0, certificates), tlv(0x31, &[])]);
    seq(&[tlv(0x06, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2]), tlv(0xa0, &signed)])
}
