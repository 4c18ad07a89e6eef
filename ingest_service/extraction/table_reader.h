// Reads tables by their header: which column names the agreement, which the party, which the day of which
// act.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_TABLE_READER_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_TABLE_READER_H_

#include <vector>

#include "ingest_service/extraction/annotation.h"
#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/event_reader.h"

namespace treatywire::ingest {

// The events of all tables, in the order of the text. Tables whose header names no act and no agreement give
// none.
std::vector<ReadEvent> ReadTables(const Annotation& annotation, Discourse* discourse);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_TABLE_READER_H_
