// Reads events out of an annotated document: what each trigger says happened, to which agreement, by whom,
// when, and how it is put.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_EVENT_READER_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_EVENT_READER_H_

#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "ingest_service/extraction/annotation.h"
#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/news_day.h"
#include "ingest_service/extraction/read_event.h"

namespace treatywire::ingest {

// The events of all sentences and tables, in the order of the text; the title's last. `discourse`
// gets the agreements.
std::vector<ReadEvent> ReadEvents(const Annotation& annotation, const NewsDay& news, Discourse* discourse);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_EVENT_READER_H_
