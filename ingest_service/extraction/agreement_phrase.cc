#include "ingest_service/extraction/agreement_phrase.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"

#include "ingest_service/extraction/one_of.h"

namespace treatywire::ingest {
namespace {

constexpr uint32_t kMaxPremodifiers = 14;
constexpr uint32_t kMaxTitleTokens = 40;

template <size_t size>
[[gnu::always_inline]] inline bool Is(absl::string_view word, const absl::string_view (&list)[size]) {
  return IsOneOf(word, list);
}

int NumberWord(absl::string_view norm) {
  static const auto& numbers = *new absl::flat_hash_map<absl::string_view, int>{
      {"two", 2},   {"both", 2}, {"three", 3}, {"four", 4}, {"five", 5}, {"six", 6}, {"seven", 7},
      {"eight", 8}, {"nine", 9}, {"ten", 10},  {"2", 2},    {"3", 3},    {"4", 4},   {"5", 5}};
  const auto found = numbers.find(norm);
  return found == numbers.end() ? 0 : found->second;
}

void AddParties(const PartyIds& ids, PartyIds* to) {
  for (const std::string& id : ids) {
    if (std::find(to->begin(), to->end(), id) == to->end()) to->push_back(id);
  }
}

// How many of the agreement's parties the article names, by themselves or by a predecessor or successor.
size_t CountNamedParties(const Annotation& a, const KnownAgreement& agreement) {
  const std::vector<std::string>& named = a.frequent_parties();
  return std::count_if(agreement.parties.begin(), agreement.parties.end(), [&](const std::string& party) {
    return std::any_of(named.begin(), named.end(),
                       [&](const std::string& id) { return SameOrSuccessor(a.lexicon, party, id); });
  });
}

// Whether a date of the sentence lies in the year in which the agreement was signed.
bool TellsYear(const Annotation& a, TokenSpan sentence, const KnownAgreement& agreement) {
  int year = 0;
  if (!absl::SimpleAtoi(agreement.signed_edtf.substr(0, 4), &year)) return false;
  for (uint32_t t = sentence.begin; t < sentence.end; ++t) {
    if (a.at[t].date < 0) continue;
    const UncertainDate& date = a.dates[a.at[t].date].date;
    if (date.earliest && date.latest && date.earliest->year() == year && date.latest->year() == year)
      return true;
  }
  return false;
}

// "The Lancaster House agreement" of London's with somebody else: an agreement named after a place, where the
// article names one of its two parties and a pair besides. Many are struck in one place.
bool IsOfTownAndOthers(const Annotation& a, const LexiconMatch& match, const KnownAgreement& agreement) {
  constexpr size_t kOthers = 2;
  if (agreement.parties.size() != 2 || a.frequent_parties().size() <= kOthers) return false;
  const uint32_t last = match.tokens.end - 1;
  const bool noun = Is(a.norm(last), {"agreement", "accord", "accords", "treaty", "declaration", "protocol"});
  if (!noun || match.tokens.size() > 4) return false;
  for (uint32_t t = match.tokens.begin; t < last; ++t) {
    if (a.at[t].subject >= 0 || a.at[t].instrument >= 0 || !a.token(t).capitalized || a.norm(t) == "-")
      return false;
  }
  return true;
}

// Which well-known agreement a name means: of several that share it the one whose parties the article names,
// whose year the sentence tells, whose title it is. nullptr where it means none: an agreement of few parties,
// none of which the article names ("Basic Treaty" of two other states).
const KnownAgreement* ChooseKnown(const Annotation& a, TokenSpan sentence, const LexiconMatch& match) {
  const KnownAgreement* best = nullptr;
  double best_score = 0;
  for (const LexiconEntry* entry : match.entries) {
    const KnownAgreement& agreement = *entry->agreement;
    double score = 0;
    if (!agreement.parties.empty()) {
      const size_t named = CountNamedParties(a, agreement);
      if (named == 0 || (named == 1 && IsOfTownAndOthers(a, match, agreement))) continue;
      score = 4.0 * static_cast<double>(named) / static_cast<double>(agreement.parties.size()) - 3;
    }
    if (TellsYear(a, sentence, agreement)) score += 2;
    if (absl::EqualsIgnoreCase(entry->words, agreement.title)) score += 1;
    if (best == nullptr || score > best_score) {
      best = &agreement;
      best_score = score;
    }
  }
  return best;
}

// Organisations under whose roof many states make agreements.
bool IsSponsor(absl::string_view party) {
  return Is(party, {"un", "who", "ilo", "oecd", "wto", "unesco", "imo", "icao", "fao", "wipo", "osce",
                    "council-of-europe", "african-union"});
}

// "of 3 October 1974" at `t`.
bool OfDate(const Annotation& a, const Sentence& sentence, uint32_t t) {
  return t + 1 < sentence.tokens.end && a.norm(t) == "of" && a.at[t + 1].date >= 0;
}

// Reads one phrase around one head.
class PhraseReader {
 public:
  PhraseReader(const Annotation& annotation, const Sentence& sentence, uint32_t left_limit)
      : a_(annotation), sentence_(sentence), left_limit_(left_limit) {}

  AgreementPhrase ReadInstrument(const LexiconMatch& match) {
    phrase_.instrument = match.entries.front();
    phrase_.plural = phrase_.instrument->plural;
    phrase_.head = match.tokens.begin;
    phrase_.noun = std::string(a_.norm(match.tokens.end - 1));
    phrase_.core = match.tokens;
    ReadLeft();
    ReadTitle();
    ReadRight();
    ReadTalksBefore();
    ReadPartnersListedNext();
    DropSponsor();
    phrase_.is_private = phrase_.is_private || CallsPrivate(phrase_.core);
    return std::move(phrase_);
  }

  AgreementPhrase ReadLocalName(uint32_t t) {
    phrase_.head = t;
    phrase_.core = {t, t + 1};
    (a_.token(t).all_caps ? phrase_.abbreviation : phrase_.title) = std::string(a_.token(t).text);
    ReadDeterminer();
    ReadRight();
    return std::move(phrase_);
  }

  // "the Guatemalan one", "that with Palau", "suspended theirs": `t` is what StandsForNoun says.
  AgreementPhrase ReadOne(uint32_t t) {
    phrase_.one = true;
    phrase_.head = t;
    phrase_.core = {t, t + 1};
    phrase_.plural = Is(a_.norm(t), {"those", "ones", "theirs"});
    if (Is(a_.norm(t), {"'s", "'"})) {
      const PartyMention& owner = a_.parties[a_.at[t - 1].party];
      phrase_.determiner = Determiner::kPossessive;
      phrase_.parties = owner.ids;
      phrase_.core.begin = owner.tokens.begin;
    }
    if (Is(a_.norm(t), {"successor", "replacement"})) {
      phrase_.determiner = Determiner::kIndefinite;
      phrase_.is_new = true;
      phrase_.core.begin = t - 1;
    }
    if (Is(a_.norm(t), {"theirs", "own"})) phrase_.determiner = Determiner::kPossessive;
    phrase_.of_own = a_.norm(t) == "own";
    if (Is(a_.norm(t), {"one", "ones", "version", "versions"})) ReadLeft();
    // "takes the place of that of 1974"
    if (OfDate(a_, sentence_, t + 1)) phrase_.is_other = true;
    if (a_.norm(t) == "another") {
      phrase_.determiner = Determiner::kIndefinite;
    } else if (Is(a_.norm(t),
                  {"oldest", "newest", "latest", "first", "second", "third", "fourth", "last", "other"})) {
      phrase_.determiner = Determiner::kDefinite;
      phrase_.core.begin = t - 1;
      if (a_.norm(t + 1) == ",") phrase_.core.end = t + 2;
    }
    ReadRight();
    return std::move(phrase_);
  }

