// Acts: what happened to one agreement, each joined from the events of all articles that report it.
//
// Acts that can happen only once (a signature, an entry into force, a party's ratification) are one however
// far apart their reported dates are: the dates then contradict one another. Acts that can be repeated (an
// extension, a suspension) are told apart by their dates. A plan joins the act that carries it out.
#ifndef TREATYWIRE_QUERY_SERVICE_RESOLUTION_ACTS_H_
#define TREATYWIRE_QUERY_SERVICE_RESOLUTION_ACTS_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "query_service/resolution/article_version.h"
#include "query_service/resolution/day_span.h"
#include "treatywire/v1/record.pb.h"

namespace treatywire::query {

// One article's event within its act.
struct ActClaim {
  const ArticleVersion* article = nullptr;
  int event_index = 0;
  int source = 0;  // near-copies of one text share it; numbered within the agreement
  std::optional<ClaimedDate> date;
  treatywire::v1::DateComparison comparison = treatywire::v1::DATE_COMPARISON_UNSPECIFIED;

  const treatywire::v1::AgreementEvent& event() const { return article->extraction().events(event_index); }
};

// The order of claims wherever nothing else orders them: by publication, then place in the article.
bool ClaimedBefore(const ActClaim& a, const ActClaim& b);

// The order of modalities: what is reported as done first, then what is planned, what is possible, what is
// denied.
int ModalityStrength(treatywire::v1::Modality modality);

// How many different sources the claims have.
int CountSources(absl::Span<const ActClaim> claims);

struct Act {
  treatywire::v1::EventType type = treatywire::v1::EVENT_TYPE_UNSPECIFIED;
  treatywire::v1::Modality modality = treatywire::v1::MODALITY_UNSPECIFIED;
  std::vector<treatywire::v1::PartyRef> actors;  // by party_id
  std::vector<ActClaim> claims;                  // agreeing with the preferred date first
  std::optional<ClaimedDate> date;               // the preferred one
  treatywire::v1::UncertainDate stated_date;     // the same, as its best source states it
  treatywire::v1::PreferenceRule date_rule = treatywire::v1::PREFERENCE_RULE_UNSPECIFIED;
  std::string id;  // "signed-1994-02-04"; unique within the agreement
};

// How many different sources put the act as the record does. Who said before that it might happen did not see
// it happen: of an act that is reported as done, those who tell that it was done.
int CountSources(const Act& act);

// What of an agreement the joining of acts depends on.
struct ActContext {
  bool pair = false;                 // an agreement of just two parties
  std::vector<std::string> parties;  // ids
};

// Joins `claims`. A pure function of the set of claims. By date, then id; acts without date last.
std::vector<Act> JoinActs(std::vector<ActClaim> claims, const ActContext& context);

// SIGNED and CONCLUDED: how the agreement came into being.
bool IsOrigin(treatywire::v1::EventType type);

// Whether the type of act takes all parties together, so that who is named as doing it says nothing.
bool IsJointAct(treatywire::v1::EventType type, const ActContext& context);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_ACTS_H_
