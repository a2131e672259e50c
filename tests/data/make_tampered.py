"""Keys that were tampered with, beside the certificate of the key as it was: what must never be a
match, and what must. Plain arithmetic and DER writing; `cryptography` only reads the untouched keys
and signs the certificates. Called by make-fixtures: FOLDER. Missing files are made; the table always.

The expectation is one of
  match                 the pair is proven
  mismatch              a sound key, of another certificate
  refused CODE          the key itself is refused when it is read
  trial-signature       the key is consistent, and only the trial signature can tell
"""

import hashlib
import math
import os
import pathlib
import sys

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from der import bits, body, context, integer, null, octets, oid, pem, read, seq, set_of, time, tlv, utf8

FOLDER = pathlib.Path(sys.argv[1])
DATA = FOLDER.parent
MALFORMED, CONTRADICTION = "refused key-malformed", "refused key-contradiction"
EXPONENT = "refused rsa-exponent"
ROWS = []


def load(name):
    return serialization.load_pem_private_key((DATA / "keys" / f"{name}.pem").read_bytes(), None)


def row(file, kind, expected, certificate, made):
    """One pair: made() gives the key's DER, called only when the file is missing."""
    path = FOLDER / file
    if not path.exists():
        print(f"making {path}")
        path.write_bytes(made())
    ROWS.append("\t".join([file, kind, expected, certificate]))


def keep(file, made):
    """A file that several rows share; gives its bytes."""
    path = FOLDER / file
    if not path.exists():
        print(f"making {path}")
        path.write_bytes(made())
    return path.read_bytes()


def spki(private):
    return private.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def certificate(info, algorithm, sign):
    """A plain self-signed certificate of this SubjectPublicKeyInfo."""
    name = seq(set_of(seq(oid("2.5.4.3"), utf8("tampered"))))
    tbs = seq(context(0, integer(2)), integer(int.from_bytes(os.urandom(8), "big")), algorithm, name,
              seq(time("200101000000Z"), time("400101000000Z")), name, info)
    return pem("CERTIFICATE", seq(tbs, algorithm, bits(sign(tbs))))


# --- RSA

RSA_ID, PSS_ID = "1.2.840.113549.1.1.1", "1.2.840.113549.1.1.10"
RSA_ALGORITHM = seq(oid(RSA_ID), null())
FIELDS = ["n", "e", "d", "p", "q", "dp", "dq", "qinv"]


def rsa_numbers(private):
    numbers = private.private_numbers()
    public = numbers.public_numbers
    return dict(zip(FIELDS, [public.n, public.e, numbers.d, numbers.p, numbers.q, numbers.dmp1, numbers.dmq1, numbers.iqmp]))


def rsa_from(p, q, e, d=None):
    """All numbers from p, q and e as if p and q were primes."""
    d = d or pow(e, -1, math.lcm(p - 1, q - 1))
    return dict(n=p * q, e=e, d=d, p=p, q=q, dp=d % (p - 1), dq=d % (q - 1), qinv=pow(q, -1, p))


def rsa_key(numbers, algorithm=RSA_ALGORITHM, version=0, tail=b"", **changed):
    values = {**numbers, **changed}
    fields = [value if isinstance(value, bytes) else integer(value) for value in (values[field] for field in FIELDS)]
    return seq(integer(0), algorithm, octets(seq(integer(version), *fields, tail)))


def rsa_spki(n, e, algorithm=RSA_ALGORITHM):
    return seq(algorithm, bits(seq(integer(n), integer(e))))


def pkcs1_signature(message, n, exponent):
    """RSASSA-PKCS1-v1_5 with SHA-256, by plain arithmetic."""
    digest = seq(seq(oid("2.16.840.1.101.3.4.2.1"), null()), octets(hashlib.sha256(message).digest()))
    size = (n.bit_length() + 7) // 8
    padded = b"\x00\x01" + b"\xff" * (size - len(digest) - 3) + b"\x00" + digest
    return pow(int.from_bytes(padded, "big"), exponent, n).to_bytes(size, "big")


