// The words the extraction knows: parties, well-known agreements, instrument nouns, triggers, subjects,
// offices, organs and cues; read from text files (data/), matched over a document's tokens in one pass.
//
//   absl::StatusOr<std::unique_ptr<const Lexicon>> lexicon = Lexicon::BuiltIn();
//   for (const LexiconMatch& match : (*lexicon)->Match(document)) { ... }
//
// A Lexicon is built once and then immutable: any number of threads may use it. Matches point into it and
// must not outlive it. data/README.md describes the files for people who edit them.
#ifndef TREATYWIRE_INGEST_SERVICE_LEXICON_LEXICON_H_
#define TREATYWIRE_INGEST_SERVICE_LEXICON_LEXICON_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "ingest_service/document/document.h"
#include "ingest_service/lexicon/party.h"
#include "ingest_service/lexicon/word_class.h"
#include "ingest_service/temporal/time_word.h"
#include "treatywire/v1/event.pb.h"

namespace treatywire::ingest {

// What an entry's words are. The comment says which file it comes from and what LexiconEntry then holds.
enum class EntryKind : uint8_t {
  kPartyName,  // parties.txt: "Russia", "Russian Federation", "NATO". parties = {id}
  kDemonym,    // parties.txt: "Russian", "Russians" (label empty), and "Franco" where a hyphen follows it
               // (label = PREFIX). parties = {id}
  kCapital,    // parties.txt: "Moscow", "Kremlin": a place, or the state by metonymy. parties = {id}
  kGroup,      // groups.txt: "the Baltic states", "Benelux": several parties. parties = members
  kBody,       // bodies.txt, parties.txt: "foreign ministry", "parliament" (parties empty), "Duma" (parties =
               // {id}). label = GOVERNMENT, LEGISLATURE, COURT, MINISTRY, HEAD
  kOffice,     // offices.txt: "prime minister", "president", "envoy" (parties empty). label = HEAD, MINISTER,
               // DIPLOMAT, OFFICIAL
  kPerson,     // persons.txt: "Vladimir Putin", "Putin". parties = {id}
  kKnownAgreement,  // agreements.txt: "Paris Agreement", "NPT". agreement is set
  kInstrument,  // instruments.txt: "treaty", "exchange of notes". agreement_kind; plural; label = GENERIC,
                // STRONG, WEAK
  kTrigger,     // triggers.txt: event_type, frame, modality
  kSubject,     // subjects.txt: "double taxation", "fisheries". subject; weight
  kCue,         // cues.txt: label (class of the cue), value
  kTopic,       // topics.txt: "double taxation". label = the matter's name
};
inline constexpr int kEntryKinds = 13;

// The inflection of the verb in a matched pattern, of the first where it has several; kNone where it holds
// none. A word that is the base and another form too is kBase: after "have" or "be" take "come" and "put"
// for the participle.
enum class VerbForm : uint8_t { kNone, kBase, kThird, kPast, kParticiple, kPastOrParticiple, kIng };

// How surely an instrument noun is one (instruments.txt explains it).
enum class NounStrength : uint8_t { kGeneric, kStrong, kWeak, kWhenSigned };

// Where agreement and actor of a trigger stand (triggers.txt explains it).
enum class TriggerFrame : uint8_t { kNone, kObject, kSubject, kActor, kNoun, kNotice };
// "object"; "" of kNone.
absl::string_view TriggerFrameName(TriggerFrame frame);

// What else a line of triggers.txt says of its words (its head explains each).
enum class TriggerFlag : uint8_t {
  kBack,
  kDenied,
  kFuture,
  kImplicit,
  kJoint,
  kLeave,
  kListed,
  kOpen,
  kOrgan,
  kParty,
  kReject,
  kSelf,
  kStrict,
  kWeak,
};

// Some of them.
class TriggerFlags {
 public:
  void Add(TriggerFlag flag) { bits_ |= BitOf(flag); }
  bool Has(TriggerFlag flag) const { return (bits_ & BitOf(flag)) != 0; }

