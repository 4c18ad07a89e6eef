// Pages of lists as bytes (common/wire_field.h), joined from parts that were made before and are shared by
// many answers.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_WIRE_FORM_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_WIRE_FORM_H_

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/wire_response.h"
#include "google/protobuf/message_lite.h"

namespace treatywire::query {

// Part of a list whose items are in wire form.
struct WirePage {
  std::vector<absl::string_view> items;
  bool framed = false;                              // whether items are whole fields, with tag and length
  size_t total_size = 0;                            // over all pages
  std::vector<std::shared_ptr<const void>> owners;  // of what the items view
};

// Of a list's response, the items as the repeated field number `field`, and the rest of its fields. Framed
// items of one owner that follow one another in memory are shared and not copied, where they are long.
struct JoinedPage {
  std::vector<SharedBytes> shared;  // first
  std::string bytes;
};
JoinedPage JoinPage(int field, const WirePage& page, const google::protobuf::MessageLite& rest);

template <typename Response>
WireResponse<Response> JoinResponse(int field, const WirePage& page, const Response& rest) {
  JoinedPage joined = JoinPage(field, page, rest);
  return {std::move(joined.shared), std::move(joined.bytes)};
}

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_WIRE_FORM_H_
