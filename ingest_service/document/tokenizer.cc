#include "ingest_service/document/tokenizer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "ingest_service/document/abbreviations.h"
#include "ingest_service/document/character_class.h"
#include "ingest_service/document/document_reader.h"
#include "ingest_service/document/norm_form.h"
#include "ingest_service/document/utf8.h"

namespace treatywire::ingest {
namespace {

constexpr size_t kNone = absl::string_view::npos;

bool IsAsciiAlnum(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)); }
bool IsAsciiDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }
bool IsAsciiUpper(char c) { return absl::ascii_isupper(static_cast<unsigned char>(c)); }

bool IsEmailLocal(char c) {
  return IsAsciiAlnum(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-';
}
bool IsEmailDomain(char c) { return IsAsciiAlnum(c) || c == '.' || c == '-'; }

// Of each byte: whether it is an ASCII letter (kIsLetter), an upper-case one, or a letter or digit at all
// (not 0).
constexpr uint8_t kIsLetter = 1;
constexpr int kUpperShift = 1;
constexpr uint8_t kIsAlnum = 4;
constexpr std::array<uint8_t, 256> MakeAsciiWordTraits() {
  std::array<uint8_t, 256> traits{};
  for (int c = 0; c < 128; ++c) {
    const CharacterClass character_class = internal::kAsciiClasses[c];
    if (character_class == CharacterClass::kDigit) traits[c] = kIsAlnum;
    if (character_class == CharacterClass::kLower) traits[c] = kIsAlnum | kIsLetter;
    if (character_class == CharacterClass::kUpper) traits[c] = kIsAlnum | kIsLetter | 1 << kUpperShift;
  }
  return traits;
}
constexpr std::array<uint8_t, 256> kAsciiWordTraits = MakeAsciiWordTraits();

constexpr uint8_t kSmallLetter = kIsAlnum | kIsLetter;

// The bytes that end a word whatever stands around them: ASCII, no letter and no digit, no full stop and no
// apostrophe.
constexpr std::array<bool, 256> MakeEndsPlainWord() {
  std::array<bool, 256> ends{};
  for (int c = 0; c < 128; ++c) {
    const CharacterClass character_class = internal::kAsciiClasses[c];
    ends[c] = !ContinuesWord(character_class) && character_class != CharacterClass::kSingleQuote && c != '.';
  }
  return ends;
}
constexpr std::array<bool, 256> kEndsPlainWord = MakeEndsPlainWord();

// How many of the bytes from `begin` on, up to `limit`, are small letters of ASCII. Eight at a time: a word
// is mostly told by one step.
static_assert(std::endian::native == std::endian::little, "the first byte is the lowest");
size_t CountSmallLetters(const char* begin, const char* limit) {
  constexpr uint64_t kEach = 0x0101010101010101;
  constexpr uint64_t kHigh = 0x80 * kEach;
  const char* at = begin;
  for (; limit - at >= 8; at += 8) {
    uint64_t bytes;
    std::memcpy(&bytes, at, sizeof(bytes));
    const uint64_t low = bytes & ~kHigh;
    // The high bit of each byte: whether it is 'a' at least, and whether it is past 'z'.
    const uint64_t from_a = low + (0x80 - 'a') * kEach;
    const uint64_t past_z = low + (0x80 - 'z' - 1) * kEach;
    const uint64_t others = ~(from_a & ~past_z & ~bytes) & kHigh;
    if (others != 0)
      return static_cast<size_t>(at - begin) + static_cast<size_t>(std::countr_zero(others)) / 8;
  }
  while (at < limit && kAsciiWordTraits[static_cast<unsigned char>(*at)] == kSmallLetter) ++at;
  return static_cast<size_t>(at - begin);
}

// What a scan of a word's letters has seen.
struct LetterCounts {
  uint32_t letters = 0;
  uint32_t upper = 0;
  bool ascii = true;
  bool first_is_upper = false;

  void Add(CharacterClass c) {
    if (!IsLetter(c)) return;
    if (c == CharacterClass::kUpper) {
      if (letters == 0) first_is_upper = true;
      ++upper;
    }
    ++letters;
  }
  // Adds the ASCII letters and digits of text[at, limit) up to the first other character; returns where that
  // is.
  size_t AddAsciiWord(absl::string_view text, size_t at, size_t limit) {
    if (letters == 0 && at < limit) first_is_upper = IsAsciiUpper(text[at]);
    for (; at < limit; ++at) {
      const uint8_t traits = kAsciiWordTraits[static_cast<unsigned char>(text[at])];
      if (traits == 0) break;
      letters += traits & kIsLetter;
      upper += traits >> kUpperShift & 1;
    }
    return at;
  }
  void DropLast(bool was_upper) {
    --letters;
    if (was_upper) --upper;
  }
};

class Scanner {
 public:
  Scanner(absl::string_view text, TextArena& arena, std::vector<Token>& tokens)
      : text_(text), arena_(arena), tokens_(tokens), first_token_(tokens.size()) {}

  void Run();

 private:
  char Byte(size_t at) const { return at < text_.size() ? text_[at] : '\0'; }
  CharacterClass ClassAt(size_t at) const {
    if (at >= text_.size()) return CharacterClass::kSpace;
    const auto byte = static_cast<unsigned char>(text_[at]);
    return byte < 0x80 ? internal::kAsciiClasses[byte] : CharacterAt(text_, at).character_class;
  }
  uint32_t BytesAt(size_t at) const {
    return static_cast<unsigned char>(text_[at]) < 0x80 ? 1 : CharacterAt(text_, at).bytes;
  }
  bool IsLetterAt(size_t at) const { return at < text_.size() && IsLetter(ClassAt(at)); }
  bool IsWordAt(size_t at) const { return at < text_.size() && ContinuesWord(ClassAt(at)); }
  bool IsSpaceAt(size_t at) const { return at >= text_.size() || ClassAt(at) == CharacterClass::kSpace; }
  // Bytes of the apostrophe at `at`, 0 where there is none.
  size_t ApostropheAt(size_t at) const;

  void ScanWord();
  // Whether the token that begins at at_ with this byte, an ASCII letter, is no address.
  bool MayBeginPlainWord(char byte) const {
    if ((kAsciiWordTraits[static_cast<unsigned char>(byte)] & kIsLetter) == 0) return false;
    const char small = static_cast<char>(byte | ('a' - 'A'));
    return email_begin_ == kNone && small != 'h' && small != 'w';
  }
  // Reads the word at at_, an ASCII letter, where it is like most: small letters behind the first, up to a
  // byte that ends a word whatever stands around it. Returns false, and does nothing, where it is not.
  bool ScanPlainWord();
  void ScanNumber();
  void ScanPunctuation(CharacterClass character_class);
  void ScanSingleQuote();
  bool ScanAddress();

  // Where the word that begins at `begin` ends.
  size_t WordEnd(size_t begin, LetterCounts& counts) const;
  // Whether an apostrophe at `at`, inside a word that began at `begin`, ends the word: *end is where.
  bool ApostropheEnds(size_t begin, size_t at, size_t* end) const;
  // Bytes of "'s", "'ll" and their like at `at`; 0 where there is none.
  size_t SuffixAt(size_t at) const;
  // Bytes of "n't" at `at`.
  size_t NegationAt(size_t at) const;
  // Whether the full stop at `dot` belongs to the word text_[begin, dot).
  bool KeepsFullStop(size_t begin, size_t dot) const;
  bool IsInitial(size_t begin, size_t dot) const;
  // The dots within "U.S.": whether the word goes on after the one at `dot`.
  bool IsAcronymDot(size_t begin, size_t dot) const;
  bool IsDomainDot(size_t dot) const;
  size_t NumberEnd(size_t begin) const;
  bool IsNumberSeparator(size_t begin, size_t at) const;
  // Where the word or number after white space from `at` begins; npos at the end of the text.
  size_t NextVisible(size_t at) const;
  // The norm of the ASCII word that begins at `at`, up to 16 bytes of it.
  std::string ShortNormAt(size_t at) const;

  void FindEmail();
  // Whether a URL begins at at_.
  bool IsUrl() const;
  // End of the URL that begins at `begin`.
  size_t UrlEnd(size_t begin) const;

  // What a token from at_ to `end` holds: no more than kMaxTokenBytes of it.
  absl::string_view TokenText(size_t end) const;
  // Appends a token of `text`, which stands at at_, and goes past it.
  Token& Emit(absl::string_view text, absl::string_view norm);
  Token& EmitHere(absl::string_view text, absl::string_view norm);  // the same, in place
  void EmitWord(size_t end, const LetterCounts& counts);
  // Emits text_[at_, end) with a norm that is static storage.
  void EmitAs(size_t end, absl::string_view norm) { Emit(TokenText(end), norm); }
  absl::string_view NormOf(absl::string_view text, bool ascii, uint32_t upper);
  // The token right before at_ without white space between; nullptr where there is none.
  const Token* Adjacent() const;

  absl::string_view text_;
  TextArena& arena_;
  std::vector<Token>& tokens_;
  const size_t first_token_;
  size_t at_ = 0;
  bool space_before_ = true;
  // The next e-mail address from at_ on, found when the one before is passed; begin is npos when there is no
  // more.
  size_t email_begin_ = 0;
  size_t email_end_ = 0;
  std::string scratch_;
};

// ---------------------------------------------------------------------------------------------------------------

void Scanner::Run() {
  while (at_ < text_.size()) {
    const char byte = text_[at_];
    if (byte == ' ') {  // before every other token
      space_before_ = true;
      ++at_;
      continue;
    }
    if (MayBeginPlainWord(byte) && ScanPlainWord()) continue;
    // Not CharacterAt: what it returns goes through memory, which doubles the time of a token.
    const CharacterClass character_class = ClassAt(at_);
    switch (character_class) {
      case CharacterClass::kSpace:
        space_before_ = true;
        at_ += BytesAt(at_);
        continue;
      case CharacterClass::kIgnorable:  // not within a word: nothing to show
        at_ += BytesAt(at_);
        continue;
      default:
        break;
    }
    if (ScanAddress()) continue;
    if (IsLetter(character_class)) {
      ScanWord();
    } else if (character_class == CharacterClass::kDigit) {
      ScanNumber();
    } else if (character_class == CharacterClass::kSingleQuote) {
      ScanSingleQuote();
    } else {
      ScanPunctuation(character_class);
    }
  }
}

absl::string_view Scanner::TokenText(size_t end) const {
  end = std::min(end, text_.size());
  if (end - at_ > kMaxTokenBytes) {
    end = at_ + kMaxTokenBytes;
    while (IsUtf8Continuation(text_[end])) --end;
  }
  return text_.substr(at_, end - at_);
}

// Text and norm come as arguments and are not read back from the token: a load that overlaps two stores waits
// for both.
[[gnu::always_inline]] inline Token& Scanner::EmitHere(absl::string_view text, absl::string_view norm) {
  Token& token = tokens_.emplace_back();
  token.text = text;
  token.norm = norm;
  token.source = {static_cast<uint32_t>(at_), static_cast<uint32_t>(at_ + text.size())};
  token.space_before = space_before_;
  space_before_ = false;
  at_ += text.size();
  return token;
}

Token& Scanner::Emit(absl::string_view text, absl::string_view norm) { return EmitHere(text, norm); }

absl::string_view Scanner::NormOf(absl::string_view text, bool ascii, uint32_t upper) {
  if (!ascii) {
    scratch_.clear();
    AppendNormForm(text, scratch_);
    return arena_.Copy(scratch_);
  }
  if (upper == 0) return text;
  char* const lower = arena_.Allocate(text.size());
  for (size_t i = 0; i < text.size(); ++i)
    lower[i] = absl::ascii_tolower(static_cast<unsigned char>(text[i]));
  return {lower, text.size()};
}

const Token* Scanner::Adjacent() const {
  return space_before_ || tokens_.size() == first_token_ ? nullptr : &tokens_.back();
}

size_t Scanner::NextVisible(size_t at) const {
  while (at < text_.size()) {
    const Character c = CharacterAt(text_, at);
    if (c.character_class != CharacterClass::kSpace) return at;
    at += c.bytes;
  }
  return kNone;
}

std::string Scanner::ShortNormAt(size_t at) const {
  constexpr size_t kMaxBytes = 16;
  std::string norm;
  while (norm.size() < kMaxBytes && absl::ascii_isalpha(static_cast<unsigned char>(Byte(at)))) {
    norm.push_back(absl::ascii_tolower(static_cast<unsigned char>(Byte(at++))));
  }
  return norm;
}

// --- Words
// -----------------------------------------------------------------------------------------------------

size_t Scanner::ApostropheAt(size_t at) const {
  const char byte = Byte(at);
  if (byte == '\'') return 1;
  if (static_cast<unsigned char>(byte) < 0x80) return 0;
  const Character c = CharacterAt(text_, at);
  return c.character_class == CharacterClass::kSingleQuote ? c.bytes : 0;
}

size_t Scanner::SuffixAt(size_t at) const {
  const size_t apostrophe = ApostropheAt(at);
  if (apostrophe == 0) return 0;
  const size_t begin = at + apostrophe;
  for (const absl::string_view suffix : {"s", "ll", "re", "ve", "d", "m"}) {
    if (absl::EqualsIgnoreCase(text_.substr(std::min(begin, text_.size()), suffix.size()), suffix) &&
        !IsWordAt(begin + suffix.size())) {
      return apostrophe + suffix.size();
    }
  }
  return 0;
}

size_t Scanner::NegationAt(size_t at) const {
  if (Byte(at) != 'n' && Byte(at) != 'N') return 0;
  const size_t apostrophe = ApostropheAt(at + 1);
  if (apostrophe == 0) return 0;
  const char t = Byte(at + 1 + apostrophe);
  if ((t != 't' && t != 'T') || IsWordAt(at + 2 + apostrophe)) return 0;
  return 2 + apostrophe;
}

bool Scanner::ApostropheEnds(size_t begin, size_t at, size_t* end) const {
  const size_t apostrophe = ApostropheAt(at);
  *end = at;
  if (!IsLetterAt(at + apostrophe) || SuffixAt(at) > 0) return true;
  if (at > begin + 1 && NegationAt(at - 1) > 0) {
    *end = at - 1;
    return true;
  }
  return false;
}

bool Scanner::IsAcronymDot(size_t begin, size_t dot) const {
  // Every part before it is one letter: the byte two back is the word's beginning or another dot.
  const bool one_letter = dot == begin + 1 || (dot >= begin + 2 && text_[dot - 2] == '.');
  return one_letter && absl::ascii_isalpha(static_cast<unsigned char>(Byte(dot + 1))) && !IsWordAt(dot + 2) &&
         ApostropheAt(dot + 2) == 0;
}

bool Scanner::IsInitial(size_t begin, size_t dot) const {
  const char letter = text_[begin];
  if (dot != begin + 1 || !IsAsciiUpper(letter)) return false;
  const size_t next = NextVisible(dot + 1);
  if (next == kNone) return false;
  if (text_[next] == '-') return next == dot + 1;  // "J.-P."
  if (ClassAt(next) != CharacterClass::kUpper) return false;
  if (tokens_.size() == first_token_) return true;  // "A. Smith", and the "A." of an enumeration
  const Token& before = tokens_.back();
  const bool roman = letter == 'I' || letter == 'V' || letter == 'X';
  if (IsNumberedNoun(before.norm) || (roman && before.all_caps)) return false;
  return Byte(next + 1) == '.' || !IsSentenceStarter(ShortNormAt(next));
}

bool Scanner::KeepsFullStop(size_t begin, size_t dot) const {
  const absl::string_view word = text_.substr(begin, dot - begin);
  if (word.size() > 1 && word[word.size() - 2] == '.') return true;  // the last dot of "U.S."
  if (word.size() > kMaxAbbreviationBytes) return false;
  if (IsInitial(begin, dot)) return true;
  switch (ClassifyAbbreviation(word)) {
    case AbbreviationKind::kNone:
      return false;
    case AbbreviationKind::kBeforeNumber: {
      const size_t next = NextVisible(dot + 1);
      return next != kNone && ClassAt(next) == CharacterClass::kDigit;
    }
    default:
      return !IsLetterAt(dot + 1);
  }
}

bool Scanner::IsDomainDot(size_t dot) const {
  constexpr size_t kMaxDomainBytes = 4;
  size_t end = dot + 1;
  while (end - dot <= kMaxDomainBytes && absl::ascii_islower(static_cast<unsigned char>(Byte(end)))) ++end;
  const absl::string_view domain = text_.substr(dot + 1, end - dot - 1);
  for (const absl::string_view known : {"com", "org", "net", "gov", "int", "edu", "info"}) {
    if (domain == known) return !IsWordAt(end);
  }
  return false;
}

size_t Scanner::WordEnd(size_t begin, LetterCounts& counts) const {
  size_t at = begin;
  const size_t limit = std::min(text_.size(), begin + kMaxTokenBytes);
  while (at < limit) {
    at = counts.AddAsciiWord(text_, at, limit);
    if (at == limit) break;
    const char byte = text_[at];
    if (static_cast<unsigned char>(byte) < 0x80) {
      if (byte == '.') {
        if (IsAcronymDot(begin, at)) {
          ++at;
          continue;
        }
        if (IsDomainDot(at)) return UrlEnd(begin);
        return KeepsFullStop(begin, at) ? at + 1 : at;
      }
    }
    const CharacterClass character_class = ClassAt(at);
    if (character_class == CharacterClass::kSingleQuote) {
      size_t end = at;
      if (byte == '`' || ApostropheEnds(begin, at, &end)) {
        if (end < at) counts.DropLast(IsAsciiUpper(text_[end]));  // the n of "n't"
        return end;
      }
    } else if (!ContinuesWord(character_class)) {
      return at;
    }
    const uint32_t bytes = BytesAt(at);
    counts.Add(character_class);
    counts.ascii = counts.ascii && bytes == 1;
    at += bytes;
  }
  return at;
}

void Scanner::EmitWord(size_t end, const LetterCounts& counts) {
  const absl::string_view text = TokenText(end);
  absl::string_view norm = text;
  if (norm.size() > 1 && norm.back() == '.' && norm.find('.') == norm.size() - 1) norm.remove_suffix(1);
  Token& token = Emit(text, NormOf(norm, counts.ascii, counts.upper));
  token.is_word = true;
  token.capitalized = counts.first_is_upper;
  token.all_caps = counts.letters >= 2 && counts.upper == counts.letters;
}

bool Scanner::ScanPlainWord() {
  const char* const begin = text_.data() + at_;
  const char* const limit = begin + std::min(text_.size() - at_, kMaxTokenBytes);
  const char* const end = begin + 1 + CountSmallLetters(begin + 1, limit);
  if (end == limit || !kEndsPlainWord[static_cast<unsigned char>(*end)]) return false;
  const bool capitalized = IsAsciiUpper(*begin);
  const absl::string_view text(begin, static_cast<size_t>(end - begin));
  absl::string_view norm = text;
  if (capitalized) {
    char* const lower = arena_.Allocate(text.size());
    std::memcpy(lower, begin, text.size());
    *lower = static_cast<char>(*lower + ('a' - 'A'));
    norm = {lower, text.size()};
  }
  Token& token = EmitHere(text, norm);
  token.is_word = true;
  token.capitalized = capitalized;
  return true;
}

void Scanner::ScanWord() {
  if (internal::IsAscii(text_[at_]) && ScanPlainWord()) return;
  const bool may_be_negation = text_[at_] == 'n' || text_[at_] == 'N';
  const size_t negation = may_be_negation ? NegationAt(at_) : 0;
  if (negation > 0) {
    if (Adjacent() != nullptr) {
      Token& before = tokens_.back();
      if (before.norm == "wo") before.norm = "will";
      if (before.norm == "ca") before.norm = "can";
      if (before.norm == "sha") before.norm = "shall";
    }
    const bool upper = IsAsciiUpper(text_[at_]);
    Token& token = Emit(TokenText(at_ + negation), "n't");
    token.is_word = true;
    token.capitalized = upper;
    token.all_caps = upper && IsAsciiUpper(token.text.back());
    return;
  }
  LetterCounts counts;
  const size_t end = WordEnd(at_, counts);
  EmitWord(end, counts);
}

// --- Numbers
// ---------------------------------------------------------------------------------------------------

bool Scanner::IsNumberSeparator(size_t begin, size_t at) const {
  const char c = text_[at];
  if (!IsAsciiDigit(Byte(at + 1))) return false;
  if (c == '.') return true;
  size_t digits = 1;
  while (digits < 4 && IsAsciiDigit(Byte(at + 1 + digits))) ++digits;
  if (c == ':') return digits == 2;
  // "1,500" and "2,35,000", but "July 3,9" and "1994,1997" are two numbers.
  if (c != ',') return false;
  const bool grouped = at - begin <= 3 || text_.substr(begin, at - begin).find(',') != kNone;
  return grouped && (digits == 3 || (digits == 2 && Byte(at + 3) == ','));
}

size_t Scanner::NumberEnd(size_t begin) const {
  size_t at = begin;
  while (at < text_.size() && at - begin < kMaxTokenBytes) {
    const Character c = CharacterAt(text_, at);
    if (c.character_class != CharacterClass::kDigit) {
      if (c.bytes != 1 || !IsNumberSeparator(begin, at)) break;
    }
    at += c.bytes;
  }
  // A suffix: "4th", "1990s", "30bn".
  while (at < text_.size() && at - begin < kMaxTokenBytes && IsWordAt(at)) at += CharacterAt(text_, at).bytes;
  return at;
}

void Scanner::ScanNumber() {
  const absl::string_view text = TokenText(NumberEnd(at_));
  bool ascii = true;
  uint32_t upper = 0;
  for (const char c : text) {
    ascii = ascii && static_cast<unsigned char>(c) < 0x80;
    upper += IsAsciiUpper(c) ? 1 : 0;
  }
  Emit(text, NormOf(text, ascii, upper)).is_number = true;
}

// --- Marks
// -----------------------------------------------------------------------------------------------------

void Scanner::ScanSingleQuote() {
  const Token* const before = Adjacent();
  const size_t suffix = before != nullptr && (before->is_word || before->is_number) ? SuffixAt(at_) : 0;
  if (suffix == 0) {
    EmitAs(at_ + BytesAt(at_), "'");
    return;
  }
  const absl::string_view text = TokenText(at_ + suffix);
  switch (absl::ascii_tolower(static_cast<unsigned char>(text.back()))) {
    case 's':
      Emit(text, "'s");
      break;
    case 'l':
      Emit(text, "'ll");
      break;
    case 'd':
      Emit(text, "'d");
      break;
    case 'm':
      Emit(text, "'m");
      break;
    default:  // "'re" and "'ve"
      Emit(text, absl::EndsWithIgnoreCase(text, "re") ? "'re" : "'ve");
  }
}

void Scanner::ScanPunctuation(CharacterClass character_class) {
  constexpr size_t kRun = 4;
  const uint32_t bytes = BytesAt(at_);
  if (character_class == CharacterClass::kDoubleQuote) return EmitAs(at_ + bytes, "\"");
  if (bytes > 1) {
    if (character_class == CharacterClass::kHyphen) return EmitAs(at_ + bytes, "-");
    const absl::string_view text = TokenText(at_ + bytes);
    if (text == "\u2026") return EmitAs(at_ + bytes, "...");
    const absl::string_view norm = NormOf(text, false, 0);
    Emit(text, norm.empty() ? text : norm);
    return;
  }
  const char mark = text_[at_];
  size_t end = at_ + 1;
  while (end < text_.size() && end - at_ < kMaxTokenBytes && text_[end] == mark) ++end;
  const size_t run = end - at_;
  if (mark == '-') return EmitAs(end, "-");
  if (mark == '.' && run >= 2) return EmitAs(end, "...");
  const absl::string_view text = TokenText(run >= kRun ? end : at_ + 1);
  Emit(text, text);
}

// --- Addresses
// -------------------------------------------------------------------------------------------------

size_t Scanner::UrlEnd(size_t begin) const {
  size_t end = begin;
  while (end < text_.size() && end - begin < kMaxTokenBytes) {
    const Character c = CharacterAt(text_, end);
    if (c.character_class == CharacterClass::kSpace || c.character_class == CharacterClass::kDoubleQuote ||
        c.value == '<' || c.value == '>' || c.value == '|' || c.value == '\\') {
      break;
    }
    end += c.bytes;
  }
  const auto trails = [](Character c) {
    return c.character_class == CharacterClass::kSingleQuote ||
           absl::string_view(".,;:!?)]}*").find(static_cast<char>(c.value)) != kNone;
  };
  for (Character c = CharacterBefore(text_, end); end > begin + 1 && trails(c);
       c = CharacterBefore(text_, end)) {
    if (c.value > 127 && c.character_class != CharacterClass::kSingleQuote) break;
    end -= c.bytes;
  }
  return end;
}

void Scanner::FindEmail() {
  constexpr size_t kMaxLocalBytes = 64;
  size_t search = std::max(at_, email_end_);
  while (true) {
    const size_t sign = text_.find('@', search);
    if (sign == kNone) {
      email_begin_ = kNone;
      return;
    }
    size_t begin = sign;
    while (begin > search && sign - begin < kMaxLocalBytes && IsEmailLocal(text_[begin - 1])) --begin;
    while (begin < sign && !IsAsciiAlnum(text_[begin])) ++begin;
    size_t end = sign + 1;
    while (end < text_.size() && end - begin < kMaxTokenBytes && IsEmailDomain(text_[end])) ++end;
    while (end > sign + 1 && !IsAsciiAlnum(text_[end - 1])) --end;
    if (begin < sign && text_.substr(sign, end - sign).find('.') != kNone) {
      email_begin_ = begin;
      email_end_ = end;
      return;
    }
    search = std::max(sign + 1, end);
  }
}

bool Scanner::IsUrl() const {
  const char first = text_[at_];
  if (first != 'h' && first != 'w' && first != 'H' && first != 'W') return false;
  const char second = Byte(at_ + 1);
  if (second != 't' && second != 'w' && second != 'T' && second != 'W') return false;
  if (Adjacent() != nullptr && Adjacent()->is_word) return false;
  const absl::string_view rest = text_.substr(at_, 9);
  return absl::StartsWithIgnoreCase(rest, "http://") || absl::StartsWithIgnoreCase(rest, "https://") ||
         absl::StartsWithIgnoreCase(rest, "www.");
}

bool Scanner::ScanAddress() {
  if (email_begin_ != kNone && (at_ > email_begin_ || at_ >= email_end_)) FindEmail();
  size_t end = 0;
  if (at_ == email_begin_) {
    end = email_end_;
  } else {
    if (!IsUrl()) return false;
    end = UrlEnd(at_);
  }
  LetterCounts counts;
  for (size_t i = at_; i < end; ++i) {
    counts.ascii = counts.ascii && static_cast<unsigned char>(text_[i]) < 0x80;
    counts.upper += IsAsciiUpper(text_[i]) ? 1 : 0;
  }
  const absl::string_view text = TokenText(end);
  Emit(text, NormOf(text, counts.ascii, counts.upper)).is_word = true;
  return true;
}

}  // namespace

void AppendTokens(absl::string_view text, TextArena& arena, std::vector<Token>& tokens) {
  Scanner(text, arena, tokens).Run();
}

}  // namespace treatywire::ingest
