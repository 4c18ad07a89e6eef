// The measure itself: what counts as found, missed and spurious.
#include "tests/golden/golden_score.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"

namespace treatywire::golden {
namespace {

constexpr absl::string_view kArticle = R"json({
  "id": "a", "published": "2001-02-03", "mime_type": "text/plain", "title": "T",
  "text": "Chile and Peru signed it in 1999; Chile left.",
  "agreements": [{"id": "A1", "parties": ["CL", "PE"], "multilateral": false, "name": null, "aliases": [],
                  "subject": "TRADE"}],
  "events": [
    {"agreement": "A1", "type": "SIGNED", "actors": ["CL", "PE"], "date": "1999", "modality": "ASSERTED", "cue": "signed it"},
    {"agreement": "A1", "type": "TERMINATED", "actors": ["CL"], "date": null, "modality": "ASSERTED", "cue": "left"}]
})json";

class GoldenScoreTest : public testing::Test {
 protected:
  void SetUp() override {
    auto golden = ParseGoldenArticle(kArticle);
    ASSERT_TRUE(golden.ok()) << golden.status();
    golden_ = *std::move(golden);
    auto lexicon = ingest::Lexicon::FromFiles({});
    ASSERT_TRUE(lexicon.ok()) << lexicon.status();
    lexicon_ = *std::move(lexicon);
  }

  // Adds an event of Chile's and Peru's agreement.
  void Add(const std::string& fields) {
    const std::string event = absl::StrCat(
        "agreement { local_id: 'a1' subject: SUBJECT_TRADE parties { party_id: 'CL' } parties { party_id: "
        "'PE' } } ",
        fields);
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(event, extraction_.add_events())) << event;
  }

  GoldenScore Score() const { return Compare(golden_, extraction_, *lexicon_); }

  GoldenArticle golden_;
  treatywire::v1::ExtractedArticle extraction_;
  std::unique_ptr<const ingest::Lexicon> lexicon_;
};

TEST_F(GoldenScoreTest, AllIsMissedByAnEmptyExtraction) {
  const GoldenScore score = Score();
  EXPECT_EQ(score.agreements.missed, 1);
  EXPECT_EQ(score.events.missed, 2);
  EXPECT_EQ(score.events.F1(), 0);
}

TEST_F(GoldenScoreTest, FinerTypesAndActorsOfJointActsCountAsTheSame) {
  Add("type: EVENT_TYPE_CONCLUDED modality: MODALITY_ASSERTED date { edtf: '1999' } actors { party_id: 'PE' "
      "}");
  Add("type: EVENT_TYPE_WITHDRAWN modality: MODALITY_ASSERTED actors { party_id: 'CL' }");
  const GoldenScore score = Score();
  EXPECT_EQ(score.agreements.F1(), 1);
  EXPECT_EQ(score.events.F1(), 1);
  EXPECT_EQ(score.dates.Value(), 1);
  EXPECT_EQ(score.modalities.Value(), 1);
  EXPECT_EQ(score.subjects.Value(), 1);
}

TEST_F(GoldenScoreTest, AnotherActorIsMissedAndSpurious) {
  Add("type: EVENT_TYPE_TERMINATED modality: MODALITY_ASSERTED actors { party_id: 'PE' }");
  const GoldenScore score = Score();
  EXPECT_EQ(score.events.found, 0);
  EXPECT_EQ(score.events.missed, 2);
  EXPECT_EQ(score.events.spurious, 1);
}

TEST_F(GoldenScoreTest, AnotherDateAndModalityAreWrongButFound) {
  Add("type: EVENT_TYPE_SIGNED modality: MODALITY_PLANNED date { edtf: '1998' }");
  const GoldenScore score = Score();
  EXPECT_EQ(score.events.found, 1);
  EXPECT_EQ(score.dates.Value(), 0);
  EXPECT_EQ(score.modalities.Value(), 0);
}

TEST_F(GoldenScoreTest, TheSameFactTwiceIsOnceSpurious) {
  Add("type: EVENT_TYPE_SIGNED modality: MODALITY_ASSERTED date { edtf: '1999' }");
  Add("type: EVENT_TYPE_SIGNED modality: MODALITY_ASSERTED date { edtf: '2000' }");
  const GoldenScore score = Score();
  EXPECT_EQ(score.events.found, 1);
  EXPECT_EQ(score.events.spurious, 1);
  EXPECT_EQ(score.dates.Value(), 1);
}

TEST(GoldenArticleTest, ACueThatIsNotInTheArticleIsRefused) {
  std::string json(kArticle);
  json.replace(json.find("\"left\""), 6, "\"stayed\"");
  EXPECT_EQ(ParseGoldenArticle(json).status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace treatywire::golden
