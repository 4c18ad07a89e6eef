#include "ingest_service/extraction/dated_act.h"

#include <algorithm>

#include "ingest_service/extraction/signed_date.h"

namespace treatywire::ingest {
namespace {

// "signed on Friday in Geneva": so far the place stands behind the act.
constexpr uint32_t kPlaceReach = 4;

}  // namespace

void SetDate(const EventDate& found, ReadEvent* event) {
  event->date = found.date;
  event->date_surface = found.surface;
  event->instrument = found.instrument;
  if (found.ahead && event->modality == treatywire::v1::MODALITY_ASSERTED)
    event->modality = treatywire::v1::MODALITY_PLANNED;
}

void SetSigned(const SentenceView& view, TokenSpan words, const ReadEvent& event, Discourse* discourse) {
  if (!IsSigning(event.type) || event.modality != treatywire::v1::MODALITY_ASSERTED) return;
  const Annotation& a = view.annotation;
  const uint32_t end = view.sentence.tokens.end;
  AgreementEntity& entity = discourse->entities()[event.agreement];
  // "Denmark signed in May", after a pact of two others: one of its own (EventSet).
  const bool of_pair = !entity.multilateral && entity.parties.size() == 2;
  if (of_pair && event.actors.size() == 1 && !discourse->HasParty(event.agreement, event.actors.front()))
    return;
  if (entity.signed_date.empty() && !event.date.empty() && event.date.basis != DateBasis::kPublication) {
    entity.signed_date = event.date;
    entity.signed_surface = event.date_surface;
  }
  if (!entity.signed_place.empty()) return;
  for (uint32_t t = words.end; t + 1 < std::min(end, words.end + kPlaceReach); ++t) {
    if (a.norm(t) != "in" && a.norm(t) != "at") continue;
    uint32_t last = t + 1;
    while (last < end && a.token(last).is_word && a.token(last).capitalized && a.at[last].date < 0) ++last;
    if (last > t + 1) entity.signed_place = a.document.Text({t + 1, last});
    return;
  }
}

}  // namespace treatywire::ingest
