// Acts that are told once and have several dates: an event for each.
//
//   "amended in 1995 and in 2001"                       -> the agreement twice
//   "the two were signed on the 22nd and the 23rd"      -> each agreement on its day
//   "Oslo and Bern left on 3 and 9 July"                -> each party on its day
//   "Austria (2019) and Belgium (2020) have ratified it" -> likewise
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_EVENT_PER_DATE_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_EVENT_PER_DATE_H_

#include <cstddef>
#include <vector>

#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/event_date.h"
#include "ingest_service/extraction/read_event.h"
#include "ingest_service/extraction/sentence_view.h"
#include "ingest_service/lexicon/lexicon.h"

namespace treatywire::ingest {

// Adds the events of one sentence's acts. Not thread-safe; the arguments outlive it.
class EventPerDate {
 public:
  // `discourse` learns when agreements were signed and which have ended.
  EventPerDate(const SentenceView& view, const EventDater& dater, Discourse* discourse,
               std::vector<ReadEvent>* events)
      : view_(view), a_(view.annotation), dater_(dater), discourse_(discourse), events_(events) {}

  // Adds `event`, of the agreement number `index` of the `count` that the trigger's act is done to, on each
  // of its `dates`: one event or more. `dates`: never empty.
  void Add(const LexiconMatch& match, const ReadEvent& event, const std::vector<EventDate>& dates,
           size_t index, size_t count);

 private:
  bool AddWithBrackets(const LexiconMatch& match, const ReadEvent& event);
  void AddOfOwner(const LexiconMatch& match, const ReadEvent& event, const std::vector<EventDate>& dates,
                  const PartyIds& listed);
  void AddOn(const LexiconMatch& match, ReadEvent event, const EventDate& date, const PartyIds& actors);
  void SetDateOfPartner(ReadEvent* event) const;
  bool IsJointAct(const ReadEvent& event) const;

  const SentenceView& view_;
  const Annotation& a_;
  const EventDater& dater_;
  Discourse* discourse_;
  std::vector<ReadEvent>* events_;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_EVENT_PER_DATE_H_
