#include "common/wire_field.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

#include "tests/query_service/proto_matchers.h"
#include "treatywire/v1/event_log_service.pb.h"

namespace treatywire {
namespace {

using treatywire::v1::PublishExtractionsRequest;

TEST(WireFieldTest, FieldsParseAsTheMessageThatHasThem) {
  PublishExtractionsRequest expected;
  expected.mutable_extraction()->mutable_article()->set_body(std::string(300, 'x'));
  expected.set_traceparent("trace");
  expected.set_sequence(std::numeric_limits<uint64_t>::max());
  std::string wire;
  AppendField(PublishExtractionsRequest::kExtractionFieldNumber, expected.extraction().SerializeAsString(),
              &wire);
  AppendField(PublishExtractionsRequest::kTraceparentFieldNumber, "trace", &wire);
  AppendField(PublishExtractionsRequest::kSequenceFieldNumber, expected.sequence(), &wire);
  PublishExtractionsRequest parsed;
  ASSERT_TRUE(parsed.ParseFromString(wire));
  EXPECT_THAT(parsed, query::EqualsProto(expected));
}

TEST(WireFieldTest, FieldInPiecesIsTheField) {
  std::string whole;
  AppendField(7, "abcdef", &whole);
  std::string pieces;
  AppendFieldBegin(7, "abc", 3, &pieces);
  pieces += "def";
  EXPECT_EQ(pieces, whole);
}

TEST(WireFieldTest, TellsHowManyBytesAFieldTakes) {
  for (const int field : {1, 15, 16, 2047, 2048}) {
    for (const size_t bytes : {0, 1, 127, 128, 20000}) {
      std::string wire;
      AppendField(field, std::string(bytes, 'x'), &wire);
      EXPECT_EQ(FieldBytes(field, bytes), wire.size()) << field << ", " << bytes;
    }
  }
}

}  // namespace
}  // namespace treatywire
