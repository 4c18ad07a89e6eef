#include "query_service/index/wire_form.h"

#include "absl/types/span.h"

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

// The first of the page's items as long pieces of its owner's memory; returns how many items they are. A
// piece costs gRPC about as much as to copy 2 KB.
size_t TakeShared(const WirePage& page, std::vector<SharedBytes>* shared) {
  constexpr size_t kLeastBytes = 4096;
  size_t taken = 0;
  while (taken < page.items.size()) {
    absl::string_view run = page.items[taken];
    size_t next = taken + 1;
    while (next < page.items.size() && page.items[next].data() == run.data() + run.size()) {
      run = absl::string_view(run.data(), run.size() + page.items[next++].size());
    }
    if (run.size() < kLeastBytes) break;
    shared->push_back({run, page.owners.front()});
    taken = next;
  }
  return taken;
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

JoinedPage JoinPage(int field, const WirePage& page, const google::protobuf::MessageLite& rest) {
  constexpr size_t kFrameBytes = 8;  // of an item: tag and length
  JoinedPage joined;
  const size_t taken = page.framed && page.owners.size() == 1 ? TakeShared(page, &joined.shared) : 0;
  const absl::Span<const absl::string_view> copied = absl::MakeConstSpan(page.items).subspan(taken);
  size_t bytes = rest.ByteSizeLong();
  for (const absl::string_view item : copied) bytes += item.size() + kFrameBytes;
  joined.bytes.reserve(bytes);
  for (const absl::string_view item : copied) {
    page.framed ? static_cast<void>(joined.bytes.append(item.data(), item.size()))
                : AppendField(field, item, &joined.bytes);
  }
  rest.AppendToString(&joined.bytes);
  return joined;
}

}  // namespace treatywire::query
