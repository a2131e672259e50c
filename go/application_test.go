package samlcert

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

const (
	mail = "https://mail.example.org"
	wiki = "https://wiki.example.org"
)

// portal is an application with an active pair and two service providers.
func portal(t testing.TB) *Application {
	t.Helper()
	begin := At{at("2027-01-04T09:00:00Z"), "alice"}
	made, created, err := NewApplication(begin, "portal", PolicyStaged)
	if err != nil || must(ParseEvent(created)).Change.Kind != "created" {
		t.Fatal(err, string(created))
	}
	a := fixturePair(t, "a")
	must(made.Activate(begin, a))
	must(made.AddProvider(begin, ServiceProvider{EntityID: mail, Name: "Mail", Capability: CapabilityMetadata, PullInterval: day}))
	must(made.AddProvider(begin, ServiceProvider{EntityID: wiki, Capability: CapabilityOneCertificate}))
	must(made.RecordExport(begin, wiki))
	must(made.Confirm(begin, wiki, must(must(a.Certificate()).Fingerprint(SHA1))))
	return made
}

var november = At{at("2027-11-04T10:00:00Z"), "bob"}

// readAgain stores an application and reads it: by its record, and by all its events.
func readAgain(t *testing.T, a *Application) {
	t.Helper()
	record, keys := must(a.RecordJSON()), must(a.Keys())
	replayed := must(ApplicationFromEvents(must(a.EventsJSON()), keys))
	if again := must(replayed.RecordJSON()); !bytes.Equal(again, record) {
		t.Errorf("replayed, the record is\n%s\nand not\n%s", again, record)
	}
	read := must(ApplicationFromRecord(record, keys))
	if again := must(read.RecordJSON()); !bytes.Equal(again, record) {
		t.Errorf("read, the record is\n%s\nand not\n%s", again, record)
	}
}

func TestRotation(t *testing.T) {
	portal := portal(t)
	next := fixturePair(t, "d")
	sha256 := must(must(next.Certificate()).Fingerprint(SHA256))
	stands := func(signs string, waits Stage, unsaved bool) {
		t.Helper()
		pair := must(portal.SigningPair())
		signing := must(must(pair.Certificate()).Fingerprint(SHA256)).Hex()[:4]
		if signing != signs || portal.Waits() != waits || portal.IsUnsaved() != unsaved {
			t.Errorf("%s signs, a certificate waits: %v, unsaved: %v", signing, portal.Waits(), portal.IsUnsaved())
		}
		readAgain(t, portal)
	}
	stands("2157", StageNone, false)

	must(portal.Stage(november, next))
	stands("2157", StageDraft, true)
	must(portal.Save(november, Acceptance{}))
	stands("2157", StageSaved, false)
	must(portal.Publish(november))
	stands("2157", StagePublished, false)

	if _, err := portal.CutOver(november, Acceptance{}); !errors.Is(err, CodeLoginsWouldBreak) {
		t.Errorf("cut over: %v", err)
	}
	breaks := must(portal.ToAccept(StepCutOver, november.Now))
	if fmt.Sprint(breaks) != fmt.Sprint([]string{mail, wiki}) {
		t.Errorf("it would break %v", breaks)
	}
	earliest := must(portal.EarliestCutOver(november.Now))
	if !earliest.At.Equal(at("2027-11-05T10:05:00Z")) || fmt.Sprint(earliest.Blockers) != fmt.Sprint([]string{wiki}) {
		t.Errorf("the earliest cut-over is %+v", earliest)
	}
	sunday := At{at("2027-11-07T20:00:00Z"), "bob"}
	cutOver := must(ParseEvent(must(portal.CutOver(sunday, Acceptance{[]string{wiki}, "maintenance"}))))
	if cutOver.Change.Kind != "cut-over" || cutOver.Change.SHA256 != sha256.Hex() || cutOver.Reason != "maintenance" ||
		cutOver.Actor != "bob" || !cutOver.At.Equal(sunday.Now) || fmt.Sprint(cutOver.Change.Accepted) != fmt.Sprint([]string{wiki}) {
		t.Errorf("%+v", cutOver)
	}
	stands("f42d", StageNone, false)
	must(portal.RollBack(sunday, Acceptance{}))
	stands("2157", StagePublished, false)
	must(portal.CutOver(sunday, Acceptance{[]string{wiki}, "again"}))
	must(portal.Confirm(sunday, wiki, sha256))
	must(portal.Retire(sunday, Acceptance{}))
	stands("f42d", StageNone, false)
	if keys := must(portal.Keys()); len(keys) != 1 || must(keys[0].Fingerprint(SHA256)) != must(must(next.Certificate()).SPKIFingerprint(SHA256)) {
		t.Errorf("%d keys are left", len(keys))
	}
}

