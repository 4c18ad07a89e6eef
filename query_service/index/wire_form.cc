#include "query_service/index/wire_form.h"

#include "absl/types/span.h"
#include "common/wire_field.h"

namespace treatywire::query {
namespace {

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
