#include "ingest_service/document/mime_type.h"

#include <gtest/gtest.h>

namespace treatywire::ingest {
namespace {

void ExpectType(absl::string_view name, MimeType type) {
  const absl::StatusOr<MimeType> parsed = ParseMimeType(name);
  ASSERT_TRUE(parsed.ok()) << name << ": " << parsed.status();
  EXPECT_EQ(*parsed, type) << name;
}

TEST(MimeTypeTest, KnownTypesAreReadInAnyLetterCase) {
  ExpectType("text/plain", MimeType::kPlain);
  ExpectType("TEXT/HTML", MimeType::kHtml);
  ExpectType("application/xhtml+xml", MimeType::kHtml);
  ExpectType(" text/markdown ", MimeType::kMarkdown);
}

TEST(MimeTypeTest, EmptyIsPlainText) { ExpectType("", MimeType::kPlain); }

TEST(MimeTypeTest, ParametersAreTakenIfTheCharsetIsOneOfUtf8) {
  ExpectType("text/html; charset=UTF-8", MimeType::kHtml);
  ExpectType("text/html;charset=\"utf-8\"", MimeType::kHtml);
  ExpectType("text/plain; format=flowed; charset=us-ascii", MimeType::kPlain);
  ExpectType("text/markdown; variant=GFM", MimeType::kMarkdown);
}

TEST(MimeTypeTest, OthersAreRefusedByTheNameOfTheField) {
  for (const absl::string_view name :
       {"text/rtf", "application/pdf", "text", "text/html,text/plain", "html", "text/html charset=utf-8"}) {
    const absl::StatusOr<MimeType> parsed = ParseMimeType(name);
    EXPECT_EQ(parsed.status().code(), absl::StatusCode::kInvalidArgument) << name;
    EXPECT_EQ(parsed.status().message(),
              "mime_type: must be text/plain, text/html, application/xhtml+xml or text/markdown");
  }
}

TEST(MimeTypeTest, OtherCharsetsAreRefused) {
  for (const absl::string_view name :
       {"text/html; charset=iso-8859-1", "text/plain; charset=", "text/plain; charset=\"windows-1252\""}) {
    const absl::StatusOr<MimeType> parsed = ParseMimeType(name);
    EXPECT_EQ(parsed.status().code(), absl::StatusCode::kInvalidArgument) << name;
    EXPECT_EQ(parsed.status().message(), "mime_type: the charset must be UTF-8 or US-ASCII");
  }
}

}  // namespace
}  // namespace treatywire::ingest
