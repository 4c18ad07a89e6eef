#include "query_service/index/agreement_selection.h"

#include <algorithm>
#include <tuple>

#include "query_service/resolution/agreement_status.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

// An empty list of alternatives holds of everything.
template <typename Alternatives, typename Value>
bool IsOneOf(const Alternatives& alternatives, const Value& value) {
  return alternatives.empty() ||
         std::find(alternatives.begin(), alternatives.end(), value) != alternatives.end();
}

// Whether one of its acts is of a type, put in a way and dated as asked.
bool HasEntryOf(const ResolvedAgreement& agreement, const v1::AgreementFilter& filter) {
  if (filter.event_types().empty() && filter.event_modalities().empty() && !filter.has_event_date()) {
    return true;
  }
  const DaySpan days = SpanOf(filter.event_date());
  return std::any_of(agreement.acts.begin(), agreement.acts.end(), [&](const Act& act) {
    return IsOneOf(filter.event_types(), act.type) && IsOneOf(filter.event_modalities(), act.modality) &&
           (!filter.has_event_date() || (act.date && act.date->days.Intersects(days)));
  });
}

bool IsMentionedBy(const ResolvedAgreement& agreement, const v1::AgreementFilter& filter) {
  return filter.publishers().empty() ||
         std::any_of(agreement.members.begin(), agreement.members.end(), [&](const AgreementMember& member) {
           return IsOneOf(filter.publishers(), member.article->publisher());
         });
}

}  // namespace

AgreementSelection::AgreementSelection(const v1::AgreementFilter& filter)
    : filter_(filter),
      parties_(filter.parties(), filter.party_match()),
      selects_all_(filter.ByteSizeLong() == 0) {}

bool AgreementSelection::Selects(const Moment& moment, const AgreementCell& cell) const {
  if (selects_all_) return true;
  if (!parties_.Selects(cell.keys.parties)) return false;
  const ResolvedAgreement& agreement = moment.state->Resolved(cell);
  return SelectsResolved(agreement) && SelectsOnDay(moment.day(), agreement);
}

bool AgreementSelection::SelectsResolved(const ResolvedAgreement& agreement) const {
  if (!IsOneOf(filter_.subjects(), agreement.subject) || !IsOneOf(filter_.kinds(), agreement.kind))
    return false;
  if (filter_.conflicts_only() && agreement.conflicts.empty()) return false;
  if (agreement.independent_sources < filter_.min_independent_sources()) return false;
  if (filter_.has_signed_()) {
    if (!agreement.signed_days || !agreement.signed_days->Intersects(SpanOf(filter_.signed_()))) return false;
  }
  return HasEntryOf(agreement, filter_) && IsMentionedBy(agreement, filter_);
}

bool AgreementSelection::SelectsOnDay(Day day, const ResolvedAgreement& agreement) const {
  if (!filter_.statuses().empty() &&
      !IsOneOf(filter_.statuses(), StandingOn(day, agreement.acts, agreement.context).status)) {
    return false;
  }
  if (filter_.missing_steps().empty()) return true;
  const std::vector<v1::MissingStep> missing = MissingStepsOn(day, agreement.acts, agreement.context);
  return std::any_of(missing.begin(), missing.end(),
                     [&](v1::MissingStep step) { return IsOneOf(filter_.missing_steps(), step); });
}

std::vector<const AgreementCell*> AgreementSelection::Find(const Moment& moment) const {
  const RecordState& state = *moment.state;
  std::vector<const AgreementCell*> cells;
  const auto add = [&](AgreementId agreement) {
    const AgreementCell& cell = state.CellOf(agreement);
    if (Selects(moment, cell)) cells.push_back(&cell);
  };
  if (parties_.empty()) {
    state.by_name.VisitAll([&](const SharedText&, AgreementId agreement) { add(agreement); });
    return cells;
  }
  for (const AgreementId agreement : parties_.Find(state)) add(agreement);
  std::sort(cells.begin(), cells.end(),
            [](const AgreementCell* a, const AgreementCell* b) { return a->name < b->name; });
  return cells;
}

void OrderAgreements(const RecordState& state, v1::AgreementOrder order,
                     std::vector<const AgreementCell*>& cells) {
  if (order == v1::AGREEMENT_ORDER_SIGNED_DATE) {
    const auto key = [&](const AgreementCell* cell) {
      const std::optional<DaySpan>& days = state.Resolved(*cell).signed_days;
      return days ? std::tuple(false, days->first, days->last) : std::tuple(true, Day{0}, Day{0});
    };
    std::stable_sort(cells.begin(), cells.end(),
                     [&](const AgreementCell* a, const AgreementCell* b) { return key(a) < key(b); });
  } else if (order == v1::AGREEMENT_ORDER_SOURCES) {
    std::stable_sort(cells.begin(), cells.end(), [&](const AgreementCell* a, const AgreementCell* b) {
      return state.Resolved(*a).independent_sources > state.Resolved(*b).independent_sources;
    });
  }
}

}  // namespace treatywire::query
