"""Certificates that the OpenSSL command line does not write: odd serials, dates, names, extensions,
and the ones that are refused. Writes the files that are missing, and always the table of all.
Called by make-fixtures: FOLDER."""

import pathlib
import sys

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding

from der import bits, body, boolean, context, integer, null, octets, oid, pem, printable, read, seq, set_of, time, tlv, utf8

FOLDER = pathlib.Path(sys.argv[1])
KEYS = FOLDER.parent / "keys"

SHA256_RSA = seq(oid("1.2.840.113549.1.1.11"), null())
SHA512_RSA = seq(oid("1.2.840.113549.1.1.13"), null())
SHA256_ECDSA = seq(oid("1.2.840.10045.4.3.2"))
ED25519 = seq(oid("1.3.101.112"))


def key(name):
    return serialization.load_pem_private_key((KEYS / f"{name}.pem").read_bytes(), None)


def spki(private):
    return private.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def key_id(info):
    digest = hashes.Hash(hashes.SHA1())
    digest.update(read(body(info))[1][1][1:])
    return digest.finalize()


def sign(private, message):
    if isinstance(private, ec.EllipticCurvePrivateKey):
        return private.sign(message, ec.ECDSA(hashes.SHA256()))
    if isinstance(private, ed25519.Ed25519PrivateKey):
        return private.sign(message)
    return private.sign(message, padding.PKCS1v15(), hashes.SHA256())


def algorithm(private):
    if isinstance(private, ec.EllipticCurvePrivateKey):
        return SHA256_ECDSA
    return ED25519 if isinstance(private, ed25519.Ed25519PrivateKey) else SHA256_RSA


def attribute(number, value):
    return seq(oid(f"2.5.4.{number}"), value)


def name(*rdns):
    return seq(*[set_of(*rdn) if isinstance(rdn, (list, tuple)) else set_of(rdn) for rdn in rdns])


COUNTRY = attribute(6, printable("DE"))
ORGANIZATION = attribute(10, utf8("Example"))
COMMON = attribute(3, utf8("idp.example.org"))
NAME = name(COUNTRY, ORGANIZATION, COMMON)
VALID = ("200101000000Z", "400101000000Z")


def extension(identifier, value, critical=False):
    return seq(oid(identifier), *([boolean(True)] if critical else []), octets(value))


def ski(identifier):
    return extension("2.5.29.14", octets(identifier))


def aki(identifier):
    return extension("2.5.29.35", seq(tlv(0x80, identifier)))


BASIC = extension("2.5.29.19", seq(boolean(True)), critical=True)
BASIC_FALSE = extension("2.5.29.19", seq())


def standard(info):
    return [ski(key_id(info)), aki(key_id(info)), BASIC]


def certificate(owner="p256", signer=None, version=2, serial=integer(0x1D0C0FFEE), subject=NAME, issuer=NAME, validity=VALID,
                extensions=None, info=None, inner=None, outer=None, unique=b"", tail=b"", signature=None):
    """A certificate; extensions None: the usual three, []: none at all. version is the DER value (2 = v3)."""
    signer = key(signer or owner)
    info = info or spki(key(owner))
    extensions = standard(info) if extensions is None else extensions
    dates = seq(*[date if isinstance(date, bytes) else time(date) for date in validity])
    inner = inner or algorithm(signer)
    start = [context(0, integer(version))] if version else []
    end = [context(3, seq(*extensions))] if extensions else []
    tbs = seq(*start, serial, inner, issuer, dates, subject, info, unique, *end)
    signature = sign(signer, tbs) if signature is None else signature
    return seq(tbs, outer or inner, bits(signature), tail)


def odd_name(value, number=3):
    odd = name(COUNTRY, attribute(number, value))
    return certificate(subject=odd, issuer=odd)


def dates(start, end):
    return certificate(validity=(start, end))


def serial(body_octets):
    return certificate(serial=tlv(0x02, body_octets))


def compressed(owner):
    private = key(owner)
    point = private.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint)
    return seq(read(body(spki(private)))[0][2], bits(point))


def rollover():
    """Self-issued, but signed by the key before it: AKI names another key than SKI."""
    extensions = [ski(key_id(spki(key("p256")))), aki(key_id(spki(key("chain-root")))), BASIC]
    return certificate(owner="p256", signer="chain-root", extensions=extensions)