func TestHalves(t *testing.T) {
	portal, next := portal(t), fixturePair(t, "d")
	must(portal.UploadCertificate(november, must(next.Certificate())))
	if portal.Pending() != HalfCertificate || must(portal.Certificate(PlacePending)) == nil || must(portal.Pair(PlacePending)) != nil {
		t.Errorf("%v waits", portal.Pending())
	}
	must(portal.UploadPrivateKey(november, must(next.PrivateKey())))
	if portal.Pending() != HalfNone || portal.Waits() != StageDraft || must(portal.Certificate(PlacePending)) != nil {
		t.Errorf("%v waits", portal.Pending())
	}
	if !bytes.Equal(must(portal.Certificate(PlaceNext)).DER(), must(must(portal.Pair(PlaceNext)).Certificate()).DER()) {
		t.Error("the next pair has another certificate")
	}
	must(portal.Discard(november))
	if portal.Waits() != StageNone || must(portal.Pair(PlaceNext)) != nil {
		t.Errorf("%v waits", portal.Waits())
	}
}

func TestRevoke(t *testing.T) {
	portal := portal(t)
	signs := must(must(portal.Certificate(PlaceActive)).Fingerprint(SHA256))
	closed := fixturePair(t, "b")
	closed.Close()
	if _, err := portal.Revoke(november, signs, ReasonLost, closed); !errors.Is(err, CodeNullArgument) {
		t.Errorf("with a closed pair: %v", err)
	}
	must(portal.Revoke(november, signs, ReasonCompromised, fixturePair(t, "d")))
	if must(must(portal.Certificate(PlaceActive)).Fingerprint(SHA256)).Hex()[:4] != "f42d" {
		t.Error("the replacement does not sign")
	}
	must(portal.Revoke(november, must(must(portal.Certificate(PlaceActive)).Fingerprint(SHA256)), ReasonLost, nil))
	if must(portal.SigningPair()) != nil || portal.Condition(november.Now) != ConditionNothingSigns {
		t.Errorf("what was lost signs; %v", portal.Condition(november.Now))
	}
}

func TestGetters(t *testing.T) {
	empty, _, err := NewApplication(november, "empty", PolicyOnSave)
	if err != nil {
		t.Fatal(err)
	}
	for name, row := range map[string]struct {
		application *Application
		activated   bool
		light       Light
		condition   Condition
		revision    uint64
		keys        int
	}{
		"empty":  {empty, false, LightGrey, ConditionNothingSigns, 1, 0},
		"portal": {portal(t), true, LightGreen, ConditionExpiring, 6, 1},
	} {
		a := row.application
		if a.ID() != name || a.IsActivated() != row.activated || a.CertificateLight() != row.light || a.KeyLight() != row.light ||
			a.Condition(november.Now) != row.condition || a.Revision() != row.revision || len(must(a.Keys())) != row.keys {
			t.Errorf("%s: %v, %v, %v, %d", a.ID(), a.IsActivated(), a.CertificateLight(), a.Condition(november.Now), a.Revision())
		}
	}
}

