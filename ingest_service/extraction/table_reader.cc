#include "ingest_service/extraction/table_reader.h"

#include <algorithm>
#include <map>
#include <utility>

#include "ingest_service/extraction/act_word.h"
#include "ingest_service/extraction/agreement_before.h"
#include "ingest_service/extraction/agreement_phrase.h"
#include "ingest_service/extraction/one_of.h"

namespace treatywire::ingest {
namespace {

namespace v1 = treatywire::v1;

constexpr double kConfidence = 0.8;

// What a column holds.
struct Column {
  bool agreement = false;
  bool party = false;
  v1::EventType act = v1::EVENT_TYPE_UNSPECIFIED;
};

bool HasAct(const Column& column) { return column.act != v1::EVENT_TYPE_UNSPECIFIED; }

class TableReader {
 public:
  TableReader(const Annotation& a, Discourse* discourse, std::vector<ReadEvent>* out)
      : a_(a), discourse_(discourse), out_(out), owner_(FindOwner()) {}

  void ReadHeader(const Block& block) {
    columns_.clear();
    context_ = block.cells.empty() ? -1 : AgreementBefore(a_, block.cells.front().begin, discourse_);
    for (const TokenSpan cell : block.cells) columns_.push_back(ColumnOf(cell));
    DateByYear(block);
    by_party_ = HasColumn([](const Column& c) { return c.party; }) &&
                !HasColumn([](const Column& c) { return c.agreement; });
  }

  void ReadRow(const Block& block) {
    if (block.cells.empty()) return;
    const PartyIds parties = PartiesOfRow(block);
    const std::vector<int> agreements = AgreementsOfRow(block, parties);
    for (const int agreement : agreements) {
      for (size_t c = 0; c < block.cells.size(); ++c) ReadCell(block, c, agreement, parties);
    }
    if (!agreements.empty() || context_ < 0) return;
    // "Signed | 4 May 1998"
    const v1::EventType act = ActOfLabel(a_, block.cells.front());
    if (act != v1::EVENT_TYPE_UNSPECIFIED && block.cells.size() == 2) {
      AddEvent(block, block.cells[1], act, context_, {});
    }
  }

 private:
  template <typename Test>
  bool HasColumn(Test test) const {
    return std::any_of(columns_.begin(), columns_.end(), test);
  }

  // The state that the text around the tables is about.
  std::string FindOwner() const {
    std::map<std::string, int> counts;
    for (const Sentence& sentence : a_.document.sentences) {
      if (a_.document.blocks[sentence.block].kind == BlockKind::kTableRow) continue;
      for (uint32_t t = sentence.tokens.begin; t < sentence.tokens.end; ++t) {
        const int32_t p = a_.at[t].party;
        if (p < 0 || a_.parties[p].tokens.begin != t || a_.parties[p].ids.size() != 1) continue;
        ++counts[a_.parties[p].ids.front()];
      }
    }
    std::string owner = a_.home_party();
    for (const auto& [id, count] : counts) {
      if (owner.empty() || count > counts[owner]) owner = id;
    }
    return owner.empty() ? a_.main_party() : owner;
  }

  Column ColumnOf(TokenSpan cell) const {
    Column column;
    column.act = ActOfLabel(a_, cell);
    if (HasAct(column)) return column;
    for (uint32_t t = cell.begin; t < cell.end; ++t) {
      const absl::string_view word = a_.norm(t);
      if (IsOneOf(word, {"country", "countries", "state", "party", "parties", "partner", "partners",
                         "signatory", "member", "with"}))
        column.party = true;
      if (a_.at[t].instrument >= 0 || IsOneOf(word, {"title", "name"})) column.agreement = true;
    }
    return column;
  }

  // "Agreement | Year": without another column for it, the year is that of the signature.
  void DateByYear(const Block& header) {
    if (HasColumn(HasAct) || !HasColumn([](const Column& c) { return c.agreement; })) return;
    for (size_t c = 0; c < columns_.size(); ++c) {
      const TokenSpan cell = header.cells[c];
      if (cell.size() == 1 && IsOneOf(a_.norm(cell.begin), {"year", "date"}))
        columns_[c].act = v1::EVENT_TYPE_SIGNED;
    }
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
    for (const bool labelled : {true, false}) {
      for (size_t c = 0; c < std::min(columns_.size(), block.cells.size()); ++c) {
        if (columns_[c].party || HasAct(columns_[c]) || columns_[c].agreement != labelled) continue;
        if (by_party_ && HasColumn(HasAct)) continue;
        if (block.cells[c].empty()) continue;
        const std::vector<int> found = AgreementInCell(block.cells[c], parties, labelled);
        if (!found.empty()) return found;
      }
    }
    const bool of_context = !by_party_ || !parties.empty();
    if (of_context && HasColumn(HasAct) && context_ >= 0) return {context_};
    return {};
  }

  std::vector<int> AgreementInCell(TokenSpan cell, const PartyIds& parties, bool labelled) {
    Sentence sentence;
    sentence.tokens = cell;
    std::vector<AgreementPhrase> phrases = FindAgreementPhrases(a_, sentence);
    if (phrases.empty() || phrases.front().pronoun) return {};
    AgreementPhrase& phrase = phrases.front();
    // Words in a column that is not headed as one name an agreement only where they begin with it.
    if (!labelled && phrase.core.begin != cell.begin) return {};
    if (phrase.title.empty() && phrase.known == nullptr) phrase.title = a_.document.Text(phrase.core);
    for (const std::string& id : parties) {
      if (std::find(phrase.parties.begin(), phrase.parties.end(), id) == phrase.parties.end())
        phrase.partners.push_back(id);
    }
    PhraseContext context;
    if (phrase.parties.empty() && parties.size() < 2 && !owner_.empty()) context.owners.push_back(owner_);
    const std::vector<int> found = discourse_->Resolve(phrase, context);
    for (const int agreement : found) AddOrigin(phrase, agreement, cell);
    return found;
  }

