// The date finder: mentions in order, within one sentence, with dates that parse and do not end before they
// begin. The publish day is the first line's number of days after 1970-01-01, none where it is no number.
#include <optional>

#include "absl/strings/numbers.h"
#include "ingest_service/document/document_reader.h"
#include "ingest_service/temporal/date_finder.h"
#include "tests/fuzz/article_input.h"
#include "tests/fuzz/fuzz_target.h"

namespace treatywire::ingest {
namespace {

void CheckDate(const UncertainDate& date) {
  if (date.empty()) return;
  RequirePromise(!date.earliest || !date.latest || *date.earliest <= *date.latest,
                 absl::string_view(date.edtf), " ends before it begins");
  const absl::StatusOr<UncertainDate> parsed = ParseEdtf(date.edtf);
  RequirePromise(parsed.ok(), parsed.status().ToString());
  RequirePromise(parsed->earliest == date.earliest && parsed->latest == date.latest,
                 absl::string_view(date.edtf), " has other days");
}

void FindOne(const ArticleInput& input) {
  const absl::StatusOr<Document> document = ReadDocument("", input.body, MimeType::kPlain);
  if (!document.ok()) return;
  int days = 0;
  std::optional<absl::CivilDay> publish_day;
  if (absl::SimpleAtoi(input.title, &days)) publish_day = absl::CivilDay(1970, 1, 1) + days;
  uint32_t last = 0;
  for (const DateMention& mention : FindDates(*document, publish_day)) {
    RequirePromise(last <= mention.tokens.begin && !mention.tokens.empty() &&
                       mention.tokens.end <= document->tokens.size(),
                   "tokens [", mention.tokens.begin, ", ", mention.tokens.end, ") after ", last);
    last = mention.tokens.end;
    CheckDate(mention.date);
    CheckDate(mention.future_date);
    CheckDate(ResolveAgainst(mention, YearDate(1994)));
    CheckDate(ResolveAgainst(mention, DayDate(absl::CivilDay(2999, 12, 31))));
  }
}

}  // namespace
}  // namespace treatywire::ingest

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  treatywire::ingest::FindOne({data, size});
  return 0;
}
