// Records for tests of logs.
#ifndef TREATYWIRE_TESTS_QUERY_SERVICE_EVENT_LOG_LOG_RECORDS_H_
#define TREATYWIRE_TESTS_QUERY_SERVICE_EVENT_LOG_LOG_RECORDS_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "treatywire/v1/event_log_service.pb.h"

namespace treatywire::query {

// An article's version with one event; `digest` stands for its text.
inline treatywire::v1::LogRecord ExtractionRecord(absl::string_view article_id,
                                                  absl::string_view digest = "d1",
                                                  absl::string_view extractor_version = "0.1.0+a") {
  treatywire::v1::LogRecord record;
  auto& extraction = *record.mutable_extraction();
  extraction.mutable_article()->set_article_id(std::string(article_id));
  extraction.mutable_article()->set_content_digest(std::string(digest));
  extraction.set_extractor_version(std::string(extractor_version));
  auto& event = *extraction.add_events();
  event.set_event_id(absl::StrCat(article_id, "-", digest));
  event.set_type(treatywire::v1::EVENT_TYPE_SIGNED);
  event.set_modality(treatywire::v1::MODALITY_ASSERTED);
  event.mutable_evidence()->set_text("Ruritania and Freedonia signed the pact.");
  return record;
}

inline treatywire::v1::LogRecord RetractionRecord(absl::string_view article_id,
                                                  absl::string_view reason = "asked for") {
  treatywire::v1::LogRecord record;
  record.mutable_retraction()->set_article_id(std::string(article_id));
  record.mutable_retraction()->set_reason(std::string(reason));
  return record;
}

inline treatywire::v1::LogRecord AtRevision(treatywire::v1::LogRecord record, uint64_t revision) {
  record.set_revision(revision);
  return record;
}

}  // namespace treatywire::query

#endif  // TREATYWIRE_TESTS_QUERY_SERVICE_EVENT_LOG_LOG_RECORDS_H_
