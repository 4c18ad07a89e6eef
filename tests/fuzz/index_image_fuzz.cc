// The image of an index with other values in it, as no checksum lets pass: it is refused, or it is an index
// that can be asked everything and goes on. The input is a list of changes, five bytes each: an offset into
// the values (four, lowest first) and what to XOR there.
#include <string>
#include <vector>

#include "query_service/image/index_image.h"
#include "query_service/index/index.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/query_service/index/article_builder.h"
#include "tests/query_service/index/world.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

constexpr PageOf kAll = {.offset = 0, .size = 10'000};

// Asks for everything, whatever the answers.
size_t AskAll(const Snapshot& snapshot) {
  size_t bytes = 0;
  const auto agreements = snapshot.ListAgreements({}, v1::AGREEMENT_ORDER_NAME, v1::VIEW_FULL, {}, kAll);
  for (const v1::Agreement& agreement : agreements.items) {
    v1::GetTimelineRequest request;
    request.set_agreement(agreement.name());
    request.set_view(v1::VIEW_FULL);
    const auto timeline = snapshot.GetTimelineWire(request, kAll);
    bytes += agreement.ByteSizeLong() + (timeline.ok() ? 1 : 0);
  }
  for (const auto& party : snapshot.ListParties({}, "", {}, kAll).items) bytes += party.ByteSizeLong();
  for (const auto& event : snapshot.ListEvents({}, {}, kAll).items) bytes += event.ByteSizeLong();
  for (const auto& article : snapshot.ListArticles({}, kAll).items) bytes += article.ByteSizeLong();
  const auto conflicts = snapshot.ListConflicts("", {}, {}, {}, kAll);
  if (conflicts.ok()) bytes += conflicts->items.size();
  bytes += snapshot.SearchAgreements("treaty", {}, {}, kAll).items.size();
  v1::AsOf as_of;
  as_of.set_known_at("2015-01-01");
  bytes += snapshot.ListAgreements({}, v1::AGREEMENT_ORDER_SOURCES, v1::VIEW_BASIC, as_of, kAll).items.size();
  for (uint64_t revision = 1; revision <= snapshot.revision(); ++revision)
    bytes += snapshot.ChangesAt(revision).size();
  return bytes;
}

class ChangedImage {
 public:
  ChangedImage() {
    const World world = MakeWorld({.agreements = 6, .parties = 10, .articles = 14, .corrected = 0.3});
    log_ = world.log;
    const auto first = absl::MakeConstSpan(log_).first(log_.size() - kLater);
    Index index;
    RequirePromise(index.Apply(first).ok(), "cannot apply");
    const IndexContents contents = index.Contents();
    revision_ = contents.revision;
    const absl::Status written = WriteIndexImage({}, contents, [this](absl::string_view block) {
      blocks_.emplace_back(block);
      return absl::OkStatus();
    });
    RequirePromise(written.ok(), written.ToString());
    blocks_.erase(blocks_.begin());  // the identity
    for (const std::string& block : blocks_) bytes_ += block.size();
    expected_ = AskAll(*index.snapshot());
  }

  void ReadWith(absl::string_view changes) const {
    const absl::StatusOr<IndexContents> contents = Read(Changed(changes));
    RequirePromise(!changes.empty() || contents.ok(), "unchanged, it is not read");
    if (!contents.ok()) return;
    Index index;
    const absl::Status restored = index.Restore(*contents);
    RequirePromise(!changes.empty() || restored.ok(), "unchanged, it is refused");
    if (!restored.ok()) return;
    index.Publish();
    const size_t answers = AskAll(*index.snapshot());
    RequirePromise(!changes.empty() || answers == expected_, "unchanged, it answers otherwise");
    GoOn(index);
  }

 private:
  static constexpr size_t kLater = 4;

  std::vector<std::string> Changed(absl::string_view changes) const {
    std::vector<std::string> blocks = blocks_;
    for (size_t at = 0; at + 5 <= changes.size(); at += 5) {
      uint32_t number = 0;
      for (size_t i = 4; i-- > 0;) number = number << 8 | static_cast<unsigned char>(changes[at + i]);
      size_t offset = number % bytes_;
      for (std::string& block : blocks) {
        if (offset < block.size()) {
          block[offset] = static_cast<char>(block[offset] ^ changes[at + 4]);
          break;
        }
        offset -= block.size();
      }
    }
    return blocks;
  }

  absl::StatusOr<IndexContents> Read(const std::vector<std::string>& blocks) const {
    size_t next = 0;
    return ReadIndexImage(revision_, [&]() -> absl::StatusOr<std::optional<std::string>> {
      if (next == blocks.size()) return std::nullopt;
      return blocks[next++];
    });
  }

  // The rest of the log, and then all articles are taken out.
  void GoOn(Index& index) const {
    RequirePromise(index.Apply(absl::MakeConstSpan(log_).last(kLater)).ok(), "it does not go on");
    std::vector<v1::LogRecord> retractions;
    for (const v1::ArticleRecord& article : index.snapshot()->ListArticles({}, kAll).items) {
      const uint64_t revision = index.snapshot()->revision() + 1 + retractions.size();
      retractions.push_back(RetractionOf(article.name().substr(sizeof("articles/") - 1), revision));
    }
    RequirePromise(retractions.empty() || index.Apply(retractions).ok(), "nothing can be retracted");
    AskAll(*index.snapshot());
  }

  std::vector<v1::LogRecord> log_;
  std::vector<std::string> blocks_;
  size_t bytes_ = 0;
  uint64_t revision_ = 0;
  size_t expected_ = 0;
};

}  // namespace
}  // namespace treatywire::query

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto* const image = new treatywire::query::ChangedImage();
  image->ReadWith({reinterpret_cast<const char*>(data), size});
  return 0;
}
