#include "ingest_service/lexicon/party_ids.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <utility>

#include "ingest_service/lexicon/party.h"

namespace treatywire::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "P0" to "P9".
const std::array<PartyInfo, 10>& Parties() {
  static const auto& parties = *[] {
    auto* const made = new std::array<PartyInfo, 10>;
    for (size_t p = 0; p < made->size(); ++p) (*made)[p].id = "P" + std::to_string(p);
    return made;
  }();
  return parties;
}

PartyId Id(size_t p) { return PartyId(&Parties().at(p)); }

PartyIds FirstIds(size_t count) {
  PartyIds ids;
  for (size_t p = 0; p < count; ++p) ids.push_back(Id(p));
  return ids;
}

TEST(PartyIdTest, OfNobodyIsEmptyAndNoState) {
  EXPECT_TRUE(PartyId().empty());
  EXPECT_EQ(PartyId().text(), "");
  EXPECT_FALSE(PartyId().is_state());
  EXPECT_NE(PartyId(), Id(0));
}

TEST(PartyIdTest, IsOrderedAsItIsSpelled) {
  EXPECT_LT(PartyId(), Id(0));
  EXPECT_LT(Id(1), Id(2));
  EXPECT_FALSE(Id(2) < Id(1));
}

TEST(PartyIdsTest, KeepsFewAndMany) {
  EXPECT_THAT(FirstIds(0), IsEmpty());
  EXPECT_THAT(FirstIds(3), ElementsAre("P0", "P1", "P2"));
  EXPECT_THAT(FirstIds(5), ElementsAre("P0", "P1", "P2", "P3", "P4"));
}

TEST(PartyIdsTest, CopiesAreApart) {
  for (const size_t size : {2, 7}) {
    const PartyIds ids = FirstIds(size);
    PartyIds copy = ids;
    copy[0] = Id(9);
    EXPECT_EQ(ids.front(), "P0");
    copy = ids;
    EXPECT_EQ(copy, ids);
    copy.push_back(Id(8));
    EXPECT_NE(copy, ids);
  }
}

TEST(PartyIdsTest, WhatIsMovedFromIsEmptyAndMayBeFilledAgain) {
  for (const size_t size : {2, 7}) {
    PartyIds ids = FirstIds(size);
    PartyIds taken = std::move(ids);
    EXPECT_EQ(taken, FirstIds(size));
    ids = FirstIds(1);
    EXPECT_THAT(ids, ElementsAre("P0"));
    taken = std::move(ids);
    EXPECT_THAT(taken, ElementsAre("P0"));
  }
}

TEST(PartyIdsTest, AppendsAListToItself) {
  PartyIds ids = FirstIds(2);
  ids.Append(PartyIds(ids));
  EXPECT_THAT(ids, ElementsAre("P0", "P1", "P0", "P1"));
}

TEST(PartyIdsTest, ErasesAndKeepsTheOrder) {
  PartyIds ids = FirstIds(6);
  ids.EraseIf([](PartyId id) { return id == "P1" || id == "P4"; });
  EXPECT_THAT(ids, ElementsAre("P0", "P2", "P3", "P5"));
  EXPECT_FALSE(ids.Contains(Id(4)));
  EXPECT_TRUE(ids.Contains(Id(5)));
}

}  // namespace
}  // namespace treatywire::ingest
