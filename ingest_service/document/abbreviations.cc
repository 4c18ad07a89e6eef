#include "ingest_service/document/abbreviations.h"

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"

namespace treatywire::ingest {
namespace {

using AbbreviationTable = absl::flat_hash_map<absl::string_view, AbbreviationKind>;

const AbbreviationTable& Abbreviations() {
  static const auto* const table = [] {
    auto* const made = new AbbreviationTable;
    for (const absl::string_view word :
         {"Mr",     "Mrs",  "Ms",  "Mx",   "Dr",  "Prof", "Gen", "Maj",  "Col",  "Lt",     "Capt",
          "Cmdr",   "Cdr",  "Adm", "Brig", "Sgt", "Cpl",  "Pvt", "Sen",  "Sens", "Rep",    "Reps",
          "Gov",    "Pres", "Amb", "Rev",  "Hon", "Msgr", "Fr",  "Supt", "Insp", "Mme",    "Mlle",
          "Messrs", "Ste",  "Mt",  "Ft",   "vs",  "cf",   "viz", "resp", "Vs",   "approx", "ca"}) {
      made->emplace(word, AbbreviationKind::kBeforeName);
    }
    for (const absl::string_view word :
         {"No",  "Nos", "no",  "nos", "Art",  "Arts", "art",  "arts",  "p",     "pp",  "Vol", "vol",
          "Ch",  "ch",  "Sec", "sec", "Sect", "Para", "para", "paras", "Fig",   "fig", "Res", "res",
          "Doc", "Rs",  "Mon", "Tue", "Tues", "Wed",  "Thu",  "Thur",  "Thurs", "Fri", "Sat", "Sun"}) {
      made->emplace(word, AbbreviationKind::kBeforeNumber);
    }
    for (const absl::string_view word :
         {"Jan",  "Feb",  "Mar", "Apr",  "Jun",  "Jul",   "Aug",  "Sep",  "Sept", "Oct",  "Nov",
          "Dec",  "Inc",  "Ltd", "Co",   "Corp", "Bros",  "Cos",  "Jr",   "Sr",   "St",   "al",
          "etc",  "Esq",  "Bhd", "Govt", "govt", "Dept",  "dept", "Univ", "Assn", "Intl", "Ave",
          "Blvd", "Rd",   "Ala", "Ariz", "Ark",  "Calif", "Colo", "Conn", "Fla",  "Ga",   "Kan",
          "Ky",   "Mass", "Md",  "Mich", "Minn", "Mont",  "Neb",  "Nev",  "Okla", "Ore",  "Pa",
          "Tenn", "Tex",  "Va",  "Vt",   "Wash", "Wis",   "Wyo"}) {
      made->emplace(word, AbbreviationKind::kMayEnd);
    }
    return made;
  }();
  return *table;
}

}  // namespace

AbbreviationKind ClassifyAbbreviation(absl::string_view word) {
  if (word.size() > kMaxAbbreviationBytes) return AbbreviationKind::kNone;
  const auto found = Abbreviations().find(word);
  return found == Abbreviations().end() ? AbbreviationKind::kNone : found->second;
}

bool IsSentenceStarter(absl::string_view norm) {
  static const auto* const starters = new absl::flat_hash_set<absl::string_view>{
      "the",       "a",        "an",      "this",     "that",        "these",        "those",
      "it",        "its",      "he",      "his",      "she",         "her",          "they",
      "their",     "we",       "our",     "i",        "you",         "my",           "there",
      "here",      "in",       "on",      "at",       "by",          "for",          "from",
      "to",        "with",     "without", "within",   "under",       "over",         "after",
      "before",    "since",    "until",   "when",     "while",       "where",        "if",
      "as",        "although", "though",  "because",  "but",         "and",          "or",
      "nor",       "so",       "yet",     "however",  "meanwhile",   "still",        "also",
      "then",      "now",      "later",   "earlier",  "both",        "many",         "most",
      "some",      "several",  "few",     "not",      "nothing",     "what",         "who",
      "why",       "how",      "which",   "during",   "despite",     "amid",         "according",
      "between",   "each",     "every",   "such",     "only",        "even",         "once",
      "instead",   "neither",  "either",  "moreover", "nonetheless", "nevertheless", "today",
      "yesterday", "were",     "was",     "is",       "did",         "does",         "had",
      "has"};
  return starters->contains(norm);
}

bool IsNumberedNoun(absl::string_view norm) {
  static const auto* const nouns = new absl::flat_hash_set<absl::string_view>{
      "war",      "part",   "chapter",  "article",  "annex",    "phase",    "title",    "volume",
      "start",    "salt",   "act",      "section",  "protocol", "category", "class",    "group",
      "plan",     "option", "schedule", "appendix", "minsk",    "lome",     "basel",    "rome",
      "brussels", "geneva", "stage",    "tier",     "type",     "list",     "paragraph"};
  return nouns->contains(norm);
}

bool IsSpeechVerb(absl::string_view norm) {
  static const auto* const verbs = new absl::flat_hash_set<absl::string_view>{
      "said",    "says",      "asked",   "asks",    "added",    "adds",    "told",
      "tells",   "wrote",     "writes",  "replied", "declared", "quipped", "wondered",
      "tweeted", "exclaimed", "shouted", "posted",  "warned",   "argued",  "noted"};
  return verbs->contains(norm);
}

}  // namespace treatywire::ingest
