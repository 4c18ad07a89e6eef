#include "ingest_service/document/document.h"

#include <gtest/gtest.h>

#include "tests/ingest_service/document/document_text.h"

namespace treatywire::ingest {
namespace {

TEST(DocumentTest, TextHasSingleSpacesWhereTheTextHasWhiteSpace) {
  const Document document = MustRead("The  pact\n\tisn\xE2\x80\x99t dead (yet).", MimeType::kPlain);
  EXPECT_EQ(document.Text({0, static_cast<uint32_t>(document.tokens.size())}),
            "The pact isn\xE2\x80\x99t dead (yet).");
  EXPECT_EQ(document.Text({1, 3}), "pact is");
  EXPECT_EQ(document.Text({1, 1}), "");
}

TEST(DocumentTest, ViewsLiveOnInAMovedDocument) {
  Document first = MustRead("Caf&eacute; <b>pact</b> signed", MimeType::kHtml);
  Document second;
  second = std::move(first);
  EXPECT_EQ(second.Text({0, 3}), "Caf\xC3\xA9 pact signed");
}

TEST(DocumentTest, TokenSpansAreHalfOpen) {
  const TokenSpan span = {2, 5};
  EXPECT_EQ(span.size(), 3u);
  EXPECT_TRUE(span.Contains(2));
  EXPECT_FALSE(span.Contains(5));
  EXPECT_TRUE((TokenSpan{3, 3}).empty());
}

}  // namespace
}  // namespace treatywire::ingest
