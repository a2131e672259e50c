// What Go says of certificates, pairs and requests: a list of questions in JSON on standard input, the answers in JSON on
// standard output. The standard library alone; `go run` needs no network for it.
package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"time"
)

type question struct {
	Do  string `json:"do"`
	Der string `json:"der"`
	Key string `json:"key"`
	Now int64  `json:"now"`
}

type answer struct {
	Valid bool   `json:"valid"`
	Error string `json:"error,omitempty"`
}

// selfSigned reads a certificate and verifies its signature by its own key.
func selfSigned(q question) error {
	der, err := hex.DecodeString(q.Der)
	if err != nil {
		return err
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return err
	}
	return certificate.CheckSignature(certificate.SignatureAlgorithm, certificate.RawTBSCertificate, certificate.Signature)
}

// issued verifies a chain of this one certificate, and that the key, as PKCS#8, belongs to it.
func issued(q question) error {
	if err := selfSigned(q); err != nil {
		return err
	}
	der, _ := hex.DecodeString(q.Der)
	certificate, _ := x509.ParseCertificate(der)
	roots := x509.NewCertPool()
	roots.AddCert(certificate)
	options := x509.VerifyOptions{
		Roots:       roots,
		CurrentTime: time.Unix(q.Now, 0),
		KeyUsages:   []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
	}
	if _, err := certificate.Verify(options); err != nil {
		return err
	}
	if certificate.Version != 3 || certificate.IsCA || !certificate.BasicConstraintsValid {
		return errors.New("not a certificate of version 3 that says that it is of no CA")
	}
	if certificate.KeyUsage != x509.KeyUsageDigitalSignature || len(certificate.UnhandledCriticalExtensions) > 0 {
		return errors.New("not for digital signatures alone")
	}
	key, err := hex.DecodeString(q.Key)
	if err != nil {
		return err
	}
	block := func(label string, der []byte) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der})
	}
	_, err = tls.X509KeyPair(block("CERTIFICATE", der), block("PRIVATE KEY", key))
	return err
}

// requested verifies a request, and that it has the subject and the key of a certificate.
func requested(q question) error {
	der, err := hex.DecodeString(q.Key)
	if err != nil {
		return err
	}
	request, err := x509.ParseCertificateRequest(der)
	if err != nil {
		return err
	}
	if err := request.CheckSignature(); err != nil {
		return err
	}
	der, _ = hex.DecodeString(q.Der)
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return err
	}
	same := bytes.Equal(request.RawSubject, certificate.RawSubject) &&
		bytes.Equal(request.RawSubjectPublicKeyInfo, certificate.RawSubjectPublicKeyInfo)
	if !same {
		return errors.New("not the subject and the key of the certificate")
	}
	return nil
}

func main() {
	var questions []question
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	does := map[string]func(question) error{"self-signed": selfSigned, "issued": issued, "requested": requested}
	answers := make([]answer, 0, len(questions))
	for _, q := range questions {
		if err := does[q.Do](q); err != nil {
			answers = append(answers, answer{Error: err.Error()})
		} else {
			answers = append(answers, answer{Valid: true})
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
