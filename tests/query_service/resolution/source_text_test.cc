#include "query_service/resolution/source_text.h"

#include <gmock/gmock.h>

#include "tests/query_service/index/article_builder.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;
using testing::ElementsAre;

// An article of `publisher` whose evidence is `sentences`.
SourceText TextOf(const std::string& publisher, const std::vector<std::string>& sentences,
                  const std::string& id = "id") {
  ArticleBuilder article(id, publisher, "2020-01-01");
  article.Agreement("a", {"FR", "RU"});
  for (const std::string& sentence : sentences)
    article.Event("a", v1::EVENT_TYPE_SIGNED, {.sentence = sentence});
  return ReadSourceText(article.Build());
}

std::vector<int> Number(const std::vector<SourceText>& texts) {
  std::vector<const SourceText*> pointers;
  for (const SourceText& text : texts) pointers.push_back(&text);
  return NumberSources(pointers);
}

const char kLong[] =
    "The two ministers put their names to the defence accord in the old town hall of Moscow on Friday.";
const char kEdited[] =
    "The two ministers put their names to the defence accord in the old town hall of Moscow last Friday.";
const char kThird[] =
    "Since the spring both capitals had traded accusations over flights close to the border of the enclave.";
const char kFourth[] =
    "A spokeswoman of the alliance declined to say which of its members had been told beforehand.";
const char kOther[] = "Paris said that nothing had been decided and that talks would go on for months.";

TEST(SourceTextTest, OnePublisherIsOneSource) {
  EXPECT_TRUE(IsOneSource(TextOf("Courier", {kLong}), TextOf("courier", {kOther})));
  EXPECT_FALSE(IsOneSource(TextOf("Courier", {kLong}), TextOf("Gazette", {kOther})));
}

TEST(SourceTextTest, UnknownPublishersAreToldApartByHost) {
  v1::ExtractedArticle article;
  article.mutable_article()->set_uri("https://news.example/a?b=c");
  EXPECT_EQ(ReadSourceText(article).publisher, "news.example");
  article.mutable_article()->set_uri("urn:whatever");
  EXPECT_EQ(ReadSourceText(article).publisher, "");
  EXPECT_FALSE(IsOneSource(ReadSourceText(article), ReadSourceText(article)));
}

TEST(SourceTextTest, CopiesAndEditedCopiesAreOneSource) {
  EXPECT_TRUE(IsOneSource(TextOf("A", {kLong}), TextOf("B", {kLong})));
  EXPECT_TRUE(IsOneSource(TextOf("A", {kLong, kOther}), TextOf("B", {kLong})));
  EXPECT_TRUE(IsOneSource(TextOf("A", {kLong}), TextOf("B", {kEdited})));
  EXPECT_FALSE(IsOneSource(TextOf("A", {kLong, kOther}), TextOf("B", {kLong, kThird, kFourth})));
}

TEST(NumberSourcesTest, CountsInOrderAndJoinsCopiesOfCopies) {
  EXPECT_THAT(
      Number({TextOf("A", {kLong}), TextOf("B", {kOther}), TextOf("C", {kLong}), TextOf("B", {"New."})}),
      ElementsAre(1, 2, 1, 2));
  EXPECT_THAT(Number({}), ElementsAre());
}

TEST(SourceTextTest, SketchIsBounded) {
  std::vector<std::string> sentences;
  for (int i = 0; i < 1000; ++i)
    sentences.push_back("Sentence number " + std::to_string(i) + " of a very long list.");
  const SourceText text = TextOf("A", sentences);
  EXPECT_EQ(text.sentences.size(), SourceText::kMaxSentences);
  EXPECT_EQ(text.runs.size(), SourceText::kMaxRuns);
}

}  // namespace
}  // namespace treatywire::query
