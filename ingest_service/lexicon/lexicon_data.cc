#include "ingest_service/lexicon/lexicon_data.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "ingest_service/lexicon/enum_name.h"
#include "ingest_service/lexicon/lexicon_file.h"
#include "ingest_service/lexicon/noun_plural.h"
#include "ingest_service/lexicon/pattern.h"
#include "ingest_service/lexicon/verb_table.h"

namespace treatywire::ingest {
namespace {

namespace v1 = ::treatywire::v1;

constexpr absl::string_view kBodyLabels[] = {"GOVERNMENT", "LEGISLATURE", "COURT", "MINISTRY", "HEAD"};
constexpr absl::string_view kOfficeLabels[] = {"HEAD", "MINISTER", "DIPLOMAT", "OFFICIAL"};
constexpr absl::string_view kInstrumentLabels[] = {"GENERIC", "STRONG", "WEAK"};
constexpr int kMaxSubjectWeight = 100;

constexpr RecordKey kPartyKeys[] = {
    {"kind"},           {"name"},           {"official"},        {"names", true},      {"demonyms", true},
    {"prefixes", true}, {"capitals", true}, {"bodies", true},    {"successors", true}, {"from"},
    {"until"},
};
constexpr RecordKey kAgreementKeys[] = {
    {"title"},         {"aliases", true}, {"kind"},   {"subject"},
    {"multilateral"},  {"parties", true}, {"signed"}, {"protocol_to"},
};

bool Contains(absl::Span<const absl::string_view> all, absl::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

// "sign_off", "until-notice": what labels, frames and flags are made of.
bool IsIdentifier(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(c) || c == '_' || c == '-';
  });
}

bool IsDigits(absl::string_view text, size_t count) {
  return text.size() == count && std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
}

// "1994", "1994-02", "1994-02-04", with "~" or "?" where it is not certain.
bool IsEdtfDate(absl::string_view text) {
  if (!absl::ConsumeSuffix(&text, "~")) absl::ConsumeSuffix(&text, "?");
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '-');
  if (parts.size() > 3 || !IsDigits(parts[0], 4)) return false;
  return std::all_of(parts.begin() + 1, parts.end(),
                     [](absl::string_view part) { return IsDigits(part, 2) && part != "00"; });
}

// Reads all files; one method for each format.
class DataReader {
 public:
  absl::StatusOr<LexiconData> Read(absl::Span<const LexiconFile> files) {
    SortFiles(files);
    ReadVerbs(LinesOf("verbs"));
    ReadParties(RecordsOf("parties", "party", kPartyKeys));
    ReadAgreements(RecordsOf("agreements", "agreement", kAgreementKeys));
    for (const LexiconLine& line : LinesOf("groups")) ReadNamesOfParties(line, EntryKind::kGroup);
    for (const LexiconLine& line : LinesOf("persons")) ReadNamesOfParties(line, EntryKind::kPerson);
    for (const LexiconLine& line : LinesOf("bodies")) ReadLabelled(line, EntryKind::kBody, kBodyLabels);
    for (const LexiconLine& line : LinesOf("offices")) ReadLabelled(line, EntryKind::kOffice, kOfficeLabels);
    for (const LexiconLine& line : LinesOf("instruments")) ReadInstrument(line);
    for (const LexiconLine& line : LinesOf("triggers")) ReadTrigger(line);
    for (const LexiconLine& line : LinesOf("subjects")) ReadSubject(line);
    for (const LexiconLine& line : LinesOf("cues")) ReadCue(line);
    if (absl::Status status = errors_.ToStatus(); !status.ok()) return status;
    return std::move(data_);
  }

 private:
  // The files of each format, that which is extended first.
  void SortFiles(absl::Span<const LexiconFile> files) {
    for (const LexiconFile& file : files) {
      const absl::string_view base_name = LexiconFileBaseName(file.name);
      if (!IsLexiconFileName(base_name)) {
        errors_.Add({&file.name, 1}, "the lexicon has no file of this name");
      } else if (!files_.try_emplace(base_name, &file).second) {
        errors_.Add({&file.name, 1}, absl::StrCat("there are two files \"", base_name, "\""));
      }
    }
  }

