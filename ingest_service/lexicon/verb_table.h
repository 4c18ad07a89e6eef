// The forms of English verbs, for patterns such as "<sign>": regular ones by rule, the others by table.
//
//   VerbTable verbs;
//   verbs.Inflect("ratify");  // ratify kBase, ratifies kThird, ratified kPastOrParticiple, ratifying kIng
//
// Filled while the lexicon is read and constant afterwards.
#ifndef TREATYWIRE_INGEST_SERVICE_LEXICON_VERB_TABLE_H_
#define TREATYWIRE_INGEST_SERVICE_LEXICON_VERB_TABLE_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "ingest_service/lexicon/lexicon.h"

namespace treatywire::ingest {

// One word that a verb takes, in lower case.
struct VerbWord {
  std::string word;
  VerbForm form = VerbForm::kNone;
  friend bool operator==(const VerbWord&, const VerbWord&) = default;
};

// A line of verbs.txt. Several spellings of one form stand beside each other ("was", "were"). Without
// `third` or `ing` these two follow the rules for regular verbs.
struct IrregularVerb {
  std::string base;
  std::vector<std::string> past;
  std::vector<std::string> participle;
  std::vector<std::string> ing;
  std::vector<std::string> third;
};

class VerbTable {
 public:
  // Returns false, and changes nothing, where the table holds that base already.
  bool Add(const IrregularVerb& verb);

  // Every form of the verb, each word once: base, third person, past, participle, -ing. A word that is past
  // and participle is kPastOrParticiple; one that is the base and more ("put", "come") is kBase.
  // Of a hyphenated verb the last part is inflected ("re-open", "re-opened"); the table is asked for the
  // whole verb first. Where the stress decides whether a consonant is doubled, and Britain and America
  // differ, both spellings are given ("cancelled", "canceled").
  std::vector<VerbWord> Inflect(absl::string_view base) const;

 private:
  const IrregularVerb* Find(absl::string_view base) const;

  absl::flat_hash_map<std::string, IrregularVerb> irregular_;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_LEXICON_VERB_TABLE_H_
