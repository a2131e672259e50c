/*
 * The C ABI (feature `capi`): what `include/samlcert.h` declares, for C, C++ and every language that calls C.
 *
 * What holds for every function:
 *
 * - A function that can fail returns a `samlcert_status`: 0, or the number of an `ErrorCode`. It
 *   takes `err` last, which may be NULL; on failure, and only then, `*err` becomes an error that the caller frees.
 * - Outputs are written on success only, and last. One exception: `*needed`, the size that a buffer must have, is
 *   written too where the buffer is too small.
 * - Bytes come in as a pointer and a length, text as UTF-8 in the same way; `{NULL, 0}` is empty. What goes out as
 *   `samlcert_slice` is borrowed from the object that was asked, and no NUL ends it.
 * - No function takes ownership of an argument, a `_free` aside. There is one for each type, and it takes NULL.
 * - A getter that returns a value gives 0, `false`, an empty slice or the `NONE` of its enumeration for NULL and for an
 *   index past the end.
 * - Selectors come in as `uint32_t`; 0 is none, unless the function says what it means.
 * - Every pointer is NULL, or valid for what the function does with it during the call. What is written to is aligned,
 *   and overlaps with nothing else that was handed over.
 * - Times are seconds since 1970 in UTC. Randomness is the system's.
 * - An immutable object may be used by any number of threads at once, one that changes (`samlcert_application`,
 *   `samlcert_entity_ids`, `samlcert_issue_request`) by one at a time. An object must not be freed while it is in use.
 *
 * Made by cbindgen from the sources of the library.
 */
#ifndef SAMLCERT_H
#define SAMLCERT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Marks a status, which no caller may leave unread. */
#if defined(__GNUC__)
#define SAMLCERT_MUST_USE __attribute__((warn_unused_result))
#else
#define SAMLCERT_MUST_USE
#endif

/** An enumeration of 32 bits: in C its type is the number, so that each number may be handed over. */
#ifdef __cplusplus
#define SAMLCERT_ENUM(name) enum name : uint32_t
#else
#define SAMLCERT_ENUM(name) typedef uint32_t name; enum name
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Errors: the numbers never change ---- */

