// A snapshot of nothing but what a test puts into it.
#ifndef TREATYWIRE_TESTS_QUERY_SERVICE_FAKE_SNAPSHOT_H_
#define TREATYWIRE_TESTS_QUERY_SERVICE_FAKE_SNAPSHOT_H_

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "query_service/index/snapshot.h"

namespace treatywire::query {

// Parties are those in `parties`, changes those in `changes`; Selects compares the filter's types and nothing
// else. What a test does not fill is NOT_FOUND or empty.
class FakeSnapshot : public Snapshot {
 public:
  explicit FakeSnapshot(uint64_t revision) : revision_(revision) {}

  std::vector<treatywire::v1::Agreement> agreements;
  std::set<std::string> parties;
  std::map<uint64_t, std::vector<treatywire::v1::EventChange>> changes;

  uint64_t revision() const override { return revision_; }

  absl::StatusOr<treatywire::v1::Agreement> GetAgreement(
      absl::string_view name, treatywire::v1::View /*view*/,
      const treatywire::v1::AsOf& /*as_of*/) const override {
    for (const auto& agreement : agreements) {
      if (agreement.name() == name) return agreement;
    }
    return absl::NotFoundError("no such agreement");
  }
  Page<treatywire::v1::Agreement> ListAgreements(const treatywire::v1::AgreementFilter& /*filter*/,
                                                 treatywire::v1::AgreementOrder /*order*/,
                                                 treatywire::v1::View /*view*/,
                                                 const treatywire::v1::AsOf& /*as_of*/,
                                                 PageOf page) const override {
    const size_t begin = std::min(page.offset, agreements.size());
    const size_t end = std::min(begin + page.size, agreements.size());
    return {{agreements.begin() + static_cast<ptrdiff_t>(begin),
             agreements.begin() + static_cast<ptrdiff_t>(end)},
            agreements.size()};
  }
  Page<treatywire::v1::SearchHit> SearchAgreements(absl::string_view /*query*/,
                                                   const treatywire::v1::AgreementFilter& /*filter*/,
                                                   const treatywire::v1::AsOf& /*as_of*/,
                                                   PageOf /*page*/) const override {
    return {};
  }
  absl::StatusOr<Page<treatywire::v1::Conflict>> ListConflicts(
      absl::string_view agreement, const treatywire::v1::AgreementFilter& /*filter*/,
      absl::Span<const treatywire::v1::ConflictKind> /*kinds*/, const treatywire::v1::AsOf& /*as_of*/,
      PageOf /*page*/) const override {
    if (!agreement.empty()) return absl::NotFoundError("no such agreement");
    return Page<treatywire::v1::Conflict>{};
  }
  absl::StatusOr<treatywire::v1::Party> GetParty(absl::string_view party_id,
                                                 const treatywire::v1::AsOf& /*as_of*/) const override {
    if (!KnowsParty(party_id)) return absl::NotFoundError("no such party");
    treatywire::v1::Party party;
    party.set_name("parties/" + std::string(party_id));
    return party;
  }
  Page<treatywire::v1::Party> ListParties(absl::Span<const treatywire::v1::PartyKind> /*kinds*/,
                                          absl::string_view /*partner*/,
                                          const treatywire::v1::AsOf& /*as_of*/,
                                          PageOf /*page*/) const override {
    return {};
  }
  absl::StatusOr<Page<treatywire::v1::TimelineEntry>> GetTimeline(
      const treatywire::v1::GetTimelineRequest& request, PageOf /*page*/) const override {
    if (!request.agreement().empty()) return absl::NotFoundError("no such agreement");
    return Page<treatywire::v1::TimelineEntry>{};
  }
  Page<treatywire::v1::EventRecord> ListEvents(const treatywire::v1::EventFilter& /*filter*/,
                                               const treatywire::v1::AsOf& /*as_of*/,
                                               PageOf /*page*/) const override {
    return {};
  }
  absl::StatusOr<treatywire::v1::GetArticleResponse> GetArticle(absl::string_view /*name*/) const override {
    return absl::NotFoundError("no such article");
  }
  Page<treatywire::v1::ArticleRecord> ListArticles(const treatywire::v1::ListArticlesRequest& /*request*/,
                                                   PageOf /*page*/) const override {
    return {};
  }
  Page<treatywire::v1::Source> ListSources(const treatywire::v1::AsOf& /*as_of*/,
                                           PageOf /*page*/) const override {
    return {};
  }
  std::vector<treatywire::v1::EventChange> ChangesAt(uint64_t revision) const override {
    const auto found = changes.find(revision);
    return found == changes.end() ? std::vector<treatywire::v1::EventChange>() : found->second;
  }
  bool Selects(const treatywire::v1::EventFilter& filter,
               const treatywire::v1::EventRecord& event) const override {
    return filter.types().empty() || std::find(filter.types().begin(), filter.types().end(),
                                               event.claim().event().type()) != filter.types().end();
  }
  bool KnowsParty(absl::string_view party_id) const override {
    return parties.count(std::string(party_id)) != 0;
  }

 private:
  const uint64_t revision_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_TESTS_QUERY_SERVICE_FAKE_SNAPSHOT_H_
