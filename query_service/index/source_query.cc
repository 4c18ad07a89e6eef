#include "query_service/index/source_query.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "query_service/index/record_rendering.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

struct Contradicted {
  std::set<std::pair<const ArticleVersion*, int>> claims;
  std::set<std::string> conflicts;
};
using ByPublisher = std::map<std::string, Contradicted, std::less<>>;

absl::string_view PublisherOf(const ActClaim& claim) { return claim.article->publisher(); }

bool IsTakenByAnother(const Position& position, absl::string_view publisher) {
  return std::any_of(position.claims.begin(), position.claims.end(),
                     [&](const ActClaim& claim) { return PublisherOf(claim) != publisher; });
}

void AddConflict(const AgreementCell& cell, const ActConflict& conflict, ByPublisher& contradicted) {
  if (conflict.rule == v1::PREFERENCE_RULE_UNSPECIFIED) return;
  for (const Position& position : conflict.positions) {
    if (position.preferred) continue;
    for (const ActClaim& claim : position.claims) {
      const absl::string_view publisher = PublisherOf(claim);
      if (!IsTakenByAnother(conflict.positions.front(), publisher)) continue;
      Contradicted& of_publisher = contradicted[std::string(publisher)];
      of_publisher.claims.emplace(claim.article, claim.event_index);
      of_publisher.conflicts.insert(ConflictName(cell, conflict));
    }
  }
}

}  // namespace

Page<v1::Source> FindSources(const RecordState& state, PageOf page) {
  ByPublisher contradicted;
  state.agreements.VisitAll([&](AgreementId, const std::shared_ptr<const AgreementCell>& cell) {
    for (const ActConflict& conflict : state.Resolved(*cell).conflicts)
      AddConflict(*cell, conflict, contradicted);
  });
  Page<v1::Source> sources;
  sources.total_size = state.publishers.size();
  state.publishers.VisitFromOffset(
      page.offset, [&](const std::string& publisher, const PublisherTally& tally) {
        if (sources.items.size() == page.size) return false;
        v1::Source& source = sources.items.emplace_back();
        source.set_publisher(publisher);
        source.set_article_count(tally.articles);
        source.set_claim_count(tally.claims);
        if (const auto it = contradicted.find(publisher); it != contradicted.end()) {
          source.set_contradicted_count(static_cast<int32_t>(it->second.claims.size()));
          for (const std::string& conflict : it->second.conflicts) source.add_conflicts(conflict);
        }
        return true;
      });
  return sources;
}

}  // namespace treatywire::query
