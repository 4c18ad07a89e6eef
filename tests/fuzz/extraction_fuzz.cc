// The whole extraction: any article gives a status or an extraction that the query service would store, whose
// evidence is where it says.
#include <memory>
#include <string>
#include <utility>

#include "ingest_service/article_identity.h"
#include "ingest_service/extraction/extractor.h"
#include "query_service/extraction_validation.h"
#include "tests/fuzz/article_input.h"
#include "tests/fuzz/fuzz_target.h"

namespace treatywire::ingest {
namespace {

using treatywire::v1::AgreementEvent;
using treatywire::v1::Article;
using treatywire::v1::ExtractedArticle;

const Extractor& BuiltInExtractor() {
  static const Extractor* const extractor = [] {
    absl::StatusOr<std::unique_ptr<const Lexicon>> lexicon = Lexicon::BuiltIn();
    RequirePromise(lexicon.ok(), lexicon.status().ToString());
    absl::StatusOr<std::unique_ptr<const Extractor>> made = Extractor::Create(*std::move(lexicon));
    RequirePromise(made.ok(), made.status().ToString());
    return made->release();
  }();
  return *extractor;
}

void CheckEvidence(const AgreementEvent& event, const Article& article) {
  const auto begin = static_cast<size_t>(event.evidence().begin_byte());
  const auto end = static_cast<size_t>(event.evidence().end_byte());
  const size_t longest = std::max(article.body().size(), article.title().size());
  RequirePromise(begin < end && end <= longest, event.event_id(), ": evidence at [", begin, ", ", end, ")");
}

void ExtractOne(const ArticleInput& input) {
  Article article;
  article.set_title(std::string(input.title));
  article.set_body(std::string(input.body));
  article.set_mime_type(std::string(input.mime_name));
  article.set_publisher("fuzz");
  article.mutable_publish_time()->set_seconds(1700000000);
  if (!PrepareArticle(&article).ok()) return;
  const absl::StatusOr<ExtractedArticle> extraction = BuiltInExtractor().Extract(article);
  if (!extraction.ok()) {
    RequirePromise(absl::IsInvalidArgument(extraction.status()), extraction.status().ToString());
    return;
  }
  const absl::Status valid = query::ValidateExtraction(*extraction);
  RequirePromise(valid.ok(), valid.ToString());
  for (const AgreementEvent& event : extraction->events()) CheckEvidence(event, article);
}

}  // namespace
}  // namespace treatywire::ingest

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  treatywire::ingest::ExtractOne({data, size});
  return 0;
}
