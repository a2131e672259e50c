//! Object identifiers: constants for those that this crate knows, and the dotted text of any.

use core::fmt::Write as _;

use const_oid::ObjectIdentifier;

/// Makes constants of content octets, so that a `match` can compare them with what the reader gives.
///
/// An `_ARC` is a prefix: the identifiers right below it have one octet more, their last number, if that is under 128.
macro_rules! oids {
    ($($(#[$attribute:meta])* $name:ident = $dotted:literal;)*) => {$(
        $(#[$attribute])*
        pub(crate) const $name: &[u8] = {
            const OID: ObjectIdentifier = ObjectIdentifier::new_unwrap($dotted);
            OID.as_bytes()
        };
    )*};
}

// Keys.
oids! {
    RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
    RSASSA_PSS = "1.2.840.113549.1.1.10";
    EC_PUBLIC_KEY = "1.2.840.10045.2.1";
    X25519 = "1.3.101.110";
    X448 = "1.3.101.111";
    ED25519 = "1.3.101.112";
    ED448 = "1.3.101.113";
    DSA = "1.2.840.10040.4.1";
    DH_PKCS3 = "1.2.840.113549.1.3.1";
    DH_X942 = "1.2.840.10046.2.1";
    ML_DSA_44 = "2.16.840.1.101.3.4.3.17";
    ML_DSA_65 = "2.16.840.1.101.3.4.3.18";
    ML_DSA_87 = "2.16.840.1.101.3.4.3.19";
}

// Curves.
oids! {
    P256 = "1.2.840.10045.3.1.7";
    P384 = "1.3.132.0.34";
    P521 = "1.3.132.0.35";
    SECP256K1 = "1.3.132.0.10";
    BRAINPOOL_P256R1 = "1.3.36.3.3.2.8.1.1.7";
    BRAINPOOL_P384R1 = "1.3.36.3.3.2.8.1.1.11";
    BRAINPOOL_P512R1 = "1.3.36.3.3.2.8.1.1.13";
}

// Hashes.
oids! {
    MD2 = "1.2.840.113549.2.2";
    MD4 = "1.2.840.113549.2.4";
    MD5 = "1.2.840.113549.2.5";
    SHA1 = "1.3.14.3.2.26";
    SHA256 = "2.16.840.1.101.3.4.2.1";
    SHA224 = "2.16.840.1.101.3.4.2.4";
    SHA384 = "2.16.840.1.101.3.4.2.2";
    SHA512 = "2.16.840.1.101.3.4.2.3";
    MGF1 = "1.2.840.113549.1.1.8";
}

// Signatures.
oids! {
    MD2_RSA = "1.2.840.113549.1.1.2";
    MD4_RSA = "1.2.840.113549.1.1.3";
    MD5_RSA = "1.2.840.113549.1.1.4";
    SHA1_RSA = "1.2.840.113549.1.1.5";
    SHA1_RSA_OIW = "1.3.14.3.2.29";
    MD5_RSA_OIW = "1.3.14.3.2.3";
    SHA256_RSA = "1.2.840.113549.1.1.11";
    SHA384_RSA = "1.2.840.113549.1.1.12";
    SHA512_RSA = "1.2.840.113549.1.1.13";
    SHA224_RSA = "1.2.840.113549.1.1.14";
    SHA1_ECDSA = "1.2.840.10045.4.1";
    SHA224_ECDSA = "1.2.840.10045.4.3.1";
    SHA256_ECDSA = "1.2.840.10045.4.3.2";
    SHA384_ECDSA = "1.2.840.10045.4.3.3";
    SHA512_ECDSA = "1.2.840.10045.4.3.4";
    SHA1_DSA = "1.2.840.10040.4.3";
    SHA1_DSA_OIW = "1.3.14.3.2.27";
    SHA224_DSA = "2.16.840.1.101.3.4.3.1";
    SHA256_DSA = "2.16.840.1.101.3.4.3.2";
    SHA384_DSA = "2.16.840.1.101.3.4.3.3";
    SHA512_DSA = "2.16.840.1.101.3.4.3.4";
    NIST_SIGNATURE_ARC = "2.16.840.1.101.3.4.3";
}

// Encryption.
oids! {
    PBES2 = "1.2.840.113549.1.5.13";
    PBKDF2 = "1.2.840.113549.1.5.12";
    SCRYPT = "1.3.6.1.4.1.11591.4.11";
    PBES1_ARC = "1.2.840.113549.1.5";
    PKCS12_PBE_ARC = "1.2.840.113549.1.12.1";
    HMAC_ARC = "1.2.840.113549.2";
    AES_128_CBC = "2.16.840.1.101.3.4.1.2";
    AES_192_CBC = "2.16.840.1.101.3.4.1.22";
    AES_256_CBC = "2.16.840.1.101.3.4.1.42";
    AES_128_GCM = "2.16.840.1.101.3.4.1.6";
    AES_192_GCM = "2.16.840.1.101.3.4.1.26";
    AES_256_GCM = "2.16.840.1.101.3.4.1.46";
    DES_EDE3_CBC = "1.2.840.113549.3.7";
    DES_CBC = "1.3.14.3.2.7";
    RC2_CBC = "1.2.840.113549.3.2";
}

// Attributes of names (RFC 4514, section 3).
oids! {
    COMMON_NAME = "2.5.4.3";
    COUNTRY = "2.5.4.6";
    LOCALITY = "2.5.4.7";
    STATE = "2.5.4.8";
    STREET = "2.5.4.9";
    ORGANIZATION = "2.5.4.10";
    ORGANIZATIONAL_UNIT = "2.5.4.11";
    USER_ID = "0.9.2342.19200300.100.1.1";
    DOMAIN_COMPONENT = "0.9.2342.19200300.100.1.25";
}

// Extensions of certificates (RFC 5280, section 4.2; RFC 6962; RFC 7633; Netscape's and Microsoft's).
oids! {
    SUBJECT_DIRECTORY_ATTRIBUTES = "2.5.29.9";
    SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    KEY_USAGE = "2.5.29.15";
    PRIVATE_KEY_USAGE_PERIOD = "2.5.29.16";
    SUBJECT_ALT_NAME = "2.5.29.17";
    ISSUER_ALT_NAME = "2.5.29.18";
    BASIC_CONSTRAINTS = "2.5.29.19";
    NAME_CONSTRAINTS = "2.5.29.30";
    CRL_DISTRIBUTION_POINTS = "2.5.29.31";
    CERTIFICATE_POLICIES = "2.5.29.32";
    POLICY_MAPPINGS = "2.5.29.33";
    AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    POLICY_CONSTRAINTS = "2.5.29.36";
    EXTENDED_KEY_USAGE = "2.5.29.37";
    FRESHEST_CRL = "2.5.29.46";
    INHIBIT_ANY_POLICY = "2.5.29.54";
    AUTHORITY_INFO_ACCESS = "1.3.6.1.5.5.7.1.1";
    SUBJECT_INFO_ACCESS = "1.3.6.1.5.5.7.1.11";
    TLS_FEATURE = "1.3.6.1.5.5.7.1.24";
    SIGNED_CERTIFICATE_TIMESTAMPS = "1.3.6.1.4.1.11129.2.4.2";
    NETSCAPE_CERT_TYPE = "2.16.840.1.113730.1.1";
    NETSCAPE_COMMENT = "2.16.840.1.113730.1.13";
    CERTIFICATE_TEMPLATE_NAME = "1.3.6.1.4.1.311.20.2";
    CERTIFICATE_TEMPLATE = "1.3.6.1.4.1.311.21.7";
}

// Purposes of an extended key usage (RFC 5280, section 4.2.1.12; Microsoft's).
oids! {
    ANY_EXTENDED_KEY_USAGE = "2.5.29.37.0";
    SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";
    TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
    OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
    DOCUMENT_SIGNING = "1.3.6.1.4.1.311.10.3.12";
    SMARTCARD_LOGON = "1.3.6.1.4.1.311.20.2.2";
}

/// The extensions that RFC 5280, section 4.2 requires every application to recognize.
pub(crate) const KNOWN_EXTENSIONS: [&[u8]; 11] = [
    SUBJECT_KEY_IDENTIFIER,
    KEY_USAGE,
    SUBJECT_ALT_NAME,
    BASIC_CONSTRAINTS,
    NAME_CONSTRAINTS,
    CERTIFICATE_POLICIES,
    POLICY_MAPPINGS,
    AUTHORITY_KEY_IDENTIFIER,
    POLICY_CONSTRAINTS,
    EXTENDED_KEY_USAGE,
    INHIBIT_ANY_POLICY,
];

// Containers (RFC 2315, section 14; RFC 5652, section 5.1).
oids! {
    SIGNED_DATA = "1.2.840.113549.1.7.2";
}

// The arcs below which the identifiers of certificates are.
oids! {
    /// ANSI X9 and RSA.
    ANSI_ARC = "1.2.840";
    IETF_ARC = "1.3.6.1";
    OIW_ARC = "1.3.14.3";
    TELETRUST_ARC = "1.3.36";
    /// Edwards and Montgomery curves.
    THAWTE_ARC = "1.3.101";
    SECG_ARC = "1.3.132";
    NIST_ARC = "2.16.840";
    /// User identifiers and domain components.
    PILOT_ARC = "0.9.2342";
}

/// X.500, 2.5, written out because `const-oid` has no identifiers of fewer than three numbers.
pub(crate) const X500_ARC: &[u8] = &[0x55];

/// The arcs of an OID's content octets, with the first two in one; `None` for an arc of more than 128 bits.
pub(crate) fn arcs(content: &[u8]) -> impl Iterator<Item = Option<u128>> {
    content.split_inclusive(|octet| octet & 0x80 == 0).map(|arc| {
        arc.iter().try_fold(0u128, |value, octet| {
            (value.leading_zeros() >= 7).then_some((value << 7) | u128::from(octet & 0x7f))
        })
    })
}

/// Appends the dotted form; an arc of more than 128 bits is shown as `?`.
pub(crate) fn write(content: &[u8], text: &mut String) {
    for (index, arc) in arcs(content).enumerate() {
        let (root, arc) = match arc {
            Some(first @ 0..40) if index == 0 => ("0", Some(first)),
            Some(first @ 40..80) if index == 0 => ("1", first.checked_sub(40)),
            Some(first) if index == 0 => ("2", first.checked_sub(80)),
            None if index == 0 => ("2", None),
            arc => ("", arc),
        };
        text.push_str(root);
        // Writing to a `String` cannot fail.
        let _ = match arc {
            Some(arc) => write!(text, ".{arc}"),
            None => write!(text, ".?"),
        };
    }
}

/// The longest dotted OID in a message, in characters.
const MAX_DOTTED: usize = 128;

/// The dotted form of an OID's content octets.
pub(crate) fn to_text(content: &[u8]) -> String {
    let mut text = String::new();
    write(content, &mut text);
    text
}

/// The dotted form, cut to 128 characters.
pub(crate) fn dotted(content: &[u8]) -> String {
    let mut text = to_text(content);
    text.truncate(MAX_DOTTED);
    text
}
