#include "tools/treatywire/event_rows.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "common/logging.h"
#include "google/protobuf/util/time_util.h"
#include "tools/treatywire/claim_text.h"
#include "tools/treatywire/event_codes.h"

namespace treatywire::tools {
namespace {

namespace v1 = treatywire::v1;
using Parties = std::vector<std::string>;

struct Dyad {
  std::string source;
  std::string target;
};

bool Contains(const Parties& parties, const std::string& party) {
  return std::find(parties.begin(), parties.end(), party) != parties.end();
}

Parties Ids(const google::protobuf::RepeatedPtrField<v1::PartyRef>& refs) {
  Parties ids;
  for (const v1::PartyRef& ref : refs) {
    if (!ref.party_id().empty() && !Contains(ids, ref.party_id())) ids.push_back(ref.party_id());
  }
  return ids;
}

// Those that none of `others` is, or continues.
Parties Without(const Parties& parties, const Parties& others) {
  Parties rest;
  for (const std::string& party : parties) {
    if (std::none_of(others.begin(), others.end(),
                     [&](const std::string& other) { return MeanOneParty(party, other); })) {
      rest.push_back(party);
    }
  }
  return rest;
}

// Whom each of `actors` acted towards.
std::vector<Dyad> DyadsOf(const Parties& actors, const Parties& parties, bool cooperative) {
  const Parties others = Without(parties, actors);
  std::vector<Dyad> dyads;
  for (const std::string& source : actors) {
    Parties targets = others;
    if (cooperative || others.empty()) {
      const Parties partners = Without(actors, {source});
      targets.insert(targets.end(), partners.begin(), partners.end());
    }
    for (std::string& target : targets) dyads.push_back({source, std::move(target)});
    if (targets.empty()) dyads.push_back({source, ""});
  }
  return dyads;
}

// An accusation is coded as an act of who makes it, whom no event names, towards `accused`.
std::vector<Dyad> AccusationsOf(Parties accused) {
  std::vector<Dyad> dyads;
  for (std::string& party : accused) dyads.push_back({"", std::move(party)});
  return dyads;
}

std::vector<Dyad> DyadsOf(const v1::AgreementEvent& event, const EventCode* code) {
  Parties actors = Ids(event.actors());
  const Parties parties = Ids(event.agreement().parties());
  const bool cooperative = code != nullptr && QuadClass(*code) <= 2;
  const bool of_many =
      event.agreement().multilateral() || parties.size() > kMaxDyadParties || actors.size() > kMaxDyadParties;
  if (actors.empty() && cooperative && !of_many) actors = parties;
  if (actors.empty()) return {{"", ""}};
  if (event.type() == v1::EVENT_TYPE_BREACH_ALLEGED) return AccusationsOf(std::move(actors));
  if (!of_many) return DyadsOf(actors, parties, cooperative);
  std::vector<Dyad> dyads;
  for (std::string& actor : actors) dyads.push_back({std::move(actor), ""});
  return dyads;
}

std::string DateTime(const v1::Claim& claim) {
  return DayText(claim.publish_time()).empty()
             ? ""
             : google::protobuf::util::TimeUtil::ToString(claim.publish_time());
}

template <typename Enum>
std::string EnumName(Enum value, const std::string& name) {
  // Of the unspecified value nothing; a value that this program does not know as its number.
  if (value == 0) return "";
  return name.empty() ? absl::StrCat(static_cast<int>(value)) : name;
}

std::string WithoutPrefix(const std::string& name, absl::string_view prefix) {
  return absl::StartsWith(name, prefix) ? name.substr(prefix.size()) : name;
}

std::string TypeName(v1::EventType type) {
  return EnumName(type, WithoutPrefix(v1::EventType_Name(type), "EVENT_TYPE_"));
}
std::string ModalityName(v1::Modality modality) {
  return EnumName(modality, WithoutPrefix(v1::Modality_Name(modality), "MODALITY_"));
}
std::string SubjectName(v1::Subject subject) {
  return EnumName(subject, WithoutPrefix(v1::Subject_Name(subject), "SUBJECT_"));
}
std::string ComparisonName(v1::DateComparison comparison) {
  return EnumName(comparison, WithoutPrefix(v1::DateComparison_Name(comparison), "DATE_COMPARISON_"));
}
std::string BasisName(v1::DateBasis basis) {
  return EnumName(basis, WithoutPrefix(v1::DateBasis_Name(basis), "DATE_BASIS_"));
}

EventRow RowOf(const v1::EventRecord& record, const EventCode* code, const Dyad& dyad) {
  const v1::Claim& claim = record.claim();
  const v1::AgreementEvent& event = claim.event();
  const EventCode none;
  const EventCode& coded = code != nullptr ? *code : none;
  return {{
      event.event_id(),
      event.date().edtf(),
      event.date().earliest(),
      event.date().latest(),
      BasisName(event.date().basis()),
      CameoActor(dyad.source),
      dyad.source,
      CameoActor(dyad.target),
      dyad.target,
      coded.cameo,
      std::string(coded.cameo, std::min<size_t>(2, absl::string_view(coded.cameo).size())),
      coded.cameo_name,
      code != nullptr ? absl::StrCat(QuadClass(coded)) : "",
      coded.plover,
      coded.mode,
      code != nullptr ? PloverContexts(coded, event.agreement().subject()) : "",
      TypeName(event.type()),
      ModalityName(event.modality()),
      record.agreement(),
      event.agreement().title(),
      absl::StrJoin(Ids(event.agreement().parties()), ";"),
      SubjectName(event.agreement().subject()),
      record.entry(),
      ComparisonName(claim.date_comparison()),
      claim.source_group() > 0 ? absl::StrCat(claim.source_group()) : "",
      absl::StrFormat("%.2f", event.confidence()),
      claim.article(),
      claim.publisher(),
      DateTime(claim),
      claim.uri(),
      event.evidence().text(),
      absl::StrCat(event.evidence().begin_byte()),
      absl::StrCat(event.evidence().end_byte()),
      absl::StrCat(record.revision()),
  }};
}

// What Excel, LibreOffice and Google Sheets read as the beginning of a formula.
bool LooksLikeFormula(const std::string& cell) {
  return !cell.empty() && absl::string_view("=+-@\t\r\n").find(cell[0]) != absl::string_view::npos;
}

std::string CsvCell(std::string cell) {
  for (char& c : cell) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\t' && c != '\r' && c != '\n') || byte == 0x7f) c = ' ';
  }
  if (LooksLikeFormula(cell)) cell.insert(0, 1, '\'');
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  return absl::StrCat("\"", absl::StrReplaceAll(cell, {{"\"", "\"\""}}), "\"");
}

}  // namespace

