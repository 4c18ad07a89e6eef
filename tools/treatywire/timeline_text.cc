#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tools/treatywire/claim_text.h"
#include "tools/treatywire/display_text.h"
#include "tools/treatywire/enum_words.h"
#include "tools/treatywire/record_text.h"
#include "tools/treatywire/table.h"

namespace treatywire::tools {
namespace {

using treatywire::v1::EventRecord;
using treatywire::v1::TimelineEntry;

constexpr absl::string_view kNoDate = "(no date)";

std::string DateOr(const treatywire::v1::UncertainDate& date, absl::string_view otherwise) {
  return date.edtf().empty() ? std::string(otherwise) : DateText(date.edtf());
}

}  // namespace

std::string TimelineTable(const std::vector<TimelineEntry>& entries, bool show_agreement, int width) {
  Table table({{"DATE"},
               {"WHAT"},
               {"WHO", Table::Align::kLeft, true},
               {"AGREEMENT", Table::Align::kLeft, true},
               {"SOURCES", Table::Align::kRight},
               {"CONFLICTS", Table::Align::kRight}});
  for (const TimelineEntry& entry : entries) {
    table.AddRow({DateOr(entry.date(), kNoDate), ActText(entry.type(), entry.modality()),
                  PartyIds(entry.actors()), show_agreement ? entry.agreement_display_name() : "",
                  absl::StrCat(entry.independent_source_count()),
                  entry.conflicts().empty() ? "" : absl::StrCat(entry.conflicts_size())});
  }
  return table.Render(width);
}

std::string TimelineClaims(const std::vector<TimelineEntry>& entries, bool show_agreement, int width) {
  std::string text;
  for (const TimelineEntry& entry : entries) {
    std::string line =
        absl::StrCat(DateOr(entry.date(), kNoDate), "  ", ActText(entry.type(), entry.modality()));
    if (!entry.actors().empty()) absl::StrAppend(&line, " by ", PartyIds(entry.actors()));
    if (show_agreement) absl::StrAppend(&line, ": ", entry.agreement_display_name());
    absl::StrAppend(&line, " (", SourceCount(entry.independent_source_count()));
    if (!entry.conflicts().empty()) absl::StrAppend(&line, "; in conflict");
    absl::StrAppend(&text, IndentedText(absl::StrCat(line, ")"), 0, 2, width));
    for (const treatywire::v1::Claim& claim : entry.claims())
      absl::StrAppend(&text, ClaimText(claim, 4, width));
  }
  return text;
}

std::string EventTable(const std::vector<EventRecord>& events, int width) {
  Table table({{"REVISION", Table::Align::kRight},
               {"DATE"},
               {"WHAT"},
               {"WHO", Table::Align::kLeft, true},
               {"PUBLISHER", Table::Align::kLeft, true},
               {"AGREEMENT"},
               {"SENTENCE", Table::Align::kLeft, true}});
  for (const EventRecord& record : events) {
    const treatywire::v1::AgreementEvent& event = record.claim().event();
    table.AddRow({absl::StrCat(record.revision()), DateText(event.date().edtf()),
                  ActText(event.type(), event.modality()), PartyIds(event.actors()),
                  record.claim().publisher(), record.agreement(), event.evidence().text()});
  }
  return table.Render(width);
}

std::string EventChangeText(const treatywire::v1::EventChange& change, int width) {
  const treatywire::v1::Claim& claim = change.event().claim();
  const treatywire::v1::AgreementEvent& event = claim.event();
  const bool removed = change.kind() == treatywire::v1::CHANGE_KIND_REMOVED;
  std::string line =
      absl::StrCat(removed ? "- " : "+ ", change.event().revision(), "  ", DateOr(event.date(), kNoDate),
                   "  ", ActText(event.type(), event.modality()));
  if (!event.actors().empty()) absl::StrAppend(&line, " by ", PartyIds(event.actors()));
  absl::StrAppend(&line, "  ", change.event().agreement());
  if (!claim.publisher().empty()) absl::StrAppend(&line, "  (", claim.publisher(), ")");
  std::string text = IndentedText(line, 0, 4, width);
  if (removed || event.evidence().text().empty()) return text;
  return absl::StrCat(text, IndentedText(absl::StrCat("\"", event.evidence().text(), "\""), 4, 5, width));
}

}  // namespace treatywire::tools
