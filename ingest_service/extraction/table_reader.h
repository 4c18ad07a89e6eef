// Reads tables by their header: which column names the agreement, which the party, which the day of which
// act, in any order.
//
//   | Signed     | Title             | Partner | Status          |
//   | 4 May 1998 | Extradition pact  | Chile   | ended June 2019 |
//   -> signed 1998-05-04 and ended 2019-06, by the state that the text is about and Chile
//
// Tables on their side are turned (table_layout.h); cells may tell acts in words (cell_act.h): "ratified by
// Chile in 2004, never in force". Also tables without an agreement column, of the agreement that the text
// before speaks of: who did what when
// ("Party | Ratified"), or one fact a row ("Signed | 4 May 1998").
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_TABLE_READER_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_TABLE_READER_H_

#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "ingest_service/extraction/annotation.h"
#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/read_event.h"

namespace treatywire::ingest {

// The events of all tables, in the order of the text, at most kMaxEvents. Rows that name no act give none. A
// row that contradicts itself ("Year 2003", "Signed: early 2000s") gives what the column that names the act
// says.
std::vector<ReadEvent> ReadTables(const Annotation& annotation, std::optional<absl::CivilDay> publish_day,
                                  Discourse* discourse);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_TABLE_READER_H_
