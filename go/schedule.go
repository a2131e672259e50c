package samlcert

import (
	"time"

	"samlcert/internal/capi"
)

// Schedule is when to remind that a certificate expires: 1 to 32 thresholds before its last moment. It keeps no state.
type Schedule struct{ handle *capi.Schedule }

// Reminder is a moment at which to remind, a time before the certificate expires.
type Reminder struct {
	At        time.Time
	Threshold time.Duration
}

func (s *Schedule) raw() *capi.Schedule {
	if s == nil || s.handle == nil {
		return &capi.Schedule{}
	}
	return s.handle
}

func schedule(handle *capi.Schedule, err error) (*Schedule, error) {
	if err != nil {
		return nil, wrap(err)
	}
	return &Schedule{handle}, nil
}

// UsualSchedule is the default schedule: 60 days, 30 days, 7 days and 24 hours.
func UsualSchedule() (*Schedule, error) { return schedule(capi.UsualSchedule()) }

// NewSchedule makes a schedule of other thresholds, in any order.
func NewSchedule(thresholds ...time.Duration) (*Schedule, error) {
	inSeconds := make([]uint32, len(thresholds))
	for index, threshold := range thresholds {
		var err error
		if inSeconds[index], err = seconds(threshold); err != nil {
			return nil, err
		}
	}
	return schedule(capi.NewSchedule(inSeconds))
}

// Close frees it; see Closing in the package documentation.
func (s *Schedule) Close() error {
	s.raw().Close()
	return nil
}

// Thresholds are the thresholds, the longest first.
func (s *Schedule) Thresholds() []time.Duration {
	inSeconds, err := s.raw().Thresholds()
	if err != nil {
		return nil
	}
	thresholds := make([]time.Duration, len(inSeconds))
	for index, length := range inSeconds {
		thresholds[index] = time.Duration(length) * time.Second
	}
	return thresholds
}

// Reminders are all of a certificate, in the order of time.
func (s *Schedule) Reminders(of Validity) ([]Reminder, error) {
	return reminders(s.raw().Reminders(of.NotBefore.Unix(), of.NotAfter.Unix()))
}

// Due are the reminders whose moment is in the window, in the order of time.
func (s *Schedule) Due(of Validity, in Window) ([]Reminder, error) {
	return reminders(s.raw().Due(of.NotBefore.Unix(), of.NotAfter.Unix(), in.After.Unix(), in.Until.Unix()))
}

// NextAfter is the first reminder later than a moment; nil if none is.
func (s *Schedule) NextAfter(of Validity, moment time.Time) (*Reminder, error) {
	return oneReminder(s.raw().NextAfter(of.NotBefore.Unix(), of.NotAfter.Unix(), moment.Unix()))
}

// CatchUp is the most urgent of the reminders that are due in the window, to be sent after a gap; nil if none is due.
func (s *Schedule) CatchUp(of Validity, in Window) (*Reminder, error) {
	return oneReminder(s.raw().CatchUp(of.NotBefore.Unix(), of.NotAfter.Unix(), in.After.Unix(), in.Until.Unix()))
}

func reminder(of capi.Reminder) Reminder {
	return Reminder{moment(of.At), time.Duration(of.ThresholdS) * time.Second}
}

func reminders(all []capi.Reminder, err error) ([]Reminder, error) {
	if err != nil {
		return nil, wrap(err)
	}
	made := make([]Reminder, len(all))
	for index, of := range all {
		made[index] = reminder(of)
	}
	return made, nil
}

func oneReminder(of capi.Reminder, found bool, err error) (*Reminder, error) {
	if err != nil || !found {
		return nil, wrap(err)
	}
	made := reminder(of)
	return &made, nil
}
