// Watches beside ingestion, over the network.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/status.h"
#include "query_service/event_log/log_id.h"
#include "query_service/event_log/memory_event_log.h"
#include "tests/integration/both_services.h"
#include "tests/query_service/proto_matchers.h"

namespace treatywire {
namespace {

using query::IsOk;
using query::MemoryEventLog;
using query::ParseText;
using query::StatusIs;
using treatywire::v1::EventChange;
using treatywire::v1::WatchEventsRequest;
using treatywire::v1::WatchEventsResponse;

constexpr int kSampleEvents = 7;

// One open watch.
class Watch {
 public:
  Watch(BothServices& services, uint64_t from_revision, const std::string& filter = "") {
    WatchEventsRequest request;
    request.set_from_revision(from_revision);
    *request.mutable_filter() = ParseText<treatywire::v1::EventFilter>(filter);
    context_.set_deadline(absl::ToChronoTime(absl::Now() + kCallPatience));
    stream_ = services.timelines().WatchEvents(&context_, request);
  }
  ~Watch() { context_.TryCancel(); }

  // Responses until `count` changes have come.
  std::vector<WatchEventsResponse> Read(int count) {
    std::vector<WatchEventsResponse> responses;
    while (count > 0) {
      WatchEventsResponse response;
      if (!stream_->Read(&response)) {
        ADD_FAILURE() << "the watch ended: " << FromGrpcStatus(stream_->Finish());
        break;
      }
      count -= response.changes_size();
      responses.push_back(response);
    }
    return responses;
  }