def damaged(**how):
    """A signature that another message would have."""
    return certificate(**how, signature=sign(key(how.get("owner", "p256")), b"another message"))


def names(count):
    entries = [tlv(0x82, f"host-{i}.example.org".encode()) for i in range(count)]
    return extension("2.5.29.17", seq(*entries))


def with_extensions(*more):
    return certificate(extensions=[*standard(spki(key("p256"))), *more])


def many_attributes():
    rdns = [attribute(11, utf8(f"Department {i} of a very long subject")) for i in range(60)]
    long = name(COUNTRY, *rdns, attribute(3, utf8("x" * 400)))
    return certificate(subject=long, issuer=long)


def indefinite(der):
    return b"\x30\x80" + body(der) + b"\x00\x00"


def long_length(der):
    """The outer length in one octet more than it needs."""
    inside = body(der)
    return b"\x30\x83" + len(inside).to_bytes(3, "big") + inside


PLAIN_RSA = seq(oid("1.2.840.113549.1.1.1"), null())
READ = {
    # Versions and extensions.
    "version-1-p256": lambda: certificate(version=0, extensions=[]),
    "version-3-without-extensions": lambda: certificate(extensions=[]),
    "without-ski-aki": lambda: certificate(extensions=[BASIC_FALSE]),
    "ski-without-aki": lambda: certificate(extensions=[ski(key_id(spki(key("p256")))), BASIC_FALSE]),
    "unknown-critical-extension": lambda: with_extensions(extension("1.3.6.1.4.1.99999.1", utf8("unknown"), critical=True)),
    "100-sans": lambda: with_extensions(names(100)),
    # Serials.
    "serial-0": lambda: serial(b"\x00"),
    "serial-1": lambda: serial(b"\x01"),
    "serial-negative": lambda: serial(b"\x91\x22\x33\x44"),
    "serial-minus-1": lambda: serial(b"\xff"),
    "serial-20-octets-high-bit": lambda: serial(b"\x00" + b"\xf1" * 20),
    "serial-21-octets": lambda: serial(b"\x71" * 21),
    "serial-64-octets": lambda: serial(b"\x71" * 64),
    # Dates.
    "expired-1999": lambda: dates("950101000000Z", "990101000000Z"),
    "dates-1950": lambda: dates("500101000000Z", "600101000000Z"),
    "dates-1969-1970": lambda: dates("691231235959Z", "700101000000Z"),
    "dates-2049-2050": lambda: dates("491231235959Z", "20500101000000Z"),
    "dates-9999": lambda: dates("200101000000Z", "99991231235959Z"),
    "dates-one-second": lambda: dates("260101000000Z", "260101000000Z"),
    "not-yet-valid": lambda: dates("20600101000000Z", "20700101000000Z"),
    "dates-leap-day": lambda: dates("240229000000Z", "20960229000000Z"),
    # Names.
    "name-t61": lambda: odd_name(tlv(0x14, "Universität".encode("latin-1"))),
    "name-bmp": lambda: odd_name(tlv(0x1E, "Žluťoučký kůň".encode("utf-16-be"))),
    "name-universal": lambda: odd_name(tlv(0x1C, "Ελλάδα 🔑".encode("utf-32-be"))),
    "name-ia5": lambda: odd_name(tlv(0x16, b"idp.example.org")),
    "name-numeric": lambda: odd_name(tlv(0x12, b"1234 5678"), 5),
    "name-email-and-domain": lambda: certificate(**dict.fromkeys(("subject", "issuer"), name(
        set_one(oid("0.9.2342.19200300.100.1.25"), tlv(0x16, b"org")), set_one(oid("0.9.2342.19200300.100.1.25"), tlv(0x16, b"example")),
        set_one(oid("1.2.840.113549.1.9.1"), tlv(0x16, b"admin@example.org")), set_one(oid("0.9.2342.19200300.100.1.1"), utf8("jdoe"))))),
    "name-invalid-printable": lambda: odd_name(tlv(0x13, b"a*b@c_d")),
    "name-empty-value": lambda: odd_name(utf8("")),
    "name-special-characters": lambda: odd_name(utf8(' #a,b+c"d\\e<f>g;h=i\x00j ')),
    "name-control-characters": lambda: odd_name(utf8("idp\x1b[31m\r\n\u202eexample")),
    "name-unknown-attribute": lambda: certificate(**dict.fromkeys(("subject", "issuer"), name(set_one(oid("1.3.6.1.4.1.99999.7"), utf8("x"))))),
    "name-multi-valued-rdn": lambda: certificate(**dict.fromkeys(("subject", "issuer"), name([attribute(11, utf8("SSO")), COMMON], ORGANIZATION))),
    "name-multi-valued-rdn-unsorted": lambda: certificate(**dict.fromkeys(("subject", "issuer"), name([COMMON, attribute(11, utf8("SSO"))], ORGANIZATION))),
    "name-repeated-attribute": lambda: certificate(**dict.fromkeys(("subject", "issuer"), name(ORGANIZATION, ORGANIZATION, COMMON))),
    "name-empty-subject": lambda: certificate(subject=seq(), issuer=NAME, signer="chain-root", extensions=[]),
    "name-empty-both": lambda: certificate(subject=seq(), issuer=seq()),
    "name-very-long": many_attributes,
    # Keys and signers.
    "compressed-point": lambda: certificate(info=compressed("p256")),
    "compressed-point-p384": lambda: certificate(owner="p384", info=compressed("p384")),
    "compressed-point-p521": lambda: certificate(owner="p521", info=compressed("p521")),
    "self-issued-rollover": rollover,
    "rsa-2048-same-subject-new-key": lambda: certificate(owner="rsa-2048-new"),
    "rsa-2048-null-missing": lambda: certificate(owner="rsa-2048", inner=seq(oid("1.2.840.113549.1.1.11"))),
    "unknown-key-algorithm": lambda: certificate(info=seq(seq(oid("1.3.6.1.4.1.99999.2")), bits(b"\x01\x02\x03")), signer="chain-root", extensions=[], subject=name(COMMON)),
    "unknown-signature-algorithm": lambda: certificate(inner=seq(oid("1.3.6.1.4.1.99999.3"))),
    "ml-dsa-44": lambda: certificate(info=seq(seq(oid("2.16.840.1.101.3.4.3.17")), bits(bytes(range(256)) * 5 + b"\x01" * 32)), signer="chain-root", extensions=[], subject=name(COMMON)),
    "unique-ids": lambda: certificate(unique=tlv(0x81, b"\x00\xaa") + tlv(0x82, b"\x00\xbb")),
}
REFUSED = {
    "name-bmp-lone-surrogate": ("certificate-malformed", lambda: odd_name(tlv(0x1E, b"\xd8\x3d\x00a"))),
    "signature-damaged": ("self-signature-invalid", lambda: damaged()),
    "signature-damaged-rsa": ("self-signature-invalid", lambda: damaged(owner="rsa-2048")),
    "signature-damaged-ed25519": ("self-signature-invalid", lambda: damaged(owner="ed25519")),
    "signature-by-another-key": ("self-signature-invalid", lambda: certificate(signer="chain-root")),
    "signature-of-another-kind": ("self-signature-invalid", lambda: certificate(signer="rsa-2048")),
    "signature-empty": ("self-signature-invalid", lambda: certificate(signature=b"")),
    "algorithms-differ": ("algorithm-mismatch", lambda: certificate(owner="rsa-2048", outer=SHA512_RSA)),
    "validity-inverted": ("validity-inverted", lambda: dates("300101000000Z", "200101000000Z")),
    "version-4": ("certificate-version", lambda: certificate(version=3)),
    "version-negative": ("certificate-version", lambda: certificate(version=-1)),
    "version-1-with-extensions": ("certificate-version", lambda: certificate(version=0)),
    "version-1-written-out": ("certificate-version", lambda: explicit_version_1()),
    "extension-twice": ("duplicate-extension", lambda: with_extensions(BASIC)),
    "extensions-empty": ("certificate-malformed", lambda: empty_extensions()),
    "trailing-data": ("trailing-data", lambda: certificate() + b"\x00"),
    "trailing-in-sequence": ("certificate-malformed", lambda: certificate(tail=null())),
    "indefinite-length": ("not-der", lambda: indefinite(certificate())),
    "long-length": ("not-der", lambda: long_length(certificate())),
    "serial-not-minimal": ("not-der", lambda: serial(b"\x00\x01")),
    "serial-empty": ("not-der", lambda: serial(b"")),
    "date-month-13": ("certificate-malformed", lambda: dates("201301000000Z", "400101000000Z")),
    "date-february-30": ("certificate-malformed", lambda: dates("200230000000Z", "400101000000Z")),
    "date-without-seconds": ("certificate-malformed", lambda: certificate(validity=(tlv(0x17, b"2001010000Z"), "400101000000Z"))),
    "date-with-offset": ("certificate-malformed", lambda: certificate(validity=(tlv(0x17, b"200101000000+0100"), "400101000000Z"))),
    "point-not-on-curve": ("public-key-malformed", lambda: off_curve()),
    "name-bmp-odd-length": ("certificate-malformed", lambda: odd_name(tlv(0x1E, b"\x00a\x00"))),
    "name-invalid-utf8": ("certificate-malformed", lambda: odd_name(tlv(0x0C, b"Universit\xe4t"))),
    "name-octet-string": ("certificate-malformed", lambda: odd_name(octets(b"\x01\x02"))),
    "rdn-empty": ("certificate-malformed", lambda: certificate(subject=seq(set_of()), issuer=seq(set_of()))),
}