  AgreementPhrase ReadKnown(const LexiconMatch& match, const KnownAgreement& known) {
    phrase_.known = &known;
    phrase_.head = match.tokens.begin;
    phrase_.core = match.tokens;
    phrase_.title = a_.document.Text(match.tokens);
    phrase_.multilateral = phrase_.known->multilateral;
    for (uint32_t t = match.tokens.begin; t < match.tokens.end; ++t) {
      if (a_.at[t].instrument >= 0) SetInstrument(a_.instruments[a_.at[t].instrument]);
      if (a_.at[t].date >= 0) AddDate(a_.at[t].date);
    }
    // "the Paris climate Agreement": an instrument noun that follows the name belongs to it ("CFE treaty").
    if (phrase_.core.end < sentence_.tokens.end && a_.at[phrase_.core.end].instrument >= 0) {
      const LexiconMatch& noun = a_.instruments[a_.at[phrase_.core.end].instrument];
      SetInstrument(noun);
      phrase_.core.end = noun.tokens.end;
    }
    ReadModifiersOfName();
    ReadDeterminer();
    phrase_.attributive = IsPlainNoun(phrase_.core.end);
    ReadRight();
    ReadTalksBefore();
    DropSponsor();
    DropKnownOfOthers();
    // "signed a Safe Third Country Agreement": one of that sort, not the well-known one.
    if (phrase_.known != nullptr && phrase_.determiner == Determiner::kIndefinite &&
        !phrase_.known->multilateral) {
      phrase_.known = nullptr;
      // In small letters it describes ("a military information agreement").
      const bool small = std::none_of(phrase_.title.begin(), phrase_.title.end(), absl::ascii_isupper);
      if (phrase_.instrument == nullptr || small) phrase_.title.clear();
    }
    return std::move(phrase_);
  }

 private:
  void SetInstrument(const LexiconMatch& noun) {
    phrase_.instrument = noun.entries.front();
    phrase_.noun = std::string(a_.norm(noun.tokens.end - 1));
  }

  // "the [1992] Framework Convention", "the [26-year-old] NAFTA": up to a determiner.
  void ReadModifiersOfName() {
    uint32_t t = phrase_.core.begin;
    while (t > left_limit_ && phrase_.core.begin - t < 5) {
      const uint32_t before = t - 1;
      if (a_.at[before].date < 0 && (!IsPremodifier(before) || a_.token(before).capitalized)) break;
      if (IsDeterminer(before)) break;
      t = before;
    }
    const bool determined = t > left_limit_ && (IsDeterminer(t - 1) || Is(a_.norm(t - 1), {"'s", "'"}));
    if (!determined) return;
    phrase_.core.begin = t;
    ReadPremodifiers();
  }

  // "The Reciprocal Access Agreement between Manila and Tokyo" is not the one of that name that others have;
  // nor is one whose parties the article never names.
  void DropKnownOfOthers() {
    const KnownAgreement& known = *phrase_.known;
    if (known.multilateral || known.parties.empty()) return;
    auto is_party = [&](const std::string& id) {
      return std::any_of(known.parties.begin(), known.parties.end(),
                         [&](const std::string& party) { return SameOrSuccessor(a_.lexicon, party, id); });
    };
    const auto& named = a_.frequent_parties();
    const bool others = !std::all_of(phrase_.parties.begin(), phrase_.parties.end(), is_party) ||
                        !std::all_of(phrase_.partners.begin(), phrase_.partners.end(), is_party);
    if (others || !std::any_of(named.begin(), named.end(), is_party)) phrase_.known = nullptr;
  }

  // A word in small letters that neither acts nor joins, right after a name. Words in "s" or "ed" may be
  // verbs that the lexicon has not ("NAFTA covers …").
  bool IsPlainNoun(uint32_t t) const {
    if (t >= sentence_.tokens.end || !a_.token(t).is_word || a_.token(t).capitalized) return false;
    if (absl::EndsWith(a_.norm(t), "s") || absl::EndsWith(a_.norm(t), "ed")) return false;
    return a_.at[t].trigger < 0 && a_.at[t].instrument < 0 && a_.at[t].date < 0 && a_.at[t].party < 0 &&
           !a_.IsFunctionWord(t) && !a_.IsAuxiliary(t) && !a_.IsAdverb(t) && !IsDeterminer(t);
  }

  // Words of private agreements, but not in the name of a party ("Arab League", "Paris Club").
  bool CallsPrivate(TokenSpan core) const {
    const CueRange cues = a_.CuesIn(core);
    return std::any_of(cues.begin(), cues.end(), [&](const Cue* cue) {
      return cue->cue_class == CueClass::kPrivate && a_.at[cue->tokens.begin].party < 0;
    });
  }

  bool IsPremodifier(uint32_t t) const {
    const Token& token = a_.token(t);
    if (token.norm == "-") return true;
    if (token.norm == "'s" || token.norm == "'") return false;
    if (a_.at[t].trigger >= 0) {
      const LexiconMatch& trigger = a_.triggers[a_.at[t].trigger];
      // A capitalised word inside a name ("Termination Protocol") is no verb; "-ing" before a noun hardly is
      // ("sharing deal").
      const bool noun_like =
          (token.capitalized && t > sentence_.tokens.begin) || trigger.form == VerbForm::kIng;
      // "the reworked deal", "a renewed treaty": a participle right after the article is an adjective.
      const bool adjective =
          (trigger.form == VerbForm::kParticiple || trigger.form == VerbForm::kPastOrParticiple) &&
          t > left_limit_ && IsDeterminer(t - 1) && trigger.tokens.size() == 1;
      if (!noun_like && !adjective) return false;
    }
    // "status-of-forces agreement"
    const bool in_compound = t > left_limit_ && a_.norm(t - 1) == "-" && !token.space_before &&
                             t + 1 < sentence_.tokens.end && a_.norm(t + 1) == "-";
    if (token.is_word || token.is_number) return in_compound || (!a_.IsFunctionWord(t) && !a_.IsAuxiliary(t));
    return Is(token.norm, {"\"", "/"}) && false;
  }

  // Whether the words left of `t` go on as a name over a small word: "Management [and] Disposition
  // Agreement".
  bool JoinsName(uint32_t t) const {
    if (t <= left_limit_ || !Is(a_.norm(t), {"and", "of", "on", "for", "the", "in", "&"})) return false;
    if (!a_.token(t + 1).capitalized || !a_.token(phrase_.head).capitalized) return false;
    uint32_t before = t - 1;
    if (a_.norm(before) == "the" && before > left_limit_) --before;
    const Token& left = a_.token(before);
    return left.is_word && left.capitalized && a_.at[before].party < 0 && a_.at[before].trigger < 0 &&
           before > sentence_.tokens.begin;
  }

  // "a [defence and] trade agreement", "its trade, transit [and] customs treaty": what describes the noun
  // goes on over the word, up to an article.
  bool JoinsModifiers(uint32_t t) const {
    constexpr uint32_t kMaxWords = 5;
    if (!Is(a_.norm(t), {"and", "&", ","}) || t <= left_limit_ || t + 1 >= sentence_.tokens.end) return false;
    if (!a_.token(t + 1).is_word || a_.token(t + 1).capitalized) return false;
    for (uint32_t w = t; w-- > left_limit_ && t - w <= kMaxWords;) {
      if (Is(a_.norm(w), {"a", "an", "its", "their"})) return w + 1 < t;
      if (Is(a_.norm(w), {",", "-"})) continue;
      if (!a_.token(w).is_word || a_.at[w].party >= 0 || a_.at[w].instrument >= 0 || !IsPremodifier(w))
        return false;
    }
    return false;
  }

  void ReadLeft() {
    uint32_t t = phrase_.core.begin;
    uint32_t taken = 0;
    while (t > left_limit_ && taken < kMaxPremodifiers) {
      const uint32_t before = t - 1;
      if (!IsPremodifier(before) && !JoinsName(before) && !JoinsModifiers(before)) break;
      if (IsDeterminer(before)) break;
      // "In March [Moscow denounced the] treaty": a party name right before is a premodifier only if joined
      // or adjective.
      if (a_.at[before].party >= 0) {
        const PartyMention& party = a_.parties[a_.at[before].party];
        if (party.tokens.begin < left_limit_) break;
        t = party.tokens.begin;
      } else {
        t = before;
      }
      ++taken;
    }
    phrase_.core.begin = t;
    ReadDeterminer();
    ReadPremodifiers();
  }

  bool IsDeterminer(uint32_t t) const {
    return Is(a_.norm(t), {"the",   "a",   "an",   "this", "that", "these", "those",   "its",
                           "their", "his", "her",  "our",  "any",  "each",  "another", "every",
                           "no",    "all", "both", "such", "some", "either"});
  }

