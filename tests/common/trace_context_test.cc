#include "common/trace_context.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