def set_one(identifier, value):
    return seq(identifier, value)


def explicit_version_1():
    """DER leaves a DEFAULT value out."""
    der = certificate(version=0, extensions=[])
    tbs, *rest = read(body(der))
    return seq(seq(context(0, integer(0)), tbs[1]), *[whole for _, _, whole in rest])


def empty_extensions():
    private = key("p256")
    tbs = read(body(certificate(extensions=[])))[0][1]
    tbs = seq(tbs, context(3, seq()))
    return seq(tbs, SHA256_ECDSA, bits(sign(private, tbs)))


def off_curve():
    info = bytearray(spki(key("p256")))
    info[-1] ^= 1
    return certificate(info=bytes(info))


# --- The table: file, key kind, bits, self-signature; or refused and the code.

KINDS = {"secp256k1": "ec-secp256k1", "brainpoolP256r1": "ec-brainpoolP256r1", "brainpoolP384r1": "ec-brainpoolP384r1", "P-192": "ec-other",
         "P-224": "ec-other", "dsa": "dsa", "dh": "dh", "ed448": "ed448", "x25519": "x25519", "x448": "x448", "ml-dsa-44": "ml-dsa-44",
         "unknown-key-algorithm": "other", "p256-explicit": "ec-other"}
NOT_SELF_SIGNED = {"chain-intermediate", "chain-leaf", "dh", "x25519", "x448", "ml-dsa-44", "unknown-key-algorithm", "name-empty-subject", "self-issued-rollover"}
NOT_CHECKED = {"rsa-2048-md5", "p256-sha1", "rsa-2048-sha3-256", "dsa", "ed448", "secp256k1", "brainpoolP256r1", "brainpoolP384r1", "P-192", "P-224",
               "p256-explicit", "unknown-signature-algorithm"}


