#include "query_service/index/timeline_query.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "query_service/index/name_lookup.h"
#include "query_service/index/party_selection.h"
#include "query_service/index/record_rendering.h"
#include "query_service/resolution/agreement_status.h"
#include "query_service/resolution/party_directory.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

// An act and whose it is.
struct TimelineAct {
  const std::shared_ptr<const AgreementCell>* cell = nullptr;  // of the state
  const ResolvedAgreement* agreement = nullptr;
  size_t act = 0;

  const Act& get() const { return agreement->acts[act]; }
};

bool EarlierThan(const TimelineAct& a, const TimelineAct& b) {
  const std::optional<ClaimedDate>& date_a = a.get().date;
  const std::optional<ClaimedDate>& date_b = b.get().date;
  if (date_a.has_value() != date_b.has_value()) return date_a.has_value();
  if (date_a && date_a->days != date_b->days) {
    return std::pair(date_a->days.first, date_a->days.last) <
           std::pair(date_b->days.first, date_b->days.last);
  }
  if (a.cell != b.cell) return (*a.cell)->name < (*b.cell)->name;
  return a.get().id < b.get().id;
}

bool IsAsked(const v1::GetTimelineRequest& request, const Moment& moment, const Act& act) {
  if (moment.valid_at && !IsShownOn(*moment.valid_at, act)) return false;
  if (!request.has_range()) return true;
  return act.date && act.date->days.Intersects(SpanOf(request.range()));
}

absl::StatusOr<std::vector<AgreementId>> AgreementsAsked(const RecordState& state,
                                                         const v1::GetTimelineRequest& request) {
  if (!request.agreement().empty()) {
    const AgreementId agreement = FindAgreement(state, request.agreement());
    if (agreement == kNoAgreement) {
      return absl::NotFoundError(
          absl::StrCat("agreement: no agreement has or had the name ", request.agreement()));
    }
    return std::vector<AgreementId>{agreement};
  }
  for (const std::string& party : request.parties()) {
    if (state.parties.Contains(party) || IsListedParty(party)) continue;
    return absl::NotFoundError(absl::StrCat("parties: ", party, " is unknown"));
  }
  return PartySelection(request.parties(), v1::PARTY_MATCH_ALL).Find(state);
}

// All acts asked for, in order.
absl::StatusOr<std::vector<TimelineAct>> FindActs(const Moment& moment,
                                                  const v1::GetTimelineRequest& request) {
  const absl::StatusOr<std::vector<AgreementId>> agreements = AgreementsAsked(*moment.state, request);
  if (!agreements.ok()) return agreements.status();
  std::vector<TimelineAct> acts;
  for (const AgreementId id : *agreements) {
    const std::shared_ptr<const AgreementCell>& cell = *moment.state->agreements.Find(id);
    const ResolvedAgreement& agreement = moment.state->Resolved(*cell);
    acts.reserve(acts.size() + agreement.acts.size());
    for (size_t act = 0; act < agreement.acts.size(); ++act) {
      if (IsAsked(request, moment, agreement.acts[act])) acts.push_back({&cell, &agreement, act});
    }
  }
  // One agreement's are in this order (acts.h).
  if (agreements->size() > 1) std::sort(acts.begin(), acts.end(), EarlierThan);
  return acts;
}

}  // namespace

absl::StatusOr<Page<v1::TimelineEntry>> FindTimeline(const Moment& moment,
                                                     const v1::GetTimelineRequest& request, PageOf page) {
  const absl::StatusOr<std::vector<TimelineAct>> acts = FindActs(moment, request);
  if (!acts.ok()) return acts.status();
  Page<v1::TimelineEntry> entries;
  entries.total_size = acts->size();
  for (size_t i = page.offset; i < acts->size() && entries.items.size() < page.size; ++i) {
    const TimelineAct& act = (*acts)[i];
    entries.items.push_back(RenderEntry(**act.cell, *act.agreement, act.act, request.view()));
  }
  return entries;
}

absl::StatusOr<WirePage> FindTimelineWire(const Moment& moment, const v1::GetTimelineRequest& request,
                                          PageOf page) {
  const absl::StatusOr<std::vector<TimelineAct>> acts = FindActs(moment, request);
  if (!acts.ok()) return acts.status();
  WirePage entries;
  entries.total_size = acts->size();
  entries.framed = request.view() != v1::VIEW_BASIC;
  const AgreementCell* last = nullptr;
  const std::vector<LazyRendering::Entry>* rendered = nullptr;
  for (size_t i = page.offset; i < acts->size() && entries.items.size() < page.size; ++i) {
    const TimelineAct& act = (*acts)[i];
    if (act.cell->get() != last) {
      last = act.cell->get();
      rendered = &last->rendering->Entries(*last, *act.agreement);
      entries.owners.push_back(*act.cell);
    }
    const LazyRendering::Entry& entry = (*rendered)[act.act];
    entries.items.push_back(entries.framed ? entry.framed() : entry.basic());
  }
  return entries;
}

}  // namespace treatywire::query
