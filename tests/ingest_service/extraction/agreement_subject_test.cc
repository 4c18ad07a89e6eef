// What agreements are said to be about: with the built-in lexicon, since its cue words and their weights
// decide.
#include "ingest_service/extraction/agreement_subject.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "ingest_service/article_identity.h"
#include "ingest_service/extraction/extractor.h"

namespace treatywire::ingest {
namespace {

namespace v1 = treatywire::v1;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

class AgreementSubjectTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto lexicon = Lexicon::BuiltIn();
    ASSERT_TRUE(lexicon.ok()) << lexicon.status();
    auto extractor = Extractor::Create(*std::move(lexicon));
    ASSERT_TRUE(extractor.ok()) << extractor.status();
    extractor_ = std::move(*extractor).release();
  }
  static void TearDownTestSuite() { delete extractor_; }

  // The subjects of the agreements to which something happened.
  static std::set<v1::Subject> SubjectsOf(absl::string_view title, absl::string_view body) {
    v1::Article article;
    article.set_title(std::string(title));
    article.set_body(std::string(body));
    article.set_mime_type("text/plain");
    article.mutable_publish_time()->set_seconds(1'700'000'000);
    EXPECT_TRUE(PrepareArticle(&article).ok());
    const auto extraction = extractor_->Extract(article);
    EXPECT_TRUE(extraction.ok()) << extraction.status();
    std::set<v1::Subject> subjects;
    if (!extraction.ok()) return subjects;
    for (const v1::AgreementEvent& event : extraction->events()) subjects.insert(event.agreement().subject());
    return subjects;
  }

  static const Extractor* extractor_;
};

const Extractor* AgreementSubjectTest::extractor_ = nullptr;

TEST_F(AgreementSubjectTest, WordsOfThePhraseDecide) {
  EXPECT_THAT(SubjectsOf("", "Chile and Peru signed an extradition treaty."),
              ElementsAre(v1::SUBJECT_JUSTICE));
  EXPECT_THAT(SubjectsOf("", "Chile and Peru signed an agreement on the avoidance of double taxation."),
              ElementsAre(v1::SUBJECT_FINANCE));
}

TEST_F(AgreementSubjectTest, LongerWordsTakeThePlaceOfShorterOnes) {
  EXPECT_THAT(SubjectsOf("", "Egypt and Russia signed an agreement on a nuclear power plant."),
              ElementsAre(v1::SUBJECT_ENERGY));
  EXPECT_THAT(SubjectsOf("", "Egypt and Russia signed an agreement on nuclear weapons."),
              ElementsAre(v1::SUBJECT_ARMS_CONTROL));
  EXPECT_THAT(SubjectsOf("", "Egypt and Qatar signed an agreement on the transfer of prisoners."),
              ElementsAre(v1::SUBJECT_JUSTICE));
  EXPECT_THAT(SubjectsOf("", "Egypt and Qatar signed an agreement on an exchange of prisoners."),
              ElementsAre(v1::SUBJECT_PEACE));
}

TEST_F(AgreementSubjectTest, ThePhraseOutweighsTheRestOfTheArticle) {
  EXPECT_THAT(SubjectsOf("Tuna boats wait",
                         "Chile and Peru signed a visa agreement. Fishing boats, trawlers and "
                         "their catch of tuna and hake were not spoken of."),
              ElementsAre(v1::SUBJECT_MIGRATION));
}

TEST_F(AgreementSubjectTest, WhereThePhraseSaysNothingTheTitleDoes) {
  EXPECT_THAT(SubjectsOf("Fisheries row settled", "Chile and Peru signed an agreement on Monday."),
              ElementsAre(v1::SUBJECT_RESOURCES));
}

TEST_F(AgreementSubjectTest, WhereThePhraseSaysNothingTheNextSentenceDoes) {
  EXPECT_THAT(
      SubjectsOf("", "Chile and Peru signed an agreement on Monday. It lets airlines fly to any airport."),
      ElementsAre(v1::SUBJECT_TRANSPORT));
}

TEST_F(AgreementSubjectTest, TheLabelOfAListItemNamesTheMatter) {
  EXPECT_THAT(SubjectsOf("Extradition row",
                         "What Chile and Peru have cut off so far:\n\n"
                         "- Fishing: Chile suspended the agreement of 2010 with Peru in March 2019.\n"),
              ElementsAre(v1::SUBJECT_RESOURCES));
}

TEST_F(AgreementSubjectTest, NamesOfPartiesAreNoHint) {
  EXPECT_THAT(SubjectsOf("", "Fiji and Mauritius signed a trade agreement in Port Louis."),
              ElementsAre(v1::SUBJECT_TRADE));
}

TEST_F(AgreementSubjectTest, AWellKnownAgreementHasItsOwn) {
  EXPECT_THAT(SubjectsOf("Trade talks on steel", "Fiji ratified the Paris Agreement in January 2016."),
              ElementsAre(v1::SUBJECT_ENVIRONMENT));
}

TEST_F(AgreementSubjectTest, EachAgreementHasItsOwn) {
  EXPECT_THAT(SubjectsOf("",
                         "Chile and Peru signed a free trade agreement in 2009. In 2012 Chile and Bolivia "
                         "signed an extradition treaty."),
              UnorderedElementsAre(v1::SUBJECT_TRADE, v1::SUBJECT_JUSTICE));
}

TEST_F(AgreementSubjectTest, WithoutAnyWordOfASubjectThereIsNone) {
  EXPECT_THAT(SubjectsOf("", "Chile and Peru signed a treaty."), ElementsAre(v1::SUBJECT_UNSPECIFIED));
}

}  // namespace
}  // namespace treatywire::ingest
