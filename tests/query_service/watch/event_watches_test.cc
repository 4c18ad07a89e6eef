#include "query_service/watch/event_watches.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/status.h"
#include "tests/query_service/fake_snapshot.h"
#include "tests/query_service/proto_matchers.h"

namespace treatywire::query {
namespace {

using treatywire::v1::EventChange;
using treatywire::v1::WatchEventsRequest;
using treatywire::v1::WatchEventsResponse;

EventChange Added(const std::string& event_id,
                  treatywire::v1::EventType type = treatywire::v1::EVENT_TYPE_SIGNED) {
  EventChange change;
  change.set_kind(treatywire::v1::CHANGE_KIND_ADDED);
  change.mutable_event()->mutable_claim()->mutable_event()->set_event_id(event_id);
  change.mutable_event()->mutable_claim()->mutable_event()->set_type(type);
  return change;
}

WatchEventsResponse ResponseOf(uint64_t revision, const std::vector<EventChange>& changes) {
  WatchEventsResponse response;
  response.set_revision(revision);
  response.set_log_id("log");
  for (const EventChange& change : changes) *response.add_changes() = change;
  return response;
}

class EventWatchesTest : public testing::Test {
 protected:
  // Publishes a revision with these changes.
  void Publish(const std::vector<EventChange>& changes) {
    auto next = std::make_shared<FakeSnapshot>(newest_->revision() + 1);
    next->changes = newest_->changes;
    next->changes[next->revision()] = changes;
    newest_ = next;
    watches_.NotifyPublished();
  }

  std::shared_ptr<EventWatch> Open(uint64_t from_revision, const std::string& filter = "") {
    WatchEventsRequest request;
    request.set_from_revision(from_revision);
    *request.mutable_filter() = ParseText<treatywire::v1::EventFilter>(filter);
    auto watch = watches_.Open(request, [this] { ++wakes_; });
    EXPECT_THAT(watch, IsOk());
    return *watch;
  }

  // What Next gives; a test that expects nothing compares with a response of no revision.
  static WatchEventsResponse Next(EventWatch& watch) {
    const auto next = watch.Next();
    EXPECT_THAT(next, IsOk());
    return next.ok() && next->has_value() ? **next : WatchEventsResponse();
  }

  std::shared_ptr<FakeSnapshot> newest_ = std::make_shared<FakeSnapshot>(0);
  int wakes_ = 0;
  EventWatches watches_{
      [this] { return newest_; },
      {.max_watches = 2, .max_response_bytes = 100, .max_scanned_revisions = 3, .log_id = "log"}};
};

TEST_F(EventWatchesTest, WatchOfAnotherLogIsRefused) {
  Publish({Added("before")});
  EXPECT_THAT(watches_.Open(ParseText<WatchEventsRequest>("from_revision: 1 log_id: 'log'"), [] {}), IsOk());
  const auto refused =
      watches_.Open(ParseText<WatchEventsRequest>("from_revision: 1 log_id: 'other'"), [] {});
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition, testing::HasSubstr("log_id")));
  ASSERT_TRUE(GetErrorInfo(refused.status()).has_value());
  EXPECT_EQ(GetErrorInfo(refused.status())->reason(), "LOG_REPLACED");
}

TEST_F(EventWatchesTest, FromNowOnSendsNothingOfBefore) {
  Publish({Added("before")});
  const auto watch = Open(0);
  EXPECT_THAT(Next(*watch), EqualsProto(WatchEventsResponse()));
  Publish({Added("after")});
  EXPECT_EQ(wakes_, 1);
  EXPECT_THAT(Next(*watch), EqualsProto(ResponseOf(2, {Added("after")})));
  EXPECT_THAT(Next(*watch), EqualsProto(WatchEventsResponse()));
}

TEST_F(EventWatchesTest, FromTheBeginningSendsEachRevisionOnceInOrder) {
  Publish({Added("a"), Added("b")});
  Publish({});
  Publish({Added("c")});
  const auto watch = Open(1);
  EXPECT_THAT(Next(*watch), EqualsProto(ResponseOf(1, {Added("a"), Added("b")})));
  EXPECT_THAT(Next(*watch), EqualsProto(ResponseOf(3, {Added("c")})));
  EXPECT_THAT(Next(*watch), EqualsProto(WatchEventsResponse()));
}

