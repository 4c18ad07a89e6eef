// What the extractor with the built-in lexicon makes of a short article, as one line per event.
#ifndef TREATYWIRE_TESTS_INGEST_SERVICE_EXTRACTION_EXTRACTED_EVENTS_H_
#define TREATYWIRE_TESTS_INGEST_SERVICE_EXTRACTION_EXTRACTED_EVENTS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "treatywire/v1/event.pb.h"

namespace treatywire::ingest {

struct ShortArticle {
  absl::string_view body;
  absl::string_view publish_day;  // "2025-12-06"; empty = not known
  absl::string_view mime_type = "text/plain";
  absl::string_view title = "";
};

// All of it.
treatywire::v1::ExtractedArticle Extracted(const ShortArticle& article);
// "SIGNED FR,CL 1994", "TERMINATED? FR 2026-01": type, "?" for all but asserted, actors, date ("-" for none).
// In the order of the text.
std::vector<std::string> ExtractedEvents(const ShortArticle& article);
// "FR,CL 1994": parties and signed date of every agreement, in the order of their first event.
std::vector<std::string> ExtractedAgreements(const ShortArticle& article);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_TESTS_INGEST_SERVICE_EXTRACTION_EXTRACTED_EVENTS_H_
