package capi

// #include <samlcert.h>
import "C"

// IssueRequest is what goes into a samlcert_issue_request; what is "" or 0 is left as it is.
type IssueRequest struct {
	CommonName, Organization, OrganizationalUnit, Country string
	KeyKind                                               uint32
	Lifetime                                              Lifetime
}

// Issue makes a samlcert_issue_request, sets what is asked for, and calls samlcert_issue_request_issue.
func Issue(asked IssueRequest, now int64) (*Pair, error) {
	var request *C.samlcert_issue_request
	var e *C.samlcert_error
	name, n := in([]byte(asked.CommonName))
	status := C.samlcert_issue_request_new(name, n, &request, &e)
	if err := failure(status, e); err != nil {
		return nil, err
	}
	defer C.samlcert_issue_request_free(request)
	if err := asked.set(request); err != nil {
		return nil, err
	}
	return pairOf(func(out **C.samlcert_pair, e **C.samlcert_error) C.samlcert_status {
		return C.samlcert_issue_request_issue(request, C.int64_t(now), out, e)
	})
}

func (asked IssueRequest) set(request *C.samlcert_issue_request) error {
	for _, set := range []func(*C.samlcert_issue_request, **C.samlcert_error) C.samlcert_status{
		asked.setOrganization, asked.setOrganizationalUnit, asked.setCountry, asked.setKeyKind, asked.setLifetime,
	} {
		var e *C.samlcert_error
		status := set(request, &e)
		if err := failure(status, e); err != nil {
			return err
		}
	}
	return nil
}

func (asked IssueRequest) setOrganization(request *C.samlcert_issue_request, e **C.samlcert_error) C.samlcert_status {
	if asked.Organization == "" {
		return C.SAMLCERT_OK
	}
	p, n := in([]byte(asked.Organization))
	return C.samlcert_issue_request_set_organization(request, p, n, e)
}

func (asked IssueRequest) setOrganizationalUnit(request *C.samlcert_issue_request, e **C.samlcert_error) C.samlcert_status {
	if asked.OrganizationalUnit == "" {
		return C.SAMLCERT_OK
	}
	p, n := in([]byte(asked.OrganizationalUnit))
	return C.samlcert_issue_request_set_organizational_unit(request, p, n, e)
}

func (asked IssueRequest) setCountry(request *C.samlcert_issue_request, e **C.samlcert_error) C.samlcert_status {
	if asked.Country == "" {
		return C.SAMLCERT_OK
	}
	p, n := in([]byte(asked.Country))
	return C.samlcert_issue_request_set_country(request, p, n, e)
}

func (asked IssueRequest) setKeyKind(request *C.samlcert_issue_request, e **C.samlcert_error) C.samlcert_status {
	if asked.KeyKind == 0 {
		return C.SAMLCERT_OK
	}
	return C.samlcert_issue_request_set_key_kind(request, C.uint32_t(asked.KeyKind), e)
}

func (asked IssueRequest) setLifetime(request *C.samlcert_issue_request, e **C.samlcert_error) C.samlcert_status {
	if asked.Lifetime == (Lifetime{}) {
		return C.SAMLCERT_OK
	}
	unit, length, backDated := asked.Lifetime.Unit, asked.Lifetime.Length, asked.Lifetime.BackDatedS
	return C.samlcert_issue_request_set_lifetime(request, C.uint32_t(unit), C.uint32_t(length), C.uint32_t(backDated), e)
}