const std::vector<EventColumn>& EventColumns() {
  static const auto* const columns = new std::vector<EventColumn>{
      {"event_id", false},       {"event_date", false},      {"date_earliest", false},
      {"date_latest", false},    {"date_basis", false},      {"source_actor", false},
      {"source_party", false},   {"target_actor", false},    {"target_party", false},
      {"cameo_code", false},     {"cameo_root", false},      {"cameo_name", false},
      {"quad_class", true},      {"plover_event", false},    {"plover_mode", false},
      {"plover_context", false}, {"event_type", false},      {"modality", false},
      {"agreement", false},      {"agreement_title", false}, {"agreement_parties", false},
      {"subject", false},        {"entry", false},           {"date_comparison", false},
      {"source_group", true},    {"confidence", true},       {"article", false},
      {"publisher", false},      {"published", false},       {"url", false},
      {"evidence", false},       {"evidence_begin", true},   {"evidence_end", true},
      {"revision", true},
  };
  return *columns;
}

std::vector<EventRow> RowsOf(const v1::EventRecord& event) {
  const EventCode* code = CodeOf(event.claim().event());
  std::vector<EventRow> rows;
  for (const Dyad& dyad : DyadsOf(event.claim().event(), code)) rows.push_back(RowOf(event, code, dyad));
  return rows;
}

std::string CsvHeader() {
  return absl::StrCat(
      absl::StrJoin(EventColumns(), ",",
                    [](std::string* out, const EventColumn& column) { absl::StrAppend(out, column.name); }),
      "\r\n");
}

std::string CsvLine(const EventRow& row) {
  return absl::StrCat(
      absl::StrJoin(row.cells, ",",
                    [](std::string* out, const std::string& cell) { absl::StrAppend(out, CsvCell(cell)); }),
      "\r\n");
}

std::string JsonLine(const EventRow& row) {
  std::string line = "{";
  for (size_t i = 0; i < row.cells.size(); ++i) {
    const EventColumn& column = EventColumns()[i];
    const std::string& cell = row.cells[i];
    absl::StrAppend(&line, i == 0 ? "" : ",", "\"", column.name, "\":",
                    !column.is_number ? JsonQuote(cell)
                    : cell.empty()    ? "null"
                                      : cell);
  }
  return absl::StrCat(line, "}\n");
}

}  // namespace treatywire::tools
