// The words of an act, and the date that is found for it.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_ACT_WORDS_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_ACT_WORDS_H_

#include <string>

#include "ingest_service/document/document.h"
#include "ingest_service/lexicon/lexicon.h"
#include "ingest_service/temporal/uncertain_date.h"
#include "treatywire/v1/event.pb.h"

namespace treatywire::ingest {

// The words that tell of an act, and what is known of it.
struct ActWords {
  TokenSpan tokens;
  VerbForm form = VerbForm::kNone;
  bool passive = false;  // a participle whose subject is the agreement
  treatywire::v1::EventType type = treatywire::v1::EVENT_TYPE_UNSPECIFIED;
  treatywire::v1::Modality modality = treatywire::v1::MODALITY_ASSERTED;
};

struct EventDate {
  UncertainDate date;
  absl::string_view surface;  // its words; empty where the day of the news stands in
  std::string instrument;     // "decree", where its day is that of the act by which the news became formal
  bool ahead = false;         // it lies after the day of writing: what is told as a fact is a plan
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_ACT_WORDS_H_
