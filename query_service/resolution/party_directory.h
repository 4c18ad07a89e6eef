// The parties that the query service can name without having read of them, and how states follow one another.
//
// States' names are CLDR's, through ICU; former states, organisations and movements are listed here. A party
// that is listed nowhere is described from its id, so that an answer never lacks a name.
#ifndef TREATYWIRE_QUERY_SERVICE_RESOLUTION_PARTY_DIRECTORY_H_
#define TREATYWIRE_QUERY_SERVICE_RESOLUTION_PARTY_DIRECTORY_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "treatywire/v1/party.pb.h"

namespace treatywire::query {

struct PartyDescription {
  std::string party_id;
  std::string display_name;  // common English name; never empty for a non-empty id
  treatywire::v1::PartyKind kind = treatywire::v1::PARTY_KIND_UNSPECIFIED;
  std::vector<std::string> successors;    // sorted ids
  std::vector<std::string> predecessors;  // sorted ids
};

// Describes any id: from the directory, or else from the id itself ("african-forum" is "African Forum").
PartyDescription DescribeParty(absl::string_view party_id);

// Whether the directory lists it.
bool IsListedParty(absl::string_view party_id);

// The ids of the states that hold the party's seat in its agreements today: the state that continues a former
// one ("RU" for "SUHH"), both where two do ("CZ" and "SK" for "CSHH"), the party itself otherwise. Never
// empty.
std::vector<std::string> SeatsOf(absl::string_view party_id);

// Whether two ids can mean one party of an agreement: one continues the other, or both are one. Not
// transitive: CSHH shares a seat with CZ and with SK, which share none.
bool SharesSeat(absl::string_view a, absl::string_view b);

// The first of SeatsOf; the view is of the directory or of `party_id`.
absl::string_view SeatOf(absl::string_view party_id);

// Ids that share a seat with the party, itself included, sorted: for "RU" also "SUHH".
std::vector<std::string> SeatSharers(absl::string_view party_id);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_PARTY_DIRECTORY_H_
