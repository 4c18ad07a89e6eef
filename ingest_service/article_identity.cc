#include "ingest_service/article_identity.h"

#include <openssl/evp.h>

#include <array>
#include <cassert>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/status.h"
#include "common/status_macros.h"
#include "common/utf8.h"
#include "ingest_service/document/document_reader.h"

namespace treatywire::ingest {
namespace {

using treatywire::v1::Article;

// 1000-01-01T00:00:00Z and the second before 3000-01-01T00:00:00Z.
constexpr int64_t kFirstPublishSecond = -30'610'224'000;
constexpr int64_t kLastPublishSecond = 32'503'679'999;
constexpr int32_t kLastNanosecond = 999'999'999;

constexpr size_t kIdDigits =
    24;  // 96 bits: no two of a billion articles share them, but for one chance in 10^11

// SHA-256 over what is added. OpenSSL's calls fail only where it has no memory or no SHA-256.
class Sha256 {
 public:
  Sha256() { Check(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr)); }

  void Add(absl::string_view bytes) { Check(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size())); }

  void AddWithLength(absl::string_view bytes) {
    std::array<char, 8> length = {};
    for (size_t i = 0; i < length.size(); ++i) {
      length[i] = static_cast<char>(static_cast<uint64_t>(bytes.size()) >> (8 * (length.size() - 1 - i)));
    }
    Add(absl::string_view(length.data(), length.size()));
    Add(bytes);
  }

  std::string HexDigest() {
    std::array<unsigned char, 32> digest = {};
    Check(EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr));
    return absl::BytesToHexString(
        absl::string_view(reinterpret_cast<const char*>(digest.data()), digest.size()));
  }

 private:
  static void Check(int result) {
    if (result != 1) std::abort();
  }

  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
};

std::string HexDigestOfFields(const Article& article) {
  Sha256 sha256;
  for (const std::string* field : {&article.article_id(), &article.uri(), &article.publisher(),
                                   &article.title(), &article.body(), &article.mime_type()}) {
    sha256.AddWithLength(*field);
  }
  sha256.AddWithLength(
      article.has_publish_time()
          ? absl::StrFormat("%d.%09d", article.publish_time().seconds(), article.publish_time().nanos())
          : "");
  sha256.AddWithLength(article.language());
  return sha256.HexDigest();
}

absl::Status ValidateText(absl::string_view field, absl::string_view text, size_t max_bytes) {
  if (text.size() > max_bytes) {
    return InvalidFieldError(field,
                             absl::StrCat("has ", text.size(), " bytes; at most ", max_bytes, " are taken"));
  }
  if (!IsValidUtf8(text)) return InvalidFieldError(field, "is not valid UTF-8");
  return absl::OkStatus();
}

absl::Status ValidateArticleId(absl::string_view id) {
  for (const char c : id) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c)) && !absl::StrContains("._~:-", c)) {
      return InvalidFieldError("article.article_id", "holds a character outside A-Z a-z 0-9 . _ ~ : -");
    }
  }
  return absl::OkStatus();
}

// A scheme, a colon and something after it, without spaces and control characters (RFC 3986 allows fewer
// characters; what publishers put on the web is wider).
absl::Status ValidateUri(absl::string_view uri) {
  if (uri.empty()) return absl::OkStatus();
  const absl::string_view scheme = uri.substr(0, std::min(uri.find(':'), uri.size()));
  bool valid = !scheme.empty() && scheme.size() + 1 < uri.size() &&
               absl::ascii_isalpha(static_cast<unsigned char>(scheme[0]));
  for (const char c : scheme) {
    valid = valid && (absl::ascii_isalnum(static_cast<unsigned char>(c)) || absl::StrContains("+-.", c));
  }
  for (const char c : uri) {
    const auto byte = static_cast<unsigned char>(c);
    valid = valid && byte > ' ' && byte != 0x7F;
  }
  return valid ? absl::OkStatus() : InvalidFieldError("article.uri", "is no absolute URI");
}

absl::Status ValidateBody(absl::string_view body) {
  if (body.empty()) return InvalidFieldError("article.body", "must not be empty");
  if (absl::StripAsciiWhitespace(body).empty()) return InvalidFieldError("article.body", "must not be blank");
  return absl::OkStatus();
}

absl::Status ValidatePublishTime(const google::protobuf::Timestamp& time) {
  if (time.seconds() < kFirstPublishSecond || time.seconds() > kLastPublishSecond) {
    return InvalidFieldError("article.publish_time", "is outside the years 1000 to 2999");
  }
  if (time.nanos() < 0 || time.nanos() > kLastNanosecond) {
    return InvalidFieldError("article.publish_time", "has nanos outside 0 to 999999999");
  }
  return absl::OkStatus();
}

absl::Status ValidateLanguage(absl::string_view language) {
  const bool english = language.empty() || absl::EqualsIgnoreCase(language, "en") ||
                       (absl::StartsWithIgnoreCase(language, "en-") && language.size() > 3);
  if (!english) {
    return InvalidFieldError("article.language", "is not read; only English (\"en\" and its regions) is");
  }
  for (const char c : language) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c)) && c != '-') {
      return InvalidFieldError("article.language", "is no BCP 47 tag");
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ValidateArticle(const Article& article) {
  TW_RETURN_IF_ERROR(ValidateText("article.article_id", article.article_id(), kMaxArticleIdBytes));
  TW_RETURN_IF_ERROR(ValidateText("article.uri", article.uri(), kMaxUriBytes));
  TW_RETURN_IF_ERROR(ValidateText("article.publisher", article.publisher(), kMaxPublisherBytes));
  TW_RETURN_IF_ERROR(ValidateText("article.title", article.title(), kMaxTitleBytes));
  TW_RETURN_IF_ERROR(ValidateText("article.body", article.body(), kMaxBodyBytes));
  TW_RETURN_IF_ERROR(ValidateText("article.mime_type", article.mime_type(), kMaxMimeTypeBytes));
  TW_RETURN_IF_ERROR(ValidateText("article.language", article.language(), kMaxLanguageBytes));
  TW_RETURN_IF_ERROR(ValidateArticleId(article.article_id()));
  TW_RETURN_IF_ERROR(ValidateUri(article.uri()));
  TW_RETURN_IF_ERROR(ValidateBody(article.body()));
  if (const absl::Status known = ParseMimeType(article.mime_type()).status(); !known.ok()) {
    return InvalidFieldError("article.mime_type", absl::StrCat("is not read: ", known.message()));
  }
  if (article.has_publish_time()) TW_RETURN_IF_ERROR(ValidatePublishTime(article.publish_time()));
  return ValidateLanguage(article.language());
}

std::string DeriveArticleId(const Article& article) {
  if (article.uri().empty()) return absl::StrCat("c-", HexDigestOfFields(article).substr(0, kIdDigits));
  Sha256 sha256;
  sha256.Add(article.uri());
  return absl::StrCat("u-", sha256.HexDigest().substr(0, kIdDigits));
}

std::string ContentDigest(const Article& article) {
  return absl::StrCat("sha256:", HexDigestOfFields(article));
}

absl::Status PrepareArticle(Article* article) {
  TW_RETURN_IF_ERROR(ValidateArticle(*article));
  if (article->article_id().empty()) article->set_article_id(DeriveArticleId(*article));
  article->set_content_digest(ContentDigest(*article));
  return absl::OkStatus();
}

}  // namespace treatywire::ingest
