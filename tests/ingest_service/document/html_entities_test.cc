#include "ingest_service/document/html_entities.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/ingest_service/document/document_promises.h"

namespace treatywire::ingest {
namespace {

// What the reference at the beginning of `text` decodes to and how much is left; "none" where there is none.
std::string Decode(absl::string_view text) {
  const CharacterReference reference = DecodeCharacterReference(text);
  if (reference.source_bytes == 0) return "none";
  return absl::StrCat(reference.text(), "+", text.substr(reference.source_bytes));
}

TEST(HtmlEntitiesTest, NamesAreDecoded) {
  EXPECT_EQ(Decode("&amp;x"), "&+x");
  EXPECT_EQ(Decode("&eacute;t"), "é+t");
  EXPECT_EQ(Decode("&rsquo;s"), "’+s");
  EXPECT_EQ(Decode("&CounterClockwiseContourIntegral;"), "∳+");
  EXPECT_EQ(Decode("&NotEqualTilde;"), "\xE2\x89\x82\xCC\xB8+");  // two characters
  EXPECT_EQ(Decode("&fjlig;"), "fj+");
}

TEST(HtmlEntitiesTest, OldNamesNeedNoSemicolon) {
  EXPECT_EQ(Decode("&eacutet"), "é+t");
  EXPECT_EQ(Decode("&ampere"), "&+ere");
  EXPECT_EQ(Decode("&notit;"), "¬+it;");
  EXPECT_EQ(Decode("&notin;"), "∉+");
  EXPECT_EQ(Decode("&rsquo s"), "none");  // a newer one
}

TEST(HtmlEntitiesTest, NumbersAreDecoded) {
  EXPECT_EQ(Decode("&#8209;"), "\xE2\x80\x91+");
  EXPECT_EQ(Decode("&#x2011;"), "\xE2\x80\x91+");
  EXPECT_EQ(Decode("&#X41g"), "A+g");
  EXPECT_EQ(Decode("&#65"), "A+");
  EXPECT_EQ(Decode("&#x1F600;"), "\xF0\x9F\x98\x80+");
}

TEST(HtmlEntitiesTest, NumbersOfNoCharacterBecomeWhatBrowsersMakeOfThem) {
  EXPECT_EQ(Decode("&#0;"), "\xEF\xBF\xBD+");
  EXPECT_EQ(Decode("&#xD800;"), "\xEF\xBF\xBD+");
  EXPECT_EQ(Decode("&#1114112;"), "\xEF\xBF\xBD+");
  EXPECT_EQ(Decode("&#99999999999999999999999999;"), "\xEF\xBF\xBD+");
  EXPECT_EQ(Decode("&#146;"), "’+");  // Windows-1252
  EXPECT_EQ(Decode("&#128;"), "€+");
}

TEST(HtmlEntitiesTest, AmpersandsOfTextAreNone) {
  for (const absl::string_view text :
       {"&", "& b", "&;", "&#;", "&#x;", "&#xg", "&unknown;", "&1", "&&amp;"}) {
    EXPECT_EQ(Decode(text), "none") << text;
  }
}

// gumbo implements the standard on its own.
TEST(HtmlEntitiesTest, RandomReferencesAreDecodedAsABrowserWould) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937 random(seed);
  const std::string stems[] = {"amp",  "lt",     "not",  "notin", "nbsp",   "eacute", "hellip",
                               "copy", "curren", "sup1", "sup",   "frac12", "AMP",    "thorn",
                               "#8",   "#x20",   "#x9",  "#15",   "ndash",  "mdash",  "bull",
                               "yuml", "uml",    "ang",  "angst"};
  for (int i = 0; i < 5000; ++i) {
    std::string text = "&" + stems[random() % std::size(stems)];
    for (uint32_t letters = random() % 3; letters > 0; --letters) text += "1a;x"[random() % 4];
    const CharacterReference reference = DecodeCharacterReference(text);
    const std::string decoded = reference.source_bytes == 0
                                    ? text
                                    : absl::StrCat(reference.text(), text.substr(reference.source_bytes));
    ASSERT_EQ(TextOfHtml("x" + text), "x" + decoded) << text;
  }
}

}  // namespace
}  // namespace treatywire::ingest
