#include "query_service/index/event_changes.h"

#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "query_service/index/record_rendering.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

using EventsById = absl::flat_hash_map<absl::string_view, const v1::AgreementEvent*>;

EventsById EventsOf(const ArticleVersion* article) {
  EventsById events;
  if (article == nullptr) return events;
  for (const v1::AgreementEvent& event : article->extraction().events())
    events.emplace(event.event_id(), &event);
  return events;
}

bool Has(const EventsById& events, const v1::AgreementEvent& event) {
  const auto it = events.find(event.event_id());
  return it != events.end() && it->second->SerializeAsString() == event.SerializeAsString();
}

// Of each mention, the agreement's name.
std::vector<std::string> AgreementsOf(const RecordState& state, const ArticleVersion& article) {
  if (const uint64_t* removed_at = state.removed_at.Find(article.revision)) {
    return *state.history.Find(*removed_at)->removed_from;
  }
  std::vector<std::string> names;
  for (const NodeId node : state.articles.Find(article.id())->nodes()) {
    names.emplace_back(state.CellOf(state.AgreementOf(node)).name.view());
  }
  return names;
}

void AddChanges(const RecordState& state, v1::ChangeKind kind, const ArticleVersion& article,
                const EventsById& in_common, std::vector<v1::EventChange>& changes) {
  const std::vector<std::string> agreements = AgreementsOf(state, article);
  const ArticleEntry* in_force = state.articles.Find(article.id());
  if (in_force != nullptr && in_force->version != &article) in_force = nullptr;
  for (int i = 0; i < article.extraction().events_size(); ++i) {
    if (Has(in_common, article.extraction().events(i))) continue;
    v1::EventChange& change = changes.emplace_back();
    change.set_kind(kind);
    const auto mention = static_cast<size_t>(article.mention_of_event[static_cast<size_t>(i)]);
    v1::EventRecord& event = *change.mutable_event();
    event.set_agreement(agreements[mention]);
    event.set_revision(article.revision);
    if (in_force == nullptr) {
      *event.mutable_claim() = RenderEvent(article, i);
      continue;
    }
    const AgreementCell& cell = state.CellOf(state.AgreementOf(in_force->nodes()[mention]));
    *event.mutable_claim() = RenderClaim(state, cell, article, i);
    event.set_entry(EntryOfEvent(state, cell, article, i));
  }
}

}  // namespace

std::vector<v1::EventChange> FindChanges(const RecordState& state, uint64_t revision) {
  std::vector<v1::EventChange> changes;
  const RevisionEntry* entry = state.history.Find(revision);
  if (entry == nullptr) return changes;
  const EventsById before = EventsOf(entry->removed.get());
  const EventsById after = EventsOf(entry->added.get());
  if (entry->removed != nullptr) AddChanges(state, v1::CHANGE_KIND_REMOVED, *entry->removed, after, changes);
  if (entry->added != nullptr) AddChanges(state, v1::CHANGE_KIND_ADDED, *entry->added, before, changes);
  return changes;
}

}  // namespace treatywire::query