  std::vector<const LexiconFile*> FilesOf(absl::string_view format) const {
    std::vector<const LexiconFile*> files;
    for (absl::string_view ending : {".txt", ".extra.txt"}) {
      const auto found = files_.find(absl::StrCat(format, ending));
      if (found != files_.end()) files.push_back(found->second);
    }
    return files;
  }

  std::vector<LexiconLine> LinesOf(absl::string_view format) {
    std::vector<LexiconLine> lines;
    for (const LexiconFile* file : FilesOf(format)) {
      const std::vector<LexiconLine> more = ReadLexiconLines(*file, errors_);
      lines.insert(lines.end(), more.begin(), more.end());
    }
    return lines;
  }

  std::vector<LexiconRecord> RecordsOf(absl::string_view format, absl::string_view id_key,
                                       absl::Span<const RecordKey> keys) {
    std::vector<LexiconRecord> records = ReadRecords(FilesOf(format), id_key, keys, errors_);
    for (const LexiconRecord& record : records) {
      if (!IsIdentifier(record.id)) {
        errors_.Add(record.position, absl::StrCat("\"", record.id, "\" is not made of letters, digits and \"-\""));
      }
    }
    std::sort(records.begin(), records.end(),
              [](const LexiconRecord& a, const LexiconRecord& b) { return a.id < b.id; });
    return records;
  }

  // --- Patterns ---

  enum class PatternStyle { kAnyCase, kByCase, kLiteral };

  static PatternStyle StyleOf(EntryKind kind) {
    switch (kind) {
      case EntryKind::kOffice:
      case EntryKind::kInstrument:
      case EntryKind::kTrigger:
      case EntryKind::kSubject:
      case EntryKind::kCue:
        return PatternStyle::kAnyCase;
      default:
        return PatternStyle::kByCase;
    }
  }

  // Adds `entry` with its words `pattern`.
  void AddEntry(LexiconEntry entry, absl::string_view pattern, LexiconPosition position, PatternStyle style,
                bool before_hyphen = false) {
    PatternOptions options;
    options.verbs = &verbs_;
    options.respects_case = style != PatternStyle::kAnyCase;
    options.is_literal = style == PatternStyle::kLiteral;
    absl::StatusOr<std::vector<PatternSequence>> sequences = CompilePattern(pattern, options);
    if (!sequences.ok()) {
      errors_.Add(position, absl::StrCat("\"", pattern, "\": ", sequences.status().message()));
      return;
    }
    if (data_.phrases.size() + sequences->size() > kMaxPhrases) {
      errors_.Add(position, absl::StrCat("the files hold more than ", kMaxPhrases, " phrases"));
      return;
    }
    entry.words = std::string(pattern);
    data_.entries.push_back(std::move(entry));
    for (PatternSequence& sequence : *sequences) {
      data_.phrases.push_back({std::move(sequence), &data_.entries.back(), before_hyphen});
    }
  }

  // Adds `entry` once for each pattern of the list.
  void AddEntries(const LexiconEntry& entry, absl::string_view patterns, LexiconPosition position) {
    const std::vector<absl::string_view> list = SplitList(patterns);
    if (list.empty()) errors_.Add(position, "the pattern is empty");
    for (absl::string_view pattern : list) AddEntry(entry, pattern, position, StyleOf(entry.kind));
  }

  void AddEntriesOf(const LexiconRecord& record, absl::string_view key, const LexiconEntry& entry) {
    for (const LexiconRecord::Field& field : record.fields) {
      if (field.key == key) AddEntries(entry, field.value, field.position);
    }
  }

  // --- Values ---

