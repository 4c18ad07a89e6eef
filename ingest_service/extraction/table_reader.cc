#include "ingest_service/extraction/table_reader.h"

#include <algorithm>
#include <utility>

#include "ingest_service/extraction/agreement_phrase.h"

namespace treatywire::ingest {
namespace {

using treatywire::v1::EventType;

// What a column holds.
struct Column {
  bool agreement = false;
  bool party = false;
  EventType act = treatywire::v1::EVENT_TYPE_UNSPECIFIED;
};

bool Is(absl::string_view word, std::initializer_list<absl::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

EventType ActOfHeaderWord(absl::string_view word) {
  if (Is(word, {"signed", "signature", "concluded", "initialled"})) return treatywire::v1::EVENT_TYPE_SIGNED;
  if (Is(word, {"ratified", "ratification", "approved", "approval", "acceptance"}))
    return treatywire::v1::EVENT_TYPE_RATIFIED;
  if (Is(word, {"acceded", "accession", "joined"})) return treatywire::v1::EVENT_TYPE_ACCEDED;
  if (Is(word, {"force", "effective", "effect"})) return treatywire::v1::EVENT_TYPE_ENTERED_INTO_FORCE;
  if (Is(word, {"terminated", "termination", "ended", "denounced", "cancelled", "canceled", "scrapped"})) {
    return treatywire::v1::EVENT_TYPE_TERMINATED;
  }
  if (Is(word, {"withdrew", "withdrawn", "withdrawal", "left"})) return treatywire::v1::EVENT_TYPE_WITHDRAWN;
  if (Is(word, {"suspended", "suspension"})) return treatywire::v1::EVENT_TYPE_SUSPENDED;
  if (Is(word, {"expired", "expires", "expiry"})) return treatywire::v1::EVENT_TYPE_EXPIRED;
  if (Is(word, {"extended", "renewed", "extension"})) return treatywire::v1::EVENT_TYPE_EXTENDED;
  if (Is(word, {"notified", "notice", "notification"})) return treatywire::v1::EVENT_TYPE_NOTIFIED;
  return treatywire::v1::EVENT_TYPE_UNSPECIFIED;
}

class TableReader {
 public:
  TableReader(const Annotation& a, Discourse* discourse, std::vector<ReadEvent>* out)
      : a_(a), discourse_(discourse), out_(out) {}

  void ReadHeader(const Block& block) {
    columns_.clear();
    context_ = discourse_->Focus({});
    for (const TokenSpan cell : block.cells) columns_.push_back(ColumnOf(cell));
  }

  void ReadRow(const Block& block) {
    const bool useful = std::any_of(columns_.begin(), columns_.end(), [](const Column& c) {
      return c.act != treatywire::v1::EVENT_TYPE_UNSPECIFIED;
    });
    if (!useful || block.cells.empty()) return;
    const PartyIds parties = PartiesOfRow(block);
    const std::vector<int> agreements = AgreementsOfRow(block, parties);
    for (size_t c = 0; c < std::min(columns_.size(), block.cells.size()); ++c) {
      if (columns_[c].act == treatywire::v1::EVENT_TYPE_UNSPECIFIED) continue;
      for (const int agreement : agreements) AddEvent(block, c, agreement, parties);
    }
  }

 private:
  Column ColumnOf(TokenSpan cell) const {
    Column column;
    for (uint32_t t = cell.begin; t < cell.end; ++t) {
      const absl::string_view word = a_.norm(t);
      if (column.act == treatywire::v1::EVENT_TYPE_UNSPECIFIED) column.act = ActOfHeaderWord(word);
      if (Is(word, {"country", "countries", "state", "party", "parties", "partner", "partners", "signatory",
                    "member", "with"}))
        column.party = true;
      if (a_.at[t].instrument >= 0 || Is(word, {"title", "name"})) column.agreement = true;
    }
    if (column.act != treatywire::v1::EVENT_TYPE_UNSPECIFIED) column.party = column.agreement = false;
    return column;
  }

  PartyIds PartiesOfRow(const Block& block) const {
    PartyIds parties;
    for (size_t c = 0; c < std::min(columns_.size(), block.cells.size()); ++c) {
      if (!columns_[c].party) continue;
      const PartyList list = ReadPartyList(a_, block.cells[c].begin, block.cells[c].end);
      parties.insert(parties.end(), list.ids.begin(), list.ids.end());
    }
    return parties;
  }

  std::vector<int> AgreementsOfRow(const Block& block, const PartyIds& parties) {
    for (size_t c = 0; c < std::min(columns_.size(), block.cells.size()); ++c) {
      if (!columns_[c].agreement || block.cells[c].empty()) continue;
      Sentence cell;
      cell.tokens = block.cells[c];
      std::vector<AgreementPhrase> phrases = FindAgreementPhrases(a_, cell);
      if (phrases.empty()) continue;
      AgreementPhrase& phrase = phrases.front();
      if (phrase.title.empty() && phrase.known == nullptr) phrase.title = a_.document.Text(phrase.core);
      for (const std::string& id : parties) {
        if (std::find(phrase.parties.begin(), phrase.parties.end(), id) == phrase.parties.end())
          phrase.partners.push_back(id);
      }
      PhraseContext context;
      if (phrase.parties.empty() && parties.size() < 2 && !a_.main_party().empty())
        context.owners.push_back(a_.main_party());
      return discourse_->Resolve(phrase, context);
    }
    if (context_ >= 0) return {context_};
    return {};
  }

  void AddEvent(const Block& block, size_t column, int agreement, const PartyIds& parties) {
    const TokenSpan cell = block.cells[column];
    for (uint32_t t = cell.begin; t < cell.end; ++t) {
      const int32_t d = a_.at[t].date;
      if (d < 0 || a_.dates[d].date.empty()) continue;
      ReadEvent event;
      event.type = columns_[column].act;
      event.agreement = agreement;
      event.date = a_.dates[d].date;
      event.date_surface = a_.document.Text(a_.dates[d].tokens);
      event.cue = cell;
      event.sentence = SentenceOf(block, cell);
      event.joint = event.type == treatywire::v1::EVENT_TYPE_SIGNED;
      event.leave = event.type == treatywire::v1::EVENT_TYPE_TERMINATED ||
                    event.type == treatywire::v1::EVENT_TYPE_WITHDRAWN;
      event.whole_block = true;
      event.confidence = 0.8;
      // In a table of who ratified what, the row's party did it; in one of what a state ended, that state
      // did.
      if (discourse_->entities()[agreement].multilateral) {
        event.actors = parties;
      } else if (event.leave && discourse_->HasParty(agreement, a_.main_party())) {
        event.actors = {a_.main_party()};
      }
      if (event.joint) {
        AgreementEntity& entity = discourse_->entities()[agreement];
        if (entity.signed_date.empty()) entity.signed_date = event.date;
      }
      out_->push_back(std::move(event));
      return;
    }
  }

  uint32_t SentenceOf(const Block& block, TokenSpan cell) const {
    for (uint32_t s = block.first_sentence; s < block.last_sentence; ++s) {
      if (a_.document.sentences[s].tokens.Contains(cell.begin)) return s;
    }
    return block.first_sentence;
  }

  const Annotation& a_;
  Discourse* discourse_;
  std::vector<ReadEvent>* out_;
  std::vector<Column> columns_;
  int context_ = -1;
};

}  // namespace

std::vector<ReadEvent> ReadTables(const Annotation& annotation, Discourse* discourse) {
  std::vector<ReadEvent> events;
  TableReader reader(annotation, discourse, &events);
  for (const Block& block : annotation.document.blocks) {
    if (block.kind != BlockKind::kTableRow || events.size() >= kMaxEvents) continue;
    if (block.is_header_row) {
      reader.ReadHeader(block);
    } else {
      reader.ReadRow(block);
    }
  }
  return events;
}

}  // namespace treatywire::ingest