TEST_F(EventWatchesTest, ResumedFromOneMoreThanSeenMissesAndRepeatsNothing) {
  for (const char* id : {"a", "b", "c"}) Publish({Added(id)});
  const auto watch = Open(2 + 1);
  EXPECT_THAT(Next(*watch), EqualsProto(ResponseOf(3, {Added("c")})));
}

TEST_F(EventWatchesTest, FilterSelects) {
  Publish({Added("a"), Added("b", treatywire::v1::EVENT_TYPE_SUSPENDED)});
  const auto watch = Open(1, "types: EVENT_TYPE_SUSPENDED");
  EXPECT_THAT(Next(*watch), EqualsProto(ResponseOf(1, {Added("b", treatywire::v1::EVENT_TYPE_SUSPENDED)})));
}

TEST_F(EventWatchesTest, LargeRevisionComesInPartsThatResumeAtItsStart) {
  const std::string id(60, 'x');
  Publish({Added("before")});
  Publish({Added(id + "1"), Added(id + "2"), Added(id + "3")});
  const auto watch = Open(2);
  EXPECT_THAT(Next(*watch), EqualsProto(ResponseOf(1, {Added(id + "1")})));
  EXPECT_THAT(Next(*watch), EqualsProto(ResponseOf(1, {Added(id + "2")})));
  EXPECT_THAT(Next(*watch), EqualsProto(ResponseOf(2, {Added(id + "3")})));
}

TEST_F(EventWatchesTest, ManyRevisionsWithoutASelectedChangeEndInACheckpoint) {
  for (int i = 0; i < 5; ++i) Publish({Added("a")});
  const auto watch = Open(1, "types: EVENT_TYPE_SUSPENDED");
  EXPECT_THAT(Next(*watch), EqualsProto(ResponseOf(3, {})));
  EXPECT_THAT(Next(*watch), EqualsProto(WatchEventsResponse()));
}

TEST_F(EventWatchesTest, IdleWatchGetsACheckpointPerTickButNotABusyOne) {
  Publish({Added("a")});
  const auto watch = Open(1);
  EXPECT_EQ(Next(*watch).revision(), 1);
  EXPECT_THAT(Next(*watch), EqualsProto(WatchEventsResponse()));
  watches_.Tick();  // it has sent something since it was opened
  EXPECT_EQ(wakes_, 0);
  watches_.Tick();
  EXPECT_EQ(wakes_, 1);
  EXPECT_THAT(Next(*watch), EqualsProto(ResponseOf(1, {})));
  EXPECT_THAT(Next(*watch), EqualsProto(WatchEventsResponse()));
}

TEST_F(EventWatchesTest, WakesOnceForAnyNumberOfPublications) {
  const auto watch = Open(0);
  EXPECT_THAT(Next(*watch), EqualsProto(WatchEventsResponse()));
  for (int i = 0; i < 3; ++i) Publish({Added("a")});
  EXPECT_EQ(wakes_, 1);
}

TEST_F(EventWatchesTest, RevisionBeyondTheEndIsOutOfRange) {
  Publish({});
  EXPECT_EQ(watches_.Open(ParseText<WatchEventsRequest>("from_revision: 3"), [] {}).status().code(),
            absl::StatusCode::kOutOfRange);
  EXPECT_THAT(watches_.Open(ParseText<WatchEventsRequest>("from_revision: 2"), [] {}), IsOk());
}

TEST_F(EventWatchesTest, OnePastTheMaximumIsRefusedUntilAPlaceIsFree) {
  auto first = Open(0);
  const auto second = Open(0);
  EXPECT_EQ(watches_.Open({}, [] {}).status().code(), absl::StatusCode::kResourceExhausted);
  first.reset();
  EXPECT_EQ(watches_.size(), 1);
  EXPECT_THAT(watches_.Open({}, [] {}), IsOk());
}

TEST_F(EventWatchesTest, DrainWakesAndEndsAllAndThoseToCome) {
  const auto watch = Open(0);
  EXPECT_THAT(Next(*watch), EqualsProto(WatchEventsResponse()));
  watches_.Drain();
  EXPECT_EQ(wakes_, 1);
  const absl::Status ended = watch->Next().status();
  EXPECT_THAT(ended, StatusIs(absl::StatusCode::kUnavailable, testing::HasSubstr("resume")));
  EXPECT_EQ(watches_.Open({}, [] {}).status().code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace treatywire::query