def key_kind(stem):
    if stem in KINDS:
        return KINDS[stem], "-"
    parts = stem.split("-")
    if stem.startswith("rsa-pss"):
        return "rsa-pss", "2048"
    if stem == "rsa-multi-prime":
        return "rsa", "2048"
    if parts[0] == "rsa":
        return "rsa", parts[1]
    if stem in ("version-1", "trusted-certificate"):
        return "rsa", "2048"
    if stem == "ed25519":
        return "ed25519", "256"
    for size in ("384", "521"):
        if f"p{size}" in parts:
            return f"ec-p{size}", size
    return "ec-p256", "256"


def table():
    lines = ["# file\tkind of the key\tbits\tself-signature | refused\tcode"]
    for path in sorted(FOLDER.rglob("*")):
        if path.suffix not in (".pem", ".der"):
            continue
        file, stem = path.relative_to(FOLDER).as_posix(), path.stem
        if file.startswith("refused/"):
            lines.append("\t".join([file, "refused", REFUSED[stem][0]]))
            continue
        state = "none" if stem in NOT_SELF_SIGNED else "not-checked" if stem in NOT_CHECKED else "valid"
        lines.append("\t".join([file, *key_kind(stem), state]))
    return "\n".join([*lines, ""])


def write(path, made):
    if not path.exists():
        print(f"making {path}")
        path.write_bytes(made())


if __name__ == "__main__":
    (FOLDER / "refused").mkdir(exist_ok=True)
    for stem, made in READ.items():
        write(FOLDER / f"{stem}.pem", lambda made=made: pem("CERTIFICATE", made()))
    for stem, (_, made) in REFUSED.items():
        write(FOLDER / "refused" / f"{stem}.der", made)
    (FOLDER / "table.tsv").write_text(table())
