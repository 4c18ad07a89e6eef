#include "query_service/services/publish_session.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/status.h"
#include "query_service/event_log/memory_event_log.h"
#include "tests/query_service/valid_extraction.h"

namespace treatywire::query {
namespace {

using treatywire::v1::PublishExtractionsRequest;
using treatywire::v1::PublishExtractionsResponse;

PublishExtractionsRequest RequestOf(uint64_t sequence, const std::string& article_id) {
  PublishExtractionsRequest request;
  request.set_sequence(sequence);
  *request.mutable_extraction() = ValidExtraction(article_id);
  return request;
}

PublishExtractionsResponse Acknowledged(uint64_t sequence, uint64_t revision, bool already_present = false) {
  PublishExtractionsResponse response;
  response.set_sequence(sequence);
  response.set_revision(revision);
  response.set_already_present(already_present);
  return response;
}

// A memory log whose appends wait until they may, and may fail.
class HeldEventLog : public MemoryEventLog {
 public:
  absl::StatusOr<std::vector<AppendResult>> Append(
      absl::Span<const treatywire::v1::LogRecord> records) override {
    may_append.WaitForNotification();
    if (!failure.ok()) return failure;
    return MemoryEventLog::Append(records);
  }
  absl::StatusOr<std::vector<AppendResult>> AppendEncoded(absl::Span<const treatywire::v1::LogRecord> records,
                                                          absl::Span<const std::string> bytes) override {
    encoded.insert(encoded.end(), bytes.begin(), bytes.end());
    return Append(records);
  }
  absl::Notification may_append;
  std::vector<std::string> encoded;  // the thread that appends alone uses it, until WriteAll returns
  absl::Status failure;
};

class PublishSessionTest : public testing::Test {
 protected:
  // Lets the log append; all that was taken is settled when it returns.
  void WriteAll() {
    log_.may_append.Notify();
    writer_->Stop();
  }

  // Every acknowledgement that can be had.
  std::vector<PublishExtractionsResponse> Acknowledgements() {
    std::vector<PublishExtractionsResponse> all;
    while (auto next = session_->NextAcknowledgement()) {
      EXPECT_EQ(next->log_id(), next->revision() == 0 ? "" : writer_->log_id());
      next->clear_log_id();
      all.push_back(*std::move(next));
    }
    return all;
  }