/** The input is empty or has only whitespace. Paste the certificate or key from its BEGIN line to its END line. */
#define SAMLCERT_ERROR_EMPTY 100
/** The input has nothing that looks like a certificate or key. Paste it from its BEGIN line to its END line. */
#define SAMLCERT_ERROR_NOTHING_FOUND 101
/** The input is larger than `limits::MAX_PASTE_BYTES`. Paste only the certificate and the key. */
#define SAMLCERT_ERROR_PASTE_TOO_LARGE 102
/** The input has more blocks than `limits::MAX_BLOCKS`. Paste fewer at once; what comes after the limit is not read. */
#define SAMLCERT_ERROR_TOO_MANY_BLOCKS 103
/** The input is wrapped more often than `limits::MAX_LAYERS`. Unpack it before you paste it. */
#define SAMLCERT_ERROR_TOO_MANY_LAYERS 104
/** A block has a character that is neither base64 nor whitespace. Copy the block again from its source. */
#define SAMLCERT_ERROR_INVALID_CHARACTER 105
/** The end of the content is missing. Copy the whole block again, to its very end. */
#define SAMLCERT_ERROR_TRUNCATED 106
/** A line in the middle of a block is missing. Copy the block again from its source. */
#define SAMLCERT_ERROR_LINE_MISSING 107
/** A line of a block is there twice. Remove one of the two, or copy the block again. */
#define SAMLCERT_ERROR_LINE_DOUBLED 108
/** Two lines of a block are in the wrong order. Copy the block again from its source. */
#define SAMLCERT_ERROR_LINES_SWAPPED 109
/** A line of a block lacks characters. Copy the block again from its source. */
#define SAMLCERT_ERROR_CHARACTER_LOST 110
/** A line of a block has extra characters. Copy the block again from its source. */
#define SAMLCERT_ERROR_CHARACTER_INSERTED 111
/** The content of a block is damaged: a character is wrong, or a part was replaced. Copy the block again from its source. */
#define SAMLCERT_ERROR_DAMAGED 112
/** Something follows the end of the item inside its block. Copy the block again from its source. */
#define SAMLCERT_ERROR_TRAILING_DATA 113
/** Two items are in one block. Put an END line and a BEGIN line between them. */
#define SAMLCERT_ERROR_TWO_IN_ONE_BLOCK 114
/** The base64 is not valid: padding is in the wrong place, or the last character is wrong. Copy the block again from its source. */
#define SAMLCERT_ERROR_INVALID_BASE64 115
/** The item is larger than `limits::MAX_DER_BYTES`. No certificate or key for SAML is that large; check what you pasted. */
#define SAMLCERT_ERROR_ITEM_TOO_LARGE 116
/** The content of a block does not begin as DER does. Copy it again: its beginning was cut off or changed. */
#define SAMLCERT_ERROR_NOT_DER 117
/** The DER is nested deeper than `limits::MAX_DER_DEPTH`. No certificate or key is that deep; check what you pasted. */
#define SAMLCERT_ERROR_DER_TOO_DEEP 118
/** The content is DER, but neither a certificate nor a private key. Paste the certificate or the key itself. */
#define SAMLCERT_ERROR_UNKNOWN_CONTENT 119
/** The input can be read in two ways. Copy it again from its source. */
#define SAMLCERT_ERROR_AMBIGUOUS 120
/** A block has a BEGIN and an END line with nothing, or almost nothing, between them. Copy the block again with its content. */
#define SAMLCERT_ERROR_EMPTY_BLOCK 121
/** A part of the content is left out or masked, as with an ellipsis or a row of X. Copy the block from a source that shows all of it. */
#define SAMLCERT_ERROR_MASKED 122
/** All letters of a block are capitals, or all are small; base64 needs both. Copy the block again from its source. */
#define SAMLCERT_ERROR_CASE_FOLDED 123
/** A block has a letter or digit of another alphabet, which may look like the right one. Copy the block again as plain text. */
#define SAMLCERT_ERROR_HOMOGLYPH 124
/** Characters that look alike, such as O and 0, were confused. Copy the text from its source; do not type it or read it from a picture. */
#define SAMLCERT_ERROR_CONFUSED_CHARACTERS 125
/** A binary file was damaged because it was transferred as text. Transfer it again as binary, or as PEM. */
#define SAMLCERT_ERROR_MANGLED_BINARY 126
/** This is a public key. Paste the certificate, which holds it. */
#define SAMLCERT_ERROR_PUBLIC_KEY 150
/** This is a certificate signing request (CSR, PKCS#10). Paste the certificate that the CA returned for it. */
#define SAMLCERT_ERROR_CERTIFICATE_REQUEST 151
/** This is a certificate revocation list. Paste the certificate; no login needs the list. */
#define SAMLCERT_ERROR_CRL 152
/** This is a PKCS#7 (CMS) container that is encrypted, malformed or not DER. Extract the certificates with `openssl pkcs7 -print_certs`. */
#define SAMLCERT_ERROR_PKCS7 153
/** This is a PKCS#12 container (PFX, `.p12`), which is not read yet. Extract certificate and key with `openssl pkcs12 -nodes`. */
#define SAMLCERT_ERROR_PKCS12 154
/** This is a private key in OpenSSH's own format. Convert a copy with `ssh-keygen -p -m PKCS8 -f COPY`. */
#define SAMLCERT_ERROR_OPENSSH_KEY 155
/** This is a Java keystore (JKS or JCEKS). Convert it to PKCS#12 with `keytool -importkeystore`, then extract certificate and key. */
#define SAMLCERT_ERROR_JKS 156
/** These are parameters of a key (EC, DH or DSA) without the key. Paste the block of the key itself. */
#define SAMLCERT_ERROR_PARAMETERS 157
/** This is a PKCS#7 (CMS) container without a certificate. Export it again with its certificates, or paste the certificate itself. */
#define SAMLCERT_ERROR_PKCS7_EMPTY 158
/** This is an SSH public key. Paste the X.509 certificate; SAML cannot use SSH keys. */
#define SAMLCERT_ERROR_SSH_KEY 159
/** This is an `OpenPGP` key, message or signature. Decrypt the message if the certificate is in it; else paste the X.509 certificate. */
#define SAMLCERT_ERROR_PGP 160
/** This is a JSON Web Token. Paste the certificate itself. */
#define SAMLCERT_ERROR_JWT 161
/** This is a compressed file (gzip or zip). Unpack it and paste the certificate or key in it. */
#define SAMLCERT_ERROR_ARCHIVE 162
/** This is a PDF or Office document. Export the certificate from it as text or as a file, and paste that. */
#define SAMLCERT_ERROR_DOCUMENT 163
/** This is a web page, perhaps an error or login page. Download the file again and look at what you got. */
#define SAMLCERT_ERROR_HTML_PAGE 164
/** This is only an address (URL or URN). Download what is there and paste that. */
#define SAMLCERT_ERROR_URL 165
/** This is only the path or name of a file. Open the file and paste its content. */
#define SAMLCERT_ERROR_PATH 166
/** This is only a fingerprint (thumbprint). Paste the certificate; it cannot be made from a fingerprint. */
#define SAMLCERT_ERROR_FINGERPRINT 167
/** The input has no certificate. Paste it too, from its BEGIN line to its END line. */
#define SAMLCERT_ERROR_NO_CERTIFICATE 180
/** The input has no private key. Paste it too, from its BEGIN line to its END line. */
#define SAMLCERT_ERROR_NO_PRIVATE_KEY 181
/** The input has more items than the one that was wanted. Paste that one alone. */
#define SAMLCERT_ERROR_SEVERAL_ITEMS 182
/** The private key is encrypted. Decrypt it with its password first; the program takes `--password-file`. */
#define SAMLCERT_ERROR_PASSWORD_REQUIRED 183
/** The structure of a private key is malformed. Export the key again from where it was made. */
#define SAMLCERT_ERROR_KEY_MALFORMED 200
/** The key is of a kind that cannot sign SAML here; the message names it. Use an RSA, P-256, P-384, P-521 or Ed25519 key. */
#define SAMLCERT_ERROR_UNSUPPORTED_KEY 201
/** The RSA key has more than two primes. Make a new key. */
#define SAMLCERT_ERROR_MULTI_PRIME_RSA 202
/** The RSA modulus is smaller than `limits::MIN_RSA_BITS` or larger than `limits::MAX_RSA_BITS`. Make a new key. */
#define SAMLCERT_ERROR_RSA_SIZE 203
/** The RSA public exponent is even, 1, or too large. Make a new key. */
#define SAMLCERT_ERROR_RSA_EXPONENT 204
/** Two parts of the key contradict each other; the message names them. Copy the key again, or make a new one. */
#define SAMLCERT_ERROR_KEY_CONTRADICTION 205
/** A public key is malformed. Get the certificate again from where it was made. */
#define SAMLCERT_ERROR_PUBLIC_KEY_MALFORMED 206
/** The password is wrong, or the ciphertext is damaged; nothing can tell the two apart. Check the password, then copy the key again. */
#define SAMLCERT_ERROR_DECRYPT_FAILED 250
/** The structure around the encrypted key is malformed. Copy the key again from its source. */
#define SAMLCERT_ERROR_ENCRYPTED_KEY_MALFORMED 251
/** The key is encrypted with PBES1, which is broken. Encrypt it again with `openssl pkcs8 -topk8 -v2 aes-256-cbc`. */
#define SAMLCERT_ERROR_PBES1 252
/** The key is encrypted with a method that is not supported; the message names it. Encrypt it again with `openssl pkcs8 -topk8`. */
#define SAMLCERT_ERROR_UNSUPPORTED_ENCRYPTION 253
/** Decrypting the key would cost more work or memory than the limits allow. Encrypt it again with default parameters. */
#define SAMLCERT_ERROR_KDF_COST 254
/** A key was to be encrypted with an empty password. Give a password. */
#define SAMLCERT_ERROR_EMPTY_PASSWORD 255
/** The structure of a certificate is malformed. Get the certificate again from where it was made. */
#define SAMLCERT_ERROR_CERTIFICATE_MALFORMED 300
/** The two signature algorithm fields of the certificate differ. Get it again, or have a new one made. */
#define SAMLCERT_ERROR_ALGORITHM_MISMATCH 301
/** The certificate ends before it begins. Have a new one made. */
#define SAMLCERT_ERROR_VALIDITY_INVERTED 302
/** The certificate version is not 1, 2 or 3, or does not fit the content. Get it again, or have a new one made. */
#define SAMLCERT_ERROR_CERTIFICATE_VERSION 303
/** The certificate has the same extension twice. Have a new one made. */
#define SAMLCERT_ERROR_DUPLICATE_EXTENSION 304
/** The certificate claims to be self-signed, but the signature is not from its key. Copy it again: it is damaged. */
#define SAMLCERT_ERROR_SELF_SIGNATURE_INVALID 305
/** The private key does not belong to the certificate. Find the key that was made with it, or make a new pair. */
#define SAMLCERT_ERROR_MISMATCH 400
/** The certificate's key is of a kind that cannot sign SAML here. Use a certificate of an RSA, P-256, P-384, P-521 or Ed25519 key. */
#define SAMLCERT_ERROR_UNSUPPORTED_CERTIFICATE_KEY 401
/** The test signature does not verify under the certificate. Do not use this key; make a new pair. */
#define SAMLCERT_ERROR_TRIAL_SIGNATURE 402
/** The signature scheme does not fit the key. Choose one of the schemes of that kind of key. */
#define SAMLCERT_ERROR_UNSUITABLE_SCHEME 403
/** Signing failed. Do not use this key; make a new pair. */
#define SAMLCERT_ERROR_SIGNING_FAILED 404
/** The source of random bytes failed. Try again; if it lasts, repair the system's random number generator. */
#define SAMLCERT_ERROR_ENTROPY_FAILED 405
/** The text has no fingerprint. Give the fingerprint (thumbprint) itself. */
#define SAMLCERT_ERROR_FINGERPRINT_EMPTY 500
/** The number of digits is not the length of any hash algorithm. Copy the fingerprint again as a whole. */
#define SAMLCERT_ERROR_FINGERPRINT_LENGTH 501
/** A character is not a digit of the notation. Copy the fingerprint again. */
#define SAMLCERT_ERROR_FINGERPRINT_CHARACTER 502
/** The name of the algorithm contradicts the length of the digest. Correct the name, or copy the fingerprint again. */
#define SAMLCERT_ERROR_FINGERPRINT_LABEL 503
/** The text has two fingerprints. Give one of them. */
#define SAMLCERT_ERROR_FINGERPRINT_SEVERAL 504
/** The schedule has no threshold. Give at least one. */
#define SAMLCERT_ERROR_NO_THRESHOLDS 550
/** The schedule has more thresholds than `limits::MAX_THRESHOLDS`. Give fewer. */
#define SAMLCERT_ERROR_TOO_MANY_THRESHOLDS 551
/** A threshold is 0 seconds. Give the time before the end of the certificate. */
#define SAMLCERT_ERROR_THRESHOLD_ZERO 552
/** A threshold is longer than `limits::MAX_THRESHOLD_S`. Give a shorter one. */
#define SAMLCERT_ERROR_THRESHOLD_TOO_LONG 553
/** A threshold is there twice. Remove one of the two. */
#define SAMLCERT_ERROR_THRESHOLD_REPEATED 554
/** The template of a link is not valid; the message says why. Give an `https` or `http` address. */
#define SAMLCERT_ERROR_INVALID_LINK 555
/** The application has no pair yet. Activate it first. */
#define SAMLCERT_ERROR_NOT_ACTIVATED 600
/** The application already has its pair. Upload, renew or regenerate to replace it. */
#define SAMLCERT_ERROR_ALREADY_ACTIVATED 601
/** The next certificate is published. Cut over to it, or discard it first. */
#define SAMLCERT_ERROR_PUBLISHED_NEXT 602
/** The certificate is already the active or the previous one. Bring in another one. */
#define SAMLCERT_ERROR_ALREADY_PRESENT 603
/** The key is revoked and is never accepted again. Make a new pair. */
#define SAMLCERT_ERROR_REVOKED_KEY 604
/** There is no unsaved certificate. Upload, renew or regenerate one first. */
#define SAMLCERT_ERROR_NOTHING_TO_SAVE 605
/** Nothing waits that could be discarded. There is nothing to do. */
#define SAMLCERT_ERROR_NOTHING_TO_DISCARD 606
/** There is no next certificate to publish. Upload, renew or regenerate one first. */
#define SAMLCERT_ERROR_NOTHING_TO_PUBLISH 607
/** The next certificate is not saved. Save it first. */
#define SAMLCERT_ERROR_UNSAVED 608
/** The next certificate is already published. There is nothing to do. */
#define SAMLCERT_ERROR_ALREADY_PUBLISHED 609
/** There is no next certificate to cut over to. Upload, renew or regenerate one first. */
#define SAMLCERT_ERROR_NOTHING_TO_CUT_OVER 610
/** The next certificate is not published. Publish it first, so that service providers learn it. */
#define SAMLCERT_ERROR_NOT_PUBLISHED 611
/** The previous certificate is still published. Retire it first. */
#define SAMLCERT_ERROR_PREVIOUS_STILL_PUBLISHED 612
/** There is no previous certificate to roll back to. Bring the old pair in as the next one, if you have it. */
#define SAMLCERT_ERROR_NOTHING_TO_ROLL_BACK 613
/** A next certificate is in the way. Discard it first. */
#define SAMLCERT_ERROR_NEXT_IN_THE_WAY 614
/** There is no previous certificate to retire. There is nothing to do. */
#define SAMLCERT_ERROR_NOTHING_TO_RETIRE 615
/** The application has no certificate or key with this fingerprint. List its certificates and choose one. */
#define SAMLCERT_ERROR_UNKNOWN_KEY 616
/** Logins would break, or may break, at service providers that were not accepted. Accept each by its entity ID, or confirm what it holds. */
#define SAMLCERT_ERROR_LOGINS_WOULD_BREAK 617
/** Service providers were accepted whose logins keep working. Accept only those whose logins break or may break. */
#define SAMLCERT_ERROR_NOT_AFFECTED 618
/** Logins are accepted to break, and no reason was given. Give the reason. */
#define SAMLCERT_ERROR_REASON_REQUIRED 619
/** The certificate that would sign has expired. Renew or regenerate it. */
#define SAMLCERT_ERROR_CERTIFICATE_EXPIRED 620
/** The certificate that would sign is not valid yet. Wait until it is, or make another one. */
#define SAMLCERT_ERROR_CERTIFICATE_NOT_YET_VALID 621
/** There is already a service provider with this entity ID. Remove it first to change it. */
#define SAMLCERT_ERROR_DUPLICATE_PROVIDER 622
/** There is no service provider with this entity ID. Check the entity ID, or add it. */
#define SAMLCERT_ERROR_UNKNOWN_PROVIDER 623
/** A text is not valid where it was given; the message says why. Correct it. */
#define SAMLCERT_ERROR_INVALID_TEXT 624
/** There is more of something than is allowed; the message names it and the limit. Remove some. */
#define SAMLCERT_ERROR_TOO_MANY 625
/** A replacement was given for a key that does not sign. Revoke without a replacement. */
#define SAMLCERT_ERROR_REPLACEMENT_NOT_NEEDED 626
/** The record has a version that this release does not know. Read it with a later release. */
#define SAMLCERT_ERROR_RECORD_VERSION 650
/** A field of a record is missing, unknown or malformed; the message names it. Restore the record as it was written. */
#define SAMLCERT_ERROR_RECORD_MALFORMED 651
/** An event is missing, or is there twice. Give all events from the first on, in order. */
#define SAMLCERT_ERROR_RECORD_SEQUENCE 652
/** An event does not fit the record. Give the events of this application, in order. */
#define SAMLCERT_ERROR_RECORD_EVENT 653
/** Two fields of a record contradict each other; the message names them. Restore the record as it was written. */
#define SAMLCERT_ERROR_RECORD_CONTRADICTION 654
/** The private key of a certificate of the record is missing. Give every key that was stored beside the record. */
#define SAMLCERT_ERROR_RECORD_KEY_MISSING 655
/** A private key belongs to nothing in the record. Leave it out. */
#define SAMLCERT_ERROR_RECORD_KEY_UNNEEDED 656
/** An attribute of a subject is empty. Give a value, or leave the attribute out. */
#define SAMLCERT_ERROR_ATTRIBUTE_EMPTY 700
/** An attribute of a subject has more than 64 characters. Shorten it. */
#define SAMLCERT_ERROR_ATTRIBUTE_TOO_LONG 701
/** An attribute of a subject has an invisible character. Type it again. */
#define SAMLCERT_ERROR_ATTRIBUTE_CHARACTER 702
/** The country of a subject is not two capital letters. Give the ISO code, such as DE. */
#define SAMLCERT_ERROR_COUNTRY 703
/** The certificate would be valid for no time. Give a lifetime. */
#define SAMLCERT_ERROR_NO_LIFETIME 704
/** The certificate would begin or end outside the years 1950 to 9999. Check the clock and the lifetime. */
#define SAMLCERT_ERROR_ISSUE_DATE 705
/** A certificate that a CA signed cannot be renewed by its own key. Make a CSR and send it to the CA. */
#define SAMLCERT_ERROR_SIGNED_BY_CA 706
/** The certificate names its own serial number in an extension, which a renewed one would contradict. Make a new pair. */
#define SAMLCERT_ERROR_NAMES_SERIAL 707
/** The certificate that was made does not verify under its own key. Do not use this key; make a new pair. */
#define SAMLCERT_ERROR_ISSUED_UNVERIFIED 708
/** A pointer that is required is NULL. Correct the call. */
#define SAMLCERT_ERROR_NULL_ARGUMENT 800
/** A length is larger than any object can be. Correct the call. */
#define SAMLCERT_ERROR_ARGUMENT_LENGTH 801
/** A selector is not a value of its enumeration. Correct the call. */
#define SAMLCERT_ERROR_UNKNOWN_SELECTOR 802
/** An index is past the end, or a number is too large for what it counts. Correct the call. */
#define SAMLCERT_ERROR_OUT_OF_RANGE 803
/** The item is of another kind than was asked for. Ask for its kind first. */
#define SAMLCERT_ERROR_WRONG_KIND 804
/** The buffer is too small. Call again with a buffer of the size that was given back. */
#define SAMLCERT_ERROR_BUFFER_TOO_SMALL 805
/** A text is not UTF-8. Convert it first. */
#define SAMLCERT_ERROR_NOT_UTF8 806
/** The library failed, and the fault is its own. Report it; an application in which a step failed takes no further step. */
#define SAMLCERT_ERROR_INTERNAL 807
/** The command line cannot be understood. See `--help`. */
#define SAMLCERT_ERROR_USAGE 900
/** A file cannot be read or written; the message says why. Check its path, its permissions and the disk. */
#define SAMLCERT_ERROR_FILE 901
/** An item cannot be written in the form that was asked for. Choose another form. */
#define SAMLCERT_ERROR_NO_SUCH_FORM 902
/** The file already exists. Choose another name, or replace it with `--force`. */
#define SAMLCERT_ERROR_FILE_EXISTS 903
/** The store has no such application. `samlcert app list` shows all. */
#define SAMLCERT_ERROR_NO_SUCH_APPLICATION 910
/** The store already has an application with this ID. Choose another ID. */
#define SAMLCERT_ERROR_APPLICATION_EXISTS 911
/** Somebody else changed the application since it was read. Look at its status and try again. */
#define SAMLCERT_ERROR_CHANGED_MEANWHILE 912
/** The file is not a store. Check the path in `--store`. */
#define SAMLCERT_ERROR_NOT_A_STORE 913
/** The store was written by a later release. Use that release or a later one. */
#define SAMLCERT_ERROR_STORE_VERSION 914
/** The store is damaged. Restore a copy. */
#define SAMLCERT_ERROR_STORE_DAMAGED 915
/** Another process uses the store. Try again. */
#define SAMLCERT_ERROR_STORE_BUSY 916
/** The store cannot be opened, read or written; the message says why. Check its path, its permissions and the disk. */
#define SAMLCERT_ERROR_STORE_FAILED 917
/** The private keys in the store are encrypted, and no password was given. Give `--store-password-file`. */
#define SAMLCERT_ERROR_STORE_PASSWORD_REQUIRED 918
/** The password is not that of the private keys in the store. Give the right `--store-password-file`. */
#define SAMLCERT_ERROR_STORE_PASSWORD_WRONG 919

/* ---- Objects: each type has its _free ---- */

