#include "ingest_service/document/norm_form.h"

#include <gtest/gtest.h>

#include <string>

#include "ingest_service/document/utf8.h"

namespace treatywire::ingest {
namespace {

TEST(NormFormTest, LettersAreLowerAndBare) {
  EXPECT_EQ(NormForm("Côte d’Ivoire"), "cote d'ivoire");
  EXPECT_EQ(NormForm("ŁÓDŹ"), "lodz");
  EXPECT_EQ(NormForm("São Tomé"), "sao tome");
  EXPECT_EQ(NormForm("Þingvellir, Øresund, Straße, Æther, Œuvre, Đà"),
            "thingvellir, oresund, strasse, aether, oeuvre, da");
  EXPECT_EQ(NormForm("Diyarbakır"), "diyarbakir");
  EXPECT_EQ(NormForm("МОСКВА"), "москва");
}

TEST(NormFormTest, ComposedAndDecomposedAccentsAreOne) {
  EXPECT_EQ(NormForm("e\xCC\x81te\xCC\x81"), "ete");
  EXPECT_EQ(NormForm("été"), NormForm("e\xCC\x81te\xCC\x81"));
  EXPECT_EQ(NormForm("\xEA\xB0\x80"),
            NormForm("\xE1\x84\x80\xE1\x85\xA1"));  // Hangul syllable and its letters
}

TEST(NormFormTest, DashesAndQuotesAreThoseOfAscii) {
  EXPECT_EQ(NormForm("Franco\xE2\x80\x91Russian"), "franco-russian");
  EXPECT_EQ(NormForm("1994\xE2\x80\x93"
                     "97"),
            "1994-97");
  EXPECT_EQ(NormForm("\xE2\x80\x9CYes\xE2\x80\x9D \xC2\xABNo\xC2\xBB"), "\"yes\" \"no\"");
  EXPECT_EQ(NormForm("`x\xC2\xB4"), "'x'");
}

TEST(NormFormTest, InvisibleCharactersAreGone) {
  EXPECT_EQ(NormForm("agree\xC2\xADment"), "agreement");
  EXPECT_EQ(NormForm("\xEF\xBB\xBFpact\xE2\x80\x8B"), "pact");
}

TEST(NormFormTest, CompatibilityFormsAreResolved) {
  EXPECT_EQ(NormForm("\xEF\xAC\x81sheries"), "fisheries");  // ligature fi
  EXPECT_EQ(NormForm("\xEF\xBC\xAE\xEF\xBC\xA1"), "na");    // full width
  EXPECT_EQ(NormForm("1\xE2\x81\xB4"), "14");               // superscript
}

TEST(NormFormTest, SpacesAndDotsStay) { EXPECT_EQ(NormForm("U.S. \tA"), "u.s. \ta"); }

// Unicode has characters that decompose to eighteen; each has some norm that is text, and taking the norm
// twice changes nothing.
TEST(NormFormTest, NormOfEveryCharacterIsStable) {
  for (char32_t value = 1; value <= 0x10FFFF; ++value) {
    if (value == 0xD800) value = 0xE000;
    char bytes[4];
    const absl::string_view text(bytes, EncodeUtf8(value, bytes));
    const std::string norm = NormForm(text);
    ASSERT_EQ(FindInvalidUtf8(norm), absl::string_view::npos) << static_cast<uint32_t>(value);
    ASSERT_EQ(NormForm(norm), norm) << static_cast<uint32_t>(value);
  }
}

}  // namespace
}  // namespace treatywire::ingest
