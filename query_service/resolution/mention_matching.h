// How strongly the traits of two mentions say that they are about one agreement.
#ifndef TREATYWIRE_QUERY_SERVICE_RESOLUTION_MENTION_MATCHING_H_
#define TREATYWIRE_QUERY_SERVICE_RESOLUTION_MENTION_MATCHING_H_

#include <cstdint>
#include <string>
#include <vector>

#include "query_service/resolution/article_version.h"

namespace treatywire::query {

// What two mentions have to do with each other, from the one side.
enum class MatchStrength : uint8_t {
  kNone,      // nothing says that they are one
  kPossible,  // not by themselves, but what speaks for others of their agreements may bring them along
  kWeak,      // one, where there is no other agreement that it might be
  kStrong,    // one, unless an article sets them apart
};

// Small: the index keeps one for each pair of mentions that may be of one agreement.
struct Match {
  MatchStrength strength = MatchStrength::kNone;
  uint8_t score = 0;     // larger is better; orders matches of one strength
  bool by_name = false;  // their names agree: not through parties, subject and date alone
  bool by_date = false;  // through dates that can be of one act though they are not the same day: those of
                         // other mentions may tell otherwise
  // Of a weak match: whether the first says less than the second, and joins it rather than the other way
  // round. Both false: neither says more.
  bool first_joins = false;
  bool second_joins = false;
};

// Symmetric but for first_joins and second_joins.
Match MatchMentions(const MentionTraits& a, const MentionTraits& b);

// Whether nothing rules out that two mentions are of one agreement: other parties of a pair, another
// well-known agreement, or a protocol against what it is a protocol to.
bool CanBeOne(const MentionTraits& a, const MentionTraits& b);

// Whether what articles of the time `published` mean cannot be of that origin: it came into being long after,
// or, of what was then yet to come, was there long before.
bool IsOutOfTime(Day published, bool to_come, const ClaimedDate& origin);

// A key under which mentions meet that may match.
struct BlockKey {
  std::string key;
  // Where so many have the key that they cannot all be compared, those meet that have this in common as well;
  // empty, for all that have the key or none: all meet whatever their number.
  std::string finer;
};

// Two that match share a key. Few for each mention, sorted by key, each once.
std::vector<BlockKey> BlockKeys(const MentionTraits& traits);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_MENTION_MATCHING_H_
