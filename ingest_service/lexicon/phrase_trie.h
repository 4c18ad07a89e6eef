// Finds the sequences of words of all entries over a document's tokens in one pass.
//
// Every norm that some sequence holds has a number, those that begin one the smallest; a token costs one
// look-up of its norm, and one that begins no sequence nothing more. The sequences are a trie over these
// numbers; a gap is an edge to a node from which the walk goes on at each of the next tokens. Where sequences
// end, the entries lie ready in lists, by kind and by how they are to be written.
//
// Built once, then constant: any number of threads may match.
#ifndef TREATYWIRE_INGEST_SERVICE_LEXICON_PHRASE_TRIE_H_
#define TREATYWIRE_INGEST_SERVICE_LEXICON_PHRASE_TRIE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "ingest_service/document/document.h"
#include "ingest_service/document/word_table.h"
#include "ingest_service/lexicon/lexicon.h"
#include "ingest_service/lexicon/pattern.h"

namespace treatywire::ingest {

// One way to write an entry.
struct Phrase {
  PatternSequence sequence;
  const LexiconEntry* entry = nullptr;
  bool before_hyphen = false;  // counts only where a hyphen follows ("Franco" in "Franco-Russian")
  // Means nothing, and takes its words from shorter and later phrases of its kind ("New Mexico" from
  // "Mexico"). Its entry is in no match.
  bool blocks = false;
};

class PhraseTrie {
 public:
  // `phrases` in the order in which the entries of a match shall come. The entries must outlive the trie.
  static std::unique_ptr<const PhraseTrie> Build(absl::Span<const Phrase> phrases);

  PhraseTrie(const PhraseTrie&) = delete;
  PhraseTrie& operator=(const PhraseTrie&) = delete;

  static constexpr uint32_t kNoWord = static_cast<uint32_t>(-1);
  // The number of a norm; kNoWord where no sequence holds it.
  uint32_t NumberOf(absl::string_view norm) const;
  // Each norm that has one, in no order.
  std::vector<absl::string_view> Words() const;

  // As Lexicon::Match. `numbers`: of the document's tokens. Linear in them: a token begins at most
  // (kMaxGapTokens + 1) ^ kMaxPatternGaps walks of kMaxPatternWords steps.
  std::vector<LexiconMatch> Match(const Document& document, absl::Span<const uint32_t> numbers) const;
  // Looks the numbers up.
  std::vector<LexiconMatch> Match(const Document& document) const;

 private:
  friend class PhraseTrieBuilder;
  class Matcher;

  static constexpr uint32_t kNone = kNoWord;

  struct Edge {
    uint32_t word = 0;
    uint32_t node = 0;
  };
  // The edges and leaves of a node end where those of the next node begin. Node w < first_words_ is the one
  // that word w leads to from the root.
  struct Node {
    uint32_t edges = 0;
    uint32_t leaves = 0;
    uint32_t after_gap = kNone;
    // A bit of 64 for each word that an edge is of (WordBit): most words lead nowhere, which this tells
    // without a look at the edges.
    uint64_t words = 0;
  };
  // Where sequences of one kind end.
  struct Leaf {
    EntryKind kind = EntryKind::kCue;
    uint32_t first_variant = 0;
    uint32_t last_variant = 0;
  };
  // What the tokens have to be like: bit i for word i; kBeforeHyphen in `capital`.
  struct Need {
    uint64_t capital = 0;
    uint64_t caps = 0;
    bool IsMetBy(const Need& have) const {
      return (capital & ~have.capital) == 0 && (caps & ~have.caps) == 0;
    }
    friend bool operator==(const Need&, const Need&) = default;
  };
  static constexpr uint64_t kBeforeHyphen = uint64_t{1} << 63;
  // The entries of all spellings that are right where this one is; none where all of them block. The most
  // demanding variant comes first, so the first that is met has all entries that are.
  struct Variant {
    Need need;
    uint32_t first_entry = 0;
    uint32_t last_entry = 0;
    uint32_t order = kNone;  // of its first phrase among those added
    VerbForm form = VerbForm::kNone;
  };

  PhraseTrie() = default;

  static uint64_t WordBit(uint32_t word) { return uint64_t{1} << (word & 63U); }
  uint32_t FindChild(uint32_t node, uint32_t word) const {
    return (nodes_[node].words & WordBit(word)) == 0 ? kNone : FindEdge(node, word);
  }
  uint32_t FindEdge(uint32_t node, uint32_t word) const;

  std::unique_ptr<char[]> word_text_;  // what the keys of words_ view
  WordTable<uint32_t> words_;
  uint32_t first_words_ = 0;
  uint32_t hyphen_ = kNone;
  std::vector<Node> nodes_;  // and one more, which ends the last
  std::vector<Edge> edges_;  // of each node by word
  std::vector<Leaf> leaves_;
  std::vector<Variant> variants_;
  std::vector<const LexiconEntry*> entries_;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_LEXICON_PHRASE_TRIE_H_