  void ReadDeterminer() {
    if (phrase_.core.begin == left_limit_ || phrase_.core.begin == 0) return;
    uint32_t t = phrase_.core.begin - 1;
    const uint32_t before = IsDeterminer(t) && t > left_limit_ ? t - 1 : t;
    phrase_.background = Is(a_.norm(before), {"under", "pursuant"});
    const absl::string_view word = a_.norm(t);
    if (Is(word, {"a", "an", "another", "any", "each", "some"})) {
      phrase_.determiner = Determiner::kIndefinite;
      phrase_.is_new = phrase_.is_new || word == "another";
    } else if (Is(word, {"the", "this", "that", "these", "those", "such", "both", "all"})) {
      phrase_.determiner = Determiner::kDefinite;
      if (word == "both") phrase_.count = 2;
    } else if (Is(word, {"its", "their", "his", "her", "our"})) {
      phrase_.determiner = Determiner::kPossessive;
    } else if (word == "whose") {
      // "Germany, whose own treaty …"
      phrase_.determiner = Determiner::kPossessive;
      uint32_t owner = t;
      if (owner > left_limit_ && a_.norm(owner - 1) == ",") --owner;
      if (owner > left_limit_ && a_.at[owner - 1].party >= 0)
        AddParties(a_.parties[a_.at[owner - 1].party].ids, &phrase_.parties);
    } else if (word == "'s" || word == "'") {
      phrase_.determiner = Determiner::kPossessive;
      if (t > left_limit_ && a_.at[t - 1].party >= 0) {
        const PartyMention& owner = a_.parties[a_.at[t - 1].party];
        AddParties(owner.ids, &phrase_.parties);
        t = owner.tokens.begin;
      }
    } else {
      return;
    }
    phrase_.core.begin = t;
  }

  void ReadPremodifiers() {
    for (uint32_t t = phrase_.core.begin; t < phrase_.head; ++t) {
      const absl::string_view word = a_.norm(t);
      if (const int n = NumberWord(word); n > 0 && a_.at[t].date < 0) {
        phrase_.count = n;
        if (phrase_.determiner == Determiner::kNone) phrase_.determiner = Determiner::kQuantity;
      }
      const bool latest =
          Is(word, {"new", "fresh", "draft", "planned", "proposed", "renewed", "revised", "updated"});
      if (latest && phrase_.determiner == Determiner::kDefinite) phrase_.newest = true;
      if ((latest && !phrase_.newest) ||
          Is(word, {"further", "separate", "second", "third", "future", "similar", "broader", "interim"})) {
        phrase_.is_new = true;
      }
      if (Is(word,
             {"previous", "earlier", "old", "older", "former", "original", "first", "last", "predecessor"}))
        phrase_.is_other = true;
      if (Is(word, {"multilateral", "international", "tripartite", "trilateral", "regional", "three-way",
                    "global", "un", "accession"})) {
        phrase_.multilateral = true;
      }
      if (a_.at[t].date >= 0) AddDate(a_.at[t].date);
      if (a_.at[t].party >= 0) {
        const PartyMention& party = a_.parties[a_.at[t].party];
        if (party.tokens.begin == t && !party.ids.empty() && !party.place && !IsWhereItWasMade(party))
          AddParties(party.ids, &phrase_.parties);
      }
    }
    AddVotes({phrase_.core.begin, phrase_.core.end}, 2);
    AddWords({phrase_.core.begin, phrase_.head}, &phrase_.modifiers);
    if (phrase_.plural && phrase_.parties.size() == 1 && phrase_.determiner == Determiner::kPossessive)
      return;
  }

  // "the Nairobi declarations", "the Lisbon protocol" in running text: named after a town.
  bool IsWhereItWasMade(const PartyMention& party) const {
    const BlockKind kind = a_.document.blocks[sentence_.block].kind;
    if (party.role != PartyRole::kCapital || party.possessive || kind == BlockKind::kTitle ||
        kind == BlockKind::kHeading)
      return false;
    return phrase_.determiner == Determiner::kDefinite && party.tokens.end == phrase_.head &&
           party.tokens.begin == phrase_.core.begin + 1;
  }

  void AddDate(int index) {
    if (a_.dates[index].role == DateRole::kDuration || a_.dates[index].date.empty()) return;
    if (std::find(phrase_.dates.begin(), phrase_.dates.end(), index) == phrase_.dates.end())
      phrase_.dates.push_back(index);
  }

  void AddVotes(TokenSpan span, int factor) {
    for (uint32_t t = span.begin; t < span.end; ++t) {
      const int32_t s = a_.at[t].subject;
      // "Port Louis", "the Oil Ministry": words in the name of a party hint at nothing.
      if (s < 0 || a_.subjects[s].tokens.begin != t || a_.at[t].party >= 0) continue;
      for (const LexiconEntry* entry : a_.subjects[s].entries)
        phrase_.votes[entry->subject] += factor * entry->weight;
    }
  }

  // Words that tell what something is about: no names, dates, short words.
  void AddWords(TokenSpan span, std::vector<std::string>* to) const {
    constexpr size_t kShortest = 4;
    for (uint32_t t = span.begin; t < span.end; ++t) {
      if (a_.norm(t).size() < kShortest || !a_.token(t).is_word || a_.IsFunctionWord(t)) continue;
      if (a_.at[t].party < 0 && a_.at[t].date < 0 && a_.at[t].instrument < 0) to->emplace_back(a_.norm(t));
    }
  }

  // "Russia's Treaty Cancellations Since 2022": a heading whose words all have capitals, so that they name
  // nothing.
  bool InTitleCase() const {
    const BlockKind kind = a_.document.blocks[sentence_.block].kind;
    if (kind != BlockKind::kHeading && kind != BlockKind::kTitle) return false;
    int words = 0;
    int capitals = 0;
    for (uint32_t t = sentence_.tokens.begin; t < sentence_.tokens.end; ++t) {
      const Token& token = a_.token(t);
      if (!token.is_word || token.norm.size() < 4 || a_.at[t].party >= 0) continue;
      ++words;
      capitals += token.capitalized ? 1 : 0;
    }
    return words >= 3 && capitals * 10 >= words * 8;
  }

  // A capitalised head with capitalised words around it is a proper name; so is a lower-case head after a
  // name that is no party's.
  void ReadTitle() {
    if (InTitleCase()) return;
    const bool head_capital = a_.token(phrase_.head).capitalized && phrase_.head > sentence_.tokens.begin;
    uint32_t name_begin = phrase_.head;
    bool has_name = false;
    for (uint32_t t = phrase_.head; t-- > phrase_.core.begin;) {
      const Token& token = a_.token(t);
      if (IsDeterminer(t) || token.norm == "'s" || token.norm == "'") break;
      const bool plain =
          !token.capitalized && !Is(token.norm, {"and", "of", "on", "for", "the", "in", "-", "&"});
      if (plain && !head_capital) continue;
      if (plain) break;
      if (token.capitalized && a_.at[t].party < 0 && a_.at[t].date < 0 && t > sentence_.tokens.begin)
        has_name = true;
      if (token.capitalized || token.norm == "-" || has_name) name_begin = t;
    }
    uint32_t name_end = phrase_.core.end;
    if (head_capital) {
      name_end = ReadTitleTail(name_end);
      if (name_end > phrase_.core.end) {
        has_name = true;
        AddVotes({phrase_.core.end, name_end}, 2);
        ReadPartiesInTitle(phrase_.core.end, name_end);
      }
    }
    // "Cold War-era pact", "UN-brokered deal": a compound adjective, no name.
    if (!head_capital && phrase_.head >= phrase_.core.begin + 2 && a_.norm(phrase_.head - 2) == "-" &&
        !a_.token(phrase_.head - 1).capitalized) {
      has_name = false;
    }
    // "Safeguards Agreement", "Friendship Treaty": a capitalised phrase after all.
    if (head_capital && name_begin < phrase_.head) {
      bool all_parties = true;
      for (uint32_t t = name_begin; t < phrase_.head; ++t)
        all_parties = all_parties && (a_.at[t].party >= 0 || a_.norm(t) == "-");
      has_name = has_name || !all_parties || phrase_.head - name_begin >= 3 || NamesTown(name_begin);
    }
    phrase_.core.end = std::max(phrase_.core.end, name_end);
    if (!has_name) return;
    while (name_begin < phrase_.head && (!a_.token(name_begin).capitalized)) ++name_begin;
    phrase_.title = a_.document.Text({name_begin, name_end});
  }

  // "the Suva Declaration": named after a town.
  bool NamesTown(uint32_t t) const {
    const int32_t p = a_.at[t].party;
    return p >= 0 && a_.parties[p].role == PartyRole::kCapital && a_.parties[p].tokens.begin == t &&
           a_.parties[p].tokens.end == phrase_.head && phrase_.determiner == Determiner::kDefinite;
  }

