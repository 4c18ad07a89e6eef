#include "ingest_service/extraction/table_reader.h"

#include <algorithm>
#include <map>
#include <utility>

#include "ingest_service/extraction/act_word.h"
#include "ingest_service/extraction/agreement_before.h"
#include "ingest_service/extraction/agreement_phrase.h"
#include "ingest_service/extraction/cell_act.h"
#include "ingest_service/extraction/list_context.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_list.h"
#include "ingest_service/extraction/table_layout.h"

namespace treatywire::ingest {
namespace {

namespace v1 = treatywire::v1;

constexpr double kConfidence = 0.8;

}  // namespace

class TableReader::RowReader {
 public:
  RowReader(const Annotation& a, const std::optional<absl::CivilDay>& written, Discourse* discourse,
            std::vector<ReadEvent>* out)
      : a_(a), written_(written), discourse_(discourse), out_(out), owner_(FindOwner()) {}

  void Read(const Table& table) {
    table_ = &table;
    context_ = AgreementBefore(a_, table.first_token, discourse_);
    by_party_ = HasColumn([](const Column& c) { return c.party; }) &&
                !HasColumn([](const Column& c) { return c.agreement; });
    several_ = by_party_ && HasAct() ? PluralAbove(a_.document.sentences[SentenceOf(table.first_token)].block)
                                     : std::nullopt;
    for (const Cells& row : table.rows) {
      if (out_->size() < kMaxEvents) ReadRow(row);
    }
  }

 private:
  using Cells = std::vector<TokenSpan>;

  void ReadRow(const Cells& row) {
    const PartyIds parties = PartiesOfRow(row);
    const std::vector<int> agreements = AgreementsOfRow(row, parties);
    for (const int agreement : agreements) {
      for (size_t c = 0; c < row.size(); ++c) ReadCell(row, c, agreement, parties);
    }
    if (!agreements.empty() || context_ < 0) return;
    const v1::EventType act = ActOfLabel(a_, row.front());
    if (act == v1::EVENT_TYPE_UNSPECIFIED) return;
    if (!parties.empty()) {
      AddStanding(row, parties);
    } else if (row.size() == 2) {
      AddEvents(row, row[1], act, context_, {});  // "Signed | 4 May 1998"
    }
  }

  // "Signed, not ratified | Fiji, Tonga": the parties that stand alike.
  void AddStanding(const Cells& row, const PartyIds& parties) {
    for (const CellAct& told : ReadStanding(a_, row.front(), written_)) {
      ReadEvent event = EventOf(told.type, context_, told.words);
      event.modality = told.modality;
      event.date = told.date;
      event.date_surface = told.date_surface;
      discourse_->TellMembers(context_);
      event.actors = parties;
      if (event.modality == v1::MODALITY_ASSERTED) discourse_->AddParties(context_, parties);
      out_->push_back(std::move(event));
    }
  }

  template <typename Test>
  bool HasColumn(Test test) const {
    return std::any_of(table_->columns.begin(), table_->columns.end(), test);
  }

  // Columns of the row that the header has.
  size_t ColumnsOf(const Cells& row) const { return std::min(table_->columns.size(), row.size()); }

  // The state that the text around the tables is about.
  PartyId FindOwner() const {
    if (!a_.standing_party().empty()) return a_.standing_party();
    std::map<PartyId, int> counts;
    for (const Sentence& sentence : a_.document.sentences) {
      if (a_.document.blocks[sentence.block].kind == BlockKind::kTableRow) continue;
      for (uint32_t t = sentence.tokens.begin; t < sentence.tokens.end; ++t) {
        const int32_t p = a_.at[t].party;
        if (p < 0 || a_.parties[p].tokens.begin != t || a_.parties[p].ids.size() != 1) continue;
        ++counts[a_.parties[p].ids.front()];
      }
    }
    PartyId owner = a_.home_party();
    for (const auto& [id, count] : counts) {
      if (owner.empty() || count > counts[owner]) owner = id;
    }
    return owner.empty() ? a_.main_party() : owner;
  }

