// Readable names for agreements.
//
// An agreement is named after one of its mentions, never after a vote among them. So whatever part of today's
// mentions was known at some time, the agreement was then named after one of them, and the names of all its
// mentions are just the names that it ever had: they still resolve.
#ifndef TREATYWIRE_QUERY_SERVICE_RESOLUTION_AGREEMENT_NAMING_H_
#define TREATYWIRE_QUERY_SERVICE_RESOLUTION_AGREEMENT_NAMING_H_

#include <string>

#include "absl/strings/string_view.h"
#include "treatywire/v1/event.pb.h"

namespace treatywire::query {

struct MentionTraits;

struct SlugChoice {
  std::string slug;  // "france-russia-defence-cooperation"; [a-z0-9-], never empty, at most kMaxSlugBytes
  int rank = 0;      // 5: a well-known agreement; 1: nothing but its parties, or less
};

inline constexpr size_t kMaxSlugBytes = 96;

// How many bytes at the end of a name tell agreements of one slug apart: "-2015", or "-x" and the 16 digits
// of a hash. 0 where none do, as in every slug.
size_t NameSuffixBytes(absl::string_view name);

// The name that an agreement of this mention alone has. Reads all of `traits` but slug and slug_rank.
SlugChoice ChooseSlug(const MentionTraits& traits);

// A name for people, made from parties and topic: "France–Russia agreement on defence cooperation". A
// well-known agreement's proper name is its own.
std::string MakeDisplayName(const MentionTraits& traits);

// Whether a title says by itself which agreement it is, so that it serves as display name: it names a party
// of a pair, or carries a word of its own, or belongs to an agreement that is no pair's.
bool TitleStandsAlone(absl::string_view title, const MentionTraits& traits);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_AGREEMENT_NAMING_H_