  // "Treaty [on the Junction Point of the State Borders]", "Treaty [of Osimo]".
  uint32_t ReadTitleTail(uint32_t begin) const {
    uint32_t end = begin;
    uint32_t t = begin;
    const uint32_t limit = std::min(sentence_.tokens.end, begin + kMaxTitleTokens);
    while (t < limit) {
      const Token& token = a_.token(t);
      if (a_.at[t].date >= 0) break;
      // "the Treaty of Osimo and the Convention on …": another one begins.
      if (a_.at[t].instrument >= 0 && t > begin && Is(a_.norm(t - 1), {"and", "the", "or"}) &&
          (Is(a_.norm(t - 1), {"and", "or"}) || (t > begin + 1 && Is(a_.norm(t - 2), {"and", "or", ","})))) {
        break;
      }
      const bool small =
          Is(token.norm, {"on",         "of",        "the",  "for", "and",   "in",   "to",    "against",
                          "concerning", "between",   "with", "its", "by",    "from", "their", "a",
                          "relating",   "regarding", "-",    "all", "forms", "or",   "de"});
      if (token.capitalized && (token.is_word)) {
        end = t + 1;
      } else if (small && t < end + 4 &&
                 (t > begin || Is(token.norm, {"on", "of", "for", "against", "concerning", "between", "to",
                                               "relating", "regarding", "in"}))) {
        // go on
      } else if (token.norm == "," && t > begin && t + 1 < limit && a_.token(t + 1).capitalized &&
                 a_.at[t + 1].party < 0 && t == end && a_.at[t + 1].date < 0) {
        // "Treaty on Friendship, Cooperation and Partnership"
      } else {
        break;
      }
      ++t;
    }
    // A tail that only names a day or place ("Agreement in Paris") is no title; "of Osimo" is.
    if (end > begin && end - begin == 2 && Is(a_.norm(begin), {"in", "to"})) return begin;
    if (end > begin && a_.norm(begin) == "with") return begin;
    return NamesBothSides(begin, end) ? ReadSubjectOfTitle(end) : end;
  }

  // "Agreement between the Government of the USSR and the Government of Canada": a full title, which goes on
  // in small letters.
  bool NamesBothSides(uint32_t begin, uint32_t end) const {
    return end > begin && a_.norm(begin) == "between" && ReadPartyList(a_, begin + 1, end).ids.size() >= 2;
  }

  // "… [on cooperation in the field of defence]": up to punctuation, a verb, or a date.
  uint32_t ReadSubjectOfTitle(uint32_t begin) const {
    if (begin >= sentence_.tokens.end ||
        !Is(a_.norm(begin), {"on", "concerning", "regarding", "for", "about"}))
      return begin;
    uint32_t t = begin + 1;
    while (t < sentence_.tokens.end && t < begin + kMaxTitleTokens) {
      const Token& token = a_.token(t);
      if ((!token.is_word && token.norm != "-") || a_.at[t].date >= 0 || a_.IsAuxiliary(t)) break;
      if (a_.at[t].trigger >= 0 && a_.triggers[a_.at[t].trigger].form != VerbForm::kNone &&
          a_.triggers[a_.at[t].trigger].form != VerbForm::kIng)
        break;
      ++t;
    }
    while (t > begin + 1 && a_.IsFunctionWord(t - 1)) --t;
    return t > begin + 1 ? t : begin;
  }

  void ReadPartiesInTitle(uint32_t begin, uint32_t end) {
    for (uint32_t t = begin; t < end; ++t) {
      if (!Is(a_.norm(t), {"between", "with"})) continue;
      const PartyList list = ReadPartyList(a_, t + 1, end);
      AddParties(list.ids, a_.norm(t) == "between" ? &phrase_.parties : &phrase_.partners);
    }
  }

  // "with Russia's Gazprom", "with Brazil's Flamengo": one name that is no organ and no person of the state.
  bool OwnsFirm(const PartyMention& owner) const {
    uint32_t t = owner.tokens.end;
    const uint32_t end = sentence_.tokens.end;
    if (!owner.possessive || owner.role != PartyRole::kName || t + 1 >= end) return false;
    if (Is(a_.norm(t), {"'s", "'"})) ++t;
    if (t >= end) return false;
    const auto is_name = [this](uint32_t at) {
      const TokenLayers& layers = a_.at[at];
      return a_.token(at).is_word && a_.token(at).capitalized && layers.party < 0 && layers.instrument < 0 &&
             layers.known < 0 && layers.date < 0;
    };
    if (!is_name(t)) return false;
    return t + 1 >= end || (!a_.token(t + 1).capitalized && a_.at[t + 1].party < 0);
  }

  // "(EDCA)", "between …", "with …", "of 1975 and 1976", "on …".
  void ReadRight() {
    uint32_t t = phrase_.core.end;
    const uint32_t limit = sentence_.tokens.end;
    bool more = true;
    phrase_.tokens = {phrase_.core.begin, t};
    while (more && t < limit) {
      more = false;
      const absl::string_view word = a_.norm(t);
      if (word == "(" && t + 2 < limit && a_.norm(t + 2) == ")" && a_.token(t + 1).all_caps) {
        phrase_.abbreviation = std::string(a_.token(t + 1).text);
        t += 3;
        more = true;
      } else if (word == "(" && t + 3 < limit && a_.norm(t + 3) == ")" && a_.token(t + 1).all_caps) {
        phrase_.abbreviation = a_.document.Text({t + 1, t + 3});
        t += 4;
        more = true;
      } else if (word == "between" || word == "among") {
        const PartyList list = ReadPartyList(a_, t + 1, limit);
        if (!list.ids.empty()) {
          AddParties(list.ids, &phrase_.parties);
          if (list.ids.size() > 2) phrase_.multilateral = phrase_.multilateral || !phrase_.plural;
          t = list.next;
          more = true;
        } else if (const uint32_t group = ReadGroup(t + 1); group > t + 1) {
          t = group;
          more = true;
        }
      } else if (word == "with") {
        const PartyList list = ReadPartyList(a_, t + 1, limit);
        if (t + 1 < limit && a_.norm(t + 1) == "us" && SaysUsOfHome(t + 1)) {
          // "Canberra has its own treaty with us": with the paper's state.
          AddParties({a_.home_party()}, &phrase_.partners);
          t += 2;
          more = true;
        } else if (!list.ids.empty()) {
          AddParties(list.ids, &phrase_.partners);
          phrase_.is_private = phrase_.is_private || OwnsFirm(a_.parties[list.mentions.back()]);
          t = phrase_.plural ? ReadMorePartners(list.next) : list.next;
          more = true;
        } else if (const uint32_t them = ReadPartnersBefore(t + 1); them > t + 1) {
          t = them;
          more = true;
        } else if (const uint32_t counted = ReadCountedPartners(t + 1); counted > t + 1) {
          t = counted;
          more = true;
        } else if (const uint32_t group = ReadGroup(t + 1); group > t + 1) {
          phrase_.with_group = std::exchange(phrase_.between, 0);
          t = group;
          more = true;
        }
      } else if ((word == "of" || word == "from") && t + 1 < limit && a_.at[t + 1].date >= 0) {
        t = ReadDates(t + 1);
        more = true;
      } else if (word == "of" && t + 2 < limit && a_.norm(t + 1) == "the" && a_.at[t + 2].date >= 0) {
        t = ReadDates(t + 2);  // "a protocol of the same day"
        more = true;
      } else if (word == "," && t + 2 < limit && a_.norm(t + 1) == "of" && a_.at[t + 2].date >= 0) {
        t = ReadDates(t + 2);
        more = true;
      } else if (const uint32_t signed_on = ReadDatesOfSigning(t); signed_on > t) {
        t = signed_on;
        more = true;
      } else if (const uint32_t members = ReadMembers(t); members > t) {
        t = members;
        more = true;
      } else if (word == "of" && t + 2 < limit && Is(a_.norm(t + 1), {"its", "their", "his"}) &&
                 a_.norm(t + 2) == "own") {
        phrase_.is_new = phrase_.is_new || phrase_.determiner == Determiner::kIndefinite;
        phrase_.of_own = true;
        t += 3;
        more = true;
      } else if (word == "of" && phrase_.parties.empty() && ReadGroup(t + 1) > t + 1) {
        t = ReadGroup(t + 1);
        more = true;
      } else if (IsBracketedYear(t)) {
        AddDate(a_.at[t + 1].date);
        const uint32_t end = a_.dates[a_.at[t + 1].date].tokens.end;
        if (a_.norm(end) == ")") {
          t = end + 1;
          more = true;
        }
      } else if (Is(word, {"on", "for", "over", "about", "concerning", "regarding", "governing", "covering",
                           "banning", "against", "of", "to", "that", "which", "under"}) &&
                 phrase_.tokens.size() < 60) {
        const uint32_t end = SubjectEnd(t + 1);
        AddVotes({t + 1, end}, Is(word, {"that", "which", "under"}) ? 1 : 2);
        if (Is(word, {"on", "concerning", "regarding", "governing"})) AddWords({t + 1, end}, &phrase_.matter);
        if (!Is(word, {"that", "which", "under", "to"}) && end > t + 1) {
          t = end;
          more = true;
        }
      }
    }
    phrase_.tokens.end = std::max(t, phrase_.core.end);
    ReadRestrictingDate(phrase_.tokens.end);
    ReadPartiesOfClause(phrase_.tokens.end);
    // What stands right before tells about it as well, less surely.
    AddVotes({phrase_.tokens.end, std::min(limit, phrase_.tokens.end + 8)}, 1);
  }

