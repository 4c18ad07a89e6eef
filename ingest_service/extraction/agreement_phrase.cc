#include "ingest_service/extraction/agreement_phrase.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/phrase_reader.h"
#include "ingest_service/extraction/stand_in.h"

namespace treatywire::ingest {
namespace {

// How many of the agreement's parties the article names, by themselves or by a predecessor or successor.
size_t CountNamedParties(const Annotation& a, const KnownAgreement& agreement) {
  const PartyIds& named = a.frequent_parties();
  return std::count_if(agreement.parties.begin(), agreement.parties.end(), [&](PartyId party) {
    return std::any_of(named.begin(), named.end(), [&](PartyId id) { return SameOrSuccessor(party, id); });
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
  const bool noun =
      IsOneOf(a.norm(last), {"agreement", "accord", "accords", "treaty", "declaration", "protocol"});
  if (!noun || match.tokens.size() > 4) return false;
  for (uint32_t t = match.tokens.begin; t < last; ++t) {
    if (a.at[t].subject >= 0 || a.at[t].instrument >= 0 || !a.token(t).capitalized || a.norm(t) == "-")
      return false;
  }
  return true;
}

// Which well-known agreement a name means: of several that share it the one whose parties the article names,
// whose year the sentence tells, whose title it is. nullptr where it means none: an agreement of few parties,
// none of which the article names, or not all where the name could be others' ("Basic Treaty").
const KnownAgreement* ChooseKnown(const Annotation& a, TokenSpan sentence, const LexiconMatch& match) {
  const KnownAgreement* best = nullptr;
  double best_score = 0;
  for (const LexiconEntry* entry : match.entries) {
    const KnownAgreement& agreement = *entry->agreement;
    double score = 0;
    if (!agreement.parties.empty()) {
      const size_t named = CountNamedParties(a, agreement);
      if (named == 0 || (named == 1 && IsOfTownAndOthers(a, match, agreement))) continue;
      if (named < agreement.parties.size() && !agreement.multilateral && entry->is_common_name) continue;
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

// Whether the word at `t`, after an instrument noun, is what the noun only describes: "the ceasefire line".
bool NamesOtherThing(const Annotation& a, const Sentence& sentence, uint32_t t) {
  return t < sentence.tokens.end && a.token(t).space_before && !a.token(t).capitalized &&
         IsOneOf(a.norm(t),
                 {"line",        "lines",      "zone",       "zones",      "body",      "bodies",
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

// A noun that mostly means something else, without a name of its own.
bool IsWeak(const AgreementPhrase& phrase) {
  return phrase.instrument != nullptr && phrase.title.empty() &&
         (phrase.instrument->strength == NounStrength::kWeak ||
          phrase.instrument->strength == NounStrength::kWhenSigned);
}

// "framework": an agreement only where somebody signs it, and later by the same noun.
bool NeedsSigning(const AgreementPhrase& phrase) {
  return phrase.instrument != nullptr && phrase.title.empty() &&
         phrase.instrument->strength == NounStrength::kWhenSigned;
}

AgreementPhrase EachOf(const AgreementPhrase& several) {
  AgreementPhrase each = several;
  each.plural = false;
  each.count = 0;
  return each;
}

std::vector<AgreementPhrase> FindAgreementPhrases(const Annotation& a, const Sentence& sentence) {
  std::vector<AgreementPhrase> phrases;
  uint32_t left_limit = sentence.tokens.begin;
  const bool local_names = a.HasLocalNames();
  for (uint32_t t = sentence.tokens.begin;
       t < sentence.tokens.end && phrases.size() < kMaxPhrasesPerSentence;) {
    const TokenLayers& layers = a.at[t];
    // Not negative where one of the two is not.
    if ((layers.known & layers.instrument) < 0 && !a.MayStandForNoun(t) &&
        !(local_names && a.IsLocalName(t))) {
      ++t;  // as most words
      continue;
    }
    const KnownAgreement* known = nullptr;
    if (layers.known >= 0 && a.known[layers.known].tokens.begin == t)
      known = ChooseKnown(a, sentence.tokens, a.known[layers.known]);
    if (known != nullptr) {
      phrases.push_back(PhraseReader(a, sentence, left_limit).ReadKnown(a.known[layers.known], *known));
      AgreementPhrase& phrase = phrases.back();
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
      // "put pen to paper"
      if (t >= left_limit + 2 && a.norm(t) == "paper" && a.norm(t - 1) == "to" && a.norm(t - 2) == "pen") {
        t = next;
        continue;
      }
      // "instruments of ratification": papers about an agreement.
      if (next + 1 < sentence.tokens.end && a.norm(next) == "of" &&
          IsOneOf(a.norm(next + 1),
                  {"ratification", "accession", "acceptance", "approval", "withdrawal", "denunciation"})) {
        t = next;
        continue;
      }
      phrases.push_back(PhraseReader(a, sentence, left_limit).ReadInstrument(match));
      // "a law and not a treaty"
      const AgreementPhrase& phrase = phrases.back();
      const uint32_t begin = phrase.core.begin;
      if (phrase.determiner == Determiner::kIndefinite && begin > left_limit && a.norm(begin - 1) == "not" &&
          (begin < left_limit + 2 || !a.IsAuxiliary(begin - 2))) {
        t = std::max(t + 1, phrase.core.end);
        phrases.pop_back();
        continue;
      }
    } else if (a.IsLocalName(t) && !ActsAsParty(a, sentence, t)) {
      phrases.push_back(PhraseReader(a, sentence, left_limit).ReadLocalName(t));
    } else if (StandsForNoun(a, sentence, t)) {
      phrases.push_back(PhraseReader(a, sentence, left_limit).ReadOne(t));
    } else if (const uint32_t ordinal = OrdinalAt(a, sentence, t); ordinal > 0) {
      AgreementPhrase& phrase = phrases.emplace_back();
      phrase.ordinal = ordinal;
      phrase.one = true;
      phrase.determiner = Determiner::kDefinite;
      phrase.head = t;
      phrase.tokens = phrase.core = {t - 1, t + 1};
    } else {
      ++t;
      continue;
    }
    left_limit = phrases.back().tokens.end;
    t = std::max(t + 1, left_limit);
  }
  for (const Cue* cue : a.CuesIn(sentence.tokens)) {
    if (!IsPronounPhrase(a, *cue) || phrases.size() >= kMaxPhrasesPerSentence) continue;
    AgreementPhrase& phrase = phrases.emplace_back();
    phrase.tokens = phrase.core = cue->tokens;
    phrase.head = cue->tokens.begin;
    phrase.pronoun = true;
  }
  const auto in_order = [](const AgreementPhrase& x, const AgreementPhrase& y) {
    return x.tokens.begin < y.tokens.begin;
  };
  // Mostly they are, and sorting asks for memory first.
  if (!std::is_sorted(phrases.begin(), phrases.end(), in_order))
    std::stable_sort(phrases.begin(), phrases.end(), in_order);
  return phrases;
}

}  // namespace treatywire::ingest
