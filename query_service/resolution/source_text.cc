#include "query_service/resolution/source_text.h"

#include <algorithm>
#include <numeric>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "query_service/resolution/name_words.h"
#include "query_service/resolution/stable_hash.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

constexpr size_t kRunWords = 5;

absl::string_view HostOf(absl::string_view uri) {
  const size_t scheme = uri.find("://");
  if (scheme == absl::string_view::npos) return "";
  uri.remove_prefix(scheme + 3);
  return uri.substr(0, uri.find_first_of("/?#"));
}

template <typename T>
void KeepSmallest(std::vector<T>& hashes, size_t limit) {
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  if (hashes.size() > limit) hashes.resize(limit);
}

template <typename T>
size_t CountShared(const std::vector<T>& a, const std::vector<T>& b) {
  size_t shared = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i == *j) ++shared;
    const bool forward_a = *i <= *j;
    const bool forward_b = *j <= *i;
    if (forward_a) ++i;
    if (forward_b) ++j;
  }
  return shared;
}

// Of two sketches: the share of the union's smallest hashes that are in both.
double Similarity(const std::vector<uint32_t>& a, const std::vector<uint32_t>& b) {
  if (a.empty() || b.empty()) return 0;
  std::vector<uint32_t> both;
  both.reserve(a.size() + b.size());
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  // Beyond the sketches' size the union is only known down to its smallest hashes.
  if (std::max(a.size(), b.size()) == SourceText::kMaxRuns) {
    both.resize(std::min(both.size(), SourceText::kMaxRuns));
  }
  size_t shared = 0;
  for (const uint32_t hash : both) {
    shared += std::binary_search(a.begin(), a.end(), hash) && std::binary_search(b.begin(), b.end(), hash);
  }
  return static_cast<double>(shared) / static_cast<double>(both.size());
}

class Groups {
 public:
  explicit Groups(size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), size_t{0}); }

  size_t Find(size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  // The smaller number leads, so that groups are numbered by their first member.
  void Join(size_t a, size_t b) {
    a = Find(a);
    b = Find(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<size_t> parent_;
};

// Texts that share a sentence or one of the smallest runs stand in one bucket; neighbours there are compared.
// Near-copies share most of these buckets, so that some bucket makes them neighbours.
void JoinNearCopies(absl::Span<const SourceText* const> texts, Groups& groups) {
  constexpr size_t kProbes = 16;
  absl::flat_hash_map<uint64_t, size_t> last_in_bucket;
  for (size_t i = 0; i < texts.size(); ++i) {
    const auto visit = [&](uint64_t bucket) {
      const auto [it, is_new] = last_in_bucket.try_emplace(bucket, i);
      if (is_new || it->second == i) return;
      if (groups.Find(it->second) != groups.Find(i) && IsOneSource(*texts[it->second], *texts[i])) {
        groups.Join(it->second, i);
      }
      it->second = i;
    };
    for (size_t n = 0; n < std::min(kProbes, texts[i]->sentences.size()); ++n) visit(texts[i]->sentences[n]);
    for (size_t n = 0; n < std::min(kProbes, texts[i]->runs.size()); ++n) visit(texts[i]->runs[n]);
  }
}

}  // namespace

SourceText ReadSourceText(const v1::ExtractedArticle& extraction) {
  SourceText text;
  const v1::Article& article = extraction.article();
  text.publisher = absl::AsciiStrToLower(
      article.publisher().empty() ? HostOf(article.uri()) : absl::string_view(article.publisher()));
  absl::flat_hash_set<absl::string_view> seen;
  for (const v1::AgreementEvent& event : extraction.events()) {
    if (!seen.insert(event.evidence().text()).second) continue;
    const std::vector<std::string> words = FoldedWords(event.evidence().text());
    if (words.empty()) continue;
    text.sentences.push_back(StableHash(absl::StrJoin(words, " ")));
    for (size_t i = 0; i + kRunWords <= words.size(); ++i) {
      const auto run = absl::MakeConstSpan(words).subspan(i, kRunWords);
      text.runs.push_back(static_cast<uint32_t>(StableHash(absl::StrJoin(run, " "))));
    }
  }
  KeepSmallest(text.sentences, SourceText::kMaxSentences);
  KeepSmallest(text.runs, SourceText::kMaxRuns);
  return text;
}

bool IsOneSource(const SourceText& a, const SourceText& b) {
  if (!a.publisher.empty() && a.publisher == b.publisher) return true;
  const size_t fewer = std::min(a.sentences.size(), b.sentences.size());
  if (fewer > 0 && static_cast<double>(CountShared(a.sentences, b.sentences)) >=
                       kSameSentences * static_cast<double>(fewer)) {
    return true;
  }
  return Similarity(a.runs, b.runs) >= kSameRuns;
}

std::vector<int> NumberSources(absl::Span<const SourceText* const> texts) {
  Groups groups(texts.size());
  absl::flat_hash_map<absl::string_view, size_t> first_of_publisher;
  for (size_t i = 0; i < texts.size(); ++i) {
    if (texts[i]->publisher.empty()) continue;
    const auto [it, is_new] = first_of_publisher.try_emplace(texts[i]->publisher, i);
    if (!is_new) groups.Join(it->second, i);
  }
  JoinNearCopies(texts, groups);
  std::vector<int> numbers(texts.size());
  int next = 1;
  for (size_t i = 0; i < texts.size(); ++i) {
    const size_t leader = groups.Find(i);
    numbers[i] = leader == i ? next++ : numbers[leader];
  }
  return numbers;
}

}  // namespace treatywire::query
