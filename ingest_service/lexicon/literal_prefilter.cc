#include "ingest_service/lexicon/literal_prefilter.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "ingest_service/document/character_class.h"
#include "ingest_service/document/document_reader.h"
#include "ingest_service/document/norm_form.h"

namespace treatywire::ingest {
namespace {

// What the scan has to know of a byte.
enum ByteKind : uint8_t { kMark, kSpace, kWord, kBeyondAscii };

constexpr std::array<ByteKind, 256> MakeByteKinds() {
  std::array<ByteKind, 256> kinds{};
  for (int c = 0; c < 256; ++c) {
    kinds[c] = kBeyondAscii;
    if (c >= 128) continue;
    const CharacterClass character_class = internal::kAsciiClasses[c];
    const bool is_word = IsLetter(character_class) || character_class == CharacterClass::kDigit;
    kinds[c] = is_word ? kWord : character_class == CharacterClass::kSpace ? kSpace : kMark;
  }
  return kinds;
}
constexpr std::array<ByteKind, 256> kByteKinds = MakeByteKinds();

ByteKind KindOf(char c) { return kByteKinds[static_cast<unsigned char>(c)]; }

// Words that stand for others in norms ("won't" has "will"), and so not in the text.
bool IsWrittenOtherwise(absl::string_view norm) { return norm == "will" || norm == "can" || norm == "shall"; }

// Whether a run of the text's letters and digits can be `norm`, and `norm` nothing else.
bool IsRun(absl::string_view norm, size_t longest) {
  return !norm.empty() && norm.size() <= longest &&
         std::all_of(norm.begin(), norm.end(), [](char c) { return KindOf(c) == kWord; }) &&
         !IsWrittenOtherwise(norm);
}

// Whether its letters are in capitals; other characters don't matter.
bool IsInCapitals(absl::string_view run) {
  return std::none_of(run.begin(), run.end(),
                      [](char c) { return absl::ascii_islower(static_cast<unsigned char>(c)); });
}

}  // namespace

LiteralPrefilter::LiteralPrefilter(absl::Span<const Phrase* const> phrases) {
  // Short phrases first: "treaty" serves all names that hold it.
  std::vector<const Phrase*> by_length(phrases.begin(), phrases.end());
  std::stable_sort(by_length.begin(), by_length.end(), [](const Phrase* a, const Phrase* b) {
    return a->sequence.words.size() < b->sequence.words.size();
  });
  for (const Phrase* phrase : by_length) {
    if (!IsServed(phrase->sequence)) Serve(phrase->sequence);
  }
}

LiteralPrefilter::Literal& LiteralPrefilter::LiteralOf(absl::string_view word) {
  lengths_[Slot(word)] |= uint64_t{1} << word.size();
  return words_[word];
}

bool LiteralPrefilter::IsServed(const PatternSequence& sequence) const {
  return std::any_of(sequence.words.begin(), sequence.words.end(), [this](const PatternWord& word) {
    const auto found = words_.find(word.norm);
    return found != words_.end() && (found->second.always || (found->second.in_capitals && word.needs_caps));
  });
}

// Chooses an acronym, else two words, else the longest word.
void LiteralPrefilter::Serve(const PatternSequence& sequence) {
  constexpr size_t kShortestAcronym = 3;
  const PatternWord* previous = nullptr;
  const PatternWord* longest = nullptr;
  std::pair<const PatternWord*, const PatternWord*> pair;
  for (const PatternWord& word : sequence.words) {
    if (word.norm == "-" && !word.after_gap) continue;  // what stands between runs is not looked at
    const bool is_run = IsRun(word.norm, kLongestWord);
    if (is_run && word.needs_caps && word.norm.size() >= kShortestAcronym) {
      LiteralOf(word.norm).in_capitals = true;
      return;
    }
    if (is_run && previous != nullptr && !word.after_gap && pair.second == nullptr) pair = {previous, &word};
    if (is_run && (longest == nullptr || word.norm.size() > longest->norm.size())) longest = &word;
    previous = is_run ? &word : nullptr;
  }
  if (pair.second != nullptr) {
    LiteralOf(pair.second->norm).after.push_back(pair.first->norm);
  } else if (longest != nullptr) {
    LiteralOf(longest->norm).always = true;
  } else {
    lets_all_through_ = true;
  }
}

size_t LiteralPrefilter::Slot(absl::string_view word) {
  // The low five bits of a letter are the same in both cases.
  const int second = word.size() > 1 ? word[1] : 0;
  return static_cast<size_t>((word[0] & 31) << 5 | (second & 31));
}

bool LiteralPrefilter::HasAscii(absl::string_view run, absl::string_view text,
                                const Previous& previous) const {
  if (run.empty() || run.size() > kLongestWord) return false;
  if ((lengths_[Slot(run)] >> run.size() & 1) == 0) return false;
  char lower[kLongestWord];
  std::transform(run.begin(), run.end(), lower,
                 [](char c) { return absl::ascii_tolower(static_cast<unsigned char>(c)); });
  const auto found = words_.find(absl::string_view(lower, run.size()));
  if (found == words_.end()) return false;
  const Literal& literal = found->second;
  if (literal.always || (literal.in_capitals && IsInCapitals(text))) return true;
  return std::any_of(literal.after.begin(), literal.after.end(), [&](const std::string& word) {
    return previous.may_be_any || absl::EqualsIgnoreCase(word, previous.run);
  });
}

bool LiteralPrefilter::HasNormOf(absl::string_view word) const {
  std::string norm = NormForm(word);
  if (words_.contains(norm)) return true;
  if (norm.empty() || norm.back() != 'n') return false;
  norm.pop_back();  // of "n't"
  return words_.contains(norm);
}

bool LiteralPrefilter::HasAny(absl::string_view run) const {
  // As the tokenizer cuts it: words begin with a letter or digit and hold marks and invisible characters.
  for (size_t at = 0; at < run.size();) {
    const Character first = CharacterAt(run, at);
    if (!IsLetter(first.character_class) && first.character_class != CharacterClass::kDigit) {
      at += first.bytes;
      continue;
    }
    size_t end = at;
    for (Character c = first; c.bytes > 0 && ContinuesWord(c.character_class); c = CharacterAt(run, end)) {
      end += c.bytes;
    }
    const absl::string_view word = run.substr(at, end - at);
    // An e-mail address ends with its last ASCII letter, and a word may begin there.
    const size_t beyond_ascii =
        std::find_if(word.begin(), word.end(), [](char c) { return KindOf(c) == kBeyondAscii; }) -
        word.begin();
    if (HasNormOf(word) || HasNormOf(word.substr(beyond_ascii))) return true;
    at = end;
  }
  return false;
}

bool LiteralPrefilter::MayMatch(absl::string_view text) const {
  if (lets_all_through_) return true;
  size_t after_space = 0;
  Previous previous;
  for (size_t at = 0; at < text.size();) {
    const ByteKind kind = KindOf(text[at]);
    if (kind == kMark || kind == kSpace) {
      ++at;
      if (kind == kSpace) after_space = at;
      continue;
    }
    const size_t begin = at;
    while (at < text.size() && KindOf(text[at]) == kWord) ++at;
    if (at == text.size() || KindOf(text[at]) != kBeyondAscii) {
      const absl::string_view run = text.substr(begin, at - begin);
      if (HasAscii(run, run, previous)) return true;
      const bool may_be_negation =
          at < text.size() && text[at] == '\'' && (run.back() == 'n' || run.back() == 'N');
      const absl::string_view before_n = run.substr(0, run.size() - 1);
      if (may_be_negation && HasAscii(before_n, before_n, {{}, true})) return true;
      previous = {run, may_be_negation};
    } else {
      while (at < text.size() && KindOf(text[at]) >= kWord) ++at;
      if (HasAny(text.substr(begin, at - begin))) return true;
      previous = {{}, true};
    }
    // Where a long address or number is cut, words begin that no run shows.
    if (at - after_space > kMaxTokenBytes) return true;
  }
  return false;
}

bool LiteralPrefilter::MayMatch(const Document& document) const {
  if (lets_all_through_) return true;
  Previous previous;
  for (const Token& token : document.tokens) {
    if (!token.is_word && !token.is_number) continue;
    if (HasAscii(token.norm, token.text, previous)) return true;
    previous.run = token.norm;
  }
  return false;
}

}  // namespace treatywire::ingest
