// The snapshots that an index publishes.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_RECORD_SNAPSHOT_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_RECORD_SNAPSHOT_H_

#include <memory>
#include <optional>
#include <vector>

#include "query_service/index/agreement_search.h"
#include "query_service/index/known_record.h"
#include "query_service/index/moment.h"
#include "query_service/index/record_state.h"
#include "query_service/index/snapshot.h"

namespace treatywire::query {

class RecordSnapshot : public Snapshot {
 public:
  // What snapshots of one index share: the record as known on some day, and the texts to search.
  struct Shared {
    KnownRecords known;
    AgreementSearch search;
  };

  RecordSnapshot(RecordState state, std::shared_ptr<Shared> shared)
      : state_(std::move(state)), shared_(std::move(shared)) {}

  uint64_t revision() const override { return state_.revision; }

  absl::StatusOr<treatywire::v1::Agreement> GetAgreement(absl::string_view name, treatywire::v1::View view,
                                                         const treatywire::v1::AsOf& as_of) const override;
  Page<treatywire::v1::Agreement> ListAgreements(const treatywire::v1::AgreementFilter& filter,
                                                 treatywire::v1::AgreementOrder order,
                                                 treatywire::v1::View view, const treatywire::v1::AsOf& as_of,
                                                 PageOf page) const override;
  Page<treatywire::v1::SearchHit> SearchAgreements(absl::string_view query,
                                                   const treatywire::v1::AgreementFilter& filter,
                                                   const treatywire::v1::AsOf& as_of,
                                                   PageOf page) const override;
  absl::StatusOr<Page<treatywire::v1::Conflict>> ListConflicts(
      absl::string_view agreement, const treatywire::v1::AgreementFilter& filter,
      absl::Span<const treatywire::v1::ConflictKind> kinds, const treatywire::v1::AsOf& as_of,
      PageOf page) const override;

  absl::StatusOr<treatywire::v1::Party> GetParty(absl::string_view party_id,
                                                 const treatywire::v1::AsOf& as_of) const override;
  Page<treatywire::v1::Party> ListParties(absl::Span<const treatywire::v1::PartyKind> kinds,
                                          absl::string_view partner, const treatywire::v1::AsOf& as_of,
                                          PageOf page) const override;

  absl::StatusOr<Page<treatywire::v1::TimelineEntry>> GetTimeline(
      const treatywire::v1::GetTimelineRequest& request, PageOf page) const override;
  Page<treatywire::v1::EventRecord> ListEvents(const treatywire::v1::EventFilter& filter,
                                               const treatywire::v1::AsOf& as_of, PageOf page) const override;

  absl::StatusOr<treatywire::v1::GetArticleResponse> GetArticle(absl::string_view name) const override;
  Page<treatywire::v1::ArticleRecord> ListArticles(const treatywire::v1::ListArticlesRequest& request,
                                                   PageOf page) const override;
  Page<treatywire::v1::Source> ListSources(const treatywire::v1::AsOf& as_of, PageOf page) const override;

  std::vector<treatywire::v1::EventChange> ChangesAt(uint64_t revision) const override;
  bool Selects(const treatywire::v1::EventFilter& filter,
               const treatywire::v1::EventRecord& event) const override;

  absl::StatusOr<std::string> GetAgreementWire(absl::string_view name, treatywire::v1::View view,
                                               const treatywire::v1::AsOf& as_of) const override;
  WirePage ListAgreementsWire(const treatywire::v1::AgreementFilter& filter,
                              treatywire::v1::AgreementOrder order, treatywire::v1::View view,
                              const treatywire::v1::AsOf& as_of, PageOf page) const override;
  absl::StatusOr<WirePage> GetTimelineWire(const treatywire::v1::GetTimelineRequest& request,
                                           PageOf page) const override;
  WirePage ListEventsWire(const treatywire::v1::EventFilter& filter, const treatywire::v1::AsOf& as_of,
                          PageOf page) const override;

  bool IsAgreementReady(absl::string_view name, treatywire::v1::View view,
                        const treatywire::v1::AsOf& as_of) const override;
  bool IsTimelineReady(const treatywire::v1::GetTimelineRequest& request, PageOf page) const override;
  std::optional<WirePage> ListAgreementsIfReady(const treatywire::v1::AgreementFilter& filter,
                                                treatywire::v1::AgreementOrder order,
                                                treatywire::v1::View view, const treatywire::v1::AsOf& as_of,
                                                PageOf page) const override;

  bool KnowsParty(absl::string_view party_id) const override;

 private:
  // A moment, and what keeps its record alive.
  struct HeldMoment {
    std::shared_ptr<const RecordState> held;
    Moment moment;
  };
  HeldMoment At(const treatywire::v1::AsOf& as_of) const;

  const RecordState state_;
  const std::shared_ptr<Shared> shared_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_RECORD_SNAPSHOT_H_
