// A party where the text speaks of it, and as what.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_MENTION_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_MENTION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"
#include "ingest_service/document/document.h"

namespace treatywire::ingest {

using PartyIds = std::vector<std::string>;

// How a party is mentioned.
enum class PartyRole : uint8_t {
  kName,       // "Russia", "NATO", "the Baltic states"
  kCapital,    // "Moscow" where it may stand for the state
  kAdjective,  // "Russian" before a noun
  kPeople,     // "the Russians", "Americans"
  kBody,       // "the Canadian Parliament", "Duma": an organ acting for the state
  kPerson,     // "President Vladimir Putin", "the Hungarian foreign minister"
};

// A party at one place of the text, with the organ and the person that stand for it.
struct PartyMention {
  TokenSpan tokens;
  PartyIds ids;  // empty: an organ or office of a state that the words do not name ("the Senate")
  PartyRole role = PartyRole::kName;
  bool possessive = false;  // "Russia's"
  bool place = false;       // "in Moscow", a dateline, "American-brokered": a place or bystander, no party
  bool dateline = false;    // in the dateline: where the report was written
  std::string acting_body;
  std::string person;  // office and name: "President Vladimir Putin"
  TokenSpan name;      // kPerson: the name in it, "Vladimir Putin"; empty where only the office is told
};

// States and former states have ids in capitals ("FR", "SUHH"), organisations and movements slugs ("eu").
inline bool IsStateId(absl::string_view id) {
  return !id.empty() && absl::ascii_isupper(static_cast<unsigned char>(id[0]));
}

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_MENTION_H_
