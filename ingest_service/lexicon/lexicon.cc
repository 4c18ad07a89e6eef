#include "ingest_service/lexicon/lexicon.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/small_file.h"
#include "ingest_service/document/word_table.h"
#include "ingest_service/lexicon/embedded_files.h"
#include "ingest_service/lexicon/known_words.h"
#include "ingest_service/lexicon/lexicon_data.h"
#include "ingest_service/lexicon/lexicon_file.h"
#include "ingest_service/lexicon/literal_prefilter.h"
#include "ingest_service/lexicon/phrase_trie.h"

namespace treatywire::ingest {
namespace {

// FNV-1a: stable over versions and platforms, which the hash of a hash table need not be.
class Fingerprint {
 public:
  void Add(absl::string_view text) {
    for (const char byte : text) AddByte(static_cast<uint8_t>(byte));
    AddByte(0xFF);  // in no UTF-8: where one text ends is part of the sum
  }
  std::string Hex() const { return absl::StrFormat("%08x", static_cast<uint32_t>(sum_ ^ (sum_ >> 32))); }

 private:
  void AddByte(uint8_t byte) { sum_ = (sum_ ^ byte) * 0x100000001B3; }
  uint64_t sum_ = 0xCBF29CE484222325;
};

// Of the files by name, in whatever order and from whatever folder they come.
std::string FingerprintOf(absl::Span<const LexiconFile> files) {
  std::vector<const LexiconFile*> sorted;
  for (const LexiconFile& file : files) sorted.push_back(&file);
  std::sort(sorted.begin(), sorted.end(), [](const LexiconFile* a, const LexiconFile* b) {
    return LexiconFileBaseName(a->name) < LexiconFileBaseName(b->name);
  });
  Fingerprint fingerprint;
  for (const LexiconFile* file : sorted) {
    fingerprint.Add(LexiconFileBaseName(file->name));
    fingerprint.Add(file->text);
  }
  return fingerprint.Hex();
}

// Those that name an agreement.
std::vector<const Phrase*> AgreementPhrases(const std::vector<Phrase>& phrases) {
  std::vector<const Phrase*> found;
  for (const Phrase& phrase : phrases) {
    const EntryKind kind = phrase.entry->kind;
    if (kind == EntryKind::kInstrument || kind == EntryKind::kKnownAgreement) found.push_back(&phrase);
  }
  return found;
}

class CompiledLexicon final : public Lexicon {
 public:
  CompiledLexicon(LexiconData data, std::string fingerprint)
      : data_(std::move(data)),
        trie_(PhraseTrie::Build(data_.phrases)),
        known_words_(*trie_),
        agreement_words_(AgreementPhrases(data_.phrases)),
        fingerprint_(std::move(fingerprint)) {
    data_.phrases = {};  // the trie has them
    for (const PartyInfo& party : data_.parties) parties_by_id_.Add(party.id, &party);
  }

  std::vector<LexiconMatch> Match(const Document& document, const TokenFacts& facts) const override {
    return trie_->Match(document, facts.numbers);
  }
  TokenFacts LookUp(const Document& document) const override { return known_words_.LookUp(document); }
  bool MayNameAgreement(absl::string_view plain_text) const override {
    return agreement_words_.MayMatch(plain_text);
  }
  bool MayNameAgreement(const Document& document) const override {
    return agreement_words_.MayMatch(document);
  }
  const PartyInfo* FindParty(absl::string_view id) const override {
    const PartyInfo* const* const found = parties_by_id_.Find(id);
    return found == nullptr ? nullptr : *found;
  }
  absl::Span<const PartyInfo> parties() const override { return data_.parties; }
  const KnownAgreement* FindAgreement(absl::string_view id) const override {
    // By id, in order.
    const auto found = std::lower_bound(
        data_.agreements.begin(), data_.agreements.end(), id,
        [](const KnownAgreement& agreement, absl::string_view wanted) { return agreement.id < wanted; });
    return found == data_.agreements.end() || found->id != id ? nullptr : &*found;
  }
  PartyIds MembersOf(PartyId organisation, size_t count, absl::string_view day, bool earlier) const override {
    PartyIds members = MembersOn(organisation, day);
    if (members.size() == count || !earlier) return members.size() == count ? members : PartyIds{};
    // Their number changes on these days only.
    std::vector<absl::string_view> days;
    for (const Membership& some : data_.memberships) {
      if (some.organisation == organisation && some.from_edtf < day) days.push_back(some.from_edtf);
      if (some.organisation == organisation && !some.until_edtf.empty() && some.until_edtf < day)
        days.push_back(some.until_edtf);
    }
    std::sort(days.rbegin(), days.rend());
    for (const absl::string_view before : days) {
      members = MembersOn(organisation, before);
      if (members.size() == count) return members;
    }
    return {};
  }
  absl::string_view fingerprint() const override { return fingerprint_; }

