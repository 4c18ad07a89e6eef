// What the event and table readers hand to the joining of events.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_READ_EVENT_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_READ_EVENT_H_

#include <string>
#include <vector>

#include "ingest_service/extraction/annotation.h"
#include "ingest_service/temporal/uncertain_date.h"
#include "treatywire/v1/event.pb.h"

namespace treatywire::ingest {

// An event as read, before those of one act are joined.
struct ReadEvent {
  treatywire::v1::EventType type = treatywire::v1::EVENT_TYPE_UNSPECIFIED;
  treatywire::v1::Modality modality = treatywire::v1::MODALITY_ASSERTED;
  int agreement = -1;  // index in Discourse::entities
  PartyIds actors;
  MentionIndices actor_mentions;  // as far as the actors are named there
  UncertainDate date;
  absl::string_view date_surface;  // as DateMention::surface
  std::string instrument;
  TokenSpan cue;
  uint32_t sentence = 0;
  bool all_parties = false;  // "the two countries", "both parliaments"
  bool many_actors = false;  // "sixty states": nobody is to be guessed
  bool joint = false;        // all parties of a bilateral agreement do it
  bool leave = false;        // TERMINATED of a bilateral agreement is WITHDRAWN of a multilateral one
  bool back = false;         // ACCEDED of an agreement that the actor had only suspended is RESUMED
  bool from_title = false;
  bool from_phrase = false;  // "the 1994 treaty": said in passing
  bool understood = false;   // its agreement is understood from the text before, not named
  bool whole_block = false;  // a table row: the evidence is all of it
  double confidence = 0.5;
};

// Most events of one article (ExtractedArticle.events says so).
inline constexpr size_t kMaxEvents = 4096;
// Most triggers of one sentence that are read. Each is read with its whole sentence in view, so that a
// sentence of nothing else, 400 tokens of "signed ratified withdrew", would take ten times as long as an
// ordinary one.
inline constexpr size_t kMaxSentenceTriggers = 48;

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_READ_EVENT_H_
