#include "ingest_service/lexicon/phrase_trie.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/ingest_service/lexicon/test_document.h"

namespace treatywire::ingest {
namespace {

// How one phrase matches from one token, found by trying every way through its gaps.
struct Found {
  uint32_t end = 0;
  TokenSpan gap;
  uint32_t gaps = 0;
  uint32_t gap_tokens = 0;
  size_t phrase = 0;
};

bool Fits(const PatternWord& word, const Token& token) {
  return word.norm == token.norm && (!word.needs_capital || token.capitalized) &&
         (!word.needs_caps || token.all_caps);
}

// The slow and simple matcher that PhraseTrie is compared with.
class NaiveMatcher {
 public:
  NaiveMatcher(const std::vector<Phrase>& phrases, const Document& document)
      : phrases_(phrases), document_(document) {}

  std::vector<std::string> Run() {
    std::vector<std::string> all;
    std::map<EntryKind, uint32_t> free_from;
    for (const Sentence& sentence : document_.sentences) {
      end_ = sentence.tokens.end;
      for (uint32_t start = sentence.tokens.begin; start < end_; ++start) {
        std::vector<std::pair<uint32_t, std::string>> here;
        for (int kind = 0; kind < kEntryKinds; ++kind) {
          if (start < free_from[static_cast<EntryKind>(kind)]) continue;
          const std::vector<Found> best = Best(start, static_cast<EntryKind>(kind));
          if (best.empty()) continue;
          free_from[static_cast<EntryKind>(kind)] = best.front().end;
          here.emplace_back(best.front().end, Show(start, best));
        }
        std::stable_sort(here.begin(), here.end(),
                         [](const auto& a, const auto& b) { return a.first > b.first; });
        for (const auto& [end, shown] : here) all.push_back(shown);
      }
    }
    return all;
  }

 private:
  // The first way, by length of the first gap, then the second, in which words [word, …) match at `token`.
  std::optional<Found> Try(const Phrase& phrase, size_t word, uint32_t token, Found found) const {
    if (word == phrase.sequence.words.size()) {
      if (phrase.before_hyphen && (token == end_ || document_.tokens[token].norm != "-")) return std::nullopt;
      found.end = token;
      return found;
    }
    const PatternWord& wanted = phrase.sequence.words[word];
    const uint32_t longest = wanted.after_gap ? kMaxGapTokens : 0;
    for (uint32_t gap = 0; gap <= longest && token + gap < end_; ++gap) {
      if (!Fits(wanted, document_.tokens[token + gap])) continue;
      Found next = found;
      if (wanted.after_gap) {
        if (next.gaps++ == 0) next.gap = {token, token + gap};
        next.gap_tokens += gap;
      }
      if (std::optional<Found> rest = Try(phrase, word + 1, token + gap + 1, next)) return rest;
    }
    return std::nullopt;
  }

  static bool HaveSameWords(const Phrase& a, const Phrase& b) {
    return std::equal(a.sequence.words.begin(), a.sequence.words.end(), b.sequence.words.begin(),
                      b.sequence.words.end(), [](const PatternWord& x, const PatternWord& y) {
                        return x.norm == y.norm && x.after_gap == y.after_gap;
                      });
  }

  // Of phrases of the same words, however spelt, those with the shortest gaps count.
  std::vector<Found> All(uint32_t start, EntryKind kind) const {
    std::vector<Found> all;
    for (size_t i = 0; i < phrases_.size(); ++i) {
      if (phrases_[i].entry->kind != kind) continue;
      Found found;
      found.phrase = i;
      if (std::optional<Found> match = Try(phrases_[i], 0, start, found)) all.push_back(*match);
    }
    std::vector<Found> shortest;
    for (const Found& one : all) {
      const bool has_shorter = std::any_of(all.begin(), all.end(), [&](const Found& other) {
        return HaveSameWords(phrases_[one.phrase], phrases_[other.phrase]) &&
               std::make_pair(other.gap.size(), other.end) < std::make_pair(one.gap.size(), one.end);
      });
      if (!has_shorter) shortest.push_back(one);
    }
    return shortest;
  }

  // The best phrase of the kind and all others of the same words.
  std::vector<Found> Best(uint32_t start, EntryKind kind) const {
    const std::vector<Found> all = All(start, kind);
    const auto best = std::min_element(all.begin(), all.end(), [](const Found& a, const Found& b) {
      if (a.end != b.end) return a.end > b.end;
      if (a.gap_tokens != b.gap_tokens) return a.gap_tokens < b.gap_tokens;
      if (a.gaps != b.gaps) return a.gaps < b.gaps;
      return a.phrase < b.phrase;
    });
    std::vector<Found> best_and_same;
    for (const Found& found : all) {
      if (HaveSameWords(phrases_[found.phrase], phrases_[best->phrase]) && found.end == best->end) {
        best_and_same.push_back(found);
      }
    }
    return best_and_same;
  }

