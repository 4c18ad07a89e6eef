#include "common/call_limit.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "common/status.h"

namespace treatywire {
namespace {

TEST(CallLimitTest, OnePastTheMaximumIsRefusedUntilAPlaceIsGivenBack) {
  CallLimit limit({.calls = 2});
  auto first = limit.Admit("ipv4:192.0.2.1:1001").value();
  const auto second = limit.Admit("ipv4:192.0.2.1:1002").value();
  const absl::Status refusal = limit.Admit("ipv4:192.0.2.1:1003").status();
  EXPECT_EQ(refusal.code(), absl::StatusCode::kResourceExhausted);
  ASSERT_TRUE(GetErrorInfo(refusal).has_value());
  EXPECT_EQ(GetErrorInfo(refusal)->reason(), "TOO_MANY_CALLS");
  EXPECT_TRUE(GetRetryDelay(refusal).has_value());
  first.reset();
  EXPECT_TRUE(limit.Admit("ipv4:192.0.2.1:1003").ok());
}

TEST(CallLimitTest, WhoDoesNotTakeItsAnswersIsRefusedUntilItHas) {
  CallLimit limit({.calls = 10, .unsent_bytes = 100});
  auto first = limit.Admit("ipv4:192.0.2.1:1").value();
  auto second = limit.Admit("ipv4:192.0.2.1:2").value();
  first->HoldUnsent(99);
  EXPECT_TRUE(limit.Admit("ipv4:192.0.2.1:3").ok());
  EXPECT_TRUE(second->CheckUnsent().ok());
  second->HoldUnsent(1);
  for (const absl::Status& refusal : {limit.Admit("ipv4:192.0.2.1:3").status(), second->CheckUnsent()}) {
    EXPECT_EQ(refusal.code(), absl::StatusCode::kResourceExhausted);
    EXPECT_EQ(refusal.message(), "the client has not taken 100 bytes of answers or more yet");
    ASSERT_TRUE(GetErrorInfo(refusal).has_value());
    EXPECT_EQ(GetErrorInfo(refusal)->reason(), "TOO_MANY_CALLS");
    EXPECT_EQ(GetRetryDelay(refusal), absl::Milliseconds(200));
  }
  EXPECT_TRUE(limit.Admit("ipv4:192.0.2.2:1").ok());
  second.reset();
  EXPECT_TRUE(first->CheckUnsent().ok());
  EXPECT_TRUE(limit.Admit("ipv4:192.0.2.1:3").ok());
}

TEST(CallLimitTest, OneAnswerMayBeLargerThanWhatIsHeldAtATime) {
  CallLimit limit({.calls = 10, .unsent_bytes = 100});
  auto place = limit.Admit("ipv4:192.0.2.1:1").value();
  place->HoldUnsent(1000);
  EXPECT_FALSE(limit.Admit("ipv4:192.0.2.1:1").ok());
  place.reset();
  EXPECT_TRUE(limit.Admit("ipv4:192.0.2.1:1").ok());
  EXPECT_EQ(limit.clients(), 0);
}

TEST(CallLimitTest, HostsAreCountedApart) {
  CallLimit limit({.calls = 1});
  std::vector<std::shared_ptr<CallLimit::Place>> places;
  for (const char* peer : {"ipv4:192.0.2.1:1", "ipv4:192.0.2.2:1", "ipv6:[2001:db8::1]:1",
                           "ipv6:[2001:db8::2]:1", "unix:/run/a", "unix:/run/b"}) {
    absl::StatusOr<std::shared_ptr<CallLimit::Place>> place = limit.Admit(peer);
    ASSERT_TRUE(place.ok()) << peer;
    places.push_back(*std::move(place));
  }
  EXPECT_EQ(limit.clients(), places.size());
  EXPECT_FALSE(limit.Admit("ipv6:[2001:db8::1]:2").ok());
  places.clear();
  EXPECT_EQ(limit.clients(), 0);
}

TEST(CallLimitTest, PlaceMayOutliveTheLimit) {
  auto limit = std::make_unique<CallLimit>(ClientLimits{.calls = 1});
  const auto place = limit->Admit("ipv4:192.0.2.1:1").value();
  limit.reset();
  EXPECT_NE(place, nullptr);
}

}  // namespace
}  // namespace treatywire
