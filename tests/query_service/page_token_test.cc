#include "query_service/page_token.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "common/status.h"
#include "tests/query_service/proto_matchers.h"
#include "treatywire/v1/agreement_service.pb.h"

namespace treatywire::query {
namespace {

using treatywire::v1::ListAgreementsRequest;

ListAgreementsRequest RequestFor(const std::string& party) {
  ListAgreementsRequest request;
  request.mutable_filter()->add_parties(party);
  request.set_page_size(50);
  return request;
}

void ExpectRefused(const absl::StatusOr<PageToken>& token) {
  ASSERT_THAT(token, StatusIs(absl::StatusCode::kInvalidArgument, testing::StartsWith("page_token ")));
  ASSERT_TRUE(GetBadRequest(token.status()).has_value());
  EXPECT_EQ(GetBadRequest(token.status())->field_violations(0).field(), "page_token");
}

TEST(PageTokenTest, ComesBackAsItWas) {
  const ListAgreementsRequest request = RequestFor("RU");
  for (const PageToken token : {PageToken{0, 0}, PageToken{7, 50},
                                PageToken{UINT64_MAX, UINT64_MAX, UINT64_MAX}, PageToken{1, 2, 3}}) {
    const absl::StatusOr<PageToken> decoded =
        DecodePageToken(EncodePageToken(token, DigestOfList(request)), DigestOfList(request));
    ASSERT_THAT(decoded, IsOk());
    EXPECT_EQ(*decoded, token);
  }
}

TEST(PageTokenTest, PageSizeAndTokenMayChange) {
  ListAgreementsRequest request = RequestFor("RU");
  const std::string token = EncodePageToken({7, 50}, DigestOfList(request));
  request.set_page_size(3);
  request.set_page_token(token);
  EXPECT_THAT(DecodePageToken(token, DigestOfList(request)), IsOk());
}

TEST(PageTokenTest, IsBoundToEveryOtherField) {
  const ListAgreementsRequest request = RequestFor("RU");
  const std::string token = EncodePageToken({7, 50}, DigestOfList(request));
  ListAgreementsRequest other = RequestFor("FR");
  ExpectRefused(DecodePageToken(token, DigestOfList(other)));
  other = request;
  other.set_order(treatywire::v1::AGREEMENT_ORDER_SOURCES);
  ExpectRefused(DecodePageToken(token, DigestOfList(other)));
  other = request;
  other.mutable_as_of()->set_valid_at("2020-01-01");
  ExpectRefused(DecodePageToken(token, DigestOfList(other)));
}

TEST(PageTokenTest, IsBoundToTheMethod) {
  const std::string token = EncodePageToken({7, 50}, DigestOfList(treatywire::v1::ListAgreementsRequest()));
  ExpectRefused(DecodePageToken(token, DigestOfList(treatywire::v1::ListConflictsRequest())));
}

TEST(PageTokenTest, RefusesEveryChangedByteAndLength) {
  const ListAgreementsRequest request = RequestFor("RU");
  const std::string token = EncodePageToken({7, 50}, DigestOfList(request));
  for (size_t i = 0; i < token.size(); ++i) {
    std::string damaged = token;
    damaged[i] = damaged[i] == 'A' ? 'B' : 'A';
    ExpectRefused(DecodePageToken(damaged, DigestOfList(request)));
    ExpectRefused(DecodePageToken(token.substr(0, i), DigestOfList(request)));
  }
  for (const char* added : {"A", "=", "==", " ", "\n"}) {
    ExpectRefused(DecodePageToken(token + added, DigestOfList(request)));
    ExpectRefused(DecodePageToken(added + token, DigestOfList(request)));
  }
  ExpectRefused(DecodePageToken(std::string(1 << 20, 'A'), DigestOfList(request)));
  ExpectRefused(DecodePageToken("\xff\xfe", DigestOfList(request)));
}

TEST(PageTokenTest, IsSafeInAnUrl) {
  for (uint64_t revision = 0; revision < 256; ++revision) {
    const std::string token = EncodePageToken({revision, 0}, DigestOfList(RequestFor("RU")));
    EXPECT_TRUE(std::all_of(token.begin(), token.end(), [](char c) {
      return absl::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_").find(c) !=
             absl::string_view::npos;
    })) << token;
  }
}

}  // namespace
}  // namespace treatywire::query