func TestRefusedSteps(t *testing.T) {
	portal, a := portal(t), fixturePair(t, "a")
	before := must(portal.RecordJSON())
	for name, row := range map[string]struct {
		err  error
		code Code
	}{
		"activate":    {second(portal.Activate(november, a)), CodeAlreadyActivated},
		"stage":       {second(portal.Stage(november, a)), CodeAlreadyPresent},
		"nil":         {second(portal.Stage(november, nil)), CodeNullArgument},
		"save":        {second(portal.Save(november, Acceptance{})), CodeNothingToSave},
		"discard":     {second(portal.Discard(november)), CodeNothingToDiscard},
		"publish":     {second(portal.Publish(november)), CodeNothingToPublish},
		"cut over":    {second(portal.CutOver(november, Acceptance{})), CodeNothingToCutOver},
		"roll back":   {second(portal.RollBack(november, Acceptance{})), CodeNothingToRollBack},
		"retire":      {second(portal.Retire(november, Acceptance{})), CodeNothingToRetire},
		"revoke":      {second(portal.Revoke(november, Fingerprint{}, ReasonLost, nil)), CodeUnknownSelector},
		"no reason":   {second(portal.Revoke(november, must(must(a.Certificate()).Fingerprint(SHA1)), 0, nil)), CodeUnknownSelector},
		"provider":    {second(portal.AddProvider(november, ServiceProvider{EntityID: wiki, Capability: CapabilityOneCertificate})), CodeDuplicateProvider},
		"capability":  {second(portal.AddProvider(november, ServiceProvider{EntityID: "https://a"})), CodeUnknownSelector},
		"pulls not":   {second(portal.AddProvider(november, ServiceProvider{EntityID: "https://a", Capability: CapabilityOneCertificate, PullInterval: day})), CodeOutOfRange},
		"pulls badly": {second(portal.AddProvider(november, ServiceProvider{EntityID: "https://a", Capability: CapabilityMetadata, PullInterval: 1})), CodeOutOfRange},
		"confirm":     {second(portal.Confirm(november, "https://a", must(FingerprintOf(SHA1, TargetCertificate, nil)))), CodeUnknownProvider},
		"export":      {second(portal.RecordExport(november, "https://a")), CodeUnknownProvider},
		"remove":      {second(portal.RemoveProvider(november, "https://a")), CodeUnknownProvider},
		"actor":       {second(portal.RemoveProvider(At{november.Now, "\xff"}, wiki)), CodeNotUTF8},
	} {
		if !errors.Is(row.err, row.code) {
			t.Errorf("%s: %v, and not %v", name, row.err, row.code)
		}
	}
	if after := must(portal.RecordJSON()); !bytes.Equal(before, after) {
		t.Error("a step that was refused changed the record")
	}
}

func second[T any](_ T, err error) error { return err }

func TestRefusedRecords(t *testing.T) {
	portal := portal(t)
	record, keys := must(portal.RecordJSON()), must(portal.Keys())
	for name, row := range map[string]struct {
		record string
		keys   []*PrivateKey
		code   Code
	}{
		"no JSON":        {"{", nil, CodeRecordMalformed},
		"no key":         {string(record), nil, CodeRecordKeyMissing},
		"a nil key":      {string(record), []*PrivateKey{nil}, CodeNullArgument},
		"a key too many": {string(record), []*PrivateKey{keys[0], fixtureKey(t, "p256")}, CodeRecordKeyUnneeded},
		"a later form":   {strings.Replace(string(record), `"version":1`, `"version":2`, 1), keys, CodeRecordVersion},
	} {
		if _, err := ApplicationFromRecord([]byte(row.record), row.keys); !errors.Is(err, row.code) {
			t.Errorf("%s: %v, and not %v", name, err, row.code)
		}
	}
	if _, err := ApplicationFromEvents([]byte(`{"events":[]}`), nil); err == nil {
		t.Error("no events make an application")
	}
}