  PartyIds PartiesOfRow(const Cells& row) const {
    PartyIds parties;
    for (size_t c = 0; c < ColumnsOf(row); ++c) {
      if (!table_->columns[c].party) continue;
      const PartyList list = ReadPartyList(a_, row[c].begin, row[c].end);
      parties.Append(list.ids);
    }
    return parties;
  }

  // "India's trade agreements" in the line above the table or the title, where the article is on India's:
  // each row is of the one with whom it names.
  std::optional<AgreementPhrase> PluralAbove(uint32_t block) const {
    if (a_.standing_party().empty()) return std::nullopt;
    std::optional<AgreementPhrase> several = PluralAboveLine(a_, block);
    if (!several || several->parties.front() != a_.standing_party()) return std::nullopt;
    return several;
  }

  std::vector<int> AgreementsOfRow(const Cells& row, const PartyIds& parties) {
    if (several_ && parties.size() == 1 && parties.front() != owner_) {
      AgreementPhrase each = EachOf(*several_);
      AddIds(parties, &each.parties);
      return discourse_->Resolve(each, PhraseContext{});
    }
    for (const bool labelled : {true, false}) {
      for (size_t c = 0; c < ColumnsOf(row); ++c) {
        const Column& column = table_->columns[c];
        if (column.party || column.HasAct() || column.agreement != labelled) continue;
        if (by_party_ && HasAct()) continue;
        if (row[c].empty()) continue;
        std::vector<int> found = AgreementInCell(row[c], parties, labelled);
        if (!found.empty()) return found;
      }
    }
    const bool of_context = !by_party_ || !parties.empty();
    if (of_context && HasAct() && context_ >= 0) return {context_};
    return {};
  }

  bool HasAct() const {
    return HasColumn([](const Column& c) { return c.HasAct(); });
  }

  std::vector<int> AgreementInCell(TokenSpan cell, const PartyIds& parties, bool labelled) {
    Sentence sentence;
    sentence.tokens = cell;
    std::vector<AgreementPhrase> phrases = FindAgreementPhrases(a_, sentence);
    if (phrases.empty() || phrases.front().pronoun) return {};
    AgreementPhrase& phrase = phrases.front();
    // Words in a column that is not headed as one name an agreement only where they begin with it.
    if (!labelled && phrase.core.begin != cell.begin) return {};
    if (phrase.known == nullptr) phrase.title = TitleIn(cell, phrase);
    for (PartyId id : parties) {
      if (!phrase.parties.Contains(id)) phrase.partners.push_back(id);
    }
    PhraseContext context;
    if (phrase.parties.empty() && parties.size() < 2 && !owner_.empty()) context.owners.push_back(owner_);
    std::vector<int> found = discourse_->Resolve(phrase, context);
    for (const int agreement : found) AddOrigin(phrase, agreement, cell);
    return found;
  }

  // "Treaty on the State Border (2025)": up to its date or a bracket.
  std::string TitleIn(TokenSpan cell, const AgreementPhrase& phrase) const {
    uint32_t end = phrase.core.end;
    const bool goes_on =
        end < cell.end && IsOneOf(a_.norm(end), {"on", "of", "for", "concerning", "regarding"});
    if (phrase.core.begin != cell.begin || !goes_on)
      return phrase.title.empty() ? a_.document.Text(phrase.core) : phrase.title;
    while (end < cell.end && a_.at[end].date < 0 && a_.token(end).is_word && a_.at[end].party < 0) ++end;
    while (end > phrase.core.end && a_.IsFunctionWord(end - 1)) --end;
    return a_.document.Text({phrase.core.begin, end});
  }

  // "Security treaty of 2017" in the cell that names it.
  void AddOrigin(const AgreementPhrase& phrase, int agreement, TokenSpan cell) {
    if (phrase.dates.size() != 1) return;
    ReadEvent event = EventOf(v1::EVENT_TYPE_CONCLUDED, agreement, cell);
    SetDate(phrase.dates.front(), &event);
    event.from_phrase = true;
    out_->push_back(std::move(event));
  }

