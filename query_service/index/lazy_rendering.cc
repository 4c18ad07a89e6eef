#include "query_service/index/lazy_rendering.h"

#include "absl/strings/str_cat.h"
#include "query_service/index/record_rendering.h"
#include "query_service/index/record_state.h"
#include "query_service/index/wire_form.h"
#include "treatywire/v1/record.pb.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

LazyRendering::Entry RenderWireEntry(const AgreementCell& cell, const ResolvedAgreement& agreement,
                                     size_t act) {
  std::string wire = RenderEntry(cell, agreement, act, v1::VIEW_BASIC).SerializeAsString();
  const size_t basic_bytes = wire.size();
  std::vector<std::pair<size_t, size_t>> claims;
  for (const ActClaim& claim : agreement.acts[act].claims) {
    const std::string bytes = RenderActClaim(claim).SerializeAsString();
    AppendField(v1::TimelineEntry::kClaimsFieldNumber, bytes, &wire);
    claims.emplace_back(wire.size() - bytes.size(), bytes.size());
  }
  wire.shrink_to_fit();
  return {std::move(wire), basic_bytes, std::move(claims)};
}

}  // namespace

const std::vector<LazyRendering::Entry>& LazyRendering::Entries(const AgreementCell& cell,
                                                                const ResolvedAgreement& agreement) const {
  absl::call_once(entries_once_, [&] {
    entries_.reserve(agreement.acts.size());
    for (size_t act = 0; act < agreement.acts.size(); ++act) {
      entries_.push_back(RenderWireEntry(cell, agreement, act));
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

bool LazyRendering::IsReady(uint64_t revision, Day day, bool full) const {
  if (full && !HasEntries()) return false;
  absl::MutexLock lock(&mutex_);
  return (full ? full_head_ : basic_head_).Is(revision, day);
}

}  // namespace treatywire::query
