#include "common/wire_field.h"

namespace treatywire {
namespace {

constexpr uint64_t kVarint = 0;
constexpr uint64_t kLengthDelimited = 2;

constexpr size_t kMaxVarintBytes = 10;

// Returns what follows it.
char* WriteVarint(uint64_t value, char* out) {
  while (value >= 0x80) {
    *out++ = static_cast<char>(value | 0x80);
    value >>= 7;
  }
  *out++ = static_cast<char>(value);
  return out;
}

// Appends a field's tag and the number that follows it: at once, for a page has many.
void AppendFrame(int field, uint64_t type, uint64_t number, std::string* wire) {
  char frame[2 * kMaxVarintBytes];
  const char* const end = WriteVarint(number, WriteVarint(static_cast<uint64_t>(field) << 3 | type, frame));
  wire->append(frame, static_cast<size_t>(end - frame));
}

}  // namespace

void AppendField(int field, absl::string_view bytes, std::string* wire) {
  AppendFieldBegin(field, bytes, 0, wire);
}

void AppendFieldBegin(int field, absl::string_view bytes, size_t more_bytes, std::string* wire) {
  AppendFrame(field, kLengthDelimited, bytes.size() + more_bytes, wire);
  wire->append(bytes.data(), bytes.size());
}

size_t FieldBytes(int field, size_t bytes) {
  char number[kMaxVarintBytes];
  const auto size_of = [&number](uint64_t value) {
    return static_cast<size_t>(WriteVarint(value, number) - number);
  };
  return size_of(static_cast<uint64_t>(field) << 3 | kLengthDelimited) + size_of(bytes) + bytes;
}

void AppendField(int field, uint64_t value, std::string* wire) { AppendFrame(field, kVarint, value, wire); }

}  // namespace treatywire
