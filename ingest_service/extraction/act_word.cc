#include "ingest_service/extraction/act_word.h"

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace treatywire::ingest {
namespace {

namespace v1 = treatywire::v1;

using ActWords = absl::flat_hash_map<absl::string_view, v1::EventType>;

const ActWords& LabelWords() {
  static const auto& words = *new ActWords{
      {"signed", v1::EVENT_TYPE_SIGNED},
      {"signature", v1::EVENT_TYPE_SIGNED},
      {"signatures", v1::EVENT_TYPE_SIGNED},
      {"signing", v1::EVENT_TYPE_SIGNED},
      {"concluded", v1::EVENT_TYPE_SIGNED},
      {"conclusion", v1::EVENT_TYPE_SIGNED},
      {"initialled", v1::EVENT_TYPE_INITIALLED},
      {"initialed", v1::EVENT_TYPE_INITIALLED},
      {"adopted", v1::EVENT_TYPE_ADOPTED},
      {"adoption", v1::EVENT_TYPE_ADOPTED},
      {"ratified", v1::EVENT_TYPE_RATIFIED},
      {"ratification", v1::EVENT_TYPE_RATIFIED},
      {"ratifications", v1::EVENT_TYPE_RATIFIED},
      {"approved", v1::EVENT_TYPE_RATIFIED},
      {"approval", v1::EVENT_TYPE_RATIFIED},
      {"acceptance", v1::EVENT_TYPE_RATIFIED},
      {"acceded", v1::EVENT_TYPE_ACCEDED},
      {"accession", v1::EVENT_TYPE_ACCEDED},
      {"accessions", v1::EVENT_TYPE_ACCEDED},
      {"joined", v1::EVENT_TYPE_ACCEDED},
      {"force", v1::EVENT_TYPE_ENTERED_INTO_FORCE},
      {"effective", v1::EVENT_TYPE_ENTERED_INTO_FORCE},
      {"effect", v1::EVENT_TYPE_ENTERED_INTO_FORCE},
      {"applied", v1::EVENT_TYPE_ENTERED_INTO_FORCE},
      {"applies", v1::EVENT_TYPE_ENTERED_INTO_FORCE},
      {"terminated", v1::EVENT_TYPE_TERMINATED},
      {"termination", v1::EVENT_TYPE_TERMINATED},
      {"ended", v1::EVENT_TYPE_TERMINATED},
      {"denounced", v1::EVENT_TYPE_TERMINATED},
      {"denunciation", v1::EVENT_TYPE_TERMINATED},
      {"cancelled", v1::EVENT_TYPE_TERMINATED},
      {"canceled", v1::EVENT_TYPE_TERMINATED},
      {"scrapped", v1::EVENT_TYPE_TERMINATED},
      {"withdrew", v1::EVENT_TYPE_WITHDRAWN},
      {"withdrawn", v1::EVENT_TYPE_WITHDRAWN},
      {"withdrawal", v1::EVENT_TYPE_WITHDRAWN},
      {"withdrawals", v1::EVENT_TYPE_WITHDRAWN},
      {"left", v1::EVENT_TYPE_WITHDRAWN},
      {"exit", v1::EVENT_TYPE_WITHDRAWN},
      {"out", v1::EVENT_TYPE_WITHDRAWN},
      {"quit", v1::EVENT_TYPE_WITHDRAWN},
      {"revoked", v1::EVENT_TYPE_TERMINATED},
      {"repealed", v1::EVENT_TYPE_TERMINATED},
      {"abrogated", v1::EVENT_TYPE_TERMINATED},
      {"dissolved", v1::EVENT_TYPE_TERMINATED},
      {"end", v1::EVENT_TYPE_TERMINATED},
      {"replaced", v1::EVENT_TYPE_SUPERSEDED},
      {"superseded", v1::EVENT_TYPE_SUPERSEDED},
      {"deposited", v1::EVENT_TYPE_DEPOSITED},
      {"deposit", v1::EVENT_TYPE_DEPOSITED},
      {"resumed", v1::EVENT_TYPE_RESUMED},
      {"reinstated", v1::EVENT_TYPE_RESUMED},
      {"rejected", v1::EVENT_TYPE_REJECTED},
      {"suspended", v1::EVENT_TYPE_SUSPENDED},
      {"suspension", v1::EVENT_TYPE_SUSPENDED},
      {"expired", v1::EVENT_TYPE_EXPIRED},
      {"expire", v1::EVENT_TYPE_EXPIRED},
      {"lapsed", v1::EVENT_TYPE_EXPIRED},
      {"lapses", v1::EVENT_TYPE_EXPIRED},
      {"expires", v1::EVENT_TYPE_EXPIRED},
      {"expiry", v1::EVENT_TYPE_EXPIRED},
      {"expiration", v1::EVENT_TYPE_EXPIRED},
      {"extended", v1::EVENT_TYPE_EXTENDED},
      {"renewed", v1::EVENT_TYPE_EXTENDED},
      {"prolonged", v1::EVENT_TYPE_EXTENDED},
      {"extension", v1::EVENT_TYPE_EXTENDED},
      {"renewal", v1::EVENT_TYPE_EXTENDED},
      {"amended", v1::EVENT_TYPE_AMENDED},
      {"revised", v1::EVENT_TYPE_AMENDED},
      {"amendments", v1::EVENT_TYPE_AMENDED},
      {"amendment", v1::EVENT_TYPE_AMENDED},
      {"notified", v1::EVENT_TYPE_NOTIFIED},
      {"notice", v1::EVENT_TYPE_NOTIFIED},
      {"notification", v1::EVENT_TYPE_NOTIFIED},
  };
  return words;
}

}  // namespace

v1::EventType ActOfLabel(const Annotation& annotation, TokenSpan label) {
  for (uint32_t t = label.begin; t < label.end; ++t) {
    if (annotation.at[t].date >= 0) continue;  // "at the end of 2019"
    // "at the end of the visit"
    if (annotation.norm(t) == "end" && t + 1 < label.end && annotation.norm(t + 1) == "of") continue;
    const auto found = LabelWords().find(annotation.norm(t));
    if (found != LabelWords().end()) return found->second;
  }
  return v1::EVENT_TYPE_UNSPECIFIED;
}

bool IsLeaving(v1::EventType type) {
  return type == v1::EVENT_TYPE_TERMINATED || type == v1::EVENT_TYPE_WITHDRAWN;
}

}  // namespace treatywire::ingest