/** Bytes or text that the caller owns. Immutable: any number of threads may use it at once. */
typedef struct samlcert_bytes samlcert_bytes;

/**
 * Secret bytes that the caller owns; they are wiped when they are freed. Immutable: any number of threads may use it
 * at once.
 */
typedef struct samlcert_secret samlcert_secret;

/** What went wrong, where, and what to do. Immutable: any number of threads may use it at once. */
typedef struct samlcert_error samlcert_error;

/** A certificate. Immutable: any number of threads may use it at once. */
typedef struct samlcert_certificate samlcert_certificate;

/** An encrypted private key. Immutable: any number of threads may use it at once. */
typedef struct samlcert_encrypted_key samlcert_encrypted_key;

/** A private key. It is wiped when nothing uses it any more. Immutable: any number of threads may use it at once. */
typedef struct samlcert_private_key samlcert_private_key;

/**
 * A certificate with the private key that belongs to it. That they match is proven. Immutable: any number of threads
 * may use it at once.
 */
typedef struct samlcert_pair samlcert_pair;

/** A request for a new pair. One thread at a time. */
typedef struct samlcert_issue_request samlcert_issue_request;

/**
 * What a paste holds: its items and its refusals, each in the order of the text. Immutable: any number of threads may
 * use it at once.
 */
typedef struct samlcert_normalized samlcert_normalized;

/** When to remind that a certificate expires. Immutable: any number of threads may use it at once. */
typedef struct samlcert_schedule samlcert_schedule;

/**
 * A list of entity IDs of service providers: those whose logins a step breaks, or those that are accepted. One thread
 * at a time.
 */
typedef struct samlcert_entity_ids samlcert_entity_ids;

/**
 * The pairs of one application of an identity provider, and what its service providers hold. One thread at a time.
 */
typedef struct samlcert_application samlcert_application;

/**
 * Files with certificates, each in the form that a service provider wants. Immutable: any number of threads may use it
 * at once.
 */
typedef struct samlcert_downloads samlcert_downloads;

/* ---- Selectors ---- */

/** A hash algorithm. */
SAMLCERT_ENUM(samlcert_hash) {
    /** SHA-1, which is broken: only for comparing with old fingerprints. */
    SAMLCERT_HASH_SHA1 = 1,
    /** SHA-256. */
    SAMLCERT_HASH_SHA256 = 2,
    /** SHA-384. */
    SAMLCERT_HASH_SHA384 = 3,
    /** SHA-512. */
    SAMLCERT_HASH_SHA512 = 4,
};

/** What a fingerprint is the digest of. */
SAMLCERT_ENUM(samlcert_fingerprint_target) {
    /** The DER of a whole certificate. */
    SAMLCERT_FINGERPRINT_TARGET_CERTIFICATE = 1,
    /** The DER of a `SubjectPublicKeyInfo` (RFC 5280, section 4.1). */
    SAMLCERT_FINGERPRINT_TARGET_SPKI = 2,
};

/** How a fingerprint is written. */
SAMLCERT_ENUM(samlcert_fingerprint_notation) {
    /** `AB:CD:...`, as most programs show it. */
    SAMLCERT_FINGERPRINT_NOTATION_COLONS = 1,
    /** `abcd...`, as in the JSON forms. */
    SAMLCERT_FINGERPRINT_NOTATION_HEX = 2,
};

/** A form in which an item is written. */
SAMLCERT_ENUM(samlcert_form) {
    /** Strict PEM of RFC 7468: 64 columns, each line ended by LF. */
    SAMLCERT_FORM_PEM = 1,
    /** Strict PEM, each line ended by CRLF. */
    SAMLCERT_FORM_PEM_CRLF = 2,
    /** The base64 of the DER in one line, without BEGIN and END. */
    SAMLCERT_FORM_BASE64 = 3,
    /** Strict PEM in one line, each line break written as the two characters `\n`. */
    SAMLCERT_FORM_ESCAPED = 4,
    /** The base64 of the strict PEM, in one line. */
    SAMLCERT_FORM_BASE64_PEM = 5,
    /** The DER itself. */
    SAMLCERT_FORM_DER = 6,
    /** The text of an `X509Certificate` element: base64 in lines of 64 columns. Only certificates have it. */
    SAMLCERT_FORM_ELEMENT = 7,
};

/** What an item of a paste is. */
SAMLCERT_ENUM(samlcert_item_kind) {
    /** There is no such item. */
    SAMLCERT_ITEM_KIND_NONE = 0,
    /** A certificate. */
    SAMLCERT_ITEM_KIND_CERTIFICATE = 1,
    /** A private key. */
    SAMLCERT_ITEM_KIND_PRIVATE_KEY = 2,
    /** An encrypted private key. */
    SAMLCERT_ITEM_KIND_ENCRYPTED_KEY = 3,
};

/** What is known about a certificate's signature by its own key. */
SAMLCERT_ENUM(samlcert_self_signature) {
    /** Nothing was asked: the certificate is NULL. */
    SAMLCERT_SELF_SIGNATURE_NONE = 0,
    /** Its own key made the signature: nothing has been changed since. */
    SAMLCERT_SELF_SIGNATURE_VALID = 1,
    /** It claims that its own key made the signature, but the signature is wrong: it is damaged. */
    SAMLCERT_SELF_SIGNATURE_INVALID = 2,
    /** It claims that its own key made the signature, but that cannot be checked here. */
    SAMLCERT_SELF_SIGNATURE_NOT_CHECKED = 3,
    /** It makes no such claim, because a CA signed it. Nothing here proves its content. */
    SAMLCERT_SELF_SIGNATURE_NOT_SELF_SIGNED = 4,
};

/** How a message is signed. */
SAMLCERT_ENUM(samlcert_scheme) {
    /** There is none. */
    SAMLCERT_SCHEME_NONE = 0,
    /** RSASSA-PKCS1-v1_5 (RFC 8017, section 8.2) with SHA-256. */
    SAMLCERT_SCHEME_RSA_PKCS1_SHA256 = 1,
    /** RSASSA-PKCS1-v1_5 with SHA-384. */
    SAMLCERT_SCHEME_RSA_PKCS1_SHA384 = 2,
    /** RSASSA-PKCS1-v1_5 with SHA-512. */
    SAMLCERT_SCHEME_RSA_PKCS1_SHA512 = 3,
    /** RSASSA-PSS (RFC 8017, section 8.1) with SHA-256, also for MGF1, and a salt of 32 bytes. */
    SAMLCERT_SCHEME_RSA_PSS_SHA256 = 4,
    /** RSASSA-PSS with SHA-384, also for MGF1, and a salt of 48 bytes. */
    SAMLCERT_SCHEME_RSA_PSS_SHA384 = 5,
    /** RSASSA-PSS with SHA-512, also for MGF1, and a salt of 64 bytes. */
    SAMLCERT_SCHEME_RSA_PSS_SHA512 = 6,
    /** ECDSA with SHA-256; the signature is DER (RFC 3279, section 2.2.3). */
    SAMLCERT_SCHEME_ECDSA_SHA256 = 7,
    /** ECDSA with SHA-384. */
    SAMLCERT_SCHEME_ECDSA_SHA384 = 8,
    /** ECDSA with SHA-512. */
    SAMLCERT_SCHEME_ECDSA_SHA512 = 9,
    /** Ed25519 (RFC 8032). */
    SAMLCERT_SCHEME_ED25519 = 10,
};

/** A kind of key to generate. */
SAMLCERT_ENUM(samlcert_key_kind) {
    /** RSA of 2048 bits: what every service provider reads. */
    SAMLCERT_KEY_KIND_RSA_2048 = 1,
    /** RSA of 3072 bits. */
    SAMLCERT_KEY_KIND_RSA_3072 = 2,
    /** RSA of 4096 bits. */
    SAMLCERT_KEY_KIND_RSA_4096 = 3,
    /** The NIST curve P-256. */
    SAMLCERT_KEY_KIND_EC_P256 = 4,
    /** The NIST curve P-384. */
    SAMLCERT_KEY_KIND_EC_P384 = 5,
    /** Ed25519, which few service providers read. */
    SAMLCERT_KEY_KIND_ED25519 = 6,
};

/** The unit of a lifetime. */
SAMLCERT_ENUM(samlcert_lifetime_unit) {
    /** Days of 24 hours. */
    SAMLCERT_LIFETIME_UNIT_DAYS = 1,
    /** Calendar years. */
    SAMLCERT_LIFETIME_UNIT_YEARS = 2,
};

/** Whether a certificate and a private key are a pair. */
SAMLCERT_ENUM(samlcert_verdict) {
    /** The key belongs to the certificate. */
    SAMLCERT_VERDICT_MATCH = 1,
    /** The key belongs to another certificate. */
    SAMLCERT_VERDICT_ANOTHER_KEY = 2,
    /** The numbers are the same, but the key is restricted to PSS and the certificate is for any padding. */
    SAMLCERT_VERDICT_RESTRICTED_TO_PSS = 3,
};

/** How two certificates are related. */
SAMLCERT_ENUM(samlcert_relation) {
    /** They are the same bytes. */
    SAMLCERT_RELATION_IDENTICAL = 1,
    /** They certify the same key: one renews the other. */
    SAMLCERT_RELATION_SAME_KEY = 2,
    /** They have the same subject and different keys. */
    SAMLCERT_RELATION_SAME_SUBJECT = 3,
    /** They have neither the key nor the subject in common. */
    SAMLCERT_RELATION_UNRELATED = 4,
};

/** Which of two certificates begins later, or, if they begin together, ends later. */
SAMLCERT_ENUM(samlcert_newer) {
    /** The first one. */
    SAMLCERT_NEWER_FIRST = 1,
    /** The second one. */
    SAMLCERT_NEWER_SECOND = 2,
    /** Neither: they have the same validity. */
    SAMLCERT_NEWER_NEITHER = 3,
};

/** What saving a new certificate does. */
SAMLCERT_ENUM(samlcert_policy) {
    /** A saved certificate signs at once. */
    SAMLCERT_POLICY_ON_SAVE = 1,
    /** A saved certificate is published, and signs after the cut-over. */
    SAMLCERT_POLICY_STAGED = 2,
};

/** What a service provider can take. */
SAMLCERT_ENUM(samlcert_capability) {
    /** One certificate: a new one takes the place of the old one. */
    SAMLCERT_CAPABILITY_ONE_CERTIFICATE = 1,
    /** Several certificates side by side. */
    SAMLCERT_CAPABILITY_SEVERAL_CERTIFICATES = 2,
    /** It pulls metadata by itself. */
    SAMLCERT_CAPABILITY_METADATA = 3,
    /** The fingerprint of one certificate. */
    SAMLCERT_CAPABILITY_FINGERPRINT = 4,
};

/** The form in which a service provider wants a certificate. */
SAMLCERT_ENUM(samlcert_paste_format) {
    /** PEM with LF line ends. */
    SAMLCERT_PASTE_FORMAT_PEM = 1,
    /** PEM with CRLF line ends. */
    SAMLCERT_PASTE_FORMAT_PEM_CRLF = 2,
    /** The base64 of the DER in one line. */
    SAMLCERT_PASTE_FORMAT_ONE_LINE = 3,
    /** The DER itself. */
    SAMLCERT_PASTE_FORMAT_DER = 4,
    /** The text of an `X509Certificate` element. */
    SAMLCERT_PASTE_FORMAT_ELEMENT = 5,
    /** The fingerprint. */
    SAMLCERT_PASTE_FORMAT_FINGERPRINT = 6,
};

/** Which certificates a service provider is given. */
SAMLCERT_ENUM(samlcert_profile) {
    /** The one that signs. */
    SAMLCERT_PROFILE_ACTIVE_ONLY = 1,
    /** The one that signs, then the next one. */
    SAMLCERT_PROFILE_ACTIVE_NEXT = 2,
    /** The next one, then the one that signs. */
    SAMLCERT_PROFILE_NEXT_ACTIVE = 3,
};

/** Why a key is revoked. */
SAMLCERT_ENUM(samlcert_revocation_reason) {
    /** Nobody has it any more. */
    SAMLCERT_REVOCATION_REASON_LOST = 1,
    /** Somebody else may have it. */
    SAMLCERT_REVOCATION_REASON_COMPROMISED = 2,
};

