// Events as flat rows for data frames and spreadsheets: one row for each source and target actor, as event
// data sets have them. docs/interchange.md describes each column.
#ifndef TREATYWIRE_TOOLS_TREATYWIRE_EVENT_ROWS_H_
#define TREATYWIRE_TOOLS_TREATYWIRE_EVENT_ROWS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "treatywire/v1/timeline_service.pb.h"

namespace treatywire::tools {

struct EventRow {
  // In the order of EventColumns.
  std::vector<std::string> cells;
};

struct EventColumn {
  const char* name;
  bool is_number;  // JSON number, null where the cell is empty
};
const std::vector<EventColumn>& EventColumns();

// Agreements of more states than this have rows without target: who was meant is not told, and the pairs
// would be many.
inline constexpr int kMaxDyadParties = 8;

// The rows of one event, at least one, in the order of its actors. Pure.
//
// An act of cooperation that the article ascribes to nobody is done by all parties together. Those who act
// together towards one another have a row in each direction; those who act against others have one towards
// each of the others. An agreement of many states has a row an actor, without target.
std::vector<EventRow> RowsOf(const treatywire::v1::EventRecord& event);

// The columns' names, and a row, as a line of CSV after RFC 4180, ended by CR LF. A cell of text that a
// spreadsheet would take for a formula has an apostrophe before it; control characters but line breaks and
// tabs become spaces.
std::string CsvHeader();
std::string CsvLine(const EventRow& row);

// A row as a JSON object on a line, ended by LF; text as it is.
std::string JsonLine(const EventRow& row);

}  // namespace treatywire::tools

#endif  // TREATYWIRE_TOOLS_TREATYWIRE_EVENT_ROWS_H_
