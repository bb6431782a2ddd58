// Package smtpcodes says what a mail server's reply means, who is at fault, and what to do next.
//
// It calls the C library smtp_codes, which pkg-config must find.
package smtpcodes

/*
#cgo pkg-config: smtp_codes
#include <smtp_codes.h>

// Go hands over pointers as arguments only: the query that holds them is made here, on C's stack.
static int32_t diagnose(_GoString_ reply, _GoString_ provider, _GoString_ mx, _GoString_ recipient, _GoString_ command,
                        smtp_codes_diagnosis *diagnosis) {
  smtp_codes_query query = {0};
  query.struct_size = sizeof query;
  query.reply = _GoStringPtr(reply);
  query.reply_len = _GoStringLen(reply);
  query.provider = _GoStringPtr(provider);
  query.provider_len = _GoStringLen(provider);
  query.mx = _GoStringPtr(mx);
  query.mx_len = _GoStringLen(mx);
  query.recipient = _GoStringPtr(recipient);
  query.recipient_len = _GoStringLen(recipient);
  query.command = _GoStringPtr(command);
  query.command_len = _GoStringLen(command);
  diagnosis->struct_size = sizeof *diagnosis;
  return smtp_codes_diagnose(&query, diagnosis);
}

static size_t diagnose_json(_GoString_ reply, _GoString_ provider, _GoString_ mx, _GoString_ recipient, _GoString_ command,
                            _GoString_ id, char *buffer, size_t size) {
  smtp_codes_query query = {0};
  query.struct_size = sizeof query;
  query.reply = _GoStringPtr(reply);
  query.reply_len = _GoStringLen(reply);
  query.provider = _GoStringPtr(provider);
  query.provider_len = _GoStringLen(provider);
  query.mx = _GoStringPtr(mx);
  query.mx_len = _GoStringLen(mx);
  query.recipient = _GoStringPtr(recipient);
  query.recipient_len = _GoStringLen(recipient);
  query.command = _GoStringPtr(command);
  query.command_len = _GoStringLen(command);
  return smtp_codes_diagnose_json(&query, _GoStringPtr(id), _GoStringLen(id), buffer, size);
}
*/
import "C"

import (
	"fmt"
	"runtime"
	"unsafe"
)

// Query is a reply, and what is known about it. An empty string means: not known.
type Query struct {
	Reply     string
	Provider  string
	MX        string
	Recipient string
	Command   Command
}

// Diagnosis is what we make of one reply. An empty string, and -1, mean: none.
type Diagnosis struct {
	Code          int
	Enhanced      string
	Provider      string
	Variant       string
	Reason        Reason
	Confidence    int
	Bounce        Bounce
	Party         Party
	Delivery      Delivery
	Address       Address
	Remedies      []Remedy
	Basis         Basis
	Summary       string
	Fix           string
	RetryAfterS   int
	Blocklist     string
	URL           string
	Tag           string
	ClassMismatch bool
	Sources       []string
}

// Slugs by number, read once: a call of C for each would cost more than the diagnosis.
var (
	reasons    = slugs(func(n C.int32_t) *C.char { return C.smtp_codes_reason_slug(n) })
	bounces    = slugs(func(n C.int32_t) *C.char { return C.smtp_codes_bounce_slug(n) })
	parties    = slugs(func(n C.int32_t) *C.char { return C.smtp_codes_party_slug(n) })
	deliveries = slugs(func(n C.int32_t) *C.char { return C.smtp_codes_delivery_slug(n) })
	addresses  = slugs(func(n C.int32_t) *C.char { return C.smtp_codes_address_slug(n) })
	remedies   = slugs(func(n C.int32_t) *C.char { return C.smtp_codes_remedy_slug(n) })
	bases      = slugs(func(n C.int32_t) *C.char { return C.smtp_codes_basis_slug(n) })
)

func slugs(of func(C.int32_t) *C.char) []string {
	var list []string
	for slug := of(0); slug != nil; slug = of(C.int32_t(len(list))) {
		list = append(list, C.GoString(slug))
	}
	return list
}

// Diagnose diagnoses one reply. It never fails over what the reply holds: what is not recognised has
// ReasonUnknown.
func Diagnose(query Query) Diagnosis {
	var raw C.smtp_codes_diagnosis
	C.diagnose(query.Reply, query.Provider, query.MX, query.Recipient, string(query.Command), &raw)
	diagnosis := Diagnosis{
		Code:          int(raw.code),
		Provider:      C.GoString(raw.provider_slug),
		Variant:       C.GoString(raw.variant_slug),
		Reason:        Reason(reasons[raw.reason]),
		Confidence:    int(raw.confidence),
		Bounce:        Bounce(bounces[raw.bounce]),
		Party:         Party(parties[raw.party]),
		Delivery:      Delivery(deliveries[raw.delivery]),
		Address:       Address(addresses[raw.address]),
		Remedies:      make([]Remedy, 0, int(raw.remedy_count)),
		Basis:         Basis(bases[raw.basis]),
		Summary:       C.GoString(raw.summary),
		Fix:           C.GoString(raw.fix),
		RetryAfterS:   int(raw.retry_after_s),
		Blocklist:     C.GoString(raw.blocklist_slug),
		URL:           C.GoStringN(raw.url, C.int(raw.url_len)),
		Tag:           C.GoStringN(raw.tag, C.int(raw.tag_len)),
		ClassMismatch: raw.class_mismatch != 0,
	}
	if raw.enhanced_class >= 0 {
		diagnosis.Enhanced = fmt.Sprintf("%d.%d.%d", raw.enhanced_class, raw.enhanced_subject, raw.enhanced_detail)
	}
	for _, number := range unsafe.Slice((*uint8)(raw.remedies), int(raw.remedy_count)) {
		diagnosis.Remedies = append(diagnosis.Remedies, Remedy(remedies[number]))
	}
	count := C.smtp_codes_entry_source_count(raw.entry)
	for index := C.size_t(0); index < count; index++ {
		diagnosis.Sources = append(diagnosis.Sources, C.GoString(C.smtp_codes_source_id(C.smtp_codes_entry_source(raw.entry, index))))
	}
	// URL and tag may have led into the reply until here.
	runtime.KeepAlive(query.Reply)
	return diagnosis
}

// DiagnoseJSON gives the diagnosis as one line of JSON, as every other language does. The id is JSON
// already; an empty one gives null.
func DiagnoseJSON(query Query, id string) string {
	size := 1024
	for {
		buffer := make([]byte, size)
		length := int(C.diagnose_json(query.Reply, query.Provider, query.MX, query.Recipient, string(query.Command), id, (*C.char)(unsafe.Pointer(&buffer[0])), C.size_t(size)))
		if length < size {
			return string(buffer[:length])
		}
		size = length + 1
	}
}

// Version is the library's version.
func Version() string { return C.GoString(C.smtp_codes_version()) }

// CatalogueVersion is the version of the catalogue in the library.
func CatalogueVersion() string { return C.GoString(C.smtp_codes_catalogue_version()) }

// CatalogueDate is the date of the catalogue in the library.
func CatalogueDate() string { return C.GoString(C.smtp_codes_catalogue_date()) }