  std::string Show(uint32_t start, const std::vector<Found>& found) const {
    std::vector<std::string> words;
    VerbForm form = VerbForm::kNone;
    for (const Found& one : found) {
      const Phrase& phrase = phrases_[one.phrase];
      if (form == VerbForm::kNone) form = phrase.sequence.form;
      if (std::find(words.begin(), words.end(), phrase.entry->words) == words.end()) {
        words.push_back(phrase.entry->words);
      }
    }
    const Found& one = found.front();
    return absl::StrCat("[", start, ",", one.end, ") gap [", one.gap.begin, ",", one.gap.end, ") kind ",
                        static_cast<int>(phrases_[one.phrase].entry->kind), " form ", static_cast<int>(form),
                        " ", absl::StrJoin(words, " "));
  }

  const std::vector<Phrase>& phrases_;
  const Document& document_;
  uint32_t end_ = 0;
};

std::vector<std::string> Show(const std::vector<LexiconMatch>& matches) {
  std::vector<std::string> all;
  for (const LexiconMatch& match : matches) {
    all.push_back(absl::StrCat(
        "[", match.tokens.begin, ",", match.tokens.end, ") gap [", match.gap.begin, ",", match.gap.end,
        ") kind ", static_cast<int>(match.kind()), " form ", static_cast<int>(match.form), " ",
        absl::StrJoin(match.entries, " ",
                      [](std::string* out, const LexiconEntry* entry) { out->append(entry->words); })));
  }
  return all;
}

class RandomPhrases {
 public:
  explicit RandomPhrases(uint32_t seed) : random_(seed) {}

  int Below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random_); }

  // Few words, so that phrases share beginnings and texts are full of them.
  std::string Norm() { return std::string(1, static_cast<char>('a' + Below(5))) + "x"; }

  PatternWord Word(bool is_first, int* gaps_left) {
    PatternWord word;
    word.norm = Norm();
    const int spelling = Below(6);
    word.needs_capital = spelling <= 1;
    word.needs_caps = spelling == 0;
    if (!is_first && *gaps_left > 0 && Below(4) == 0) {
      word.after_gap = true;
      --*gaps_left;
    }
    return word;
  }

  void Fill(int count) {
    for (int i = 0; i < count; ++i) {
      LexiconEntry entry;
      entry.kind = static_cast<EntryKind>(Below(3));
      entry.words = absl::StrCat("e", i);
      entries.push_back(entry);
      for (int way = Below(3); way >= 0; --way) {
        Phrase phrase;
        phrase.entry = &entries.back();
        phrase.before_hyphen = Below(12) == 0;
        phrase.sequence.form = static_cast<VerbForm>(Below(4));
        int gaps_left = static_cast<int>(kMaxPatternGaps);
        for (int words = Below(4); words >= 0; --words) {
          phrase.sequence.words.push_back(Word(phrase.sequence.words.empty(), &gaps_left));
        }
        phrases.push_back(phrase);
      }
    }
  }

  std::string Sentence() {
    std::string sentence;
    for (int words = Below(40); words >= 0; --words) {
      std::string word = Below(8) == 0 ? "other" : Norm();
      const int spelling = Below(4);
      if (spelling <= 1) word[0] = static_cast<char>(word[0] - 'a' + 'A');
      if (spelling == 0) word[1] = 'X';
      absl::StrAppend(&sentence, sentence.empty() ? "" : Below(6) == 0 ? "-" : " ", word);
    }
    return sentence;
  }

  std::deque<LexiconEntry> entries;
  std::vector<Phrase> phrases;

 private:
  std::mt19937 random_;
};

TEST(PhraseTrieTest, FindsWhatANaiveMatcherFinds) {
  const uint32_t first_seed = std::random_device()();
  for (uint32_t seed = first_seed; seed < first_seed + 300; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    RandomPhrases random(seed);
    random.Fill(1 + random.Below(30));
    const std::unique_ptr<const PhraseTrie> trie = PhraseTrie::Build(random.phrases);
    std::vector<std::string> sentences;
    for (int i = 0; i < 10; ++i) sentences.push_back(random.Sentence());
    const Document document = MakeDocument(sentences);
    ASSERT_EQ(Show(trie->Match(document)), NaiveMatcher(random.phrases, document).Run())
        << absl::StrJoin(sentences, "\n");
  }
}

TEST(PhraseTrieTest, EmptyTrieFindsNothing) {
  const std::unique_ptr<const PhraseTrie> trie = PhraseTrie::Build({});
  EXPECT_TRUE(trie->Match(MakeDocument({"A treaty was signed .", ""})).empty());
}

// "a a a … a" against "a ... a ... a": the worst that gaps can do must not grow with the text.
TEST(PhraseTrieTest, RepeatedWordsOfGapsAreFoundOnce) {
  LexiconEntry entry;
  entry.words = "gaps";
  Phrase phrase;
  phrase.entry = &entry;
  for (int i = 0; i < 3; ++i) phrase.sequence.words.push_back({"ax", false, false, i > 0});
  const std::unique_ptr<const PhraseTrie> trie = PhraseTrie::Build({phrase});
  std::string sentence;
  for (int i = 0; i < 30000; ++i) sentence += "ax ";
  const Document document = MakeDocument({sentence});
  const std::vector<LexiconMatch> matches = trie->Match(document);
  ASSERT_EQ(matches.size(), 10000u);
  EXPECT_EQ(matches.back().tokens, (TokenSpan{29997, 30000}));
  EXPECT_EQ(matches.back().gap, (TokenSpan{29998, 29998}));
}

}  // namespace
}  // namespace treatywire::ingest
