#include "query_service/index/agreement_names.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "query_service/resolution/agreement_naming.h"
#include "query_service/resolution/stable_hash.h"

namespace treatywire::query {
namespace {

// The year that the mention dates its agreement to, if it is sure of it.
std::string YearOf(const Mention& mention) {
  if (!mention.traits().origin) return "";
  const std::string first = FormatDay(mention.traits().origin->days.first);
  const std::string last = FormatDay(mention.traits().origin->days.last);
  return first.substr(0, 4) == last.substr(0, 4) ? first.substr(0, 4) : "";
}

}  // namespace

NameForms NameFormsOf(const Mention& mention, const ArticleVersion& article) {
  NameForms forms;
  forms.slug = mention.traits().slug;
  if (const std::string year = YearOf(mention); !year.empty())
    forms.with_year = absl::StrCat(forms.slug, "-", year);
  const uint64_t hash = StableHash(absl::StrCat(article.id(), "#", mention.local_id));
  forms.with_hash = absl::StrCat(forms.slug, absl::StrFormat("-x%016x", hash));
  return forms;
}

absl::string_view SlugOfName(absl::string_view name) {
  return name.substr(0, name.size() - NameSuffixBytes(name));
}

void AgreementNames::Set(AgreementId agreement, const Mention& mention, const ArticleVersion& article) {
  const auto present = entries_.find(agreement);
  if (present != entries_.end() && present->second.mention == &mention) return;
  Rank rank{.undated = !article.publish_micros.has_value(),
            .publish_micros = article.publish_micros.value_or(0),
            .article_id = std::string(article.id()),
            .local_id = mention.local_id,
            .agreement = agreement};
  NameForms forms = NameFormsOf(mention, article);
  if (present != entries_.end()) {
    present->second.mention = &mention;
    if (present->second.rank == rank && present->second.forms == forms) return;
    Leave(present->second.forms.slug, present->second.rank);
    Leave(present->second.forms.with_year, present->second.rank);
  }
  Entry& entry = entries_[agreement];
  entry.mention = &mention;
  entry.forms = std::move(forms);
  entry.rank = std::move(rank);
  Enter(entry.forms.slug, entry.rank);
  Enter(entry.forms.with_year, entry.rank);
  changed_.insert(agreement);
}

void AgreementNames::Remove(AgreementId agreement) {
  const auto it = entries_.find(agreement);
  if (it == entries_.end()) return;
  Leave(it->second.forms.slug, it->second.rank);
  Leave(it->second.forms.with_year, it->second.rank);
  entries_.erase(it);
  changed_.erase(agreement);
}

void AgreementNames::Enter(const std::string& form, const Rank& rank) {
  if (form.empty()) return;
  std::set<Rank>& claimants = claimants_[form];
  if (!claimants.empty()) changed_.insert(claimants.begin()->agreement);
  claimants.insert(rank);
}

void AgreementNames::Leave(const std::string& form, const Rank& rank) {
  if (form.empty()) return;
  const auto it = claimants_.find(form);
  it->second.erase(rank);
  if (it->second.empty()) {
    claimants_.erase(it);
  } else {
    changed_.insert(it->second.begin()->agreement);
  }
}

bool AgreementNames::IsFirst(const std::string& form, AgreementId agreement) const {
  const auto it = claimants_.find(form);
  return it != claimants_.end() && it->second.begin()->agreement == agreement;
}

std::vector<std::pair<AgreementId, std::string>> AgreementNames::Settle() {
  std::vector<std::pair<AgreementId, std::string>> renamed;
  for (const AgreementId agreement : changed_) {
    Entry& entry = entries_.at(agreement);
    const NameForms& forms = entry.forms;
    const std::string& form = IsFirst(forms.slug, agreement)        ? forms.slug
                              : IsFirst(forms.with_year, agreement) ? forms.with_year
                                                                    : forms.with_hash;
    std::string name = absl::StrCat("agreements/", form);
    if (name == entry.name) continue;
    entry.name = name;
    renamed.emplace_back(agreement, std::move(name));
  }
  changed_.clear();
  std::sort(renamed.begin(), renamed.end());
  return renamed;
}

}  // namespace treatywire::query
