// Reads articles: what each says happened to which agreement, as an ExtractedArticle.
//
//   auto extractor = Extractor::Create(std::move(*lexicon));
//   absl::StatusOr<treatywire::v1::ExtractedArticle> extraction = (*extractor)->Extract(article);
//
// Pure: the result depends on the article, the lexicon and this program's version alone. Immutable; any
// number of threads may call Extract.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_EXTRACTOR_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_EXTRACTOR_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ingest_service/lexicon/lexicon.h"
#include "treatywire/v1/article.pb.h"
#include "treatywire/v1/event.pb.h"

namespace treatywire::ingest {

// Most tokens and sentences of an article. Of prose, 4 MiB have 800,000 and 40,000.
inline constexpr size_t kMaxArticleTokens = 1 << 20;
inline constexpr size_t kMaxArticleSentences = 1 << 18;

class Extractor {
 public:
  static absl::StatusOr<std::unique_ptr<const Extractor>> Create(std::unique_ptr<const Lexicon> lexicon);

  // `article` with its id and digest set (ingest_service/article_identity.h). The answer carries it without
  // its body. Returns INVALID_ARGUMENT for what ReadDocument refuses: a body over its maximum, without text
  // or not UTF-8, an unknown mime type; and for more tokens or sentences than the maxima above.
  absl::StatusOr<treatywire::v1::ExtractedArticle> Extract(const treatywire::v1::Article& article) const;
  // The same into `*out`, for whoever does not keep it: what it held is gone, but its memory is used again,
  // so that one message for article after article asks for hardly any. It comes to hold as much as the
  // largest needed. Empty after an error.
  absl::Status Extract(const treatywire::v1::Article& article, treatywire::v1::ExtractedArticle* out) const;

  // What was seen in the article on the way to its events, as text to read (explanation.h). Returns what
  // Extract does.
  absl::StatusOr<std::string> Explain(const treatywire::v1::Article& article) const;

  // "0.1.0+1f2e3d4c": the program's version and the lexicon's fingerprint.
  const std::string& version() const { return version_; }
  const Lexicon& lexicon() const { return *lexicon_; }

 private:
  explicit Extractor(std::unique_ptr<const Lexicon> lexicon);

  std::unique_ptr<const Lexicon> lexicon_;
  std::string version_;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_EXTRACTOR_H_
