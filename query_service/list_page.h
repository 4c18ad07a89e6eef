// One page of a list: which snapshot answers it, which part it is, and the token of the next.
//
//   TW_ASSIGN_OR_RETURN(const ListPage page, ListPage::Start(request, kListPageSizes, snapshots));
//   auto found = page.snapshot().ListParties(..., page.part());
//   ...
//   page.Finish(found.items.size(), found.total_size, &response);
#ifndef TREATYWIRE_QUERY_SERVICE_LIST_PAGE_H_
#define TREATYWIRE_QUERY_SERVICE_LIST_PAGE_H_

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "query_service/index/snapshot.h"
#include "query_service/page_token.h"
#include "query_service/published_snapshots.h"

namespace treatywire::query {

// How many items a page has: where the request does not say, and at most.
struct PageSizes {
  int32_t if_unset = 50;
  int32_t max = 500;
};
inline constexpr PageSizes kListPageSizes = {50, 500};
inline constexpr PageSizes kSearchPageSizes = {20, 100};
inline constexpr PageSizes kTimelinePageSizes = {100, 1000};

class ListPage {
 public:
  // Of a validated request with the fields page_size and page_token. The first page is answered from the
  // newest snapshot, later ones from the first page's. INVALID_ARGUMENT for a token of another list; ABORTED
  // with reason PAGE_TOKEN_EXPIRED where the first page's snapshot is gone, or LOG_REPLACED where it was of
  // another event log: the list has to be read again from its start.
  template <typename Request>
  static absl::StatusOr<ListPage> Start(const Request& request, PageSizes sizes,
                                        PublishedSnapshots* snapshots) {
    return Start(DigestOfList(request), request.page_size(), request.page_token(), sizes, snapshots);
  }

  const Snapshot& snapshot() const { return *snapshot_; }
  PageOf part() const { return part_; }

  // Sets revision, next_page_token and, where the response has it, total_size. Keeps the snapshot for the
  // next page, if there is one.
  template <typename Response>
  void Finish(size_t items, size_t total, Response* response) const {
    response->set_revision(snapshot_->revision());
    response->set_next_page_token(NextToken(items, total));
    if constexpr (requires { response->set_total_size(0); }) {
      response->set_total_size(
          static_cast<int32_t>(std::min<size_t>(total, std::numeric_limits<int32_t>::max())));
    }
  }

 private:
  ListPage(std::shared_ptr<const Snapshot> snapshot, PageOf part, uint64_t list_digest,
           PublishedSnapshots* snapshots)
      : snapshot_(std::move(snapshot)), part_(part), list_digest_(list_digest), snapshots_(snapshots) {}

  static absl::StatusOr<ListPage> Start(uint64_t list_digest, int32_t page_size,
                                        const std::string& page_token, PageSizes sizes,
                                        PublishedSnapshots* snapshots);
  std::string NextToken(size_t items, size_t total) const;

  std::shared_ptr<const Snapshot> snapshot_;
  PageOf part_;
  uint64_t list_digest_;  // DigestOfList of the request
  PublishedSnapshots* snapshots_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_LIST_PAGE_H_
