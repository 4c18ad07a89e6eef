#include "ingest_service/document/html_tokenizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace treatywire::ingest {
namespace {

using testing::ElementsAre;

// "text", "<name>", "</name>", in the order of the source, of which the tokens are stretches in order.
std::vector<std::string> Tokens(absl::string_view source) {
  std::vector<std::string> shown;
  HtmlTokenizer tokenizer(source);
  uint32_t last = 0;
  for (HtmlToken token; tokenizer.Next(token);) {
    EXPECT_LE(last, token.source.begin);
    EXPECT_LT(token.source.begin, token.source.end);
    last = token.source.end;
    EXPECT_LE(last, source.size());
    const absl::string_view cut = source.substr(token.source.begin, token.source.end - token.source.begin);
    switch (token.kind) {
      case HtmlToken::Kind::kText:
        shown.emplace_back(cut);
        break;
      case HtmlToken::Kind::kStartTag:
        shown.push_back(absl::StrCat("<", token.name, token.self_closing ? "/>" : ">"));
        break;
      case HtmlToken::Kind::kEndTag:
        shown.push_back(absl::StrCat("</", token.name, ">"));
        break;
    }
  }
  return shown;
}

HtmlToken First(absl::string_view source) {
  HtmlToken token;
  EXPECT_TRUE(HtmlTokenizer(source).Next(token)) << source;
  return token;
}

TEST(HtmlTokenizerTest, TagsAndTextAreCut) {
  EXPECT_THAT(Tokens("a<p class=x>b</p >c<br/>"), ElementsAre("a", "<p>", "b", "</p>", "c", "<br/>"));
  EXPECT_THAT(Tokens(""), ElementsAre());
}

TEST(HtmlTokenizerTest, AnglesThatBeginNoTagAreText) {
  EXPECT_THAT(Tokens("a < b <3 c<"), ElementsAre("a < b <3 c<"));
  EXPECT_THAT(Tokens("</ p>x"), ElementsAre("</ p>x"));
}

TEST(HtmlTokenizerTest, CommentsAndDeclarationsArePassedOver) {
  EXPECT_THAT(Tokens("<!DOCTYPE html>a<!-- <p> -- -->b<?php x ?>c</>d<!-->e<!--->f<!--x--!>g"),
              ElementsAre("a", "b", "c", "d", "e", "f", "g"));
  EXPECT_THAT(Tokens("a<!-- never closed <p>"), ElementsAre("a"));
  EXPECT_THAT(Tokens("a<!x"), ElementsAre("a"));
}

TEST(HtmlTokenizerTest, RawTextIsPassedOverToItsEndTag) {
  EXPECT_THAT(Tokens("<script>if (a<b) '</p>'</SCRIPT >x"), ElementsAre("<script>", "</SCRIPT>", "x"));
  EXPECT_THAT(Tokens("<style>p</styles></style>x"), ElementsAre("<style>", "</style>", "x"));
  EXPECT_THAT(Tokens("<title>never closed"), ElementsAre("<title>"));
}

TEST(HtmlTokenizerTest, AttributesAreReadInEveryNotation) {
  EXPECT_EQ(First("<p class='a b'>").class_names, "a b");
  EXPECT_EQ(First("<p CLASS = \"a>b\" id=x>").class_names, "a>b");
  EXPECT_EQ(First("<p class=share>").class_names, "share");
  EXPECT_EQ(First("<p id=x>").class_names, "");
  EXPECT_TRUE(First("<div hidden>").hidden);
  EXPECT_TRUE(First("<div hidden=\"\" id=a>").hidden);
  EXPECT_FALSE(First("<div data-hidden>").hidden);
  EXPECT_FALSE(First("<div title=hidden>").hidden);
  EXPECT_TRUE(First("<p/x/>").self_closing);
}

TEST(HtmlTokenizerTest, SpansAreBounded) {
  const auto spans = [](absl::string_view source) {
    const HtmlToken token = First(source);
    return std::make_pair(token.colspan, token.rowspan);
  };
  EXPECT_EQ(spans("<td colspan=3 rowspan='2'>"), std::make_pair(uint16_t{3}, uint16_t{2}));
  EXPECT_EQ(spans("<td colspan=0 rowspan=x>"), std::make_pair(uint16_t{1}, uint16_t{1}));
  EXPECT_EQ(spans("<td colspan=99999999999999999999>"), std::make_pair(kMaxSpan, uint16_t{1}));
}

TEST(HtmlTokenizerTest, WhatIsNotClosedReachesToTheEnd) {
  EXPECT_THAT(Tokens("a<p class=\"never closed>b</p>"), ElementsAre("a", "<p>"));
  EXPECT_THAT(Tokens("a<p"), ElementsAre("a", "<p>"));
  EXPECT_THAT(Tokens("a</p"), ElementsAre("a", "</p>"));
  EXPECT_THAT(Tokens("<p a="), ElementsAre("<p>"));
}

TEST(HtmlTokenizerTest, TagsAreKnownInAnyLetterCase) {
  EXPECT_EQ(FindHtmlTag("BlockQuote"), HtmlTag::kBlock);
  EXPECT_EQ(FindHtmlTag("H3"), HtmlTag::kHeading);
  EXPECT_EQ(First("<h3>").heading_level, 3);
  EXPECT_EQ(FindHtmlTag("span"), HtmlTag::kInline);
  EXPECT_EQ(FindHtmlTag("made-up-element"), HtmlTag::kInline);
  EXPECT_EQ(FindHtmlTag(""), HtmlTag::kInline);
}

TEST(HtmlTokenizerTest, SeekGoesBack) {
  HtmlTokenizer tokenizer("<p>a</p>");
  HtmlToken token;
  ASSERT_TRUE(tokenizer.Next(token));
  const uint32_t after = token.source.end;
  ASSERT_TRUE(tokenizer.Next(token));
  ASSERT_TRUE(tokenizer.Next(token));
  tokenizer.Seek(after);
  ASSERT_TRUE(tokenizer.Next(token));
  EXPECT_EQ(token.source, (ByteSpan{3, 4}));
}

}  // namespace
}  // namespace treatywire::ingest
