package samlcert

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

const day = 24 * time.Hour

func TestThresholds(t *testing.T) {
	if usual := must(UsualSchedule()).Thresholds(); fmt.Sprint(usual) != fmt.Sprint([]time.Duration{60 * day, 30 * day, 7 * day, day}) {
		t.Errorf("%v", usual)
	}
	if own := must(NewSchedule(time.Second, 36_525*day)).Thresholds(); fmt.Sprint(own) != fmt.Sprint([]time.Duration{36_525 * day, time.Second}) {
		t.Errorf("%v", own)
	}
}

func TestRefusedThresholds(t *testing.T) {
	for name, row := range map[string]struct {
		thresholds []time.Duration
		code       Code
	}{
		"none":             {nil, CodeNoThresholds},
		"zero":             {[]time.Duration{0}, CodeThresholdZero},
		"twice":            {[]time.Duration{day, day}, CodeThresholdRepeated},
		"too long":         {[]time.Duration{36_526 * day}, CodeThresholdTooLong},
		"longer than C":    {[]time.Duration{1 << 62}, CodeOutOfRange},
		"negative":         {[]time.Duration{-day}, CodeOutOfRange},
		"half a second":    {[]time.Duration{time.Second / 2}, CodeOutOfRange},
		"thirty and three": {make([]time.Duration, 33), CodeTooManyThresholds},
	} {
		if _, err := NewSchedule(row.thresholds...); !errors.Is(err, row.code) {
			t.Errorf("%s: %v, and not %v", name, err, row.code)
		}
	}
}

func TestReminders(t *testing.T) {
	schedule := must(NewSchedule(90*day, 14*day, day))
	of := Validity{time.Unix(1_700_000_000, 0), time.Unix(1_800_000_000, 0)}
	in := Window{time.Unix(1_790_000_000, 0), time.Unix(1_799_000_000, 0)}
	first := Reminder{at("2026-10-17T08:00:00Z"), 90 * day}
	second := Reminder{at("2027-01-01T08:00:00Z"), 14 * day}
	third := Reminder{at("2027-01-14T08:00:00Z"), day}
	if all := must(schedule.Reminders(of)); fmt.Sprint(all) != fmt.Sprint([]Reminder{first, second, third}) {
		t.Errorf("%v", all)
	}
	if due := must(schedule.Due(of, in)); fmt.Sprint(due) != fmt.Sprint([]Reminder{first, second}) {
		t.Errorf("%v", due)
	}
	if sent := must(schedule.CatchUp(of, in)); *sent != second {
		t.Errorf("%v", sent)
	}
	if next := must(schedule.NextAfter(of, in.Until)); *next != third {
		t.Errorf("%v", next)
	}
}

func TestNothingToRemindOf(t *testing.T) {
	schedule := must(UsualSchedule())
	of := Validity{at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z")}
	late := Window{of.NotAfter, of.NotAfter.AddDate(1, 0, 0)}
	if due := must(schedule.Due(of, late)); len(due) != 0 {
		t.Errorf("%v", due)
	}
	if sent := must(schedule.CatchUp(of, late)); sent != nil {
		t.Errorf("%v", sent)
	}
	if next := must(schedule.NextAfter(of, of.NotAfter)); next != nil {
		t.Errorf("%v", next)
	}
	if _, err := schedule.Reminders(Validity{of.NotAfter, of.NotBefore}); !errors.Is(err, CodeValidityInverted) {
		t.Error(err)
	}
}
