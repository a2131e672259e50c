package samlcert

import (
	"encoding/json"
	"fmt"
	"math"
	"time"
)

// UnixTime is a moment in the JSON forms: seconds since 1970, UTC. The zero value stands for null.
type UnixTime struct{ time.Time }

// UnmarshalJSON reads a number of seconds; null leaves the moment as it is.
func (t *UnixTime) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		return nil
	}
	var seconds int64
	if err := json.Unmarshal(text, &seconds); err != nil {
		return err
	}
	t.Time = moment(seconds)
	return nil
}

// MarshalJSON writes a number of seconds, or null for the zero value.
func (t UnixTime) MarshalJSON() ([]byte, error) {
	if t.IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(t.Unix())
}

func moment(seconds int64) time.Time { return time.Unix(seconds, 0).UTC() }

// seconds is a length of time as C takes it.
func seconds(length time.Duration) (uint32, error) {
	whole := length / time.Second
	if whole < 0 || whole > math.MaxUint32 || length%time.Second != 0 {
		return 0, refused(CodeOutOfRange, fmt.Sprintf("%v is no number of whole seconds from 0 to %d", length, uint32(math.MaxUint32)))
	}
	return uint32(whole), nil
}

// Validity is from when until when a certificate is valid: the first moment and the last.
type Validity struct{ NotBefore, NotAfter time.Time }

// Window is a time to look at: later than After, and not later than Until. Of windows that follow each other, each moment
// is in exactly one. One that ends before it begins is empty.
type Window struct{ After, Until time.Time }
