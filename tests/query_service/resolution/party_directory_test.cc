#include "query_service/resolution/party_directory.h"

#include <gmock/gmock.h>

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(PartyDirectoryTest, DescribesStatesFormerStatesOrganisationsAndMovements) {
  EXPECT_EQ(DescribeParty("RU").display_name, "Russia");
  EXPECT_EQ(DescribeParty("RU").kind, v1::PARTY_KIND_STATE);
  EXPECT_THAT(DescribeParty("RU").predecessors, ElementsAre("SUHH"));
  EXPECT_EQ(DescribeParty("SUHH").kind, v1::PARTY_KIND_FORMER_STATE);
  EXPECT_THAT(DescribeParty("CSHH").successors, ElementsAre("CZ", "SK"));
  EXPECT_EQ(DescribeParty("nato").kind, v1::PARTY_KIND_ORGANISATION);
  EXPECT_EQ(DescribeParty("m23").kind, v1::PARTY_KIND_MOVEMENT);
  EXPECT_EQ(DescribeParty("XK").display_name, "Kosovo");
}

TEST(PartyDirectoryTest, NamesWhatItDoesNotListByItsId) {
  EXPECT_FALSE(IsListedParty("african-forum"));
  EXPECT_EQ(DescribeParty("african-forum").display_name, "African Forum");
  EXPECT_EQ(DescribeParty("abcd").display_name, "ABCD");
  EXPECT_EQ(DescribeParty("--").display_name, "--");
  EXPECT_THAT(DescribeParty("african-forum").successors, IsEmpty());
}

TEST(PartyDirectoryTest, SeatsPassToTheStateThatContinues) {
  EXPECT_THAT(SeatsOf("SUHH"), ElementsAre("RU"));
  EXPECT_THAT(SeatsOf("CSHH"), ElementsAre("CZ", "SK"));
  EXPECT_THAT(SeatsOf("FR"), ElementsAre("FR"));
  EXPECT_EQ(SeatOf("DDDE"), "DE");
}

TEST(PartyDirectoryTest, SharingASeatIsNotTransitive) {
  EXPECT_TRUE(SharesSeat("SUHH", "RU"));
  EXPECT_FALSE(SharesSeat("SUHH", "UA"));
  EXPECT_TRUE(SharesSeat("CSHH", "CZ"));
  EXPECT_TRUE(SharesSeat("SK", "CSHH"));
  EXPECT_FALSE(SharesSeat("CZ", "SK"));
  EXPECT_TRUE(SharesSeat("YUCS", "CSXX"));
}

TEST(PartyDirectoryTest, SeatSharersAreAllIdsOfASeat) {
  EXPECT_THAT(SeatSharers("RU"), ElementsAre("RU", "SUHH"));
  EXPECT_THAT(SeatSharers("SUHH"), ElementsAre("RU", "SUHH"));
  EXPECT_THAT(SeatSharers("unlisted"), ElementsAre("unlisted"));
}

}  // namespace
}  // namespace treatywire::query
