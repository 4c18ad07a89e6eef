// What a verb goes on to say of an act that a noun or a notice told: the act is what begins, ends or takes
// effect, not the agreement.
//
//   "Lithuania's withdrawal from the pact took effect on 6 March"  -> the withdrawal is of 6 March
//   "Talks between Oslo and Bern on a treaty collapsed"            -> the talks failed
//   "Notice was given in June. It takes effect a year later"       -> the leaving comes a year later
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_NOUN_ACT_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_NOUN_ACT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "ingest_service/extraction/clause_trigger.h"
#include "ingest_service/extraction/event_date.h"
#include "ingest_service/extraction/read_event.h"
#include "ingest_service/extraction/sentence_view.h"

namespace treatywire::ingest {

// Follows the acts that nouns tell in one sentence. Not thread-safe; the arguments outlive it.
class NounAct {
 public:
  // `events`: those read so far, of this sentence and those before it.
  NounAct(const SentenceView& view, EventDater* dater, std::vector<ReadEvent>* events)
      : view_(view), a_(view.annotation), dater_(dater), events_(events) {}

  // A noun of the sentence told the event of this index, and those that lie behind it.
  void Told(size_t event) { told_ = event; }

  // Whether the trigger says no act of its own but what becomes of one told before: then that one's date and
  // modality are set, or the leaving that a notice was of is added to the events.
  bool IsContinuedBy(const ClauseTrigger& trigger);

 private:
  bool TakesEffect(const ClauseTrigger& trigger);
  bool FollowsAside(const ClauseTrigger& trigger) const;
  bool LeavingTakesEffect(const ClauseTrigger& trigger) const;
  bool NoticeTakesEffect(const ClauseTrigger& trigger);
  bool IsOfNotice(uint32_t verb, bool pronoun) const;
  const ReadEvent* LastTold() const;
  bool EndsTalks(const ClauseTrigger& trigger);
  bool TellsOf(ReadEvent* talks, const ClauseTrigger& trigger, bool ends);
  bool IsInVain(uint32_t from) const;
  bool LeadsTo(uint32_t predicate, uint32_t verb) const;
  // Gives `act` the date that the trigger's words have.
  void SetDateOf(const ClauseTrigger& trigger, bool passive, ReadEvent* act);

  const SentenceView& view_;
  const Annotation& a_;
  EventDater* dater_;
  std::vector<ReadEvent>* events_;
  std::optional<size_t> told_;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_NOUN_ACT_H_