 private:
  static uint32_t BitOf(TriggerFlag flag) { return uint32_t{1} << static_cast<uint32_t>(flag); }
  uint32_t bits_ = 0;
};

// A well-known agreement (agreements.txt).
struct KnownAgreement {
  std::string id;     // "paris-agreement"
  std::string title;  // "Paris Agreement"
  std::vector<std::string> aliases;
  treatywire::v1::AgreementKind kind = treatywire::v1::AGREEMENT_KIND_UNSPECIFIED;
  treatywire::v1::Subject subject = treatywire::v1::SUBJECT_UNSPECIFIED;
  bool multilateral = true;
  // Of agreements of a short closed list only ("INF Treaty": US, SUHH).
  PartyIds parties;
  std::string
      signed_edtf;  // as history has it; for telling namesakes apart, never reported as an article's claim
  // The other known agreements whose successor or protocol it is.
  std::string protocol_to;
};

// Some members of an organisation and when they were (members.txt).
struct Membership {
  PartyId organisation;    // "efta"
  std::string from_edtf;   // the day on which they joined, or the month or the year
  std::string until_edtf;  // the last day of their membership; empty where they are members still
  PartyIds members;
};

struct LexiconEntry {
  EntryKind kind = EntryKind::kCue;
  std::string words;  // the pattern as written in the file
  PartyIds parties;   // see EntryKind
  const KnownAgreement* agreement = nullptr;
  treatywire::v1::AgreementKind agreement_kind = treatywire::v1::AGREEMENT_KIND_UNSPECIFIED;
  treatywire::v1::Subject subject = treatywire::v1::SUBJECT_UNSPECIFIED;
  treatywire::v1::EventType event_type = treatywire::v1::EVENT_TYPE_UNSPECIFIED;
  treatywire::v1::Modality modality = treatywire::v1::MODALITY_UNSPECIFIED;
  std::string label;  // class within the kind
  std::string value;  // what a cue of that class says; a trigger's flags as written, space-separated
  TriggerFrame frame = TriggerFrame::kNone;  // kTrigger
  TriggerFlags flags;                        // kTrigger
  int weight = 1;                            // kSubject
  bool plural = false;                       // kInstrument
  // kKnownAgreement: nothing in the words is a name ("Mutual Defence Treaty", name_words.txt), so that any
  // two may have one of it.
  bool is_common_name = false;
  NounStrength strength = NounStrength::kGeneric;  // kInstrument: as the label says
};

// One occurrence. Entries of one kind that share the words ("Congo"; "<sign>" and the noun "signing") come
// together, in the order of the files.
struct LexiconMatch {
  TokenSpan tokens;
  // Patterns with a gap ("turn … down"): the tokens of the first gap, inside `tokens`; else empty. The gap is
  // the shortest that lets the pattern match.
  TokenSpan gap;
  // Of the first of the entries whose pattern holds a verb.
  VerbForm form = VerbForm::kNone;
  absl::Span<const LexiconEntry* const> entries;  // all of one kind, never empty
  EntryKind kind() const { return entries.front()->kind; }
};

// A file of lexicon data. What it holds follows from the last part of its name: "triggers.txt",
// "/etc/treatywire/triggers.extra.txt". Messages name it as it is named here.
struct LexiconFile {
  std::string name;
  std::string text;
};

// What is known of the tokens of a document by their words alone: an element a token. All of it comes of one
// look-up of the token's norm.
struct TokenFacts {
  std::vector<uint32_t> numbers;     // of the words of patterns, as Match takes them
  std::vector<TimeWord> time_words;  // as Classify tells (temporal/time_word.h)
  std::vector<WordClasses> classes;
};

class Lexicon {
 public:
  // The data compiled into the binary. An error is a bug in the data; a test loads it.
  static absl::StatusOr<std::unique_ptr<const Lexicon>> BuiltIn();
  // The built-in data with the files of `dir`: a file named as a built-in one replaces it; "NAME.extra.txt"
  // extends it. Files that do not end in ".txt" are passed over. Returns NOT_FOUND where the folder or a file
  // in it cannot be read and otherwise as FromFiles.
  static absl::StatusOr<std::unique_ptr<const Lexicon>> BuiltInWith(absl::string_view dir);
  // From these files alone; a file that is missing counts as empty. Returns INVALID_ARGUMENT with a line
  // "FILE:LINE: what is wrong" for each error, the first 20 of them, and for two files of one name or a name
  // that is not of the lexicon's.
  static absl::StatusOr<std::unique_ptr<const Lexicon>> FromFiles(absl::Span<const LexiconFile> files);

  virtual ~Lexicon() = default;

  // Every match, by first token, then longest first. Within one kind no two overlap: the leftmost, then the
  // longest, wins. Matches never cross a sentence.
  // `facts`: what LookUp tells of the document.
  virtual std::vector<LexiconMatch> Match(const Document& document, const TokenFacts& facts) const = 0;
  virtual TokenFacts LookUp(const Document& document) const = 0;
  // Looks the tokens up.
  std::vector<LexiconMatch> Match(const Document& document) const {
    return Match(document, LookUp(document));
  }

  // False only where Match finds no kInstrument and no kKnownAgreement: in the document that ReadDocument
  // makes of a plain text, or in one that is read already. Takes a fraction of Match's time.
  virtual bool MayNameAgreement(absl::string_view plain_text) const = 0;
  virtual bool MayNameAgreement(const Document& document) const = 0;

  // nullptr where the id is unknown.
  virtual const PartyInfo* FindParty(absl::string_view id) const = 0;
  // Nobody where the id is unknown.
  PartyId IdOf(absl::string_view id) const { return PartyId(FindParty(id)); }
  // By id, in order.
  virtual absl::Span<const PartyInfo> parties() const = 0;
  virtual const KnownAgreement* FindAgreement(absl::string_view id) const = 0;
  // The members of the organisation on the day ("2004-05-01"), if they were `count`; with `earlier`, else
  // those at the last time before it at which they were so many. In the order of members.txt; empty where it
  // tells none.
  virtual PartyIds MembersOf(PartyId organisation, size_t count, absl::string_view day,
                             bool earlier) const = 0;
  // Eight hexadecimal digits that change with the data; part of ExtractedArticle.extractor_version.
  virtual absl::string_view fingerprint() const = 0;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_LEXICON_LEXICON_H_