/** A step that may break logins. */
SAMLCERT_ENUM(samlcert_step) {
    /** `samlcert_application_save`. */
    SAMLCERT_STEP_SAVE = 1,
    /** `samlcert_application_cut_over`. */
    SAMLCERT_STEP_CUT_OVER = 2,
    /** `samlcert_application_roll_back`. */
    SAMLCERT_STEP_ROLL_BACK = 3,
    /** `samlcert_application_retire`. */
    SAMLCERT_STEP_RETIRE = 4,
};

/** A place that a certificate can have in an application. */
SAMLCERT_ENUM(samlcert_place) {
    /** It signs. */
    SAMLCERT_PLACE_ACTIVE = 1,
    /** It is to sign next. */
    SAMLCERT_PLACE_NEXT = 2,
    /** It signed before, is still published, and can come back. */
    SAMLCERT_PLACE_PREVIOUS = 3,
    /** It waits for its key. */
    SAMLCERT_PLACE_PENDING = 4,
};

/** How far the next certificate has come. */
SAMLCERT_ENUM(samlcert_stage) {
    /** There is none. */
    SAMLCERT_STAGE_NONE = 0,
    /** It is not saved. */
    SAMLCERT_STAGE_DRAFT = 1,
    /** It is saved, but not published yet. */
    SAMLCERT_STAGE_SAVED = 2,
    /** It is published. */
    SAMLCERT_STAGE_PUBLISHED = 3,
};

/** The half of a pair that waits for its other half. */
SAMLCERT_ENUM(samlcert_half) {
    /** None waits. */
    SAMLCERT_HALF_NONE = 0,
    /** A certificate. */
    SAMLCERT_HALF_CERTIFICATE = 1,
    /** A private key. */
    SAMLCERT_HALF_PRIVATE_KEY = 2,
};

/** An indicator beside "Certificate" or "Key" in a console. */
SAMLCERT_ENUM(samlcert_light) {
    /** Nothing was asked: the application is NULL. */
    SAMLCERT_LIGHT_NONE = 0,
    /** Missing. */
    SAMLCERT_LIGHT_GREY = 1,
    /** Present. */
    SAMLCERT_LIGHT_GREEN = 2,
};

/** The state of the active certificate's validity. */
SAMLCERT_ENUM(samlcert_condition) {
    /** Nothing was asked: the application is NULL. */
    SAMLCERT_CONDITION_NONE = 0,
    /** Nothing signs. */
    SAMLCERT_CONDITION_NOTHING_SIGNS = 1,
    /** It is not valid yet. */
    SAMLCERT_CONDITION_NOT_YET_VALID = 2,
    /** It is valid for more than 60 days. */
    SAMLCERT_CONDITION_ACTIVE = 3,
    /** It expires within 60 days. */
    SAMLCERT_CONDITION_EXPIRING = 4,
    /** It has expired, and keeps signing until a step changes that. */
    SAMLCERT_CONDITION_EXPIRED = 5,
};

/* ---- Bytes ---- */

/** Bytes that belong to another object. Text is UTF-8, without a NUL at its end. */
typedef struct {
    /** The first byte; NULL if there are none. */
    const uint8_t *data;
    /** The number of bytes. */
    size_t len;
} samlcert_slice;

/**
 * The bytes.
 *
 * Owner: `bytes`; valid until it is freed.
 */
samlcert_slice samlcert_bytes_slice(const samlcert_bytes *bytes);

/** Frees bytes. NULL is allowed. */
void samlcert_bytes_free(samlcert_bytes *bytes);

/**
 * The secret bytes. Whoever copies them must wipe the copy.
 *
 * Owner: `secret`; valid until it is freed.
 */
samlcert_slice samlcert_secret_slice(const samlcert_secret *secret);

/** Wipes and frees secret bytes. NULL is allowed. */
void samlcert_secret_free(samlcert_secret *secret);

/* ---- Statuses ---- */

/** 0 (`SAMLCERT_OK`), or the number of an error (`SAMLCERT_ERROR_...`), which never changes. */
typedef uint32_t samlcert_status;

/** Nothing went wrong. */
#define SAMLCERT_OK 0

/* ---- Errors ---- */

/** A place in the given input, in bytes: the start is inclusive, the end exclusive. */
typedef struct {
    /** The first byte. */
    size_t start;
    /** The byte after the last one. */
    size_t end;
} samlcert_span;

/** The number of an error; 0 for NULL. */
samlcert_status samlcert_error_code(const samlcert_error *error);

/**
 * What was wrong, where, and what to do: a sentence or a few, in UTF-8. It never has bytes that may be secret.
 *
 * Owner: the error; valid until it is freed.
 */
samlcert_slice samlcert_error_message(const samlcert_error *error);

/**
 * Writes the place in the input where the error is, and returns true. If it has no place, writes nothing and returns
 * false.
 */
bool samlcert_error_span(const samlcert_error *error, samlcert_span *out);

/** Frees an error. NULL is allowed. */
void samlcert_error_free(samlcert_error *error);

/* ---- Versions ---- */

/**
 * The version of the C ABI that the header declares. It changes only when a program that was built before would no
 * longer run; functions, selectors and errors that are added do not change it.
 */
#define SAMLCERT_ABI_VERSION 1

/** The version of the C ABI of the library that runs: compare it with `SAMLCERT_ABI_VERSION` of the header. */
uint32_t samlcert_abi_version(void);

/**
 * The version of the library that is running, such as `0.1.0`.
 *
 * Owner: the library; valid for as long as the program runs.
 */
samlcert_slice samlcert_version(void);

/**
 * The name of a status, which never changes: `mismatch` for 400, `ok` for 0; empty for an unknown number.
 *
 * Owner: the library; valid for as long as the program runs.
 */
samlcert_slice samlcert_status_name(samlcert_status status);

/* ---- Fingerprints ---- */

/**
 * The digest of a certificate or public key, with the hash algorithm and with what was hashed. It is a value: copy it
 * freely.
 *
 * Two are equal if all three are: see `samlcert_fingerprint_equal`.
 */
typedef struct {
    /** A `samlcert_hash`. */
    uint32_t algorithm;
    /** A `samlcert_fingerprint_target`. */
    uint32_t target;
    /** The length of the digest: 20, 32, 48 or 64 bytes. */
    uint32_t digest_len;
    /** The digest, padded with zeros. */
    uint8_t digest[64];
} samlcert_fingerprint;

/**
 * The fingerprint of `der`: a whole certificate or a `SubjectPublicKeyInfo`, as `target` says
 * (`samlcert_fingerprint_target`), by a hash of `samlcert_hash`. `der` is hashed as it is, without a check.
 *
 * Errors: `unknown-selector`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_fingerprint_of(uint32_t hash,
                                        uint32_t target,
                                        const uint8_t *der,
                                        size_t der_len,
                                        samlcert_fingerprint *out,
                                        samlcert_error **err);

/**
 * Reads a fingerprint in any notation that people copy: hexadecimal with or without separators and in either case,
 * base64, with the name of the algorithm or without.
 * It counts as one of a certificate, unless the notation says that it is one of a public key (`sha256/...`,
 * `pin-sha256="..."`). If you know better, set `target`.
 *
 * Errors: `fingerprint-empty`, `fingerprint-length`, `fingerprint-character`, `fingerprint-label`,
 * `fingerprint-several`, each with its place.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_fingerprint_parse(const uint8_t *text,
                                           size_t text_len,
                                           samlcert_fingerprint *out,
                                           samlcert_error **err);

/**
 * Writes a fingerprint in a notation of `samlcert_fingerprint_notation` into a buffer of `cap` bytes. No NUL ends it.
 * 191 bytes are enough for every fingerprint.
 *
 * Errors: `unknown-selector`, also for a fingerprint that contradicts itself; `buffer-too-small`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_fingerprint_format(const samlcert_fingerprint *fingerprint,
                                            uint32_t notation,
                                            uint8_t *out,
                                            size_t cap,
                                            size_t *needed,
                                            samlcert_error **err);

/**
 * Returns true if two fingerprints are equal: the algorithm, what was hashed, and the digest, which is compared in
 * constant time. False for NULL and for one that contradicts itself.
 */
bool samlcert_fingerprint_equal(const samlcert_fingerprint *first, const samlcert_fingerprint *second);

/* ---- Certificates ---- */

/**
 * Reads a certificate from its DER (RFC 5280, section 4.1). Its self-signature is not verified.
 *
 * Owner: the caller, who frees `*out` with `samlcert_certificate_free`.
 * Errors: `item-too-large`, `not-der`, `der-too-deep`, `truncated`, `trailing-data`; `certificate-malformed`,
 * `public-key-malformed`, `algorithm-mismatch`, `validity-inverted`, `certificate-version`, `duplicate-extension`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_certificate_from_der(const uint8_t *der,
                                              size_t der_len,
                                              samlcert_certificate **out,
                                              samlcert_error **err);

/**
 * Reads the only certificate of whatever was pasted or uploaded; see `samlcert_normalize`.
 *
 * Owner: the caller, who frees `*out` with `samlcert_certificate_free`.
 * Errors: `no-certificate`, `several-items`; why the one block was refused, with its place.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_certificate_from_pem(const uint8_t *text,
                                              size_t text_len,
                                              samlcert_certificate **out,
                                              samlcert_error **err);

/** Frees a certificate. NULL is allowed. */
void samlcert_certificate_free(samlcert_certificate *certificate);

/**
 * The DER as given.
 *
 * Owner: the certificate; valid until it is freed.
 */
samlcert_slice samlcert_certificate_der(const samlcert_certificate *certificate);

/**
 * Writes the certificate in a form of `samlcert_form`.
 *
 * Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
 * Errors: `unknown-selector`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_certificate_write(const samlcert_certificate *certificate,
                                           uint32_t form,
                                           samlcert_bytes **out,
                                           samlcert_error **err);

/** The X.509 version: 1, 2 or 3; 0 for NULL. */
uint32_t samlcert_certificate_version(const samlcert_certificate *certificate);

/**
 * The content octets of the serial number, as in the DER.
 *
 * Owner: the certificate; valid until it is freed.
 */
samlcert_slice samlcert_certificate_serial(const samlcert_certificate *certificate);

/**
 * The subject as text of RFC 4514.
 *
 * Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_certificate_subject(const samlcert_certificate *certificate,
                                             samlcert_bytes **out,
                                             samlcert_error **err);

/**
 * The issuer as text of RFC 4514.
 *
 * Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_certificate_issuer(const samlcert_certificate *certificate,
                                            samlcert_bytes **out,
                                            samlcert_error **err);

/** The first moment at which the certificate is valid, in seconds since 1970, UTC; 0 for NULL. */
int64_t samlcert_certificate_not_before(const samlcert_certificate *certificate);

/** The last moment at which the certificate is valid, in seconds since 1970, UTC; 0 for NULL. */
int64_t samlcert_certificate_not_after(const samlcert_certificate *certificate);

/**
 * The DER of the `SubjectPublicKeyInfo`, as in the certificate.
 *
 * Owner: the certificate; valid until it is freed.
 */
samlcert_slice samlcert_certificate_spki_der(const samlcert_certificate *certificate);

/**
 * The kind of the public key, such as `rsa` or `ec-p256`, as in the JSON forms.
 *
 * Owner: the library; valid for as long as the program runs.
 */
samlcert_slice samlcert_certificate_key_algorithm(const samlcert_certificate *certificate);

/** The size of the public key in bits; 0 for NULL, and for a kind that has none. */
uint32_t samlcert_certificate_key_bits(const samlcert_certificate *certificate);

/**
 * The name of the algorithm that the certificate is signed with, or its OID.
 *
 * Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_certificate_signature_algorithm(const samlcert_certificate *certificate,
                                                         samlcert_bytes **out,
                                                         samlcert_error **err);

/** Returns true if issuer and subject are the same (RFC 5280, section 3.2). */
bool samlcert_certificate_is_self_issued(const samlcert_certificate *certificate);

/** What is known about the certificate's signature by its own key. This verifies it: up to a millisecond. */
samlcert_self_signature samlcert_certificate_self_signature(const samlcert_certificate *certificate);

/**
 * The subject key identifier; `data` is NULL if there is none.
 *
 * Owner: the certificate; valid until it is freed.
 */
samlcert_slice samlcert_certificate_subject_key_identifier(const samlcert_certificate *certificate);

/** Returns true if the basic constraints (RFC 5280, section 4.2.1.9) say that the certificate is a CA's. */
bool samlcert_certificate_is_ca(const samlcert_certificate *certificate);