def rsa_certificate(n, e, exponent):
    sha256_rsa = seq(oid("1.2.840.113549.1.1.11"), null())
    return certificate(rsa_spki(n, e), sha256_rsa, lambda tbs: pkcs1_signature(tbs, n, exponent))


def pss_certificate(private):
    """A certificate whose key is for PSS alone, and whose signature is PSS with SHA-256 and a salt of 32 octets."""
    sha256 = seq(oid("2.16.840.1.101.3.4.2.1"), null())
    mask = seq(oid("1.2.840.113549.1.1.8"), sha256)
    algorithm = seq(oid(PSS_ID), seq(context(0, sha256), context(1, mask), context(2, integer(32))))
    numbers = rsa_numbers(private)
    info = rsa_spki(numbers["n"], numbers["e"], seq(oid(PSS_ID)))
    pss = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
    return certificate(info, algorithm, lambda tbs: private.sign(tbs, pss, hashes.SHA256()))


def not_minimal(value):
    return tlv(0x02, b"\x00" + integer(value)[-((value.bit_length() // 8) + 1):])


def prime(size):
    return rsa.generate_private_key(65537, size * 2).private_numbers().p


def rsa_rows():
    key, other = rsa_numbers(load("rsa-2048")), rsa_numbers(load("rsa-2048-new"))
    n, e, d, p, q, dp, dq, qinv = key.values()
    own = "certificates/rsa-2048.pem"

    def add(kind, expected, made, certificate=own):
        row(f"rsa-{kind}.der", kind, expected, certificate, made)

    names = dict(d="d", p="p", q="q", dp="dP", dq="dQ", qinv="qInv")
    for field, name in names.items():
        value = key[field]
        lower = name.lower()
        add(f"{lower}-low-bit", CONTRADICTION, lambda: rsa_key(key, **{field: value ^ 1}))
        add(f"{lower}-middle-bit", CONTRADICTION, lambda: rsa_key(key, **{field: value ^ (1 << value.bit_length() // 2)}))
        add(f"{lower}-plus-2", CONTRADICTION, lambda: rsa_key(key, **{field: value + 2}))
        add(f"{lower}-zero", CONTRADICTION, lambda: rsa_key(key, **{field: 0}))
        add(f"{lower}-one", CONTRADICTION, lambda: rsa_key(key, **{field: 1}))
        add(f"{lower}-negative", MALFORMED, lambda: rsa_key(key, **{field: -value}))
        add(f"{lower}-of-another-key", CONTRADICTION, lambda: rsa_key(key, **{field: other[field]}))
    add("n-negative", MALFORMED, lambda: rsa_key(key, n=-n))
    add("n-zero", MALFORMED, lambda: rsa_key(key, n=0))
    add("n-plus-2", CONTRADICTION, lambda: rsa_key(key, n=n + 2))
    add("n-of-another-key", CONTRADICTION, lambda: rsa_key(key, n=other["n"]))
    add("n-times-3", CONTRADICTION, lambda: rsa_key(key, n=n * 3))
    add("n-and-p-times-3", CONTRADICTION, lambda: rsa_key(key, n=n * 3, p=p * 3))
    add("n-and-p-times-3-consistent", "mismatch", lambda: rsa_key(rsa_from(p * 3, q, 65537)))
    add("p-1-q-n", CONTRADICTION, lambda: rsa_key(key, p=1, q=n, dp=0, dq=d % (n - 1), qinv=0))
    add("p-n-q-1", CONTRADICTION, lambda: rsa_key(key, p=n, q=1, dp=d % (n - 1), dq=0, qinv=1))
    add("p-and-q-negative", MALFORMED, lambda: rsa_key(key, p=-p, q=-q))
    add("p-is-q", CONTRADICTION, lambda: rsa_key(key, q=p, dq=dp))
    add("p-squared", CONTRADICTION, lambda: rsa_key(key, n=p * p, q=p, dq=dp))
    add("e-1", EXPONENT, lambda: rsa_key(key, e=1))
    add("e-1-d-1", EXPONENT, lambda: rsa_key(key, e=1, d=1, dp=1, dq=1))
    add("e-2", EXPONENT, lambda: rsa_key(key, e=2))
    add("e-65536", EXPONENT, lambda: rsa_key(key, e=65536))
    add("e-zero", MALFORMED, lambda: rsa_key(key, e=0))
    add("e-negative", MALFORMED, lambda: rsa_key(key, e=-e))
    add("e-3", CONTRADICTION, lambda: rsa_key(key, e=3))
    add("e-plus-phi", EXPONENT, lambda: rsa_key(key, e=e + math.lcm(p - 1, q - 1) * 2))
    add("same-n-another-e", "mismatch", lambda: rsa_key(rsa_from(p, q, 257 if math.gcd(257, (p - 1) * (q - 1)) == 1 else 65539)))
    add("d-and-crt-of-another-key", CONTRADICTION, lambda: rsa_key(key, **{field: other[field] for field in ("d", "dp", "dq")}))
    add("primes-of-another-key", CONTRADICTION, lambda: rsa_key(key, **{field: other[field] for field in ("p", "q", "dp", "dq", "qinv")}))
    add("private-half-of-another-key", CONTRADICTION, lambda: rsa_key(other, n=n, e=e))
    add("another-key", "mismatch", lambda: rsa_key(other))
    add("shared-prime-p", "mismatch", lambda: rsa_key(rsa_from(p, other["q"], e)))
    add("shared-prime-q", "mismatch", lambda: rsa_key(rsa_from(other["p"], q, e)))
    add("shared-prime-beside-own-n", CONTRADICTION, lambda: rsa_key(rsa_from(p, other["q"], e), n=n))
    add("d-of-half-the-group", CONTRADICTION, lambda: rsa_key(key, d=d % (p - 1)))
    add("d-larger-than-n", CONTRADICTION, lambda: rsa_key(key, d=d + (p - 1) * (q - 1) * 2))
    add("d-minus-lambda", MALFORMED, lambda: rsa_key(key, d=d % math.lcm(p - 1, q - 1) - math.lcm(p - 1, q - 1)))
    add("dp-not-reduced", CONTRADICTION, lambda: rsa_key(key, dp=dp + p - 1))
    add("dq-not-reduced", CONTRADICTION, lambda: rsa_key(key, dq=dq + q - 1))
    add("qinv-not-reduced", CONTRADICTION, lambda: rsa_key(key, qinv=qinv + p))
    add("qinv-is-pinv", CONTRADICTION, lambda: rsa_key(key, qinv=pow(p, -1, q)))
    add("dp-dq-swapped", CONTRADICTION, lambda: rsa_key(key, dp=dq, dq=dp))
    add("p-q-swapped-alone", CONTRADICTION, lambda: rsa_key(key, p=q, q=p))
    add("p-q-dp-dq-swapped-qinv-not", CONTRADICTION, lambda: rsa_key(key, p=q, q=p, dp=dq, dq=dp))
    add("version-1", "refused multi-prime-rsa", lambda: rsa_key(key, version=1))
    add("version-0-with-other-primes", MALFORMED,
        lambda: rsa_key(key, tail=seq(seq(integer(3), integer(1), integer(1)))))
    add("trailing-integer", MALFORMED, lambda: rsa_key(key, tail=integer(0)))
    add("not-minimal-integer", MALFORMED, lambda: rsa_key(key, d=not_minimal(d)))
    add("ec-algorithm", MALFORMED, lambda: rsa_key(key, algorithm=EC_ALGORITHM["p256"]))
    add("algorithm-without-null", "match", lambda: rsa_key(key, algorithm=seq(oid(RSA_ID))))
    add("v2-public-of-another-key", CONTRADICTION, lambda: with_public(rsa_key(key), seq(integer(other["n"]), integer(e))))
    add("v2-public-bit", CONTRADICTION, lambda: with_public(rsa_key(key), seq(integer(n ^ 4), integer(e))))
    add("v2-public-another-e", CONTRADICTION, lambda: with_public(rsa_key(key), seq(integer(n), integer(3))))
    add("v2-public-own", "match", lambda: with_public(rsa_key(key), seq(integer(n), integer(e))))
    add("as-made", "match", lambda: rsa_key(key))
    add("d-mod-lambda", "match", lambda: rsa_key(key, d=d % math.lcm(p - 1, q - 1)))
    add("d-mod-phi", "match", lambda: rsa_key(key, d=pow(e, -1, (p - 1) * (q - 1))))
    add("p-q-swapped-consistently", "match", lambda: rsa_key(key, p=q, q=p, dp=dq, dq=dp, qinv=pow(p, -1, q)))
    # RFC 4055: a certificate for PSS alone takes the plain key of the same numbers; a PSS key beside a plain certificate does not prove its use.
    pss_algorithm = seq(oid(PSS_ID))
    keep("pss-certificate.pem", lambda: pss_certificate(load("rsa-2048")))
    add("plain-key-of-pss-certificate", "match", lambda: rsa_key(key), "tampered/pss-certificate.pem")
    pss = rsa_numbers(load("rsa-pss-2048"))
    add("pss-key-as-plain-key", "match", lambda: rsa_key(pss), "certificates/rsa-pss-2048.pem")
    add("pss-key-of-plain-certificate", "mismatch", lambda: rsa_key(key, algorithm=pss_algorithm))
    composite_rows(add)
    lookalike_rows(add, key)


def composite_rows(add):
    """p is a product of two primes, yet every identity holds; the certificate's own signature is right."""

    def made():
        e = 65537
        while True:
            first, second, q = prime(512), prime(512), prime(1024)
            p = first * second
            if math.gcd(e, math.lcm(p - 1, q - 1, first - 1, second - 1)) == 1 and (p * q).bit_length() >= 2047:
                return first, second, q

    path = FOLDER / "composite-primes.txt"
    keep("composite-primes.txt", lambda: "\n".join(map(str, made())).encode() + b"\n")
    first, second, q = map(int, path.read_text().split())
    numbers = rsa_from(first * second, q, 65537)
    exponent = pow(65537, -1, math.lcm(first - 1, second - 1, q - 1))
    keep("composite-certificate.pem", lambda: rsa_certificate(numbers["n"], 65537, exponent))
    own = "tampered/composite-certificate.pem"
    add("composite-p", "trial-signature", lambda: rsa_key(numbers), own)
    swapped = rsa_from(q, first * second, 65537)
    add("composite-q", "trial-signature", lambda: rsa_key(swapped), own)


def lookalike_rows(add, key):
    """Certificates whose key is close to the private key's."""
    n, e, d = key["n"], key["e"], key["d"]
    # Nobody knows these certificates' private keys: they claim to be signed by somebody else's hand.
    keep("n-times-3-certificate.pem", lambda: rsa_certificate_unsigned(n * 3, e))
    add("certificate-n-times-3", "mismatch", lambda: rsa_key(key), "tampered/n-times-3-certificate.pem")
    keep("another-e-certificate.pem", lambda: rsa_certificate_unsigned(n, 3))
    add("certificate-another-e", "mismatch", lambda: rsa_key(key), "tampered/another-e-certificate.pem")


def rsa_certificate_unsigned(n, e):
    """Issued by a CA: subject and issuer differ, so that nobody checks the signature."""
    ca = load("chain-root")
    algorithm = seq(oid("1.2.840.10045.4.3.2"))
    subject, issuer = [seq(set_of(seq(oid("2.5.4.3"), utf8(text)))) for text in ("tampered", "Root")]
    tbs = seq(context(0, integer(2)), integer(77), algorithm, issuer, seq(time("200101000000Z"), time("400101000000Z")), subject, rsa_spki(n, e))
    return pem("CERTIFICATE", seq(tbs, algorithm, bits(ca.sign(tbs, ec.ECDSA(hashes.SHA256())))))


def with_public(der, public):
    """OneAsymmetricKey v2 (RFC 5958) with this public key."""
    _, algorithm, key = [whole for _, _, whole in read(body(der))][:3]
    return seq(integer(1), algorithm, key, tlv(0x81, b"\x00", public))


# --- Elliptic curves

EC_ID = "1.2.840.10045.2.1"
CURVE_OIDS = {"p256": "1.2.840.10045.3.1.7", "p384": "1.3.132.0.34", "p521": "1.3.132.0.35"}
EC_ALGORITHM = {name: seq(oid(EC_ID), oid(curve)) for name, curve in CURVE_OIDS.items()}
ORDERS = {
    "p256": 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    "p384": 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
    "p521": 0x1FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409,
}
SIZES = {"p256": 32, "p384": 48, "p521": 66}
CURVES = {"p256": ec.SECP256R1(), "p384": ec.SECP384R1(), "p521": ec.SECP521R1()}


def point(public, form=serialization.PublicFormat.UncompressedPoint):
    return public.public_bytes(serialization.Encoding.X962, form)


def sec1(secret, public=None, curve=None):
    fields = [context(0, oid(CURVE_OIDS[curve]))] if curve else []
    fields += [context(1, bits(public))] if public is not None else []
    return seq(integer(1), octets(secret), *fields)


def ec_key(name, secret, public=None, curve=None):
    return seq(integer(0), EC_ALGORITHM[name], octets(sec1(secret, public, curve)))


def ec_rows(name):
    private = load(name)
    d, size, order = private.private_numbers().private_value, SIZES[name], ORDERS[name]
    public = point(private.public_key())
    x, y = public[1 : 1 + size], public[1 + size :]
    certificate = f"certificates/{name}.pem"
    other_file = keep(f"{name}-another-key.secret", lambda: ec.generate_private_key(CURVES[name]).private_numbers().private_value.to_bytes(size, "big"))
    other_d = int.from_bytes(other_file, "big")
    other = point(ec.derive_private_key(other_d, CURVES[name]).public_key())
    wrong = {"p256": "p384", "p384": "p256", "p521": "p384"}[name]

    def octets_of(value):
        return value.to_bytes(size, "big")

    def public_of(value):
        return point(ec.derive_private_key(value, CURVES[name]).public_key())

    def add(kind, expected, made, certificate=certificate):
        row(f"{name}-{kind}.der", kind, expected, certificate, made)

    secret = octets_of(d)
    changed = {"d-plus-1": d + 1, "d-minus-1": d - 1, "n-minus-d": order - d, "d-low-bit": d ^ 1, "d-middle-bit": d ^ 1 << size * 4, "d-1": 1,
               "d-doubled": d * 2 % order, "d-inverse": pow(d, -1, order), "another-d": other_d}
    for kind, value in changed.items():
        add(kind, CONTRADICTION, lambda: ec_key(name, octets_of(value), public))
        add(f"{kind}-without-public", "mismatch", lambda: ec_key(name, octets_of(value)))
        add(f"{kind}-with-its-public", "mismatch", lambda: ec_key(name, octets_of(value), public_of(value)))
    add("d-reversed", CONTRADICTION, lambda: ec_key(name, reverse(d, size), public))
    out_of_range = {"d-zero": 0, "d-order": order, "d-order-plus-1": order + 1, "d-all-ones": (1 << size * 8) - 1}
    for kind, value in out_of_range.items():
        add(kind, CONTRADICTION, lambda: ec_key(name, octets_of(value), public))
        add(f"{kind}-without-public", CONTRADICTION, lambda: ec_key(name, octets_of(value)))
    add("d-one-octet-more", MALFORMED, lambda: ec_key(name, b"\x00" + secret, public))
    add("d-one-octet-less", CONTRADICTION, lambda: ec_key(name, secret[:-1], public))
    add("d-empty", CONTRADICTION, lambda: ec_key(name, b"", public))
    add("another-key", "mismatch", lambda: ec_key(name, octets_of(other_d), other))
    add("another-public", CONTRADICTION, lambda: ec_key(name, secret, other))
    add("public-negated", CONTRADICTION, lambda: ec_key(name, secret, negated(name, public)))
    add("public-low-bit", CONTRADICTION, lambda: ec_key(name, secret, public[:-1] + bytes([public[-1] ^ 1])))
    add("public-x-y-swapped", CONTRADICTION, lambda: ec_key(name, secret, b"\x04" + y + x))
    add("public-infinity", CONTRADICTION, lambda: ec_key(name, secret, b"\x00"))
    add("public-empty", CONTRADICTION, lambda: ec_key(name, secret, b""))
    add("public-cut", CONTRADICTION, lambda: ec_key(name, secret, public[:-1]))
    add("public-zeros", CONTRADICTION, lambda: ec_key(name, secret, b"\x04" + bytes(2 * size)))
    add("public-hybrid", CONTRADICTION, lambda: ec_key(name, secret, bytes([6 | y[-1] & 1]) + x + y))
    add("another-curve", CONTRADICTION if name == "p256" else MALFORMED, lambda: seq(integer(0), EC_ALGORITHM[wrong], octets(sec1(secret, public))))
    add("another-curve-without-public", MALFORMED, lambda: seq(integer(0), EC_ALGORITHM[wrong], octets(sec1(secret))))
    add("inner-curve-disagrees", CONTRADICTION, lambda: ec_key(name, secret, public, wrong))
    add("rsa-algorithm", MALFORMED, lambda: seq(integer(0), RSA_ALGORITHM, octets(sec1(secret, public))))
    add("sec1-another-public", CONTRADICTION, lambda: sec1(secret, other, name))
    add("sec1-d-plus-1", CONTRADICTION, lambda: sec1(octets_of(d + 1), public, name))
    add("sec1-without-curve", MALFORMED, lambda: sec1(secret, public))
    add("sec1-version-0", MALFORMED, lambda: seq(integer(0), *[whole for _, _, whole in read(body(sec1(secret, public, name)))][1:]))
    add("v2-another-public", CONTRADICTION, lambda: with_public(ec_key(name, secret), other))
    add("v2-inner-own-outer-other", CONTRADICTION, lambda: with_public(ec_key(name, secret, public), other))
    add("v2-inner-other-outer-own", CONTRADICTION, lambda: with_public(ec_key(name, secret, other), public))
    add("v2-both-other", CONTRADICTION, lambda: with_public(ec_key(name, secret, other), other))
    add("as-made", "match", lambda: ec_key(name, secret, public))
    add("without-public", "match", lambda: ec_key(name, secret))
    add("inner-curve-agrees", "match", lambda: ec_key(name, secret, public, name))
    add("sec1", "match", lambda: sec1(secret, public, name))
    add("v2-public-own", "match", lambda: with_public(ec_key(name, secret, public), public))
    short = point(private.public_key(), serialization.PublicFormat.CompressedPoint)
    add("compressed-public", "match", lambda: ec_key(name, secret, short))
    add("compressed-public-wrong-sign", CONTRADICTION, lambda: ec_key(name, secret, bytes([short[0] ^ 1]) + short[1:]))
    compressed = f"certificates/compressed-point{'' if name == 'p256' else '-' + name}.pem"
    add("of-compressed-certificate", "match", lambda: ec_key(name, secret, public), compressed)
    add("compressed-both", "match", lambda: ec_key(name, secret, short), compressed)
    add("another-key-of-compressed-certificate", "mismatch", lambda: ec_key(name, octets_of(other_d), other), compressed)


def reverse(d, size):
    return d.to_bytes(size, "big")[::-1]


def negated(name, public):
    """The point -P: the same x, and p - y."""
    size = SIZES[name]
    fields = {"p256": 2**256 - 2**224 + 2**192 + 2**96 - 1, "p384": 2**384 - 2**128 - 2**96 + 2**32 - 1, "p521": 2**521 - 1}
    y = int.from_bytes(public[1 + size :], "big")
    return public[: 1 + size] + (fields[name] - y).to_bytes(size, "big")


# --- Ed25519

ED25519_ALGORITHM = seq(oid("1.3.101.112"))


def ed_key(seed, algorithm=ED25519_ALGORITHM):
    return seq(integer(0), algorithm, octets(octets(seed)))


def ed_public(seed):
    return ed25519.Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def ed25519_rows():
    private = load("ed25519")
    seed, public = private.private_bytes_raw(), private.public_key().public_bytes_raw()
    other = keep("ed25519-another-key.secret", lambda: os.urandom(32))
    own = "certificates/ed25519.pem"

    def add(kind, expected, made):
        row(f"ed25519-{kind}.der", kind, expected, own, made)

    def flip(value, index, mask=1):
        return value[:index] + bytes([value[index] ^ mask]) + value[index + 1 :]

    changed = {"seed-first-bit": flip(seed, 0), "seed-middle-bit": flip(seed, 16, 0x80), "seed-last-bit": flip(seed, 31, 0x80), "seed-reversed": seed[::-1],
               "seed-zero": bytes(32), "seed-all-ones": b"\xff" * 32, "seed-plus-1": bytes([(seed[0] + 1) % 256]) + seed[1:], "seed-is-public": public,
               "seed-is-scalar": hashlib.sha512(seed).digest()[:32], "another-seed": other, "seed-halves-swapped": seed[16:] + seed[:16]}
    for kind, value in changed.items():
        add(kind, "mismatch", lambda: ed_key(value))
        add(f"{kind}-beside-own-public", CONTRADICTION, lambda: with_public(ed_key(value), public))
        add(f"{kind}-with-its-public", "mismatch", lambda: with_public(ed_key(value), ed_public(value)))
    add("public-of-another-key", CONTRADICTION, lambda: with_public(ed_key(seed), ed_public(other)))
    add("public-low-bit", CONTRADICTION, lambda: with_public(ed_key(seed), flip(public, 0)))
    add("public-sign-bit", CONTRADICTION, lambda: with_public(ed_key(seed), flip(public, 31, 0x80)))
    add("public-reversed", CONTRADICTION, lambda: with_public(ed_key(seed), public[::-1]))
    add("public-zero", CONTRADICTION, lambda: with_public(ed_key(seed), bytes(32)))
    add("public-empty", CONTRADICTION, lambda: with_public(ed_key(seed), b""))
    add("public-cut", CONTRADICTION, lambda: with_public(ed_key(seed), public[:-1]))
    add("public-one-octet-more", CONTRADICTION, lambda: with_public(ed_key(seed), public + b"\x00"))
    add("seed-cut", MALFORMED, lambda: ed_key(seed[:-1]))
    add("seed-one-octet-more", MALFORMED, lambda: ed_key(seed + b"\x00"))
    add("seed-empty", MALFORMED, lambda: ed_key(b""))
    add("seed-and-public", MALFORMED, lambda: ed_key(seed + public))
    add("seed-without-inner-octets", MALFORMED, lambda: seq(integer(0), ED25519_ALGORITHM, octets(seed)))
    add("trailing-in-octets", MALFORMED, lambda: seq(integer(0), ED25519_ALGORITHM, octets(octets(seed), null())))
    add("algorithm-with-null", MALFORMED, lambda: ed_key(seed, seq(oid("1.3.101.112"), null())))
    add("x25519-algorithm", "refused unsupported-key", lambda: ed_key(seed, seq(oid("1.3.101.110"))))
    add("ed448-algorithm", "refused unsupported-key", lambda: ed_key(seed, seq(oid("1.3.101.113"))))
    add("version-2", MALFORMED, lambda: seq(integer(2), ED25519_ALGORITHM, octets(octets(seed))))
    add("v1-with-public", MALFORMED, lambda: seq(integer(0), *[whole for _, _, whole in read(body(with_public(ed_key(seed), public)))][1:]))
    add("as-made", "match", lambda: ed_key(seed))
    add("v2-public-own", "match", lambda: with_public(ed_key(seed), public))


if __name__ == "__main__":
    rsa_rows()
    for curve in CURVE_OIDS:
        ec_rows(curve)
    ed25519_rows()
    (FOLDER / "table.tsv").write_text("\n".join(["# key\twhat was done\texpected\tcertificate", *ROWS, ""]))
