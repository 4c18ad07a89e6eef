// Makes events of an act that was read: its type and modality, its actors, its dates, and how far to trust
// it.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_EVENT_BUILDER_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_EVENT_BUILDER_H_

#include <cstddef>
#include <optional>
#include <vector>

#include "ingest_service/extraction/act_manner.h"
#include "ingest_service/extraction/act_reader.h"
#include "ingest_service/extraction/actor_finder.h"
#include "ingest_service/extraction/clause_trigger.h"
#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/event_date.h"
#include "ingest_service/extraction/event_per_date.h"
#include "ingest_service/extraction/phrase_meanings.h"
#include "ingest_service/extraction/read_event.h"
#include "ingest_service/extraction/sentence_view.h"

namespace treatywire::ingest {

// Makes the events of one sentence, in the order of the text. Not thread-safe; the arguments outlive it.
class EventBuilder {
 public:
  // `discourse` learns what the acts tell of their agreements; `events` gets the events.
  EventBuilder(const SentenceView& view, const ActorFinder& actors, PhraseMeanings* meanings,
               EventDater* dater, Discourse* discourse, std::vector<ReadEvent>* events)
      : view_(view),
        a_(view.annotation),
        actors_(actors),
        meanings_(meanings),
        dater_(dater),
        discourse_(discourse),
        events_(events),
        per_date_(view, *dater, discourse, events) {}

  // Adds the events of the act: one or more for each of its agreements, which become what the text speaks of.
  // Returns the index of the first event of its last agreement; nullopt, and adds nothing, where the words
  // tell nothing that happened to it after all ("either side can cancel it").
  std::optional<size_t> Add(const ClauseTrigger& trigger, ActReading act);

 private:
  ReadEvent EventOf(const ClauseTrigger& trigger, const ActManner& manner, ActReading* act);
  std::vector<EventDate> DatesOf(const ClauseTrigger& trigger, bool undated, ReadEvent* event);
  size_t AddForEachAgreement(const ClauseTrigger& trigger, const std::vector<EventDate>& dates,
                             const Actors& excepted, ActReading* act, ReadEvent* event);
  void TellActors(const ClauseTrigger& trigger, ActReading* act, ReadEvent* event);
  Actors ExceptedFrom(const ClauseTrigger& trigger, const ActReading& act, const ReadEvent& event) const;
  bool IsOfSuccessor(const ClauseTrigger& trigger, const ActReading& act);
  bool IsOfRatification(const LexiconMatch& match, int agreement) const;
  void AddOther(const ClauseTrigger& trigger, Actors* actors) const;
  int DateOfMeans(const LexiconMatch& match, const ReadEvent& event) const;
  bool IsConditional(const ClauseTrigger& trigger, const ReadEvent& event, const EventDate& date) const;
  bool IsAllowance(const ClauseTrigger& trigger, const ReadEvent& event) const;
  bool EndsByRefusal(const LexiconMatch& match, const ReadEvent& event) const;

  const SentenceView& view_;
  const Annotation& a_;
  const ActorFinder& actors_;
  PhraseMeanings* meanings_;
  EventDater* dater_;
  Discourse* discourse_;
  std::vector<ReadEvent>* events_;
  EventPerDate per_date_;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_EVENT_BUILDER_H_
