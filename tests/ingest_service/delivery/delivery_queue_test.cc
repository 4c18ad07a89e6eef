#include "ingest_service/delivery/delivery_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/status.h"

namespace treatywire::ingest {
namespace {

using treatywire::v1::ExtractedArticle;
using treatywire::v1::PublishExtractionsRequest;
using treatywire::v1::PublishExtractionsResponse;

const absl::Time kStart = absl::FromUnixSeconds(1'700'000'000);

ExtractedArticle Extraction(const std::string& id) {
  ExtractedArticle extraction;
  extraction.mutable_article()->set_article_id(id);
  return extraction;
}

PublishExtractionsResponse Acknowledgement(uint64_t sequence, uint64_t revision,
                                           bool already_present = false) {
  PublishExtractionsResponse response;
  response.set_sequence(sequence);
  response.set_revision(revision);
  response.set_already_present(already_present);
  return response;
}

class DeliveryQueueTest : public testing::Test {
 protected:
  explicit DeliveryQueueTest(const DeliveryQueue::Limits& limits = {}) : queue_(limits) {}

  absl::Status Add(const std::string& id, absl::Time deadline = absl::InfiniteFuture()) {
    return queue_.Add(
        *DeliveryQueue::Encode(Extraction(id)), deadline,
        [this, id](absl::StatusOr<Delivery> delivery) { outcomes_.emplace_back(id, std::move(delivery)); });
  }
  // Ids and sequences of what is sent now.
  std::vector<std::string> Send(absl::Time now = kStart) {
    std::vector<std::string> sent;
    while (const auto request = queue_.NextToSend(now)) {
      PublishExtractionsRequest parsed;
      EXPECT_TRUE(parsed.ParseFromString(request->bytes));
      EXPECT_EQ(parsed.sequence(), request->sequence);
      sent.push_back(parsed.extraction().article().article_id());
      sequences_.push_back(request->sequence);
    }
    return sent;
  }
  absl::Status Acknowledge(const PublishExtractionsResponse& response, absl::Time now = kStart) {
    auto completions = queue_.Acknowledge(response, now);
    if (completions.ok()) Run(*std::move(completions));
    return completions.status();
  }
  void Run(std::vector<DeliveryQueue::Completion> completions) {
    for (DeliveryQueue::Completion& completion : completions) completion.Run();
  }

  DeliveryQueue queue_;
  std::vector<uint64_t> sequences_;
  std::vector<std::pair<std::string, absl::StatusOr<Delivery>>> outcomes_;
};

TEST_F(DeliveryQueueTest, SendsInOrderWithRisingSequencesAndCompletesByAcknowledgement) {
  ASSERT_TRUE(Add("a").ok());
  ASSERT_TRUE(Add("b").ok());
  EXPECT_THAT(Send(), testing::ElementsAre("a", "b"));
  ASSERT_LT(sequences_[0], sequences_[1]);
  EXPECT_TRUE(Acknowledge(Acknowledgement(sequences_[0], 7)).ok());
  EXPECT_TRUE(Acknowledge(Acknowledgement(sequences_[1], 8, true)).ok());
  ASSERT_EQ(outcomes_.size(), 2u);
  EXPECT_EQ(outcomes_[0].first, "a");
  EXPECT_EQ(outcomes_[0].second.value(), (Delivery{7, false}));
  EXPECT_EQ(outcomes_[1].second.value(), (Delivery{8, true}));
  EXPECT_EQ(queue_.pending(), 0u);
  EXPECT_EQ(queue_.sent(), 0u);
}

TEST_F(DeliveryQueueTest, RefusalKeepsItsCodeAndDetails) {
  ASSERT_TRUE(Add("a").ok());
  Send();
  PublishExtractionsResponse response;
  response.set_sequence(sequences_[0]);
  const absl::Status refusal = InvalidFieldError("extraction.events", "has more than 4096 items");
  *response.mutable_refusal() = ToRpcStatus(refusal);
  EXPECT_TRUE(Acknowledge(response).ok());
  EXPECT_EQ(outcomes_[0].second.status(), refusal);
}

TEST_F(DeliveryQueueTest, AcknowledgementWithoutRevisionIsAnInternalError) {
  ASSERT_TRUE(Add("a").ok());
  Send();
  EXPECT_TRUE(Acknowledge(Acknowledgement(sequences_[0], 0)).ok());
  EXPECT_EQ(outcomes_[0].second.status().code(), absl::StatusCode::kInternal);
}

TEST_F(DeliveryQueueTest, AcknowledgementOutOfTurnIsRefusedAndChangesNothing) {
  ASSERT_TRUE(Add("a").ok());
  EXPECT_EQ(Acknowledge(Acknowledgement(1, 1)).code(), absl::StatusCode::kFailedPrecondition);  // not sent
  ASSERT_TRUE(Add("b").ok());
  Send();
  EXPECT_EQ(Acknowledge(Acknowledgement(sequences_[1], 1)).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Acknowledge(Acknowledgement(99, 1)).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(queue_.pending(), 2u);
  EXPECT_TRUE(Acknowledge(Acknowledgement(sequences_[0], 1)).ok());
}

TEST_F(DeliveryQueueTest, WhatABrokenStreamOwedIsSentAgainInOrderAndBeforeTheRest) {
  for (const char* id : {"a", "b", "c"}) ASSERT_TRUE(Add(id).ok());
  Send();
  ASSERT_TRUE(Acknowledge(Acknowledgement(sequences_[0], 1)).ok());
  queue_.StreamBroken();
  ASSERT_TRUE(Add("d").ok());
  EXPECT_EQ(queue_.waiting_since(), absl::InfiniteFuture());
  EXPECT_THAT(Send(), testing::ElementsAre("b", "c", "d"));
  EXPECT_TRUE(std::is_sorted(sequences_.begin() + 3, sequences_.end()));
}

TEST_F(DeliveryQueueTest, ExpiryCompletesWithUnavailableAndTheReason) {
  ASSERT_TRUE(Add("a", kStart + absl::Seconds(5)).ok());
  ASSERT_TRUE(Add("b", kStart + absl::Seconds(9)).ok());
  EXPECT_EQ(queue_.next_deadline(), kStart + absl::Seconds(5));
  Run(queue_.Expire(kStart + absl::Seconds(5) - absl::Nanoseconds(1), absl::OkStatus()));
  EXPECT_TRUE(outcomes_.empty());
  Run(queue_.Expire(kStart + absl::Seconds(5), absl::UnavailableError("connection refused")));
  ASSERT_EQ(outcomes_.size(), 1u);
  EXPECT_EQ(outcomes_[0].first, "a");
  const absl::Status expired = outcomes_[0].second.status();
  EXPECT_EQ(expired.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(expired.message(), "the query service did not acknowledge in time: connection refused");
  EXPECT_EQ(GetErrorInfo(expired)->reason(), "NOT_ACKNOWLEDGED");
  EXPECT_EQ(GetRetryDelay(expired), absl::Seconds(1));
  EXPECT_EQ(queue_.next_deadline(), kStart + absl::Seconds(9));
  EXPECT_THAT(Send(), testing::ElementsAre("b"));
}

TEST_F(DeliveryQueueTest, LateAcknowledgementOfWhatExpiredOnTheStreamIsTakenSilently) {
  ASSERT_TRUE(Add("a", kStart).ok());
  ASSERT_TRUE(Add("b").ok());
  Send();
  Run(queue_.Expire(kStart, absl::OkStatus()));
  EXPECT_EQ(queue_.sent(), 2u);
  EXPECT_EQ(queue_.pending(), 1u);
  EXPECT_TRUE(Acknowledge(Acknowledgement(sequences_[0], 1)).ok());
  EXPECT_TRUE(Acknowledge(Acknowledgement(sequences_[1], 2)).ok());
  ASSERT_EQ(outcomes_.size(), 2u);
  EXPECT_EQ(outcomes_[0].second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(outcomes_[1].second.value(), (Delivery{2, false}));
}

TEST_F(DeliveryQueueTest, WhatExpiredIsNotSentAgain) {
  ASSERT_TRUE(Add("a", kStart).ok());
  ASSERT_TRUE(Add("b").ok());
  Send();
  Run(queue_.Expire(kStart, absl::OkStatus()));
  queue_.StreamBroken();
  EXPECT_THAT(Send(), testing::ElementsAre("b"));
}

TEST_F(DeliveryQueueTest, TakeAllCompletesEverything) {
  ASSERT_TRUE(Add("a").ok());
  Send();
  ASSERT_TRUE(Add("b").ok());
  Run(queue_.TakeAll(absl::UnavailableError("bye")));
  ASSERT_EQ(outcomes_.size(), 2u);
  EXPECT_EQ(outcomes_[1].second.status(), absl::UnavailableError("bye"));
  EXPECT_EQ(queue_.pending(), 0u);
  EXPECT_THAT(Send(), testing::IsEmpty());
}

TEST_F(DeliveryQueueTest, WaitingSinceIsTheFirstSendOrTheLastAcknowledgement) {
  EXPECT_EQ(queue_.waiting_since(), absl::InfiniteFuture());
  ASSERT_TRUE(Add("a").ok());
  ASSERT_TRUE(Add("b").ok());
  Send(kStart);
  EXPECT_EQ(queue_.waiting_since(), kStart);
  ASSERT_TRUE(Acknowledge(Acknowledgement(sequences_[0], 1), kStart + absl::Seconds(3)).ok());
  EXPECT_EQ(queue_.waiting_since(), kStart + absl::Seconds(3));
  ASSERT_TRUE(Acknowledge(Acknowledgement(sequences_[1], 2), kStart + absl::Seconds(4)).ok());
  EXPECT_EQ(queue_.waiting_since(), absl::InfiniteFuture());
}

TEST_F(DeliveryQueueTest, WhatIsSentIsTheRequestWithItsTrace) {
  PublishExtractionsRequest expected;
  *expected.mutable_extraction() = Extraction("a");
  expected.mutable_extraction()->add_events()->set_event_id("e");
  expected.set_traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  expected.set_tracestate("vendor=1");
  auto encoded = DeliveryQueue::Encode(expected.extraction(),
                                       {.traceparent = expected.traceparent(), .tracestate = "vendor=1"});
  ASSERT_TRUE(encoded.ok());
  ASSERT_TRUE(queue_.Add(*encoded, absl::InfiniteFuture(), [](const absl::StatusOr<Delivery>&) {}).ok());
  const auto request = queue_.NextToSend(kStart);
  ASSERT_NE(request, nullptr);
  expected.set_sequence(request->sequence);
  PublishExtractionsRequest sent;
  ASSERT_TRUE(sent.ParseFromString(request->bytes));
  EXPECT_EQ(sent.SerializeAsString(), expected.SerializeAsString());
}

TEST_F(DeliveryQueueTest, ExtractionIsTakenAtTheMaximumSizeAndRefusedPastIt) {
  const auto encoded_of = [](size_t bytes) {
    ExtractedArticle extraction;
    extraction.set_extractor_version(std::string(bytes, 'x'));
    const size_t overhead = extraction.ByteSizeLong() - bytes;
    extraction.set_extractor_version(std::string(bytes - overhead, 'x'));
    EXPECT_EQ(extraction.ByteSizeLong(), bytes);
    return DeliveryQueue::Encode(std::move(extraction)).status();
  };
  EXPECT_TRUE(encoded_of(DeliveryQueue::kMaxExtractionBytes).ok());
  const absl::Status refused = encoded_of(DeliveryQueue::kMaxExtractionBytes + 1);
  EXPECT_EQ(refused.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(GetBadRequest(refused)->field_violations(0).field(), "article.body");
}

class SmallDeliveryQueueTest : public DeliveryQueueTest {
 protected:
  SmallDeliveryQueueTest() : DeliveryQueueTest({.window = 2, .max_entries = 3, .max_bytes = 100}) {}
};

TEST_F(SmallDeliveryQueueTest, WindowIsNeverExceeded) {
  for (const char* id : {"a", "b", "c"}) ASSERT_TRUE(Add(id).ok());
  EXPECT_THAT(Send(), testing::ElementsAre("a", "b"));
  EXPECT_THAT(Send(), testing::IsEmpty());
  ASSERT_TRUE(Acknowledge(Acknowledgement(sequences_[0], 1)).ok());
  EXPECT_THAT(Send(), testing::ElementsAre("c"));
}

TEST_F(SmallDeliveryQueueTest, FullQueueRefusesWithRetryDelayUntilThereIsRoom) {
  for (const char* id : {"a", "b", "c"}) ASSERT_TRUE(Add(id).ok());
  const absl::Status full = Add("d");
  EXPECT_EQ(full.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(GetRetryDelay(full), absl::Seconds(1));
  EXPECT_EQ(GetErrorInfo(full)->reason(), "DELIVERY_QUEUE_FULL");
  Send();
  ASSERT_TRUE(Acknowledge(Acknowledgement(sequences_[0], 1)).ok());
  EXPECT_TRUE(Add("d").ok());
}

TEST_F(SmallDeliveryQueueTest, BytesAreLimitedAndGivenBack) {
  const std::string long_id(94, 'x');
  ASSERT_EQ(DeliveryQueue::Encode(Extraction(long_id))->size(), 100u);
  ASSERT_TRUE(Add(long_id, kStart).ok());
  EXPECT_EQ(Add("a").code(), absl::StatusCode::kResourceExhausted);
  Run(queue_.Expire(kStart, absl::OkStatus()));
  EXPECT_TRUE(Add(long_id).ok());
  Send();
  ASSERT_TRUE(Acknowledge(Acknowledgement(sequences_[0], 1)).ok());
  EXPECT_TRUE(Add(long_id).ok());
}

TEST(DeliveryQueueLimitsTest, WindowIsAtMostWhatTheProtocolAllows) {
  DeliveryQueue queue({.window = 10'000, .max_entries = 10'000, .max_bytes = 1 << 20});
  for (size_t i = 0; i < DeliveryQueue::kMaxWindow + 1; ++i) {
    ASSERT_TRUE(queue
                    .Add(*DeliveryQueue::Encode(Extraction("x")), absl::InfiniteFuture(),
                         [](const absl::StatusOr<Delivery>&) {})
                    .ok());
  }
  while (queue.NextToSend(kStart) != nullptr) {
  }
  EXPECT_EQ(queue.sent(), DeliveryQueue::kMaxWindow);
}

}  // namespace
}  // namespace treatywire::ingest