 private:
  // Dates of different precision compare as they are written: "2004" comes before "2004-05-01".
  PartyIds MembersOn(PartyId organisation, absl::string_view day) const {
    PartyIds members;
    for (const Membership& some : data_.memberships) {
      if (some.organisation != organisation || some.from_edtf > day) continue;
      if (!some.until_edtf.empty() && some.until_edtf < day) continue;
      members.Append(some.members);
    }
    return members;
  }

  LexiconData data_;
  WordTable<const PartyInfo*> parties_by_id_;
  const std::unique_ptr<const PhraseTrie> trie_;
  const KnownWords known_words_;  // views what trie_ has
  const LiteralPrefilter agreement_words_;
  const std::string fingerprint_;
};

absl::StatusOr<LexiconFile> ReadFile(const std::filesystem::path& path) {
  absl::StatusOr<std::string> text = ReadSmallFile(path.string(), kMaxLexiconFileBytes);
  if (!text.ok()) return text.status();
  return LexiconFile{path.string(), *std::move(text)};
}

// The files of `dir` that end in ".txt".
absl::StatusOr<std::vector<LexiconFile>> ReadFolder(absl::string_view dir) {
  std::vector<LexiconFile> files;
  std::error_code error;
  std::filesystem::directory_iterator entry(std::filesystem::path(std::string(dir)), error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    if (entry->path().extension() != ".txt") continue;
    absl::StatusOr<LexiconFile> file = ReadFile(entry->path());
    if (!file.ok()) return file.status();
    files.push_back(*std::move(file));
  }
  if (error) return absl::NotFoundError(absl::StrCat("cannot read the folder ", dir, ": ", error.message()));
  return files;
}

}  // namespace

absl::StatusOr<std::unique_ptr<const Lexicon>> Lexicon::BuiltIn() {
  return FromFiles(EmbeddedLexiconFiles());
}

absl::StatusOr<std::unique_ptr<const Lexicon>> Lexicon::BuiltInWith(absl::string_view dir) {
  absl::StatusOr<std::vector<LexiconFile>> added = ReadFolder(dir);
  if (!added.ok()) return added.status();
  std::vector<LexiconFile> files = EmbeddedLexiconFiles();
  for (LexiconFile& file : *added) {
    const absl::string_view base_name = LexiconFileBaseName(file.name);
    const auto replaced = std::find_if(files.begin(), files.end(),
                                       [&](const LexiconFile& other) { return other.name == base_name; });
    if (replaced != files.end()) {
      *replaced = std::move(file);
    } else {
      files.push_back(std::move(file));
    }
  }
  return FromFiles(files);
}

absl::StatusOr<std::unique_ptr<const Lexicon>> Lexicon::FromFiles(absl::Span<const LexiconFile> files) {
  absl::StatusOr<LexiconData> data = ReadLexiconData(files);
  if (!data.ok()) return data.status();
  return std::make_unique<const CompiledLexicon>(*std::move(data), FingerprintOf(files));
}

}  // namespace treatywire::ingest
