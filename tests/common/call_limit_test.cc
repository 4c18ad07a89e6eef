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
  for (const char* peer : {"ipv4:192.0.2.1:1", "ipv4:192.0.2.2:1", "ipv6:%5B2001:db8:0:1::1%5D:1",
                           "ipv6:%5B2001:db8:0:2::1%5D:1", "unix:/run/a", "unix:/run/b"}) {
    absl::StatusOr<std::shared_ptr<CallLimit::Place>> place = limit.Admit(peer);
    ASSERT_TRUE(place.ok()) << peer;
    places.push_back(*std::move(place));
  }
  EXPECT_EQ(limit.clients(), places.size());
  EXPECT_FALSE(limit.Admit("ipv6:%5B2001:db8:0:1::2%5D:2").ok());
  places.clear();
  EXPECT_EQ(limit.clients(), 0);
}

TEST(CallLimitTest, AllClientsTogetherHoldNoMoreThanTheyMay) {
  CallLimit limit({.calls = 10, .unsent_bytes = 60, .all_unsent_bytes = 100});
  auto first = limit.Admit("ipv4:192.0.2.1:1").value();
  const auto second = limit.Admit("ipv4:192.0.2.2:1").value();
  first->HoldUnsent(59);
  second->HoldUnsent(20);
  EXPECT_EQ(limit.unsent_bytes(), 79);
  // 21 are left: for the second, which holds fewer, and for one that comes anew, but not for the first.
  EXPECT_TRUE(limit.Admit("ipv4:192.0.2.2:2").ok());
  auto third = limit.Admit("ipv4:192.0.2.3:1").value();
  for (const absl::Status& refusal : {limit.Admit("ipv4:192.0.2.1:2").status(), first->CheckUnsent()}) {
    EXPECT_EQ(refusal.code(), absl::StatusCode::kResourceExhausted);
    EXPECT_EQ(refusal.message(),
              "clients have not taken their answers yet, and too little of 100 bytes is left");
    ASSERT_TRUE(GetErrorInfo(refusal).has_value());
    EXPECT_EQ(GetErrorInfo(refusal)->reason(), "OVERLOADED");
    EXPECT_EQ(GetRetryDelay(refusal), absl::Milliseconds(200));
  }
  third->HoldUnsent(21);
  EXPECT_FALSE(limit.Admit("ipv4:192.0.2.4:1").ok());
  EXPECT_EQ(limit.clients(), 3);  // one that is refused leaves nothing
  first.reset();
  third.reset();
  EXPECT_EQ(limit.unsent_bytes(), 20);
  EXPECT_TRUE(limit.Admit("ipv4:192.0.2.4:1").ok());
}

TEST(CallLimitTest, ClientAloneGetsHalfOfWhatAllMayHold) {
  CallLimit limit({.calls = 10, .unsent_bytes = 1000, .all_unsent_bytes = 100});
  const auto place = limit.Admit("ipv4:192.0.2.1:1").value();
  place->HoldUnsent(49);
  EXPECT_TRUE(limit.Admit("ipv4:192.0.2.1:2").ok());
  place->HoldUnsent(1);
  EXPECT_FALSE(limit.Admit("ipv4:192.0.2.1:2").ok());
  EXPECT_TRUE(limit.Admit("ipv4:192.0.2.2:1").ok());
}

TEST(CallLimitTest, PlaceMayOutliveTheLimit) {
  auto limit = std::make_unique<CallLimit>(ClientLimits{.calls = 1});
  const auto place = limit->Admit("ipv4:192.0.2.1:1").value();
  limit.reset();
  EXPECT_NE(place, nullptr);
}

}  // namespace
}  // namespace treatywire
