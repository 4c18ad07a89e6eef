#include "query_service/list_page.h"

#include "absl/strings/str_cat.h"
#include "common/status.h"
#include "common/status_macros.h"

namespace treatywire::query {

absl::StatusOr<ListPage> ListPage::Start(uint64_t list_digest, int32_t page_size,
                                         const std::string& page_token, PageSizes sizes,
                                         PublishedSnapshots* snapshots) {
  const size_t size = page_size == 0 ? sizes.if_unset : std::min(page_size, sizes.max);
  if (page_token.empty())
    return ListPage(snapshots->newest(), {.offset = 0, .size = size}, list_digest, snapshots);
  TW_ASSIGN_OR_RETURN(const PageToken token, DecodePageToken(page_token, list_digest));
  if (token.log_id != snapshots->log_id()) {
    return WithErrorInfo(
        absl::AbortedError("page_token: the event log has been replaced since, as by a restore "
                           "from a backup; read the list again from its first page"),
        treatywire::v1::ERROR_REASON_LOG_REPLACED);
  }
  std::shared_ptr<const Snapshot> snapshot = snapshots->AtRevision(token.revision);
  if (snapshot == nullptr) {
    return WithErrorInfo(
        absl::AbortedError(absl::StrCat("page_token: revision ", token.revision,
                                        " is no longer kept; read the list again from its first page")),
        treatywire::v1::ERROR_REASON_PAGE_TOKEN_EXPIRED);
  }
  return ListPage(std::move(snapshot), {.offset = token.offset, .size = size}, list_digest, snapshots);
}

std::string ListPage::NextToken(size_t items, size_t total) const {
  const size_t next = part_.offset + items;
  if (items == 0 || next >= total) return "";
  snapshots_->Keep(snapshot_);
  return EncodePageToken({.revision = snapshot_->revision(), .offset = next, .log_id = snapshots_->log_id()},
                         list_digest_);
}

}  // namespace treatywire::query
