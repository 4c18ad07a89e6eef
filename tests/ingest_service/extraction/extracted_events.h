// What the extractor with the built-in lexicon makes of a short article, as one line per event; and a test of
// many such articles.
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

// "TERMINATED ASSERTED FR/RU by RU on 2025-06": the agreement by its title, else by its parties; "-" for
// none. Sorted.
std::vector<std::string> EventLines(const treatywire::v1::ExtractedArticle& extracted);

struct EventCase {
  std::string text;
  std::vector<std::string> events;  // as EventLines
};
// The day of which the articles of ExpectEvents are.
inline constexpr absl::string_view kDayOfTests = "2025-06-15";
// Expects of each text, as an article without a title, exactly these events.
void ExpectEvents(const std::vector<EventCase>& cases);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_TESTS_INGEST_SERVICE_EXTRACTION_EXTRACTED_EVENTS_H_
