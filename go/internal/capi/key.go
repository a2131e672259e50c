package capi

// #include <samlcert.h>
import "C"

// PrivateKeyFromDER calls samlcert_private_key_from_der.
func PrivateKeyFromDER(der []byte) (*PrivateKey, error) {
	return privateKeyOf(func(out **C.samlcert_private_key, e **C.samlcert_error) C.samlcert_status {
		p, n := in(der)
		return C.samlcert_private_key_from_der(p, n, out, e)
	})
}

// PrivateKeyFromPEM calls samlcert_private_key_from_pem.
func PrivateKeyFromPEM(text []byte) (*PrivateKey, error) {
	return privateKeyOf(func(out **C.samlcert_private_key, e **C.samlcert_error) C.samlcert_status {
		p, n := in(text)
		return C.samlcert_private_key_from_pem(p, n, out, e)
	})
}

// GenerateKey calls samlcert_private_key_generate.
func GenerateKey(kind uint32) (*PrivateKey, error) {
	return privateKeyOf(func(out **C.samlcert_private_key, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_private_key_generate(C.uint32_t(kind), out, e)
	})
}

// Algorithm calls samlcert_private_key_algorithm.
func (o *PrivateKey) Algorithm() string {
	p := o.enter()
	defer o.leave(p != nil)
	return text(C.samlcert_private_key_algorithm(p))
}

// Bits calls samlcert_private_key_bits.
func (o *PrivateKey) Bits() uint32 {
	p := o.enter()
	defer o.leave(p != nil)
	return uint32(C.samlcert_private_key_bits(p))
}

// Label calls samlcert_private_key_label.
func (o *PrivateKey) Label() string {
	p := o.enter()
	defer o.leave(p != nil)
	return text(C.samlcert_private_key_label(p))
}

// SPKIDER calls samlcert_private_key_spki_der.
func (o *PrivateKey) SPKIDER() []byte {
	p := o.enter()
	defer o.leave(p != nil)
	return copied(C.samlcert_private_key_spki_der(p))
}

// Fingerprint calls samlcert_private_key_fingerprint.
func (o *PrivateKey) Fingerprint(hash uint32) (Fingerprint, error) {
	p := o.enter()
	defer o.leave(p != nil)
	var out C.samlcert_fingerprint
	var e *C.samlcert_error
	status := C.samlcert_private_key_fingerprint(p, C.uint32_t(hash), &out, &e)
	return fingerprint(out), failure(status, e)
}

// EmbedsPublicHalf calls samlcert_private_key_embeds_public_half.
func (o *PrivateKey) EmbedsPublicHalf() bool {
	p := o.enter()
	defer o.leave(p != nil)
	return bool(C.samlcert_private_key_embeds_public_half(p))
}

// ProvesItself calls samlcert_private_key_proves_itself.
func (o *PrivateKey) ProvesItself() bool {
	p := o.enter()
	defer o.leave(p != nil)
	return bool(C.samlcert_private_key_proves_itself(p))
}

// SecretWrite calls samlcert_private_key_secret_write.
func (o *PrivateKey) SecretWrite(form uint32) ([]byte, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return secretOf(func(out **C.samlcert_secret, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_private_key_secret_write(p, C.uint32_t(form), out, e)
	})
}

// SecretPKCS8DER calls samlcert_private_key_secret_pkcs8_der.
func (o *PrivateKey) SecretPKCS8DER() ([]byte, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return secretOf(func(out **C.samlcert_secret, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_private_key_secret_pkcs8_der(p, out, e)
	})
}

// Encrypt calls samlcert_private_key_encrypt.
func (o *PrivateKey) Encrypt(password []byte) (*EncryptedKey, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return encryptedKeyOf(func(out **C.samlcert_encrypted_key, e **C.samlcert_error) C.samlcert_status {
		word, n := in(password)
		return C.samlcert_private_key_encrypt(p, word, n, out, e)
	})
}

// EncryptedKeyFromDER calls samlcert_encrypted_key_from_der.
func EncryptedKeyFromDER(der []byte) (*EncryptedKey, error) {
	return encryptedKeyOf(func(out **C.samlcert_encrypted_key, e **C.samlcert_error) C.samlcert_status {
		p, n := in(der)
		return C.samlcert_encrypted_key_from_der(p, n, out, e)
	})
}

// Label calls samlcert_encrypted_key_label.
func (o *EncryptedKey) Label() string {
	p := o.enter()
	defer o.leave(p != nil)
	return text(C.samlcert_encrypted_key_label(p))
}

// Write calls samlcert_encrypted_key_write.
func (o *EncryptedKey) Write(form uint32) ([]byte, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return bytesOf(func(out **C.samlcert_bytes, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_encrypted_key_write(p, C.uint32_t(form), out, e)
	})
}

// Decrypt calls samlcert_encrypted_key_decrypt.
func (o *EncryptedKey) Decrypt(password []byte) (*PrivateKey, error) {
	p := o.enter()
	defer o.leave(p != nil)
	return privateKeyOf(func(out **C.samlcert_private_key, e **C.samlcert_error) C.samlcert_status {
		word, n := in(password)
		return C.samlcert_encrypted_key_decrypt(p, word, n, out, e)
	})
}
