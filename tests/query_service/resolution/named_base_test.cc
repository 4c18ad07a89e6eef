#include "query_service/resolution/named_base.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace treatywire::query {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

// The whole name that follows, with "amends " or "adds to " before it; "" where none is named.
std::string BaseOf(absl::string_view title) {
  const std::optional<NamedBase> base = BaseNamedIn(title);
  if (!base) return "";
  return absl::StrCat(base->amends ? "amends " : "adds to ", base->names.front());
}

TEST(NamedBaseTest, ReadsWhatAnAmendmentAmends) {
  EXPECT_EQ(BaseOf("Kigali Amendment to the Montreal Protocol"), "amends montreal protocol");
  EXPECT_EQ(BaseOf("Protocol amending the Convention on Double Taxation"),
            "amends convention on double taxation");
  EXPECT_EQ(BaseOf("Agreement Revising their Treaty of Friendship"), "amends treaty of friendship");
  EXPECT_EQ(BaseOf("Second amendment of the Lome Convention"), "amends lome convention");
}

TEST(NamedBaseTest, ReadsWhatAProtocolAddsTo) {
  EXPECT_EQ(BaseOf("Protocol to the Treaty on Open Skies"), "adds to treaty on open skies");
  EXPECT_EQ(BaseOf("Additional Protocol to the Geneva Conventions"), "adds to geneva conventions");
  EXPECT_EQ(BaseOf("Agreement supplementing the Air Services Accord"), "adds to air services accord");
}

TEST(NamedBaseTest, GivesShorterNamesWhereOneRunsOn) {
  EXPECT_THAT(BaseNamedIn("Protocol to the North Atlantic Treaty on Montenegro")->names,
              ElementsAre("north atlantic treaty on montenegro", "north atlantic treaty on",
                          "north atlantic treaty"));
}

TEST(NamedBaseTest, FindsNoneInOtherNames) {
  EXPECT_EQ(BaseOf("Treaty on Good-Neighbourliness"), "");
  EXPECT_EQ(BaseOf("Agreement to end hostilities"), "");
  EXPECT_EQ(BaseOf("Kyoto Protocol"), "");
  EXPECT_EQ(BaseOf("Kigali Amendment"), "");
  EXPECT_EQ(BaseOf("Protocol to the agreement"), "");
  EXPECT_EQ(BaseOf("Protocol to"), "");
  EXPECT_EQ(BaseOf("amending"), "");
  EXPECT_EQ(BaseOf(""), "");
}

TEST(NamedBaseTest, BoundsWhatItReads) {
  std::string title = "Protocol to the Treaty";
  for (int i = 0; i < 1000; ++i) absl::StrAppend(&title, " word");
  EXPECT_THAT(BaseNamedIn(title)->names, SizeIs(15));
}

TEST(NamedBaseTest, KnowsAmendmentsByTheirName) {
  EXPECT_TRUE(NamesAmendment("Kigali Amendment"));
  EXPECT_TRUE(NamesAmendment("Amending Protocol"));
  EXPECT_FALSE(NamesAmendment("Amended Protocol II"));
  EXPECT_FALSE(NamesAmendment("Protocol to the Extradition Treaty"));
}

}  // namespace
}  // namespace treatywire::query
