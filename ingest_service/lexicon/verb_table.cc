#include "ingest_service/lexicon/verb_table.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace treatywire::ingest {
namespace {

// Whether the letter at `i` is a vowel; the u of "qu" is none ("quit" doubles its t like "sit").
bool IsVowelAt(absl::string_view word, size_t i) {
  switch (word[i]) {
    case 'a':
    case 'e':
    case 'i':
    case 'o':
    case 'y':
      return true;
    case 'u':
      return i == 0 || word[i - 1] != 'q';
    default:
      return false;
  }
}

int VowelGroups(absl::string_view word) {
  int groups = 0;
  for (size_t i = 0; i < word.size(); ++i) {
    if (IsVowelAt(word, i) && (i == 0 || !IsVowelAt(word, i - 1))) ++groups;
  }
  return groups;
}

bool EndsInConsonantAndY(absl::string_view word) {
  return word.size() >= 2 && word.back() == 'y' && !IsVowelAt(word, word.size() - 2);
}

// "scrap", "commit", "cancel": one vowel between consonants, of which w, x and y are never doubled.
bool EndsInSingleVowelAndConsonant(absl::string_view word) {
  const size_t n = word.size();
  if (n < 3 || IsVowelAt(word, n - 1) || !IsVowelAt(word, n - 2) || IsVowelAt(word, n - 3)) return false;
  return word.back() != 'w' && word.back() != 'x';
}

// The stems that "ed" and "ing" follow. One syllable doubles the consonant ("scrapp"); with more it depends
// on the stress ("committ", but "deposit"), so both are given: the wrong one is no word and matches nothing.
std::vector<std::string> Stems(absl::string_view base) {
  if (!EndsInSingleVowelAndConsonant(base)) return {std::string(base)};
  const char doubled = base.back() == 'c' ? 'k' : base.back();
  std::vector<std::string> stems = {absl::StrCat(base, std::string(1, doubled))};
  if (VowelGroups(base) > 1) stems.emplace_back(base);
  return stems;
}

std::vector<std::string> WithEnding(std::vector<std::string> stems, absl::string_view ending) {
  for (std::string& stem : stems) absl::StrAppend(&stem, ending);
  return stems;
}

std::string RegularThird(absl::string_view base) {
  if (EndsInConsonantAndY(base)) return absl::StrCat(base.substr(0, base.size() - 1), "ies");
  for (absl::string_view ending : {"s", "x", "z", "ch", "sh", "o"}) {
    if (absl::EndsWith(base, ending)) return absl::StrCat(base, "es");
  }
  return absl::StrCat(base, "s");
}

std::vector<std::string> RegularPast(absl::string_view base) {
  if (EndsInConsonantAndY(base)) return {absl::StrCat(base.substr(0, base.size() - 1), "ied")};
  if (absl::EndsWith(base, "e")) return {absl::StrCat(base, "d")};
  return WithEnding(Stems(base), "ed");
}

std::vector<std::string> RegularIng(absl::string_view base) {
  if (absl::EndsWith(base, "ie")) return {absl::StrCat(base.substr(0, base.size() - 2), "ying")};
  const bool keeps_e = absl::EndsWith(base, "ee") || absl::EndsWith(base, "oe") || absl::EndsWith(base, "ye");
  if (absl::EndsWith(base, "e") && !keeps_e && base.size() > 2) {
    return {absl::StrCat(base.substr(0, base.size() - 1), "ing")};
  }
  return WithEnding(Stems(base), "ing");
}

IrregularVerb RegularVerb(absl::string_view base) {
  IrregularVerb verb;
  verb.base = std::string(base);
  verb.past = RegularPast(base);
  verb.participle = verb.past;
  return verb;
}

void AddWord(absl::string_view prefix, absl::string_view word, VerbForm form, std::vector<VerbWord>* words) {
  const std::string whole = absl::StrCat(prefix, word);
  const auto known =
      std::find_if(words->begin(), words->end(), [&](const VerbWord& other) { return other.word == whole; });
  if (known == words->end()) {
    words->push_back({whole, form});
  } else if (known->form == VerbForm::kPast && form == VerbForm::kParticiple) {
    known->form = VerbForm::kPastOrParticiple;
  }
}

}  // namespace

bool VerbTable::Add(const IrregularVerb& verb) { return irregular_.try_emplace(verb.base, verb).second; }

const IrregularVerb* VerbTable::Find(absl::string_view base) const {
  const auto found = irregular_.find(base);
  return found == irregular_.end() ? nullptr : &found->second;
}

std::vector<VerbWord> VerbTable::Inflect(absl::string_view base) const {
  absl::string_view prefix;
  const IrregularVerb* irregular = Find(base);
  const size_t hyphen = base.rfind('-');
  if (irregular == nullptr && hyphen != absl::string_view::npos) {
    prefix = base.substr(0, hyphen + 1);
    base = base.substr(hyphen + 1);
    irregular = Find(base);
  }
  const IrregularVerb verb = irregular != nullptr ? *irregular : RegularVerb(base);
  std::vector<VerbWord> words;
  const auto add = [&](const std::vector<std::string>& forms, VerbForm form) {
    for (const std::string& word : forms) AddWord(prefix, word, form, &words);
  };
  add({verb.base}, VerbForm::kBase);
  add(verb.third.empty() ? std::vector<std::string>{RegularThird(base)} : verb.third, VerbForm::kThird);
  add(verb.past, VerbForm::kPast);
  add(verb.participle, VerbForm::kParticiple);
  add(verb.ing.empty() ? RegularIng(base) : verb.ing, VerbForm::kIng);
  return words;
}

}  // namespace treatywire::ingest
