package samlcert

import (
	"fmt"
	"math"
	"time"

	"samlcert/internal/capi"
)

// Lifetime is how long a certificate is valid after it is made.
type Lifetime struct {
	unit      uint32
	length    int
	backDated time.Duration
}

// Days is a lifetime in days of 24 hours.
func Days(days int) Lifetime { return Lifetime{unit: capi.LifetimeUnitDays, length: days} }

// Years is a lifetime in calendar years.
func Years(years int) Lifetime { return Lifetime{unit: capi.LifetimeUnitYears, length: years} }

// BackDated lets the certificate begin earlier than it is made, for service providers whose clocks are slow. Its end
// stays where it is.
func (l Lifetime) BackDated(by time.Duration) Lifetime {
	l.backDated = by
	return l
}

func (l Lifetime) c() (capi.Lifetime, error) {
	if l.length < 0 || l.length > math.MaxInt32 {
		return capi.Lifetime{}, refused(CodeOutOfRange, fmt.Sprintf("a certificate cannot be valid for %d days or years", l.length))
	}
	backDatedS, err := seconds(l.backDated)
	return capi.Lifetime{Unit: l.unit, Length: uint32(l.length), BackDatedS: backDatedS}, err
}

// IssueRequest is the request for a new pair.
type IssueRequest struct {
	// CommonName is the name of the identity provider; it is required.
	CommonName string
	// Organization, OrganizationalUnit and Country stand in the subject unless they are empty.
	Organization, OrganizationalUnit, Country string
	// KeyKind is RSA of 2048 bits if it is 0.
	KeyKind KeyKind
	// Lifetime is five years if it is the zero value.
	Lifetime Lifetime
}

// Issue makes a private key and its self-signed certificate, with the system's randomness.
func (r IssueRequest) Issue(now time.Time) (*Pair, error) {
	asked := capi.IssueRequest{
		CommonName:         r.CommonName,
		Organization:       r.Organization,
		OrganizationalUnit: r.OrganizationalUnit,
		Country:            r.Country,
		KeyKind:            uint32(r.KeyKind),
	}
	var err error
	if asked.Lifetime, err = r.Lifetime.c(); err != nil {
		return nil, err
	}
	return pair(capi.Issue(asked, now.Unix()))
}
