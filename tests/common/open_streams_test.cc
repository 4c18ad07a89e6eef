#include "common/open_streams.h"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "common/status.h"

namespace treatywire {
namespace {

// A stream of which gRPC never hears: over when the test says so.
class FakeStream final : public RawStream {
 public:
  explicit FakeStream(std::function<void()> gone) : gone_(std::move(gone)) {}
  void Drain() { ++drains_; }
  void OnDone() override { gone_(); }
  int drains() const { return drains_; }

 private:
  const std::function<void()> gone_;
  int drains_ = 0;
};

class OpenStreamsTest : public testing::Test {
 protected:
  RawStream* Open() {
    return streams_.Open([this](std::function<void()> gone) {
      return made_.emplace_back(std::make_shared<FakeStream>(std::move(gone)));
    });
  }

  OpenStreams<FakeStream> streams_{/*most=*/2};
  std::vector<std::shared_ptr<FakeStream>> made_;
};

TEST_F(OpenStreamsTest, OnePastTheMaximumIsRefusedUntilOneIsGone) {
  for (size_t i = 0; i < 2; ++i) {
    const RawStream* stream = Open();
    EXPECT_EQ(stream, made_.at(i).get());
  }
  const std::unique_ptr<RawStream> refused(Open());
  EXPECT_EQ(made_.size(), 2);
  made_[0]->OnDone();
  const RawStream* third = Open();
  EXPECT_EQ(third, made_.at(2).get());
}

TEST_F(OpenStreamsTest, DrainReachesTheOpenOnesOnceAndRefusesThoseToCome) {
  Open();
  Open();
  made_[0]->OnDone();
  made_[0].reset();
  streams_.Drain();
  EXPECT_EQ(made_[1]->drains(), 1);
  const std::unique_ptr<RawStream> refused(Open());
  EXPECT_EQ(made_.size(), 2);
}

TEST_F(OpenStreamsTest, StreamThatStartsWhileTheServerBeginsToDrainIsDrained) {
  streams_.Open([this](std::function<void()> gone) {
    streams_.Drain();
    return made_.emplace_back(std::make_shared<FakeStream>(std::move(gone)));
  });
  EXPECT_EQ(made_[0]->drains(), 1);
}

TEST_F(OpenStreamsTest, StreamThatIsOverBeforeItIsReturnedTakesNoRoom) {
  for (int i = 0; i < 5; ++i) {
    streams_.Open([this](std::function<void()> gone) {
      auto stream = made_.emplace_back(std::make_shared<FakeStream>(std::move(gone)));
      stream->OnDone();
      return stream;
    });
  }
  EXPECT_EQ(made_.size(), 5);
}

TEST(CheckRoomForStreamTest, RefusalSaysWhyAndWhenToTryAgain) {
  EXPECT_TRUE(CheckRoomForStream(/*open=*/7, /*most=*/8, /*draining=*/false).ok());
  const absl::Status full = CheckRoomForStream(8, 8, false);
  EXPECT_EQ(full.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(GetErrorInfo(full)->reason(), "TOO_MANY_STREAMS");
  EXPECT_TRUE(GetRetryDelay(full).has_value());
  const absl::Status draining = CheckRoomForStream(0, 8, true);
  EXPECT_EQ(draining.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(GetErrorInfo(draining)->reason(), "DRAINING");
}

}  // namespace
}  // namespace treatywire
