// Which article this is, and which version of it: its limits, its id and its digest.
//
//   TW_RETURN_IF_ERROR(PrepareArticle(&article));   // id and digest are set: ready for Extractor::Extract
//
// Both id and digest derive from the article alone, so that a retry, another replica or another program gives
// the same article the same identity.
#ifndef TREATYWIRE_INGEST_SERVICE_ARTICLE_IDENTITY_H_
#define TREATYWIRE_INGEST_SERVICE_ARTICLE_IDENTITY_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "treatywire/v1/article.pb.h"

namespace treatywire::ingest {

// In bytes. Title and body: kMaxTitleBytes, kMaxBodyBytes (document/document_reader.h).
inline constexpr size_t kMaxArticleIdBytes = 128;
inline constexpr size_t kMaxUriBytes = 2048;
inline constexpr size_t kMaxPublisherBytes = 256;
inline constexpr size_t kMaxMimeTypeBytes = 256;
inline constexpr size_t kMaxLanguageBytes = 35;  // the longest tag that BCP 47 asks programs to take

// Holds `article` to what article.proto says of each field. Returns INVALID_ARGUMENT with a field violation
// that names the first field at fault ("article.body"). `content_digest` is not looked at: it is output only.
absl::Status ValidateArticle(const treatywire::v1::Article& article);

// The id of an article that came without one: "u-" and the first 24 hexadecimal digits of the SHA-256 of its
// uri, or "c-" and those of its content digest where it has no uri.
std::string DeriveArticleId(const treatywire::v1::Article& article);

// "sha256:" and the SHA-256 of article_id, uri, publisher, title, body, mime_type, publish_time and language,
// in this order, each preceded by its length as eight bytes, the highest first. publish_time counts as its
// decimal seconds, a dot and nine digits of nanoseconds, as nothing where it is unset.
std::string ContentDigest(const treatywire::v1::Article& article);

// Validates `article`, derives its id where it has none, and sets its digest (whatever it held).
absl::Status PrepareArticle(treatywire::v1::Article* article);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_ARTICLE_IDENTITY_H_
