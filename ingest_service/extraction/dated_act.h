// Gives an act the date that was found for it, and the agreement the date of its signing.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_DATED_ACT_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_DATED_ACT_H_

#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/event_date.h"
#include "ingest_service/extraction/read_event.h"
#include "ingest_service/extraction/sentence_view.h"

namespace treatywire::ingest {

// Sets the event's date; what is told as a fact of a day yet to come becomes a plan.
void SetDate(const EventDate& found, ReadEvent* event);

// An asserted signing tells when and where its agreement was signed, as far as that is not known yet.
// `words`: those of the act in `view`, after which the place stands.
void SetSigned(const SentenceView& view, TokenSpan words, const ReadEvent& event, Discourse* discourse);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_DATED_ACT_H_
