// What the cells of a table are about: the columns by their header, the rows as lists of cells; a table that
// stands on its side (the acts in its first column, an agreement or a party at the head of each other) is
// turned.
//
//   |        | Tax treaty with Chile | Tax treaty with Peru |        | ?                     | Signed | Ended
//   | | Signed | 4 May 1998            | 1999                 |   ->   | Tax treaty with Chile | 4 May… |
//   2019  | | Ended  | 2019                  | -                    |        | Tax treaty with Peru  | 1999
//   | -     |
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_TABLE_LAYOUT_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_TABLE_LAYOUT_H_

#include <vector>

#include "ingest_service/extraction/annotation.h"
#include "treatywire/v1/event.pb.h"

namespace treatywire::ingest {

// What a column holds.
struct Column {
  bool agreement = false;
  bool party = false;
  bool decision = false;  // "Outcome": what was done, told in words
  treatywire::v1::EventType act = treatywire::v1::EVENT_TYPE_UNSPECIFIED;
  bool HasAct() const { return act != treatywire::v1::EVENT_TYPE_UNSPECIFIED; }
};

struct Table {
  uint32_t first_token = 0;  // where it begins
  std::vector<Column> columns;
  std::vector<std::vector<TokenSpan>> rows;  // without the header; the spans of empty cells are empty
};

// The tables of the document, in order. A header in the middle of one begins another.
std::vector<Table> FindTables(const Annotation& annotation);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_TABLE_LAYOUT_H_
