// Page tokens: where a list goes on, and of which list.
//
//   const uint64_t digest = DigestOfList(request);
//   TW_ASSIGN_OR_RETURN(const PageToken token, DecodePageToken(request.page_token(), digest));
//   response.set_next_page_token(EncodePageToken({revision, 50}, digest));
//
// A token is opaque, URL-safe and no secret. It holds for any process that answers from the same revision of
// the same log.
#ifndef TREATYWIRE_QUERY_SERVICE_PAGE_TOKEN_H_
#define TREATYWIRE_QUERY_SERVICE_PAGE_TOKEN_H_

#include <google/protobuf/message.h>

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace treatywire::query {

struct PageToken {
  uint64_t revision = 0;  // that the first page was answered at
  uint64_t offset = 0;    // of the page's first item
  uint64_t log_id = 0;    // EventLog::log_id of the log that the revision is of
  friend bool operator==(const PageToken&, const PageToken&) = default;
};

// Of all that a message says.
uint64_t DigestOfMessage(const google::protobuf::Message& message);

// What a list's request asks for: its fields page_size and page_token do not matter, all others do.
template <typename Request>
uint64_t DigestOfList(const Request& request) {
  Request query = request;
  query.clear_page_size();
  query.clear_page_token();
  return DigestOfMessage(query);
}

std::string EncodePageToken(const PageToken& token, uint64_t list_digest);

// INVALID_ARGUMENT, naming the field page_token, where `text` was not made by EncodePageToken, or for a
// request with other fields.
absl::StatusOr<PageToken> DecodePageToken(absl::string_view text, uint64_t list_digest);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_PAGE_TOKEN_H_
