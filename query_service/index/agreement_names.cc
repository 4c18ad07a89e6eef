#include "query_service/index/agreement_names.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "query_service/resolution/agreement_naming.h"
#include "query_service/resolution/stable_hash.h"

namespace treatywire::query {
namespace {

// The year that the mention dates its agreement to, if it is sure of it.
std::string YearFrom(const Mention& mention) {
  if (!mention.traits().origin) return "";
  const std::string first = FormatDay(mention.traits().origin->days.first);
  const std::string last = FormatDay(mention.traits().origin->days.last);
  return first.substr(0, 4) == last.substr(0, 4) ? first.substr(0, 4) : "";
}

}  // namespace

NameForms NameFormsOf(const Mention& mention, const ArticleVersion& article) {
  NameForms forms;
  forms.slug = std::string(mention.traits().slug());
  if (const std::string year = YearFrom(mention); !year.empty())
    forms.with_year = absl::StrCat(forms.slug, "-", year);
  const uint64_t hash = StableHash(absl::StrCat(article.id(), "#", mention.local_id));
  forms.with_hash = absl::StrCat(forms.slug, absl::StrFormat("-x%016x", hash));
  return forms;
}

absl::string_view SlugOfName(absl::string_view name) {
  return name.substr(0, name.size() - NameSuffixBytes(name));
}

bool AgreementNames::NamesakeLess::operator()(const Namesake& a, const Namesake& b) const {
  if (a.article != b.article) {
    if (PublishedBefore(*a.article, *b.article)) return true;
    if (PublishedBefore(*b.article, *a.article)) return false;
  }
  const int order = a.get().local_id.compare(b.get().local_id);
  return order != 0 ? order < 0 : a.agreement < b.agreement;
}

AgreementNames::Year AgreementNames::YearOf(const Mention& mention) {
  const std::string digits = YearFrom(mention);
  Year year = 0;
  std::memcpy(&year, digits.data(), std::min(digits.size(), sizeof(year)));
  return year;
}

void AgreementNames::Set(AgreementId agreement, const Mention& mention, const ArticleVersion& article) {
  const auto index = static_cast<uint32_t>(&mention - article.mentions.begin());
  if (agreement >= namesakes_.size()) namesakes_.resize(agreement + 1);
  Namesake& namesake = namesakes_[agreement];
  if (namesake.article != nullptr) {
    if (namesake.article == &article && namesake.mention == index) return;
    Leave(namesake);
  }
  namesake = {.article = &article, .mention = index, .agreement = agreement};
  Enter(namesake);
  changed_.insert(agreement);
}

void AgreementNames::Remove(AgreementId agreement) {
  if (agreement >= namesakes_.size() || namesakes_[agreement].article == nullptr) return;
  Leave(namesakes_[agreement]);
  namesakes_[agreement] = Namesake();
  changed_.erase(agreement);
}

AgreementMember AgreementNames::NamesakeOf(AgreementId agreement) const {
  const Namesake& namesake = namesakes_[agreement];
  return {namesake.article, static_cast<int>(namesake.mention)};
}

AgreementId AgreementNames::OnlyOf(absl::string_view slug) const {
  static_assert(IdsByText::kNone == kNoAgreement);
  return only_.Find(slug, [&](AgreementId id) { return namesakes_[id].get().traits().slug() == slug; });
}

void AgreementNames::Enter(const Namesake& namesake) {
  const absl::string_view slug = namesake.get().traits().slug();
  if (const auto crowd = crowds_.find(slug); crowd != crowds_.end()) {
    return EnterCrowd(namesake, *crowd->second);
  }
  const AgreementId only = OnlyOf(slug);
  if (only == kNoAgreement) return only_.Insert(slug, namesake.agreement);
  only_.Erase(slug, only);
  Crowd& crowd = *crowds_.emplace(slug, std::make_unique<Crowd>()).first->second;
  EnterCrowd(namesakes_[only], crowd);
  EnterCrowd(namesake, crowd);
}

// Whoever was the first may have to make room.
void AgreementNames::EnterCrowd(const Namesake& namesake, Crowd& crowd) {
  if (!crowd.all.empty()) changed_.insert(crowd.all.begin()->agreement);
  crowd.all.insert(namesake);
  const Year year = YearOf(namesake.get());
  if (year == 0) return;
  auto& of_year = crowd.of_year[year];
  if (!of_year.empty()) changed_.insert(of_year.begin()->agreement);
  of_year.insert(namesake);
}

void AgreementNames::Leave(const Namesake& namesake) {
  const absl::string_view slug = namesake.get().traits().slug();
  const auto it = crowds_.find(slug);
  if (it == crowds_.end()) return only_.Erase(slug, namesake.agreement);
  Crowd& crowd = *it->second;
  LeaveCrowd(namesake, crowd);
  if (crowd.all.size() > 1) return;
  only_.Insert(slug, crowd.all.begin()->agreement);
  crowds_.erase(it);
}

// Whoever is the first now may have a shorter name.
void AgreementNames::LeaveCrowd(const Namesake& namesake, Crowd& crowd) {
  crowd.all.erase(namesake);
  changed_.insert(crowd.all.begin()->agreement);
  const auto of_year = crowd.of_year.find(YearOf(namesake.get()));
  if (of_year == crowd.of_year.end()) return;
  of_year->second.erase(namesake);
  if (of_year->second.empty()) {
    crowd.of_year.erase(of_year);
  } else {
    changed_.insert(of_year->second.begin()->agreement);
  }
}

std::string AgreementNames::NameOf(const Namesake& namesake) const {
  const auto it = crowds_.find(namesake.get().traits().slug());
  const NameForms forms = NameFormsOf(namesake.get(), *namesake.article);
  if (it == crowds_.end() || it->second->all.begin()->agreement == namesake.agreement) {
    return absl::StrCat("agreements/", forms.slug);
  }
  const Crowd& crowd = *it->second;
  const auto of_year = crowd.of_year.find(YearOf(namesake.get()));
  const bool first_of_year =
      of_year != crowd.of_year.end() && of_year->second.begin()->agreement == namesake.agreement;
  return absl::StrCat("agreements/", first_of_year ? forms.with_year : forms.with_hash);
}

std::vector<std::pair<AgreementId, std::string>> AgreementNames::Settle() {
  std::vector<std::pair<AgreementId, std::string>> names;
  names.reserve(changed_.size());
  for (const AgreementId agreement : changed_) names.emplace_back(agreement, NameOf(namesakes_[agreement]));
  changed_.clear();
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace treatywire::query
