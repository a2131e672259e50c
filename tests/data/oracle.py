"""A second opinion for tests/crosscheck.rs: reads a JSON list of questions, writes the list of answers.

Every question names what to do in "do", and files or hexadecimal; an answer that is {"error": s} is a refusal.
"""

import hashlib
import json
import math
import sys
import warnings

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

warnings.simplefilter("ignore")
SPKI = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo


def spki_sha256(public):
    return hashlib.sha256(public.public_bytes(*SPKI)).hexdigest()


KINDS = {"secp256r1": "ec-p256", "secp384r1": "ec-p384", "secp521r1": "ec-p521"}


def kind(public):
    """The crate's name of a key that can sign SAML, and its bits; nothing of other keys."""
    if isinstance(public, rsa.RSAPublicKey):
        return {"key": "rsa", "bits": public.key_size}
    if isinstance(public, ed25519.Ed25519PublicKey):
        return {"key": "ed25519", "bits": 256}
    if isinstance(public, ec.EllipticCurvePublicKey) and public.curve.name in KINDS:
        return {"key": KINDS[public.curve.name], "bits": public.key_size}
    return {}


def certificate(question):
    found = x509.load_der_x509_certificate(bytes.fromhex(question["der"]))
    serial = found.serial_number
    answer = {
        "subject": found.subject.rfc4514_string(),
        "issuer": found.issuer.rfc4514_string(),
        "serial": serial.to_bytes(serial.bit_length() // 8 + 1, "big", signed=True).hex(),
        "not_before": int(found.not_valid_before_utc.timestamp()),
        "not_after": int(found.not_valid_after_utc.timestamp()),
        "sha1": found.fingerprint(hashes.SHA1()).hex(),
        "sha256": found.fingerprint(hashes.SHA256()).hex(),
    }
    try:
        return answer | kind(found.public_key())
    except Exception:  # the kinds that it does not know
        return answer


def private(question, **how):
    data, password = bytes.fromhex(question["data"]), question.get("password")
    password = password.encode() if password else None
    pem = data.startswith(b"-----BEGIN")
    load = serialization.load_pem_private_key if pem else serialization.load_der_private_key
    return load(data, password, **how)


def key(question):
    # Whether RSA numbers are sound is asked of pairs alone: it takes seconds for long keys.
    public = private(question, unsafe_skip_rsa_key_validation=True).public_key()
    return kind(public) | {"spki_sha256": spki_sha256(public)}


def pair(question):
    """Whether the key is read and its public half is the certificate's, as it tells it."""
    found = x509.load_der_x509_certificate(bytes.fromhex(question["der"]))
    return {"match": private(question).public_key() == found.public_key()}


HASHES = {"256": hashes.SHA256(), "384": hashes.SHA384(), "512": hashes.SHA512()}


def verify(question):
    public = serialization.load_der_public_key(bytes.fromhex(question["spki"]))
    message, signature = bytes.fromhex(question["message"]), bytes.fromhex(question["signature"])
    scheme, hash_ = question["scheme"], HASHES.get(question["scheme"][-3:])
    if scheme == "ed25519":
        public.verify(signature, message)
    elif scheme.startswith("ecdsa"):
        public.verify(signature, message, ec.ECDSA(hash_))
    elif scheme.startswith("pss"):
        public.verify(signature, message, padding.PSS(padding.MGF1(hash_), hash_.digest_size), hash_)
    else:
        public.verify(signature, message, padding.PKCS1v15(), hash_)
    return {"valid": True}


def issued(question):
    """What stands in a certificate that is signed by its own key."""
    found = x509.load_der_x509_certificate(bytes.fromhex(question["der"]))
    found.verify_directly_issued_by(found)
    extensions, serial = found.extensions, found.serial_number
    usage = extensions.get_extension_for_class(x509.KeyUsage).value
    usages = ["digital_signature", "content_commitment", "key_encipherment", "data_encipherment"]
    usages += ["key_agreement", "key_cert_sign", "crl_sign"]
    return pair(question) | {
        "version": found.version.value + 1,
        "serial": serial.to_bytes(16, "big").hex(),
        "subject": found.subject.rfc4514_string(),
        "not_before": int(found.not_valid_before_utc.timestamp()),
        "not_after": int(found.not_valid_after_utc.timestamp()),
        "extensions": [one.oid._name + (" critical" if one.critical else "") for one in extensions],
        "ca": extensions.get_extension_for_class(x509.BasicConstraints).value.ca,
        "usage": [one for one in usages if getattr(usage, one)],
        "key_identifier": extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        == x509.SubjectKeyIdentifier.from_public_key(found.public_key()),
    }


def shared(question):
    """Which RSA keys share a prime with another one: Bernstein's batch GCD, a tree of products and one of remainders."""
    keys = [serialization.load_der_public_key(bytes.fromhex(one)) for one in question["keys"]]
    tree = [[one.public_numbers().n for one in keys]]
    while len(tree[-1]) > 1:
        tree.append([math.prod(tree[-1][at : at + 2]) for at in range(0, len(tree[-1]), 2)])
    remainders = tree.pop()
    while tree:
        remainders = [remainders[at // 2] % n**2 for at, n in enumerate(tree[-1])]
        moduli = tree.pop()
    return {"shared": [at for at, n in enumerate(moduli) if math.gcd(remainders[at] // n, n) != 1]}


DOES = {"certificate": certificate, "key": key, "pair": pair, "verify": verify, "issued": issued, "shared": shared}


def answer(question):
    do = DOES[question["do"]]
    try:
        return do(question)
    except BaseException as error:  # a panic inside the library is no Exception
        return {"error": f"{type(error).__name__}: {error}"[:200]}


if __name__ == "__main__":
    json.dump([answer(question) for question in json.load(sys.stdin)], sys.stdout)