  // "Security treaty of 2017" in the cell that names it.
  void AddOrigin(const AgreementPhrase& phrase, int agreement, TokenSpan cell) {
    if (phrase.dates.size() != 1) return;
    ReadEvent event = EventOf(v1::EVENT_TYPE_CONCLUDED, agreement, cell);
    SetDate(phrase.dates.front(), &event);
    event.from_phrase = true;
    out_->push_back(std::move(event));
  }

  void ReadCell(const Block& block, size_t column, int agreement, const PartyIds& parties) {
    const TokenSpan cell = block.cells[column];
    if (column < columns_.size() && HasAct(columns_[column])) {
      return AddEvent(block, cell, columns_[column].act, agreement, parties);
    }
    if (column < columns_.size() && (columns_[column].party || columns_[column].agreement)) return;
    ReadStatus(block, cell, agreement, parties);
  }

  // "signed Nov 2023, in force since Aug 2024": acts in words, each with the date that follows it.
  void ReadStatus(const Block& block, TokenSpan cell, int agreement, const PartyIds& parties) {
    TokenSpan part = {cell.begin, cell.begin};
    for (uint32_t t = cell.begin; t <= cell.end; ++t) {
      const bool ends = t == cell.end || IsOneOf(a_.norm(t), {",", ";", "and", "/"});
      if (!ends) continue;
      part.end = t;
      const v1::EventType act = ActOfLabel(a_, part);
      if (act != v1::EVENT_TYPE_UNSPECIFIED) AddEvent(block, part, act, agreement, parties);
      part.begin = t + 1;
    }
  }

  ReadEvent EventOf(v1::EventType act, int agreement, TokenSpan words) const {
    ReadEvent event;
    event.type = act;
    event.agreement = agreement;
    event.cue = words;
    event.sentence = SentenceOf(words.begin);
    event.joint = act == v1::EVENT_TYPE_SIGNED || act == v1::EVENT_TYPE_CONCLUDED;
    event.leave = IsLeaving(act);
    event.whole_block = true;
    event.confidence = kConfidence;
    return event;
  }

  void SetDate(int date, ReadEvent* event) const {
    event->date = IntervalStart(a_.dates[date].date);  // "in force since 1994": it began then
    if (event->date.empty() || !event->date.latest || a_.dates[date].role != DateRole::kSince)
      event->date = a_.dates[date].date;
    event->date_surface = a_.document.Text(a_.dates[date].tokens);
  }

  // The act with the first date of the words, or denied or planned without one ("never", "pending"); nothing
  // where they say neither.
  void AddEvent(const Block& block, TokenSpan words, v1::EventType act, int agreement,
                const PartyIds& parties) {
    ReadEvent event = EventOf(act, agreement, words);
    bool told = false;
    for (uint32_t t = words.begin; t < words.end; ++t) {
      const int32_t d = a_.at[t].date;
      if (IsOneOf(a_.norm(t), {"never", "not", "no"})) event.modality = v1::MODALITY_DENIED;
      if (IsOneOf(a_.norm(t), {"pending", "awaited", "planned", "due", "expected"}))
        event.modality = v1::MODALITY_PLANNED;
      told = told || event.modality != v1::MODALITY_ASSERTED;
      if (d < 0 || a_.dates[d].date.empty()) continue;
      SetDate(d, &event);
      told = true;
      break;
    }
    if (!told) return;
    SetActors(agreement, parties, &event);
    if (event.joint && event.modality == v1::MODALITY_ASSERTED && !by_party_) SetSigned(event);
    event.sentence = SentenceOf(words.begin < words.end ? words.begin : block.cells.front().begin);
    out_->push_back(std::move(event));
  }

  // In a table of who ratified what, the row's party did it; in one of what a state ended with whom, that
  // state did. A row that names both sides does not tell which of them ended it.
  void SetActors(int agreement, const PartyIds& parties, ReadEvent* event) {
    AgreementEntity& entity = discourse_->entities()[agreement];
    if (by_party_ && agreement == context_) {
      entity.multilateral = entity.multilateral || entity.parties.size() < 2;
      event->actors = parties;
      discourse_->AddParties(agreement, parties);
    } else if (entity.multilateral) {
      event->actors = parties;
    } else if (parties.size() >= 2) {
      event->many_actors = true;
    } else if (event->leave && discourse_->HasParty(agreement, owner_)) {
      event->actors = {owner_};
    }
  }

  void SetSigned(const ReadEvent& event) {
    AgreementEntity& entity = discourse_->entities()[event.agreement];
    if (!entity.signed_date.empty()) return;
    entity.signed_date = event.date;
    entity.signed_surface = event.date_surface;
  }

  uint32_t SentenceOf(uint32_t token) const {
    const auto after = std::upper_bound(a_.document.sentences.begin(), a_.document.sentences.end(), token,
                                        [](uint32_t t, const Sentence& s) { return t < s.tokens.begin; });
    return after == a_.document.sentences.begin()
               ? 0
               : static_cast<uint32_t>(after - a_.document.sentences.begin()) - 1;
  }

  const Annotation& a_;
  Discourse* discourse_;
  std::vector<ReadEvent>* out_;
  const std::string owner_;
  std::vector<Column> columns_;
  bool by_party_ = false;  // rows tell what each party did to one agreement
  int context_ = -1;       // the agreement that the text spoke of before the table
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