  template <typename Enum>
  void ReadEnum(absl::string_view what, absl::string_view prefix, absl::string_view name,
                LexiconPosition position, Enum* value) {
    if (!ParseEnumName(prefix, name, value)) {
      errors_.Add(position, absl::StrCat("unknown ", what, " \"", name, "\""));
    }
  }

  void CheckLabel(absl::string_view label, absl::Span<const absl::string_view> labels, LexiconPosition position) {
    if (Contains(labels, label)) return;
    errors_.Add(position, absl::StrCat("\"", label, "\" is none of ", absl::StrJoin(labels, ", ")));
  }

  // "RU UA", separated by white space.
  std::vector<std::string> ReadPartyIds(absl::string_view text, LexiconPosition position) {
    std::vector<std::string> ids = absl::StrSplit(text, absl::ByAnyChar(" \t;,"), absl::SkipEmpty());
    if (ids.empty()) errors_.Add(position, "no party is given");
    for (const std::string& id : ids) {
      if (!party_ids_.contains(id)) errors_.Add(position, absl::StrCat("unknown party \"", id, "\""));
    }
    return ids;
  }

  std::vector<std::string> PartyIdsOf(const LexiconRecord& record, absl::string_view key) {
    std::vector<std::string> all;
    for (const LexiconRecord::Field& field : record.fields) {
      if (field.key != key) continue;
      const std::vector<std::string> ids = ReadPartyIds(field.value, field.position);
      all.insert(all.end(), ids.begin(), ids.end());
    }
    return all;
  }

  static std::vector<std::string> ListOf(const LexiconRecord& record, absl::string_view key) {
    std::vector<std::string> all;
    for (const LexiconRecord::Field& field : record.fields) {
      if (field.key != key) continue;
      for (absl::string_view part : SplitList(field.value)) all.emplace_back(part);
    }
    return all;
  }

  static std::string ValueOf(const LexiconRecord& record, absl::string_view key) {
    const LexiconRecord::Field* field = record.Find(key);
    return field == nullptr ? std::string() : std::string(field->value);
  }

  // A value that every record has to have.
  const LexiconRecord::Field* Require(const LexiconRecord& record, absl::string_view key) {
    const LexiconRecord::Field* field = record.Find(key);
    if (field == nullptr) errors_.Add(record.position, absl::StrCat("\"", record.id, "\" has no \"", key, ":\""));
    return field;
  }

  std::string DateOf(const LexiconRecord& record, absl::string_view key) {
    const LexiconRecord::Field* field = record.Find(key);
    if (field == nullptr) return "";
    if (!IsEdtfDate(field->value)) {
      errors_.Add(field->position, absl::StrCat("\"", field->value, "\" is not a date such as 1994-02-04"));
    }
    return std::string(field->value);
  }

  // --- Formats ---

  static std::vector<std::string> Spellings(absl::string_view text) {
    return absl::StrSplit(absl::AsciiStrToLower(text), '/', absl::SkipEmpty());
  }

  void ReadVerbs(const std::vector<LexiconLine>& lines) {
    for (const LexiconLine& line : lines) {
      const std::vector<absl::string_view> words =
          absl::StrSplit(line.text, absl::ByAnyChar(" \t"), absl::SkipEmpty());
      if (words.size() < 3 || words.size() > 5) {
        errors_.Add(line.position, absl::StrCat("expected 3 to 5 words, found ", words.size()));
        continue;
      }
      IrregularVerb verb;
      verb.base = absl::AsciiStrToLower(words[0]);
      verb.past = Spellings(words[1]);
      verb.participle = Spellings(words[2]);
      if (words.size() > 3) verb.ing = Spellings(words[3]);
      if (words.size() > 4) verb.third = Spellings(words[4]);
      if (!verbs_.Add(std::move(verb))) {
        errors_.Add(line.position, absl::StrCat("the verb \"", words[0], "\" is given twice"));
      }
    }
  }

