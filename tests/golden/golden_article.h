// An article written for the tests with what a careful reader takes from it (tests/golden/articles,
// README.md).
#ifndef TREATYWIRE_TESTS_GOLDEN_GOLDEN_ARTICLE_H_
#define TREATYWIRE_TESTS_GOLDEN_GOLDEN_ARTICLE_H_

#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "treatywire/v1/article.pb.h"

namespace treatywire::golden {

struct GoldenAgreement {
  std::string id;
  std::set<std::string> parties;
  bool multilateral = false;
  std::vector<std::string> names;
  std::string subject;  // "PEACE"
  std::string signed_edtf;
};

struct GoldenEvent {
  std::string agreement;  // GoldenAgreement::id
  std::string type;       // "SIGNED"
  std::set<std::string> actors;
  std::string date_edtf;
  std::string modality;  // "ASSERTED"
  std::string cue;
};

struct GoldenArticle {
  treatywire::v1::Article article;  // id and digest set: ready for the extractor
  std::vector<GoldenAgreement> agreements;
  std::vector<GoldenEvent> events;
};

// The article of one JSON text. Returns INVALID_ARGUMENT where it is no such text: not JSON, no valid
// article, an event of an agreement that is not listed, a cue that is not in the article.
absl::StatusOr<GoldenArticle> ParseGoldenArticle(absl::string_view json);

// All of a folder's "*.json", by name. Returns NOT_FOUND where there are none, else as ParseGoldenArticle.
absl::StatusOr<std::vector<GoldenArticle>> ReadGoldenArticles(const std::string& folder);

}  // namespace treatywire::golden

#endif  // TREATYWIRE_TESTS_GOLDEN_GOLDEN_ARTICLE_H_