func TestRemindersOfAnApplication(t *testing.T) {
	portal, usual := portal(t), must(UsualSchedule())
	year := Window{at("2027-02-01T00:00:00Z"), at("2028-02-01T00:00:00Z")}
	if all := must(portal.Reminders(usual, year)); len(all) != 4 || all[0] != (Reminder{at("2027-11-02T00:00:00Z"), 60 * day}) {
		t.Errorf("%v", all)
	}
	if urgent := must(portal.CatchUp(usual, year)); urgent == nil || urgent.Threshold != day {
		t.Errorf("%v", urgent)
	}
	if next := must(portal.NextReminder(usual, november.Now)); next == nil || next.Threshold != 30*day {
		t.Errorf("%v", next)
	}
	if next := must(portal.NextReminder(usual, year.Until)); next != nil {
		t.Errorf("%v", next)
	}
}

func TestDownloads(t *testing.T) {
	portal := portal(t)
	files := must(portal.DownloadsFor(wiki))
	if len(files) != 1 || !bytes.Contains(files[0].Content, []byte("BEGIN CERTIFICATE")) || !strings.HasSuffix(files[0].SuggestedName, "21570ec8.pem") {
		t.Errorf("%+v", files)
	}
	if none := must(portal.NextDownloadsFor(wiki)); len(none) != 0 {
		t.Errorf("%+v", none)
	}
	must(portal.Stage(november, fixturePair(t, "d")))
	must(portal.Save(november, Acceptance{}))
	if next := must(portal.NextDownloadsFor(wiki)); len(next) != 1 || !strings.HasSuffix(next[0].SuggestedName, "f42ddb7d.pem") {
		t.Errorf("%+v", next)
	}
	if _, err := portal.DownloadsFor("https://a"); !errors.Is(err, CodeUnknownProvider) {
		t.Error(err)
	}
}

func TestSettings(t *testing.T) {
	portal := portal(t)
	settings := must(portal.Settings())
	if settings.Policy != PolicyStaged.String() || settings.EntityID != "" || settings.SkewS != 300 {
		t.Errorf("%+v", settings)
	}
	settings.EntityID = "https://idp.example.org"
	settings.SSO = []Endpoint{{"redirect", "https://idp.example.org/sso"}}
	settings.NameIDFormats = []string{"persistent"}
	settings.Organization = &Organization{Name: "Example"}
	settings.Contact = &Contact{Mail: "sso@example.org"}
	must(portal.Set(november, *settings))
	if again := must(portal.Settings()); fmt.Sprintf("%+v", must(json.Marshal(again))) != fmt.Sprintf("%+v", must(json.Marshal(settings))) {
		t.Errorf("%+v, and not %+v", again, settings)
	}
	must(portal.Set(november, Settings{Policy: "on-save"}))
	if again := must(portal.Settings()); again.Policy != "on-save" || again.Organization != nil {
		t.Errorf("%+v", again)
	}
	if _, err := portal.Set(november, Settings{Policy: "never"}); !errors.Is(err, CodeRecordMalformed) {
		t.Error(err)
	}
	readAgain(t, portal)
}

func TestProviders(t *testing.T) {
	portal := portal(t)
	must(portal.AddProvider(november, ServiceProvider{
		EntityID: "https://print.example.org", Name: "Print", Capability: CapabilityFingerprint, Hash: SHA1,
		PasteFormat: PasteFingerprint, Profile: ProfileActiveOnly,
	}))
	must(portal.RemoveProvider(november, wiki))
	providers := must(portal.Providers()).Providers
	if len(providers) != 2 || providers[0].Capability.PullIntervalS != 86_400 || providers[0].Name != "Mail" {
		t.Fatalf("%+v", providers)
	}
	print := providers[1]
	if print.Capability.Algorithm != "sha1" || print.PasteFormat != PasteFingerprint.String() || print.Profile != ProfileActiveOnly.String() {
		t.Errorf("%+v", print)
	}
}

