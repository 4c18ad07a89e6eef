#include "query_service/published_snapshots.h"

#include <gtest/gtest.h>

#include "tests/query_service/fake_snapshot.h"

namespace treatywire::query {
namespace {

class PublishedSnapshotsTest : public testing::Test {
 protected:
  std::shared_ptr<const Snapshot> PublishRevision(uint64_t revision) {
    auto snapshot = std::make_shared<FakeSnapshot>(revision);
    snapshots_.Publish(snapshot);
    return snapshot;
  }

  absl::Time now_ = absl::FromUnixSeconds(1'000'000);
  PublishedSnapshots snapshots_{
      std::make_shared<FakeSnapshot>(0),
      {.max_kept = 2, .keep_for = absl::Minutes(5), .now = [this] { return now_; }}};
};

TEST_F(PublishedSnapshotsTest, NewestIsTheOnePublishedLast) {
  EXPECT_EQ(snapshots_.newest()->revision(), 0);
  const auto second = PublishRevision(2);
  EXPECT_EQ(snapshots_.newest(), second);
  EXPECT_EQ(snapshots_.AtRevision(2), second);
}

TEST_F(PublishedSnapshotsTest, OneThatIsNotKeptIsGoneWithTheNext) {
  PublishRevision(1);
  PublishRevision(2);
  EXPECT_EQ(snapshots_.AtRevision(1), nullptr);
  EXPECT_EQ(snapshots_.AtRevision(3), nullptr);
}

TEST_F(PublishedSnapshotsTest, KeptOnesStayUntilTheyAreNotUsedForLong) {
  const auto first = PublishRevision(1);
  snapshots_.Keep(first);
  PublishRevision(2);
  now_ += absl::Minutes(5);
  EXPECT_EQ(snapshots_.AtRevision(1), first);
  now_ += absl::Minutes(5);  // it was used meanwhile
  EXPECT_EQ(snapshots_.AtRevision(1), first);
  now_ += absl::Minutes(5) + absl::Nanoseconds(1);
  EXPECT_EQ(snapshots_.AtRevision(1), nullptr);
}

TEST_F(PublishedSnapshotsTest, LeastRecentlyUsedGoesPastTheMaximum) {
  for (uint64_t revision = 1; revision <= 2; ++revision) snapshots_.Keep(PublishRevision(revision));
  EXPECT_NE(snapshots_.AtRevision(1), nullptr);
  snapshots_.Keep(PublishRevision(3));
  PublishRevision(4);
  EXPECT_NE(snapshots_.AtRevision(1), nullptr);
  EXPECT_EQ(snapshots_.AtRevision(2), nullptr);
  EXPECT_NE(snapshots_.AtRevision(3), nullptr);
}

TEST_F(PublishedSnapshotsTest, KeepingOneAgainTakesNoSecondPlace) {
  const auto first = PublishRevision(1);
  snapshots_.Keep(first);
  snapshots_.Keep(first);
  snapshots_.Keep(PublishRevision(2));
  PublishRevision(3);
  EXPECT_NE(snapshots_.AtRevision(1), nullptr);
  EXPECT_NE(snapshots_.AtRevision(2), nullptr);
}

TEST_F(PublishedSnapshotsTest, DropExpiredFreesThem) {
  std::weak_ptr<const Snapshot> first;
  {
    const auto snapshot = PublishRevision(1);
    first = snapshot;
    snapshots_.Keep(snapshot);
  }
  PublishRevision(2);
  snapshots_.DropExpired();
  EXPECT_FALSE(first.expired());
  now_ += absl::Minutes(6);
  snapshots_.DropExpired();
  EXPECT_TRUE(first.expired());
}

}  // namespace
}  // namespace treatywire::query
