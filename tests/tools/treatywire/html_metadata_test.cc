#include "tools/treatywire/html_metadata.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/string_view.h"

namespace treatywire::tools {
namespace {

TEST(HtmlMetadataTest, ReadsTheTagsOfTheHead) {
  const HtmlMetadata metadata = ReadHtmlMetadata(R"html(<!doctype html>
<html lang="en-GB"><head>
<title>Missiles &amp; men
  once more</title>
<META NAME=publisher content='Lowland Courier'>
<meta content="2019-08-03" name="date"/>
<link rel=canonical href="https://lowland.example/a?b=1&amp;c=2">
</head><body></body></html>)html");
  EXPECT_EQ(metadata.title, "Missiles & men once more");
  EXPECT_EQ(metadata.publisher, "Lowland Courier");
  EXPECT_EQ(metadata.publish_time, "2019-08-03");
  EXPECT_EQ(metadata.uri, "https://lowland.example/a?b=1&c=2");
  EXPECT_EQ(metadata.language, "en-GB");
}

TEST(HtmlMetadataTest, PrefersWhatIsSaidForReadersElsewhere) {
  const HtmlMetadata metadata = ReadHtmlMetadata(
      "<title>Treaty over | Lowland Courier</title><meta property='og:title' content='Treaty over'>"
      "<meta name=date content=2019><meta property='article:published_time' content='2019-08-03T06:00:00Z'>"
      "<meta property='og:site_name' content='Lowland Courier'><meta property='og:url' "
      "content='https://a.example/'>");
  EXPECT_EQ(metadata.title, "Treaty over");
  EXPECT_EQ(metadata.publish_time, "2019-08-03T06:00:00Z");
  EXPECT_EQ(metadata.publisher, "Lowland Courier");
  EXPECT_EQ(metadata.uri, "https://a.example/");
}

TEST(HtmlMetadataTest, KeepsTheFirstOfTwo) {
  EXPECT_EQ(ReadHtmlMetadata("<meta name=publisher content=A><meta name=publisher content=B>").publisher,
            "A");
}

TEST(HtmlMetadataTest, TakesNothingFromTheBodyNorFromComments) {
  const HtmlMetadata metadata = ReadHtmlMetadata(
      "<!-- <meta name=publisher content=Comment> --><script>'<meta name=publisher content=Script>'</script>"
      "<body><meta name=publisher content=Body><title>No</title>");
  EXPECT_EQ(metadata.publisher, "");
  EXPECT_EQ(metadata.title, "");
}

TEST(HtmlMetadataTest, EndsOnTagsThatDoNotEnd) {
  for (const char* html : {"<meta", "<meta name", "<meta name=", "<meta name='", "<meta name=\"date",
                           "<meta = = =>", "<title>", "<title>open", "<meta / / name=date content",
                           "<html lang", "<", "&", "<link rel=canonical href=&#x"}) {
    const HtmlMetadata metadata = ReadHtmlMetadata(html);
    EXPECT_EQ(metadata.publish_time, "") << html;
  }
}

TEST(HtmlMetadataTest, ReadsAMegabyteOfAttributesOnce) {
  std::string html = "<meta";
  for (int i = 0; i < 100'000; ++i) html += " a=b c";
  html += " name=publisher content=End>";
  EXPECT_EQ(ReadHtmlMetadata(html).publisher, "End");
}

}  // namespace
}  // namespace treatywire::tools
