#include "common/raw_message.h"

#include <gtest/gtest.h>

#include <string>

#include "common/status.h"
#include "treatywire/v1/agreement_service.pb.h"
#include "treatywire/v1/ingest_service.pb.h"

namespace treatywire {
namespace {

using treatywire::v1::IngestArticlesRequest;
using treatywire::v1::ListAgreementsRequest;

grpc::ByteBuffer BufferOf(const std::string& bytes) {
  // In two slices, as the network may bring it.
  const grpc::Slice slices[] = {grpc::Slice(bytes.substr(0, bytes.size() / 2)),
                                grpc::Slice(bytes.substr(bytes.size() / 2))};
  return {slices, 2};
}

std::string Replaced(std::string bytes, const std::string& what, const std::string& by) {
  return bytes.replace(bytes.find(what), what.size(), by);
}

TEST(ParseRequestTest, ReadsWhatWasSerialised) {
  IngestArticlesRequest request;
  request.set_sequence(7);
  request.mutable_article()->set_body("body");
  grpc::ByteBuffer bytes;
  ASSERT_TRUE(SerializeResponse(request, &bytes).ok());
  EXPECT_EQ(BytesOf(bytes), request.SerializeAsString());
  IngestArticlesRequest parsed;
  ASSERT_TRUE(ParseRequest(BufferOf(BytesOf(bytes)), &parsed).ok());
  EXPECT_EQ(parsed.SerializeAsString(), request.SerializeAsString());
}

TEST(ParseRequestTest, EmptyBytesAreAnEmptyRequest) {
  IngestArticlesRequest request;
  EXPECT_TRUE(ParseRequest(grpc::ByteBuffer(), &request).ok());
  grpc::ByteBuffer bytes;
  EXPECT_TRUE(SerializeResponse(request, &bytes).ok());
  EXPECT_EQ(BytesOf(bytes), "");
}

TEST(ParseRequestTest, NamesTheStringThatIsNotUtf8) {
  IngestArticlesRequest request;
  request.mutable_article()->set_title("title");
  request.mutable_article()->set_body("body");
  IngestArticlesRequest parsed;
  EXPECT_EQ(ParseRequest(BufferOf(Replaced(request.SerializeAsString(), "body", "b\xC3(y")), &parsed),
            InvalidFieldError("article.body", "is not valid UTF-8"));

  ListAgreementsRequest list;
  list.mutable_filter()->add_parties("RU");
  list.mutable_filter()->add_publishers("xyz");
  ListAgreementsRequest parsed_list;
  EXPECT_EQ(ParseRequest(BufferOf(Replaced(list.SerializeAsString(), "xyz", "x\xED\xA0")), &parsed_list),
            InvalidFieldError("filter.publishers", "is not valid UTF-8"));
}

TEST(ParseRequestTest, BytesThatAreNoMessageAreInvalid) {
  IngestArticlesRequest request;
  for (const std::string& bytes : {std::string("\xff"), std::string("\x0a\x7f"), std::string("\x08"),
                                   std::string(1000, '\x0b'), std::string("\x00", 1)}) {
    const absl::Status status = ParseRequest(BufferOf(bytes), &request);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(status.message(), "the request is no treatywire.v1.IngestArticlesRequest");
  }
  // An article that is cut off: the field is known.
  EXPECT_EQ(ParseRequest(BufferOf(std::string("\x0a\x02\x2a\x7f")), &request),
            InvalidFieldError("article", "is no message of its type"));
}

}  // namespace
}  // namespace treatywire
