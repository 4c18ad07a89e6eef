// Whether an extraction is fit to be stored. What passes is in the log for good, so that the index may rely
// on it after any restart: ids, enum values, dates and sizes are all checked.
#ifndef TREATYWIRE_QUERY_SERVICE_EXTRACTION_VALIDATION_H_
#define TREATYWIRE_QUERY_SERVICE_EXTRACTION_VALIDATION_H_

#include "absl/status/status.h"
#include "treatywire/v1/event.pb.h"

namespace treatywire::query {

inline constexpr size_t kMaxExtractionBytes = 4 << 20;  // serialised
inline constexpr int kMaxEvents = 4096;
// Agreements that one article tells of, by their local_id. Those of the same parties are compared each with
// each: a thousand take a quarter of a second of the one writer, four thousand took four seconds.
inline constexpr size_t kMaxAgreements = 1024;
inline constexpr size_t kMaxEventBytes = 256 << 10;  // serialised, so that a watcher gets it in one message
inline constexpr int kMaxPartyRefs = 256;
inline constexpr int kMaxAliases = 64;
inline constexpr size_t kMaxNameBytes = 4096;  // titles, aliases, sentences' cues, reasons
inline constexpr size_t kMaxLabelBytes = 512;  // surfaces, places, persons, instruments
// Past it no article has a sentence.
inline constexpr int kMaxBodyBytes = 4 << 20;
inline constexpr size_t kMaxEvidenceBytes = 64 << 10;
inline constexpr size_t kMaxUriBytes = 2048;

// INVALID_ARGUMENT for the first field at fault, named from the extraction's root
// ("extraction.events[3].date.edtf").
absl::Status ValidateExtraction(const treatywire::v1::ExtractedArticle& extraction);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_EXTRACTION_VALIDATION_H_
