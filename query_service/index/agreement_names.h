// Names of agreements: readable, unique, and a function of the set of articles.
//
// An agreement is named after one of its mentions (agreement_naming.h). Where several agreements would have
// one name, the one whose mention was published first has it; the others append the year from which they date
// ("france-russia-defence-cooperation-2011"), or, where that is unknown or taken, a hash of the mention.
// Slugs never end in a year or such a hash (agreement_naming.h), so that the three forms cannot meet.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_AGREEMENT_NAMES_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_AGREEMENT_NAMES_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "query_service/index/member_set.h"
#include "query_service/resolution/article_version.h"

namespace treatywire::query {

// The forms of a name without "agreements/".
struct NameForms {
  std::string slug;
  std::string with_year;  // empty where no year is known
  std::string with_hash;

  friend bool operator==(const NameForms&, const NameForms&) = default;
};
NameForms NameFormsOf(const Mention& mention, const ArticleVersion& article);

// The slug of a name in any of its forms.
absl::string_view SlugOfName(absl::string_view name);

// Used by the one writer of an index.
class AgreementNames {
 public:
  // The agreement is, from now on, named after `mention` of `article`.
  void Set(AgreementId agreement, const Mention& mention, const ArticleVersion& article);
  void Remove(AgreementId agreement);

  // The agreements whose names changed since the last call, with their names, by id.
  std::vector<std::pair<AgreementId, std::string>> Settle();

 private:
  // By publication, as PublishedBefore has it.
  struct Rank {
    bool undated = false;
    int64_t publish_micros = 0;
    std::string article_id;
    std::string local_id;
    AgreementId agreement = kNoAgreement;

    auto operator<=>(const Rank&) const = default;
  };
  struct Entry {
    NameForms forms;
    Rank rank;
    std::string name;                  // the one given last
    const Mention* mention = nullptr;  // that forms and rank are of
  };

  void Enter(const std::string& form, const Rank& rank);
  void Leave(const std::string& form, const Rank& rank);
  bool IsFirst(const std::string& form, AgreementId agreement) const;

  absl::flat_hash_map<AgreementId, Entry> entries_;
  absl::flat_hash_map<std::string, std::set<Rank>> claimants_;  // of slugs and slugs with years
  absl::flat_hash_set<AgreementId> changed_;                    // whose names may have
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_AGREEMENT_NAMES_H_
