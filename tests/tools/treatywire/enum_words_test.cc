#include "tools/treatywire/enum_words.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "treatywire/v1/record.pb.h"

namespace treatywire::tools {
namespace {

const google::protobuf::EnumDescriptor& EventTypes() { return *treatywire::v1::EventType_descriptor(); }

TEST(EnumWordsTest, GivesTheWordsOfAValue) {
  EXPECT_EQ(Word(treatywire::v1::EVENT_TYPE_ENTERED_INTO_FORCE), "entered into force");
  EXPECT_EQ(Word(treatywire::v1::STATUS_IN_FORCE), "in force");
  EXPECT_EQ(Word(treatywire::v1::EVENT_TYPE_UNSPECIFIED), "");
}

TEST(EnumWordsTest, NamesTheNumberOfAValueThatANewerServiceSends) {
  EXPECT_EQ(EnumWord(EventTypes(), 777), "unknown (777)");
}

TEST(EnumWordsTest, ReadsBackEveryWordThatItGives) {
  for (int i = 1; i < EventTypes().value_count(); ++i) {
    const int number = EventTypes().value(i)->number();
    EXPECT_EQ(*ParseEnumWord(EventTypes(), EnumWord(EventTypes(), number)), number);
  }
}

TEST(EnumWordsTest, TakesAnyCaseHyphensAndTheFullName) {
  for (const char* word : {"Entered-Into-Force", " entered_into_force", "EVENT_TYPE_ENTERED_INTO_FORCE"}) {
    EXPECT_EQ(*ParseEnumWord(EventTypes(), word), treatywire::v1::EVENT_TYPE_ENTERED_INTO_FORCE) << word;
  }
}

TEST(EnumWordsTest, RefusesOtherWordsAndListsTheOnesThereAre) {
  for (const char* word : {"", "torn up", "unspecified", "EVENT_TYPE_UNSPECIFIED"}) {
    const absl::Status status = ParseEnumWord(*treatywire::v1::PartyMatch_descriptor(), word).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << word;
    EXPECT_EQ(status.message(), absl::StrCat("\"", word, "\" is none of any, all, exactly"));
  }
}

}  // namespace
}  // namespace treatywire::tools
