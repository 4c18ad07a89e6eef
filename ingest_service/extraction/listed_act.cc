#include "ingest_service/extraction/listed_act.h"

#include <algorithm>
#include <string>

#include "ingest_service/extraction/agreement_phrase.h"
#include "ingest_service/extraction/dated_act.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_list.h"

namespace treatywire::ingest {
namespace {

// Most tokens between a partner and its date: "with Portugal from about 1994".
constexpr uint32_t kMaxGapTokens = 4;

class ListReader {
 public:
  ListReader(const SentenceView& view, EventDater* dater, Discourse* discourse,
             std::vector<ReadEvent>* events)
      : a_(view.annotation), view_(view), dater_(dater), discourse_(discourse), events_(events) {}

  // "Ratified by:" and a list of parties: an item without words of its own repeats the act of the line before
  // the list.
  void ReadListItem() {
    const bool item = view_.block.kind == BlockKind::kListItem || view_.block.kind == BlockKind::kParagraph;
    if (!item || events_->empty()) return;
    const TokenSpan tokens = view_.sentence.tokens;
    const PartyList parties = ReadPartyList(a_, tokens.begin, tokens.end);
    if (parties.ids.empty()) return;
    for (uint32_t t = parties.next; t < tokens.end; ++t) {
      if (a_.token(t).is_word && a_.at[t].date < 0 && !a_.IsFunctionWord(t)) return;
    }
    const ReadEvent& model = events_->back();
    const Sentence& told = a_.document.sentences[model.sentence];
    const BlockKind kind = a_.document.blocks[told.block].kind;
    const bool opens = kind == BlockKind::kHeading || a_.norm(told.tokens.end - 1) == ":";
    if (kind != BlockKind::kListItem && !opens) return;
    if (view_.block.kind == BlockKind::kParagraph &&
        (kind != BlockKind::kHeading || told.block + 1 != view_.sentence.block))
      return;
    if (kind == BlockKind::kListItem &&
        (told.block + 1 != view_.sentence.block || model.cue.begin >= told.tokens.begin))
      return;
    for (uint32_t b = told.block + 1; b < view_.sentence.block; ++b) {
      if (a_.document.blocks[b].kind != BlockKind::kListItem) return;
    }
    ReadEvent event = model;
    // "Cyprus: not yet"
    for (uint32_t t = parties.next; t < tokens.end; ++t) {
      if (IsOneOf(a_.norm(t), {"not", "never", "no"})) event.modality = treatywire::v1::MODALITY_DENIED;
    }
    event.actors = parties.ids;
    event.actor_mentions = parties.mentions;
    event.sentence = view_.index;
    event.confidence = model.confidence * 0.9;
    SetDate(dater_
                ->DatesOf({TokenSpan{tokens.begin, parties.next}, VerbForm::kNone, false, event.type,
                           event.modality})
                .front(),
            &event);
    events_->push_back(std::move(event));
  }

  // "The agreements with France date back to 1997, with Portugal from 1994": another partner and its date
  // repeat the act for the agreement with that one.
  void ReadGappedPartners(size_t before) {
    const size_t told = events_->size();
    for (size_t e = before; e < told; ++e) {
      const ReadEvent& model = (*events_)[e];
      // "deposited with the United Nations in May" names the depositary.
      if (model.type == treatywire::v1::EVENT_TYPE_DEPOSITED ||
          model.type == treatywire::v1::EVENT_TYPE_NOTIFIED)
        continue;
      if (!model.from_phrase && !model.date.empty()) ReadGappedPartnersOf(e, model.cue);
    }
  }

  // Up to the next verb.
  void ReadGappedPartnersOf(size_t e, TokenSpan cue) {
    for (uint32_t t = view_.Behind(cue); t < view_.sentence.tokens.end; ++t) {
      if (a_.at[t].trigger >= 0 && !view_.InsideCore(t)) return;
      const bool with = a_.norm(t) == "with";
      if (!with && !ContinuesPartners(t, (*events_)[e])) continue;
      const PartyList partners = ReadPartyList(a_, with ? t + 1 : t, view_.sentence.tokens.end);
      const int date = partners.ids.empty() ? -1 : DateRightAfter(partners.next);
      if (date < 0) continue;
      const ReadEvent model = (*events_)[e];  // what comes moves the events
      for (PartyId partner : partners.ids) {
        ReadEvent repeated = model;
        repeated.agreement = AgreementWith(partner, model, with ? model.cue.begin : t);
        if (repeated.agreement < 0) continue;
        SetDate(dater_->Read(date, {model.cue, VerbForm::kNone, false, model.type, model.modality}),
                &repeated);
        repeated.confidence = model.confidence * 0.9;
        SetSigned(view_, model.cue, repeated, discourse_);
        events_->push_back(std::move(repeated));
      }
    }
  }

  // "signed treaties with Chile in 1998, Peru in 1999": another partner, of whom no "with" says so.
  bool ContinuesPartners(uint32_t t, const ReadEvent& model) const {
    const int32_t p = a_.at[t].party;
    if (p < 0 || a_.parties[p].tokens.begin != t || a_.parties[p].ids.size() != 1) return false;
    if (!model.joint || discourse_->entities()[model.agreement].multilateral) return false;
    const int phrase = view_.PhraseBefore(view_.sentence.tokens.begin, t, false);
    return phrase >= 0 && view_.phrases[phrase].plural && !view_.phrases[phrase].partners.empty() &&
           IsOneOf(a_.norm(t - 1), {",", "and", ";"}) &&
           !discourse_->HasParty(model.agreement, a_.parties[p].ids.front());
  }

  // The date a few words after `token`, if it says when something happened; -1 for none.
  int DateRightAfter(uint32_t token) const {
    for (uint32_t t = token; t < std::min(token + kMaxGapTokens, view_.sentence.tokens.end); ++t) {
      const int32_t date = a_.at[t].date;
      if (date >= 0) return dater_->IsEventDate(date) ? date : -1;
    }
    return -1;
  }

  // The agreement of the same kind that one party of `model`'s has with `partner`, as the last phrase before
  // `end` names it; -1 where it cannot be told.
  int AgreementWith(PartyId partner, const ReadEvent& model, uint32_t end) {
    const PartyIds pair = discourse_->entities()[model.agreement].parties;
    const int p = view_.PhraseBefore(view_.sentence.tokens.begin, end, false);
    if (p < 0 || pair.empty()) return -1;
    AgreementPhrase phrase = view_.phrases[p];
    PartyIds owners;
    for (PartyId id : pair) {
      if (!phrase.partners.Contains(id)) owners.push_back(id);
    }
    phrase.parties.clear();
    phrase.dates.clear();
    phrase.plural = false;
    phrase.partners = {partner};
    PhraseContext context;
    context.owners = {owners.empty() ? pair.front() : owners.front()};
    context.owners_named = true;
    const std::vector<int> found = discourse_->Resolve(phrase, context);
    return found.size() == 1 && found.front() != model.agreement ? found.front() : -1;
  }

  const Annotation& a_;
  const SentenceView& view_;
  EventDater* dater_;
  Discourse* discourse_;
  std::vector<ReadEvent>* events_;
};

}  // namespace

void ReadListedActs(const SentenceView& view, size_t first, EventDater* dater, Discourse* discourse,
                    std::vector<ReadEvent>* events) {
  ListReader reader(view, dater, discourse, events);
  if (events->size() == first) reader.ReadListItem();
  reader.ReadGappedPartners(first);
}

}  // namespace treatywire::ingest
