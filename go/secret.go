package samlcert

import (
	"fmt"
	"runtime"
)

// Secret is secret bytes, such as a private key as text. It can be used wherever a []byte can; the verbs of package fmt
// print nothing of it.
//
// Wipe it when it is done with. What was copied out of it is not wiped.
type Secret []byte

// Wipe overwrites the bytes with zeros.
func (s Secret) Wipe() {
	for index := range s {
		s[index] = 0
	}
	runtime.KeepAlive(s)
}

// Format prints that there is a secret, and nothing of it, whatever the verb.
func (s Secret) Format(state fmt.State, _ rune) {
	fmt.Fprintf(state, "[secret of %d bytes]", len(s))
}
