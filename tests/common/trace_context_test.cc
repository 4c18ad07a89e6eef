#include "common/trace_context.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"

namespace treatywire {
namespace {

constexpr char kTraceId[] = "4bf92f3577b34da6a3ce929d0e0e4736";
constexpr char kTraceparent[] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

TEST(TraceContextTest, HeaderIsReadAndWrittenAsTheStandardSays) {
  const auto trace = ParseTraceparent(kTraceparent);
  ASSERT_TRUE(trace.has_value());
  EXPECT_EQ(trace->trace_id, kTraceId);
  EXPECT_EQ(trace->span_id, "00f067aa0ba902b7");
  EXPECT_TRUE(trace->sampled);
  EXPECT_EQ(trace->Header(), kTraceparent);
}

TEST(TraceContextTest, SampledIsOneFlagOfSeveral) {
  for (const auto& [flags, sampled] :
       {std::pair("00", false), {"02", false}, {"03", true}, {"fe", false}, {"ff", true}, {"0b", true}}) {
    const auto trace =
        ParseTraceparent(std::string("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-") + flags);
    ASSERT_TRUE(trace.has_value()) << flags;
    EXPECT_EQ(trace->sampled, sampled) << flags;
  }
}

TEST(TraceContextTest, LaterVersionsAreReadAsThisOne) {
  const auto trace = ParseTraceparent("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-later");
  ASSERT_TRUE(trace.has_value());
  EXPECT_EQ(trace->trace_id, kTraceId);
}

TEST(TraceContextTest, WhatIsNoHeaderIsNone) {
  for (const char* traceparent : {"", "00", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                                  "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                                  "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                                  "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                                  "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                                  "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01x",
                                  "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}) {
    EXPECT_FALSE(ParseTraceparent(traceparent).has_value()) << traceparent;
  }
}

TEST(TraceContextTest, StateThatTheStandardAllowsIsPassedOnUnchanged) {
  std::string most;
  for (int i = 0; i < 32; ++i) absl::StrAppend(&most, i == 0 ? "" : ",", "v", i, "=x");
  for (const std::string& state : {std::string("rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"),
                                   std::string("fw529a3039@dt=FfAbc , a_-*/9=~! +"), std::string("a=,,b=1"),
                                   "a=" + std::string(256, 'x') + ",b=" + std::string(251, 'y'), most}) {
    const auto trace = ParseTrace(kTraceparent, state);
    ASSERT_TRUE(trace.has_value());
    EXPECT_EQ(trace->state, state);
    EXPECT_EQ(NewSpanHeaders(trace).tracestate, state);
  }
}

TEST(TraceContextTest, StateThatTheStandardDoesNotAllowIsDroppedAndTheTraceKept) {
  std::string too_many;
  for (int i = 0; i < 33; ++i) absl::StrAppend(&too_many, i == 0 ? "" : ",", "v", i, "=x");
  for (const std::string& state :
       {std::string(), std::string(","), std::string("a"), std::string("=1"), std::string("A=1"),
        std::string("1a=1"), std::string("a@=1"), std::string("@a=1"), std::string("a=1=2"),
        std::string("a=\t1\x7f"), std::string("a=\xc3\xa9"), std::string("a=1,a=2"), too_many,
        "a=" + std::string(257, 'x'), "a=" + std::string(256, 'x') + ",b=" + std::string(252, 'y')}) {
    const auto trace = ParseTrace(kTraceparent, state);
    ASSERT_TRUE(trace.has_value());
    EXPECT_EQ(trace->state, "") << state;
  }
  EXPECT_FALSE(ParseTrace("rubbish", "a=1").has_value());
  EXPECT_EQ(NewSpanHeaders(std::nullopt).traceparent, "");
}

TEST(TraceContextTest, NewTracesAndSpansAreDifferentAndValid) {
  const TraceContext trace = NewTrace();
  ASSERT_TRUE(ParseTraceparent(trace.Header()).has_value()) << trace.Header();
  EXPECT_FALSE(trace.sampled);
  EXPECT_NE(NewTrace().trace_id, trace.trace_id);
  const TraceContext sampled = *ParseTraceparent(kTraceparent);
  const TraceContext span = NewSpan(sampled);
  EXPECT_EQ(span.trace_id, kTraceId);
  EXPECT_NE(span.span_id, sampled.span_id);
  EXPECT_TRUE(span.sampled);
  EXPECT_TRUE(ParseTraceparent(span.Header()).has_value()) << span.Header();
}

}  // namespace
}  // namespace treatywire