  // Whether "us" is said by the paper itself, of its own state, and not by somebody whom it quotes.
  bool SaysUsOfHome(uint32_t us) const {
    if (a_.home_party().empty() || a_.at[us].party >= 0) return false;
    for (uint32_t t = sentence_.tokens.begin; t < sentence_.tokens.end; ++t) {
      if (Is(a_.norm(t), {"\"", "'"})) return false;
    }
    return true;
  }

  // "the WHO Pandemic Agreement", "a UN convention": made under the roof of an organisation of many states,
  // which is no party to it; "the UN's agreement with Syria" is its own.
  void DropSponsor() {
    if (phrase_.parties.size() != 1 || !phrase_.partners.empty() ||
        phrase_.determiner == Determiner::kPossessive || !IsSponsor(phrase_.parties.front()))
      return;
    phrase_.parties.clear();
    phrase_.multilateral = true;
  }

  // "the accord [that they signed in May]", "the pact [signed on 3 June]", without a comma: says which one.
  void ReadRestrictingDate(uint32_t t) {
    constexpr uint32_t kMaxClauseTokens = 24;
    const uint32_t end = std::min(sentence_.tokens.end, t + kMaxClauseTokens);
    if (t >= end || phrase_.determiner != Determiner::kDefinite || !phrase_.dates.empty()) return;
    const bool relative = Is(a_.norm(t), {"that", "which"});
    bool is_signed = false;
    for (uint32_t w = relative ? t + 1 : t; w < end; ++w) {
      const int32_t trigger = a_.at[w].trigger;
      if (!is_signed && trigger >= 0 && a_.triggers[trigger].form != VerbForm::kNone) {
        is_signed = a_.triggers[trigger].entries.front()->event_type == treatywire::v1::EVENT_TYPE_SIGNED;
        if (!is_signed) return;
        w = a_.triggers[trigger].tokens.end - 1;
        continue;
      }
      if (!is_signed && !relative) return;
      if (is_signed && a_.at[w].date >= 0) {
        phrase_.restricting_date = a_.at[w].date;
        return;
      }
      const bool ends = a_.norm(w) == ";" || (is_signed && (a_.norm(w) == "," || trigger >= 0));
      if (ends) return;
    }
  }

  // "talks with Washington on [a trade pact]", "negotiations between Oslo and Rome about [a treaty]": those
  // who talk are its parties, unless the phrase names its own.
  void ReadTalksBefore() {
    const uint32_t begin = phrase_.core.begin;
    if (!phrase_.parties.empty() || !phrase_.partners.empty() || begin < left_limit_ + 4) return;
    if (!Is(a_.norm(begin - 1), {"on", "about", "over", "for", "toward", "towards"})) return;
    for (uint32_t t = begin - 2; t > left_limit_ && begin - t < kMaxPremodifiers; --t) {
      if (!Is(a_.norm(t), {"with", "between"})) continue;
      const PartyList list = ReadPartyList(a_, t + 1, begin - 1);
      const bool talks = Is(a_.norm(t - 1), {"talks", "talk", "negotiations", "negotiation", "discussions",
                                             "consultations", "negotiating", "negotiate", "negotiates"});
      if (talks && list.next == begin - 1 && !list.ids.empty())
        AddParties(list.ids, a_.norm(t) == "between" ? &phrase_.parties : &phrase_.partners);
      return;
    }
  }

  // "the treaty that [links A, B and C]": the token after them; `t` where they are not told like that.
  uint32_t ReadMembers(uint32_t t) {
    if (t + 2 >= sentence_.tokens.end || !Is(a_.norm(t), {"that", "which"})) return t;
    if (!Is(a_.norm(t + 1), {"joins", "joined", "links", "linked", "binds", "bound", "unites", "united",
                             "ties", "groups", "covers", "comprises"}))
      return t;
    const PartyList list = ReadPartyList(a_, t + 2, sentence_.tokens.end);
    if (list.ids.size() < 2) return t;
    AddParties(list.ids, &phrase_.parties);
    phrase_.multilateral = phrase_.multilateral || (list.ids.size() > 2 && !phrase_.plural);
    return list.next;
  }

  // "two older treaties[, signed in 1931 and in 1947]", "have had a treaty [since 1982]": the token after the
  // dates; `t` where there are none.
  uint32_t ReadDatesOfSigning(uint32_t t) {
    const uint32_t end = sentence_.tokens.end;
    const uint32_t begin = phrase_.core.begin;
    if (a_.norm(t) == "since") {
      const bool have = begin > left_limit_ && Is(a_.norm(begin - 1), {"have", "has", "had"});
      if (have && phrase_.determiner == Determiner::kIndefinite && t + 1 < end && a_.at[t + 1].date >= 0)
        return ReadDates(t + 1);
      return t;
    }
    if (const uint32_t told = ReadDatesOneByOne(t); told > t) return told;
    uint32_t verb = a_.norm(t) == "," ? t + 1 : t;
    if (!phrase_.plural || verb + 2 >= end ||
        !Is(a_.norm(verb), {"signed", "concluded", "reached", "made", "agreed", "struck"}))
      return t;
    const size_t before = phrase_.dates.size();
    uint32_t next = verb + 1;
    for (uint32_t d = next; d < end; ++d) {
      if (a_.at[d].date >= 0) {
        AddDate(a_.at[d].date);
        d = a_.dates[a_.at[d].date].tokens.end - 1;
        next = d + 1;
      } else if (!Is(a_.norm(d), {"in", "on", "and", ","})) {
        break;
      }
    }
    // One date is of all of them and is read with the verb.
    if (phrase_.dates.size() >= before + 2) return next;
    phrase_.dates.resize(before);
    return t;
  }

  // "five accords with Lima[, the oldest from 1977, the newest from 2020]": the token after the dates; `t`
  // where there are none.
  uint32_t ReadDatesOneByOne(uint32_t t) {
    constexpr uint32_t kMaxTokens = 24;
    if (!phrase_.plural || a_.norm(t) != "," || !phrase_.dates.empty()) return t;
    const uint32_t end = std::min(sentence_.tokens.end, t + kMaxTokens);
    std::vector<int> dates;
    bool each = false;
    uint32_t next = t;
    for (uint32_t d = t + 1; d < end; ++d) {
      if (a_.at[d].date >= 0) {
        dates.push_back(a_.at[d].date);
        d = a_.dates[a_.at[d].date].tokens.end - 1;
        next = d + 1;
        continue;
      }
      const absl::string_view word = a_.norm(d);
      const bool one = Is(word, {"oldest", "newest", "latest", "first", "last", "one", "another", "other"});
      each = each || one;
      if (!one && !Is(word, {"the", "from", "of", "dating", "back", "to", "in", "on", "and", ",", "signed",
                             "concluded", "most", "recent"}))
        break;
    }
    if (!each || dates.size() < 2) return t;
    for (const int date : dates) AddDate(date);
    return next;
  }

  // "with Chile [(2001), Peru in 2003 and with Kenya]": more partners, each with its date. The token after
  // them.
  uint32_t ReadMorePartners(uint32_t begin) {
    std::vector<int> dates(phrase_.partners.size(), -1);
    uint32_t t = begin;
    bool dated = false;
    for (size_t told = 0; phrase_.partners.size() > told;) {
      told = phrase_.partners.size();
      const uint32_t after_date = DateOfPartner(t, &dates.back());
      uint32_t next = SubjectOfPartner(after_date);
      if (next > after_date) next = DateOfPartner(next, &dates.back());
      while (next < sentence_.tokens.end && Is(a_.norm(next), {",", ";", "and", "as", "well"})) ++next;
      if (next == after_date ||
          (next < sentence_.tokens.end && Is(a_.norm(next), {"in", "on", "of", "from", "("})))
        break;
      const bool with = next < sentence_.tokens.end && a_.norm(next) == "with";
      if (with) ++next;
      const PartyList list = ReadPartyList(a_, next, sentence_.tokens.end);
      if (list.ids.empty() || (!with && (after_date == t || EndsPartners(list.next)))) break;
      AddParties(list.ids, &phrase_.partners);
      dates.resize(phrase_.partners.size(), -1);
      dated = dated || std::any_of(dates.begin(), dates.end(), [](int date) { return date >= 0; });
      t = list.next;
    }
    if (!dated) return t;
    // "… with Ghana on cocoa in 2023"
    const uint32_t subject =
        t < sentence_.tokens.end && Is(a_.norm(t), {"on", "for", "over"}) ? SubjectEnd(t + 1) : t;
    for (const uint32_t end : {t, subject}) {
      if (dates.back() < 0) t = std::max(t, DateOfPartner(end, &dates.back()));
    }
    phrase_.partner_dates = std::move(dates);
    return t;
  }

