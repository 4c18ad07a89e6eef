#include "query_service/index/snapshot.h"

#include <utility>

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

template <typename T>
WirePage WireOf(const Page<T>& page) {
  auto bytes = std::make_shared<std::vector<std::string>>();
  for (const T& item : page.items) bytes->push_back(item.SerializeAsString());
  WirePage wire = {.items = {bytes->begin(), bytes->end()}, .total_size = page.total_size, .owners = {}};
  wire.owners.push_back(std::move(bytes));
  return wire;
}

}  // namespace

absl::StatusOr<std::string> Snapshot::GetAgreementWire(absl::string_view name, v1::View view,
                                                       const v1::AsOf& as_of) const {
  const absl::StatusOr<v1::Agreement> agreement = GetAgreement(name, view, as_of);
  if (!agreement.ok()) return agreement.status();
  return agreement->SerializeAsString();
}

WirePage Snapshot::ListAgreementsWire(const v1::AgreementFilter& filter, v1::AgreementOrder order,
                                      v1::View view, const v1::AsOf& as_of, PageOf page) const {
  return WireOf(ListAgreements(filter, order, view, as_of, page));
}

absl::StatusOr<WirePage> Snapshot::GetTimelineWire(const v1::GetTimelineRequest& request, PageOf page) const {
  const absl::StatusOr<Page<v1::TimelineEntry>> entries = GetTimeline(request, page);
  if (!entries.ok()) return entries.status();
  return WireOf(*entries);
}

WirePage Snapshot::ListEventsWire(const v1::EventFilter& filter, const v1::AsOf& as_of, PageOf page) const {
  return WireOf(ListEvents(filter, as_of, page));
}

bool Snapshot::IsAgreementReady(absl::string_view /*name*/, v1::View /*view*/,
                                const v1::AsOf& /*as_of*/) const {
  return false;
}

bool Snapshot::IsTimelineReady(const v1::GetTimelineRequest& /*request*/, PageOf /*page*/) const {
  return false;
}

std::optional<WirePage> Snapshot::ListAgreementsIfReady(const v1::AgreementFilter& /*filter*/,
                                                        v1::AgreementOrder /*order*/, v1::View /*view*/,
                                                        const v1::AsOf& /*as_of*/, PageOf /*page*/) const {
  return std::nullopt;
}

}  // namespace treatywire::query
