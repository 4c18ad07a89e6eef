#include "query_service/resolution/named_base.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_join.h"
#include "absl/types/span.h"
#include "query_service/resolution/name_words.h"

namespace treatywire::query {
namespace {

using Words = absl::Span<const std::string>;

template <size_t kCount>
bool IsOneOf(const std::string& word, const char* const (&words)[kCount]) {
  return std::any_of(std::begin(words), std::end(words), [&](const char* other) { return word == other; });
}

bool IsAmending(const std::string& word) {
  static constexpr const char* kWords[] = {"amending", "revising", "modifying", "altering"};
  return IsOneOf(word, kWords);
}

bool IsAmendment(const std::string& word) {
  static constexpr const char* kWords[] = {"amendment", "amendments", "modification", "modifications"};
  return IsOneOf(word, kWords);
}

bool IsSupplement(const std::string& word) {
  static constexpr const char* kWords[] = {"protocol",   "protocols",    "annex",   "annexes",
                                           "addendum",   "supplement",   "codicil", "supplementary",
                                           "additional", "supplementing"};
  return IsOneOf(word, kWords);
}

bool IsInstrument(const std::string& word) {
  static constexpr const char* kWords[] = {"treaty",     "agreement", "accord",      "pact",
                                           "convention", "covenant",  "charter",     "arrangement",
                                           "compact",    "protocol",  "memorandum",  "conventions",
                                           "agreements", "treaties",  "constitution"};
  return IsOneOf(word, kWords);
}

// The words after the one at `link`, without the article before the name.
Words After(Words words, size_t link) {
  Words rest = words.subspan(link + 1);
  static constexpr const char* kArticles[] = {"the", "its", "their", "a", "an"};
  if (!rest.empty() && IsOneOf(rest.front(), kArticles)) rest.remove_prefix(1);
  return rest;
}

std::vector<std::string> NamesFrom(Words rest) {
  constexpr size_t kMaxNames = 16;
  std::vector<std::string> names;
  rest = rest.first(std::min(rest.size(), kMaxNames));
  // A word beside the noun, or it is no name: "protocol to the agreement".
  for (; rest.size() > 1; rest.remove_suffix(1)) {
    if (std::none_of(rest.begin(), rest.end(), IsInstrument)) break;
    names.push_back(absl::StrJoin(rest, " "));
  }
  return names;
}

}  // namespace

std::optional<NamedBase> BaseNamedIn(absl::string_view title) {
  const std::vector<std::string> words = FoldedWords(title);
  NamedBase base;
  bool supplement = false;
  for (size_t i = 0; i < words.size(); ++i) {
    base.amends = base.amends || IsAmendment(words[i]) || IsAmending(words[i]);
    supplement = supplement || IsSupplement(words[i]);
    const bool to = words[i] == "to" && (base.amends || supplement);
    const bool of = words[i] == "of" && i > 0 && IsAmendment(words[i - 1]);
    if (!to && !of && !IsAmending(words[i]) && words[i] != "supplementing") continue;
    base.names = NamesFrom(After(words, i));
    if (!base.names.empty()) return base;
  }
  return std::nullopt;
}

bool NamesAmendment(absl::string_view title) {
  const std::vector<std::string> words = FoldedWords(title);
  return std::any_of(words.begin(), words.end(),
                     [](const std::string& word) { return IsAmendment(word) || IsAmending(word); });
}

}  // namespace treatywire::query
