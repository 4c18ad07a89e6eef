// An index made of an image answers as one that has read the whole log, and goes on as that does: whatever
// the articles, corrections and retractions before and after, and however often it is kept and made again.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "query_service/image/index_image.h"
#include "query_service/index/index.h"
#include "tests/property/confusable_articles.h"
#include "tests/query_service/index/snapshot_answers.h"
#include "tests/query_service/index/world.h"
#include "tests/query_service/proto_matchers.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

void ApplyAll(absl::Span<const v1::LogRecord> records, size_t batch, Index& index) {
  for (size_t done = 0; done < records.size(); done += batch) {
    ASSERT_THAT(index.Apply(records.subspan(done, batch)), IsOk());
  }
}

// By way of an image's bytes.
std::unique_ptr<Index> MadeAgain(const Index& index) {
  std::deque<std::string> blocks;
  const IndexContents contents = index.Contents();
  EXPECT_THAT(WriteIndexImage({.revision = contents.revision}, contents,
                              [&](absl::string_view block) {
                                blocks.emplace_back(block);
                                return absl::OkStatus();
                              }),
              IsOk());
  EXPECT_EQ(ReadImageIdentity(blocks.front())->revision, contents.revision);
  const auto next = [&]() -> absl::StatusOr<std::optional<std::string>> {
    blocks.pop_front();
    if (blocks.empty()) return std::nullopt;
    return blocks.front();
  };
  const absl::StatusOr<IndexContents> read = ReadIndexImage(contents.revision, next);
  EXPECT_THAT(read, IsOk());
  auto again = std::make_unique<Index>();
  EXPECT_THAT(again->Restore(*read), IsOk());
  again->Publish();
  return again;
}

v1::AsOf KnownAt(const std::string& day) {
  v1::AsOf as_of;
  as_of.set_known_at(day);
  return as_of;
}

// With all that AnswersOf leaves out: revisions, the order of events, and what each revision changed.
std::vector<std::string> AllAnswersOf(const Snapshot& snapshot) {
  std::vector<std::string> answers = AnswersOf(snapshot);
  for (const std::string& answer : AnswersOf(snapshot, KnownAt("2010-04-08"))) answers.push_back(answer);
  constexpr PageOf kAll = {.offset = 0, .size = 1'000'000};
  for (const v1::EventRecord& event : snapshot.ListEvents({}, {}, kAll).items)
    answers.push_back(event.ShortDebugString());
  for (const v1::ArticleRecord& article : snapshot.ListArticles({}, kAll).items)
    answers.push_back(article.ShortDebugString());
  for (const v1::SearchHit& hit : snapshot.SearchAgreements("treaty defence", {}, {}, kAll).items)
    answers.push_back(hit.ShortDebugString());
  for (uint64_t revision = 1; revision <= snapshot.revision(); ++revision) {
    for (const v1::EventChange& change : snapshot.ChangesAt(revision))
      answers.push_back(absl::StrCat(revision, ": ", change.ShortDebugString()));
  }
  return answers;
}

class IndexImageTest : public testing::TestWithParam<unsigned> {};

TEST_P(IndexImageTest, IndexMadeAgainAnswersAndGoesOnAsTheOneThatReadTheLog) {
  SCOPED_TRACE(absl::StrCat("seed ", GetParam()));
  ConfusableArticles articles(GetParam());
  const std::vector<v1::LogRecord> log = LogOfSteps(MakeSteps(articles, 10 + articles.Below(50)));
  Index straight;
  auto again = std::make_unique<Index>();
  for (size_t done = 0; done < log.size();) {
    const size_t part = std::min(log.size() - done, 1 + articles.Below(log.size() / 2));
    const size_t batch = 1 + articles.Below(part);
    const auto records = absl::MakeConstSpan(log).subspan(done, part);
    ApplyAll(records, batch, straight);
    ApplyAll(records, batch, *again);
    again = MadeAgain(*again);
    ASSERT_EQ(AllAnswersOf(*again->snapshot()), AllAnswersOf(*straight.snapshot())) << "at " << done + part;
    done += part;
  }
}

TEST_P(IndexImageTest, WorldMadeAgainHalfwayIsTheSameAtItsEnd) {
  WorldSettings settings;
  settings.seed = GetParam();
  settings.agreements = 60;
  settings.parties = 15;
  settings.articles = 300;
  settings.corrected = 0.1;
  settings.retracted = 0.1;
  const World world = MakeWorld(settings);
  const auto log = absl::MakeConstSpan(world.log);
  Index straight;
  ApplyAll(log, 50, straight);
  Index first_half;
  ApplyAll(log.first(log.size() / 2), 50, first_half);
  const std::unique_ptr<Index> again = MadeAgain(first_half);
  EXPECT_EQ(AnswersOf(*again->snapshot()), AnswersOf(*first_half.snapshot()));
  ApplyAll(log.subspan(log.size() / 2), 50, *again);
  EXPECT_EQ(AnswersOf(*again->snapshot()), AnswersOf(*straight.snapshot()));
}

// More for a long run: TREATYWIRE_PROPERTY_SEEDS=1000.
unsigned SeedCount() {
  const char* count = std::getenv("TREATYWIRE_PROPERTY_SEEDS");
  return count == nullptr ? 20 : static_cast<unsigned>(std::max(1, std::atoi(count)));
}

INSTANTIATE_TEST_SUITE_P(Seeds, IndexImageTest, testing::Range(1u, 1 + SeedCount()));

}  // namespace
}  // namespace treatywire::query
