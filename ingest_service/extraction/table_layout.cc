#include "ingest_service/extraction/table_layout.h"

#include <algorithm>
#include <utility>

#include "ingest_service/extraction/act_word.h"
#include "ingest_service/extraction/agreement_phrase.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_list.h"

namespace treatywire::ingest {
namespace {

namespace v1 = treatywire::v1;

using Cells = std::vector<TokenSpan>;

// Longest line above a table that is its caption.
constexpr uint32_t kMaxCaptionTokens = 16;

bool SaysParty(const Annotation& a, TokenSpan cell, uint32_t t) {
  // "State of play" is none.
  if (t + 1 < cell.end && a.norm(t + 1) == "of") return false;
  return IsOneOf(a.norm(t),
                 {"country", "countries", "state", "states", "party", "parties", "partner", "partners",
                  "signatory", "signatories", "member", "members", "with", "counterpart", "between",
                  "government", "participant", "participants", "capital"});
}

Column ColumnOf(const Annotation& a, TokenSpan cell) {
  Column column;
  column.act = ActOfLabel(a, cell);
  if (column.HasAct()) return column;
  for (uint32_t t = cell.begin; t < cell.end; ++t) {
    if (SaysParty(a, cell, t)) column.party = true;
    if (IsOneOf(a.norm(t), {"decision", "outcome", "result", "vote", "action", "verdict"}))
      column.decision = true;
    if (a.at[t].instrument >= 0 || IsOneOf(a.norm(t), {"title", "name", "document", "instrument"}))
      column.agreement = true;
  }
  return column;
}

bool NamesAgreement(const Annotation& a, TokenSpan cell) {
  Sentence sentence;
  sentence.tokens = cell;
  const std::vector<AgreementPhrase> phrases = FindAgreementPhrases(a, sentence);
  return !phrases.empty() && !phrases.front().pronoun;
}

bool NamesParty(const Annotation& a, TokenSpan cell) {
  return !ReadPartyList(a, cell.begin, cell.end).ids.empty();
}

// "Agreement | Year": without another column for it, the year is that of the signature.
void DateByYear(const Annotation& a, const Cells& header, std::vector<Column>* columns) {
  const bool acts = std::any_of(columns->begin(), columns->end(), [](const Column& c) { return c.HasAct(); });
  const bool agreement =
      std::any_of(columns->begin(), columns->end(), [](const Column& c) { return c.agreement; });
  if (acts || !agreement) return;
  for (size_t c = 0; c < columns->size(); ++c) {
    if (header[c].size() == 1 && IsOneOf(a.norm(header[c].begin), {"year", "date"}))
      (*columns)[c].act = v1::EVENT_TYPE_SIGNED;
  }
}

// Whether the acts stand in the first column: an agreement or a party heads each other one, and most rows
// begin with the name of an act.
bool StandsOnItsSide(const Annotation& a, const Cells& header, const std::vector<Cells>& rows) {
  if (header.size() < 2) return false;
  for (size_t c = 1; c < header.size(); ++c) {
    if (ActOfLabel(a, header[c]) != v1::EVENT_TYPE_UNSPECIFIED) return false;
    if (!NamesAgreement(a, header[c]) && !NamesParty(a, header[c])) return false;
  }
  size_t labels = 0;
  for (const Cells& row : rows) {
    if (!row.empty() && ActOfLabel(a, row.front()) != v1::EVENT_TYPE_UNSPECIFIED) ++labels;
  }
  return labels > 0 && 2 * labels >= rows.size();
}

Table Turned(const Annotation& a, const Cells& header, const std::vector<Cells>& rows) {
  Table table;
  Column heads = ColumnOf(a, header.front());
  if (!heads.party && !heads.agreement) {
    heads.agreement = NamesAgreement(a, header[1]);
    heads.party = !heads.agreement;
  }
  table.columns.push_back(heads);
  for (const Cells& row : rows) table.columns.push_back(row.empty() ? Column() : ColumnOf(a, row.front()));
  for (size_t c = 1; c < header.size(); ++c) {
    Cells cells = {header[c]};
    for (const Cells& row : rows) cells.push_back(c < row.size() ? row[c] : TokenSpan());
    table.rows.push_back(std::move(cells));
  }
  return table;
}

// The act that the heading of a table, or the short line above it, names: "Ratifications of the convention".
v1::EventType ActAbove(const Annotation& a, uint32_t token) {
  const std::vector<Sentence>& sentences = a.document.sentences;
  const auto at = std::lower_bound(sentences.begin(), sentences.end(), token,
                                   [](const Sentence& s, uint32_t t) { return s.tokens.begin < t; });
  if (at == sentences.begin()) return v1::EVENT_TYPE_UNSPECIFIED;
  const TokenSpan line = (at - 1)->tokens;
  const BlockKind kind = a.document.blocks[(at - 1)->block].kind;
  // A full stop ends a sentence of the text.
  const bool caption = kind == BlockKind::kHeading || (!line.empty() && a.norm(line.end - 1) != ".");
  if (kind == BlockKind::kTableRow || !caption || line.size() > kMaxCaptionTokens)
    return v1::EVENT_TYPE_UNSPECIFIED;
  return ActOfLabel(a, line);
}

// "Country | Date" under "Ratifications": the day of that act.
void DateByCaption(const Annotation& a, const Cells& header, std::vector<Column>* columns) {
  if (header.empty() ||
      std::any_of(columns->begin(), columns->end(), [](const Column& c) { return c.HasAct(); }))
    return;
  for (size_t c = 0; c < columns->size(); ++c) {
    if (header[c].size() == 1 && IsOneOf(a.norm(header[c].begin), {"year", "date", "day", "when"}))
      (*columns)[c].act = ActAbove(a, header.front().begin);
  }
}

Table TableOf(const Annotation& a, const Cells& header, const std::vector<Cells>& rows) {
  Table table;
  if (StandsOnItsSide(a, header, rows)) {
    table = Turned(a, header, rows);
  } else {
    for (const TokenSpan cell : header) table.columns.push_back(ColumnOf(a, cell));
    DateByCaption(a, header, &table.columns);
    DateByYear(a, header, &table.columns);
    table.rows = rows;
  }
  if (!header.empty()) table.first_token = header.front().begin;
  if (table.first_token == 0 && !rows.empty()) table.first_token = rows.front().front().begin;
  return table;
}

}  // namespace

std::vector<Table> FindTables(const Annotation& a) {
  std::vector<Table> tables;
  Cells header;
  std::vector<Cells> rows;
  int32_t table = -1;
  const auto finish = [&] {
    if (!header.empty() || !rows.empty()) tables.push_back(TableOf(a, header, rows));
    header.clear();
    rows.clear();
  };
  for (const Block& block : a.document.blocks) {
    if (block.kind != BlockKind::kTableRow) continue;
    if (block.table != table || (block.is_header_row && !rows.empty())) finish();
    table = block.table;
    if (block.is_header_row) {
      header = block.cells;
    } else if (!block.cells.empty()) {
      rows.push_back(block.cells);
    }
  }
  finish();
  return tables;
}

}  // namespace treatywire::ingest
