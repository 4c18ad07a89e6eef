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

constexpr absl::string_view kBodyLabels[] = {"GOVERNMENT", "LEGISLATURE", "COURT", "MINISTRY", "HEAD"};
constexpr absl::string_view kOfficeLabels[] = {"HEAD", "MINISTER", "DIPLOMAT", "OFFICIAL"};
constexpr absl::string_view kInstrumentLabels[] = {"GENERIC", "STRONG", "WEAK", "WHEN_SIGNED"};
constexpr int kMaxSubjectWeight = 100;

// Stands for what words mean where they mean nothing and only keep shorter ones from matching.
constexpr absl::string_view kNothing = "-";

constexpr RecordKey kPartyKeys[] = {
    {"kind"},           {"name"},           {"official"},     {"names", true},      {"demonyms", true},
    {"prefixes", true}, {"capitals", true}, {"bodies", true}, {"successors", true}, {"from"},
    {"until"},
};
constexpr RecordKey kAgreementKeys[] = {
    {"title"},        {"aliases", true}, {"kind"},   {"subject"},
    {"multilateral"}, {"parties", true}, {"signed"}, {"protocol_to"},
};

template <typename T>
struct Named {
  absl::string_view name;
  T value;
};
constexpr Named<NounStrength> kStrengths[] = {{"GENERIC", NounStrength::kGeneric},
                                              {"STRONG", NounStrength::kStrong},
                                              {"WEAK", NounStrength::kWeak},
                                              {"WHEN_SIGNED", NounStrength::kWhenSigned}};
constexpr Named<TriggerFrame> kFrames[] = {{"object", TriggerFrame::kObject},
                                           {"subject", TriggerFrame::kSubject},
                                           {"actor", TriggerFrame::kActor},
                                           {"noun", TriggerFrame::kNoun},
                                           {"notice", TriggerFrame::kNotice}};
constexpr Named<TriggerFlag> kFlags[] = {
    {"back", TriggerFlag::kBack},         {"denied", TriggerFlag::kDenied}, {"future", TriggerFlag::kFuture},
    {"implicit", TriggerFlag::kImplicit}, {"joint", TriggerFlag::kJoint},   {"leave", TriggerFlag::kLeave},
    {"listed", TriggerFlag::kListed},     {"open", TriggerFlag::kOpen},     {"organ", TriggerFlag::kOrgan},
    {"party", TriggerFlag::kParty},       {"reject", TriggerFlag::kReject}, {"self", TriggerFlag::kSelf},
    {"strict", TriggerFlag::kStrict},     {"weak", TriggerFlag::kWeak}};

// Returns false, and changes nothing, where none is called that.
template <typename T>
bool FindNamed(absl::Span<const Named<T>> all, absl::string_view name, T* found) {
  for (const Named<T>& one : all) {
    if (one.name != name) continue;
    *found = one.value;
    return true;
  }
  return false;
}

