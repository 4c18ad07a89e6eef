#include "ingest_service/extraction/signed_date.h"

#include <cstddef>

namespace treatywire::ingest {
namespace {

namespace v1 = treatywire::v1;

bool Meet(const UncertainDate& a, const UncertainDate& b) {
  if (a.latest && b.earliest && *a.latest < *b.earliest) return false;
  return !(b.latest && a.earliest && *b.latest < *a.earliest);
}

// Days that a date may be; open ends count as centuries.
absl::civil_diff_t Width(const UncertainDate& date) {
  constexpr absl::civil_diff_t kOpen = 100000;
  return date.earliest && date.latest ? *date.latest - *date.earliest : kOpen;
}

bool IsStandIn(const UncertainDate& date) { return date.basis == DateBasis::kPublication; }

bool IsBetter(const UncertainDate& date, const UncertainDate& than) {
  if (IsStandIn(date) != IsStandIn(than)) return IsStandIn(than);
  return Width(date) < Width(than);
}

// Whether states signed the agreement one by one: it was adopted first, or they did so at different times.
bool IsOpen(const std::vector<ReadEvent>& events, int agreement, const AgreementEntity& entity) {
  if (!entity.multilateral) return false;
  const ReadEvent* signature = nullptr;
  for (const ReadEvent& event : events) {
    if (event.agreement != agreement) continue;
    if (event.type == v1::EVENT_TYPE_ADOPTED) return true;
    if (event.type != v1::EVENT_TYPE_SIGNED || event.date.empty() || event.modality != v1::MODALITY_ASSERTED)
      continue;
    if (signature != nullptr && !Meet(signature->date, event.date)) return true;
    signature = &event;
  }
  return false;
}

// Whether one state alone signed.
bool IsOnePartys(const ReadEvent& event) {
  return event.actors.size() == 1 && event.type != v1::EVENT_TYPE_CONCLUDED;
}

void SetSignedDate(const std::vector<ReadEvent>& events, int agreement, AgreementEntity* entity) {
  const ReadEvent* best = nullptr;
  const bool open = IsOpen(events, agreement, *entity);
  bool of_one_party = false;
  for (const ReadEvent& event : events) {
    if (event.agreement != agreement || !IsSigning(event.type) || event.date.empty()) continue;
    if (event.modality != v1::MODALITY_ASSERTED) continue;
    if (open && IsOnePartys(event)) {
      of_one_party = of_one_party || event.date == entity->signed_date;
      continue;
    }
    if (!entity->signed_date.empty() && !of_one_party && !Meet(event.date, entity->signed_date)) continue;
    if (best == nullptr || IsBetter(event.date, best->date)) best = &event;
  }
  if (of_one_party) entity->signed_date = UncertainDate();
  if (best == nullptr) return;
  if (!entity->signed_date.empty() && !IsBetter(best->date, entity->signed_date)) return;
  entity->signed_date = best->date;
  entity->signed_surface = best->date_surface;
}

}  // namespace

bool IsSigning(v1::EventType type) {
  return type == v1::EVENT_TYPE_SIGNED || type == v1::EVENT_TYPE_CONCLUDED ||
         type == v1::EVENT_TYPE_INITIALLED;
}

void SetSignedDates(const std::vector<ReadEvent>& events, Discourse* discourse) {
  for (size_t e = 0; e < discourse->entities().size(); ++e) {
    SetSignedDate(events, static_cast<int>(e), &discourse->entities()[e]);
  }
}

}  // namespace treatywire::ingest
