// Rotate replaces the pair with which an application signs, one step in each run:
//
//	rotate begin FILE CERTIFICATE KEY PROVIDER…   begins with the pair that signs now
//	rotate regenerate FILE                        makes its successor, which changes nothing yet
//	rotate step FILE [REASON]                     takes the next step of the plan
//	rotate confirm FILE ENTITY_ID FINGERPRINT     notes which certificate somebody saw a provider hold
//
// A PROVIDER is an entity ID, of one that takes one certificate, or metadata:ENTITY_ID, of one that pulls metadata every
// day. The record and the private keys are kept in FILE, readable by its owner alone. What a provider is to be given is
// written beside it. With -now the moment is another than that of the clock.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"samlcert"
)

func main() {
	clock := flag.String("now", time.Now().UTC().Format(time.RFC3339), "the moment, as RFC 3339 has it")
	flag.Parse()
	if err := run(*clock, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "rotate:", err)
		os.Exit(exitStatus(err))
	}
}

// exitStatus is 1 where logins would break, which somebody may accept, else 2.
func exitStatus(err error) int {
	if errors.Is(err, samlcert.CodeLoginsWouldBreak) {
		return 1
	}
	return 2
}

var errUsage = errors.New("usage: rotate [-now T] begin FILE CERTIFICATE KEY PROVIDER… | regenerate FILE | " +
	"step FILE [REASON] | confirm FILE ENTITY_ID FINGERPRINT")

func run(clock string, arguments []string) error {
	now, err := time.Parse(time.RFC3339, clock)
	if err != nil {
		return err
	}
	at := samlcert.At{Now: now, Actor: "rotate"}
	switch n := len(arguments); {
	case n >= 4 && arguments[0] == "begin":
		return begin(at, arguments[1], arguments[2], arguments[3], arguments[4:])
	case n == 2 && arguments[0] == "regenerate":
		return change(arguments[1], func(portal *samlcert.Application) error { return regenerate(portal, at) })
	case n >= 2 && n <= 3 && arguments[0] == "step":
		reason := strings.Join(arguments[2:], "")
		return change(arguments[1], func(portal *samlcert.Application) error {
			return step(portal, at, filepath.Dir(arguments[1]), reason)
		})
	case n == 4 && arguments[0] == "confirm":
		return change(arguments[1], func(portal *samlcert.Application) error {
			return confirm(portal, at, arguments[2], arguments[3])
		})
	default:
		return errUsage
	}
}

func begin(at samlcert.At, file, certificateFile, keyFile string, providers []string) error {
	if _, err := os.Lstat(file); err == nil {
		return fmt.Errorf("%s: %w", file, os.ErrExist)
	}
	pair, err := readPair(certificateFile, keyFile)
	if err != nil {
		return err
	}
	defer pair.Close()
	portal, _, err := samlcert.NewApplication(at, "portal", samlcert.PolicyStaged)
	if err != nil {
		return err
	}
	defer portal.Close()
	if _, err := portal.Activate(at, pair); err != nil {
		return err
	}
	for _, provider := range providers {
		if err := addProvider(portal, at, provider); err != nil {
			return err
		}
	}
	if err := store(portal, file); err != nil {
		return err
	}
	return tell(portal, "begun")
}

func readPair(certificateFile, keyFile string) (*samlcert.Pair, error) {
	certificate, err := os.ReadFile(certificateFile)
	if err != nil {
		return nil, err
	}
	key, err := os.ReadFile(keyFile)
	if err != nil {
		return nil, err
	}
	defer samlcert.Secret(key).Wipe()
	return samlcert.PairFromPastes(certificate, key)
}

func addProvider(portal *samlcert.Application, at samlcert.At, provider string) error {
	added := samlcert.ServiceProvider{EntityID: provider, Capability: samlcert.CapabilityOneCertificate}
	if entityID := strings.TrimPrefix(provider, "metadata:"); entityID != provider {
		added.EntityID, added.Capability, added.PullInterval = entityID, samlcert.CapabilityMetadata, 24*time.Hour
	}
	_, err := portal.AddProvider(at, added)
	return err
}

