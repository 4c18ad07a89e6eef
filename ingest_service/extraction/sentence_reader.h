// Reads the events of one sentence, trigger by trigger: each trigger in its clause (clause_trigger.h), its
// act (act_reader.h), the act's events (event_builder.h); then what the sentence repeats without a trigger.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_SENTENCE_READER_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_SENTENCE_READER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ingest_service/extraction/act_reader.h"
#include "ingest_service/extraction/actor_finder.h"
#include "ingest_service/extraction/annotation.h"
#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/event_builder.h"
#include "ingest_service/extraction/event_date.h"
#include "ingest_service/extraction/news_day.h"
#include "ingest_service/extraction/noun_act.h"
#include "ingest_service/extraction/phrase_meanings.h"
#include "ingest_service/extraction/read_event.h"
#include "ingest_service/extraction/sentence_view.h"

namespace treatywire::ingest {

// Made for a sentence, read once, and dropped. Neither copied nor moved: its parts point at each other. The
// arguments outlive it.
class SentenceReader {
 public:
  // `index`: of the sentence in Document::sentences. `last_actors`: who acted in the sentences before;
  // becomes who did in this one. `discourse` learns of agreements; `events`, those read so far, gets the
  // sentence's, at most until it holds kMaxEvents.
  SentenceReader(const Annotation& annotation, const NewsDay& news, uint32_t index, Discourse* discourse,
                 Actors* last_actors, std::vector<ReadEvent>* events);
  SentenceReader(const SentenceReader&) = delete;
  SentenceReader& operator=(const SentenceReader&) = delete;

  void Read() { ReadAll(/*strict=*/false); }
  // Reads a sentence that was read before, now that an agreement is known that it may be about: words that
  // mean other things as well do not count.
  void ReadAgain() { ReadAll(/*strict=*/true); }

 private:
  void ReadAll(bool strict);
  std::vector<LexiconMatch>::const_iterator FirstTrigger() const;
  void ReadTrigger(const LexiconMatch& match, bool strict);
  void BringUpListed();
  void BringUpLabelled();
  int TopicOf(size_t first) const;
  bool IsOnlySaidInPassing(int agreement);
  void ReturnToTopic(size_t first);

  const Annotation& a_;
  const SentenceView view_;
  const ActorFinder actors_;
  PhraseMeanings meanings_;
  EventDater dater_;
  ActReader acts_;
  NounAct noun_act_;
  EventBuilder builder_;
  Discourse* discourse_;
  Actors* last_actors_;
  std::vector<ReadEvent>* events_;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_SENTENCE_READER_H_