  // Waits for the next message, if any, and the end.
  absl::Status End() {
    WatchEventsResponse response;
    while (stream_->Read(&response)) EXPECT_EQ(response.changes_size(), 0);
    return FromGrpcStatus(stream_->Finish());
  }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<WatchEventsResponse>> stream_;
};

// The changes, "+" or "-" and article/event, in order.
std::vector<std::string> Changes(const std::vector<WatchEventsResponse>& responses) {
  std::vector<std::string> changes;
  for (const WatchEventsResponse& response : responses) {
    for (const EventChange& change : response.changes()) {
      changes.push_back((change.kind() == treatywire::v1::CHANGE_KIND_ADDED ? "+" : "-") +
                        change.event().claim().article() + "/" + change.event().claim().event().event_id());
    }
  }
  return changes;
}

TEST(WatchTest, OpenDuringIngestionPrintsEachEventOnceInOrder) {
  MemoryEventLog log;
  BothServices services({.log = &log});
  Watch watch(services, 1);
  services.IngestAll(SampleArticles());
  services.IngestAll(SampleArticles());  // changes nothing
  const std::vector<WatchEventsResponse> responses = watch.Read(kSampleEvents);
  uint64_t revision = 0;
  for (const WatchEventsResponse& response : responses) {
    EXPECT_EQ(response.revision(), ++revision);
    for (const EventChange& change : response.changes()) {
      EXPECT_EQ(change.event().claim().article(), "articles/sample-" + std::to_string(revision));
      EXPECT_NE(change.event().agreement(), "");
    }
  }
  std::vector<std::string> changes = Changes(responses);
  EXPECT_EQ(changes.size(), kSampleEvents);
  std::sort(changes.begin(), changes.end());
  EXPECT_EQ(std::adjacent_find(changes.begin(), changes.end()), changes.end());
}

TEST(WatchTest, ReopenedFromAnyRevisionItContinuesWithoutGapOrRepeat) {
  MemoryEventLog log;
  BothServices services({.log = &log});
  services.IngestAll(SampleArticles());
  Watch whole(services, 1);
  const std::vector<WatchEventsResponse> all = whole.Read(kSampleEvents);
  for (size_t seen = 0; seen < all.size(); ++seen) {
    const std::vector<WatchEventsResponse> rest(all.begin() + static_cast<ptrdiff_t>(seen), all.end());
    Watch resumed(services, seen == 0 ? 1 : all[seen - 1].revision() + 1);
    EXPECT_EQ(Changes(resumed.Read(static_cast<int>(Changes(rest).size()))), Changes(rest)) << seen;
  }
}

TEST(WatchTest, ContinuesAcrossARestartOfBothServices) {
  MemoryEventLog log;
  BothServices services({.log = &log});
  const std::vector<treatywire::v1::Article> articles = SampleArticles();
  services.IngestAll({articles[0], articles[1]});
  std::vector<WatchEventsResponse> seen;
  {
    Watch watch(services, 1);
    seen = watch.Read(4);
  }
  services.Stop();
  services.Start();
  Watch watch(services, seen.back().revision() + 1);
  services.IngestAll(articles);
  for (const WatchEventsResponse& response : watch.Read(kSampleEvents - 4)) seen.push_back(response);
  Watch whole(services, 1);
  EXPECT_EQ(Changes(seen), Changes(whole.Read(kSampleEvents)));
}

TEST(WatchTest, FromNowOnAndFilteredSendsOnlyWhatIsAskedFor) {
  MemoryEventLog log;
  BothServices services({.log = &log});
  const std::vector<treatywire::v1::Article> articles = SampleArticles();
  services.IngestAll({articles[0]});
  // The first checkpoint tells that the watch is open.
  Watch watch(services, 2, "parties: 'NO' types: EVENT_TYPE_SIGNED");
  services.IngestAll(articles);
  std::vector<std::string> from;
  for (const WatchEventsResponse& response : watch.Read(2)) {
    for (const EventChange& change : response.changes()) from.push_back(change.event().claim().article());
  }
  EXPECT_THAT(from, testing::ElementsAre("articles/sample-3", "articles/sample-4"));
}

TEST(WatchTest, RetractionAndCorrectionReachTheWatcher) {
  MemoryEventLog log;
  BothServices services({.log = &log});
  services.IngestAll(SampleArticles());
  Watch whole(services, 1);
  std::vector<std::string> added = Changes(whole.Read(kSampleEvents));
  ASSERT_THAT(
      BothServices::Call(services.articles(), &treatywire::v1::ArticleService::Stub::RetractArticle,
                         ParseText<treatywire::v1::RetractArticleRequest>("name: 'articles/sample-1'")),
      IsOk());
  std::vector<std::string> removed = Changes(whole.Read(2));
  EXPECT_THAT(removed, testing::UnorderedElementsAre("-" + added[0].substr(1), "-" + added[1].substr(1)));
}

TEST(WatchTest, RevisionBeyondTheLogsEndIsOutOfRange) {
  MemoryEventLog log;
  BothServices services({.log = &log});
  Watch watch(services, 2);
  EXPECT_THAT(watch.End(), StatusIs(absl::StatusCode::kOutOfRange, testing::HasSubstr("from_revision")));
}

TEST(WatchTest, UnknownPartyIsRefused) {
  MemoryEventLog log;
  BothServices services({.log = &log});
  Watch watch(services, 1, "parties: 'XX'");
  EXPECT_THAT(watch.End(),
              StatusIs(absl::StatusCode::kInvalidArgument, testing::HasSubstr("filter.parties[0]")));
}

TEST(WatchTest, IdleWatchGetsCheckpoints) {
  MemoryEventLog log;
  BothServices services({.log = &log, .query = {.idle_checkpoint = absl::Milliseconds(1)}});
  services.IngestAll({SampleArticles()[0]});
  grpc::ClientContext context;
  const auto stream = services.timelines().WatchEvents(&context, WatchEventsRequest());
  WatchEventsResponse response;
  ASSERT_TRUE(stream->Read(&response));
  WatchEventsResponse checkpoint;
  checkpoint.set_revision(1);
  checkpoint.set_log_id(query::LogIdText(log.log_id()));
  EXPECT_THAT(response, query::EqualsProto(checkpoint));
  context.TryCancel();
}

TEST(WatchTest, DrainEndsItWithUnavailableAndAResumePoint) {
  MemoryEventLog log;
  BothServices services({.log = &log});
  services.IngestAll({SampleArticles()[0]});
  Watch watch(services, 1);
  EXPECT_EQ(watch.Read(2).back().revision(), 1);
  services.query().Shutdown();
  const absl::Status end = watch.End();
  EXPECT_THAT(end,
              StatusIs(absl::StatusCode::kUnavailable, testing::HasSubstr("resume from the last revision")));
  ASSERT_TRUE(GetErrorInfo(end).has_value());
  EXPECT_EQ(GetErrorInfo(end)->reason(), "DRAINING");
}

}  // namespace
}  // namespace treatywire
