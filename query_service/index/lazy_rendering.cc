#include "query_service/index/lazy_rendering.h"

#include "absl/strings/str_cat.h"
#include "common/wire_field.h"
#include "query_service/index/record_rendering.h"
#include "query_service/index/record_state.h"
#include "treatywire/v1/record.pb.h"
#include "treatywire/v1/timeline_service.pb.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

// Where the parts of an entry are among the bytes of all.
struct EntryPlace {
  size_t begin = 0;
  size_t frame_bytes = 0;
  size_t basic_bytes = 0;
  size_t bytes = 0;  // without the frame
  std::vector<std::pair<size_t, size_t>> claims = {};
};

EntryPlace AppendEntry(const AgreementCell& cell, const ResolvedAgreement& agreement, size_t act,
                       std::string* all) {
  std::string wire = RenderEntry(cell, agreement, act, v1::VIEW_BASIC).SerializeAsString();
  EntryPlace place = {.begin = all->size(), .basic_bytes = wire.size()};
  for (const ActClaim& claim : agreement.acts[act].claims) {
    const std::string bytes = RenderActClaim(claim).SerializeAsString();
    AppendField(v1::TimelineEntry::kClaimsFieldNumber, bytes, &wire);
    place.claims.emplace_back(wire.size() - bytes.size(), bytes.size());
  }
  AppendField(v1::GetTimelineResponse::kEntriesFieldNumber, wire, all);
  place.bytes = wire.size();
  place.frame_bytes = all->size() - place.begin - place.bytes;
  return place;
}

}  // namespace

const std::vector<LazyRendering::Entry>& LazyRendering::Entries(const AgreementCell& cell,
                                                                const ResolvedAgreement& agreement) const {
  absl::call_once(entries_once_, [&] {
    std::vector<EntryPlace> places;
    for (size_t act = 0; act < agreement.acts.size(); ++act) {
      places.push_back(AppendEntry(cell, agreement, act, &entries_wire_));
    }
    entries_wire_.shrink_to_fit();
    entries_.reserve(places.size());
    for (EntryPlace& place : places) {
      entries_.emplace_back(
          absl::string_view(entries_wire_).substr(place.begin, place.frame_bytes + place.bytes),
          place.frame_bytes, place.basic_bytes, std::move(place.claims));
    }
    has_entries_.store(true, std::memory_order_release);
  });
  return entries_;
}

const std::string& LazyRendering::Identity(const AgreementCell& cell,
                                           const ResolvedAgreement& agreement) const {
  absl::call_once(identity_once_, [&] {
    v1::Agreement part;
    RenderIdentity(cell, agreement, part);
    identity_ = part.SerializeAsString();
  });
  return identity_;
}

std::shared_ptr<const std::string> LazyRendering::OnDay(Day day, bool full,
                                                        const ResolvedAgreement& agreement) const {
  {
    absl::MutexLock lock(&mutex_);
    const DayPart& kept = full ? full_ : basic_;
    if (kept.wire != nullptr && kept.day == day) return kept.wire;
  }
  v1::Agreement part;
  RenderStatus(day, agreement, part);
  if (full) RenderPartyStatuses(day, agreement, part);
  auto wire = std::make_shared<const std::string>(part.SerializeAsString());
  absl::MutexLock lock(&mutex_);
  (full ? full_ : basic_) = {day, wire};
  return wire;
}

std::shared_ptr<const std::string> LazyRendering::Head(uint64_t revision, Day day, bool full,
                                                       const AgreementCell& cell,
                                                       const ResolvedAgreement& agreement,
                                                       absl::FunctionRef<std::string()> surroundings) const {
  if (auto ready = HeadIfReady(revision, day, full)) return ready;
  auto wire = std::make_shared<const std::string>(
      absl::StrCat(Identity(cell, agreement), *OnDay(day, full, agreement), surroundings()));
  absl::MutexLock lock(&mutex_);
  (full ? full_head_ : basic_head_) = {revision, day, wire};
  return wire;
}

std::shared_ptr<const std::string> LazyRendering::HeadIfReady(uint64_t revision, Day day, bool full) const {
  absl::MutexLock lock(&mutex_);
  const KeptHead& kept = full ? full_head_ : basic_head_;
  return kept.Is(revision, day) ? kept.wire : nullptr;
}

bool LazyRendering::AppendHeadIfReady(uint64_t revision, Day day, bool full, int field, size_t more_bytes,
                                      std::string* wire) const {
  absl::MutexLock lock(&mutex_);
  const KeptHead& kept = full ? full_head_ : basic_head_;
  if (!kept.Is(revision, day)) return false;
  AppendFieldBegin(field, *kept.wire, more_bytes, wire);
  return true;
}

const std::vector<LazyRendering::Entry>& LazyRendering::EntriesIfReady() const {
  static const auto* const none = new std::vector<Entry>();
  return HasEntries() ? entries_ : *none;
}

bool LazyRendering::IsReady(uint64_t revision, Day day, bool full) const {
  if (full && !HasEntries()) return false;
  absl::MutexLock lock(&mutex_);
  return (full ? full_head_ : basic_head_).Is(revision, day);
}

}  // namespace treatywire::query
