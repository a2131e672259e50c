// What Go reads in each certificate and key of a stream; see mod.rs in tests/differential.
package main

import (
	"bufio"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/big"
	"os"
	"strings"
)

// twosComplement is the content of the DER INTEGER.
func twosComplement(number *big.Int) []byte {
	if number.Sign() >= 0 {
		return append(make([]byte, 1-(number.BitLen()%8+7)/8), number.Bytes()...)
	}
	positive := new(big.Int).Not(number)
	size := positive.BitLen()/8 + 1
	octets := positive.FillBytes(make([]byte, size))
	for at := range octets {
		octets[at] = ^octets[at]
	}
	return octets
}

// name has the attributes one after the other: Go forgets which of them stood in one set.
func name(found pkix.Name) string {
	var attributes []string
	for _, one := range found.Names {
		switch value := one.Value.(type) {
		case string:
			attributes = append(attributes, fmt.Sprintf("%v=%x", one.Type, value))
		case asn1.BitString:
			unused := len(value.Bytes)*8 - value.BitLength
			attributes = append(attributes, fmt.Sprintf("%v=!%02x%x", one.Type, unused, value.Bytes))
		case asn1.RawValue:
			attributes = append(attributes, fmt.Sprintf("%v=!%x", one.Type, value.Bytes))
		default:
			attributes = append(attributes, fmt.Sprintf("%v=!%T", one.Type, value))
		}
	}
	return strings.Join(attributes, ",")
}

func kind(public any) string {
	switch key := public.(type) {
	case *rsa.PublicKey:
		return fmt.Sprintf("rsa %d", key.N.BitLen())
	case ed25519.PublicKey:
		return "ed25519 256"
	case *ecdsa.PublicKey:
		bits := key.Params().BitSize
		if bits != 224 {
			return fmt.Sprintf("ec-p%d %d", bits, bits)
		}
	}
	return "other"
}

func certificate(der []byte) ([]string, error) {
	found, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	fields := []string{
		fmt.Sprintf("version=%d", found.Version),
		fmt.Sprintf("serial=%x", twosComplement(found.SerialNumber)),
		"issuer=" + name(found.Issuer),
		fmt.Sprintf("not-before=%d", found.NotBefore.Unix()),
		fmt.Sprintf("not-after=%d", found.NotAfter.Unix()),
		"subject=" + name(found.Subject),
		fmt.Sprintf("spki=%x", found.RawSubjectPublicKeyInfo),
	}
	if found.SubjectKeyId != nil {
		fields = append(fields, fmt.Sprintf("ski=%x", found.SubjectKeyId))
	}
	if found.PublicKey == nil {
		return append(fields, "no-key=unknown"), nil
	}
	return append(fields, "key="+kind(found.PublicKey)), nil
}

// private reads a key in each of its forms, as crypto/tls does.
func private(der []byte) (any, error) {
	key, err := x509.ParsePKCS8PrivateKey(der)
	if err == nil {
		return key, nil
	}
	if key, err := x509.ParsePKCS1PrivateKey(der); err == nil {
		return key, nil
	}
	if key, err := x509.ParseECPrivateKey(der); err == nil {
		return key, nil
	}
	return nil, err
}

func key(der []byte) ([]string, error) {
	found, err := private(der)
	if err != nil {
		return nil, err
	}
	signer, ok := found.(crypto.Signer)
	if !ok {
		return nil, errors.New("not a key that signs")
	}
	spki, err := x509.MarshalPKIXPublicKey(signer.Public())
	if err != nil {
		return nil, err
	}
	return []string{"key=" + kind(signer.Public()), fmt.Sprintf("spki=%x", spki)}, nil
}

func main() {
	in, out := bufio.NewReader(os.Stdin), bufio.NewWriter(os.Stdout)
	defer out.Flush()
	var header [5]byte
	for {
		if _, err := io.ReadFull(in, header[:]); err == io.EOF {
			return
		} else if err != nil {
			panic(err)
		}
		der := make([]byte, binary.BigEndian.Uint32(header[1:]))
		if _, err := io.ReadFull(in, der); err != nil {
			panic(err)
		}
		read := certificate
		if header[0] != 'c' {
			read = key
		}
		if fields, err := read(der); err != nil {
			fmt.Fprintf(out, "refused=%s\n", strings.ReplaceAll(err.Error(), "\n", " "))
		} else {
			fmt.Fprintln(out, strings.Join(fields, "\t"))
		}
	}
}
