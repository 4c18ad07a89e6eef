// All that the record concludes of one agreement, from the mentions that are about it.
#ifndef TREATYWIRE_QUERY_SERVICE_RESOLUTION_RESOLVED_AGREEMENT_H_
#define TREATYWIRE_QUERY_SERVICE_RESOLUTION_RESOLVED_AGREEMENT_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "query_service/resolution/acts.h"
#include "query_service/resolution/article_version.h"
#include "query_service/resolution/conflicts.h"

namespace treatywire::query {

// A mention of the agreement. Several may be of one article only where it names a well-known agreement twice.
struct AgreementMember {
  const ArticleVersion* article = nullptr;
  int mention = 0;  // index into article->mentions

  const Mention& get() const { return article->mentions[static_cast<size_t>(mention)]; }
};

// Immutable once made; refers to the articles, which must outlive it.
struct ResolvedAgreement {
  std::vector<AgreementMember> members;  // by publication
  std::string display_name;
  std::vector<std::string> aliases;  // most used first, without the display name
  std::vector<treatywire::v1::PartyRef> parties;
  ActContext context;
  treatywire::v1::AgreementKind kind = treatywire::v1::AGREEMENT_KIND_UNSPECIFIED;
  treatywire::v1::Subject subject = treatywire::v1::SUBJECT_UNSPECIFIED;
  std::string known_agreement;
  treatywire::v1::UncertainDate signed_date;  // unset where none is claimed
  std::optional<DaySpan> signed_days;
  treatywire::v1::PreferenceRule signed_date_rule = treatywire::v1::PREFERENCE_RULE_UNSPECIFIED;
  std::string signed_place;
  std::vector<Act> acts;
  std::vector<ActConflict> conflicts;
  int article_count = 0;
  int independent_sources = 0;
  int event_count = 0;
};

// A pure function of the set of `members` (at least one).
ResolvedAgreement ResolveAgreement(std::vector<AgreementMember> members);

// Of a set of mentions: the one that the agreement is named after. The best ranked slug, then the first
// published.
const AgreementMember& NamingMember(absl::Span<const AgreementMember> members);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_RESOLVED_AGREEMENT_H_
