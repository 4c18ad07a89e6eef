#include "ingest_service/lexicon/word_class.h"

#include "absl/container/flat_hash_set.h"

namespace treatywire::ingest {
namespace {

using WordSet = absl::flat_hash_set<absl::string_view>;

const WordSet& FunctionWords() {
  static const auto& words = *new WordSet{
      "in",       "on",     "at",      "by",      "with",    "from",    "to",        "of",
      "for",      "under",  "over",    "about",   "after",   "before",  "since",     "until",
      "till",     "into",   "between", "among",   "against", "through", "during",    "within",
      "and",      "or",     "but",     "nor",     "yet",     "so",      "because",   "while",
      "although", "though", "if",      "unless",  "as",      "than",    "that",      "which",
      "who",      "whom",   "whose",   "when",    "where",   "why",     "how",       "what",
      "it",       "they",   "he",      "she",     "we",      "you",     "i",         "them",
      "him",      "us",     "me",      "there",   "is",      "are",     "was",       "were",
      "be",       "been",   "being",   "am",      "has",     "have",    "had",       "having",
      "do",       "does",   "did",     "will",    "would",   "shall",   "should",    "may",
      "might",    "can",    "could",   "must",    "not",     "n't",     "never",     "without",
      "despite",  "amid",   "amidst",  "via",     "per",     "upon",    "regarding", "concerning",
      "said",     "says",   "say",     "also",    "already", "then",    "now",       "still",
      "only",     "just",   "even",    "whether", "out",     "up",      "down",      "off",
      "away",     "back",   "toward",  "towards", "like",    "unlike",  "including", "following"};
  return words;
}

const WordSet& Auxiliaries() {
  static const auto& words = *new WordSet{
      "is",     "are",  "was",  "were", "be",   "been",  "being", "am",     "has",  "have",  "had",
      "having", "do",   "does", "did",  "will", "would", "shall", "should", "may",  "might", "can",
      "could",  "must", "'s",   "'ve",  "'re",  "'d",    "'ll",   "get",    "gets", "got"};
  return words;
}

const WordSet& Adverbs() {
  static const auto& words = *new WordSet{
      "also",        "already",      "then",     "now",        "still",   "only",      "just",    "even",
      "first",       "finally",      "never",    "not",        "n't",     "ever",      "since",   "thus",
      "again",       "yet",          "soon",     "later",      "earlier", "jointly",   "both",    "all",
      "itself",      "himself",      "herself",  "themselves", "too",     "however",   "instead", "together",
      "so",          "recently",     "formally", "officially", "thereby", "therefore", "hence",   "meanwhile",
      "nonetheless", "nevertheless", "indeed",   "likewise",   "anew"};
  return words;
}

// What the clause splitter and the phrase reader look at; all other words they pass over.
const WordSet& ClauseOpeners() {
  static const auto& words = *new WordSet{
      ";",        ":",      "(",      ")",       "-",       "which",    "who",    "whom", "whose",
      "that",     "if",     "unless", "whether", "should",  "after",    "before", "when", "while",
      "until",    "once",   "as",     "since",   "because", "although", "where",  "then", "whereas",
      "provided", "though", "yet",    "and",     "but",     "or"};
  return words;
}

const WordSet& ClauseMarks() {
  static const auto& words = *new WordSet{",", ";", ":", "(", ")"};
  return words;
}

const WordSet& StandIns() {
  static const auto& words =
      *new WordSet{"version",     "versions", "one",     "ones",   "theirs", "'s",     "'",     "successor",
                   "replacement", "oldest",   "newest",  "latest", "first",  "second", "third", "fourth",
                   "last",        "other",    "another", "own",    "that",   "those"};
  return words;
}

const WordSet& GroupNouns() {
  static const auto& words =
      *new WordSet{"bloc",       "grouping",  "union",   "alliance", "organisation", "organization",
                   "community",  "league",    "agency",  "watchdog", "rebels",       "insurgents",
                   "guerrillas", "militants", "militia", "movement", "commonwealth"};
  return words;
}

const WordSet& EvidenceWords() {
  static const auto& words = *new WordSet{"decree", "law",        "bill",    "referendum", "ruling",  "note",
                                          "letter", "resolution", "because", "citing",     "accusing"};
  return words;
}

// Words in "-ly" that say how nothing is done.
const WordSet& NoAdverbs() {
  static const auto& words =
      *new WordSet{"assembly", "family", "supply", "reply",    "apply",   "reapply", "misapply", "ally",
                   "rally",    "comply", "imply",  "multiply", "anomaly", "rely",    "monopoly", "italy"};
  return words;
}

struct ClassList {
  WordClass word_class;
  const WordSet& (*words)();
};
constexpr ClassList kLists[] = {{WordClass::kFunctionWord, &FunctionWords},
                                {WordClass::kAuxiliary, &Auxiliaries},
                                {WordClass::kAdverb, &Adverbs},
                                {WordClass::kClauseOpener, &ClauseOpeners},
                                {WordClass::kClauseMark, &ClauseMarks},
                                {WordClass::kStandIn, &StandIns},
                                {WordClass::kGroupNoun, &GroupNouns},
                                {WordClass::kEvidence, &EvidenceWords}};

}  // namespace

std::vector<absl::string_view> ListedWords() {
  WordSet all;
  for (const ClassList& list : kLists) all.insert(list.words().begin(), list.words().end());
  return {all.begin(), all.end()};
}

WordClasses ListedClassesOf(absl::string_view norm) {
  WordClasses classes;
  for (const ClassList& list : kLists) {
    if (list.words().contains(norm)) classes.Add(list.word_class);
  }
  return classes;
}

WordClasses ClassesOf(const Token& token, WordClasses listed) {
  // "Italy", "the National Assembly", "to comply" end like "formally".
  if (MayBeAdverb(token) && !token.capitalized && !NoAdverbs().contains(token.norm))
    listed.Add(WordClass::kAdverb);
  return listed;
}

}  // namespace treatywire::ingest
