// Messages as bytes, put together from parts that are bytes already.
//
// A message on the wire is its fields one after the other, in any order; the bytes of two messages of one
// type, joined, are the message that has the fields of both. So an answer can be joined from parts that were
// made before and are shared by many answers.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_WIRE_FORM_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_WIRE_FORM_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/wire_response.h"
#include "google/protobuf/message_lite.h"

namespace treatywire::query {

// Appends the field number `field`, a string or message of these bytes.
void AppendField(int field, absl::string_view bytes, std::string* wire);
// The same of the first of its bytes; so many more belong to it, which the caller appends.
void AppendFieldBegin(int field, absl::string_view bytes, size_t more_bytes, std::string* wire);
// How many bytes it appends for so many.
size_t FieldBytes(int field, size_t bytes);
// Appends the field number `field`, an unsigned integer.
void AppendField(int field, uint64_t value, std::string* wire);

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
