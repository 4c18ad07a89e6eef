#include "query_service/list_page.h"

#include <gtest/gtest.h>

#include "common/status.h"
#include "tests/query_service/fake_snapshot.h"
#include "tests/query_service/proto_matchers.h"

namespace treatywire::query {
namespace {

using treatywire::v1::ListAgreementsRequest;
using treatywire::v1::ListAgreementsResponse;

class ListPageTest : public testing::Test {
 protected:
  absl::StatusOr<ListPage> Start(const ListAgreementsRequest& request) {
    return ListPage::Start(request, kListPageSizes, &snapshots_);
  }

  // The token of the second page of `request`, whose list has 120 items.
  std::string SecondPage(const ListAgreementsRequest& request) {
    const absl::StatusOr<ListPage> page = Start(request);
    EXPECT_THAT(page, IsOk());
    ListAgreementsResponse response;
    page->Finish(page->part().size, 120, &response);
    return response.next_page_token();
  }

  PublishedSnapshots snapshots_{std::make_shared<FakeSnapshot>(7), {}};
};

TEST_F(ListPageTest, SizeIsTheDefaultWhereUnsetAndLoweredToTheMaximum) {
  ListAgreementsRequest request;
  for (const auto& [asked, given] : {std::pair(0, 50), {1, 1}, {500, 500}, {501, 500}, {INT32_MAX, 500}}) {
    request.set_page_size(asked);
    const absl::StatusOr<ListPage> page = Start(request);
    ASSERT_THAT(page, IsOk());
    EXPECT_EQ(page->part().size, given) << asked;
    EXPECT_EQ(page->part().offset, 0);
  }
}

TEST_F(ListPageTest, NextPageFollowsAtTheFirstPagesRevision) {
  ListAgreementsRequest request;
  request.set_page_token(SecondPage(request));
  ASSERT_NE(request.page_token(), "");
  snapshots_.Publish(std::make_shared<FakeSnapshot>(8));
  const absl::StatusOr<ListPage> page = Start(request);
  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->snapshot().revision(), 7);
  EXPECT_EQ(page->part().offset, 50);
}

TEST_F(ListPageTest, FinishFillsTheResponse) {
  const ListAgreementsRequest request;
  const absl::StatusOr<ListPage> page = Start(request);
  ASSERT_THAT(page, IsOk());
  ListAgreementsResponse response;
  page->Finish(20, 20, &response);
  EXPECT_THAT(response, EqualsProto(ParseText<ListAgreementsResponse>("total_size: 20 revision: 7")));
}

TEST_F(ListPageTest, LastPageHasNoToken) {
  ListAgreementsRequest request;
  request.set_page_token(SecondPage(request));
  const absl::StatusOr<ListPage> page = Start(request);
  ASSERT_THAT(page, IsOk());
  ListAgreementsResponse response;
  page->Finish(69, 120, &response);
  EXPECT_NE(response.next_page_token(), "");
  page->Finish(70, 120, &response);
  EXPECT_EQ(response.next_page_token(), "");
  page->Finish(0, 120, &response);
  EXPECT_EQ(response.next_page_token(), "");
}

TEST_F(ListPageTest, SnapshotThatIsGoneAbortsTheList) {
  ListAgreementsRequest request;
  // Of a process before: this one never kept revision 3.
  request.set_page_token(EncodePageToken({3, 50}, DigestOfList(request)));
  const absl::Status status = Start(request).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  ASSERT_TRUE(GetErrorInfo(status).has_value());
  EXPECT_EQ(GetErrorInfo(status)->reason(), "PAGE_TOKEN_EXPIRED");
}

// The same revision of a log restored from a backup may hold something else.
TEST_F(ListPageTest, TokenOfAnotherLogAbortsTheList) {
  ListAgreementsRequest request;
  request.set_page_token(EncodePageToken({.revision = 7, .offset = 50, .log_id = 1}, DigestOfList(request)));
  const absl::Status status = Start(request).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kAborted, testing::HasSubstr("page_token")));
  ASSERT_TRUE(GetErrorInfo(status).has_value());
  EXPECT_EQ(GetErrorInfo(status)->reason(), "LOG_REPLACED");
}

TEST_F(ListPageTest, TokenOfAnotherListIsRefused) {
  ListAgreementsRequest request;
  const std::string token = SecondPage(request);
  request.mutable_filter()->add_parties("RU");
  request.set_page_token(token);
  EXPECT_THAT(Start(request), StatusIs(absl::StatusCode::kInvalidArgument, testing::HasSubstr("page_token")));
}

TEST_F(ListPageTest, OffsetPastTheEndIsAnEmptyLastPage) {
  ListAgreementsRequest request;
  request.set_page_token(EncodePageToken({7, UINT64_MAX}, DigestOfList(request)));
  const absl::StatusOr<ListPage> page = Start(request);
  ASSERT_THAT(page, IsOk());
  ListAgreementsResponse response;
  page->Finish(0, 120, &response);
  EXPECT_EQ(response.next_page_token(), "");
}

}  // namespace
}  // namespace treatywire::query
