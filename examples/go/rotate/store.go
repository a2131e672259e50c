package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"samlcert"
)

// stored is the file: the record, which is public, and the private keys as PEM.
type stored struct {
	Record json.RawMessage `json:"record"`
	Keys   []string        `json:"keys"`
}

// change reads the application, takes a step, and stores it.
func change(file string, take func(*samlcert.Application) error) error {
	portal, err := load(file)
	if err != nil {
		return err
	}
	defer portal.Close()
	before := portal.Revision()
	if err := take(portal); err != nil || portal.Revision() == before {
		return err
	}
	return store(portal, file)
}

func load(file string) (*samlcert.Application, error) {
	bytes, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	defer samlcert.Secret(bytes).Wipe()
	var read stored
	if err := json.Unmarshal(bytes, &read); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	var keys []*samlcert.PrivateKey
	for _, text := range read.Keys {
		key, err := samlcert.PrivateKeyFromPEM([]byte(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		defer key.Close()
		keys = append(keys, key)
	}
	return samlcert.ApplicationFromRecord(read.Record, keys)
}

// store writes the file whole, or not at all: the record and its keys are never of different steps.
func store(portal *samlcert.Application, file string) error {
	record, err := portal.RecordJSON()
	if err != nil {
		return err
	}
	keys, err := portal.Keys()
	if err != nil {
		return err
	}
	written := stored{Record: record}
	for _, key := range keys {
		defer key.Close()
		text, err := key.SecretWrite(samlcert.FormPEM)
		if err != nil {
			return err
		}
		defer text.Wipe()
		written.Keys = append(written.Keys, string(text))
	}
	bytes, err := json.MarshalIndent(written, "", "  ")
	if err != nil {
		return err
	}
	defer samlcert.Secret(bytes).Wipe()
	return replace(file, bytes)
}

// replace puts a new file, which its owner alone may read from the first byte on, in the place of the old one.
func replace(file string, bytes []byte) error {
	draft := file + ".new"
	if err := os.Remove(draft); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	out, err := os.OpenFile(draft, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer out.Close()
	if _, err := out.Write(bytes); err != nil {
		return err
	}
	if err := out.Sync(); err != nil {
		return err
	}
	return os.Rename(draft, file)
}
