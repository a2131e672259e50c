"""The little of DER that the fixtures need: values are written as told, right or wrong."""

import base64


def tlv(tag, *parts):
    body = b"".join(parts)
    size = len(body)
    if size < 0x80:
        length = bytes([size])
    else:
        octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
        length = bytes([0x80 | len(octets)]) + octets
    return bytes([tag]) + length + body


def seq(*parts):
    return tlv(0x30, *parts)


def set_of(*parts):
    return tlv(0x31, *parts)


def integer(value):
    return tlv(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def boolean(value):
    return tlv(0x01, b"\xff" if value else b"\x00")


def octets(*parts):
    return tlv(0x04, *parts)


def bits(body, unused=0):
    return tlv(0x03, bytes([unused]), body)


def null():
    return b"\x05\x00"


def context(number, *parts):
    """A constructed value with a context tag."""
    return tlv(0xA0 | number, *parts)


def oid(text):
    first, second, *rest = map(int, text.split("."))
    body = b""
    for arc in [first * 40 + second, *rest]:
        group = bytes([arc & 0x7F])
        while arc := arc >> 7:
            group = bytes([0x80 | arc & 0x7F]) + group
        body += group
    return tlv(0x06, body)


def utf8(text):
    return tlv(0x0C, text.encode())


def printable(text):
    return tlv(0x13, text.encode())


def time(text):
    """UTCTime or GeneralizedTime, told from the length."""
    return tlv(0x17 if len(text) == 13 else 0x18, text.encode())


def read(der):
    """The children of a constructed value or of a run of values: a list of (tag, body, whole)."""
    found = []
    while der:
        size, start = der[1], 2
        if size & 0x80:
            count = size & 0x7F
            size, start = int.from_bytes(der[2 : 2 + count], "big"), 2 + count
        found.append((der[0], der[start : start + size], der[: start + size]))
        der = der[start + size :]
    return found


def body(der):
    return read(der)[0][1]


def pem(label, der):
    text = base64.b64encode(der).decode()
    lines = [text[i : i + 64] for i in range(0, len(text), 64)]
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", ""]).encode()


def unpem(data):
    lines = data.split(b"-----")[2]
    return base64.b64decode(lines)
