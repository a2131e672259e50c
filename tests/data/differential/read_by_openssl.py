"""What OpenSSL's libcrypto reads in each certificate and key of a stream; see mod.rs in tests/differential."""

import ctypes
import ctypes.util
import struct
import sys
from ctypes import POINTER, byref, c_char_p, c_int, c_long, c_size_t, c_ubyte, c_ulong, c_void_p

libcrypto = ctypes.CDLL(ctypes.util.find_library("crypto"))


def function(name, result, *arguments):
    found = getattr(libcrypto, name)
    found.restype, found.argtypes = result, arguments
    return found


def reader(name):
    return function(name, c_void_p, c_void_p, POINTER(c_void_p), c_long)


def writer(name):
    return function(name, c_int, c_void_p, POINTER(c_void_p))


d2i_X509 = reader("d2i_X509")
d2i_AutoPrivateKey = reader("d2i_AutoPrivateKey")
i2d_ASN1_INTEGER = writer("i2d_ASN1_INTEGER")
i2d_ASN1_BIT_STRING = writer("i2d_ASN1_BIT_STRING")
i2d_X509_PUBKEY = writer("i2d_X509_PUBKEY")
i2d_PUBKEY = writer("i2d_PUBKEY")
free = function("CRYPTO_free", None, c_void_p, c_char_p, c_int)
X509_free = function("X509_free", None, c_void_p)
EVP_PKEY_free = function("EVP_PKEY_free", None, c_void_p)
ERR_peek_error = function("ERR_peek_error", c_ulong)
ERR_clear_error = function("ERR_clear_error", None)
ERR_reason_error_string = function("ERR_reason_error_string", c_char_p, c_ulong)
ERR_lib_error_string = function("ERR_lib_error_string", c_char_p, c_ulong)
X509_get_version = function("X509_get_version", c_long, c_void_p)
X509_get0_serialNumber = function("X509_get0_serialNumber", c_void_p, c_void_p)
X509_get_issuer_name = function("X509_get_issuer_name", c_void_p, c_void_p)
X509_get_subject_name = function("X509_get_subject_name", c_void_p, c_void_p)
X509_get0_notBefore = function("X509_get0_notBefore", c_void_p, c_void_p)
X509_get0_notAfter = function("X509_get0_notAfter", c_void_p, c_void_p)
X509_get_ext_d2i = function("X509_get_ext_d2i", c_void_p, c_void_p, c_int, POINTER(c_int), c_void_p)
X509_get_X509_PUBKEY = function("X509_get_X509_PUBKEY", c_void_p, c_void_p)
X509_get0_pubkey = function("X509_get0_pubkey", c_void_p, c_void_p)
X509_get0_tbs_sigalg = function("X509_get0_tbs_sigalg", c_void_p, c_void_p)
X509_ALGOR_get0 = function("X509_ALGOR_get0", None, POINTER(c_void_p), c_void_p, c_void_p, c_void_p)
X509_NAME_entry_count = function("X509_NAME_entry_count", c_int, c_void_p)
X509_NAME_get_entry = function("X509_NAME_get_entry", c_void_p, c_void_p, c_int)
X509_NAME_ENTRY_get_object = function("X509_NAME_ENTRY_get_object", c_void_p, c_void_p)
X509_NAME_ENTRY_get_data = function("X509_NAME_ENTRY_get_data", c_void_p, c_void_p)
X509_NAME_ENTRY_set = function("X509_NAME_ENTRY_set", c_int, c_void_p)
OBJ_obj2txt = function("OBJ_obj2txt", c_int, c_char_p, c_int, c_void_p, c_int)
ASN1_STRING_to_UTF8 = function("ASN1_STRING_to_UTF8", c_int, POINTER(c_void_p), c_void_p)
ASN1_STRING_get0_data = function("ASN1_STRING_get0_data", POINTER(c_ubyte), c_void_p)
ASN1_STRING_free = function("ASN1_STRING_free", None, c_void_p)
ASN1_STRING_type = function("ASN1_STRING_type", c_int, c_void_p)
ASN1_STRING_length = function("ASN1_STRING_length", c_int, c_void_p)
ASN1_TIME_set = function("ASN1_TIME_set", c_void_p, c_void_p, c_long)
ASN1_TIME_diff = function("ASN1_TIME_diff", c_int, POINTER(c_int), POINTER(c_int), c_void_p, c_void_p)
EVP_PKEY_get_base_id = function("EVP_PKEY_get_base_id", c_int, c_void_p)
EVP_PKEY_get_bits = function("EVP_PKEY_get_bits", c_int, c_void_p)
EVP_PKEY_get_group_name = function("EVP_PKEY_get_group_name", c_int, c_void_p, c_char_p, c_size_t, c_void_p)

EPOCH = ASN1_TIME_set(None, 0)
KINDS = {6: "rsa", 912: "rsa-pss", 1087: "ed25519"}
CURVES = {b"prime256v1": "ec-p256", b"secp384r1": "ec-p384", b"secp521r1": "ec-p521"}
EC = 408
SUBJECT_KEY_IDENTIFIER = 82
BIT_STRING = 3
# SEQUENCE, SET, others.
KEPT_WHOLE = (16, 17, -3)


