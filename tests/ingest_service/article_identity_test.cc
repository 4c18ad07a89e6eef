#include "ingest_service/article_identity.h"

#include <gtest/gtest.h>

#include <string>

#include "common/status.h"
#include "ingest_service/document/document_reader.h"

namespace treatywire::ingest {
namespace {

using treatywire::v1::Article;

Article ValidArticle() {
  Article article;
  article.set_publisher("The Baltic Courier");
  article.set_title("Pact ends");
  article.set_body("It ended.");
  article.mutable_publish_time()->set_seconds(1'709'294'400);
  article.mutable_publish_time()->set_nanos(500'000'000);
  article.set_language("en");
  return article;
}

// The field that `status` names, "" where it is no field violation.
std::string FieldAtFault(const absl::Status& status) {
  if (status.code() != absl::StatusCode::kInvalidArgument || !GetBadRequest(status).has_value()) return "";
  return GetBadRequest(status)->field_violations(0).field();
}

template <typename Change>
std::string FieldAtFaultAfter(Change change) {
  Article article = ValidArticle();
  change(article);
  return FieldAtFault(ValidateArticle(article));
}

// The expected values of the next three were computed with Python's hashlib.
TEST(ArticleIdentityTest, IdDerivesFromContentWhereThereIsNoUri) {
  Article article = ValidArticle();
  ASSERT_TRUE(PrepareArticle(&article).ok());
  EXPECT_EQ(article.article_id(), "c-a2b0599ef169eeed60fe411a");
  EXPECT_EQ(article.content_digest(),
            "sha256:5bc8c30b8b43755783baec94f2230c226f3df3c44e31cc9e743a16c3d2f118cc");
}

TEST(ArticleIdentityTest, IdDerivesFromTheUriWhereThereIsOne) {
  Article article;
  article.set_uri("https://example.org/news/1");
  article.set_body("It ended.");
  ASSERT_TRUE(PrepareArticle(&article).ok());
  EXPECT_EQ(article.article_id(), "u-809e5c5700222b3a96d6e428");
  EXPECT_EQ(article.content_digest(),
            "sha256:5737ab7a7dc7aa7217a8855c430e87d4676ae096ed8cd48a8fd908efb9c76aa4");
}

TEST(ArticleIdentityTest, LaterVersionOfAUriHasTheSameIdAndAnotherDigest) {
  Article first = ValidArticle();
  first.set_uri("https://example.org/news/1");
  Article second = first;
  second.set_body("It did not end.");
  ASSERT_TRUE(PrepareArticle(&first).ok());
  ASSERT_TRUE(PrepareArticle(&second).ok());
  EXPECT_EQ(first.article_id(), "u-809e5c5700222b3a96d6e428");
  EXPECT_EQ(second.article_id(), first.article_id());
  EXPECT_NE(second.content_digest(), first.content_digest());
}

TEST(ArticleIdentityTest, GivenIdIsKeptAndGivenDigestIsNot) {
  Article article = ValidArticle();
  article.set_article_id("courier.2024-03_01~a:7");
  article.set_content_digest("sha256:made-up");
  ASSERT_TRUE(PrepareArticle(&article).ok());
  EXPECT_EQ(article.article_id(), "courier.2024-03_01~a:7");
  EXPECT_EQ(article.content_digest(), ContentDigest(article));
  EXPECT_EQ(article.content_digest().size(), 7u + 64u);
}

TEST(ArticleIdentityTest, PreparingTwiceChangesNothing) {
  Article article = ValidArticle();
  ASSERT_TRUE(PrepareArticle(&article).ok());
  const std::string once = article.SerializeAsString();
  ASSERT_TRUE(PrepareArticle(&article).ok());
  EXPECT_EQ(article.SerializeAsString(), once);
}

TEST(ArticleIdentityTest, EveryFieldAndItsBordersCountForTheDigest) {
  const std::string digest = ContentDigest(ValidArticle());
  const auto digest_after = [](auto change) {
    Article article = ValidArticle();
    change(article);
    return ContentDigest(article);
  };
  EXPECT_NE(digest_after([](Article& a) { a.set_article_id("x"); }), digest);
  EXPECT_NE(digest_after([](Article& a) { a.set_uri("x:y"); }), digest);
  EXPECT_NE(digest_after([](Article& a) { a.set_publisher("x"); }), digest);
  EXPECT_NE(digest_after([](Article& a) { a.set_title("x"); }), digest);
  EXPECT_NE(digest_after([](Article& a) { a.set_body("x"); }), digest);
  EXPECT_NE(digest_after([](Article& a) { a.set_mime_type("text/html"); }), digest);
  EXPECT_NE(digest_after([](Article& a) { a.mutable_publish_time()->set_nanos(0); }), digest);
  EXPECT_NE(digest_after([](Article& a) { a.clear_publish_time(); }), digest);
  EXPECT_NE(digest_after([](Article& a) { a.set_language("en-GB"); }), digest);
  EXPECT_EQ(digest_after([](Article& a) { a.set_content_digest("x"); }), digest);
  // A letter that moves from one field to the next.
  EXPECT_NE(digest_after([](Article& a) {
              a.set_title("Pact end");
              a.set_body("sIt ended.");
            }),
            digest);
}

TEST(ValidateArticleTest, TakesAnArticleOfBodyAloneAndOfEveryField) {
  Article article;
  article.set_body("x");
  EXPECT_EQ(ValidateArticle(article), absl::OkStatus());
  EXPECT_EQ(ValidateArticle(ValidArticle()), absl::OkStatus());
}

TEST(ValidateArticleTest, EachTextIsTakenAtItsMaximumAndRefusedPastIt) {
  const auto field_at_fault_with = [](void (Article::*set)(std::string &&), std::string text) {
    Article article = ValidArticle();
    (article.*set)(std::move(text));
    return FieldAtFault(ValidateArticle(article));
  };
  const auto text = [](size_t bytes) { return std::string(bytes, 'x'); };
  const auto uri = [](size_t bytes) { return "x:" + std::string(bytes - 2, 'y'); };
  const auto language = [](size_t bytes) { return "en-" + std::string(bytes - 3, 'x'); };
  const auto mime_type = [](size_t bytes) { return "text/plain" + std::string(bytes - 10, ' '); };
  const auto set_id = &Article::set_article_id<std::string>;
  EXPECT_EQ(field_at_fault_with(set_id, text(128)), "");
  EXPECT_EQ(field_at_fault_with(set_id, text(129)), "article.article_id");
  EXPECT_EQ(field_at_fault_with(&Article::set_uri<std::string>, uri(2048)), "");
  EXPECT_EQ(field_at_fault_with(&Article::set_uri<std::string>, uri(2049)), "article.uri");
  EXPECT_EQ(field_at_fault_with(&Article::set_publisher<std::string>, text(256)), "");
  EXPECT_EQ(field_at_fault_with(&Article::set_publisher<std::string>, text(257)), "article.publisher");
  EXPECT_EQ(field_at_fault_with(&Article::set_title<std::string>, text(kMaxTitleBytes)), "");
  EXPECT_EQ(field_at_fault_with(&Article::set_title<std::string>, text(kMaxTitleBytes + 1)), "article.title");
  EXPECT_EQ(field_at_fault_with(&Article::set_body<std::string>, text(kMaxBodyBytes)), "");
  EXPECT_EQ(field_at_fault_with(&Article::set_body<std::string>, text(kMaxBodyBytes + 1)), "article.body");
  EXPECT_EQ(field_at_fault_with(&Article::set_mime_type<std::string>, mime_type(256)), "");
  EXPECT_EQ(field_at_fault_with(&Article::set_mime_type<std::string>, mime_type(257)), "article.mime_type");
  EXPECT_EQ(field_at_fault_with(&Article::set_language<std::string>, language(35)), "");
  EXPECT_EQ(field_at_fault_with(&Article::set_language<std::string>, language(36)), "article.language");
}

TEST(ValidateArticleTest, EmptyAndBlankBodiesAreRefused) {
  EXPECT_EQ(FieldAtFaultAfter([](Article& a) { a.clear_body(); }), "article.body");
  EXPECT_EQ(FieldAtFaultAfter([](Article& a) { a.set_body(" \t\r\n"); }), "article.body");
}

TEST(ValidateArticleTest, EveryTextMustBeUtf8) {
  EXPECT_EQ(FieldAtFaultAfter([](Article& a) { a.set_uri("x:\xff"); }), "article.uri");
  EXPECT_EQ(FieldAtFaultAfter([](Article& a) { a.set_publisher("\xff"); }), "article.publisher");
  EXPECT_EQ(FieldAtFaultAfter([](Article& a) { a.set_title("\xc3("); }), "article.title");
  EXPECT_EQ(FieldAtFaultAfter([](Article& a) { a.set_body("caf\xe9"); }), "article.body");
}

TEST(ValidateArticleTest, IdsKeepToTheirCharacters) {
  EXPECT_EQ(FieldAtFaultAfter([](Article& a) { a.set_article_id("AZaz09._~:-"); }), "");
  for (const char* id : {"a/b", "a b", "a\n", "caf\u00e9", "a%20", "*"}) {
    EXPECT_EQ(FieldAtFaultAfter([id](Article& a) { a.set_article_id(id); }), "article.article_id") << id;
  }
}

TEST(ValidateArticleTest, UrisAreAbsolute) {
  for (const char* uri :
       {"https://example.org/a?b=c#d", "urn:isbn:1", "tag:x,2024:y", "https://b\u00fccher.example/"}) {
    EXPECT_EQ(FieldAtFaultAfter([uri](Article& a) { a.set_uri(uri); }), "") << uri;
  }
  for (const char* uri :
       {"example.org/a", "/a/b", "https:", ":x", "1a:b", "https://a b", "https://a\x7f", "ht tp://a"}) {
    EXPECT_EQ(FieldAtFaultAfter([uri](Article& a) { a.set_uri(uri); }), "article.uri") << uri;
  }
}

TEST(ValidateArticleTest, MimeTypesAreThoseThatAreRead) {
  for (const char* type :
       {"", "text/plain", "text/html; charset=utf-8", "TEXT/MARKDOWN", "application/xhtml+xml"}) {
    EXPECT_EQ(FieldAtFaultAfter([type](Article& a) { a.set_mime_type(type); }), "") << type;
  }
  for (const char* type : {"application/pdf", "html", "text/html; charset=latin-1"}) {
    EXPECT_EQ(FieldAtFaultAfter([type](Article& a) { a.set_mime_type(type); }), "article.mime_type") << type;
  }
}

TEST(ValidateArticleTest, PublishTimeIsWithinTheYears1000To2999) {
  const auto field_at_fault_at = [](int64_t seconds, int32_t nanos) {
    return FieldAtFaultAfter([&](Article& a) {
      a.mutable_publish_time()->set_seconds(seconds);
      a.mutable_publish_time()->set_nanos(nanos);
    });
  };
  EXPECT_EQ(field_at_fault_at(-30'610'224'000, 0), "");
  EXPECT_EQ(field_at_fault_at(-30'610'224'001, 999'999'999), "article.publish_time");
  EXPECT_EQ(field_at_fault_at(32'503'679'999, 999'999'999), "");
  EXPECT_EQ(field_at_fault_at(32'503'680'000, 0), "article.publish_time");
  EXPECT_EQ(field_at_fault_at(0, -1), "article.publish_time");
  EXPECT_EQ(field_at_fault_at(0, 1'000'000'000), "article.publish_time");
}

TEST(ValidateArticleTest, LanguageIsEnglishOrUnset) {
  for (const char* language : {"", "en", "EN", "en-GB", "en-Latn-US"}) {
    EXPECT_EQ(FieldAtFaultAfter([language](Article& a) { a.set_language(language); }), "") << language;
  }
  for (const char* language : {"de", "english", "en-", "en_GB", "en-G B"}) {
    EXPECT_EQ(FieldAtFaultAfter([language](Article& a) { a.set_language(language); }), "article.language")
        << language;
  }
}

}  // namespace
}  // namespace treatywire::ingest
