// Reads events out of an annotated document: what each trigger says happened, to which agreement, by whom,
// when, and how it is put. Here is in which order an article is read; sentence_reader.h reads a sentence.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_EVENT_READER_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_EVENT_READER_H_

#include <vector>

#include "ingest_service/extraction/annotation.h"
#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/news_day.h"
#include "ingest_service/extraction/read_event.h"

namespace treatywire::ingest {

// The events of all sentences and tables, in the order of the text, the title's last; at most about
// kMaxEvents. `discourse` gets the agreements. The events point into `annotation`.
std::vector<ReadEvent> ReadEvents(const Annotation& annotation, const NewsDay& news, Discourse* discourse);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_EVENT_READER_H_