class Refused(Exception):
    pass


def refuse(where):
    code = ERR_peek_error()
    library, why = ERR_lib_error_string(code) or b"", ERR_reason_error_string(code) or b""
    raise Refused(f"{where}: {library.decode()}: {why.decode()}")


def whole(read, release, der):
    """The value that takes all of the bytes."""
    buffer = ctypes.create_string_buffer(der, len(der))
    start = ctypes.addressof(buffer)
    place = c_void_p(start)
    value = read(None, byref(place), len(der))
    if not value:
        refuse("reading")
    if place.value != start + len(der):
        release(value)
        raise Refused("reading: something follows")
    return value


def written(write, value):
    out = c_void_p()
    size = write(value, byref(out))
    if size < 0:
        refuse("writing")
    der = ctypes.string_at(out, size)
    free(out, None, 0)
    return der


def content(der):
    return der[2 + (der[1] & 0x7F if der[1] & 0x80 else 0) :]


def octets(string):
    return ctypes.string_at(ASN1_STRING_get0_data(string), ASN1_STRING_length(string))


def text(asn1_object, dotted):
    buffer = ctypes.create_string_buffer(4096)
    OBJ_obj2txt(buffer, 4096, asn1_object, dotted)
    return buffer.value.decode()


def no_text(string):
    """The content of a value that is no string."""
    kind = ASN1_STRING_type(string)
    if kind == BIT_STRING:
        return content(written(i2d_ASN1_BIT_STRING, string))
    # What OpenSSL has no type for, it keeps with its header.
    return content(octets(string)) if kind in KEPT_WHOLE else octets(string)


def value(string):
    out = c_void_p()
    size = ASN1_STRING_to_UTF8(byref(out), string)
    if size < 0:
        return "!" + no_text(string).hex()
    utf8 = ctypes.string_at(out, size)
    free(out, None, 0)
    return utf8.hex()


def name(found):
    rdns = {}
    for index in range(X509_NAME_entry_count(found)):
        entry = X509_NAME_get_entry(found, index)
        attribute = f"{text(X509_NAME_ENTRY_get_object(entry), 1)}={value(X509_NAME_ENTRY_get_data(entry))}"
        rdns.setdefault(X509_NAME_ENTRY_set(entry), []).append(attribute)
    return ",".join("+".join(rdn) for rdn in rdns.values())


def moment(time, where):
    days, seconds = c_int(), c_int()
    if not ASN1_TIME_diff(byref(days), byref(seconds), EPOCH, time):
        refuse(where)
    return days.value * 86400 + seconds.value


def kind(public):
    identifier = EVP_PKEY_get_base_id(public)
    if identifier in KINDS:
        return f"{KINDS[identifier]} {EVP_PKEY_get_bits(public)}"
    group = ctypes.create_string_buffer(64)
    if identifier == EC and EVP_PKEY_get_group_name(public, group, 64, None) and group.value in CURVES:
        return f"{CURVES[group.value]} {EVP_PKEY_get_bits(public)}"
    return "other"


def algorithm(identifier):
    found = c_void_p()
    X509_ALGOR_get0(byref(found), None, None, identifier)
    return text(found, 0)


def certificate(der):
    found = whole(d2i_X509, X509_free, der)
    try:
        return fields(found)
    finally:
        X509_free(found)


def fields(found):
    read = [
        f"version={X509_get_version(found) + 1}",
        f"serial={content(written(i2d_ASN1_INTEGER, X509_get0_serialNumber(found))).hex()}",
        f"signature-algorithm={algorithm(X509_get0_tbs_sigalg(found))}",
        f"issuer={name(X509_get_issuer_name(found))}",
        f"not-before={moment(X509_get0_notBefore(found), 'not before')}",
        f"not-after={moment(X509_get0_notAfter(found), 'not after')}",
        f"subject={name(X509_get_subject_name(found))}",
    ]
    # X509_get0_subject_key_id has none in a certificate with any extension that is malformed.
    if identifier := X509_get_ext_d2i(found, SUBJECT_KEY_IDENTIFIER, None, None):
        read.append(f"ski={octets(identifier).hex()}")
        ASN1_STRING_free(identifier)
    spki = f"spki={written(i2d_X509_PUBKEY, X509_get_X509_PUBKEY(found)).hex()}"
    ERR_clear_error()
    public = X509_get0_pubkey(found)
    if public:
        return read + [f"key={kind(public)}", spki]
    try:
        refuse("public key")
    except Refused as why:
        return read + [f"no-key={why}", spki]


def key(der):
    found = whole(d2i_AutoPrivateKey, EVP_PKEY_free, der)
    try:
        return [f"key={kind(found)}", f"spki={written(i2d_PUBKEY, found).hex()}"]
    finally:
        EVP_PKEY_free(found)


READ = {b"c": certificate, b"k": key, b"p": key}

if __name__ == "__main__":
    read, write = sys.stdin.buffer.read, sys.stdout.write
    while header := read(5):
        what, size = struct.unpack(">cI", header)
        ERR_clear_error()
        try:
            write("\t".join(READ[what](read(size))) + "\n")
        except Refused as why:
            write(f"refused={why}\n")