/**
 * What the key may be used for (RFC 5280, section 4.2.1.3): 1 `digitalSignature`, 2 `nonRepudiation`, 4
 * `keyEncipherment`, and so on to 256, `decipherOnly`. `UINT32_MAX`, which allows everything, if the extension is
 * absent or cannot be decoded.
 */
uint32_t samlcert_certificate_key_usage(const samlcert_certificate *certificate);

/**
 * The extensions (RFC 5280, section 4.2), in the order of the certificate:
 * `{"extensions":[{"oid":s,"name":s|null,"critical":bool,"kind":s,...}]}`; each `kind` has fields of its own, which
 * `docs/json.md` lists.
 *
 * Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_certificate_extensions_json(const samlcert_certificate *certificate,
                                                     samlcert_bytes **out,
                                                     samlcert_error **err);

/**
 * The fingerprint of the DER, by a hash of `samlcert_hash`.
 *
 * Errors: `unknown-selector`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_certificate_fingerprint(const samlcert_certificate *certificate,
                                                 uint32_t hash,
                                                 samlcert_fingerprint *out,
                                                 samlcert_error **err);

/**
 * The fingerprint of the `SubjectPublicKeyInfo`, by a hash of `samlcert_hash`.
 *
 * Errors: `unknown-selector`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_certificate_spki_fingerprint(const samlcert_certificate *certificate,
                                                      uint32_t hash,
                                                      samlcert_fingerprint *out,
                                                      samlcert_error **err);

/**
 * Returns true if the fingerprint is that of the certificate, or, if its `target` says so, of its public key. False
 * for a fingerprint that contradicts itself.
 */
bool samlcert_certificate_has_fingerprint(const samlcert_certificate *certificate,
                                          const samlcert_fingerprint *fingerprint);

/** How many notes there are: what is worth knowing about the certificate. */
size_t samlcert_certificate_note_count(const samlcert_certificate *certificate);

/**
 * The name of a note, such as `weak-signature-hash`; empty past the end.
 *
 * Owner: the library; valid for as long as the program runs.
 */
samlcert_slice samlcert_certificate_note(const samlcert_certificate *certificate, size_t index);

/* ---- Comparison ---- */

/** How two certificates are related. */
typedef struct {
    /** How the two are related. */
    samlcert_relation relation;
    /** Which one is newer. */
    samlcert_newer newer;
    /**
     * The index, from 0, of the first character in which the base64 of the two (without line breaks) differs; -1 if
     * they are identical.
     */
    int64_t first_difference;
} samlcert_comparison;

/** Compares two certificates. */
SAMLCERT_MUST_USE
samlcert_status samlcert_compare(const samlcert_certificate *first,
                                 const samlcert_certificate *second,
                                 samlcert_comparison *out,
                                 samlcert_error **err);

/* ---- Encrypted private keys ---- */

/**
 * Reads an `EncryptedPrivateKeyInfo` (RFC 5958, section 3) from its DER. The cost of opening it is checked here.
 *
 * Owner: the caller, who frees `*out` with `samlcert_encrypted_key_free`.
 * Errors: `item-too-large`, `encrypted-key-malformed`, `pbes1`, `unsupported-encryption`, `kdf-cost`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_encrypted_key_from_der(const uint8_t *der,
                                                size_t der_len,
                                                samlcert_encrypted_key **out,
                                                samlcert_error **err);

/** Frees an encrypted private key. NULL is allowed. */
void samlcert_encrypted_key_free(samlcert_encrypted_key *encrypted_key);

/**
 * The label of its PEM form, such as `ENCRYPTED PRIVATE KEY`.
 *
 * Owner: the library; valid for as long as the program runs.
 */
samlcert_slice samlcert_encrypted_key_label(const samlcert_encrypted_key *encrypted_key);

/**
 * Writes the key, still encrypted, in a form of `samlcert_form`.
 *
 * Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
 * Errors: `unknown-selector`; `no-such-form` for `SAMLCERT_FORM_ELEMENT`, and for all forms but PEM of a key with
 * `Proc-Type` headers.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_encrypted_key_write(const samlcert_encrypted_key *encrypted_key,
                                             uint32_t form,
                                             samlcert_bytes **out,
                                             samlcert_error **err);

/**
 * Opens the key with its password. The key derivation may take seconds, and up to 64 MiB of memory.
 *
 * Owner: the caller, who frees `*out` with `samlcert_private_key_free`.
 * Errors: `decrypt-failed` for a wrong password or a damaged ciphertext, which look the same; those of
 * `samlcert_private_key_from_der` for the key inside.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_encrypted_key_decrypt(const samlcert_encrypted_key *encrypted_key,
                                               const uint8_t *password,
                                               size_t password_len,
                                               samlcert_private_key **out,
                                               samlcert_error **err);

/**
 * Encrypts the private key with a password: PBES2 (RFC 8018) with scrypt and AES-256. This takes tens of milliseconds
 * and 16 MiB.
 *
 * Owner: the caller, who frees `*out` with `samlcert_encrypted_key_free`.
 * Errors: `empty-password`, `entropy-failed`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_private_key_encrypt(const samlcert_private_key *private_key,
                                             const uint8_t *password,
                                             size_t password_len,
                                             samlcert_encrypted_key **out,
                                             samlcert_error **err);

/* ---- Private keys ---- */

/**
 * Reads a private key from its DER: PKCS#8 (RFC 5958), PKCS#1 (RFC 8017, appendix A.1.2) or SEC 1 (RFC 5915). Every
 * value in it must agree with the others.
 *
 * Owner: the caller, who frees `*out` with `samlcert_private_key_free`.
 * Errors: `item-too-large`, `key-malformed`, `unsupported-key`, `multi-prime-rsa`, `rsa-size`, `rsa-exponent`,
 * `key-contradiction`, `public-key-malformed`; `password-required` if it is encrypted.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_private_key_from_der(const uint8_t *der,
                                              size_t der_len,
                                              samlcert_private_key **out,
                                              samlcert_error **err);

/**
 * Reads the only private key of whatever was pasted or uploaded; see `samlcert_normalize`.
 *
 * Owner: the caller, who frees `*out` with `samlcert_private_key_free`.
 * Errors: `no-private-key`, `password-required`, `several-items`; why the one block was refused, with its place.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_private_key_from_pem(const uint8_t *text,
                                              size_t text_len,
                                              samlcert_private_key **out,
                                              samlcert_error **err);

/**
 * Generates a private key of a kind of `samlcert_key_kind`. An RSA key takes from 0.1 s to several seconds.
 *
 * Owner: the caller, who frees `*out` with `samlcert_private_key_free`.
 * Errors: `unknown-selector`, `entropy-failed`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_private_key_generate(uint32_t key_kind, samlcert_private_key **out, samlcert_error **err);

/** Frees a private key; if nothing else holds it (a pair, an application), it is wiped. NULL is allowed. */
void samlcert_private_key_free(samlcert_private_key *private_key);

/**
 * The kind of the key, such as `rsa` or `ec-p256`, as in the JSON forms.
 *
 * Owner: the library; valid for as long as the program runs.
 */
samlcert_slice samlcert_private_key_algorithm(const samlcert_private_key *private_key);

/** The size of the key in bits; 0 for NULL. */
uint32_t samlcert_private_key_bits(const samlcert_private_key *private_key);

/**
 * The label of its PEM form, such as `PRIVATE KEY`.
 *
 * Owner: the library; valid for as long as the program runs.
 */
samlcert_slice samlcert_private_key_label(const samlcert_private_key *private_key);

/**
 * The DER of the `SubjectPublicKeyInfo` of the public half.
 *
 * Owner: the private key; valid until it is freed.
 */
samlcert_slice samlcert_private_key_spki_der(const samlcert_private_key *private_key);

/**
 * The fingerprint of the `SubjectPublicKeyInfo` of the public half, by a hash of `samlcert_hash`.
 *
 * Errors: `unknown-selector`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_private_key_fingerprint(const samlcert_private_key *private_key,
                                                 uint32_t hash,
                                                 samlcert_fingerprint *out,
                                                 samlcert_error **err);

/** Returns true if the text or DER of the key also has its public key, so that damage is noticed. */
bool samlcert_private_key_embeds_public_half(const samlcert_private_key *private_key);

/** Returns true if any change to the key would be noticed. */
bool samlcert_private_key_proves_itself(const samlcert_private_key *private_key);

/**
 * Writes the private key, not encrypted, in a form of `samlcert_form`, in the encoding in which it was given.
 *
 * Owner: the caller, who frees `*out` with `samlcert_secret_free`.
 * Errors: `unknown-selector`; `no-such-form` for `SAMLCERT_FORM_ELEMENT`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_private_key_secret_write(const samlcert_private_key *private_key,
                                                  uint32_t form,
                                                  samlcert_secret **out,
                                                  samlcert_error **err);

/**
 * The private key as DER of PKCS#8 (RFC 5958), not encrypted, whatever encoding it was given in.
 *
 * Owner: the caller, who frees `*out` with `samlcert_secret_free`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_private_key_secret_pkcs8_der(const samlcert_private_key *private_key,
                                                      samlcert_secret **out,
                                                      samlcert_error **err);

/* ---- Pairs ---- */

/**
 * Proves that a certificate and a private key belong together, and makes a pair of them. Both stay valid; the pair
 * shares them.
 *
 * Owner: the caller, who frees `*out` with `samlcert_pair_free`.
 * Errors: `mismatch`, `unsupported-certificate-key`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_pair_new(const samlcert_certificate *certificate,
                                  const samlcert_private_key *private_key,
                                  samlcert_pair **out,
                                  samlcert_error **err);

/**
 * Reads a certificate and a private key from their DER, and proves that they belong together.
 *
 * Owner: the caller, who frees `*out` with `samlcert_pair_free`.
 * Errors: those of `samlcert_certificate_from_der`, `samlcert_private_key_from_der` and `samlcert_pair_new`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_pair_from_der(const uint8_t *certificate,
                                       size_t certificate_len,
                                       const uint8_t *private_key,
                                       size_t private_key_len,
                                       samlcert_pair **out,
                                       samlcert_error **err);

/**
 * Reads the pair of one paste: one private key and the certificate for it. Other certificates, such as those of the
 * chain, may be beside it.
 *
 * Owner: the caller, who frees `*out` with `samlcert_pair_free`.
 * Errors: `no-certificate`, `no-private-key`, `password-required`, `several-items`; why the first block was refused,
 * with its place; those of `samlcert_pair_new`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_pair_from_paste(const uint8_t *paste,
                                         size_t paste_len,
                                         samlcert_pair **out,
                                         samlcert_error **err);

/**
 * Reads a certificate from one paste and a private key from another, and proves that they belong together. The place
 * of an error is in the paste that its message names.
 *
 * Owner: the caller, who frees `*out` with `samlcert_pair_free`.
 * Errors: those of `samlcert_certificate_from_pem`, `samlcert_private_key_from_pem` and `samlcert_pair_new`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_pair_from_pastes(const uint8_t *certificate,
                                          size_t certificate_len,
                                          const uint8_t *private_key,
                                          size_t private_key_len,
                                          samlcert_pair **out,
                                          samlcert_error **err);

/** Frees a pair; its private key is wiped if nothing else holds it. NULL is allowed. */
void samlcert_pair_free(samlcert_pair *pair);

/**
 * Says whether a certificate and a private key are a pair, and if not, why. What cannot be proven is an error, never a
 * match.
 *
 * Errors: `unsupported-certificate-key`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_pair_verdict(const samlcert_certificate *certificate,
                                      const samlcert_private_key *private_key,
                                      samlcert_verdict *out,
                                      samlcert_error **err);

/**
 * The certificate of a pair, as an object of its own.
 *
 * Owner: the caller, who frees `*out` with `samlcert_certificate_free`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_pair_certificate(const samlcert_pair *pair, samlcert_certificate **out, samlcert_error **err);

/**
 * The private key of a pair, as an object of its own; the key itself is shared, not copied.
 *
 * Owner: the caller, who frees `*out` with `samlcert_private_key_free`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_pair_private_key(const samlcert_pair *pair, samlcert_private_key **out, samlcert_error **err);

/** The default scheme for the key of the pair; `SAMLCERT_SCHEME_NONE` if its restriction to PSS allows no scheme. */
samlcert_scheme samlcert_pair_usual_scheme(const samlcert_pair *pair);