// regenerate makes a new pair, of which nothing but this file knows before it is published.
func regenerate(portal *samlcert.Application, at samlcert.At) error {
	made, err := samlcert.IssueRequest{CommonName: "portal.example.org", KeyKind: samlcert.KeyECP256}.Issue(at.Now)
	if err != nil {
		return err
	}
	defer made.Close()
	if _, err := portal.Stage(at, made); err != nil {
		return err
	}
	return tell(portal, "a new pair was made, and waits")
}

func confirm(portal *samlcert.Application, at samlcert.At, entityID, text string) error {
	fingerprint, err := samlcert.ParseFingerprint(text)
	if err != nil {
		return err
	}
	if _, err := portal.Confirm(at, entityID, fingerprint); err != nil {
		return err
	}
	return tell(portal, entityID+" was seen to hold "+short(fingerprint.Hex()))
}

// step takes the first step of the plan, or says what a person must do.
func step(portal *samlcert.Application, at samlcert.At, folder, reason string) error {
	plan, err := portal.Plan(at.Now)
	if err != nil {
		return err
	}
	if len(plan.Steps) == 0 {
		return tell(portal, "nothing to do")
	}
	first := plan.Steps[0]
	did := first.Message
	switch {
	case first.At.After(at.Now):
		did = "not before " + first.At.Format(time.RFC3339) + ": " + did
	case first.Action.Action == "save":
		_, err = portal.Save(at, samlcert.Acceptance{})
	case first.Action.Action == "publish":
		_, err = portal.Publish(at)
	case first.Action.Action == "export":
		did, err = export(portal, at, folder, first.Providers)
	case first.Action.Action == "cut-over":
		did, err = cutOver(portal, at, folder, reason)
	case first.Action.Action == "retire":
		_, err = portal.Retire(at, samlcert.Acceptance{})
	default:
		did = "please do this: " + did
	}
	if err != nil {
		return err
	}
	return tell(portal, did)
}

// export writes what the providers are to be given now.
func export(portal *samlcert.Application, at samlcert.At, folder string, providers []string) (string, error) {
	for _, provider := range providers {
		files, err := portal.DownloadsFor(provider)
		if err != nil {
			return "", err
		}
		if err := write(folder, files); err != nil {
			return "", err
		}
		if _, err := portal.RecordExport(at, provider); err != nil {
			return "", err
		}
	}
	return "please put in what was written beside the record, at " + strings.Join(providers, ", "), nil
}

// cutOver lets logins break for a moment only where a reason is given; it writes what is to be put in at the same moment.
func cutOver(portal *samlcert.Application, at samlcert.At, folder, reason string) (string, error) {
	var accept samlcert.Acceptance
	breaks, err := portal.ToAccept(samlcert.StepCutOver, at.Now)
	if err != nil {
		return "", err
	}
	if reason != "" && len(breaks) > 0 {
		accept = samlcert.Acceptance{Providers: breaks, Reason: reason}
	}
	if _, err := portal.CutOver(at, accept); err != nil {
		return "", err
	}
	if len(breaks) == 0 {
		return "cut over", nil
	}
	did, err := export(portal, at, folder, breaks)
	return "cut over; " + did, err
}

func write(folder string, files []samlcert.Download) error {
	for _, file := range files {
		if err := os.WriteFile(filepath.Join(folder, file.SuggestedName), file.Content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// tell prints what was done, and how the application stands then.
func tell(portal *samlcert.Application, did string) error {
	now, err := portal.SigningPair()
	if err != nil {
		return err
	}
	defer now.Close()
	certificate, err := now.Certificate()
	if err != nil {
		return err
	}
	defer certificate.Close()
	fingerprint, err := certificate.Fingerprint(samlcert.SHA256)
	if err != nil {
		return err
	}
	waits := "nothing waits"
	if stage := portal.Waits(); stage != samlcert.StageNone {
		waits = "a certificate waits, " + stage.String()
	}
	fmt.Printf("%2d  %s\n    %s signs, %s\n", portal.Revision(), did, short(fingerprint.Hex()), waits)
	return nil
}

func short(fingerprint string) string { return fingerprint[:8] }
