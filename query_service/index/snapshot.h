// An immutable state of the index at one revision. Every method is const and safe from any thread.
//
// A request's fields are expected to be validated (query_service/request_validation.h does): ids well formed,
// ranges in order, page sizes clamped. Lists are returned by offset, so that a page token is (revision,
// offset, digest of the request): see PageOf.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_SNAPSHOT_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_SNAPSHOT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "query_service/index/wire_form.h"
#include "treatywire/v1/agreement_service.pb.h"
#include "treatywire/v1/article_service.pb.h"
#include "treatywire/v1/party_service.pb.h"
#include "treatywire/v1/record.pb.h"
#include "treatywire/v1/timeline_service.pb.h"

namespace treatywire::query {

// Which part of a list: items [offset, offset + size).
struct PageOf {
  size_t offset = 0;
  size_t size = 50;
};

template <typename T>
struct Page {
  std::vector<T> items;
  size_t total_size = 0;  // over all pages
};

class Snapshot {
 public:
  virtual ~Snapshot() = default;

  virtual uint64_t revision() const = 0;

  // NOT_FOUND where no agreement has or had that name ("agreements/{id}"). Agreements and parties come
  // without `revision`: that is set where one is the whole answer.
  virtual absl::StatusOr<treatywire::v1::Agreement> GetAgreement(absl::string_view name,
                                                                 treatywire::v1::View view,
                                                                 const treatywire::v1::AsOf& as_of) const = 0;
  virtual Page<treatywire::v1::Agreement> ListAgreements(const treatywire::v1::AgreementFilter& filter,
                                                         treatywire::v1::AgreementOrder order,
                                                         treatywire::v1::View view,
                                                         const treatywire::v1::AsOf& as_of,
                                                         PageOf page) const = 0;
  // Best first: agreements of which each word of `query` stands in a name or a sentence.
  virtual Page<treatywire::v1::SearchHit> SearchAgreements(absl::string_view query,
                                                           const treatywire::v1::AgreementFilter& filter,
                                                           const treatywire::v1::AsOf& as_of,
                                                           PageOf page) const = 0;
  // `agreement`: "agreements/{id}", or empty for all. NOT_FOUND where it is unknown.
  virtual absl::StatusOr<Page<treatywire::v1::Conflict>> ListConflicts(
      absl::string_view agreement, const treatywire::v1::AgreementFilter& filter,
      absl::Span<const treatywire::v1::ConflictKind> kinds, const treatywire::v1::AsOf& as_of,
      PageOf page) const = 0;

  // NOT_FOUND where neither the record nor the list of parties (party_directory.h) knows it.
  virtual absl::StatusOr<treatywire::v1::Party> GetParty(absl::string_view party_id,
                                                         const treatywire::v1::AsOf& as_of) const = 0;
  virtual Page<treatywire::v1::Party> ListParties(absl::Span<const treatywire::v1::PartyKind> kinds,
                                                  absl::string_view partner,
                                                  const treatywire::v1::AsOf& as_of, PageOf page) const = 0;

  // Entries of one agreement, or of the agreements of one party or a pair. `request` as in the proto; its
  // page fields are ignored.
  virtual absl::StatusOr<Page<treatywire::v1::TimelineEntry>> GetTimeline(
      const treatywire::v1::GetTimelineRequest& request, PageOf page) const = 0;
  virtual Page<treatywire::v1::EventRecord> ListEvents(const treatywire::v1::EventFilter& filter,
                                                       const treatywire::v1::AsOf& as_of,
                                                       PageOf page) const = 0;

  // NOT_FOUND where it is unknown or retracted. `name` is "articles/{article_id}".
  virtual absl::StatusOr<treatywire::v1::GetArticleResponse> GetArticle(absl::string_view name) const = 0;
  virtual Page<treatywire::v1::ArticleRecord> ListArticles(const treatywire::v1::ListArticlesRequest& request,
                                                           PageOf page) const = 0;
  virtual Page<treatywire::v1::Source> ListSources(const treatywire::v1::AsOf& as_of, PageOf page) const = 0;

  // The changes that `revision` (at most this snapshot's) made, for watchers; empty for one that changed no
  // event.
  virtual std::vector<treatywire::v1::EventChange> ChangesAt(uint64_t revision) const = 0;
  // Whether `event` passes `filter` (retired agreement names resolved).
  virtual bool Selects(const treatywire::v1::EventFilter& filter,
                       const treatywire::v1::EventRecord& event) const = 0;

  // What the method of the same name without "Wire" answers, as bytes on the wire: for those answers that are
  // asked for most, an index has most of the bytes ready. These here make them of the messages.
  virtual absl::StatusOr<std::string> GetAgreementWire(absl::string_view name, treatywire::v1::View view,
                                                       const treatywire::v1::AsOf& as_of) const;
  virtual WirePage ListAgreementsWire(const treatywire::v1::AgreementFilter& filter,
                                      treatywire::v1::AgreementOrder order, treatywire::v1::View view,
                                      const treatywire::v1::AsOf& as_of, PageOf page) const;
  virtual absl::StatusOr<WirePage> GetTimelineWire(const treatywire::v1::GetTimelineRequest& request,
                                                   PageOf page) const;
  virtual WirePage ListEventsWire(const treatywire::v1::EventFilter& filter,
                                  const treatywire::v1::AsOf& as_of, PageOf page) const;

  // Whether the method of that name needs little more than to copy what was made for an earlier call. False
  // where that takes looking. Cheap: for who decides where to answer.
  virtual bool IsAgreementReady(absl::string_view name, treatywire::v1::View view,
                                const treatywire::v1::AsOf& as_of) const;
  virtual bool IsTimelineReady(const treatywire::v1::GetTimelineRequest& request, PageOf page) const;
  // The same of a page of a list, which is found by looking whether it is ready: nullopt where it is not.
  virtual std::optional<WirePage> ListAgreementsIfReady(const treatywire::v1::AgreementFilter& filter,
                                                        treatywire::v1::AgreementOrder order,
                                                        treatywire::v1::View view,
                                                        const treatywire::v1::AsOf& as_of, PageOf page) const;

  // Whether the record or the list of parties knows it.
  virtual bool KnowsParty(absl::string_view party_id) const = 0;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_SNAPSHOT_H_
