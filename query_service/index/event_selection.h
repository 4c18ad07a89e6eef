// Which events a filter selects.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_EVENT_SELECTION_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_EVENT_SELECTION_H_

#include <optional>
#include <vector>

#include "query_service/index/party_selection.h"
#include "query_service/index/record_state.h"
#include "treatywire/v1/record.pb.h"
#include "treatywire/v1/timeline_service.pb.h"

namespace treatywire::query {

// An event and where it came from.
struct EventPlace {
  const ArticleVersion* article = nullptr;
  int event_index = 0;
  AgreementId agreement = kNoAgreement;
};

class EventSelection {
 public:
  // `state` and `filter` must outlive the selection.
  EventSelection(const RecordState& state, const treatywire::v1::EventFilter& filter);

  bool SelectsAgreement(AgreementId agreement) const;
  // A whole event, whose agreement may be gone: then its own mention's parties count.
  bool Selects(const treatywire::v1::EventRecord& record) const;

  // All events in force that it selects, by revision, then place in the article.
  std::vector<EventPlace> Find() const;

 private:
  class ArticleEvents;

  // Of an event of a selected agreement: all but its actors.
  bool SelectsFacts(const EventFacts& facts, absl::string_view publisher,
                    std::optional<Day> publish_day) const;
  bool SelectsEvent(ArticleEvents& article, int event) const;
  void AddEventsOf(AgreementId agreement, std::vector<EventPlace>& events) const;
  std::vector<EventPlace> FindInAll() const;

  const RecordState& state_;
  const treatywire::v1::EventFilter& filter_;
  const PartySelection parties_;
  std::vector<AgreementId> agreements_;  // that the filter names, sorted
  DaySpan date_;
  DaySpan published_;
};

// Every event in force, by revision, then place in the article: those numbered [offset, offset + size).
std::vector<EventPlace> EventsInForce(const RecordState& state, size_t offset, size_t size);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_EVENT_SELECTION_H_
