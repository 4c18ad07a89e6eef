#include "ingest_service/extraction/fact_line.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "ingest_service/extraction/act_word.h"
#include "ingest_service/extraction/agreement_phrase.h"
#include "ingest_service/extraction/cell_act.h"
#include "ingest_service/extraction/list_context.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_list.h"
#include "ingest_service/extraction/signed_date.h"

namespace treatywire::ingest {
namespace {

namespace v1 = treatywire::v1;

// Longest label: "Provisionally applied by the Union since".
constexpr uint32_t kMaxLabelTokens = 7;
// Longest line that is a bare fact.
constexpr uint32_t kMaxLineTokens = 30;
constexpr double kConfidence = 0.75;

class FactLine {
 public:
  FactLine(const Annotation& a, const NewsDay& news, uint32_t index, Discourse* discourse,
           std::vector<ReadEvent>* events)
      : a_(a),
        news_(news),
        index_(index),
        sentence_(a.document.sentences[index]),
        discourse_(discourse),
        events_(events) {}

  bool Read() {
    const BlockKind kind = a_.document.blocks[sentence_.block].kind;
    if (kind == BlockKind::kTitle || kind == BlockKind::kTableRow || !Split()) return false;
    return IsOfPartner() ? BringUpPartner() : ReadAct();
  }

 private:
  // Parts the sentence at its first colon. Returns whether it is short and has one behind a label.
  bool Split() {
    const TokenSpan tokens = sentence_.tokens;
    if (tokens.size() < 3 || tokens.size() > kMaxLineTokens) return false;
    for (uint32_t t = tokens.begin + 1; t + 1 < tokens.end && t <= tokens.begin + kMaxLabelTokens; ++t) {
      if (a_.norm(t) != ":") continue;
      label_ = {tokens.begin, t};
      value_ = {t + 1, tokens.end};
      return true;
    }
    return false;
  }

  bool IsOfPartner() const {
    return label_.size() <= 2 &&
           IsOneOf(a_.norm(label_.end - 1), {"partner", "partners", "party", "parties", "counterpart",
                                             "counterparty", "country", "countries", "with", "between"});
  }

  // "Partner: India": of the agreements that the line is among, the one with India; "Parties: Chile, Peru"
  // are those of the one spoken of.
  bool BringUpPartner() {
    const PartyList named = ReadPartyList(a_, value_.begin, value_.end);
    const bool whole = named.next >= value_.end || IsOneOf(a_.norm(named.next), {"(", ".", ";"});
    if (named.ids.empty() || !whole) return false;
    const int focus = discourse_->Focus({});
    if (named.ids.size() > 1) {
      if (focus < 0) return false;
      discourse_->AddParties(focus, named.ids);
      discourse_->Touch(focus, label_.begin);
      return true;
    }
    const std::optional<AgreementPhrase> several = PluralAboveLine(a_, sentence_.block);
    if (!several || several->parties == named.ids) return false;
    return discourse_->TouchOneOf(*several, named.ids, label_.begin);
  }

  bool ReadAct() {
    const v1::EventType type = IsActLabel() ? ActOfLabel(a_, label_) : v1::EVENT_TYPE_UNSPECIFIED;
    const int focus = discourse_->Focus({});
    if (type == v1::EVENT_TYPE_UNSPECIFIED || focus < 0 || !IsBareFact()) return false;
    std::vector<CellAct> acts = ReadCellActs(a_, value_, type, news_.written);
    // "Ratification: Chile, 4 June 2018"
    if (acts.size() == 1 && acts.front().actors.ids.empty())
      acts.front().actors = ReadPartyList(a_, value_.begin, value_.end);
    for (const CellAct& act : acts) {
      if (act.type == type) Add(act, focus);
    }
    return true;
  }

  // "Date of signature", "Entry into force for Cuba": nothing but words of an act, and for whom it is told.
  bool IsActLabel() const {
    for (uint32_t t = label_.begin; t < label_.end; ++t) {
      if (a_.at[t].party >= 0 || ActOfLabel(a_, {t, t + 1}) != v1::EVENT_TYPE_UNSPECIFIED) continue;
      if (!IsOneOf(a_.norm(t), {"date",  "day",  "year",    "of",        "on",          "the",
                                "for",   "by",   "in",      "into",      "entry",       "entered",
                                "since", "from", "until",   "first",     "provisional", "provisionally",
                                "and",   "as",   "regards", "instrument"}))
        return false;
    }
    return a_.at[label_.begin].party < 0;
  }

  // A date, or a word that says that there is none yet, and no verb.
  bool IsBareFact() const {
    bool told = false;
    for (uint32_t t = value_.begin; t < value_.end; ++t) {
      const bool dated = a_.at[t].date >= 0 && !a_.dates[a_.at[t].date].date.empty();
      told = told || dated || IsOneOf(a_.norm(t), {"not", "never", "no", "pending", "-", "none"});
      if (a_.IsAuxiliary(t) || a_.at[t].instrument >= 0) return false;
      const int32_t trigger = a_.at[t].trigger;
      if (trigger >= 0 && a_.triggers[trigger].form != VerbForm::kNone) return false;
    }
    return told;
  }

  void Add(const CellAct& act, int agreement) {
    ReadEvent event;
    event.type = act.type;
    event.modality = act.modality;
    event.agreement = agreement;
    PartyList actors = act.actors;
    if (actors.ids.empty()) actors = PartiesOfLabel();
    event.actors = actors.ids;
    event.actor_mentions = actors.mentions;
    event.date = act.date;
    event.date_surface = act.date_surface;
    event.cue = label_;
    event.sentence = index_;
    event.joint = IsSigning(act.type);
    event.leave = IsLeaving(act.type);
    event.understood = true;
    event.whole_block = true;
    event.confidence = kConfidence;
    AgreementEntity& entity = discourse_->entities()[agreement];
    const bool told = IsSigning(act.type) && act.modality == v1::MODALITY_ASSERTED && actors.ids.size() != 1;
    if (told && entity.signed_date.empty()) {
      entity.signed_date = act.date;
      entity.signed_surface = act.date_surface;
    }
    if (act.modality != v1::MODALITY_DENIED) discourse_->AddDoers(agreement, event.actors);
    events_->push_back(std::move(event));
  }

  // "Entry into force for Cuba", "Ratified by Chile"
  PartyList PartiesOfLabel() const {
    for (uint32_t t = label_.begin + 1; t < label_.end; ++t) {
      if (IsOneOf(a_.norm(t - 1), {"for", "by", "regards"})) return ReadPartyList(a_, t, label_.end);
    }
    return {};
  }

  const Annotation& a_;
  const NewsDay& news_;
  const uint32_t index_;
  const Sentence& sentence_;
  Discourse* discourse_;
  std::vector<ReadEvent>* events_;
  TokenSpan label_;
  TokenSpan value_;
};

}  // namespace

bool ReadFactLine(const Annotation& annotation, const NewsDay& news, uint32_t index, Discourse* discourse,
                  std::vector<ReadEvent>* events) {
  return FactLine(annotation, news, index, discourse, events).Read();
}

}  // namespace treatywire::ingest
