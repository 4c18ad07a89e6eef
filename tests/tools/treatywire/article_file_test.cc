#include "tools/treatywire/article_file.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"

namespace treatywire::tools {
namespace {

using treatywire::v1::Article;

Article Parse(const std::string& text) {
  Article article;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &article)) << text;
  return article;
}

void ExpectArticle(const absl::StatusOr<Article>& article, const std::string& expected) {
  ASSERT_TRUE(article.ok()) << article.status();
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*article, Parse(expected)))
      << article->DebugString();
}

void ExpectRefused(const absl::StatusOr<Article>& article, absl::string_view message) {
  EXPECT_EQ(article.status(), absl::InvalidArgumentError(message));
}

TEST(ReadArticleFileTest, ReadsTextUnderAFrontMatter) {
  ExpectArticle(ReadArticleFile("a.txt",
                                "---\n"
                                "id: wire-1\n"
                                "publisher: Harbour Wire\n"
                                "published: 2019-02-02\n"
                                "uri: https://harbourwire.example/inf\n"
                                "title: \"Both sides: out\"\n"
                                "language: en\n"
                                "---\n"
                                "WASHINGTON - It is over.\n"),
                R"pb(article_id: "wire-1"
                     publisher: "Harbour Wire"
                     publish_time { seconds: 1549108800 }
                     uri: "https://harbourwire.example/inf"
                     title: "Both sides: out"
                     language: "en"
                     mime_type: "text/plain"
                     body: "WASHINGTON - It is over.\n")pb");
}

TEST(ReadArticleFileTest, TakesAFileWithoutFrontMatterAsItIs) {
  ExpectArticle(ReadArticleFile("a.md", "# One\n\n---\n\nTwo\n"), R"pb(mime_type: "text/markdown"
                                                                       body: "# One\n\n---\n\nTwo\n")pb");
}

TEST(ReadArticleFileTest, TakesWindowsLineEndsByteOrderMarksCommentsAndEmptyLines) {
  ExpectArticle(ReadArticleFile("a.txt", "\xEF\xBB\xBF---\r\n# mine\r\n\r\nTitle: T\r\n---\r\nText\r\n"),
                R"pb(title: "T" mime_type: "text/plain" body: "Text\r\n")pb");
}

TEST(ReadArticleFileTest, FillsAPageFromItsHeadAndKeepsTheWholeFileAsBody) {
  const std::string html =
      "<html lang=en><head><title>T</title><meta name=date content=2019-08-03>"
      "<meta name=publisher content=P></head><body><p>Text</p></body></html>";
  ExpectArticle(ReadArticleFile("a.html", html), absl::StrCat(R"pb(title: "T"
                                                                   publisher: "P"
                                                                   publish_time { seconds: 1564833600 }
                                                                   language: "en"
                                                                   mime_type: "text/html")pb",
                                                              " body: \"", html, "\""));
}

TEST(ReadArticleFileTest, TellsTheTypeByNameThenByContentUnlessTheCallerKnows) {
  EXPECT_EQ(ReadArticleFile("a.HTM", "x")->mime_type(), "text/html");
  EXPECT_EQ(ReadArticleFile("a.xhtml", "x")->mime_type(), "application/xhtml+xml");
  EXPECT_EQ(ReadArticleFile("page", " <!DOCTYPE html><p>x")->mime_type(), "text/html");
  EXPECT_EQ(ReadArticleFile("page", "x")->mime_type(), "text/plain");
  EXPECT_EQ(ReadArticleFile("a.txt", "x", "text/markdown")->mime_type(), "text/markdown");
}

TEST(ReadArticleFileTest, ReadsOneArticleAsJson) {
  ExpectArticle(
      ReadArticleFile("a.json", "{\n  \"body\": \"Text\",\n  \"publishTime\": \"2019-02-02T00:00:00Z\"\n}\n"),
      R"pb(body: "Text"
           publish_time { seconds: 1549065600 })pb");
}

