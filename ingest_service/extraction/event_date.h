// When an act happened: which of a sentence's dates belongs to a trigger.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_EVENT_DATE_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_EVENT_DATE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "ingest_service/extraction/read_event.h"
#include "ingest_service/extraction/sentence_view.h"
#include "ingest_service/lexicon/lexicon.h"

namespace treatywire::ingest {

// One for a sentence: it remembers which dates its events have taken.
class EventDater {
 public:
  EventDater(const SentenceView& view, std::optional<absl::CivilDay> publish_day)
      : view_(view), a_(view.annotation), publish_day_(publish_day) {}

  // Sets date and, for what is yet to come, the modality.
  void SetDate(const LexiconMatch& trigger, size_t clause_index, ReadEvent* event);
  // Whether the date (index in Annotation::dates) can be an event's: no duration, not that of an agreement's
  // name.
  bool IsEventDate(int date) const;

 private:
  bool DateIsTaken(int date) const;
  bool TriggerBetween(uint32_t from, uint32_t to) const;
  int DateFor(const LexiconMatch& trigger, size_t clause_index) const;
  int ItemDate() const;
  static bool IsPointAct(treatywire::v1::EventType type);
  static UncertainDate BeginningOf(const UncertainDate& date);
  bool IsFresh(const LexiconMatch& trigger) const;
  bool IsProgressive(const LexiconMatch& trigger) const;

  const SentenceView& view_;
  const Annotation& a_;
  const std::optional<absl::CivilDay> publish_day_;
  std::vector<int> claimed_;  // dates that an event of the sentence has
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_EVENT_DATE_H_
