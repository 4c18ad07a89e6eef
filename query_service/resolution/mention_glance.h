// What tells of most mentions of two states that they do not match, in so few bytes that those of a thousand
// mentions are at hand: to look at two mentions themselves takes several cache misses.
//
//   if (MayMatch(GlanceAt(a), GlanceAt(b))) match = MatchMentions(a, b);
#ifndef TREATYWIRE_QUERY_SERVICE_RESOLUTION_MENTION_GLANCE_H_
#define TREATYWIRE_QUERY_SERVICE_RESOLUTION_MENTION_GLANCE_H_

#include <cstdint>

#include "query_service/resolution/mention_reading.h"

namespace treatywire::query {

struct MentionGlance {
  uint8_t subject = 0;  // v1::Subject where it sets agreements of one pair apart, else 0
  bool is_pair = false;
  bool has_own_words = false;  // a name has words that no subject claims
  bool is_known = false;       // a well-known agreement
};
MentionGlance GlanceAt(const MentionTraits& traits);

// False only where MatchMentions finds nothing.
inline bool MayMatch(const MentionGlance& a, const MentionGlance& b) {
  const bool subjects_differ = a.subject != b.subject && a.subject != 0 && b.subject != 0;
  return !subjects_differ || !a.is_pair || !b.is_pair || (a.has_own_words && b.has_own_words) ||
         (a.is_known && b.is_known);
}

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_MENTION_GLANCE_H_