/**
 * Signs a message with a scheme of `samlcert_scheme`. The signature is verified before it is returned. ECDSA
 * signatures are DER (RFC 3279, section 2.2.3).
 *
 * Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
 * Errors: `unknown-selector`, `unsuitable-scheme`, `signing-failed`, `entropy-failed`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_pair_sign(const samlcert_pair *pair,
                                   uint32_t scheme,
                                   const uint8_t *message,
                                   size_t message_len,
                                   samlcert_bytes **out,
                                   samlcert_error **err);

/**
 * Makes a test signature: signs a fixed message and verifies it. This shows the one thing that the arithmetic of an
 * RSA key cannot: that its primes are primes.
 *
 * Errors: `trial-signature`, `unsuitable-scheme`, `entropy-failed`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_pair_trial_signature(const samlcert_pair *pair, samlcert_error **err);

/**
 * Makes a new certificate for the key of a pair, valid from `now` (less `back_dated_s` seconds) for `lifetime` days or
 * years, as `lifetime_unit` says (`samlcert_lifetime_unit`). The new pair shares the private key.
 *
 * Owner: the caller, who frees `*out` with `samlcert_pair_free`.
 * Errors: `unknown-selector`, `out-of-range`, `no-lifetime`, `issue-date`; `signed-by-ca` if its own key did not sign
 * it (use `samlcert_pair_csr`); `self-signature-invalid`, `names-serial`, `item-too-large`, `unsuitable-scheme`,
 * `signing-failed`, `entropy-failed`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_pair_renew(const samlcert_pair *pair,
                                    uint32_t lifetime_unit,
                                    uint32_t lifetime,
                                    uint32_t back_dated_s,
                                    int64_t now,
                                    samlcert_pair **out,
                                    samlcert_error **err);

/**
 * Makes a certificate signing request (PKCS#10, RFC 2986) for the subject and key of a pair, in a form of
 * `samlcert_form`.
 *
 * Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
 * Errors: `unknown-selector`; `no-such-form` for `SAMLCERT_FORM_ELEMENT`; `unsuitable-scheme`, `signing-failed`,
 * `entropy-failed`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_pair_csr(const samlcert_pair *pair, uint32_t form, samlcert_bytes **out, samlcert_error **err);

/* ---- Making pairs ---- */

/**
 * A request for a new pair with a common name: RSA-2048, valid for five years, nothing else in the subject.
 *
 * Owner: the caller, who frees `*out` with `samlcert_issue_request_free`.
 * Errors: `attribute-empty`; `attribute-too-long` over 64 characters; `attribute-character` for an invisible
 * character; `not-utf8`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_issue_request_new(const uint8_t *common_name,
                                           size_t common_name_len,
                                           samlcert_issue_request **out,
                                           samlcert_error **err);

/** Frees a request. NULL is allowed. */
void samlcert_issue_request_free(samlcert_issue_request *request);

/**
 * Sets the organization of the subject.
 *
 * Errors: `attribute-empty`, `attribute-too-long`, `attribute-character`, `not-utf8`. The request is then unchanged.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_issue_request_set_organization(samlcert_issue_request *request,
                                                        const uint8_t *text,
                                                        size_t text_len,
                                                        samlcert_error **err);

/**
 * Sets the organizational unit of the subject.
 *
 * Errors: `attribute-empty`, `attribute-too-long`, `attribute-character`, `not-utf8`. The request is then unchanged.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_issue_request_set_organizational_unit(samlcert_issue_request *request,
                                                               const uint8_t *text,
                                                               size_t text_len,
                                                               samlcert_error **err);

/**
 * Sets the country of the subject: two letters A-Z (ISO 3166).
 *
 * Errors: `country`, `not-utf8`. The request is then unchanged.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_issue_request_set_country(samlcert_issue_request *request,
                                                   const uint8_t *text,
                                                   size_t text_len,
                                                   samlcert_error **err);

/**
 * Sets the kind of the key: a `samlcert_key_kind`.
 *
 * Errors: `unknown-selector`. The request is then unchanged.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_issue_request_set_key_kind(samlcert_issue_request *request,
                                                    uint32_t key_kind,
                                                    samlcert_error **err);

/**
 * Sets how long the certificate is valid: `lifetime` days or years, as `lifetime_unit` says
 * (`samlcert_lifetime_unit`), from `back_dated_s` seconds before the moment when it is made.
 *
 * Errors: `unknown-selector`, `out-of-range`, `no-lifetime`. The request is then unchanged.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_issue_request_set_lifetime(samlcert_issue_request *request,
                                                    uint32_t lifetime_unit,
                                                    uint32_t lifetime,
                                                    uint32_t back_dated_s,
                                                    samlcert_error **err);

/**
 * Makes the key and its self-signed certificate. An RSA key takes from 0.1 s to several seconds. The request can be
 * used again.
 *
 * Owner: the caller, who frees `*out` with `samlcert_pair_free`.
 * Errors: `issue-date` if the validity leaves the years 1950 to 9999; `entropy-failed`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_issue_request_issue(const samlcert_issue_request *request,
                                             int64_t now,
                                             samlcert_pair **out,
                                             samlcert_error **err);

/* ---- Reading what was pasted ---- */

/**
 * Reads whatever was pasted or uploaded: text with certificates and private keys in any wrapping, or DER. It never
 * fails because of the paste: what is wrong with it is among the refusals. There is at least one item or one refusal.
 *
 * Owner: the caller, who frees `*out` with `samlcert_normalized_free`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_normalize(const uint8_t *paste,
                                   size_t paste_len,
                                   samlcert_normalized **out,
                                   samlcert_error **err);

/** Frees the result. Items that were taken out of it stay valid. NULL is allowed. */
void samlcert_normalized_free(samlcert_normalized *normalized);

/**
 * Items and refusals as JSON: what `samlcert inspect --json` prints. It has no secret bytes.
 *
 * Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_normalized_json(const samlcert_normalized *normalized,
                                         samlcert_bytes **out,
                                         samlcert_error **err);

/** How many items there are. */
size_t samlcert_normalized_item_count(const samlcert_normalized *normalized);

/** The kind of an item; `SAMLCERT_ITEM_KIND_NONE` past the end. */
samlcert_item_kind samlcert_normalized_item_kind(const samlcert_normalized *normalized, size_t index);

/**
 * The place of an item in the paste.
 *
 * Errors: `out-of-range`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_normalized_item_span(const samlcert_normalized *normalized,
                                              size_t index,
                                              samlcert_span *out,
                                              samlcert_error **err);

/**
 * The label of an item in the paste; empty if it had none, and past the end.
 *
 * Owner: what the paste holds; valid until it is freed.
 */
samlcert_slice samlcert_normalized_item_label(const samlcert_normalized *normalized, size_t index);

/** How many repairs of an item there are; 0 past the end. */
size_t samlcert_normalized_item_repair_count(const samlcert_normalized *normalized, size_t index);

/**
 * A repair of an item: its name, such as `mail-quotes`, one sentence about it, and its place in the paste.
 *
 * Owner of both texts: the library; valid for as long as the program runs.
 * Errors: `out-of-range`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_normalized_item_repair(const samlcert_normalized *normalized,
                                                size_t index,
                                                size_t repair,
                                                samlcert_slice *name,
                                                samlcert_slice *message,
                                                samlcert_span *span,
                                                samlcert_error **err);

/** How many notes on an item there are: what is worth knowing about it; 0 past the end. */
size_t samlcert_normalized_item_note_count(const samlcert_normalized *normalized, size_t index);

/**
 * A note on an item: its name, such as `unproven-content`, and one sentence about it.
 *
 * Owner of both texts: the library; valid for as long as the program runs.
 * Errors: `out-of-range`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_normalized_item_note(const samlcert_normalized *normalized,
                                              size_t index,
                                              size_t note,
                                              samlcert_slice *name,
                                              samlcert_slice *message,
                                              samlcert_error **err);

/**
 * The certificate that an item is.
 *
 * Owner: the caller, who frees `*out` with `samlcert_certificate_free`.
 * Errors: `out-of-range`, `wrong-kind`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_normalized_certificate(const samlcert_normalized *normalized,
                                                size_t index,
                                                samlcert_certificate **out,
                                                samlcert_error **err);

/**
 * The private key that an item is; the key itself is shared, not copied.
 *
 * Owner: the caller, who frees `*out` with `samlcert_private_key_free`.
 * Errors: `out-of-range`, `wrong-kind`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_normalized_private_key(const samlcert_normalized *normalized,
                                                size_t index,
                                                samlcert_private_key **out,
                                                samlcert_error **err);

/**
 * The encrypted private key that an item is.
 *
 * Owner: the caller, who frees `*out` with `samlcert_encrypted_key_free`.
 * Errors: `out-of-range`, `wrong-kind`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_normalized_encrypted_key(const samlcert_normalized *normalized,
                                                  size_t index,
                                                  samlcert_encrypted_key **out,
                                                  samlcert_error **err);

/** How many refusals there are. */
size_t samlcert_normalized_refusal_count(const samlcert_normalized *normalized);

/**
 * A refusal: the number of its reason, what is wrong and what to do, and its place in the paste.
 *
 * Owner of the text: what the paste holds; valid until that is freed.
 * Errors: `out-of-range`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_normalized_refusal(const samlcert_normalized *normalized,
                                            size_t index,
                                            samlcert_status *code,
                                            samlcert_slice *message,
                                            samlcert_span *span,
                                            samlcert_error **err);

/* ---- When to remind ---- */

/** A reminder that a certificate expires. */
typedef struct {
    /** When it is due, in seconds since 1970, UTC. */
    int64_t at;
    /** How many seconds that is before the last moment of the certificate. */
    int64_t threshold_s;
} samlcert_reminder;

/**
 * The default schedule: 60 days, 30 days, 7 days and 24 hours before a certificate expires.
 *
 * Owner: the caller, who frees `*out` with `samlcert_schedule_free`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_schedule_usual(samlcert_schedule **out, samlcert_error **err);

/**
 * A schedule of 1 to 32 thresholds, in seconds before the certificate expires, in any order.
 *
 * Owner: the caller, who frees `*out` with `samlcert_schedule_free`.
 * Errors: `no-thresholds`, `too-many-thresholds`, `threshold-zero`, `threshold-too-long`, `threshold-repeated`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_schedule_new(const uint32_t *thresholds_s,
                                      size_t thresholds_len,
                                      samlcert_schedule **out,
                                      samlcert_error **err);

/** Frees a schedule. NULL is allowed. */
void samlcert_schedule_free(samlcert_schedule *schedule);

/**
 * Writes the thresholds, in seconds before the certificate expires, the longest first, into a buffer for `cap` of
 * them. There are at most 32.
 *
 * Errors: `buffer-too-small`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_schedule_thresholds(const samlcert_schedule *schedule,
                                             uint32_t *out,
                                             size_t cap,
                                             size_t *needed,
                                             samlcert_error **err);

/**
 * Writes every reminder for a certificate of this validity, in chronological order, into a buffer for `cap` of them.
 * There are at most 32.
 *
 * Errors: `validity-inverted`, `buffer-too-small`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_schedule_reminders(const samlcert_schedule *schedule,
                                            int64_t not_before,
                                            int64_t not_after,
                                            samlcert_reminder *out,
                                            size_t cap,
                                            size_t *needed,
                                            samlcert_error **err);

/**
 * Writes the reminders that are due later than `after`, up to and including `until`, in chronological order. Pass the
 * `until` of the last run as `after`, and each reminder is due exactly once. If `until` is not later than `after`,
 * nothing is due.
 *
 * Errors: `validity-inverted`, `buffer-too-small`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_schedule_due(const samlcert_schedule *schedule,
                                      int64_t not_before,
                                      int64_t not_after,
                                      int64_t after,
                                      int64_t until,
                                      samlcert_reminder *out,
                                      size_t cap,
                                      size_t *needed,
                                      samlcert_error **err);

/**
 * The first reminder later than `moment`: when to check this certificate again. If there is none, `*found` is false
 * and `*out` is unchanged.
 *
 * Errors: `validity-inverted`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_schedule_next_after(const samlcert_schedule *schedule,
                                             int64_t not_before,
                                             int64_t not_after,
                                             int64_t moment,
                                             samlcert_reminder *out,
                                             bool *found,
                                             samlcert_error **err);

/**
 * The most urgent of the reminders that are due later than `after`, up to and including `until`. After a gap, send
 * only this one. If there is none, `*found` is false and `*out` is unchanged.
 *
 * Errors: `validity-inverted`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_schedule_catch_up(const samlcert_schedule *schedule,
                                           int64_t not_before,
                                           int64_t not_after,
                                           int64_t after,
                                           int64_t until,
                                           samlcert_reminder *out,
                                           bool *found,
                                           samlcert_error **err);

/* ---- Lists of entity IDs ---- */