  void ReadParties(const std::vector<LexiconRecord>& records) {
    for (const LexiconRecord& record : records) party_ids_.insert(record.id);
    for (const LexiconRecord& record : records) {
      PartyInfo party;
      party.id = std::string(record.id);
      if (const LexiconRecord::Field* kind = Require(record, "kind")) {
        const absl::string_view name = kind->value == "former" ? "former_state" : kind->value;
        ReadEnum("kind", "PARTY_KIND_", name, kind->position, &party.kind);
      }
      Require(record, "name");
      party.name = ValueOf(record, "name");
      party.official_name = ValueOf(record, "official");
      party.capitals = ListOf(record, "capitals");
      party.successors = PartyIdsOf(record, "successors");
      party.from_edtf = DateOf(record, "from");
      party.until_edtf = DateOf(record, "until");
      data_.parties.push_back(std::move(party));
      AddPartyEntries(record);
    }
  }

  void AddPartyEntries(const LexiconRecord& record) {
    LexiconEntry entry;
    entry.parties = {std::string(record.id)};
    entry.kind = EntryKind::kPartyName;
    for (absl::string_view key : {"name", "official"}) {
      if (const LexiconRecord::Field* field = record.Find(key)) {
        AddEntry(entry, field->value, field->position, PatternStyle::kLiteral);
      }
    }
    AddEntriesOf(record, "names", entry);
    entry.kind = EntryKind::kDemonym;
    AddEntriesOf(record, "demonyms", entry);
    entry.kind = EntryKind::kCapital;
    AddEntriesOf(record, "capitals", entry);
    AddPrefixes(record);
    AddBodies(record);
  }

  // "Franco; Gallo".
  void AddPrefixes(const LexiconRecord& record) {
    LexiconEntry entry;
    entry.kind = EntryKind::kDemonym;
    entry.parties = {std::string(record.id)};
    entry.label = "PREFIX";
    for (const LexiconRecord::Field& field : record.fields) {
      if (field.key != "prefixes") continue;
      for (absl::string_view prefix : SplitList(field.value)) {
        absl::ConsumeSuffix(&prefix, "-");
        AddEntry(entry, prefix, field.position, PatternStyle::kByCase, /*before_hyphen=*/true);
      }
    }
  }

  // "State Duma = LEGISLATURE; Kremlin = GOVERNMENT".
  void AddBodies(const LexiconRecord& record) {
    LexiconEntry entry;
    entry.kind = EntryKind::kBody;
    entry.parties = {std::string(record.id)};
    for (const LexiconRecord::Field& field : record.fields) {
      if (field.key != "bodies") continue;
      for (absl::string_view body : SplitList(field.value)) {
        const std::pair<absl::string_view, absl::string_view> sides = absl::StrSplit(body, absl::MaxSplits('=', 1));
        entry.label = std::string(absl::StripAsciiWhitespace(sides.second));
        CheckLabel(entry.label, kBodyLabels, field.position);
        AddEntry(entry, absl::StripAsciiWhitespace(sides.first), field.position, PatternStyle::kByCase);
      }
    }
  }

  void ReadAgreements(const std::vector<LexiconRecord>& records) {
    absl::flat_hash_set<absl::string_view> ids;
    for (const LexiconRecord& record : records) ids.insert(record.id);
    data_.agreements.reserve(records.size());  // entries point into it
    for (const LexiconRecord& record : records) {
      data_.agreements.push_back(ReadAgreement(record));
      const LexiconRecord::Field* protocol_to = record.Find("protocol_to");
      if (protocol_to != nullptr && !ids.contains(protocol_to->value)) {
        errors_.Add(protocol_to->position, absl::StrCat("unknown agreement \"", protocol_to->value, "\""));
      }
      LexiconEntry entry;
      entry.kind = EntryKind::kKnownAgreement;
      entry.agreement = &data_.agreements.back();
      entry.agreement_kind = entry.agreement->kind;
      entry.subject = entry.agreement->subject;
      if (const LexiconRecord::Field* title = Require(record, "title")) {
        AddEntry(entry, title->value, title->position, PatternStyle::kLiteral);
      }
      AddEntriesOf(record, "aliases", entry);
    }
  }