TEST(ReadArticleFileTest, NamesTheLineOfAFrontMatterAtFault) {
  ExpectRefused(ReadArticleFile("a.txt", "---\ntitle: T\nText without end"),
                "line 3: the front matter's \"Text without end\" is no \"key: value\"");
  ExpectRefused(ReadArticleFile("a.txt", "---\ntitle: T\n"),
                "line 1: the front matter that begins here has no second \"---\"");
  ExpectRefused(ReadArticleFile("a.txt", "---\ntitle: T\ntitle: U\n---\nText"),
                "line 3: the key \"title\" is there twice");
  ExpectRefused(ReadArticleFile("a.txt", "---\ndate: 2019\n---\nText"),
                "line 2: the front matter has no key \"date\"; its keys are id, publisher, published, uri, "
                "title, language");
  ExpectRefused(
      ReadArticleFile("a.txt", "---\npublished: Friday\n---\nText"),
      "line 2: published: \"Friday\" is no day (2019-02-02) and no time with a zone (2019-02-02T08:30:00Z)");
}

TEST(ReadArticleFileTest, RefusesWhatIsNoText) {
  ExpectRefused(ReadArticleFile("a.txt", ""), "has no text");
  ExpectRefused(ReadArticleFile("a.txt", "---\ntitle: T\n---\n \n"), "has no text");
  ExpectRefused(ReadArticleFile("a.txt", "caf\xE9"), "is not UTF-8 text");
}

TEST(ReadArticleFileTest, TakesTheLargestFileAndRefusesALargerOne) {
  const std::string largest(kMaxArticleFileBytes, 'x');
  EXPECT_TRUE(ReadArticleFile("a.txt", largest).ok());
  ExpectRefused(ReadArticleFile("a.txt", largest + "x"),
                absl::StrCat("is larger than ", kMaxArticleFileBytes, " bytes"));
}

TEST(ReadArticleFileTest, EndsOnAMegabyteOfFencesAndColons) {
  std::string content = "---\n";
  for (int i = 0; i < 100'000; ++i) content += ":::\n";
  EXPECT_EQ(ReadArticleFile("a.txt", content).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(ReadArticleJsonTest, RefusesWhatIsNoArticle) {
  for (const char* line :
       {"", "{", "[]", "17", R"({"headline": "T"})", R"({"body": 17)", R"({"body": "a"} {"body": "b"})"}) {
    EXPECT_EQ(ReadArticleJson(line).status().code(), absl::StatusCode::kInvalidArgument) << line;
  }
}

TEST(ReadArticleJsonTest, EndsOnDeepNesting) {
  EXPECT_EQ(ReadArticleJson(std::string(1'000'000, '[')).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(ParsePublishTimeTest, TakesADayForItsNoon) {
  EXPECT_EQ(ParsePublishTime("2019-02-02")->seconds(), 1549108800);
}

TEST(ParsePublishTimeTest, TakesTimesWithAZone) {
  EXPECT_EQ(ParsePublishTime("2019-02-02T08:30:00Z")->seconds(), 1549096200);
  EXPECT_EQ(ParsePublishTime("2019-02-02T09:30:00+01:00")->seconds(), 1549096200);
  EXPECT_EQ(ParsePublishTime("2019-02-02T09:30+01:00")->seconds(), 1549096200);
  EXPECT_EQ(ParsePublishTime("2019-02-02T08:30:00.25Z")->nanos(), 250'000'000);
}

TEST(ParsePublishTimeTest, RefusesAnythingElse) {
  for (const char* text : {"", "2019", "2019-02-30", "2019-2-2", "2019-02-02T08:30:00", "02.02.2019",
                           "yesterday", "infinite-future", "99999-01-01T00:00:00Zx"}) {
    EXPECT_EQ(ParsePublishTime(text).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
}

TEST(FillFromTest, KeepsWhatTheArticleSays) {
  Article article = Parse("publisher: 'A'");
  FillFrom(Parse("publisher: 'B' language: 'en' publish_time { seconds: 1 }"), &article);
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(
      article, Parse("publisher: 'A' language: 'en' publish_time { seconds: 1 }")));
}

}  // namespace
}  // namespace treatywire::tools