  // "[on taxes] and with Kenya on fishing": what the agreement with this partner is on, if another "with"
  // follows.
  uint32_t SubjectOfPartner(uint32_t t) const {
    constexpr uint32_t kMaxSubject = 12;
    const uint32_t end = std::min(sentence_.tokens.end, t + kMaxSubject);
    if (t >= end || !Is(a_.norm(t), {"on", "for", "over", "about"}) || a_.at[t + 1].date >= 0) return t;
    uint32_t subject = t;  // its last word
    for (uint32_t w = t + 1; w < end; ++w) {
      if (a_.norm(w) == "with") return Is(a_.norm(w - 1), {"and", ","}) && subject > t ? subject + 1 : t;
      if (a_.at[w].trigger >= 0 || a_.at[w].party >= 0 || a_.IsAuxiliary(w)) return t;
      const bool ends = a_.at[w].date >= 0 || Is(a_.norm(w), {",", "and", "in"});
      if (!ends && subject + 1 >= w) subject = w;
    }
    return t;
  }

  // "(2001)", "in 2003", ", signed in May 2004": sets the date. The token after it; `t` where there is none.
  uint32_t DateOfPartner(uint32_t t, int* date) const {
    const uint32_t end = sentence_.tokens.end;
    uint32_t d = t;
    if (d + 1 < end && a_.norm(d) == "," && Is(a_.norm(d + 1), {"signed", "concluded", "struck", "dating"}))
      d += 2;
    if (d < end && Is(a_.norm(d), {"(", "in", "on", "of", "from"})) ++d;
    if (d == t || d >= end || a_.at[d].date < 0) return t;
    *date = a_.at[d].date;
    const uint32_t next = a_.dates[*date].tokens.end;
    return next < end && a_.norm(t) == "(" && a_.norm(next) == ")" ? next + 1 : next;
  }

  // Whether a word follows that is no part of a list: what stands before it opens another clause.
  bool EndsPartners(uint32_t t) const {
    return t < sentence_.tokens.end && a_.token(t).is_word && a_.at[t].date < 0 &&
           !Is(a_.norm(t), {"in", "on", "of", "from", "and", "as", "with"});
  }

  // "its agreements with [them]", after a list of parties: those. The token after the word; `t` where none is
  // meant.
  uint32_t ReadPartnersBefore(uint32_t t) {
    if (!phrase_.plural || t >= sentence_.tokens.end || !Is(a_.norm(t), {"them", "each"})) return t;
    for (uint32_t p = phrase_.core.begin; p-- > sentence_.tokens.begin;) {
      if (a_.at[p].party < 0) continue;
      uint32_t begin = a_.parties[a_.at[p].party].tokens.begin;
      PartyIds listed;
      for (uint32_t first = begin; first > sentence_.tokens.begin; --first) {
        if (a_.at[first - 1].party < 0 && !Is(a_.norm(first - 1), {",", "and"})) break;
        if (a_.at[first - 1].party >= 0) begin = a_.parties[a_.at[first - 1].party].tokens.begin;
      }
      listed = ReadPartyList(a_, begin, phrase_.core.begin).ids;
      if (listed.size() >= 2) {
        AddParties(listed, &phrase_.partners);
        return t + 1;
      }
      p = begin;
    }
    return t;
  }

  // "the declaration[, in which Chile and Peru renounced …]", "the treaty [that Chile and Peru signed]":
  // those two are its parties. Reads no further: what they do is told by the clause.
  void ReadPartiesOfClause(uint32_t t) {
    const uint32_t end = sentence_.tokens.end;
    if (phrase_.known != nullptr || phrase_.parties.size() + phrase_.partners.size() > 0 ||
        phrase_.between > 0)
      return;
    if (t < end && a_.norm(t) == ",") ++t;
    const bool content =
        t + 1 < end && Is(a_.norm(t), {"in", "by", "under", "with"}) && a_.norm(t + 1) == "which";
    const uint32_t begin = content ? t + 2 : t + 1;
    if (!content && (t >= end || !Is(a_.norm(t), {"that", "which"}))) return;
    const PartyList list = ReadPartyList(a_, begin, end);
    if (list.ids.empty() && !content) {
      // "a deal, which [the two countries] signed in 2002": between those.
      const uint32_t group = ReadGroup(begin);
      if (group == begin || !IsSigning(group)) phrase_.between = 0;
      return;
    }
    // "the accord that the ministers of Chile and Peru, A and B, signed"
    const uint32_t verb = list.next < end && a_.norm(list.next) == "," ? list.next + 1 : list.next;
    if (list.ids.size() != 2 || (!content && !IsSigning(verb))) return;
    AddParties(list.ids, &phrase_.parties);
  }

  // Whether the verb at `t`, after auxiliaries and adverbs, is one of signing.
  bool IsSigning(uint32_t t) const {
    const uint32_t end = sentence_.tokens.end;
    while (t < end && (a_.IsAuxiliary(t) || a_.IsAdverb(t))) ++t;
    return t < end && a_.at[t].trigger >= 0 &&
           a_.triggers[a_.at[t].trigger].entries.front()->event_type == treatywire::v1::EVENT_TYPE_SIGNED;
  }

  // "treaties with [38 countries]": those that the next sentences list. The token after the noun; `begin`
  // where no count of states stands there.
  uint32_t ReadCountedPartners(uint32_t begin) {
    constexpr uint32_t kMaxWordsOfCount = 5;
    constexpr size_t kMinListed = 3;
    if (!phrase_.plural) return begin;
    uint32_t noun = begin;
    bool counted = false;
    for (; noun < std::min(sentence_.tokens.end, begin + kMaxWordsOfCount); ++noun) {
      counted = counted || a_.token(noun).is_number || NumberWord(a_.norm(noun)) > 0 ||
                Is(a_.norm(noun), {"several", "many", "dozens", "other"});
      if (Is(a_.norm(noun), {"countries", "states", "nations", "partners", "neighbours", "neighbors"})) break;
      if (a_.at[noun].party >= 0) return begin;
    }
    if (!counted || noun >= std::min(sentence_.tokens.end, begin + kMaxWordsOfCount)) return begin;
    const PartyIds listed = FirstListAfter(noun, kMinListed);
    AddParties(listed, &phrase_.partners);
    return listed.empty() ? begin : noun + 1;
  }

  // "Peru ended its last sixteen treaties. Among the partners are [Chile, Fiji and Samoa]."
  void ReadPartnersListedNext() {
    constexpr size_t kMinListed = 3;
    constexpr uint32_t kMaxLead = 8;
    if (!phrase_.plural || !phrase_.partners.empty() || phrase_.parties.size() > 1 || !phrase_.dates.empty())
      return;
    const std::vector<Sentence>& sentences = a_.document.sentences;
    const auto next = std::upper_bound(sentences.begin(), sentences.end(), sentence_.tokens.begin,
                                       [](uint32_t t, const Sentence& s) { return t < s.tokens.begin; });
    if (next == sentences.end() || next->block != sentence_.block) return;
    bool tells = false;
    const uint32_t end = std::min(next->tokens.end, next->tokens.begin + kMaxLead);
    for (uint32_t t = next->tokens.begin; t < end; ++t) {
      tells = tells || Is(a_.norm(t), {"partners", "partner", "affected", "concerned"});
      if (a_.at[t].party < 0) continue;
      PartyList list = ReadPartyList(a_, t, next->tokens.end);
      if (tells && list.ids.size() >= kMinListed) phrase_.partners = std::move(list.ids);
      return;
    }
  }

  // The first list of at least `least` parties in the rest of the sentence and the two after it.
  PartyIds FirstListAfter(uint32_t token, size_t least) const {
    constexpr uint32_t kMaxTokens = 80;
    const auto end =
        std::min<uint32_t>(static_cast<uint32_t>(a_.at.size()), sentence_.tokens.end + kMaxTokens);
    for (uint32_t t = token; t < end; ++t) {
      if (a_.at[t].party < 0 || a_.parties[a_.at[t].party].tokens.begin != t) continue;
      PartyList list = ReadPartyList(a_, t, end);
      if (list.ids.size() >= least) return std::move(list.ids);
    }
    return {};
  }