bool Contains(absl::Span<const absl::string_view> all, absl::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

// "sign_off", "until-notice": what labels, frames and flags are made of.
bool IsIdentifier(absl::string_view text) {
  return !text.empty() && absl::ascii_isalnum(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return absl::ascii_isalnum(c) || c == '_' || c == '-'; });
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
    for (const LexiconLine& line : LinesOf("name_words")) ReadNameWords(line);
    ReadAgreements(RecordsOf("agreements", "agreement", kAgreementKeys));
    for (const LexiconLine& line : LinesOf("groups")) ReadNamesOfParties(line, EntryKind::kGroup);
    for (const LexiconLine& line : LinesOf("members")) ReadMembers(line);
    for (const LexiconLine& line : LinesOf("persons")) ReadNamesOfParties(line, EntryKind::kPerson);
    for (const LexiconLine& line : LinesOf("bodies")) ReadLabelled(line, EntryKind::kBody, kBodyLabels);
    for (const LexiconLine& line : LinesOf("offices")) ReadLabelled(line, EntryKind::kOffice, kOfficeLabels);
    for (const LexiconLine& line : LinesOf("instruments")) ReadInstrument(line);
    for (const LexiconLine& line : LinesOf("triggers")) ReadTrigger(line);
    for (const LexiconLine& line : LinesOf("subjects")) ReadSubject(line);
    for (const LexiconLine& line : LinesOf("cues")) ReadCue(line);
    for (const LexiconLine& line : LinesOf("topics")) ReadTopic(line);
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
      if (!IsIdentifier(record.id) && record.id != kNothing) {
        errors_.Add(record.position,
                    absl::StrCat("\"", record.id, "\" is not made of letters, digits and \"-\""));
      }
    }
    std::sort(records.begin(), records.end(),
              [](const LexiconRecord& a, const LexiconRecord& b) { return a.id < b.id; });
    return records;
  }

  // --- Patterns ---

  // An entry to be, and what its patterns have in common.
  struct Draft {
    LexiconEntry entry;
    bool is_literal = false;
    bool before_hyphen = false;
    bool blocks = false;
  };

  static Draft DraftOf(EntryKind kind) {
    Draft draft;
    draft.entry.kind = kind;
    return draft;
  }

  static bool RespectsCase(EntryKind kind) {
    switch (kind) {
      case EntryKind::kOffice:
      case EntryKind::kInstrument:
      case EntryKind::kTrigger:
      case EntryKind::kSubject:
      case EntryKind::kCue:
      case EntryKind::kTopic:
        return false;
      default:
        return true;
    }
  }

  // Adds the draft's entry with the words `pattern`.
  void AddEntry(const Draft& draft, absl::string_view pattern, LexiconPosition position) {
    PatternOptions options;
    options.verbs = &verbs_;
    options.respects_case = RespectsCase(draft.entry.kind);
    options.is_literal = draft.is_literal;
    absl::StatusOr<std::vector<PatternSequence>> sequences = CompilePattern(pattern, options);
    if (!sequences.ok()) {
      errors_.Add(position, absl::StrCat("\"", pattern, "\": ", sequences.status().message()));
      return;
    }
    if (data_.phrases.size() + sequences->size() > kMaxPhrases) {
      errors_.Add(position, absl::StrCat("the files hold more than ", kMaxPhrases, " phrases"));
      return;
    }
    LexiconEntry& entry = data_.entries.emplace_back(draft.entry);
    entry.words = std::string(pattern);
    entry.is_common_name = entry.kind == EntryKind::kKnownAgreement && IsCommonName(pattern);
    for (PatternSequence& sequence : *sequences) {
      data_.phrases.push_back({std::move(sequence), &entry, draft.before_hyphen, draft.blocks});
    }
  }

  // Adds the draft's entry once for each pattern of the list.
  void AddEntries(const Draft& draft, absl::string_view patterns, LexiconPosition position) {
    const std::vector<absl::string_view> list = SplitList(patterns);
    if (list.empty()) errors_.Add(position, "the pattern is empty");
    for (absl::string_view pattern : list) AddEntry(draft, pattern, position);
  }

  void AddEntriesOf(const LexiconRecord& record, absl::string_view key, const Draft& draft) {
    for (const LexiconRecord::Field& field : record.fields) {
      if (field.key == key) AddEntries(draft, field.value, field.position);
    }
  }

  // A name that is shown to people as well: all of its characters are meant.
  void AddLiteral(const Draft& draft, const LexiconRecord::Field* field) {
    if (field == nullptr) return;
    Draft literal = draft;
    literal.is_literal = true;
    AddEntry(literal, field->value, field->position);
  }

  // --- Values ---

  template <typename Enum>
  void ReadEnum(absl::string_view what, absl::string_view prefix, absl::string_view name,
                LexiconPosition position, Enum* value) {
    if (!ParseEnumName(prefix, name, value)) {
      errors_.Add(position, absl::StrCat("unknown ", what, " \"", name, "\""));
    }
  }

  void CheckLabel(absl::string_view label, absl::Span<const absl::string_view> labels,
                  LexiconPosition position) {
    if (Contains(labels, label)) return;
    errors_.Add(position, absl::StrCat("\"", label, "\" is none of ", absl::StrJoin(labels, ", ")));
  }

  // "RU UA", separated by white space.
  PartyIds ReadPartyIds(absl::string_view text, LexiconPosition position) {
    PartyIds ids;
    for (absl::string_view id : absl::StrSplit(text, absl::ByAnyChar(" \t;,"), absl::SkipEmpty()))
      ids.push_back(IdOf(id, position));
    if (ids.empty()) errors_.Add(position, "no party is given");
    return ids;
  }

  // Nobody, and an error, where there is no such party.
  PartyId IdOf(absl::string_view id, LexiconPosition position) {
    const auto party = parties_by_id_.find(id);
    if (party != parties_by_id_.end()) return PartyId(party->second);
    errors_.Add(position, absl::StrCat("unknown party \"", id, "\""));
    return PartyId();
  }

  PartyIds PartyIdsOf(const LexiconRecord& record, absl::string_view key) {
    PartyIds all;
    for (const LexiconRecord::Field& field : record.fields) {
      if (field.key != key) continue;
      const PartyIds ids = ReadPartyIds(field.value, field.position);
      all.Append(ids);
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
    if (field == nullptr)
      errors_.Add(record.position, absl::StrCat("\"", record.id, "\" has no \"", key, ":\""));
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
      if (!verbs_.Add(verb)) {
        errors_.Add(line.position, absl::StrCat("the verb \"", words[0], "\" is given twice"));
      }
    }
  }

  void ReadParties(const std::vector<LexiconRecord>& records) {
    data_.parties.reserve(records.size());  // ids point into it
    for (const LexiconRecord& record : records) {
      if (record.id == kNothing) continue;
      data_.parties.emplace_back().id = std::string(record.id);
      parties_by_id_.try_emplace(record.id, &data_.parties.back());
    }
    auto party = data_.parties.begin();
    for (const LexiconRecord& record : records) {
      if (record.id == kNothing) {
        CheckKeysOfNothing(record);
      } else {
        ReadParty(record, &*party++);
      }
      AddPartyEntries(record);
    }
  }

  // Words that are no party: "New Mexico".
  void CheckKeysOfNothing(const LexiconRecord& record) {
    for (const LexiconRecord::Field& field : record.fields) {
      if (Contains({"names", "demonyms", "capitals"}, field.key)) continue;
      errors_.Add(field.position, absl::StrCat("what is no party has no \"", field.key, "\""));
    }
  }

  void ReadParty(const LexiconRecord& record, PartyInfo* party) {
    if (const LexiconRecord::Field* kind = Require(record, "kind")) {
      const absl::string_view name = kind->value == "former" ? "former_state" : kind->value;
      ReadEnum("kind", "PARTY_KIND_", name, kind->position, &party->kind);
    }
    Require(record, "name");
    party->name = ValueOf(record, "name");
    party->official_name = ValueOf(record, "official");
    party->capitals = ListOf(record, "capitals");
    party->successors = PartyIdsOf(record, "successors");
    party->from_edtf = DateOf(record, "from");
    party->until_edtf = DateOf(record, "until");
  }

  void AddPartyEntries(const LexiconRecord& record) {
    Draft draft = DraftOf(EntryKind::kPartyName);
    draft.blocks = record.id == kNothing;
    if (!draft.blocks) draft.entry.parties = {PartyId(parties_by_id_.at(record.id))};
    AddLiteral(draft, record.Find("name"));
    AddLiteral(draft, record.Find("official"));
    AddEntriesOf(record, "names", draft);
    draft.entry.kind = EntryKind::kDemonym;
    AddEntriesOf(record, "demonyms", draft);
    draft.entry.kind = EntryKind::kCapital;
    AddEntriesOf(record, "capitals", draft);
    AddPrefixes(record, draft);
    AddBodies(record, draft);
  }

  // "Franco; Gallo".
  void AddPrefixes(const LexiconRecord& record, Draft draft) {
    draft.entry.kind = EntryKind::kDemonym;
    draft.entry.label = "PREFIX";
    draft.before_hyphen = true;
    AddEntriesOf(record, "prefixes", draft);
  }

  // "State Duma = LEGISLATURE; Kremlin = GOVERNMENT".
  void AddBodies(const LexiconRecord& record, Draft draft) {
    draft.entry.kind = EntryKind::kBody;
    for (const LexiconRecord::Field& field : record.fields) {
      if (field.key != "bodies") continue;
      for (absl::string_view body : SplitList(field.value)) {
        const std::pair<absl::string_view, absl::string_view> sides =
            absl::StrSplit(body, absl::MaxSplits('=', 1));
        draft.entry.label = std::string(absl::StripAsciiWhitespace(sides.second));
        CheckLabel(draft.entry.label, kBodyLabels, field.position);
        AddEntry(draft, absl::StripAsciiWhitespace(sides.first), field.position);
      }
    }
  }

  // "mutual; defence": words of which a name may be made that is nobody's own.
  void ReadNameWords(const LexiconLine& line) {
    for (absl::string_view word : SplitList(line.text)) {
      if (std::any_of(word.begin(), word.end(), IsNoLetter))
        errors_.Add(line.position, absl::StrCat("\"", word, "\" is not one word"));
      name_words_.insert(absl::AsciiStrToLower(word));
    }
  }

  static bool IsNoLetter(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x80 && !absl::ascii_isalnum(byte);
  }

  // Whether `name` is made of such words and of numbers ("1904 treaty").
  bool IsCommonName(absl::string_view name) const {
    const std::string lower = absl::AsciiStrToLower(name);
    std::string word;
    for (const char c : absl::StrCat(lower, " ")) {
      if (!IsNoLetter(c)) {
        word.push_back(c);
        continue;
      }
      const bool number = std::all_of(word.begin(), word.end(), absl::ascii_isdigit);
      if (!number && !name_words_.contains(word)) return false;
      word.clear();
    }
    return true;
  }

  void ReadAgreements(const std::vector<LexiconRecord>& records) {
    absl::flat_hash_set<absl::string_view> ids;
    for (const LexiconRecord& record : records) ids.insert(record.id);
    data_.agreements.reserve(records.size());  // entries point into it
    for (const LexiconRecord& record : records) {
      if (record.id == kNothing) {
        AddAgreementsThatAreNone(record);
        continue;
      }
      data_.agreements.push_back(ReadAgreement(record));
      const LexiconRecord::Field* protocol_to = record.Find("protocol_to");
      if (protocol_to != nullptr && (!ids.contains(protocol_to->value) || protocol_to->value == kNothing)) {
        errors_.Add(protocol_to->position, absl::StrCat("unknown agreement \"", protocol_to->value, "\""));
      }
      Draft draft = DraftOf(EntryKind::kKnownAgreement);
      draft.entry.agreement = &data_.agreements.back();
      draft.entry.agreement_kind = data_.agreements.back().kind;
      draft.entry.subject = data_.agreements.back().subject;
      AddLiteral(draft, Require(record, "title"));
      AddEntriesOf(record, "aliases", draft);
    }
  }

  void AddAgreementsThatAreNone(const LexiconRecord& record) {
    Draft draft = DraftOf(EntryKind::kKnownAgreement);
    draft.blocks = true;
    AddEntriesOf(record, "aliases", draft);
    for (const LexiconRecord::Field& field : record.fields) {
      if (field.key != "aliases") {
        errors_.Add(field.position, absl::StrCat("what is no agreement has no \"", field.key, "\""));
      }
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
        errors_.Add(multilateral->position,
                    absl::StrCat("\"", multilateral->value, "\" is neither yes nor no"));
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
    Draft draft = DraftOf(kind);
    draft.blocks = fields[1] == kNothing;
    if (!draft.blocks) draft.entry.parties = ReadPartyIds(fields[1], line.position);
    AddEntries(draft, fields[0], line.position);
  }

  // "efta | 1960-05-03 | 1972-12-31 | DK GB"; nothing in the third field for those who are members still.
  void ReadMembers(const LexiconLine& line) {
    const std::vector<absl::string_view> fields = SplitFields(line, 4, 4, errors_);
    if (fields.empty()) return;
    Membership some;
    some.organisation = IdOf(fields[0], line.position);
    some.from_edtf = std::string(fields[1]);
    some.until_edtf = std::string(fields[2]);
    some.members = ReadPartyIds(fields[3], line.position);
    for (const std::string* date : {&some.from_edtf, &some.until_edtf}) {
      const bool open = date == &some.until_edtf && date->empty();
      if (!open && !IsEdtfDate(*date)) errors_.Add(line.position, absl::StrCat("\"", *date, "\" is no date"));
    }
    if (!some.until_edtf.empty() && some.until_edtf < some.from_edtf)
      errors_.Add(line.position, "the membership ends before it begins");
    CheckMembersOnce(some, line.position);
    data_.memberships.push_back(std::move(some));
  }

  // A state may leave and come back; at one time it is a member once.
  void CheckMembersOnce(const Membership& some, LexiconPosition position) {
    for (const Membership& other : data_.memberships) {
      const bool apart = (!other.until_edtf.empty() && other.until_edtf < some.from_edtf) ||
                         (!some.until_edtf.empty() && some.until_edtf < other.from_edtf);
      if (other.organisation != some.organisation || apart) continue;
      for (const PartyId id : some.members) {
        if (!id.empty() && other.members.Contains(id))
          errors_.Add(position, absl::StrCat("\"", id.text(), "\" is a member twice at the same time"));
      }
    }
  }

  // "foreign ministry | MINISTRY".
  void ReadLabelled(const LexiconLine& line, EntryKind kind, absl::Span<const absl::string_view> labels) {
    const std::vector<absl::string_view> fields = SplitFields(line, 2, 2, errors_);
    if (fields.empty()) return;
    Draft draft = DraftOf(kind);
    draft.blocks = fields[1] == kNothing;
    if (!draft.blocks) CheckLabel(fields[1], labels, line.position);
    draft.entry.label = std::string(fields[1]);
    AddEntries(draft, fields[0], line.position);
  }

  // "treaty | TREATY | STRONG", and optionally the plural; "-" where there is no kind, no plural, or the
  // words mean nothing.
  void ReadInstrument(const LexiconLine& line) {
    const std::vector<absl::string_view> fields = SplitFields(line, 3, 4, errors_);
    if (fields.empty()) return;
    Draft draft = DraftOf(EntryKind::kInstrument);
    if (fields[1] != kNothing) {
      ReadEnum("kind", "AGREEMENT_KIND_", fields[1], line.position, &draft.entry.agreement_kind);
    }
    draft.blocks = fields[2] == kNothing;
    if (!draft.blocks) CheckLabel(fields[2], kInstrumentLabels, line.position);
    draft.entry.label = std::string(fields[2]);
    FindNamed<NounStrength>(kStrengths, fields[2], &draft.entry.strength);
    if (fields.size() == 3) {
      AddInstrumentsAndPlurals(draft, fields[0], line.position);
      return;
    }
    AddEntries(draft, fields[0], line.position);
    draft.entry.plural = true;
    if (fields[3] != kNothing) AddEntries(draft, fields[3], line.position);
  }

  void AddInstrumentsAndPlurals(Draft draft, absl::string_view patterns, LexiconPosition position) {
    const std::vector<absl::string_view> list = SplitList(patterns);
    if (list.empty()) errors_.Add(position, "the pattern is empty");
    for (absl::string_view pattern : list) {
      draft.entry.plural = IsPluralPattern(pattern);
      AddEntry(draft, pattern, position);
      draft.entry.plural = true;
      for (const std::string& plural : PluralPatterns(pattern)) AddEntry(draft, plural, position);
    }
  }

  // "SIGNED | object | <sign> | modality=PLANNED | flag flag"; type and frame "-" where the words are no
  // trigger.
  void ReadTrigger(const LexiconLine& line) {
    const std::vector<absl::string_view> fields = SplitFields(line, 3, 5, errors_);
    if (fields.empty()) return;
    Draft draft = DraftOf(EntryKind::kTrigger);
    draft.blocks = fields[0] == kNothing;
    if (!draft.blocks) {
      ReadEnum("event type", "EVENT_TYPE_", fields[0], line.position, &draft.entry.event_type);
      if (!FindNamed<TriggerFrame>(kFrames, fields[1], &draft.entry.frame))
        errors_.Add(line.position, absl::StrCat("\"", fields[1], "\" is no frame"));
    }
    for (size_t i = 3; i < fields.size(); ++i) ReadTriggerExtras(fields[i], line.position, draft.entry);
    AddEntries(draft, fields[2], line.position);
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
        TriggerFlag flag;
        if (FindNamed<TriggerFlag>(kFlags, extra, &flag)) entry.flags.Add(flag);
      }
    }
  }

  // "FINANCE | double taxation | 3".
  void ReadSubject(const LexiconLine& line) {
    const std::vector<absl::string_view> fields = SplitFields(line, 2, 3, errors_);
    if (fields.empty()) return;
    Draft draft = DraftOf(EntryKind::kSubject);
    draft.blocks = fields[0] == kNothing;
    if (!draft.blocks) ReadEnum("subject", "SUBJECT_", fields[0], line.position, &draft.entry.subject);
    int& weight = draft.entry.weight;
    if (fields.size() > 2 &&
        (!absl::SimpleAtoi(fields[2], &weight) || weight < 1 || weight > kMaxSubjectWeight)) {
      errors_.Add(line.position,
                  absl::StrCat("the weight \"", fields[2], "\" is not from 1 to ", kMaxSubjectWeight));
    }
    AddEntries(draft, fields[1], line.position);
  }

  // "negation | never | value".
  void ReadCue(const LexiconLine& line) {
    const std::vector<absl::string_view> fields = SplitFields(line, 2, 3, errors_);
    if (fields.empty()) return;
    Draft draft = DraftOf(EntryKind::kCue);
    draft.blocks = fields[0] == kNothing;
    if (!draft.blocks && !IsIdentifier(fields[0])) {
      errors_.Add(line.position, absl::StrCat("\"", fields[0], "\" is no class of cues"));
    }
    draft.entry.label = std::string(fields[0]);
    if (fields.size() > 2) draft.entry.value = std::string(fields[2]);
    AddEntries(draft, fields[1], line.position);
  }

  // "tax | double taxation; tax".
  void ReadTopic(const LexiconLine& line) {
    const std::vector<absl::string_view> fields = SplitFields(line, 2, 2, errors_);
    if (fields.empty()) return;
    Draft draft = DraftOf(EntryKind::kTopic);
    draft.blocks = fields[0] == kNothing;
    draft.entry.label = std::string(fields[0]);
    AddEntries(draft, fields[1], line.position);
  }

  LexiconData data_;
  LexiconErrors errors_;
  VerbTable verbs_;
  absl::flat_hash_set<std::string> name_words_;
  absl::flat_hash_map<absl::string_view, const LexiconFile*> files_;  // by base name
  absl::flat_hash_map<absl::string_view, const PartyInfo*> parties_by_id_;
};

}  // namespace

absl::string_view TriggerFrameName(TriggerFrame frame) {
  for (const Named<TriggerFrame>& one : kFrames) {
    if (one.value == frame) return one.name;
  }
  return "";
}

absl::string_view LexiconFileBaseName(absl::string_view name) {
  const size_t slash = name.rfind('/');
  return slash == absl::string_view::npos ? name : name.substr(slash + 1);
}

bool IsLexiconFileName(absl::string_view base_name) {
  static constexpr absl::string_view kFormats[] = {
      "verbs",   "parties",     "agreements", "groups",   "members", "persons", "bodies",
      "offices", "instruments", "triggers",   "subjects", "cues",    "topics",  "name_words"};
  if (!absl::ConsumeSuffix(&base_name, ".txt")) return false;
  absl::ConsumeSuffix(&base_name, ".extra");
  return Contains(kFormats, base_name);
}

absl::StatusOr<LexiconData> ReadLexiconData(absl::Span<const LexiconFile> files) {
  return DataReader().Read(files);
}

}  // namespace treatywire::ingest
