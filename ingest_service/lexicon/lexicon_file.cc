#include "ingest_service/lexicon/lexicon_file.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "ingest_service/document/utf8.h"

namespace treatywire::ingest {
namespace {

// `line` up to a "#" that stands at its beginning or after white space.
absl::string_view WithoutComment(absl::string_view line) {
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '#' && (i == 0 || absl::ascii_isspace(line[i - 1]))) return line.substr(0, i);
  }
  return line;
}

// Cuts "key: value"; the key stays empty where there is no colon.
LexiconRecord::Field SplitKey(const LexiconLine& line) {
  const size_t colon = line.text.find(':');
  if (colon == absl::string_view::npos) return {{}, line.text, line.position};
  return {absl::StripAsciiWhitespace(line.text.substr(0, colon)),
          absl::StripAsciiWhitespace(line.text.substr(colon + 1)), line.position};
}

// Reads the records of several files into one list.
class RecordReader {
 public:
  RecordReader(absl::string_view id_key, absl::Span<const RecordKey> keys, LexiconErrors& errors)
      : id_key_(id_key), keys_(keys), errors_(errors) {}

  void Read(const LexiconFile& file) {
    current_ = nullptr;
    for (const LexiconLine& line : ReadLexiconLines(file, errors_)) {
      const LexiconRecord::Field field = SplitKey(line);
      if (field.value.empty()) {
        errors_.Add(line.position, absl::StrCat("\"", field.key, "\" has no value"));
      } else if (field.key == id_key_) {
        BeginRecord(field);
      } else {
        AddField(field);
      }
    }
  }

  std::vector<LexiconRecord> Take() { return std::move(records_); }

 private:
  void BeginRecord(const LexiconRecord::Field& field) {
    const auto [known, is_new] = index_.try_emplace(field.value, records_.size());
    if (is_new) {
      records_.push_back({field.value, field.position, {}});
    } else if (begun_in_[known->second] == field.position.file) {
      errors_.Add(field.position, absl::StrCat(id_key_, " \"", field.value, "\" is given twice"));
    }
    begun_in_[known->second] = field.position.file;
    current_ = &records_[known->second];
  }

  void AddField(const LexiconRecord::Field& field) {
    const auto key = std::find_if(keys_.begin(), keys_.end(),
                                  [&](const RecordKey& other) { return other.name == field.key; });
    if (key == keys_.end()) {
      errors_.Add(field.position, field.key.empty() ? "expected \"key: value\""
                                                    : absl::StrCat("unknown key \"", field.key, "\""));
      return;
    }
    if (current_ == nullptr) {
      errors_.Add(field.position, absl::StrCat("stands before the first \"", id_key_, ":\""));
      return;
    }
    const LexiconRecord::Field* earlier = current_->Find(field.key);
    if (!key->is_list && earlier != nullptr && earlier->position.file == field.position.file) {
      errors_.Add(field.position, absl::StrCat("\"", field.key, "\" is given twice"));
    }
    current_->fields.push_back(field);
  }

  const absl::string_view id_key_;
  const absl::Span<const RecordKey> keys_;
  LexiconErrors& errors_;
  std::vector<LexiconRecord> records_;
  absl::flat_hash_map<absl::string_view, size_t> index_;      // id to its place in records_
  absl::flat_hash_map<size_t, const std::string*> begun_in_;  // the last file with that record
  LexiconRecord* current_ = nullptr;
};

}  // namespace

void LexiconErrors::Add(LexiconPosition position, absl::string_view what) {
  if (messages_.size() == kMaxReported) {
    ++unreported_;
    return;
  }
  messages_.push_back(absl::StrCat(*position.file, ":", position.line, ": ", what));
}

absl::Status LexiconErrors::ToStatus() const {
  if (messages_.empty()) return absl::OkStatus();
  std::string all = absl::StrJoin(messages_, "\n");
  if (unreported_ > 0) absl::StrAppend(&all, "\nand ", unreported_, " more");
  return absl::InvalidArgumentError(all);
}

std::vector<LexiconLine> ReadLexiconLines(const LexiconFile& file, LexiconErrors& errors) {
  std::vector<LexiconLine> lines;
  absl::string_view text = file.text;
  if (text.size() > kMaxLexiconFileBytes) {
    errors.Add({&file.name, 1}, absl::StrCat("the file is longer than ", kMaxLexiconFileBytes, " bytes"));
    return lines;
  }
  absl::ConsumePrefix(&text, "\xEF\xBB\xBF");  // the byte order mark that some editors write
  LexiconPosition position{&file.name, 0};
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++position.line;
    if (line.size() > kMaxLexiconLineBytes) {
      errors.Add(position, absl::StrCat("the line is longer than ", kMaxLexiconLineBytes, " bytes"));
      continue;
    }
    if (FindInvalidUtf8(line) != absl::string_view::npos) {
      errors.Add(position, "the line is not UTF-8");
      continue;
    }
    line = absl::StripAsciiWhitespace(WithoutComment(line));
    if (!line.empty()) lines.push_back({line, position});
  }
  return lines;
}

std::vector<absl::string_view> SplitFields(const LexiconLine& line, size_t min_fields, size_t max_fields,
                                           LexiconErrors& errors) {
  std::vector<absl::string_view> fields = absl::StrSplit(line.text, '|');
  for (absl::string_view& field : fields) field = absl::StripAsciiWhitespace(field);
  if (fields.size() >= min_fields && fields.size() <= max_fields) return fields;
  const std::string expected =
      min_fields == max_fields ? absl::StrCat(min_fields) : absl::StrCat(min_fields, " to ", max_fields);
  errors.Add(line.position,
             absl::StrCat("expected ", expected, " fields separated by \"|\", found ", fields.size()));
  return {};
}

std::vector<absl::string_view> SplitList(absl::string_view text) {
  std::vector<absl::string_view> parts = absl::StrSplit(text, ';', absl::SkipWhitespace());
  for (absl::string_view& part : parts) part = absl::StripAsciiWhitespace(part);
  return parts;
}

const LexiconRecord::Field* LexiconRecord::Find(absl::string_view key) const {
  for (auto field = fields.rbegin(); field != fields.rend(); ++field) {
    if (field->key == key) return &*field;
  }
  return nullptr;
}

std::vector<LexiconRecord> ReadRecords(absl::Span<const LexiconFile* const> files, absl::string_view id_key,
                                       absl::Span<const RecordKey> keys, LexiconErrors& errors) {
  RecordReader reader(id_key, keys, errors);
  for (const LexiconFile* file : files) reader.Read(*file);
  return reader.Take();
}

}  // namespace treatywire::ingest
