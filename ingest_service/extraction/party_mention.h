// A party where the text speaks of it, and as what.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_MENTION_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_MENTION_H_

#include <cstdint>
#include <string>

#include "ingest_service/document/document.h"
#include "ingest_service/document/short_list.h"
#include "ingest_service/lexicon/party.h"

namespace treatywire::ingest {

// Some mentions of an article, as indices in Annotation::parties.
using MentionIndices = ShortList<int, 4>;

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

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_MENTION_H_