/**
 * An empty list.
 *
 * Owner: the caller, who frees `*out` with `samlcert_entity_ids_free`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_entity_ids_new(samlcert_entity_ids **out, samlcert_error **err);

/** Frees a list. NULL is allowed. */
void samlcert_entity_ids_free(samlcert_entity_ids *entity_ids);

/**
 * Adds an entity ID.
 *
 * Errors: `invalid-text`, `not-utf8`. The list is then unchanged.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_entity_ids_add(samlcert_entity_ids *entity_ids,
                                        const uint8_t *entity_id,
                                        size_t entity_id_len,
                                        samlcert_error **err);

/** How many there are. */
size_t samlcert_entity_ids_count(const samlcert_entity_ids *entity_ids);

/**
 * One of them, by its index from 0; empty past the end.
 *
 * Owner: the list; valid until something is added, or the list is freed.
 */
samlcert_slice samlcert_entity_ids_get(const samlcert_entity_ids *entity_ids, size_t index);

/* ---- Applications ---- */

/**
 * A new application without a pair. `policy` (`samlcert_policy`) says what saving does; its clock skew is 300 seconds,
 * and other settings are empty. `id` is 1 to 128 visible characters without spaces. It may have a `/`, so do not use
 * it as a file name.
 *
 * Owner: the caller, who frees `*out` with `samlcert_application_free`. `event`, unless it is NULL, becomes what
 * happened as JSON in its stored form; the caller frees it with `samlcert_bytes_free`.
 * Errors: `unknown-selector`; `invalid-text` of the actor and the ID, `not-utf8`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_new(int64_t now,
                                         const uint8_t *actor,
                                         size_t actor_len,
                                         const uint8_t *id,
                                         size_t id_len,
                                         uint32_t policy,
                                         samlcert_application **out,
                                         samlcert_bytes **event,
                                         samlcert_error **err);

/**
 * An application from its record as JSON (`samlcert_application_record_json`) and the private keys that were stored
 * beside it (`samlcert_application_key`), in any order. The keys are shared.
 *
 * Owner: the caller, who frees `*out` with `samlcert_application_free`.
 * Errors: `record-version`, `record-malformed`, `record-contradiction`, `record-key-missing`, `record-key-unneeded`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_from_record(const uint8_t *record,
                                                 size_t record_len,
                                                 const samlcert_private_key *const *keys,
                                                 size_t keys_len,
                                                 samlcert_application **out,
                                                 samlcert_error **err);

/**
 * An application from all of its events as JSON (`samlcert_application_events_json`), the first one first, and its
 * private keys, in any order. The keys are shared.
 *
 * Owner: the caller, who frees `*out` with `samlcert_application_free`.
 * Errors: `record-sequence`, `record-event`; those of `samlcert_application_from_record`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_from_events(const uint8_t *events,
                                                 size_t events_len,
                                                 const samlcert_private_key *const *keys,
                                                 size_t keys_len,
                                                 samlcert_application **out,
                                                 samlcert_error **err);

/** Frees an application; private keys that nothing else holds are wiped. NULL is allowed. */
void samlcert_application_free(samlcert_application *application);

/* ---- Steps of an application ---- */

/**
 * Takes the first pair, which signs from then on.
 *
 * `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
 * `samlcert_bytes_free`.
 * Errors: `already-activated`, `trial-signature`, `unsuitable-scheme`, `entropy-failed`, `invalid-text` of the actor,
 * `not-utf8`. The application is then unchanged.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_activate(samlcert_application *application,
                                              int64_t now,
                                              const uint8_t *actor,
                                              size_t actor_len,
                                              const samlcert_pair *pair,
                                              samlcert_bytes **event,
                                              samlcert_error **err);

/**
 * Takes a certificate. If the application has its key already, the two become the next pair at once. Otherwise the
 * certificate waits for its key, and replaces one that waited before.
 *
 * `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
 * `samlcert_bytes_free`.
 * Errors: `not-activated`, `published-next`, `already-present`, `revoked-key`, `mismatch`,
 * `unsupported-certificate-key`, `trial-signature`, `unsuitable-scheme`, `entropy-failed`, `invalid-text` of the
 * actor, `not-utf8`. The application is then unchanged.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_upload_certificate(samlcert_application *application,
                                                        int64_t now,
                                                        const uint8_t *actor,
                                                        size_t actor_len,
                                                        const samlcert_certificate *certificate,
                                                        samlcert_bytes **event,
                                                        samlcert_error **err);

/**
 * Takes a private key. If its certificate waits, the two become the next pair at once. Otherwise the key waits for its
 * certificate, and replaces one that waited before. The key is shared.
 *
 * `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
 * `samlcert_bytes_free`.
 * Errors: `not-activated`, `published-next`, `already-present`, `revoked-key`, `mismatch`, `trial-signature`,
 * `unsuitable-scheme`, `entropy-failed`, `invalid-text` of the actor, `not-utf8`. The application is then unchanged.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_upload_private_key(samlcert_application *application,
                                                        int64_t now,
                                                        const uint8_t *actor,
                                                        size_t actor_len,
                                                        const samlcert_private_key *private_key,
                                                        samlcert_bytes **event,
                                                        samlcert_error **err);

/**
 * Takes a pair as the next one. It is a draft until it is saved.
 *
 * `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
 * `samlcert_bytes_free`.
 * Errors: `not-activated`, `published-next`, `already-present`, `revoked-key`, `trial-signature`, `unsuitable-scheme`,
 * `entropy-failed`, `invalid-text` of the actor, `not-utf8`. The application is then unchanged.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_stage(samlcert_application *application,
                                           int64_t now,
                                           const uint8_t *actor,
                                           size_t actor_len,
                                           const samlcert_pair *pair,
                                           samlcert_bytes **event,
                                           samlcert_error **err);

/**
 * Saves the draft; under `SAMLCERT_POLICY_ON_SAVE` it signs at once. `accepted` must name exactly those of
 * `samlcert_application_to_accept` (NULL: nobody), and `reason` say why, if it names any.
 *
 * `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
 * `samlcert_bytes_free`.
 * Errors: `nothing-to-save`, `unknown-provider`, `logins-would-break`, `not-affected`, `reason-required`,
 * `certificate-expired`, `certificate-not-yet-valid`, `invalid-text` of the actor, `not-utf8`. The application is then
 * unchanged.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_save(samlcert_application *application,
                                          int64_t now,
                                          const uint8_t *actor,
                                          size_t actor_len,
                                          const samlcert_entity_ids *accepted,
                                          const uint8_t *reason,
                                          size_t reason_len,
                                          samlcert_bytes **event,
                                          samlcert_error **err);

/**
 * Discards the half of a pair that waits, or, if none does, the next pair.
 *
 * `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
 * `samlcert_bytes_free`.
 * Errors: `nothing-to-discard`, `invalid-text` of the actor, `not-utf8`. The application is then unchanged.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_discard(samlcert_application *application,
                                             int64_t now,
                                             const uint8_t *actor,
                                             size_t actor_len,
                                             samlcert_bytes **event,
                                             samlcert_error **err);

/**
 * Publishes the saved next certificate: service providers are shown it from then on.
 *
 * `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
 * `samlcert_bytes_free`.
 * Errors: `nothing-to-publish`, `unsaved`, `already-published`, `invalid-text` of the actor, `not-utf8`. The
 * application is then unchanged.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_publish(samlcert_application *application,
                                             int64_t now,
                                             const uint8_t *actor,
                                             size_t actor_len,
                                             samlcert_bytes **event,
                                             samlcert_error **err);

/**
 * Makes the published next pair sign; the one that signed becomes the previous one. `accepted` must name exactly those
 * of `samlcert_application_to_accept` (NULL: nobody), and `reason` say why, if it names any.
 *
 * `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
 * `samlcert_bytes_free`.
 * Errors: `nothing-to-cut-over`, `unsaved`, `not-published`, `previous-still-published`, `unknown-provider`,
 * `logins-would-break`, `not-affected`, `reason-required`, `certificate-expired`, `certificate-not-yet-valid`,
 * `invalid-text` of the actor, `not-utf8`. The application is then unchanged.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_cut_over(samlcert_application *application,
                                              int64_t now,
                                              const uint8_t *actor,
                                              size_t actor_len,
                                              const samlcert_entity_ids *accepted,
                                              const uint8_t *reason,
                                              size_t reason_len,
                                              samlcert_bytes **event,
                                              samlcert_error **err);

/**
 * Makes the previous pair sign again; the one that signed becomes the next one. `accepted` must name exactly those of
 * `samlcert_application_to_accept` (NULL: nobody), and `reason` say why, if it names any.
 *
 * `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
 * `samlcert_bytes_free`.
 * Errors: `nothing-to-roll-back`, `next-in-the-way`, `unknown-provider`, `logins-would-break`, `not-affected`,
 * `reason-required`, `certificate-expired`, `certificate-not-yet-valid`, `invalid-text` of the actor, `not-utf8`. The
 * application is then unchanged.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_roll_back(samlcert_application *application,
                                               int64_t now,
                                               const uint8_t *actor,
                                               size_t actor_len,
                                               const samlcert_entity_ids *accepted,
                                               const uint8_t *reason,
                                               size_t reason_len,
                                               samlcert_bytes **event,
                                               samlcert_error **err);

/**
 * Ends the previous certificate: it is no longer published, cannot come back, and its key is forgotten. `accepted`
 * must name exactly those of `samlcert_application_to_accept` (NULL: nobody), and `reason` say why, if it names any.
 *
 * `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
 * `samlcert_bytes_free`.
 * Errors: `nothing-to-retire`, `unknown-provider`, `logins-would-break`, `not-affected`, `reason-required`,
 * `invalid-text` of the actor, `not-utf8`. The application is then unchanged.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_retire(samlcert_application *application,
                                            int64_t now,
                                            const uint8_t *actor,
                                            size_t actor_len,
                                            const samlcert_entity_ids *accepted,
                                            const uint8_t *reason,
                                            size_t reason_len,
                                            samlcert_bytes **event,
                                            samlcert_error **err);

/**
 * Revokes a key, named by its fingerprint or by that of a certificate for it. Every certificate for it loses its
 * place, and no step takes the key again. `reason` is a `samlcert_revocation_reason`. A replacement, which may be
 * NULL, signs at once; the event says whose logins that breaks.
 *
 * `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
 * `samlcert_bytes_free`.
 * Errors: `unknown-selector`, `unknown-key`, `revoked-key`, `replacement-not-needed`, `trial-signature`,
 * `unsuitable-scheme`, `entropy-failed`, `certificate-expired`, `certificate-not-yet-valid`, `invalid-text` of the
 * actor, `not-utf8`. The application is then unchanged.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_revoke(samlcert_application *application,
                                            int64_t now,
                                            const uint8_t *actor,
                                            size_t actor_len,
                                            const samlcert_fingerprint *fingerprint,
                                            uint32_t reason,
                                            const samlcert_pair *replacement,
                                            samlcert_bytes **event,
                                            samlcert_error **err);

/**
 * Replaces the settings. They are JSON in the form that they have in the record
 * (`samlcert_application_settings_json`); every field must be there.
 *
 * `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
 * `samlcert_bytes_free`.
 * Errors: `record-malformed`, `too-many`, `invalid-text` of the actor, `not-utf8`. The application is then unchanged.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_set(samlcert_application *application,
                                         int64_t now,
                                         const uint8_t *actor,
                                         size_t actor_len,
                                         const uint8_t *settings,
                                         size_t settings_len,
                                         samlcert_bytes **event,
                                         samlcert_error **err);

/* ---- Service providers of an application ---- */

