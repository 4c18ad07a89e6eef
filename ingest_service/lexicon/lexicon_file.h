// The lines and records of the lexicon's files, without what they mean: comments and blank lines gone, fields
// cut, every piece with its file and line for messages.
#ifndef TREATYWIRE_INGEST_SERVICE_LEXICON_LEXICON_FILE_H_
#define TREATYWIRE_INGEST_SERVICE_LEXICON_LEXICON_FILE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "ingest_service/lexicon/lexicon.h"

namespace treatywire::ingest {

// The longest line of a lexicon file, in bytes; names in many languages of one party fit.
inline constexpr size_t kMaxLexiconLineBytes = 2000;
// The largest lexicon file, in bytes: ten times what the built-in ones hold.
inline constexpr size_t kMaxLexiconFileBytes = 4 << 20;

// Where something stands. `file` points to the name of a LexiconFile, which must outlive it.
struct LexiconPosition {
  const std::string* file = nullptr;
  int line = 0;  // from 1
};

// Collects what is wrong, so that somebody who edits a file sees all of it at once.
class LexiconErrors {
 public:
  void Add(LexiconPosition position, absl::string_view what);
  bool empty() const { return messages_.empty(); }
  // OK, or INVALID_ARGUMENT with "FILE:LINE: what is wrong" in a line for each error, at most kMaxReported.
  absl::Status ToStatus() const;

  static constexpr size_t kMaxReported = 20;

 private:
  std::vector<std::string> messages_;
  size_t unreported_ = 0;
};

struct LexiconLine {
  absl::string_view text;  // without comment and surrounding white space, not empty
  LexiconPosition position;
};

// The lines of `file` that hold something. Reports lines that are too long or not UTF-8, and leaves them out.
// The lines view `file`.
std::vector<LexiconLine> ReadLexiconLines(const LexiconFile& file, LexiconErrors& errors);

// The fields of a line "a | b | c", white space around them gone. Reports, and returns nothing, where there
// are fewer than `min_fields` or more than `max_fields`.
std::vector<absl::string_view> SplitFields(const LexiconLine& line, size_t min_fields, size_t max_fields,
                                           LexiconErrors& errors);

// The parts of "a; b; c", white space around them and empty ones gone.
std::vector<absl::string_view> SplitList(absl::string_view text);

// What keys a record of a file may have.
struct RecordKey {
  absl::string_view name;
  bool is_list = false;  // may be given several times, its values add up
};

// A record: "party: RU" and the "key: value" lines below it.
struct LexiconRecord {
  struct Field {
    absl::string_view key;
    absl::string_view value;
    LexiconPosition position;
  };

  absl::string_view id;
  LexiconPosition position;
  std::vector<Field> fields;

  // The last value of `key`; nullptr where there is none.
  const Field* Find(absl::string_view key) const;
};

// Reads the records of `files`, each of which begins with a line "`id_key`: ID". A record in a file after the
// first whose id exists already adds to its lists and replaces its single values. Reports unknown keys, keys
// given twice, empty values, ids given twice in a file, and lines before the first record.
std::vector<LexiconRecord> ReadRecords(absl::Span<const LexiconFile* const> files, absl::string_view id_key,
                                       absl::Span<const RecordKey> keys, LexiconErrors& errors);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_LEXICON_LEXICON_FILE_H_
