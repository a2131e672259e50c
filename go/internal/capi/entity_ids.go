package capi

// #include <samlcert.h>
import "C"

// entityIDs makes a samlcert_entity_ids, which the caller frees.
func entityIDs(ids []string) (*C.samlcert_entity_ids, error) {
	var made *C.samlcert_entity_ids
	var e *C.samlcert_error
	status := C.samlcert_entity_ids_new(&made, &e)
	if err := failure(status, e); err != nil {
		return nil, err
	}
	for _, id := range ids {
		var e *C.samlcert_error
		p, n := in([]byte(id))
		status := C.samlcert_entity_ids_add(made, p, n, &e)
		if err := failure(status, e); err != nil {
			C.samlcert_entity_ids_free(made)
			return nil, err
		}
	}
	return made, nil
}

// takeEntityIDs copies what a samlcert_entity_ids holds, and frees it.
func takeEntityIDs(ids *C.samlcert_entity_ids) []string {
	defer C.samlcert_entity_ids_free(ids)
	var taken []string
	for index := C.size_t(0); index < C.samlcert_entity_ids_count(ids); index++ {
		taken = append(taken, text(C.samlcert_entity_ids_get(ids, index)))
	}
	return taken
}
