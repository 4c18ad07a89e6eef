#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/treatywire/display_text.h"
#include "tools/treatywire/enum_words.h"
#include "tools/treatywire/record_text.h"
#include "tools/treatywire/table.h"

namespace treatywire::tools {

std::string PartyTable(const std::vector<treatywire::v1::Party>& parties, int width) {
  Table table({{"PARTY"},
               {"NAME", Table::Align::kLeft, true},
               {"KIND"},
               {"AGREEMENTS", Table::Align::kRight},
               {"EVENTS", Table::Align::kRight}});
  for (const treatywire::v1::Party& party : parties) {
    table.AddRow({party.party_id(), party.display_name(), Word(party.kind()),
                  absl::StrCat(party.agreement_count()), absl::StrCat(party.event_count())});
  }
  return table.Render(width);
}

std::string PartyPage(const treatywire::v1::Party& party, int width) {
  std::string page = IndentedText(
      absl::StrCat(party.display_name(), " (", party.party_id(), "), ", Word(party.kind())), 0, 2, width);
  if (!party.predecessors().empty()) {
    absl::StrAppend(
        &page, IndentedText(absl::StrCat("took the place of ", absl::StrJoin(party.predecessors(), ", ")), 2,
                            4, width));
  }
  if (!party.successors().empty()) {
    absl::StrAppend(
        &page, IndentedText(absl::StrCat("its place was taken by ", absl::StrJoin(party.successors(), ", ")),
                            2, 4, width));
  }
  return absl::StrCat(page, IndentedText(absl::StrCat(party.agreement_count(), " agreements of its own, ",
                                                      party.event_count(), " events"),
                                         2, 4, width));
}

}  // namespace treatywire::tools