  KnownAgreement ReadAgreement(const LexiconRecord& record) {
    KnownAgreement agreement;
    agreement.id = std::string(record.id);
    agreement.title = ValueOf(record, "title");
    agreement.aliases = ListOf(record, "aliases");
    if (const LexiconRecord::Field* kind = Require(record, "kind")) {
      ReadEnum("kind", "AGREEMENT_KIND_", kind->value, kind->position, &agreement.kind);
    }
    if (const LexiconRecord::Field* subject = Require(record, "subject")) {
      ReadEnum("subject", "SUBJECT_", subject->value, subject->position, &agreement.subject);
    }
    if (const LexiconRecord::Field* multilateral = record.Find("multilateral")) {
      agreement.multilateral = multilateral->value == "yes";
      if (!agreement.multilateral && multilateral->value != "no") {
        errors_.Add(multilateral->position, absl::StrCat("\"", multilateral->value, "\" is neither yes nor no"));
      }
    }
    agreement.parties = PartyIdsOf(record, "parties");
    agreement.signed_edtf = DateOf(record, "signed");
    agreement.protocol_to = ValueOf(record, "protocol_to");
    return agreement;
  }

  // "the Baltic states | EE LV LT", "Vladimir Putin; Putin | RU".
  void ReadNamesOfParties(const LexiconLine& line, EntryKind kind) {
    const std::vector<absl::string_view> fields = SplitFields(line, 2, 2, errors_);
    if (fields.empty()) return;
    LexiconEntry entry;
    entry.kind = kind;
    entry.parties = ReadPartyIds(fields[1], line.position);
    AddEntries(entry, fields[0], line.position);
  }

  // "foreign ministry | MINISTRY".
  void ReadLabelled(const LexiconLine& line, EntryKind kind, absl::Span<const absl::string_view> labels) {
    const std::vector<absl::string_view> fields = SplitFields(line, 2, 2, errors_);
    if (fields.empty()) return;
    CheckLabel(fields[1], labels, line.position);
    LexiconEntry entry;
    entry.kind = kind;
    entry.label = std::string(fields[1]);
    AddEntries(entry, fields[0], line.position);
  }

  // "treaty | TREATY | STRONG", and optionally the plural; "-" where there is no kind or no plural.
  void ReadInstrument(const LexiconLine& line) {
    const std::vector<absl::string_view> fields = SplitFields(line, 3, 4, errors_);
    if (fields.empty()) return;
    LexiconEntry entry;
    entry.kind = EntryKind::kInstrument;
    if (fields[1] != "-") {
      ReadEnum("kind", "AGREEMENT_KIND_", fields[1], line.position, &entry.agreement_kind);
    }
    CheckLabel(fields[2], kInstrumentLabels, line.position);
    entry.label = std::string(fields[2]);
    for (absl::string_view pattern : SplitList(fields[0])) {
      entry.plural = fields.size() == 3 && IsPluralPattern(pattern);
      AddEntries(entry, pattern, line.position);
      entry.plural = true;
      if (fields.size() > 3) continue;
      for (const std::string& plural : PluralPatterns(pattern)) AddEntries(entry, plural, line.position);
    }
    if (SplitList(fields[0]).empty()) errors_.Add(line.position, "the pattern is empty");
    entry.plural = true;
    if (fields.size() > 3 && fields[3] != "-") AddEntries(entry, fields[3], line.position);
  }

