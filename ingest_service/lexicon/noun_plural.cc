#include "ingest_service/lexicon/noun_plural.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace treatywire::ingest {
namespace {

bool IsPreposition(absl::string_view word) {
  static constexpr absl::string_view kPrepositions[] = {"of", "on",      "for",  "to",      "in",
                                                        "at", "between", "with", "against", "not"};
  return std::find(std::begin(kPrepositions), std::end(kPrepositions), word) != std::end(kPrepositions);
}

bool IsPluralNoun(absl::string_view noun) {
  return absl::EndsWith(noun, "s") && !absl::EndsWith(noun, "ss") && !absl::EndsWith(noun, "us") &&
         !absl::EndsWith(noun, "is");
}

std::string RegularPlural(absl::string_view noun) {
  static constexpr absl::string_view kVowels = "aeiou";
  if (noun.size() >= 2 && noun.back() == 'y' &&
      kVowels.find(noun[noun.size() - 2]) == absl::string_view::npos) {
    return absl::StrCat(noun.substr(0, noun.size() - 1), "ies");
  }
  for (absl::string_view ending : {"s", "x", "z", "ch", "sh"}) {
    if (absl::EndsWith(noun, ending)) return absl::StrCat(noun, "es");
  }
  return absl::StrCat(noun, "s");
}

std::string PluralNoun(absl::string_view noun) {
  std::string regular = RegularPlural(noun);
  if (!absl::EndsWith(noun, "ndum")) return regular;  // memorandum, addendum, corrigendum, referendum
  return absl::StrCat(regular, "/", noun.substr(0, noun.size() - 2), "a");
}

constexpr size_t kNoHead = static_cast<size_t>(-1);

// Index of the head noun in `words`.
size_t FindHead(const std::vector<absl::string_view>& words) {
  size_t head = kNoHead;
  bool in_brackets = false;
  for (size_t i = 0; i < words.size(); ++i) {
    absl::string_view word = words[i];
    in_brackets = in_brackets || absl::ConsumePrefix(&word, "(");
    const bool closes = absl::ConsumeSuffix(&word, ")");
    if (IsPreposition(word) && head != kNoHead) return head;
    if (!in_brackets) head = i;
    if (closes) in_brackets = false;
  }
  return head;
}

std::vector<absl::string_view> Words(absl::string_view pattern) {
  return absl::StrSplit(pattern, absl::ByAnyChar(" \t"), absl::SkipEmpty());
}

}  // namespace

bool IsPluralPattern(absl::string_view pattern) {
  const std::vector<absl::string_view> words = Words(pattern);
  const size_t head = FindHead(words);
  return head != kNoHead && IsPluralNoun(words[head]);
}

std::vector<std::string> PluralPatterns(absl::string_view pattern) {
  const std::vector<absl::string_view> words = Words(pattern);
  const size_t head = FindHead(words);
  if (head == kNoHead || IsPluralNoun(words[head])) return {};
  std::vector<std::string> plurals;
  for (absl::string_view noun : absl::StrSplit(words[head], '/', absl::SkipEmpty())) {
    const std::string forms = PluralNoun(noun);
    for (absl::string_view form : absl::StrSplit(forms, '/')) {
      std::vector<absl::string_view> plural = words;
      plural[head] = form;
      plurals.push_back(absl::StrJoin(plural, " "));
    }
  }
  return plurals;
}

}  // namespace treatywire::ingest