  // "between [the two countries]", "between [the three]": the token after it; `begin` where there is none.
  uint32_t ReadGroup(uint32_t begin) {
    for (const Cue* cue : a_.CuesIn({begin, std::min(begin + 2, sentence_.tokens.end)})) {
      if (cue->cue_class != CueClass::kPair) continue;
      phrase_.between = 2;
      for (uint32_t t = cue->tokens.begin; t < cue->tokens.end; ++t) {
        if (const int n = NumberWord(a_.norm(t)); n > 0) phrase_.between = static_cast<size_t>(n);
      }
      return cue->tokens.end;
    }
    return begin;
  }

  // "the fisheries treaty (1972)", "(1972, amended 1980)": the year it dates from.
  bool IsBracketedYear(uint32_t t) const {
    if (t + 2 >= sentence_.tokens.end || a_.norm(t) != "(" || a_.at[t + 1].date < 0) return false;
    const DateMention& date = a_.dates[a_.at[t + 1].date];
    return date.anchor == DateAnchor::kNone && date.date.granularity != Granularity::kInterval &&
           date.tokens.end < sentence_.tokens.end && Is(a_.norm(date.tokens.end), {")", ","});
  }

  uint32_t ReadDates(uint32_t t) {
    while (t < sentence_.tokens.end) {
      if (a_.at[t].date >= 0) {
        const int index = a_.at[t].date;
        AddDate(index);
        t = a_.dates[index].tokens.end;
      } else if (Is(a_.norm(t), {"and", ","}) && t + 1 < sentence_.tokens.end && a_.at[t + 1].date >= 0 &&
                 phrase_.plural) {
        ++t;
      } else {
        break;
      }
    }
    return t;
  }

  // The words of an on-phrase: up to punctuation, a verb, a preposition that opens another modifier, or ten
  // words.
  uint32_t SubjectEnd(uint32_t begin) const {
    uint32_t t = begin;
    while (t < sentence_.tokens.end && t < begin + 10) {
      const Token& token = a_.token(t);
      if (!token.is_word && !token.is_number && token.norm != "-" && token.norm != "\"") break;
      if (a_.at[t].date >= 0 || a_.at[t].known >= 0 || a_.IsAuxiliary(t)) break;
      // "one on trade and one on visas"
      if (token.norm == "and" && t + 1 < sentence_.tokens.end && Is(a_.norm(t + 1), {"one", "another"}))
        break;
      if (a_.at[t].trigger >= 0) {
        const LexiconMatch& trigger = a_.triggers[a_.at[t].trigger];
        if (trigger.form != VerbForm::kNone && trigger.form != VerbForm::kIng) break;
      }
      if (a_.at[t].instrument >= 0 && t > begin) break;
      if (Is(token.norm, {"with", "between", "which", "that", "who", "after", "before", "when", "while", "as",
                          "if", "unless", "since", "until", "because", "but", "although"})) {
        break;
      }
      ++t;
    }
    while (t > begin && (a_.IsFunctionWord(t - 1) || IsDeterminer(t - 1))) --t;
    return t;
  }