/**
 * Adds a service provider. `capability` (`samlcert_capability`) says what it can take; nothing else is known of it
 * yet. `parameter` is the pull interval in seconds for `SAMLCERT_CAPABILITY_METADATA`, a `samlcert_hash` for
 * `SAMLCERT_CAPABILITY_FINGERPRINT`, and 0 for others. `name` is for people, and may be empty. For `paste_format`
 * (`samlcert_paste_format`) and `profile` (`samlcert_profile`), 0 is the default of the capability.
 *
 * `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
 * `samlcert_bytes_free`.
 * Errors: `unknown-selector`, `out-of-range`, `duplicate-provider`, `too-many`, `invalid-text` of the actor,
 * `not-utf8`. The application is then unchanged.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_add_provider(samlcert_application *application,
                                                  int64_t now,
                                                  const uint8_t *actor,
                                                  size_t actor_len,
                                                  const uint8_t *entity_id,
                                                  size_t entity_id_len,
                                                  const uint8_t *name,
                                                  size_t name_len,
                                                  uint32_t capability,
                                                  uint32_t parameter,
                                                  uint32_t paste_format,
                                                  uint32_t profile,
                                                  samlcert_bytes **event,
                                                  samlcert_error **err);

/**
 * Records that a service provider was seen to hold a certificate, named by its fingerprint or by that of its key. It
 * need not belong to this application.
 *
 * `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
 * `samlcert_bytes_free`.
 * Errors: `unknown-selector`, `unknown-provider`, `invalid-text` of the actor, `not-utf8`. The application is then
 * unchanged.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_confirm(samlcert_application *application,
                                             int64_t now,
                                             const uint8_t *actor,
                                             size_t actor_len,
                                             const uint8_t *entity_id,
                                             size_t entity_id_len,
                                             const samlcert_fingerprint *certificate,
                                             samlcert_bytes **event,
                                             samlcert_error **err);

/**
 * Records that a service provider was given what `samlcert_application_downloads_for` has for it.
 *
 * `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
 * `samlcert_bytes_free`.
 * Errors: `unknown-provider`, `invalid-text` of the actor, `not-utf8`. The application is then unchanged.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_record_export(samlcert_application *application,
                                                   int64_t now,
                                                   const uint8_t *actor,
                                                   size_t actor_len,
                                                   const uint8_t *entity_id,
                                                   size_t entity_id_len,
                                                   samlcert_bytes **event,
                                                   samlcert_error **err);

/**
 * Removes a service provider.
 *
 * `event`, unless it is NULL, receives the event as JSON in its stored form; the caller frees it with
 * `samlcert_bytes_free`.
 * Errors: `unknown-provider`, `invalid-text` of the actor, `not-utf8`. The application is then unchanged.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_remove_provider(samlcert_application *application,
                                                     int64_t now,
                                                     const uint8_t *actor,
                                                     size_t actor_len,
                                                     const uint8_t *entity_id,
                                                     size_t entity_id_len,
                                                     samlcert_bytes **event,
                                                     samlcert_error **err);

/* ---- State of an application ---- */

/**
 * The ID.
 *
 * Owner: the application; valid until it is freed.
 */
samlcert_slice samlcert_application_id(const samlcert_application *application);

/** How many events the application has, its creation included. */
uint64_t samlcert_application_revision(const samlcert_application *application);

/** How many private keys there are to store beside the record. */
size_t samlcert_application_key_count(const samlcert_application *application);

/**
 * One of the private keys to store beside the record, by its index from 0. The key is shared, not copied. Its SHA-256
 * fingerprint (`samlcert_private_key_fingerprint`) is the `spki_sha256` in the JSON of
 * `samlcert_application_certificates_json`.
 *
 * Owner: the caller, who frees `*out` with `samlcert_private_key_free`.
 * Errors: `out-of-range`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_key(const samlcert_application *application,
                                         size_t index,
                                         samlcert_private_key **out,
                                         samlcert_error **err);

/**
 * The pair that signs: sign with it, and with no other. `*out` becomes NULL if nothing signs.
 *
 * Owner: the caller, who frees `*out` with `samlcert_pair_free`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_signing_pair(const samlcert_application *application,
                                                  samlcert_pair **out,
                                                  samlcert_error **err);

/**
 * The certificate in a place of `samlcert_place`. `*out` becomes NULL if there is none.
 *
 * Owner: the caller, who frees `*out` with `samlcert_certificate_free`.
 * Errors: `unknown-selector`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_certificate(const samlcert_application *application,
                                                 uint32_t place,
                                                 samlcert_certificate **out,
                                                 samlcert_error **err);

/**
 * The pair in a place of `samlcert_place`. `*out` becomes NULL if there is no certificate, or no key for it.
 *
 * Owner: the caller, who frees `*out` with `samlcert_pair_free`.
 * Errors: `unknown-selector`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_pair(const samlcert_application *application,
                                          uint32_t place,
                                          samlcert_pair **out,
                                          samlcert_error **err);

/** How far the next certificate has come; `SAMLCERT_STAGE_NONE` if there is none. */
samlcert_stage samlcert_application_waits(const samlcert_application *application);

/** The half of a pair that waits for its other half; `SAMLCERT_HALF_NONE` if none does. */
samlcert_half samlcert_application_pending(const samlcert_application *application);

/** Whether there is a certificate that signs: the indicator beside "Certificate" in a console. */
samlcert_light samlcert_application_certificate_light(const samlcert_application *application);

/** Whether there is a private key that signs: the indicator beside "Key" in a console. */
samlcert_light samlcert_application_key_light(const samlcert_application *application);

/** Returns true if the application has or had a pair. */
bool samlcert_application_is_activated(const samlcert_application *application);

/** Returns true if something is not saved: a draft, or half of a pair that waits. The old pair still signs. */
bool samlcert_application_is_unsaved(const samlcert_application *application);

/** The state of the active certificate's validity at a moment. */
samlcert_condition samlcert_application_condition(const samlcert_application *application, int64_t now);

/**
 * The service providers whose logins a step of `samlcert_step` breaks, or may break. The step must be told to accept
 * exactly these. Empty if there are none.
 *
 * Owner: the caller, who frees `*out` with `samlcert_entity_ids_free`.
 * Errors: `unknown-selector`; why the step cannot be taken, whatever is accepted.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_to_accept(const samlcert_application *application,
                                               uint32_t step,
                                               int64_t now,
                                               samlcert_entity_ids **out,
                                               samlcert_error **err);

/**
 * When a cut-over to the next certificate breaks no login, and which service providers must be given the certificate
 * before. If there is no next certificate, `*found` is false, and the other outputs are unchanged.
 *
 * Owner: the caller, who frees `*blockers` with `samlcert_entity_ids_free`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_earliest_cut_over(const samlcert_application *application,
                                                       int64_t now,
                                                       int64_t *at,
                                                       samlcert_entity_ids **blockers,
                                                       bool *found,
                                                       samlcert_error **err);

/* ---- Reminders of an application ---- */

/**
 * Writes the reminders of the active certificate that are due later than `after`, up to and including `until`, in
 * chronological order. There are at most 32.
 *
 * Errors: `buffer-too-small`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_reminders(const samlcert_application *application,
                                               const samlcert_schedule *schedule,
                                               int64_t after,
                                               int64_t until,
                                               samlcert_reminder *out,
                                               size_t cap,
                                               size_t *needed,
                                               samlcert_error **err);

/**
 * The most urgent of them. After a gap, send only this one. If there is none, `*found` is false and `*out` is
 * unchanged.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_catch_up(const samlcert_application *application,
                                              const samlcert_schedule *schedule,
                                              int64_t after,
                                              int64_t until,
                                              samlcert_reminder *out,
                                              bool *found,
                                              samlcert_error **err);

/**
 * The first reminder of the active certificate later than `moment`. If there is none, `*found` is false and `*out` is
 * unchanged.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_next_reminder(const samlcert_application *application,
                                                   const samlcert_schedule *schedule,
                                                   int64_t moment,
                                                   samlcert_reminder *out,
                                                   bool *found,
                                                   samlcert_error **err);

/* ---- Files for service providers ---- */

/**
 * The files that a service provider is given now: the certificates of its profile in its form.
 *
 * Owner: the caller, who frees `*out` with `samlcert_downloads_free`.
 * Errors: `unknown-provider`, `invalid-text`, `not-utf8`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_downloads_for(const samlcert_application *application,
                                                   const uint8_t *entity_id,
                                                   size_t entity_id_len,
                                                   samlcert_downloads **out,
                                                   samlcert_error **err);

/**
 * The file with the next certificate, in the form of a service provider, to install at the moment of the cut-over;
 * none if no next certificate is saved.
 *
 * Owner: the caller, who frees `*out` with `samlcert_downloads_free`.
 * Errors: `unknown-provider`, `invalid-text`, `not-utf8`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_next_downloads_for(const samlcert_application *application,
                                                        const uint8_t *entity_id,
                                                        size_t entity_id_len,
                                                        samlcert_downloads **out,
                                                        samlcert_error **err);

/** Frees files. NULL is allowed. */
void samlcert_downloads_free(samlcert_downloads *downloads);

/** How many there are. */
size_t samlcert_downloads_count(const samlcert_downloads *downloads);

/**
 * A file name that is unique to this content; empty past the end.
 *
 * Owner: the files; valid until they are freed.
 */
samlcert_slice samlcert_downloads_suggested_name(const samlcert_downloads *downloads, size_t index);

/**
 * The content of a file; empty past the end.
 *
 * Owner: the files; valid until they are freed.
 */
samlcert_slice samlcert_downloads_bytes(const samlcert_downloads *downloads, size_t index);

/* ---- JSON forms ---- */

/**
 * The record: everything but the private keys. Store it, and beside it the keys of `samlcert_application_key`.
 *
 * Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_record_json(const samlcert_application *application,
                                                 samlcert_bytes **out,
                                                 samlcert_error **err);

/**
 * The settings, in the form that they have in the record. Change them, and pass them to `samlcert_application_set`.
 *
 * Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_settings_json(const samlcert_application *application,
                                                   samlcert_bytes **out,
                                                   samlcert_error **err);

/**
 * The events of the steps that were taken with this object, the first one first: `{"events":[...]}`, each in its stored
 * form.
 *
 * Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_events_json(const samlcert_application *application,
                                                 samlcert_bytes **out,
                                                 samlcert_error **err);

/**
 * The status of the application at a moment: what `samlcert app status --json` prints, except for the keys and the
 * settings.
 *
 * Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_status_json(const samlcert_application *application,
                                                 int64_t now,
                                                 samlcert_bytes **out,
                                                 samlcert_error **err);

/**
 * What to do from a moment on, in order: what `samlcert app plan --json` prints.
 *
 * Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_plan_json(const samlcert_application *application,
                                               int64_t now,
                                               samlcert_bytes **out,
                                               samlcert_error **err);

/**
 * Identifies the certificate of the application that a text (a paste, a fingerprint or its first characters) belongs
 * to: what `samlcert app identify --json` prints.
 *
 * Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_identify_json(const samlcert_application *application,
                                                   const uint8_t *text,
                                                   size_t text_len,
                                                   samlcert_bytes **out,
                                                   samlcert_error **err);

/**
 * The message that the active certificate expires: `{"subject":...,"text":...,"html":...}`. `link` is a template of an
 * address with `{id}` or `{sha256}` in it, for "Regenerate Certificate"; empty if there is none. `*out` becomes NULL
 * if nothing signs.
 *
 * Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
 * Errors: `invalid-link`, `not-utf8`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_notice_json(const samlcert_application *application,
                                                 int64_t now,
                                                 const uint8_t *link,
                                                 size_t link_len,
                                                 samlcert_bytes **out,
                                                 samlcert_error **err);

/**
 * Every certificate of the application, those that begin latest first.
 *
 * Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_certificates_json(const samlcert_application *application,
                                                       samlcert_bytes **out,
                                                       samlcert_error **err);

/**
 * The service providers, as they stand in the record.
 *
 * Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_providers_json(const samlcert_application *application,
                                                    samlcert_bytes **out,
                                                    samlcert_error **err);

/**
 * Whose logins work at a moment.
 *
 * Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_logins_json(const samlcert_application *application,
                                                 int64_t now,
                                                 samlcert_bytes **out,
                                                 samlcert_error **err);

/**
 * Whose logins would work after a step of `samlcert_step`.
 *
 * Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
 * Errors: `unknown-selector`; why the step cannot be taken, whatever is accepted.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_impact_json(const samlcert_application *application,
                                                 uint32_t step,
                                                 int64_t now,
                                                 samlcert_bytes **out,
                                                 samlcert_error **err);

/**
 * What service providers should be given now, without the content: see `samlcert_application_downloads_for`.
 *
 * Owner: the caller, who frees `*out` with `samlcert_bytes_free`.
 */
SAMLCERT_MUST_USE
samlcert_status samlcert_application_exports_json(const samlcert_application *application,
                                                  int64_t now,
                                                  samlcert_bytes **out,
                                                  samlcert_error **err);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* SAMLCERT_H */
