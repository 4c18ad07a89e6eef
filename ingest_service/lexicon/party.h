// A party that the lexicon knows.
//
// Made by the lexicon (lexicon.h), constant afterwards: any number of threads may read it. Lives as long as
// the lexicon.
#ifndef TREATYWIRE_INGEST_SERVICE_LEXICON_PARTY_H_
#define TREATYWIRE_INGEST_SERVICE_LEXICON_PARTY_H_

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "ingest_service/lexicon/party_id.h"
#include "ingest_service/lexicon/party_ids.h"
#include "treatywire/v1/party.pb.h"

namespace treatywire::ingest {

// A party (parties.txt).
struct PartyInfo {
  // "RU", "SUHH", "nato": of states and former states in capitals, of organisations and movements a slug.
  std::string id;
  treatywire::v1::PartyKind kind = treatywire::v1::PARTY_KIND_UNSPECIFIED;
  std::string name;                   // "Russia"
  std::string official_name;          // "Russian Federation"
  std::vector<std::string> capitals;  // capitals and seats of government
  PartyIds successors;                // former states only
  std::string from_edtf;              // when it came into being, if that is in doubt for news since 1900
  std::string until_edtf;             // when it ceased to exist
};

absl::string_view PartyId::text() const {
  return party_ == nullptr ? absl::string_view("") : absl::string_view(party_->id);
}

bool PartyId::is_state() const {
  return party_ != nullptr && !party_->id.empty() &&
         absl::ascii_isupper(static_cast<unsigned char>(party_->id[0]));
}

// "CL PE".
inline std::string TextOf(const PartyIds& ids) {
  return absl::StrJoin(ids, " ", [](std::string* out, PartyId id) { absl::StrAppend(out, id.text()); });
}

// True where `a` and `b` are one state, or one is the other's predecessor ("RU" and "SUHH").
inline bool SameOrSuccessor(PartyId a, PartyId b) {
  if (a == b) return true;
  const auto precedes = [](PartyId former, PartyId id) {
    return !former.empty() && !former.info()->successors.empty() && former.info()->successors.Contains(id);
  };
  return precedes(a, b) || precedes(b, a);
}

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_LEXICON_PARTY_H_