  const Annotation& a_;
  const Sentence& sentence_;
  const uint32_t left_limit_;
  AgreementPhrase phrase_;
};

// "Poland's, signed in 2013, …", "Malta's was signed later": whose agreement it is, without a noun.
bool OwnsUnnamed(const Annotation& a, const Sentence& sentence, uint32_t t) {
  if (!Is(a.norm(t), {"'s", "'"}) || t == sentence.tokens.begin || t + 1 >= sentence.tokens.end) return false;
  const int32_t owner = a.at[t - 1].party;
  if (owner < 0 || a.parties[owner].ids.size() != 1 || a.parties[owner].role != PartyRole::kName)
    return false;
  uint32_t next = t + 1;
  if (Is(a.norm(next), {"was", "has", "is", "will", "had", "expires", "expired", "lapsed"})) return true;
  if (a.norm(next) != "," || ++next >= sentence.tokens.end) return false;
  const int32_t trigger = a.at[next].trigger;
  return trigger >= 0 && (a.triggers[trigger].form == VerbForm::kParticiple ||
                          a.triggers[trigger].form == VerbForm::kPastOrParticiple);
}

// "The oldest, with Canada, …", "another with Peru": one of the sort spoken of, told by its partner.
bool StandsForOneOfSeveral(const Annotation& a, const Sentence& sentence, uint32_t t) {
  if (t == sentence.tokens.begin && a.norm(t) != "another") return false;
  if (!Is(a.norm(t),
          {"oldest", "newest", "latest", "first", "second", "third", "fourth", "last", "other", "another"}) ||
      a.at[t].date >= 0)
    return false;
  if (a.norm(t) != "another" && !Is(a.norm(t - 1), {"the", "a"})) return false;
  uint32_t with = t + 1;
  if (with < sentence.tokens.end && a.norm(with) == ",") ++with;
  if (with + 1 >= sentence.tokens.end || a.norm(with) != "with") return false;
  return !ReadPartyList(a, with + 1, sentence.tokens.end).ids.empty();
}

// Whether "a successor" or "a replacement" at `t` is another agreement in place of the one spoken of: told by
// what it holds or what befalls it, not "a successor to the president".
bool StandsForSuccessor(const Annotation& a, const Sentence& sentence, uint32_t t) {
  if (!Is(a.norm(t), {"successor", "replacement"}) || t == sentence.tokens.begin ||
      t + 1 >= sentence.tokens.end)
    return false;
  return Is(a.norm(t - 1), {"a", "no", "any"}) &&
         Is(a.norm(t + 1), {"containing", "was", "is", "has", "will", "signed", "that", "which"});
}

// "[The first] was signed in 1998, the second in 2001": which of those spoken of together; 0 where the word
// counts something else.
uint32_t OrdinalAt(const Annotation& a, const Sentence& sentence, uint32_t t) {
  constexpr std::array<absl::string_view, 4> kOrdinals = {"first", "second", "third", "fourth"};
  if (t == sentence.tokens.begin || a.norm(t - 1) != "the" || a.at[t].date >= 0 || a.at[t].instrument >= 0)
    return 0;
  const auto* const found = std::find(kOrdinals.begin(), kOrdinals.end(), a.norm(t));
  if (found == kOrdinals.end()) return 0;
  const uint32_t next = t + 1;
  const bool alone = next >= sentence.tokens.end || a.norm(next) == "," || a.norm(next) == "." ||
                     a.norm(next) == ";" || a.IsAuxiliary(next) || a.at[next].trigger >= 0 ||
                     Is(a.norm(next), {"in", "on", "and", "only", "dates", "covers"});
  return alone ? static_cast<uint32_t>(found - kOrdinals.begin()) + 1 : 0;
}

// Whether "one", "that" or "those" at `t` stands for an agreement's noun: "the Guatemalan one", "concluded
// one for gas", "that with Palau". What it stands for is for the discourse to tell.
bool StandsForNoun(const Annotation& a, const Sentence& sentence, uint32_t t) {
  const uint32_t next = t + 1;
  const absl::string_view word = a.norm(t);
  // "an earlier version", "the first draft"
  const bool version = Is(word, {"version", "versions"}) && t > sentence.tokens.begin &&
                       Is(a.norm(t - 1), {"earlier", "previous", "older", "first", "original"});
  if (version) return true;
  const bool one = Is(word, {"one", "ones"});
  if (word == "theirs") return true;
  if (OwnsUnnamed(a, sentence, t) || StandsForSuccessor(a, sentence, t)) return true;
  if (StandsForOneOfSeveral(a, sentence, t)) return true;
  // "put its name to its own", "froze their own": no noun follows.
  if (word == "own" && t > sentence.tokens.begin && Is(a.norm(t - 1), {"its", "their"})) {
    return next >= sentence.tokens.end || !a.token(next).is_word || a.IsFunctionWord(next) ||
           a.at[next].date >= 0;
  }
  if ((!one && !Is(word, {"that", "those"})) || a.at[t].date >= 0 || a.at[t].party >= 0) return false;
  const auto names_party = [&](uint32_t i) {
    while (i < sentence.tokens.end && Is(a.norm(i), {"the", "its", "neighbouring"})) ++i;
    return i < sentence.tokens.end && a.at[i].party >= 0;
  };
  if (next < sentence.tokens.end && Is(a.norm(next), {"with", "between"}) && names_party(next + 1))
    return true;
  // "takes the place of that of 1974", "replaces the one of 2002"
  if (OfDate(a, sentence, next) && t > sentence.tokens.begin &&
      (word == "that" || (word == "one" && a.norm(t - 1) == "the")))
    return true;
  if (!one || t < sentence.tokens.begin + 2) return false;
  const bool ends = next >= sentence.tokens.end || !a.token(next).is_word || a.at[next].date >= 0 ||
                    a.IsAuxiliary(next) || a.at[next].trigger >= 0 ||
                    Is(a.norm(next), {"for", "on", "in", "with", "and", "but", "which", "that", "signed"});
  if (!ends || (next < sentence.tokens.end && Is(a.norm(next), {"-", "another"}))) return false;
  // An adjective before it that names a party or a year, or tells it new: "the Salvadoran one", "a similar
  // one".
  const uint32_t before = t - 1;
  if (Is(a.norm(before), {"that", "this"})) return true;
  // "nineteen accords, among them one on trade and one on visas"
  if (Is(a.norm(before), {"them", "and", "which"}) && next < sentence.tokens.end &&
      Is(a.norm(next), {"on", "for"})) {
    const CueRange cues = a.CuesIn({sentence.tokens.begin, t});
    return std::any_of(cues.begin(), cues.end(),
                       [](const Cue* cue) { return cue->cue_class == CueClass::kAmong; });
  }
  return a.at[before].party >= 0 || a.at[before].date >= 0 ||
         Is(a.norm(before), {"new", "old", "similar", "earlier", "previous", "first", "second", "separate",
                             "older", "original"});
}

// Whether the word at `t`, after an instrument noun, is what the noun only describes: "the ceasefire line".
bool NamesOtherThing(const Annotation& a, const Sentence& sentence, uint32_t t) {
  return t < sentence.tokens.end && a.token(t).space_before && !a.token(t).capitalized &&
         Is(a.norm(t), {"line",        "lines",      "zone",       "zones",      "body",      "bodies",
                        "monitor",     "monitors",   "observers",  "commission", "committee", "secretariat",
                        "obligations", "obligation", "law",        "port",       "ports",     "base",
                        "bases",       "breaker",    "makers",     "maker",      "partners",  "partner",
                        "allies",      "ally",       "depositary", "archive",    "series"});
}

// "the treaty that Algiers suspended", after the Algiers Agreement: the state, which does something.
bool ActsAsParty(const Annotation& a, const Sentence& sentence, uint32_t t) {
  const uint32_t next = t + 1;
  if (a.at[t].party < 0 || next >= sentence.tokens.end) return false;
  const int32_t trigger = a.at[next].trigger;
  return trigger >= 0 && a.triggers[trigger].form != VerbForm::kNone &&
         a.triggers[trigger].form != VerbForm::kIng;
}

// The instrument noun in a name that is written in small letters, so that it may describe other agreements as
// well; nullptr where there is none.
const LexiconMatch* NounIn(const Annotation& a, TokenSpan name) {
  const LexiconMatch* noun = nullptr;
  for (uint32_t t = name.begin; t < name.end; ++t) {
    if (a.at[t].instrument >= 0) {
      if (a.token(t).capitalized) return nullptr;
      if (noun == nullptr) noun = &a.instruments[a.at[t].instrument];
    }
  }
  return noun;
}

bool IsPronounPhrase(const Annotation& a, const Cue& cue) {
  if (cue.cue_class != CueClass::kThis) return false;
  // "it" of weather and extraposition is sorted out by the event reader: it only asks for a pronoun where a
  // trigger needs one.
  return a.at[cue.tokens.begin].instrument < 0;
}

}  // namespace

PartyList ReadPartyList(const Annotation& a, uint32_t begin, uint32_t end) {
  PartyList list;
  list.next = begin;
  uint32_t t = begin;
  uint32_t skipped = 0;
  while (t < end) {
    const int32_t p = a.at[t].party;
    if (p >= 0) {
      const PartyMention& mention = a.parties[p];
      if (mention.ids.empty() || mention.place) break;
      if (mention.role == PartyRole::kAdjective && mention.tokens.end < end &&
          a.token(mention.tokens.end).is_word && !Is(a.norm(mention.tokens.end), {"and", "on", "in", "to"})) {
        break;
      }
      AddParties(mention.ids, &list.ids);
      list.mentions.push_back(p);
      t = mention.tokens.end;
      list.next = t;
      skipped = 0;
      continue;
    }
    const absl::string_view word = a.norm(t);
    const bool joins = Is(word, {",", "and", "the", "government", "of", "both", "or", "&", "as", "well",
                                 "governments", "its", "neighbouring", "-"});
    if (!joins || ++skipped > 4) break;
    ++t;
  }
  return list;
}

std::vector<AgreementPhrase> FindAgreementPhrases(const Annotation& a, const Sentence& sentence) {
  std::vector<AgreementPhrase> phrases;
  uint32_t left_limit = sentence.tokens.begin;
  for (uint32_t t = sentence.tokens.begin;
       t < sentence.tokens.end && phrases.size() < kMaxPhrasesPerSentence;) {
    const TokenLayers& layers = a.at[t];
    AgreementPhrase phrase;
    const KnownAgreement* known = nullptr;
    if (layers.known >= 0 && a.known[layers.known].tokens.begin == t)
      known = ChooseKnown(a, sentence.tokens, a.known[layers.known]);
    if (known != nullptr) {
      phrase = PhraseReader(a, sentence, left_limit).ReadKnown(a.known[layers.known], *known);
      // "Peru's own [friendship treaty with Fiji]": words that describe the well-known one of two others.
      const LexiconMatch* noun = phrase.known == nullptr ? NounIn(a, a.known[layers.known].tokens) : nullptr;
      if (noun != nullptr) phrase = PhraseReader(a, sentence, left_limit).ReadInstrument(*noun);
    } else if (layers.instrument >= 0 && a.instruments[layers.instrument].tokens.begin == t) {
      const LexiconMatch& match = a.instruments[layers.instrument];
      // A noun before another one is its premodifier ("ceasefire agreement", "treaty text", "deal breaker").
      const uint32_t next = match.tokens.end;
      if (next < sentence.tokens.end && a.at[next].instrument >= 0 && a.token(next).space_before) {
        t = next;
        continue;
      }
      // "the ceasefire line", "the treaty body": something else that is named after one.
      if (NamesOtherThing(a, sentence, next)) {
        t = next + 1;
        continue;
      }
      // "instruments of ratification": papers about an agreement.
      if (next + 1 < sentence.tokens.end && a.norm(next) == "of" &&
          Is(a.norm(next + 1),
             {"ratification", "accession", "acceptance", "approval", "withdrawal", "denunciation"})) {
        t = next;
        continue;
      }
      phrase = PhraseReader(a, sentence, left_limit).ReadInstrument(match);
      // "a law and not a treaty"
      const uint32_t begin = phrase.core.begin;
      if (phrase.determiner == Determiner::kIndefinite && begin > left_limit && a.norm(begin - 1) == "not" &&
          (begin < left_limit + 2 || !a.IsAuxiliary(begin - 2))) {
        t = std::max(t + 1, phrase.core.end);
        continue;
      }
    } else if (a.IsLocalName(t) && !ActsAsParty(a, sentence, t)) {
      phrase = PhraseReader(a, sentence, left_limit).ReadLocalName(t);
    } else if (StandsForNoun(a, sentence, t)) {
      phrase = PhraseReader(a, sentence, left_limit).ReadOne(t);
    } else if (const uint32_t ordinal = OrdinalAt(a, sentence, t); ordinal > 0) {
      phrase.ordinal = ordinal;
      phrase.one = true;
      phrase.determiner = Determiner::kDefinite;
      phrase.head = t;
      phrase.tokens = phrase.core = {t - 1, t + 1};
    } else {
      ++t;
      continue;
    }
    left_limit = phrase.tokens.end;
    t = std::max(t + 1, phrase.tokens.end);
    phrases.push_back(std::move(phrase));
  }
  for (const Cue* cue : a.CuesIn(sentence.tokens)) {
    if (!IsPronounPhrase(a, *cue) || phrases.size() >= kMaxPhrasesPerSentence) continue;
    AgreementPhrase phrase;
    phrase.tokens = phrase.core = cue->tokens;
    phrase.head = cue->tokens.begin;
    phrase.pronoun = true;
    phrases.push_back(std::move(phrase));
  }
  std::stable_sort(phrases.begin(), phrases.end(), [](const AgreementPhrase& x, const AgreementPhrase& y) {
    return x.tokens.begin < y.tokens.begin;
  });
  return phrases;
}

}  // namespace treatywire::ingest