  // "SIGNED | object | <sign> | modality=PLANNED | flag flag".
  void ReadTrigger(const LexiconLine& line) {
    const std::vector<absl::string_view> fields = SplitFields(line, 3, 5, errors_);
    if (fields.empty()) return;
    LexiconEntry entry;
    entry.kind = EntryKind::kTrigger;
    ReadEnum("event type", "EVENT_TYPE_", fields[0], line.position, &entry.event_type);
    if (!IsIdentifier(fields[1])) errors_.Add(line.position, absl::StrCat("\"", fields[1], "\" is no frame"));
    entry.frame = std::string(fields[1]);
    for (size_t i = 3; i < fields.size(); ++i) ReadTriggerExtras(fields[i], line.position, entry);
    AddEntries(entry, fields[2], line.position);
  }

  void ReadTriggerExtras(absl::string_view extras, LexiconPosition position, LexiconEntry& entry) {
    for (absl::string_view extra : absl::StrSplit(extras, absl::ByAnyChar(" \t"), absl::SkipEmpty())) {
      const std::vector<absl::string_view> sides = absl::StrSplit(extra, '=');
      if (sides.size() > 2 || !std::all_of(sides.begin(), sides.end(), IsIdentifier)) {
        errors_.Add(position, absl::StrCat("\"", extra, "\" is neither a flag nor \"key=value\""));
      } else if (sides[0] == "modality" && sides.size() == 2) {
        ReadEnum("modality", "MODALITY_", sides[1], position, &entry.modality);
      } else {
        absl::StrAppend(&entry.value, entry.value.empty() ? "" : " ", extra);
      }
    }
  }

  // "FINANCE | double taxation | 3".
  void ReadSubject(const LexiconLine& line) {
    const std::vector<absl::string_view> fields = SplitFields(line, 2, 3, errors_);
    if (fields.empty()) return;
    LexiconEntry entry;
    entry.kind = EntryKind::kSubject;
    ReadEnum("subject", "SUBJECT_", fields[0], line.position, &entry.subject);
    if (fields.size() > 2 && (!absl::SimpleAtoi(fields[2], &entry.weight) || entry.weight < 1 ||
                              entry.weight > kMaxSubjectWeight)) {
      errors_.Add(line.position, absl::StrCat("the weight \"", fields[2], "\" is not from 1 to ", kMaxSubjectWeight));
    }
    AddEntries(entry, fields[1], line.position);
  }

  // "negation | never | value".
  void ReadCue(const LexiconLine& line) {
    const std::vector<absl::string_view> fields = SplitFields(line, 2, 3, errors_);
    if (fields.empty()) return;
    LexiconEntry entry;
    entry.kind = EntryKind::kCue;
    if (!IsIdentifier(fields[0])) {
      errors_.Add(line.position, absl::StrCat("\"", fields[0], "\" is no class of cues"));
    }
    entry.label = std::string(fields[0]);
    if (fields.size() > 2) entry.value = std::string(fields[2]);
    AddEntries(entry, fields[1], line.position);
  }

  LexiconData data_;
  LexiconErrors errors_;
  VerbTable verbs_;
  absl::flat_hash_map<absl::string_view, const LexiconFile*> files_;  // by base name
  absl::flat_hash_set<absl::string_view> party_ids_;
};

}  // namespace

absl::string_view LexiconFileBaseName(absl::string_view name) {
  const size_t slash = name.rfind('/');
  return slash == absl::string_view::npos ? name : name.substr(slash + 1);
}

bool IsLexiconFileName(absl::string_view base_name) {
  static constexpr absl::string_view kFormats[] = {"verbs",   "parties",     "agreements", "groups",
                                                   "persons", "bodies",      "offices",    "instruments",
                                                   "triggers", "subjects",   "cues"};
  if (!absl::ConsumeSuffix(&base_name, ".txt")) return false;
  absl::ConsumeSuffix(&base_name, ".extra");
  return Contains(kFormats, base_name);
}

absl::StatusOr<LexiconData> ReadLexiconData(absl::Span<const LexiconFile> files) {
  return DataReader().Read(files);
}

}  // namespace treatywire::ingest
