"""RSA keys that can be broken, and keys just beyond what is looked for: each file is a certificate and, where there can be
one, its private key. Plain arithmetic and DER writing. Called by make-fixtures: FOLDER. Missing files are made; the table always.
"""

import hashlib
import math
import pathlib
import secrets
import sys

from der import bits, context, integer, null, octets, oid, pem, seq, set_of, time, utf8

FOLDER = pathlib.Path(sys.argv[1])
SMALL = [p for p in range(2, 2000) if all(p % d for d in range(2, math.isqrt(p) + 1))]
RSA = seq(oid("1.2.840.113549.1.1.1"), null())
SHA256_RSA = seq(oid("1.2.840.113549.1.1.11"), null())


def is_prime(n):
    """Trial division and 20 rounds of Miller-Rabin."""
    if any(n % p == 0 for p in SMALL):
        return n in SMALL
    shift = (n - 1 & 1 - n).bit_length() - 1
    for _ in range(20):
        x = pow(secrets.randbelow(n - 3) + 2, n - 1 >> shift, n)
        if x in (1, n - 1):
            continue
        if not any((x := x * x % n) == n - 1 for _ in range(shift - 1)):
            return False
    return True


def next_prime(n, e=65537):
    n |= 1
    while not is_prime(n) or math.gcd(n - 1, e) != 1:
        n += 2
    return n


def prime(length, e=65537):
    """With the two highest bits set, so that the product of two has all its bits."""
    return next_prime(secrets.randbits(length) | 3 << length - 2, e)


def roca_prime(length, last):
    """k M + (65537^a mod M), M the product of the primes up to `last` (Nemec and others, 2017, section 2.1)."""
    m = math.prod(p for p in SMALL if p <= last)
    while True:
        candidate = secrets.randbits(length - m.bit_length() + 1) * m + pow(65537, secrets.randbits(200), m)
        if candidate.bit_length() == length and candidate >> length - 2 == 3 and is_prime(candidate):
            return candidate


def roca(length, last):
    return roca_prime(length // 2, last), roca_prime(length // 2, last)


def step(n):
    """The step of Fermat's method that finds the primes of n."""
    root = a = math.isqrt(n)
    while math.isqrt(a * a - n) ** 2 != a * a - n if a * a >= n else True:
        a += 1
    return a - root


def close(first, last):
    """Two primes of 1024 bits that Fermat's method finds at one of these steps: p - q is about sqrt(8 step) n^(1/4)."""
    p = prime(1024)
    for number in range(first, last):
        q = next_prime(p + math.isqrt(8 * number * p))
        if first <= step(p * q) <= last:
            return p, q
    return close(first, last)


def private_key(p, q, e):
    d = pow(e, -1, math.lcm(p - 1, q - 1))
    numbers = [0, p * q, e, d, p, q, d % (p - 1), d % (q - 1), pow(q, -1, p)]
    return seq(integer(0), RSA, octets(seq(*map(integer, numbers))))


def signature(message, n, d):
    """RSASSA-PKCS1-v1_5 with SHA-256."""
    digest = seq(seq(oid("2.16.840.1.101.3.4.2.1"), null()), octets(hashlib.sha256(message).digest()))
    size = (n.bit_length() + 7) // 8
    padded = b"\x00\x01" + b"\xff" * (size - len(digest) - 3) + b"\x00" + digest
    return pow(int.from_bytes(padded, "big"), d, n).to_bytes(size, "big")


def certificate(n, e, d=None):
    """Self-signed; without an exponent, it says that another has signed it."""
    subject, other = (seq(set_of(seq(oid("2.5.4.3"), utf8(name)))) for name in ("weak", "other"))
    tbs = seq(context(0, integer(2)), integer(int.from_bytes(secrets.token_bytes(8), "big")), SHA256_RSA,
              subject if d else other, seq(time("200101000000Z"), time("400101000000Z")), subject,
              seq(RSA, bits(seq(integer(n), integer(e)))))
    signed = signature(tbs, n, d) if d else bytes((n.bit_length() + 7) // 8)
    return pem("CERTIFICATE", seq(tbs, SHA256_RSA, bits(signed)))


def pair(p, q, e=65537):
    key = pem("PRIVATE KEY", private_key(p, q, e))
    return certificate(p * q, e, pow(e, -1, math.lcm(p - 1, q - 1))) + key


# What is made, what is noted of the certificate, and what of the key: "-" for nothing, "" where there is no key.
CASES = {
    "roca-1024": (lambda: pair(*roca(1024, 353)), "weak-key roca", "weak-key roca"),
    "roca-2048": (lambda: pair(*roca(2048, 701)), "roca", "roca"),
    "roca-4096": (lambda: certificate(math.prod(roca(4096, 1427)), 65537), "roca", ""),
    "one-prime-of-roca": (lambda: certificate(roca_prime(1024, 701) * prime(1024), 65537), "-", ""),
    "close-primes-step-1": (lambda: pair(*close(1, 1 + 1)), "close-primes", "close-primes"),
    "close-primes-step-90": (lambda: certificate(math.prod(close(80, 99)), 65537), "close-primes", ""),
    "close-primes-8192": (lambda: certificate(close_8192(), 65537), "close-primes", ""),
    "close-primes-beyond": (lambda: pair(*apart(530)), "-", "close-primes"),
    "close-primes-fips": (lambda: pair(*apart(926)), "-", "-"),
    "square": (lambda: certificate(prime(1024) ** 2, 65537), "close-primes", ""),
    "factor-2": (lambda: certificate(2 * prime(2047), 65537), "small-factor", ""),
    "factor-3": (lambda: pair(3, prime(2047)), "small-factor", "small-factor"),
    "factor-751": (lambda: pair(751, prime(2040)), "small-factor", "small-factor"),
    "factor-757": (lambda: pair(757, prime(2040)), "-", "small-factor"),
    "factor-of-511-bits": (lambda: pair(prime(1537), prime(511)), "-", "small-factor"),
    "factor-of-512-bits": (lambda: pair(prime(1536), prime(512)), "-", "-"),
    "exponent-1": (lambda: certificate(prime(1024) * prime(1024), 1), "small-exponent", ""),
    "exponent-2": (lambda: certificate(prime(1024) * prime(1024), 2), "small-exponent", ""),
    "exponent-3": (lambda: pair(prime(1024, 3), prime(1024, 3), 3), "small-exponent", "small-exponent"),
    "exponent-5": (lambda: certificate(prime(1024) * prime(1024), 5), "-", ""),
    "all": (lambda: certificate(3 * 3, 3), "weak-key small-exponent small-factor close-primes", ""),
}


def apart(length):
    """Two primes of 1024 bits whose difference has this length."""
    p = prime(1024)
    return p, next_prime(p + (3 << length - 2))


def close_8192():
    # Primes of this length take minutes to find; to Fermat's method, any odd numbers are as good.
    p = secrets.randbits(4096) | 3 << 4094 | 1
    while any(p % prime == 0 or (p + 2) % prime == 0 for prime in SMALL):
        p += 2
    return p * (p + 2)


if __name__ == "__main__":
    rows = ["# file\tnotes of the certificate\tnotes of the key"]
    for name, (made, *notes) in CASES.items():
        path = FOLDER / f"{name}.pem"
        if not path.exists():
            print(f"making {path}")
            path.write_bytes(made())
        rows.append("\t".join([path.name, *notes]))
    (FOLDER / "table.tsv").write_text("\n".join(rows) + "\n")
