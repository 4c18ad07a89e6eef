#include "ingest_service/document/sentence_splitter.h"

#include <algorithm>
#include <array>

#include "absl/strings/string_view.h"
#include "ingest_service/document/abbreviations.h"
#include "ingest_service/document/character_class.h"
#include "ingest_service/document/document_reader.h"

namespace treatywire::ingest {
namespace {

bool IsQuote(const Token& token) { return token.norm == "\"" || token.norm == "'"; }
bool IsStraightQuote(const Token& token) { return token.text == "\"" || token.text == "'"; }

// Whether `token`, right after the end of a sentence, still belongs to it. Curly quotes say on which side
// they stand; a straight one closes what it touches.
bool Closes(const Token& token) {
  if (token.text == ")" || token.text == "]" || token.text == "}") return true;
  if (!IsQuote(token)) return false;
  if (IsStraightQuote(token)) return !token.space_before;
  return token.text == "”" || token.text == "’" || token.text == "»" || token.text == "›" ||
         (token.text == "“" && !token.space_before);  // German: „…“
}

bool Opens(const Token& token) { return token.text == "(" || token.text == "[" || IsQuote(token); }

// The bytes that may be the last of a mark that ends a sentence.
constexpr auto kMayBeMark = [] {
  std::array<bool, 256> may{};
  for (size_t byte = 0; byte < may.size(); ++byte)
    may[byte] = byte == '.' || byte == '?' || byte == '!' || byte >= 0x80;
  return may;
}();

// Whether the token ends with one: nearly none does.
bool MayBeMark(const Token& token) { return kMayBeMark[static_cast<unsigned char>(token.text.back())]; }

class Splitter {
 public:
  Splitter(const std::vector<Token>& tokens, uint32_t begin)
      : tokens_(tokens), begin_(begin), end_(static_cast<uint32_t>(tokens.size())) {}

  // The end of the sentence that begins at begin_, which moves on to it.
  TokenSpan Next();
  bool done() const { return begin_ >= end_; }

 private:
  // The end of the sentence if it ends with token `at` (and what closes after it), 0 if it does not.
  uint32_t EndAt(uint32_t at) const;
  bool MayEnd(uint32_t at, bool* abbreviation) const;
  bool GoesOn(uint32_t at, uint32_t next) const;
  bool SpeechFollows(uint32_t next) const;
  bool StarterAt(uint32_t at) const;
  uint32_t CutLong() const;

  const std::vector<Token>& tokens_;
  uint32_t begin_;
  const uint32_t end_;
};

bool Splitter::StarterAt(uint32_t at) const {
  if (at < end_ && Opens(tokens_[at])) ++at;
  if (at >= end_ || !tokens_[at].capitalized || !IsSentenceStarter(tokens_[at].norm)) return false;
  return at + 1 >= end_ || tokens_[at + 1].norm != "-";  // "Under-Secretary"
}

bool Splitter::MayEnd(uint32_t at, bool* abbreviation) const {
  const Token& token = tokens_[at];
  *abbreviation = false;
  if (token.text.size() > 1 && token.is_word && token.text.back() == '.') {
    *abbreviation = true;
    if (token.norm == "e.g." || token.norm == "i.e." || token.norm == "v.") return false;
    const absl::string_view word = token.text.substr(0, token.text.size() - 1);
    return word.find('.') != absl::string_view::npos ||
           ClassifyAbbreviation(word) == AbbreviationKind::kMayEnd;
  }
  if (token.norm == "?" || token.norm == "!" || token.norm == "...") return true;
  // "1." at the beginning numbers what follows.
  return token.norm == "." && !(at == begin_ + 1 && tokens_[begin_].is_number);
}

// "'Is it over?' President Putin asked": a verb of speech within a few words, before any mark.
bool Splitter::SpeechFollows(uint32_t next) const {
  constexpr uint32_t kMaxWords = 6;
  for (uint32_t i = next; i < end_ && i < next + kMaxWords; ++i) {
    if (IsSpeechVerb(tokens_[i].norm)) return true;
    if (!tokens_[i].is_word) return false;
  }
  return false;
}

bool Splitter::GoesOn(uint32_t at, uint32_t next) const {
  const Token& follows = tokens_[next];
  if (CharacterAt(follows.text, 0).character_class == CharacterClass::kLower) return true;
  if (!follows.space_before && tokens_[at].norm == "." && follows.is_number) return true;  // ".5", "v.2"
  if (!follows.is_word && !follows.is_number && !Opens(follows)) {
    const absl::string_view mark = follows.norm;
    return mark == "," || mark == ";" || mark == ":" || mark == "-" || mark == "." || mark == "?" ||
           mark == "!" || mark == "..." || mark == "/";
  }
  const bool quoted = next > at + 1 && tokens_[at].norm != ".";
  return quoted && SpeechFollows(next);
}

uint32_t Splitter::EndAt(uint32_t at) const {
  bool abbreviation = false;
  if (!MayEnd(at, &abbreviation)) return 0;
  uint32_t next = at + 1;
  while (next < end_ && Closes(tokens_[next])) ++next;
  if (next >= end_) return end_;
  // After "U.S.)" as after "U.S." only a starter shows the end; a quote is closed where its sentence ends.
  if (abbreviation && (next == at + 1 || !IsQuote(tokens_[at + 1]))) return StarterAt(next) ? next : 0;
  return GoesOn(at, next) ? 0 : next;
}

uint32_t Splitter::CutLong() const {
  const auto limit = static_cast<uint32_t>(begin_ + kMaxSentenceTokens);
  const auto half = static_cast<uint32_t>(begin_ + kMaxSentenceTokens / 2);
  for (const absl::string_view mark : {";", ","}) {
    for (uint32_t at = limit; at > half; --at) {
      if (tokens_[at - 1].norm == mark) return at;
    }
  }
  return limit;
}

TokenSpan Splitter::Next() {
  const uint32_t begin = begin_;
  const auto limit = static_cast<uint32_t>(std::min<size_t>(end_, begin + kMaxSentenceTokens));
  uint32_t end = 0;
  const Token* const tokens = tokens_.data();
  for (uint32_t at = begin; at < limit && end == 0; ++at) {
    if (MayBeMark(tokens[at])) end = EndAt(at);
  }
  if (end == 0 && limit == end_) end = end_;
  if (end == 0 || end - begin > kMaxSentenceTokens) end = CutLong();
  begin_ = end;
  return {begin, end};
}

}  // namespace

void AppendSentences(const std::vector<Token>& tokens, uint32_t begin, uint32_t block,
                     std::vector<Sentence>& sentences) {
  Splitter splitter(tokens, begin);
  while (!splitter.done()) {
    Sentence sentence;
    sentence.tokens = splitter.Next();
    sentence.block = block;
    sentence.source = {tokens[sentence.tokens.begin].source.begin,
                       tokens[sentence.tokens.end - 1].source.end};
    sentences.push_back(sentence);
  }
}

}  // namespace treatywire::ingest
