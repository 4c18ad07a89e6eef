// Reads tables by their header: which column names the agreement, which the party, which the day of which
// act, in any order.
//
//   | Signed     | Title             | Partner | Status          |
//   | 4 May 1998 | Extradition pact  | Chile   | ended June 2019 |
//   -> signed 1998-05-04 and ended 2019-06, by the state that the text is about and Chile
//
// Tables on their side are turned (table_layout.h); cells may tell acts in words (cell_act.h): "ratified by
// Chile in 2004, never in force". Also tables without an agreement column, of the agreement that the text
// before speaks of: who did what when ("Party | Ratified"), or one fact a row ("Signed | 4 May 1998").
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_TABLE_READER_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_TABLE_READER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "ingest_service/extraction/annotation.h"
#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/read_event.h"
#include "ingest_service/extraction/table_layout.h"

namespace treatywire::ingest {

// Reads each table when the text comes to it, so that what follows may speak of the agreements in it. Not
// thread-safe; the arguments outlive the reader.
class TableReader {
 public:
  // `written`: the day of writing; what lies after it is planned. `discourse` learns of the agreements,
  // `events` gets what the rows tell, at most until it holds kMaxEvents.
  TableReader(const Annotation& annotation, const std::optional<absl::CivilDay>& written,
              Discourse* discourse, std::vector<ReadEvent>* events);
  ~TableReader();

  // Reads the tables that begin before `token` and have not been read. Rows that name no act give no event. A
  // row that contradicts itself ("Year 2003", "Signed: early 2000s") gives what the column that names the act
  // says. What the text spoke of before a table it speaks of after it.
  void ReadBefore(uint32_t token);

 private:
  class RowReader;
  std::vector<Table> tables_;
  size_t next_ = 0;
  Discourse* discourse_;
  std::unique_ptr<RowReader> rows_;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_TABLE_READER_H_
