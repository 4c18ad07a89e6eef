#include "tests/benchmark/bare_pass.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>

#include "absl/strings/ascii.h"
#include "ingest_service/lexicon/embedded_files.h"
#include "ingest_service/lexicon/lexicon_data.h"

namespace treatywire::benchmark {
namespace {

// What each byte is lower-cased to, 0 for what no word holds. Bytes of UTF-8 count as letters.
constexpr std::array<char, 256> MakeWordBytes() {
  std::array<char, 256> bytes{};
  for (int c = 0; c < 256; ++c) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool word = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
    bytes[static_cast<size_t>(c)] = static_cast<char>(upper ? c + ('a' - 'A') : word ? c : 0);
  }
  return bytes;
}
constexpr std::array<char, 256> kWordBytes = MakeWordBytes();

char WordByte(char c) { return kWordBytes[static_cast<unsigned char>(c)]; }

}  // namespace

BarePass::BarePass() {
  const absl::StatusOr<ingest::LexiconData> data = ingest::ReadLexiconData(ingest::EmbeddedLexiconFiles());
  if (!data.ok()) {
    std::cerr << data.status() << "\n";
    std::abort();
  }
  for (const ingest::Phrase& phrase : data->phrases) {
    for (const ingest::PatternWord& word : phrase.sequence.words) {
      words_.try_emplace(word.norm, static_cast<uint32_t>(words_.size()));
    }
  }
}

BarePass::Counts BarePass::Run(absl::string_view text) const {
  constexpr size_t kLongestWord = 256;
  char word[kLongestWord];
  Counts counts;
  for (size_t at = 0; at < text.size();) {
    if (absl::ascii_isspace(static_cast<unsigned char>(text[at]))) {
      ++at;
      continue;
    }
    size_t length = 0;
    while (at < text.size() && length < kLongestWord && WordByte(text[at]) != 0)
      word[length++] = WordByte(text[at++]);
    if (length == 0) word[length++] = text[at++];
    ++counts.tokens;
    if (words_.find(absl::string_view(word, length)) != words_.end()) ++counts.known;
  }
  return counts;
}

}  // namespace treatywire::benchmark
