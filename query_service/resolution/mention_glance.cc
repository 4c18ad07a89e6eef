#include "query_service/resolution/mention_glance.h"

#include <algorithm>
#include <limits>

namespace treatywire::query {

namespace v1 = ::treatywire::v1;

MentionGlance GlanceAt(const MentionTraits& traits) {
  static_assert(v1::Subject_MAX <= std::numeric_limits<uint8_t>::max());
  const bool tells = traits.subject != v1::SUBJECT_UNSPECIFIED && traits.subject != v1::SUBJECT_OTHER;
  MentionGlance glance;
  glance.subject = tells ? static_cast<uint8_t>(traits.subject) : 0;
  glance.is_pair = traits.scope == Scope::kBilateral;
  glance.has_own_words = std::any_of(traits.names.begin(), traits.names.end(),
                                     [](const NameWords& name) { return name.distinctive(); });
  glance.is_known = !traits.known.empty();
  return glance;
}

}  // namespace treatywire::query
