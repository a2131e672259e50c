"""Private keys in shapes that OpenSSL 3.0 does not write. Called by make-fixtures: KIND INPUT OUTPUT."""

import os
import pathlib
import sys

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from der import bits, body, context, integer, null, octets, oid, pem, read, seq, set_of, tlv, unpem

PASSWORD = b"correct horse"


def pkcs8(path):
    return unpem(pathlib.Path(path).read_bytes())


def spki_point(der):
    """The content of the public key's BIT STRING."""
    key = serialization.load_der_private_key(der, None)
    spki = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return read(body(spki))[1][1][1:]


def v2(der):
    """OneAsymmetricKey (RFC 5958): version 1 and the public key as [1] IMPLICIT BIT STRING."""
    _, algorithm, key = [whole for _, _, whole in read(body(der))]
    return seq(integer(1), algorithm, key, tlv(0x81, b"\x00", spki_point(der)))


def attributes(der):
    """A friendlyName (PKCS#9) as an attribute."""
    name = seq(oid("1.2.840.113549.1.9.20"), set_of(tlv(0x1E, "IdP key".encode("utf-16-be"))))
    return seq(*[whole for _, _, whole in read(body(der))], context(0, name))


def ec_private(der, *fields):
    """The PKCS#8 key with these optional fields in its ECPrivateKey."""
    version, algorithm, key = [whole for _, _, whole in read(body(der))]
    inner = [whole for _, _, whole in read(body(body(key)))]
    return seq(version, algorithm, octets(seq(inner[0], inner[1], *fields)))


def ec_compressed(der):
    public = serialization.load_der_private_key(der, None).public_key()
    point = public.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint)
    return ec_private(der, context(1, bits(point)))


PBES2 = "1.2.840.113549.1.5.13"
PBKDF2 = "1.2.840.113549.1.5.12"
SCRYPT = "1.3.6.1.4.1.11591.4.11"
HMAC_SHA256 = seq(oid("1.2.840.113549.2.9"), null())
AES_256_CBC = "2.16.840.1.101.3.4.1.42"
AES_256_GCM = "2.16.840.1.101.3.4.1.46"


def pbes2(kdf, cipher, ciphertext):
    return seq(seq(oid(PBES2), seq(kdf, cipher)), octets(ciphertext))


def pbkdf2(salt, iterations):
    return seq(oid(PBKDF2), seq(octets(salt), integer(iterations), HMAC_SHA256))


def scrypt(salt, n, r, p):
    return seq(oid(SCRYPT), seq(octets(salt), integer(n), integer(r), integer(p)))


def aes_256_gcm(der):
    salt, nonce = os.urandom(16), os.urandom(12)
    key = PBKDF2HMAC(hashes.SHA256(), 32, salt, 2048).derive(PASSWORD)
    cipher = seq(oid(AES_256_GCM), seq(octets(nonce), integer(16)))
    return pbes2(pbkdf2(salt, 2048), cipher, AESGCM(key).encrypt(nonce, der, b""))


def scrypt_64_mib(der):
    """The most memory that the crate gives to scrypt; the openssl command stops at 32 MiB."""
    salt, iv = os.urandom(16), os.urandom(16)
    key = Scrypt(salt, 32, 65536, 8, 1).derive(PASSWORD)
    pad = 16 - len(der) % 16
    encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    ciphertext = encryptor.update(der + bytes([pad]) * pad)
    return pbes2(scrypt(salt, 65536, 8, 1), seq(oid(AES_256_CBC), octets(iv)), ciphertext)


def costly(kdf):
    cipher = seq(oid(AES_256_CBC), octets(os.urandom(16)))
    return pbes2(kdf, cipher, os.urandom(144))


def ml_dsa_44():
    """The seed form of RFC 9881: [0] IMPLICIT OCTET STRING of 32 octets."""
    return seq(integer(0), seq(oid("2.16.840.1.101.3.4.3.17")), octets(tlv(0x80, os.urandom(32))))


