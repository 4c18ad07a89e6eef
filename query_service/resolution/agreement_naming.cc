#include "query_service/resolution/agreement_naming.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "query_service/resolution/article_version.h"
#include "query_service/resolution/party_directory.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

constexpr size_t kMaxTopicWords = 6;
constexpr size_t kMaxNamedParties = 4;

const char* SubjectPhrase(v1::Subject subject) {
  switch (subject) {
    case v1::SUBJECT_MILITARY:
      return "defence";
    case v1::SUBJECT_ARMS_CONTROL:
      return "arms control";
    case v1::SUBJECT_PEACE:
      return "peace";
    case v1::SUBJECT_BORDER:
      return "borders";
    case v1::SUBJECT_TRADE:
      return "trade";
    case v1::SUBJECT_FINANCE:
      return "finance";
    case v1::SUBJECT_ENERGY:
      return "energy";
    case v1::SUBJECT_ENVIRONMENT:
      return "environment";
    case v1::SUBJECT_RESOURCES:
      return "resources";
    case v1::SUBJECT_TRANSPORT:
      return "transport";
    case v1::SUBJECT_MIGRATION:
      return "migration";
    case v1::SUBJECT_JUSTICE:
      return "justice";
    case v1::SUBJECT_SCIENCE:
      return "science";
    case v1::SUBJECT_POLITICAL:
      return "political relations";
    default:
      return "";
  }
}

const char* KindPhrase(v1::AgreementKind kind) {
  switch (kind) {
    case v1::AGREEMENT_KIND_TREATY:
      return "treaty";
    case v1::AGREEMENT_KIND_CONVENTION:
      return "convention";
    case v1::AGREEMENT_KIND_PROTOCOL:
      return "protocol";
    case v1::AGREEMENT_KIND_PACT:
      return "pact";
    case v1::AGREEMENT_KIND_MEMORANDUM:
      return "memorandum";
    case v1::AGREEMENT_KIND_CEASEFIRE:
      return "ceasefire";
    case v1::AGREEMENT_KIND_EXCHANGE_OF_NOTES:
      return "exchange of notes";
    default:
      return "agreement";
  }
}

// Display names of the parties in alphabetical order; the first few and no more where there are many.
std::vector<std::string> PartyNames(const MentionTraits& traits) {
  std::vector<std::string> names;
  for (const absl::string_view party : traits.parties) names.push_back(DescribeParty(party).display_name);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  if (names.size() > kMaxNamedParties) {
    names.resize(kMaxNamedParties - 1);
    names.emplace_back("others");
  }
  return names;
}

// The name to call it by: the first proper one, else the first.
const NameWords* BestName(const MentionTraits& traits) {
  for (const NameWords& name : traits.names) {
    if (name.proper()) return &name;
  }
  return traits.names.empty() ? nullptr : &traits.names.front();
}

std::string TopicPhrase(const NameWords& name) {
  // Of a long title the beginning, but with its last word: cooperation is what it is about.
  const WordList slug = name.slug();
  std::vector<absl::string_view> words(slug.begin(), slug.end());
  words.resize(std::min(words.size(), kMaxTopicWords));
  return absl::StrJoin(words, " ");
}

// Never ends as names do that tell agreements of one slug apart.
std::string Bounded(std::string slug) {
  while (slug.size() > kMaxSlugBytes) {
    const size_t hyphen = slug.rfind('-');
    slug.resize(hyphen == std::string::npos ? kMaxSlugBytes : hyphen);
  }
  while (const size_t suffix = NameSuffixBytes(slug)) slug.resize(slug.size() - suffix);
  return slug.empty() ? "unnamed" : slug;
}

std::string WithParties(const MentionTraits& traits, absl::string_view rest) {
  return Bounded(Slug(absl::StrCat(absl::StrJoin(PartyNames(traits), " "), " ", rest)));
}

std::string WithoutArticle(absl::string_view title) {
  return std::string(absl::StartsWithIgnoreCase(title, "the ") ? title.substr(4) : title);
}

}  // namespace

size_t NameSuffixBytes(absl::string_view name) {
  const size_t hyphen = name.rfind('-');
  if (hyphen == absl::string_view::npos || hyphen == 0) return 0;
  const absl::string_view last = name.substr(hyphen + 1);
  const bool year = last.size() == 4 && std::all_of(last.begin(), last.end(), absl::ascii_isdigit);
  const bool hash =
      last.size() == 17 && last[0] == 'x' && std::all_of(last.begin() + 1, last.end(), absl::ascii_isxdigit);
  return year || hash ? last.size() + 1 : 0;
}

SlugChoice ChooseSlug(const MentionTraits& traits) {
  if (const std::string known = Slug(traits.known.view()); !known.empty()) return {Bounded(known), 5};
  const NameWords* name = BestName(traits);
  // A name in another script than Latin gives no slug.
  if (name == nullptr || Slug(TopicPhrase(*name)).empty()) {
    const std::string subject = SubjectPhrase(traits.subject);
    return {WithParties(traits, absl::StrCat(subject, " ", KindPhrase(traits.kind))),
            subject.empty() ? 1 : 2};
  }
  const int rank = (traits.scope == Scope::kIncomplete ? 2 : 3) + (name->proper() ? 1 : 0);
  if (traits.scope == Scope::kBilateral || !name->distinctive()) {
    return {WithParties(traits, absl::StrCat(TopicPhrase(*name), traits.is_protocol() ? " protocol" : "")),
            rank};
  }
  return {Bounded(Slug(WithoutArticle(name->text()))), rank};
}

std::string MakeDisplayName(const MentionTraits& traits) {
  const NameWords* name = BestName(traits);
  if (name != nullptr && name->proper() && !traits.known.empty()) return WithoutArticle(name->text());
  const std::string topic = name != nullptr ? TopicPhrase(*name) : std::string(SubjectPhrase(traits.subject));
  std::string display = absl::StrCat(absl::StrJoin(PartyNames(traits), "–"),
                                     traits.parties.empty() ? "" : " ", KindPhrase(traits.kind));
  if (!topic.empty()) absl::StrAppend(&display, " on ", topic);
  if (traits.parties.empty()) display[0] = absl::ascii_toupper(static_cast<unsigned char>(display[0]));
  return display;
}

bool TitleStandsAlone(absl::string_view title, const MentionTraits& traits) {
  const bool pair = traits.scope == Scope::kBilateral;
  const std::vector<std::string> named_parties =
      pair ? std::vector<std::string>(traits.parties.begin(), traits.parties.end())
           : std::vector<std::string>();
  const NameWords name = ReadName(title, named_parties);
  if (!name.proper()) return false;
  return !pair || !traits.known.empty() || name.distinctive() || name.topic().size() < name.words().size();
}

}  // namespace treatywire::query
