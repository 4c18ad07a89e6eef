#include "ingest_service/delivery/delivery_driver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace treatywire::ingest {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Completion = DeliveryDriver::Completion;

// What was asked of all streams that were opened.
struct Asked {
  std::vector<std::string> sent;  // article ids
  int opened = 0;
  int cancelled = 0;
};

class FakeStream final : public DeliveryStream {
 public:
  explicit FakeStream(Asked* asked) : asked_(asked) { ++asked_->opened; }
  void Send(std::shared_ptr<const DeliveryQueue::Request> request) override {
    treatywire::v1::PublishExtractionsRequest sent;
    EXPECT_TRUE(sent.ParseFromString(request->bytes));
    asked_->sent.push_back(sent.extraction().article().article_id());
  }
  void Cancel() override { ++asked_->cancelled; }

 private:
  Asked* const asked_;
};

StreamingSink::Options TestOptions() {
  StreamingSink::Options options;
  options.initial_backoff = absl::Seconds(1);
  options.max_backoff = absl::Seconds(4);
  options.acknowledgement_timeout = absl::Seconds(15);
  return options;
}

class DeliveryDriverTest : public testing::Test {
 protected:
  absl::Status Deliver(const std::string& article_id) {
    treatywire::v1::ExtractedArticle extraction;
    extraction.mutable_article()->set_article_id(article_id);
    ExtractionSink::Done done = [this](const absl::StatusOr<Delivery>& delivery) {
      outcomes_.push_back(delivery.status().code());
    };
    return driver_.Deliver(*DeliveryQueue::Encode(extraction), now_ + absl::Minutes(1), &done, now_);
  }
  void Tick() { Run(driver_.Tick(now_)); }
  void Run(std::vector<Completion> completions) {
    for (Completion& completion : completions) completion.Run();
  }
  absl::Status Acknowledge(uint64_t sequence) {
    DeliveryQueue::Response response;
    response.set_sequence(sequence);
    response.set_revision(sequence);
    auto completions = driver_.OnAcknowledgement(response, now_);
    if (!completions.ok()) return completions.status();
    Run(*std::move(completions));
    return absl::OkStatus();
  }
  void EndStream() {
    driver_.OnEnding();
    driver_.TakeStream();
    driver_.OnEnded(absl::UnavailableError("gone"), now_);
  }

  absl::Time now_ = absl::FromUnixSeconds(1000);
  Asked asked_;
  std::vector<absl::StatusCode> outcomes_;
  DeliveryDriver driver_{TestOptions(), [this] { return std::make_unique<FakeStream>(&asked_); }, /*seed=*/1};
};

TEST_F(DeliveryDriverTest, StreamIsOpenedAtOnceAndSentOneDeliveryAfterTheOther) {
  EXPECT_TRUE(Deliver("a").ok());
  EXPECT_TRUE(Deliver("b").ok());
  EXPECT_LE(driver_.next_tick(), now_);
  Tick();
  EXPECT_EQ(asked_.opened, 1);
  EXPECT_THAT(asked_.sent, ElementsAre("a"));
  driver_.OnWritten(now_);
  EXPECT_THAT(asked_.sent, ElementsAre("a", "b"));
  EXPECT_TRUE(Acknowledge(1).ok());
  EXPECT_TRUE(Acknowledge(2).ok());
  EXPECT_THAT(outcomes_, ElementsAre(absl::StatusCode::kOk, absl::StatusCode::kOk));
  EXPECT_EQ(driver_.counts().delivered, 2);
}

TEST_F(DeliveryDriverTest, AfterAnEndTheNextStreamWaitsAndIsSentWhatWasNotAcknowledged) {
  Tick();
  EXPECT_TRUE(Deliver("a").ok());
  EndStream();
  EXPECT_FALSE(driver_.stream_open());
  EXPECT_GT(driver_.next_tick(), now_);
  Tick();
  EXPECT_EQ(asked_.opened, 1);
  now_ += absl::Seconds(1);
  Tick();
  EXPECT_EQ(asked_.opened, 2);
  EXPECT_THAT(asked_.sent, ElementsAre("a", "a"));
  EXPECT_THAT(outcomes_, IsEmpty());
}

TEST_F(DeliveryDriverTest, DelaysGrowToTheirMaximumAndAnAcknowledgementResetsThem) {
  for (int i = 0; i < 5; ++i) {
    now_ = driver_.next_tick() == absl::InfinitePast() ? now_ : driver_.next_tick();
    Tick();
    EndStream();
  }
  EXPECT_GE(driver_.next_tick() - now_, absl::Seconds(2));
  EXPECT_LE(driver_.next_tick() - now_, absl::Seconds(4));
  now_ = driver_.next_tick();
  Tick();
  EXPECT_TRUE(Deliver("a").ok());
  EXPECT_TRUE(Acknowledge(1).ok());
  EndStream();
  EXPECT_LE(driver_.next_tick() - now_, absl::Seconds(1));
}

TEST_F(DeliveryDriverTest, StreamThatOwesAnAcknowledgementForTooLongIsBrokenOff) {
  Tick();
  EXPECT_TRUE(Deliver("a").ok());
  EXPECT_EQ(driver_.next_tick(), now_ + absl::Seconds(15));
  now_ += absl::Seconds(15);
  Tick();
  EXPECT_EQ(asked_.cancelled, 1);
  EXPECT_EQ(driver_.counts().stalled_streams, 1);
}

TEST_F(DeliveryDriverTest, AcknowledgementOutOfTurnBreaksTheStreamOff) {
  Tick();
  EXPECT_TRUE(Deliver("a").ok());
  EXPECT_EQ(Acknowledge(7).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(asked_.cancelled, 1);
  EXPECT_EQ(driver_.counts().protocol_errors, 1);
}

TEST_F(DeliveryDriverTest, DeliveryThatIsNotAcknowledgedInTimeIsUnavailable) {
  EXPECT_TRUE(Deliver("a").ok());
  now_ += absl::Minutes(1);
  Tick();
  EXPECT_THAT(outcomes_, ElementsAre(absl::StatusCode::kUnavailable));
  EXPECT_EQ(driver_.counts().expired, 1);
}

TEST_F(DeliveryDriverTest, ShutDownEndsAllAndOpensNothing) {
  Tick();
  EXPECT_TRUE(Deliver("a").ok());
  Run(driver_.ShutDown(absl::UnavailableError("shut down")));
  EXPECT_THAT(outcomes_, ElementsAre(absl::StatusCode::kUnavailable));
  EXPECT_EQ(asked_.cancelled, 1);
  EndStream();
  now_ += absl::Hours(1);
  Tick();
  EXPECT_EQ(asked_.opened, 1);
  EXPECT_EQ(driver_.next_tick(), absl::InfiniteFuture());
}

}  // namespace
}  // namespace treatywire::ingest