  void ReadCell(const Cells& row, size_t column, int agreement, const PartyIds& parties) {
    const Column of = column < table_->columns.size() ? table_->columns[column] : Column();
    if (!of.party && !of.agreement) AddEvents(row, row[column], of.act, agreement, parties);
    if (of.decision && !of.HasAct()) AddDecision(row[column], agreement);
  }

  // "Outcome: ratified": what the state that the text is about did.
  void AddDecision(TokenSpan cell, int agreement) {
    const bool told =
        !out_->empty() && out_->back().agreement == agreement && out_->back().cue.begin >= cell.begin;
    if (told || owner_.empty()) return;
    for (CellAct& act : ReadStanding(a_, cell, written_)) {
      ReadEvent event = EventOf(act.type, agreement, act.words);
      event.modality = act.modality;
      if (!event.joint) event.actors = {owner_};
      out_->push_back(std::move(event));
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
    event->date = a_.dates[date].date;
    event->date_surface = a_.dates[date].surface;
  }

  void AddEvents(const Cells& row, TokenSpan cell, v1::EventType act, int agreement,
                 const PartyIds& parties) {
    for (const CellAct& told : ReadCellActs(a_, cell, act, written_)) {
      ReadEvent event = EventOf(told.type, agreement, told.words);
      event.modality = told.modality;
      event.date = told.date;
      event.date_surface = told.date_surface;
      SetActors(agreement, parties, &event);
      if (!event.joint && !told.actors.ids.empty()) {
        event.actors = told.actors.ids;
        event.actor_mentions = told.actors.mentions;
        event.many_actors = false;
      }
      if (event.joint && event.modality == v1::MODALITY_ASSERTED && !by_party_) SetSigned(event);
      if (told.words.empty()) event.sentence = SentenceOf(row.front().begin);
      out_->push_back(std::move(event));
    }
  }

  // In a table of who ratified what, the row's party did it; in one of what a state ended with whom, that
  // state did. A row that names both sides does not tell which of them ended it.
  void SetActors(int agreement, const PartyIds& parties, ReadEvent* event) {
    if (by_party_ && agreement == context_) {
      discourse_->TellMembers(agreement);
      event->actors = parties;
      discourse_->AddParties(agreement, parties);
    } else if (discourse_->entities()[agreement].multilateral) {
      event->actors = parties;
    } else if (parties.size() >= 2) {
      event->many_actors = true;
    } else if (event->leave && discourse_->HasParty(agreement, owner_)) {
      event->actors = {owner_};
    }
  }

  void SetSigned(const ReadEvent& event) {
    AgreementEntity& entity = discourse_->entities()[event.agreement];
    if (!entity.signed_date.empty() || event.date.empty()) return;
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
  const std::optional<absl::CivilDay>& written_;
  Discourse* discourse_;
  std::vector<ReadEvent>* out_;
  const PartyId owner_;
  const Table* table_ = nullptr;
  bool by_party_ = false;                   // rows tell what each party did to one agreement
  std::optional<AgreementPhrase> several_;  // of which each row is one
  int context_ = -1;                        // the agreement that the text spoke of before the table
};

TableReader::TableReader(const Annotation& annotation, const std::optional<absl::CivilDay>& written,
                         Discourse* discourse, std::vector<ReadEvent>* events)
    : tables_(FindTables(annotation)), discourse_(discourse) {
  if (!tables_.empty()) rows_ = std::make_unique<RowReader>(annotation, written, discourse, events);
}

TableReader::~TableReader() = default;

void TableReader::ReadBefore(uint32_t token) {
  for (; next_ < tables_.size() && tables_[next_].first_token < token; ++next_) {
    const int spoken_of = discourse_->Focus({});
    rows_->Read(tables_[next_]);
    if (spoken_of >= 0) discourse_->Touch(spoken_of, tables_[next_].first_token);
  }
}

}  // namespace treatywire::ingest
