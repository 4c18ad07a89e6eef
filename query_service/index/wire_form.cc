#include "query_service/index/wire_form.h"

namespace treatywire::query {
namespace {

constexpr uint64_t kVarint = 0;
constexpr uint64_t kLengthDelimited = 2;

void AppendVarint(uint64_t value, std::string* wire) {
  while (value >= 0x80) {
    wire->push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  wire->push_back(static_cast<char>(value));
}

void AppendTag(int field, uint64_t type, std::string* wire) {
  AppendVarint(static_cast<uint64_t>(field) << 3 | type, wire);
}

}  // namespace

void AppendField(int field, absl::string_view bytes, std::string* wire) {
  AppendTag(field, kLengthDelimited, wire);
  AppendVarint(bytes.size(), wire);
  wire->append(bytes.data(), bytes.size());
}

void AppendField(int field, uint64_t value, std::string* wire) {
  AppendTag(field, kVarint, wire);
  AppendVarint(value, wire);
}

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
