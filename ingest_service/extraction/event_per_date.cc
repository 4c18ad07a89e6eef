#include "ingest_service/extraction/event_per_date.h"

#include <algorithm>
#include <utility>

#include "ingest_service/extraction/dated_act.h"
#include "ingest_service/extraction/party_list.h"
#include "ingest_service/extraction/signed_date.h"

namespace treatywire::ingest {
namespace {

namespace v1 = treatywire::v1;

bool IsEnd(v1::EventType type) {
  return type == v1::EVENT_TYPE_TERMINATED || type == v1::EVENT_TYPE_EXPIRED ||
         type == v1::EVENT_TYPE_SUPERSEDED;
}

}  // namespace

void EventPerDate::Add(const LexiconMatch& match, const ReadEvent& event, const std::vector<EventDate>& dates,
                       size_t index, size_t count) {
  if (AddWithBrackets(match, event)) return;
  const PartyIds listed = dates.size() > 1 ? IdsInOrder(a_, event.actor_mentions) : PartyIds{};
  const bool each_actor = listed.size() == dates.size() && !IsJointAct(event);
  if (each_actor && count > 1) return AddOfOwner(match, event, dates, listed);
  const bool by_agreement = dates.size() == count;
  const bool all = count == 1 && !IsSigning(event.type);
  const size_t first = by_agreement ? index : 0;
  const size_t last = by_agreement ? index + 1 : each_actor || all ? dates.size() : 1;
  for (size_t d = first; d < last; ++d) {
    AddOn(match, event, dates[d], each_actor && !by_agreement ? PartyIds{listed[d]} : event.actors);
  }
}

// "Austria (2019) and Belgium (2020) have ratified it": each with the date in brackets behind it. Returns
// whether it is so.
bool EventPerDate::AddWithBrackets(const LexiconMatch& match, const ReadEvent& event) {
  MentionIndices mentions = event.actor_mentions;
  std::sort(mentions.begin(), mentions.end());
  const auto date_of = [this](int mention) {
    const uint32_t t = a_.parties[mention].tokens.end;
    return t + 1 < view_.sentence.tokens.end && a_.norm(t) == "(" ? a_.at[t + 1].date : -1;
  };
  const bool dated = mentions.size() > 1 &&
                     std::all_of(mentions.begin(), mentions.end(), [&](int m) { return date_of(m) >= 0; });
  if (!dated || IsJointAct(event)) return false;
  for (const int m : mentions) {
    const ActWords words{match.tokens, match.form, /*passive=*/false, event.type, event.modality};
    AddOn(match, event, dater_.Read(date_of(m), words), a_.parties[m].ids);
  }
  return true;
}

// "Canada and Fiji suspended theirs on 3 and 9 July": the day of the party whose agreement it is.
void EventPerDate::AddOfOwner(const LexiconMatch& match, const ReadEvent& event,
                              const std::vector<EventDate>& dates, const PartyIds& listed) {
  for (size_t p = 0; p < listed.size(); ++p) {
    if (discourse_->HasParty(event.agreement, listed[p])) return AddOn(match, event, dates[p], {listed[p]});
  }
  AddOn(match, event, dates.front(), event.actors);
}

void EventPerDate::AddOn(const LexiconMatch& match, ReadEvent event, const EventDate& date,
                         const PartyIds& actors) {
  event.actors = actors;
  // "will not renew the pact, which lapses in May": the refusal is of today.
  const bool later = date.ahead && event.type == v1::EVENT_TYPE_REJECTED;
  SetDate(later ? EventDate() : date, &event);
  SetDateOfPartner(&event);
  SetSigned(view_, match.tokens, event, discourse_);
  if (event.modality == v1::MODALITY_ASSERTED && IsEnd(event.type))
    discourse_->entities()[event.agreement].ended = true;
  events_->push_back(std::move(event));
}

// "signed treaties with Chile (2001) and Peru (2003)": each on the date that stands with its partner.
void EventPerDate::SetDateOfPartner(ReadEvent* event) const {
  const AgreementEntity& entity = discourse_->entities()[event->agreement];
  if (!IsSigning(event->type) || entity.signed_date.empty()) return;
  for (const AgreementPhrase& phrase : view_.phrases) {
    for (const int date : phrase.partner_dates) {
      if (date < 0 || !(a_.dates[date].date == entity.signed_date)) continue;
      event->date = entity.signed_date;
      event->date_surface = entity.signed_surface;
    }
  }
}

// Whether the parties of a bilateral agreement do it together.
bool EventPerDate::IsJointAct(const ReadEvent& event) const {
  return event.joint && !discourse_->entities()[event.agreement].multilateral;
}

}  // namespace treatywire::ingest