func TestIdentify(t *testing.T) {
	portal := portal(t)
	for text, expected := range map[string]string{
		"2157": "known", string(data(t, "pool/d.pem")): "foreign", "nothing at all": "unreadable",
		must(must(portal.Certificate(PlaceActive)).Fingerprint(SHA512)).String(): "known",
	} {
		identification := must(portal.Identify([]byte(text)))
		if identification.Verdict != expected || (expected == "known") != (len(identification.Found) == 1) {
			t.Errorf("%.20q: %+v", text, identification)
		}
	}
	if found := must(portal.Identify([]byte("2157"))).Found[0]; found.Part != "certificate" || found.Role.Role != "active" || found.Since.IsZero() {
		t.Errorf("%+v", found)
	}
}

func TestNotice(t *testing.T) {
	portal := portal(t)
	notice := must(portal.Notice(at("2027-12-31T01:00:00Z"), "https://sso.example.org/{id}"))
	if notice.Subject != "portal: the signing certificate expires in 23 hours" ||
		!strings.Contains(notice.Text, "https://sso.example.org/portal") || !strings.Contains(notice.HTML, ">Regenerate Certificate</a>") {
		t.Errorf("%+v", notice)
	}
	if plain := must(portal.Notice(november.Now, "")); strings.Contains(plain.Text, "Regenerate Certificate") {
		t.Errorf("%+v", plain)
	}
	if _, err := portal.Notice(november.Now, "no link"); !errors.Is(err, CodeInvalidLink) {
		t.Error(err)
	}
	empty, _, _ := NewApplication(november, "empty", PolicyOnSave)
	if none, err := empty.Notice(november.Now, ""); none != nil || err != nil {
		t.Errorf("%+v, %v", none, err)
	}
}

// Every field of every form, in an application that has all of them.
func TestApplicationFormsHaveEveryField(t *testing.T) {
	portal := portal(t)
	must(portal.Stage(november, fixturePair(t, "d")))
	must(portal.UploadCertificate(november, must(fixturePair(t, "e").Certificate())))
	now := november.Now
	raw := portal.raw()
	sameJSON(t, "status", must(portal.StatusJSON(now)), must(portal.Status(now)))
	sameJSON(t, "plan", must(portal.PlanJSON(now)), must(portal.Plan(now)))
	sameJSON(t, "certificates", must(raw.CertificatesJSON()), must(portal.Certificates()))
	sameJSON(t, "identify", must(raw.IdentifyJSON([]byte("2157"))), must(portal.Identify([]byte("2157"))))
	sameJSON(t, "providers", must(raw.ProvidersJSON()), must(portal.Providers()), "pull_interval_s", "algorithm")
	sameJSON(t, "logins", must(raw.LoginsJSON(now.Unix())), must(portal.Logins(now)))
	sameJSON(t, "impact", must(raw.ImpactJSON(uint32(StepSave), now.Unix())), must(portal.Impact(StepSave, now)))
	sameJSON(t, "exports", must(raw.ExportsJSON(now.Unix())), must(portal.Exports(now)))
	sameJSON(t, "notice", must(raw.NoticeJSON(now.Unix(), "")), must(portal.Notice(now, "")))
	sameJSON(t, "settings", must(raw.SettingsJSON()), must(portal.Settings()))
	sameJSON(t, "events", must(portal.EventsJSON()), must(portal.Log()))
	must(portal.Discard(november))
	must(portal.Save(november, Acceptance{}))
	must(portal.Publish(november))
	sameJSON(t, "plan after it was published", must(portal.PlanJSON(now)), must(portal.Plan(now)))
	later := now.Add(365 * 24 * time.Hour)
	sameJSON(t, "status after the end", must(portal.StatusJSON(later)), must(portal.Status(later)))
}
