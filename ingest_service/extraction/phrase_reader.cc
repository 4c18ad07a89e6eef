#include "ingest_service/extraction/phrase_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "ingest_service/extraction/number_word.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_list.h"
#include "ingest_service/extraction/stand_in.h"

namespace treatywire::ingest {
namespace {

constexpr uint32_t kMaxTitleTokens = 40;

}  // namespace

int PhraseReader::NumberWord(absl::string_view norm) {
  // A larger number in digits counts other things, or none.
  constexpr uint32_t kMostInDigits = 5;
  if (norm == "both") return 2;
  const uint32_t number = NumberOfWord(norm);
  const bool in_digits = number > 0 && absl::ascii_isdigit(static_cast<unsigned char>(norm[0]));
  return number < 2 || (in_digits && number > kMostInDigits) ? 0 : static_cast<int>(number);
}

AgreementPhrase PhraseReader::ReadInstrument(const LexiconMatch& match) {
  phrase_.instrument = match.entries.front();
  phrase_.plural = phrase_.instrument->plural;
  phrase_.head = match.tokens.begin;
  phrase_.noun = a_.norm(match.tokens.end - 1);
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

AgreementPhrase PhraseReader::ReadLocalName(uint32_t t) {
  phrase_.head = t;
  phrase_.core = {t, t + 1};
  (a_.token(t).all_caps ? phrase_.abbreviation : phrase_.title) = std::string(a_.token(t).text);
  ReadDeterminer();
  ReadRight();
  return std::move(phrase_);
}

AgreementPhrase PhraseReader::ReadOne(uint32_t t) {
  phrase_.one = true;
  phrase_.head = t;
  phrase_.core = {t, t + 1};
  phrase_.plural = IsOneOf(a_.norm(t), {"those", "ones", "theirs"});
  if (IsOneOf(a_.norm(t), {"'s", "'"})) {
    const PartyMention& owner = a_.parties[a_.at[t - 1].party];
    phrase_.determiner = Determiner::kPossessive;
    phrase_.parties = owner.ids;
    phrase_.core.begin = owner.tokens.begin;
  }
  if (IsOneOf(a_.norm(t), {"successor", "replacement"})) {
    phrase_.determiner = Determiner::kIndefinite;
    phrase_.is_new = true;
    phrase_.core.begin = t - 1;
  }
  const bool more = IsOneOf(a_.norm(t), {"one", "another"}) && t > sentence_.tokens.begin &&
                    t + 1 < sentence_.tokens.end &&
                    IsOneOf(a_.norm(t - 1), {"and", "with", "as", "alongside", "plus"}) &&
                    IsOneOf(a_.norm(t + 1), {"on", "for", "covering", "concerning", "governing"});
  if (IsOneOf(a_.norm(t), {"theirs", "own"})) phrase_.determiner = Determiner::kPossessive;
  phrase_.of_own = a_.norm(t) == "own";
  if (IsOneOf(a_.norm(t), {"one", "ones", "version", "versions"})) ReadLeft();
  // "takes the place of that of 1974"
  if (OfDate(a_, sentence_, t + 1)) phrase_.is_other = true;
  if (a_.norm(t) == "another") {
    phrase_.determiner = Determiner::kIndefinite;
  } else if (IsOneOf(a_.norm(t),
                     {"oldest", "newest", "latest", "first", "second", "third", "fourth", "last", "other"})) {
    phrase_.determiner = Determiner::kDefinite;
    phrase_.core.begin = t - 1;
    if (a_.norm(t + 1) == ",") phrase_.core.end = t + 2;
  }
  if (more) {
    phrase_.determiner = Determiner::kIndefinite;
    phrase_.is_new = true;
  }
  ReadRight();
  // "those signed with Chile"
  const uint32_t with = t + 2;
  if (phrase_.tokens.end == t + 1 && with + 1 < sentence_.tokens.end && a_.norm(with) == "with" &&
      a_.at[t + 1].trigger >= 0)
    AddIds(ReadPartyList(a_, with + 1, sentence_.tokens.end).ids, &phrase_.partners);
  return std::move(phrase_);
}

AgreementPhrase PhraseReader::ReadKnown(const LexiconMatch& match, const KnownAgreement& known) {
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
  phrase_.attributive = IsPlainNoun(phrase_.core.end) || TellsMembers();
  phrase_.background = phrase_.background || phrase_.attributive;
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

void PhraseReader::SetInstrument(const LexiconMatch& noun) {
  phrase_.instrument = noun.entries.front();
  phrase_.noun = a_.norm(noun.tokens.end - 1);
}

void PhraseReader::ReadModifiersOfName() {
  uint32_t t = phrase_.core.begin;
  while (t > left_limit_ && phrase_.core.begin - t < 5) {
    const uint32_t before = t - 1;
    if (a_.at[before].date < 0 && (!IsPremodifier(before) || a_.token(before).capitalized)) break;
    if (IsDeterminer(before)) break;
    t = before;
  }
  const bool determined = t > left_limit_ && (IsDeterminer(t - 1) || IsOneOf(a_.norm(t - 1), {"'s", "'"}));
  if (!determined) return;
  phrase_.core.begin = t;
  ReadPremodifiers();
}

void PhraseReader::DropKnownOfOthers() {
  const KnownAgreement& known = *phrase_.known;
  if (known.multilateral || known.parties.empty()) return;
  auto is_party = [&](PartyId id) {
    return std::any_of(known.parties.begin(), known.parties.end(),
                       [&](PartyId party) { return SameOrSuccessor(party, id); });
  };
  const auto& named = a_.frequent_parties();
  const bool others = !std::all_of(phrase_.parties.begin(), phrase_.parties.end(), is_party) ||
                      !std::all_of(phrase_.partners.begin(), phrase_.partners.end(), is_party);
  if (others || !std::any_of(named.begin(), named.end(), is_party)) phrase_.known = nullptr;
}

bool PhraseReader::IsPlainNoun(uint32_t t) const {
  if (t >= sentence_.tokens.end || !a_.token(t).is_word || a_.token(t).capitalized) return false;
  // "the three former Warsaw Pact states"
  if (IsOneOf(a_.norm(t), {"states", "members", "countries", "nations", "allies", "forces", "troops"}))
    return true;
  if (absl::EndsWith(a_.norm(t), "s") || absl::EndsWith(a_.norm(t), "ed")) return false;
  return a_.at[t].trigger < 0 && a_.at[t].instrument < 0 && a_.at[t].date < 0 && a_.at[t].party < 0 &&
         !a_.IsFunctionWord(t) && !a_.IsAuxiliary(t) && !a_.IsAdverb(t) && !IsDeterminer(t);
}

bool PhraseReader::TellsMembers() const {
  constexpr uint32_t kReach = 6;
  uint32_t t = phrase_.core.begin;
  for (uint32_t steps = 0; t > sentence_.tokens.begin + 1 && steps < kReach; ++steps, --t) {
    const absl::string_view word = a_.norm(t - 1);
    if (word == "of") return IsOneOf(a_.norm(t - 2), {"member", "members"});
    if (a_.at[t - 1].party < 0 && !IsOneOf(word, {"the", "and", "both", "former"})) return false;
  }
  return false;
}

bool PhraseReader::CallsPrivate(TokenSpan core) const {
  const CueRange cues = a_.CuesIn(core);
  return std::any_of(cues.begin(), cues.end(), [&](const Cue* cue) {
    return cue->cue_class == CueClass::kPrivate && a_.at[cue->tokens.begin].party < 0;
  });
}

bool PhraseReader::IsPremodifier(uint32_t t) const {
  const Token& token = a_.token(t);
  // "1992 - Treaty ratified": a dash between spaces parts.
  if (token.norm == "-") return !token.space_before || !a_.token(t + 1).space_before;
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
  return IsOneOf(token.norm, {"\"", "/"}) && false;
}

bool PhraseReader::JoinsName(uint32_t t) const {
  if (t <= left_limit_ || !IsOneOf(a_.norm(t), {"and", "of", "on", "for", "the", "in", "&"})) return false;
  if (!a_.token(t + 1).capitalized || !a_.token(phrase_.head).capitalized) return false;
  uint32_t before = t - 1;
  if (a_.norm(before) == "the" && before > left_limit_) --before;
  const Token& left = a_.token(before);
  return left.is_word && left.capitalized && a_.at[before].party < 0 && a_.at[before].trigger < 0 &&
         before > sentence_.tokens.begin;
}

bool PhraseReader::JoinsModifiers(uint32_t t) const {
  constexpr uint32_t kMaxWords = 5;
  if (!IsOneOf(a_.norm(t), {"and", "&", ","}) || t <= left_limit_ || t + 1 >= sentence_.tokens.end)
    return false;
  if (!a_.token(t + 1).is_word || a_.token(t + 1).capitalized) return false;
  for (uint32_t w = t; w-- > left_limit_ && t - w <= kMaxWords;) {
    if (IsOneOf(a_.norm(w), {"a", "an", "its", "their"})) return w + 1 < t;
    if (a_.norm(w) == "the") return w + 1 < t && t - w <= 3 && a_.norm(t) == "and";
    if (IsOneOf(a_.norm(w), {",", "-"})) continue;
    if (!a_.token(w).is_word || a_.at[w].party >= 0 || a_.at[w].instrument >= 0 || !IsPremodifier(w))
      return false;
  }
  return false;
}

uint32_t PhraseReader::DateBeforeComma(uint32_t comma) const {
  if (a_.norm(comma) != "," || comma <= left_limit_ + 1 || a_.at[comma - 1].date < 0) return comma;
  const uint32_t begin = a_.dates[a_.at[comma - 1].date].tokens.begin;
  return begin > left_limit_ && IsOneOf(a_.norm(begin - 1), {"the", "its", "their", "that"}) ? begin : comma;
}

void PhraseReader::ReadLeft() {
  uint32_t t = phrase_.core.begin;
  uint32_t taken = 0;
  while (t > left_limit_ && taken < kMaxPremodifiers) {
    const uint32_t before = t - 1;
    // "the Sept. 19, 2018, military agreement"
    if (const uint32_t date = DateBeforeComma(before); date < before) {
      t = date;
      ++taken;
      continue;
    }
    if (!IsPremodifier(before) && !JoinsName(before) && !JoinsModifiers(before)) break;
    if (IsDeterminer(before)) break;
    // "In March [Moscow denounced the] treaty": a party name right before is a premodifier only if joined
    // or adjective.
    if (a_.at[before].party >= 0) {
      const PartyMention& party = a_.parties[a_.at[before].party];
      // "concluded in Lima [three treaties]"
      if (party.tokens.begin < left_limit_ || (party.place && NumberWord(a_.norm(t)) > 0)) break;
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

bool PhraseReader::IsDeterminer(uint32_t t) const {
  return IsOneOf(a_.norm(t), {"the",   "a",   "an",   "this", "that", "these", "those",   "its",
                              "their", "his", "her",  "our",  "any",  "each",  "another", "every",
                              "no",    "all", "both", "such", "some", "either"});
}

void PhraseReader::ReadDeterminer() {
  if (phrase_.core.begin == left_limit_ || phrase_.core.begin == 0) return;
  uint32_t t = phrase_.core.begin - 1;
  const uint32_t before = IsDeterminer(t) && t > left_limit_ ? t - 1 : t;
  phrase_.background = IsOneOf(a_.norm(before), {"under", "pursuant"});
  const absl::string_view word = a_.norm(t);
  if (IsOneOf(word, {"a", "an", "another", "any", "each", "some"})) {
    phrase_.determiner = Determiner::kIndefinite;
    phrase_.is_new = phrase_.is_new || word == "another";
  } else if (IsOneOf(word, {"the", "this", "that", "these", "those", "such", "both", "all"})) {
    phrase_.determiner = Determiner::kDefinite;
    if (word == "both") phrase_.count = 2;
  } else if (IsOneOf(word, {"its", "their", "his", "her", "our"})) {
    phrase_.determiner = Determiner::kPossessive;
  } else if (word == "whose") {
    // "Germany, whose own treaty …"
    phrase_.determiner = Determiner::kPossessive;
    uint32_t owner = t;
    if (owner > left_limit_ && a_.norm(owner - 1) == ",") --owner;
    if (owner > left_limit_ && a_.at[owner - 1].party >= 0) {
      // "Lima and Quito, whose 2018 agreement": of both.
      const uint32_t list = BeginOfPartyList(a_, left_limit_, owner);
      const PartyIds both = ReadPartyList(a_, list, owner).ids;
      AddIds(both.size() == 2 ? both : a_.parties[a_.at[owner - 1].party].ids, &phrase_.parties);
    }
  } else if (word == "'s" || word == "'") {
    phrase_.determiner = Determiner::kPossessive;
    if (t > left_limit_ && a_.at[t - 1].party >= 0) {
      const PartyMention& owner = a_.parties[a_.at[t - 1].party];
      AddIds(owner.ids, &phrase_.parties);
      t = owner.tokens.begin;
    } else if (t > left_limit_ && a_.at[t - 1].date >= 0 &&
               a_.dates[a_.at[t - 1].date].role != DateRole::kDuration) {
      // "yesterday's agreement": which one, not whose.
      phrase_.determiner = Determiner::kDefinite;
      phrase_.restricting_date = a_.at[t - 1].date;
      t = std::max(left_limit_, a_.dates[a_.at[t - 1].date].tokens.begin);
    } else {
      // "the two countries' friendship treaty"
      for (const Cue* cue : a_.CuesIn({t - std::min(t, 3U), t})) {
        if (cue->cue_class == CueClass::kPair && cue->tokens.end == t && cue->tokens.begin >= left_limit_)
          t = ReadGroup(cue->tokens.begin) == t ? cue->tokens.begin : t;
      }
    }
  } else {
    return;
  }
  phrase_.core.begin = t;
}

void PhraseReader::ReadPremodifiers() {
  for (uint32_t t = phrase_.core.begin; t < phrase_.head; ++t) {
    const absl::string_view word = a_.norm(t);
    if (const int n = NumberWord(word); n > 0 && a_.at[t].date < 0) {
      phrase_.count = n;
      if (phrase_.determiner == Determiner::kNone) phrase_.determiner = Determiner::kQuantity;
    }
    const bool latest = IsOneOf(
        word, {"new", "fresh", "draft", "planned", "proposed", "renewed", "revised", "updated", "adapted"});
    if (latest && phrase_.determiner == Determiner::kDefinite) phrase_.newest = true;
    if ((latest && !phrase_.newest) || IsOneOf(word, {"further", "separate", "second", "third", "future",
                                                      "similar", "broader", "interim"})) {
      phrase_.is_new = true;
    }
    if (IsOneOf(word, {"previous", "earlier", "old", "older", "former", "original", "first", "last",
                       "predecessor"}))
      phrase_.is_other = true;
    if (IsOneOf(word, {"multilateral", "international", "tripartite", "trilateral", "regional", "three-way",
                       "global", "un", "accession"})) {
      phrase_.multilateral = true;
    }
    if (a_.at[t].date >= 0) AddDate(a_.at[t].date);
    if (a_.at[t].party >= 0) {
      const PartyMention& party = a_.parties[a_.at[t].party];
      if (party.tokens.begin == t && !party.ids.empty() && !party.place && !IsWhereItWasMade(party))
        AddIds(party.ids, &phrase_.parties);
    }
  }
  AddVotes({phrase_.core.begin, phrase_.core.end}, 2);
  AddWords({phrase_.core.begin, phrase_.head}, &phrase_.modifiers);
  if (phrase_.plural && phrase_.parties.size() == 1 && phrase_.determiner == Determiner::kPossessive) return;
}

bool PhraseReader::IsWhereItWasMade(const PartyMention& party) const {
  const BlockKind kind = a_.document.blocks[sentence_.block].kind;
  if (party.role != PartyRole::kCapital || party.possessive || kind == BlockKind::kTitle ||
      kind == BlockKind::kHeading)
    return false;
  return phrase_.determiner == Determiner::kDefinite && party.tokens.end == phrase_.head &&
         party.tokens.begin == phrase_.core.begin + 1;
}

void PhraseReader::AddDate(int index) {
  if (a_.dates[index].role == DateRole::kDuration || a_.dates[index].date.empty()) return;
  if (std::find(phrase_.dates.begin(), phrase_.dates.end(), index) == phrase_.dates.end())
    phrase_.dates.push_back(index);
}

void PhraseReader::AddVotes(TokenSpan span, int factor) {
  for (uint32_t t = span.begin; t < span.end; ++t) {
    const int32_t s = a_.at[t].subject;
    // "Port Louis", "the Oil Ministry": words in the name of a party hint at nothing.
    if (s < 0 || a_.subjects[s].tokens.begin != t || a_.at[t].party >= 0) continue;
    for (const LexiconEntry* entry : a_.subjects[s].entries)
      phrase_.votes[entry->subject] += factor * entry->weight;
  }
}

void PhraseReader::AddWords(TokenSpan span, std::vector<absl::string_view>* to) const {
  constexpr size_t kShortest = 4;
  for (uint32_t t = span.begin; t < span.end; ++t) {
    if (a_.norm(t).size() < kShortest || !a_.token(t).is_word || a_.IsFunctionWord(t)) continue;
    if (a_.at[t].party < 0 && a_.at[t].date < 0 && a_.at[t].instrument < 0) to->push_back(a_.norm(t));
  }
}

bool PhraseReader::InTitleCase() const {
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

void PhraseReader::ReadTitle() {
  if (InTitleCase()) return;
  // "Belgrade Danube paper" names no agreement.
  if (!a_.token(phrase_.head).capitalized &&
      IsOneOf(phrase_.noun, {"paper", "text", "statement", "notes", "letters", "memo"}))
    return;
  const bool head_capital = a_.token(phrase_.head).capitalized && phrase_.head > sentence_.tokens.begin;
  uint32_t name_begin = phrase_.head;
  bool has_name = false;
  for (uint32_t t = phrase_.head; t-- > phrase_.core.begin;) {
    const Token& token = a_.token(t);
    if (IsDeterminer(t) || token.norm == "'s" || token.norm == "'") break;
    const bool plain =
        !token.capitalized && !IsOneOf(token.norm, {"and", "of", "on", "for", "the", "in", "-", "&"});
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

bool PhraseReader::NamesTown(uint32_t t) const {
  const int32_t p = a_.at[t].party;
  return p >= 0 && a_.parties[p].role == PartyRole::kCapital && a_.parties[p].tokens.begin == t &&
         a_.parties[p].tokens.end == phrase_.head && phrase_.determiner == Determiner::kDefinite;
}

uint32_t PhraseReader::ReadTitleTail(uint32_t begin) const {
  uint32_t end = begin;
  uint32_t t = begin;
  const uint32_t limit = std::min(sentence_.tokens.end, begin + kMaxTitleTokens);
  while (t < limit) {
    const Token& token = a_.token(t);
    if (a_.at[t].date >= 0) break;
    // "the Treaty of Osimo and the Convention on …": another one begins.
    if (a_.at[t].instrument >= 0 && t > begin && IsOneOf(a_.norm(t - 1), {"and", "the", "or"}) &&
        (IsOneOf(a_.norm(t - 1), {"and", "or"}) ||
         (t > begin + 1 && IsOneOf(a_.norm(t - 2), {"and", "or", ","})))) {
      break;
    }
    const bool small =
        IsOneOf(token.norm, {"on",         "of",        "the",  "for", "and",   "in",   "to",    "against",
                             "concerning", "between",   "with", "its", "by",    "from", "their", "a",
                             "relating",   "regarding", "-",    "all", "forms", "or",   "de"});
    const bool goes_on = small && t < end + 4 &&
                         (t > begin || IsOneOf(token.norm, {"on", "of", "for", "against", "concerning",
                                                            "between", "to", "relating", "regarding", "in"}));
    // "Treaty on Friendship, Cooperation and Partnership"
    const bool lists = token.norm == "," && t > begin && t + 1 < limit && a_.token(t + 1).capitalized &&
                       a_.at[t + 1].party < 0 && t == end && a_.at[t + 1].date < 0;
    const bool names = token.capitalized && token.is_word;
    if (!names && !goes_on && !lists) break;
    if (names) end = t + 1;
    ++t;
  }
  // A tail that only names a day or place ("Agreement in Paris") is no title; "of Osimo" is.
  if (end > begin && end - begin == 2 && IsOneOf(a_.norm(begin), {"in", "to"})) return begin;
  if (end > begin && a_.norm(begin) == "with") return begin;
  return NamesBothSides(begin, end) ? ReadSubjectOfTitle(end) : end;
}

bool PhraseReader::NamesBothSides(uint32_t begin, uint32_t end) const {
  return end > begin && a_.norm(begin) == "between" && ReadPartyList(a_, begin + 1, end).ids.size() >= 2;
}

uint32_t PhraseReader::ReadSubjectOfTitle(uint32_t begin) const {
  if (begin >= sentence_.tokens.end ||
      !IsOneOf(a_.norm(begin), {"on", "concerning", "regarding", "for", "about"}))
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

void PhraseReader::ReadPartiesInTitle(uint32_t begin, uint32_t end) {
  for (uint32_t t = begin; t < end; ++t) {
    if (!IsOneOf(a_.norm(t), {"between", "with"})) continue;
    const PartyList list = ReadPartyList(a_, t + 1, end);
    AddIds(list.ids, a_.norm(t) == "between" ? &phrase_.parties : &phrase_.partners);
  }
}

bool PhraseReader::OwnsFirm(const PartyMention& owner) const {
  uint32_t t = owner.tokens.end;
  const uint32_t end = sentence_.tokens.end;
  if (!owner.possessive || owner.role != PartyRole::kName || t + 1 >= end) return false;
  if (IsOneOf(a_.norm(t), {"'s", "'"})) ++t;
  if (t >= end) return false;
  const auto is_name = [this](uint32_t at) {
    const TokenLayers& layers = a_.at[at];
    return a_.token(at).is_word && a_.token(at).capitalized && layers.party < 0 && layers.instrument < 0 &&
           layers.known < 0 && layers.date < 0;
  };
  if (!is_name(t)) return false;
  return t + 1 >= end || (!a_.token(t + 1).capitalized && a_.at[t + 1].party < 0);
}

}  // namespace treatywire::ingest
