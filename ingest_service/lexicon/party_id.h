// The id of a party as a value to pass around.
//
//   PartyId russia = entry.parties.front();
//   russia == "RU";    // true
//   russia == moscow;  // one comparison of two numbers
//   russia.text();     // "RU"
//
// What looks behind an id, such as its text, is in party.h. Ids are made by the lexicon alone (lexicon.h) and
// live as long as it does. One of two lexicons is never the same as one of the other. Immutable: any number
// of threads may read them.
#ifndef TREATYWIRE_INGEST_SERVICE_LEXICON_PARTY_ID_H_
#define TREATYWIRE_INGEST_SERVICE_LEXICON_PARTY_ID_H_

#include <ostream>
#include <utility>

#include "absl/strings/string_view.h"

namespace treatywire::ingest {

struct PartyInfo;

// The id of a party of one lexicon, or of nobody: as large as a pointer and as cheap to copy and compare.
// Extraction copies and compares some hundred of them a sentence.
class PartyId {
 public:
  PartyId() = default;  // nobody
  explicit PartyId(const PartyInfo* party) : party_(party) {}

  bool empty() const { return party_ == nullptr; }
  // "RU"; "" for nobody.
  inline absl::string_view text() const;
  // So that it goes wherever a party's id as text does.
  operator absl::string_view() const { return text(); }  // NOLINT(google-explicit-constructor)
  // Whether it is a state, or was one, and no organisation or movement: of nobody false.
  inline bool is_state() const;
  // nullptr for nobody.
  const PartyInfo* info() const { return party_; }

  friend bool operator==(PartyId a, PartyId b) { return a.party_ == b.party_; }
  friend bool operator==(PartyId a, absl::string_view b) { return a.text() == b; }
  // As the ids are spelled.
  friend bool operator<(PartyId a, PartyId b) { return a.text() < b.text(); }
  template <typename H>
  friend H AbslHashValue(H hash, PartyId id) {
    return H::combine(std::move(hash), id.party_);
  }
  friend std::ostream& operator<<(std::ostream& out, PartyId id) { return out << id.text(); }

 private:
  const PartyInfo* party_ = nullptr;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_LEXICON_PARTY_ID_H_
