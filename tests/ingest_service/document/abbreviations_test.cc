#include "ingest_service/document/abbreviations.h"

#include <gtest/gtest.h>

namespace treatywire::ingest {
namespace {

TEST(AbbreviationsTest, KindSaysWhatMayFollow) {
  EXPECT_EQ(ClassifyAbbreviation("Gen"), AbbreviationKind::kBeforeName);
  EXPECT_EQ(ClassifyAbbreviation("No"), AbbreviationKind::kBeforeNumber);
  EXPECT_EQ(ClassifyAbbreviation("Feb"), AbbreviationKind::kMayEnd);
  EXPECT_EQ(ClassifyAbbreviation("Inc"), AbbreviationKind::kMayEnd);
  EXPECT_EQ(ClassifyAbbreviation("treaty"), AbbreviationKind::kNone);
  EXPECT_EQ(ClassifyAbbreviation(""), AbbreviationKind::kNone);
}

TEST(AbbreviationsTest, LetterCaseCounts) {
  EXPECT_EQ(ClassifyAbbreviation("Sat"), AbbreviationKind::kBeforeNumber);
  EXPECT_EQ(ClassifyAbbreviation("sat"), AbbreviationKind::kNone);
  EXPECT_EQ(ClassifyAbbreviation("MR"), AbbreviationKind::kNone);
}

// The tokenizer looks no longer word up.
TEST(AbbreviationsTest, LongestEntryIsWithinTheMaximum) {
  EXPECT_EQ(ClassifyAbbreviation("Messrs"), AbbreviationKind::kBeforeName);
  EXPECT_EQ(ClassifyAbbreviation("approx"), AbbreviationKind::kBeforeName);
  EXPECT_EQ(absl::string_view("approx").size(), kMaxAbbreviationBytes);
}

TEST(AbbreviationsTest, WordListsHoldNormsOnly) {
  EXPECT_TRUE(IsSentenceStarter("the"));
  EXPECT_FALSE(IsSentenceStarter("The"));
  EXPECT_FALSE(IsSentenceStarter("russia"));
  EXPECT_TRUE(IsNumberedNoun("annex"));
  EXPECT_FALSE(IsNumberedNoun("president"));
  EXPECT_TRUE(IsSpeechVerb("said"));
  EXPECT_FALSE(IsSpeechVerb("signed"));
}

}  // namespace
}  // namespace treatywire::ingest
