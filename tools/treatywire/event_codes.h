// CAMEO and PLOVER codes of events, so that users of event data sets (GDELT, ICEWS, Phoenix, POLECAT) can
// join theirs with the record. docs/interchange.md shows the whole table and says where each code comes from.
//
// Both schemes code what one actor did towards another, coarser than the law of treaties: signing, ratifying
// and acceding are one code. What they have no code for gets none, rather than one that would mislead.
#ifndef TREATYWIRE_TOOLS_TREATYWIRE_EVENT_CODES_H_
#define TREATYWIRE_TOOLS_TREATYWIRE_EVENT_CODES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "treatywire/v1/event.pb.h"

namespace treatywire::tools {

// A CAMEO code (codebook 1.1b3) and its PLOVER (manual 2.0) counterpart.
struct EventCode {
  const char* cameo = "";       // "057"
  const char* cameo_name = "";  // "Sign formal agreement"
  const char* plover = "";      // "SUPPORT"
  const char* mode = "";        // "withdraw"; empty where the event type has no fitting one
  const char* context = "";     // "diplomatic"; the event's subject may add one
};

// One line of the table: events of `type` put as `modality` have `code`.
struct CodeRule {
  treatywire::v1::EventType type;
  treatywire::v1::Modality modality;
  const char* condition;  // what else must hold, for people; "" where nothing
  EventCode code;
};

// Every type and modality that has a code, in order of type, modality and condition.
const std::vector<CodeRule>& CodeRules();

// The code of an event; nullptr where there is none.
const EventCode* CodeOf(const treatywire::v1::AgreementEvent& event);

// The contexts of `code` for an agreement about `subject`, separated by ";": "diplomatic;economic".
std::string PloverContexts(const EventCode& code, treatywire::v1::Subject subject);

// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict: GDELT's QuadClass, by
// CAMEO's root code (01 to 05, 06 to 08, 09 to 13, 14 to 20).
int QuadClass(const EventCode& code);

// The actor code of CAMEO's dictionaries: ISO 3166-1 alpha-3 for states ("RUS"), what it was for former ones
// ("SUN"), "KSV" for Kosovo, codes of organisations that the dictionaries list ("IGOWSTNAT"). Empty for
// others: the party id stands beside it.
std::string CameoActor(absl::string_view party_id);

// Whether two ids can mean one party of an agreement: a former state and the one that continues its
// agreements
// ("SUHH" and "RU"), or the same.
bool MeanOneParty(absl::string_view a, absl::string_view b);

}  // namespace treatywire::tools

#endif  // TREATYWIRE_TOOLS_TREATYWIRE_EVENT_CODES_H_
