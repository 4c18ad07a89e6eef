// Messages as bytes, put together from parts that are bytes already.
//
// A message on the wire is its fields one after the other, in any order; the bytes of two messages of one
// type, joined, are the message that has the fields of both. So an answer can be joined from parts that were
// made before and are shared by many answers.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_WIRE_FORM_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_WIRE_FORM_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/message_lite.h"

namespace treatywire::query {

// Appends the field number `field`, a string or message of these bytes.
void AppendField(int field, absl::string_view bytes, std::string* wire);
// Appends the field number `field`, an unsigned integer.
void AppendField(int field, uint64_t value, std::string* wire);

// Part of a list whose items are in wire form.
struct WirePage {
  std::vector<absl::string_view> items;
  size_t total_size = 0;                            // over all pages
  std::vector<std::shared_ptr<const void>> owners;  // of what the items view
};

// A list's response: the items as the repeated field number `field`, and the rest of its fields.
std::string JoinPage(int field, const WirePage& page, const google::protobuf::MessageLite& rest);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_WIRE_FORM_H_
