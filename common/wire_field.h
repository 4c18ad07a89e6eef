// Fields of protobuf messages in wire form, for messages that are put together of parts that are bytes
// already.
//
// A message on the wire is its fields one after the other, in any order; the bytes of two messages of one
// type, joined, are the message that has the fields of both.
#ifndef TREATYWIRE_COMMON_WIRE_FIELD_H_
#define TREATYWIRE_COMMON_WIRE_FIELD_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace treatywire {

// Appends the field number `field`, a string or message of these bytes.
void AppendField(int field, absl::string_view bytes, std::string* wire);
// The same of the first of its bytes; so many more belong to it, which the caller appends.
void AppendFieldBegin(int field, absl::string_view bytes, size_t more_bytes, std::string* wire);
// How many bytes it appends for so many.
size_t FieldBytes(int field, size_t bytes);
// Appends the field number `field`, an unsigned integer.
void AppendField(int field, uint64_t value, std::string* wire);

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_WIRE_FIELD_H_