ENCRYPTED, PLAIN = "ENCRYPTED PRIVATE KEY", "PRIVATE KEY"
KINDS = {
    "v2": lambda der: pem(PLAIN, v2(der)),
    "attributes": lambda der: pem(PLAIN, attributes(der)),
    "ec-no-public": lambda der: pem(PLAIN, ec_private(der)),
    "ec-compressed": lambda der: pem(PLAIN, ec_compressed(der)),
    "aes-256-gcm": lambda der: pem(ENCRYPTED, aes_256_gcm(der)),
    "scrypt-64-mib": lambda der: pem(ENCRYPTED, scrypt_64_mib(der)),
    "cost-pbkdf2-20000000": lambda _: pem(ENCRYPTED, costly(pbkdf2(os.urandom(16), 20_000_000))),
    "cost-pbkdf2-0": lambda _: pem(ENCRYPTED, costly(pbkdf2(os.urandom(16), 0))),
    "cost-scrypt-128-mib": lambda _: pem(ENCRYPTED, costly(scrypt(os.urandom(16), 131072, 8, 1))),
    "cost-scrypt-p17": lambda _: pem(ENCRYPTED, costly(scrypt(os.urandom(16), 1024, 8, 17))),
    "cost-scrypt-n-not-power": lambda _: pem(ENCRYPTED, costly(scrypt(os.urandom(16), 1000, 8, 1))),
    "ml-dsa-44": lambda _: ml_dsa_44(),
}

# --- The table of keys: what each file is, as far as its making tells.

UNSUPPORTED = {"rsa-512": "rsa-size", "rsa-multi-prime": "multi-prime-rsa"}
ENCRYPTED_CODES = {
    "aes-256-gcm": "unsupported-encryption",
    "pbkdf2-SHA256-rc2-cbc": "unsupported-encryption",
    "pbkdf2-SHA256-des": "unsupported-encryption",
    "pbkdf2-SHA256-camellia-256-cbc": "unsupported-encryption",
    "proc-type-p256-camellia256": "unsupported-encryption",
    "proc-type-p256-des": "unsupported-encryption",
    "proc-type-rsa-2048-des": "unsupported-encryption",
    "ed448": "unsupported-key",
    "cost-pbkdf2-0": "encrypted-key-malformed",
    "cost-scrypt-n-not-power": "encrypted-key-malformed",
}
OPENS = {"rsa-2048": "rsa-2048", "rsa-4096": "rsa-4096", "p384": "p384", "p521": "p521", "ed25519": "ed25519"}


def algorithm(stem):
    base = stem.split(".")[0]
    if base.startswith("rsa-"):
        kind = "rsa-pss" if base.startswith("rsa-pss") else "rsa"
        return kind, next(part for part in base.split("-") if part.isdigit())
    if base.startswith("ed25519"):
        return "ed25519", "256"
    return ("ec-" + base.split("-")[0], base[1:4]) if base[0] == "p" else ("ec-p256", "256")


def plain_row(path):
    stem = path.name.rsplit(".", 1)[0]
    kind, size = algorithm(stem)
    form = "pkcs1" if ".pkcs1" in stem else "sec1" if ".sec1" in stem else "pkcs8"
    proves = "no" if "no-public" in stem or kind == "ed25519" and "v2" not in stem else "yes"
    return [kind, size, form, proves]


def encrypted_row(path):
    stem = path.stem
    if stem in ENCRYPTED_CODES:
        return ["refused", ENCRYPTED_CODES[stem]]
    if stem.startswith("cost-"):
        return ["refused", "kdf-cost"]
    if stem.startswith("pbes1-"):
        return ["refused", "pbes1"]
    names = [name for name in ("rsa-2048", "p384", "p521") if name in stem and stem.startswith("proc-type")]
    return ["opens", f"{(names or [OPENS.get(stem, 'p256')])[0]}.pem"]


def table(folder):
    root = pathlib.Path(folder)
    lines = ["# file\tkind\tbits\tencoding\tproves its secret | refused\tcode | opens\tthe same key unencrypted"]
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if not path.is_file() or path.suffix not in (".pem", ".der"):
            continue
        if name.startswith("unsupported/"):
            stem = path.name.split(".")[0]
            row = ["refused", UNSUPPORTED.get(stem, "unsupported-key")]
        elif name.startswith("encrypted/"):
            row = encrypted_row(path)
        else:
            row = plain_row(path)
        lines.append("\t".join([name, *row]))
    return "\n".join([*lines, ""]).encode()


if __name__ == "__main__":
    kind, source, target = sys.argv[1:]
    if kind == "table":
        made = table(source)
    else:
        made = KINDS[kind](None if source == "-" else pkcs8(source))
    pathlib.Path(target).write_bytes(made)
