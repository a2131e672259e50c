"""What python cryptography reads in each certificate and key of a stream; see mod.rs in tests/differential."""

import re
import struct
import sys
import warnings

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

warnings.simplefilter("ignore")
SPKI = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
CURVES = {"secp256r1": "ec-p256", "secp384r1": "ec-p384", "secp521r1": "ec-p521"}


def kind(public):
    if isinstance(public, rsa.RSAPublicKey):
        return f"rsa {public.key_size}"
    if isinstance(public, ed25519.Ed25519PublicKey):
        return "ed25519 256"
    if isinstance(public, ec.EllipticCurvePublicKey) and public.curve.name in CURVES:
        return f"{CURVES[public.curve.name]} {public.key_size}"
    return "other"


def public(found):
    return {"key": kind(found), "spki": found.public_bytes(*SPKI).hex()}


def value(one):
    return "!" + one.hex() if isinstance(one, bytes) else one.encode().hex()


def name(found):
    return ",".join("+".join(f"{one.oid.dotted_string}={value(one.value)}" for one in rdn) for rdn in found.rdns)


def serial(found):
    number = found.serial_number
    size = (number if number >= 0 else ~number).bit_length() // 8 + 1
    return number.to_bytes(size, "big", signed=True).hex()


def identifier(found):
    extensions = [one.value for one in found.extensions if isinstance(one.value, x509.SubjectKeyIdentifier)]
    return extensions[0].digest.hex() if extensions else None


def certificate(der):
    found = step("certificate", lambda: x509.load_der_x509_certificate(der))
    fields = {
        "version": found.version.value + 1,
        "serial": serial(found),
        "issuer": step("name", lambda: name(found.issuer)),
        "not-before": step("validity", lambda: int(found.not_valid_before_utc.timestamp())),
        "not-after": step("validity", lambda: int(found.not_valid_after_utc.timestamp())),
        "subject": step("name", lambda: name(found.subject)),
        "ski": step("extensions", lambda: identifier(found)),
    }
    try:
        return fields | step("key", lambda: public(found.public_key()))
    except Refused as why:
        return fields | {"no-key": why}


def key(der, proven):
    private = step(
        "key", lambda: serialization.load_der_private_key(der, None, unsafe_skip_rsa_key_validation=not proven)
    )
    return step("key", lambda: public(private.public_key()))


class Refused(Exception):
    pass


def step(what, read):
    try:
        return read()
    except BaseException as error:  # a panic inside the library is no Exception
        raise Refused(f"{what}: {reason(error)}") from None


def reason(error):
    """Of the parser's errors the kind and the last field that it was in; of others the first sentence."""
    found = re.search(r"kind: (\w+)", str(error))
    if not found:
        return re.split(r"[.\n]", f"{type(error).__name__}: {error}")[0]
    fields = re.findall(r'"(?:\w+::)?(\w+)"', str(error))
    return " in ".join([found[1], *fields[-1:]])


READ = {b"c": certificate, b"k": lambda der: key(der, False), b"p": lambda der: key(der, True)}

if __name__ == "__main__":
    read, write = sys.stdin.buffer.read, sys.stdout.write
    while header := read(5):
        what, size = struct.unpack(">cI", header)
        try:
            fields = READ[what](read(size))
            write("\t".join(f"{name}={value}" for name, value in fields.items() if value is not None) + "\n")
        except Refused as why:
            write(f"refused={why}\n")
