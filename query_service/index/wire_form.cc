#include "query_service/index/wire_form.h"

namespace treatywire::query {
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
  AppendFrame(field, kLengthDelimited, bytes.size(), wire);
  wire->append(bytes.data(), bytes.size());
}

void AppendField(int field, uint64_t value, std::string* wire) { AppendFrame(field, kVarint, value, wire); }

std::string JoinPage(int field, const WirePage& page, const google::protobuf::MessageLite& rest) {
  constexpr size_t kFrameBytes = 8;  // of an item: tag and length
  std::string wire;
  size_t bytes = rest.ByteSizeLong();
  for (const absl::string_view item : page.items) bytes += item.size() + kFrameBytes;
  wire.reserve(bytes);
  for (const absl::string_view item : page.items) AppendField(field, item, &wire);
  rest.AppendToString(&wire);
  return wire;
}

}  // namespace treatywire::query