  HeldEventLog log_;
  std::optional<LogWriter> writer_{std::in_place, &log_, [](auto) { return absl::OkStatus(); },
                                   LogWriter::Options()};
  int changes_ = 0;  // the writer's thread counts
  std::shared_ptr<PublishSession> session_ = PublishSession::Create(&*writer_, [this] { ++changes_; });
};

TEST_F(PublishSessionTest, AcknowledgesInTheOrderOfRequestsOnceDurable) {
  session_->Take(RequestOf(3, "a"));
  session_->Take(RequestOf(9, "b"));
  EXPECT_EQ(session_->NextAcknowledgement(), std::nullopt);
  EXPECT_EQ(session_->unwritten(), 2);
  EXPECT_FALSE(session_->has_acknowledgement());
  WriteAll();
  EXPECT_EQ(changes_, 2);
  EXPECT_TRUE(session_->has_acknowledgement());
  EXPECT_THAT(Acknowledgements(),
              testing::ElementsAre(EqualsProto(Acknowledged(3, 1)), EqualsProto(Acknowledged(9, 2))));
  EXPECT_TRUE(session_->idle());
  EXPECT_THAT(session_->status(), IsOk());
}

TEST_F(PublishSessionTest, ExtractionIsStoredAsItCameWhereThatIsItsSize) {
  const PublishExtractionsRequest request = RequestOf(1, "a");
  const std::string bytes = request.extraction().SerializeAsString();
  session_->Take(request, ExtractionBytes(request.SerializeAsString()));
  // Wordier bytes of the same extraction.
  const PublishExtractionsRequest again = RequestOf(2, "b");
  const std::string once = again.extraction().SerializeAsString();
  treatywire::v1::ExtractedArticle id_twice;
  id_twice.mutable_article()->set_article_id("b");
  session_->Take(again, id_twice.SerializeAsString() + once);
  WriteAll();
  EXPECT_THAT(log_.encoded, testing::ElementsAre(bytes, ""));
  EXPECT_THAT(Acknowledgements(),
              testing::ElementsAre(EqualsProto(Acknowledged(1, 1)), EqualsProto(Acknowledged(2, 2))));
}

TEST(ExtractionBytesTest, AreFoundBeforeAndAfterOtherFields) {
  const PublishExtractionsRequest request = RequestOf(7, "a");
  PublishExtractionsRequest extraction;
  *extraction.mutable_extraction() = request.extraction();
  PublishExtractionsRequest rest;
  rest.set_sequence(7);
  rest.set_traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  const std::string expected = request.extraction().SerializeAsString();
  EXPECT_EQ(ExtractionBytes(request.SerializeAsString()), expected);
  EXPECT_EQ(ExtractionBytes(extraction.SerializeAsString() + rest.SerializeAsString()), expected);
  EXPECT_EQ(ExtractionBytes(rest.SerializeAsString() + extraction.SerializeAsString()), expected);
}

TEST(ExtractionBytesTest, AreNoneWhereThereIsNoneOrItIsInPartsOrIsNoRequest) {
  PublishExtractionsRequest rest;
  rest.set_sequence(7);
  EXPECT_EQ(ExtractionBytes(""), "");
  EXPECT_EQ(ExtractionBytes(rest.SerializeAsString()), "");
  const std::string part = RequestOf(7, "a").SerializeAsString();
  EXPECT_EQ(ExtractionBytes(part + part), "");
  // Cut off at each byte: none, or not of the size that the extraction has.
  for (size_t size = 0; size < part.size(); ++size) {
    EXPECT_NE(ExtractionBytes(part.substr(0, size)), RequestOf(7, "a").extraction().SerializeAsString());
  }
}

TEST_F(PublishSessionTest, WhatTheLogHasIsAcknowledgedWithItsRevision) {
  session_->Take(RequestOf(1, "a"));
  session_->Take(RequestOf(2, "a"));
  WriteAll();
  EXPECT_THAT(Acknowledgements(),
              testing::ElementsAre(EqualsProto(Acknowledged(1, 1)), EqualsProto(Acknowledged(2, 1, true))));
}

TEST_F(PublishSessionTest, OneAtFaultIsRefusedInItsTurnAndTheOthersGoOn) {
  session_->Take(RequestOf(1, "a"));
  session_->Take(RequestOf(2, "not an id"));
  session_->Take(RequestOf(3, "c"));
  EXPECT_EQ(session_->NextAcknowledgement(), std::nullopt);  // the first is not known yet
  WriteAll();
  const auto acknowledgements = Acknowledgements();
  ASSERT_EQ(acknowledgements.size(), 3);
  EXPECT_THAT(acknowledgements[0], EqualsProto(Acknowledged(1, 1)));
  EXPECT_EQ(acknowledgements[1].sequence(), 2);
  EXPECT_EQ(acknowledgements[1].revision(), 0);
  EXPECT_EQ(acknowledgements[1].refusal().code(), 3);
  EXPECT_THAT(acknowledgements[1].refusal().message(), testing::StartsWith("extraction.article.article_id"));
  EXPECT_THAT(acknowledgements[2], EqualsProto(Acknowledged(3, 2)));
}

TEST_F(PublishSessionTest, SequenceThatDoesNotGrowEndsTheSession) {
  session_->Take(RequestOf(5, "a"));
  session_->Take(RequestOf(5, "b"));
  EXPECT_THAT(session_->status(),
              StatusIs(absl::StatusCode::kInvalidArgument, testing::HasSubstr("5 after 5")));
  EXPECT_FALSE(session_->CanTake());
  WriteAll();
  // What was taken before is durable and is said to be.
  EXPECT_THAT(Acknowledgements(), testing::ElementsAre(EqualsProto(Acknowledged(5, 1))));
  EXPECT_EQ(log_.head(), 1);
}

TEST_F(PublishSessionTest, WindowIsClosedAt256) {
  for (uint64_t i = 1; i <= PublishSession::kMaxUnacknowledged; ++i) {
    ASSERT_TRUE(session_->CanTake()) << i;
    session_->Take(RequestOf(i, absl::StrCat("a", i)));
  }
  EXPECT_FALSE(session_->CanTake());
  WriteAll();
  EXPECT_NE(session_->NextAcknowledgement(), std::nullopt);
  EXPECT_TRUE(session_->CanTake());
}

TEST_F(PublishSessionTest, WindowIsClosedByBytesToo) {
  PublishExtractionsRequest large = RequestOf(0, "large");
  while (large.ByteSizeLong() < (PublishSession::kMaxUnacknowledgedBytes / 3)) {
    *large.mutable_extraction()->add_events() = large.extraction().events(0);
    auto& event = *large.mutable_extraction()->mutable_events(large.extraction().events_size() - 1);
    event.set_event_id(absl::StrCat("e", large.extraction().events_size()));
    event.mutable_evidence()->set_text(std::string(60'000, 'x'));
  }
  int taken = 0;
  while (session_->CanTake()) {
    large.set_sequence(++taken);
    large.mutable_extraction()->mutable_article()->set_article_id(absl::StrCat("large", taken));
    session_->Take(large);
  }
  EXPECT_EQ(taken, 3);
  WriteAll();
  EXPECT_EQ(Acknowledgements().size(), 3);
  EXPECT_TRUE(session_->CanTake());
}

TEST_F(PublishSessionTest, FailedWriteEndsTheSessionAndAcknowledgesNothing) {
  log_.failure =
      WithErrorInfo(absl::DataLossError("the disk is gone"), treatywire::v1::ERROR_REASON_LOG_FAILED);
  session_->Take(RequestOf(1, "a"));
  session_->Take(RequestOf(2, "b"));
  WriteAll();
  EXPECT_TRUE(Acknowledgements().empty());
  EXPECT_EQ(session_->status(), log_.failure);
  EXPECT_EQ(session_->unwritten(), 0);
  EXPECT_FALSE(session_->CanTake());
}

TEST_F(PublishSessionTest, WhatIsNoRequestEndsTheSession) {
  session_->Fail(absl::InvalidArgumentError("no request"));
  EXPECT_EQ(session_->status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_FALSE(session_->CanTake());
  WriteAll();
}

}  // namespace
}  // namespace treatywire::query
