"""Pastes in the wrappings that people have. Called by make-fixtures: FOLDER. Made anew each time: nothing here is random."""

import base64
import json
import pathlib
import sys

FOLDER = pathlib.Path(sys.argv[1])
DATA = FOLDER.parent


def load(path):
    return (DATA / path).read_text()


def inner(pem):
    """The base64 lines of a PEM."""
    return pem.split("-----")[2].strip()


CERTIFICATE, KEY = load("certificates/rsa-2048.pem"), load("keys/rsa-2048.pem")
NEXT, NEXT_KEY = load("certificates/rsa-2048-new.pem"), load("keys/rsa-2048-new.pem")
LEAF, MIDDLE, ROOT, LEAF_KEY = [load(f"{path}.pem") for path in (
    "certificates/chain-leaf", "certificates/chain-intermediate", "certificates/chain-root", "keys/chain-leaf")]


def indent(text, by):
    return "".join(f"{by}{line}\n" for line in text.splitlines())


METADATA = """<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="https://idp.example.org/saml">
  <md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing">
      <ds:KeyInfo>
        <ds:KeyName>2026</ds:KeyName>
        <ds:X509Data>
          <ds:X509Certificate>
%s          </ds:X509Certificate>
        </ds:X509Data>
      </ds:KeyInfo>
    </md:KeyDescriptor>
    <md:KeyDescriptor use="signing">
      <ds:KeyInfo>
        <ds:X509Data>
          <ds:X509Certificate>%s</ds:X509Certificate>
        </ds:X509Data>
      </ds:KeyInfo>
    </md:KeyDescriptor>
    <md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.org/saml/sso?a=1&amp;b=2"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>
"""

MAIL = """Hi,

this is the new certificate, valid from Monday. Please replace the old one (thumbprint below) before then.

{body}
Kind regards
Your identity team
"""

TEXTS = {
    "metadata.xml": METADATA % (indent(inner(CERTIFICATE), " " * 12), inner(NEXT).replace("\n", "&#13;\n")),
    "keyinfo-hex-escapes.xml": f"<ds:X509Certificate>{inner(CERTIFICATE).replace(chr(10), '&#xD;&#xA;')}</ds:X509Certificate>",
    "block.yaml": "saml:\n  idp:\n    cert: |\n" + indent(CERTIFICATE, " " * 6) + "    key: |-\n" + indent(KEY, " " * 6) + "    enabled: true\n",
    "quoted.yaml": f"cert: {json.dumps(CERTIFICATE)}\nkey: {json.dumps(KEY)}\n",
    "string.json": json.dumps(CERTIFICATE),
    "object.json": json.dumps({"entityId": "https://idp.example.org", "x509cert": inner(CERTIFICATE).replace("\n", ""), "privateKey": KEY}, indent=2),
    "twice.json": json.dumps(json.dumps({"cert": CERTIFICATE})),
    "saml.env": f'SAML_ENTITY=https://idp.example.org\nSAML_CERT="{CERTIFICATE.strip()}"\nSAML_KEY="{KEY.strip()}"\n'.replace("-----\n", "-----\\n"),
    "one-line.env": "SAML_CERT=" + CERTIFICATE.strip().replace("\n", "\\n") + "\n",
    "mail-quoted.txt": MAIL.format(body=indent(CERTIFICATE, "> ")),
    "mail-quoted-twice.txt": MAIL.format(body=indent(CERTIFICATE, "> > ")),
    "prose.txt": MAIL.format(body=CERTIFICATE),
    "crlf.pem": CERTIFICATE.replace("\n", "\r\n"),
    "cr.pem": CERTIFICATE.replace("\n", "\r"),
    "one-line.txt": inner(CERTIFICATE).replace("\n", ""),
    "base64-of-pem.txt": base64.b64encode(CERTIFICATE.encode()).decode() + "\n",
    "header-and-footer-glued.txt": CERTIFICATE.strip().replace("\n", ""),
    "full-chain-with-key.pem": LEAF_KEY + LEAF + MIDDLE + ROOT,
    "chain-reversed.pem": ROOT + MIDDLE + LEAF,
    "chain-glued.pem": LEAF.strip() + MIDDLE.strip() + ROOT,
    "certificate-twice.pem": CERTIFICATE + CERTIFICATE,
    "pair.pem": CERTIFICATE + KEY,
    "pair-mismatch.pem": CERTIFICATE + NEXT_KEY,
    "key-under-certificate-label.pem": KEY.replace("PRIVATE KEY", "CERTIFICATE"),
    "key-in-element.xml": f"<ds:X509Certificate>{inner(KEY)}</ds:X509Certificate>\n",
}

ENCODED = {
    "utf-8-bom.pem": (CERTIFICATE, "utf-8"),
    "utf-16le-bom.pem": (CERTIFICATE.replace("\n", "\r\n"), "utf-16-le"),
    "utf-16be-bom.pem": (CERTIFICATE, "utf-16-be"),
}

RSA, RSA_KEY, NEW = "certificates/rsa-2048.pem", "keys/rsa-2048.pem", "certificates/rsa-2048-new.pem"
CHAIN = ["certificates/chain-leaf.pem", "certificates/chain-intermediate.pem", "certificates/chain-root.pem"]
# What each text holds, in its order, where it is not RSA alone.
HOLDS = {
    "metadata.xml": [RSA, NEW],
    "block.yaml": [RSA, RSA_KEY],
    "quoted.yaml": [RSA, RSA_KEY],
    "object.json": [RSA, RSA_KEY],
    "saml.env": [RSA, RSA_KEY],
    "pair.pem": [RSA, RSA_KEY],
    "pair-mismatch.pem": [RSA, "keys/rsa-2048-new.pem"],
    "full-chain-with-key.pem": ["keys/chain-leaf.pem", *CHAIN],
    "chain-reversed.pem": CHAIN[::-1],
    "chain-glued.pem": CHAIN,
    "key-under-certificate-label.pem": [RSA_KEY],
    "key-in-element.xml": [RSA_KEY],
    "pkcs12-bag-attributes.txt": [RSA, RSA_KEY],
    "pkcs7.pem": [RSA, CHAIN[2]],
    "pkcs7.der": [RSA, CHAIN[2]],
    "s-client-showcerts.txt": CHAIN,
    "x509-text-chain-leaf.txt": CHAIN[:1],
}
# What each of the other things is.
OTHERS = {
    "public-key-": "public-key", "request-": "certificate-request", "crl": "crl", "pkcs12": "pkcs12",
    "openssh-public": "ssh-key", "openssh-": "openssh-key", "store": "jks", "ec-parameters-and-key": "parameters",
    "ec-parameters": "parameters", "dh-": "parameters", "dsa-": "parameters", "pgp": "pgp", "ocsp-": "unknown-content",
}


def code(name):
    return next(code for start, code in OTHERS.items() if name.startswith(start))


def table(folder, head, row):
    names = sorted(path.name for path in folder.iterdir() if path.name != "table.tsv")
    (folder / "table.tsv").write_text("".join(f"{line}\n" for line in [head, *[f"{name}\t{row(name)}" for name in names]]))


if __name__ == "__main__":
    for name, text in TEXTS.items():
        (FOLDER / name).write_bytes(text.encode())
    for name, (text, encoding) in ENCODED.items():
        (FOLDER / name).write_bytes(("\ufeff" + text).encode(encoding))
    table(FOLDER, "# file\twhat it holds, in order", lambda name: " ".join(HOLDS.get(name, [RSA])))
    table(DATA / "others", "# file\tcode", code)
