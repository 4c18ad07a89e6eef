#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "tools/treatywire/claim_text.h"
#include "tools/treatywire/display_text.h"
#include "tools/treatywire/enum_words.h"
#include "tools/treatywire/record_text.h"
#include "tools/treatywire/table.h"

namespace treatywire::tools {
namespace {

using treatywire::v1::Agreement;

constexpr int kLabelWidth = 16;

std::string StatusText(treatywire::v1::Status status, const treatywire::v1::UncertainDate& since) {
  const std::string word = status == treatywire::v1::STATUS_UNSPECIFIED ? "unknown" : Word(status);
  return since.edtf().empty() ? word : absl::StrCat(word, " since ", DateText(since.edtf()));
}

// A line of a page: "  parties       US United States, SUHH Soviet Union". Nothing where there is no value.
void AppendFact(absl::string_view label, absl::string_view value, int width, std::string* page,
                int indent = 2) {
  if (value.empty()) return;
  const std::string printable_label = PrintableText(label);
  page->append(indent, ' ').append(printable_label);
  page->append(std::max(1, kLabelWidth - indent - DisplayWidth(printable_label)), ' ');
  // The first line goes on after the label.
  page->append(IndentedText(value, kLabelWidth, kLabelWidth, width), kLabelWidth);
}

std::string Parties(const Agreement& agreement) {
  return absl::StrJoin(
      agreement.parties(), ", ", [](std::string* out, const treatywire::v1::PartyRef& party) {
        absl::StrAppend(out, party.party_id(), party.surface().empty() ? "" : " ", party.surface());
      });
}

std::string Kind(const Agreement& agreement) {
  std::vector<std::string> parts;
  if (agreement.multilateral()) parts.emplace_back("multilateral");
  for (std::string word : {Word(agreement.kind()), Word(agreement.subject())}) {
    if (!word.empty()) parts.push_back(std::move(word));
  }
  return absl::StrJoin(parts, ", ");
}

std::string Signed(const Agreement& agreement) {
  if (agreement.signed_date().edtf().empty()) return agreement.signed_place();
  const std::string rule = Word(agreement.signed_date_rule());
  return absl::StrCat(DateText(agreement.signed_date().edtf()),
                      agreement.signed_place().empty() ? "" : " in ", agreement.signed_place(),
                      rule.empty() ? "" : absl::StrCat(" (", rule, ")"));
}

std::string Exit(const treatywire::v1::PartyStatus& party) {
  std::vector<absl::string_view> steps;
  if (party.exit_decided()) steps.emplace_back("decided");
  if (party.exit_notified()) steps.emplace_back("notified");
  if (party.exit_effective()) steps.emplace_back("effective");
  return steps.empty() ? "" : absl::StrCat("; exit ", absl::StrJoin(steps, ", "));
}

std::string MissingSteps(const Agreement& agreement) {
  std::vector<std::string> steps;
  for (const int step : agreement.missing_steps()) {
    steps.push_back(Word(static_cast<treatywire::v1::MissingStep>(step)));
  }
  return absl::StrJoin(steps, ", ");
}

void AppendFacts(const Agreement& agreement, int width, std::string* page) {
  AppendFact("also called", absl::StrJoin(agreement.aliases(), "; "), width, page);
  AppendFact("kind", Kind(agreement), width, page);
  AppendFact("parties", Parties(agreement), width, page);
  AppendFact("signed", Signed(agreement), width, page);
  AppendFact("status", StatusText(agreement.status(), agreement.status_since()), width, page);
  for (const treatywire::v1::PartyStatus& party : agreement.party_statuses()) {
    AppendFact(party.party_id(), absl::StrCat(StatusText(party.status(), party.since()), Exit(party)), width,
               page, 4);
  }
  AppendFact("missing", MissingSteps(agreement), width, page);
  for (const treatywire::v1::Relation& relation : agreement.relations()) {
    AppendFact(Word(relation.kind()), absl::StrCat(relation.display_name(), " (", relation.agreement(), ")"),
               width, page);
  }
  AppendFact("sources",
             absl::StrCat(agreement.independent_source_count(), " independent, ", agreement.article_count(),
                          agreement.article_count() == 1 ? " article" : " articles"),
             width, page);
  for (const std::string& conflict : agreement.conflicts()) AppendFact("conflict", conflict, width, page);
  for (const std::string& name : agreement.retired_names()) AppendFact("once named", name, width, page);
}

}  // namespace

std::string AgreementTable(const std::vector<Agreement>& agreements, int width) {
  Table table({{"AGREEMENT", Table::Align::kLeft, true},
               {"PARTIES", Table::Align::kLeft, true},
               {"SIGNED"},
               {"STATUS", Table::Align::kLeft, true},
               {"SOURCES", Table::Align::kRight},
               {"CONFLICTS", Table::Align::kRight},
               {"NAME"}});
  for (const Agreement& agreement : agreements) {
    table.AddRow(
        {agreement.display_name(), PartyIds(agreement.parties()), DateText(agreement.signed_date().edtf()),
         StatusText(agreement.status(), agreement.status_since()),
         absl::StrCat(agreement.independent_source_count()),
         agreement.conflicts().empty() ? "" : absl::StrCat(agreement.conflicts_size()), agreement.name()});
  }
  return table.Render(width);
}

std::string AgreementPage(const Agreement& agreement, int width) {
  std::string page = IndentedText(agreement.display_name(), 0, 2, width);
  absl::StrAppend(&page, IndentedText(agreement.name(), 0, 2, width));
  AppendFacts(agreement, width, &page);
  if (agreement.entries().empty()) return page;
  return absl::StrCat(page, "\n",
                      TimelineClaims({agreement.entries().begin(), agreement.entries().end()}, false, width));
}

std::string SearchHitList(const std::vector<treatywire::v1::SearchHit>& hits, int width) {
  std::string list;
  for (const treatywire::v1::SearchHit& hit : hits) {
    absl::StrAppend(
        &list, IndentedText(absl::StrCat(absl::StrFormat("%.2f  ", hit.score()),
                                         hit.agreement().display_name(), " (", hit.agreement().name(), ")"),
                            0, 4, width));
    if (!hit.matching_evidence().text().empty()) {
      absl::StrAppend(&list,
                      IndentedText(absl::StrCat("\"", hit.matching_evidence().text(), "\""), 4, 5, width),
                      IndentedText(hit.article(), 4, 4, width));
    }
  }
  return list;
}

}  // namespace treatywire::tools
