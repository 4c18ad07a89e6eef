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

namespace {

std::string Count(int count, absl::string_view noun) {
  return absl::StrCat(count, " ", noun, count == 1 ? "" : "s");
}

// "took the place of Soviet Union (SUHH), whose 3 agreements it continues".
std::string LinkText(const treatywire::v1::Party& party, const treatywire::v1::SuccessionLink& link) {
  const bool is_successor = link.successor() == party.party_id();
  std::string text =
      absl::StrCat(is_successor ? "took the place of " : "its place was taken by ", link.display_name(), " (",
                   is_successor ? link.predecessor() : link.successor(), ")");
  if (is_successor) {
    absl::StrAppend(&text, ", which ", Count(link.predecessor_agreement_count(), "agreement"),
                    link.predecessor_agreement_count() == 1 ? " names" : " name");
  }
  if (link.continues_agreements()) {
    absl::StrAppend(&text, is_successor ? "; it continues them" : ", which continues its agreements");
  }
  if (!link.succeeded_agreements().empty()) {
    absl::StrAppend(&text, "; succeeded to ", absl::StrJoin(link.succeeded_agreements(), ", "));
  }
  return text;
}

}  // namespace

std::string PartyPage(const treatywire::v1::Party& party, int width) {
  std::string page = IndentedText(
      absl::StrCat(party.display_name(), " (", party.party_id(), "), ", Word(party.kind())), 0, 2, width);
  for (const treatywire::v1::SuccessionLink& link : party.succession_links()) {
    absl::StrAppend(&page, IndentedText(LinkText(party, link), 2, 4, width));
  }
  return absl::StrCat(page, IndentedText(absl::StrCat(Count(party.agreement_count(), "agreement"),
                                                      " of its own, ", Count(party.event_count(), "event")),
                                         2, 4, width));
}

}  // namespace treatywire::tools
