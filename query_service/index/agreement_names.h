// Names of agreements: readable, unique, and a function of the set of articles.
//
// An agreement is named after one of its mentions (agreement_naming.h). Where several agreements would have
// one name, the one whose mention was published first has it; the others append the year from which they date
// ("france-russia-defence-cooperation-2011"), or, where that is unknown or taken, a hash of the mention.
// Slugs never end in a year or such a hash (agreement_naming.h), so that the three forms cannot meet.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_AGREEMENT_NAMES_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_AGREEMENT_NAMES_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "query_service/index/ids_by_text.h"
#include "query_service/index/member_set.h"
#include "query_service/resolution/article_version.h"
#include "query_service/resolution/resolved_agreement.h"

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

// Used by the one writer of an index. Refers to the articles, which must outlive it.
class AgreementNames {
 public:
  // The agreement is, from now on, named after `mention` of `article`.
  void Set(AgreementId agreement, const Mention& mention, const ArticleVersion& article);
  void Remove(AgreementId agreement);
  // The mention that an agreement is named after; of one that has been set.
  AgreementMember NamesakeOf(AgreementId agreement) const;

  // The agreements whose names may have changed since the last call, with their names, by id.
  std::vector<std::pair<AgreementId, std::string>> Settle();

 private:
  // A mention that an agreement is named after.
  struct Namesake {
    const ArticleVersion* article = nullptr;
    uint32_t mention = 0;
    AgreementId agreement = kNoAgreement;

    const Mention& get() const { return article->mentions[mention]; }
  };
  // By publication, then by the article's own order of names.
  struct NamesakeLess {
    bool operator()(const Namesake& a, const Namesake& b) const;
  };
  // The four digits from which it dates; 0 where they are unknown.
  using Year = uint32_t;
  static Year YearOf(const Mention& mention);

  // Those who would have one slug, where they are several.
  struct Crowd {
    absl::btree_set<Namesake, NamesakeLess> all;
    absl::btree_map<Year, absl::btree_set<Namesake, NamesakeLess>> of_year;
  };
  void Enter(const Namesake& namesake);
  void EnterCrowd(const Namesake& namesake, Crowd& crowd);
  void Leave(const Namesake& namesake);
  void LeaveCrowd(const Namesake& namesake, Crowd& crowd);
  std::string NameOf(const Namesake& namesake) const;
  // The only agreement that would have the slug; kNoAgreement where there is none, or a crowd.
  AgreementId OnlyOf(absl::string_view slug) const;

  std::vector<Namesake> namesakes_;  // by agreement; of those that have none, without article
  IdsByText only_;                   // by slug, the agreements that are alone with it: most are
  // By slug, which is a view of what one of the crowd's mentions, or one of theirs that left, holds.
  absl::flat_hash_map<absl::string_view, std::unique_ptr<Crowd>> crowds_;
  absl::flat_hash_set<AgreementId> changed_;  // whose names may have
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_AGREEMENT_NAMES_H_
