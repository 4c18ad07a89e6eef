#include "ingest_service/extraction/actor_finder.h"

#include <algorithm>
#include <array>
#include <utility>

#include "ingest_service/extraction/list_context.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_group.h"
#include "ingest_service/extraction/party_list.h"

namespace treatywire::ingest {

namespace {

// "now goes to the lower house of the Chilean Congress": so far an organ stands behind the words.
constexpr uint32_t kOrganReach = 6;
// "(on 3 May 2019)": a date in brackets is no longer.
constexpr uint32_t kMaxBracket = 7;
// ", the government of Oman": so far behind the comma a subject begins.
constexpr uint32_t kSubjectReach = 5;

// Words that say how many without a digit.
bool IsCount(absl::string_view word) {
  return IsOneOf(word, {"two",     "three",     "four",     "five",     "six",       "seven",    "eight",
                        "nine",    "ten",       "eleven",   "twelve",   "thirteen",  "fourteen", "fifteen",
                        "sixteen", "seventeen", "eighteen", "nineteen", "twenty",    "thirty",   "forty",
                        "fifty",   "sixty",     "seventy",  "eighty",   "ninety",    "hundred",  "dozen",
                        "dozens",  "several",   "many",     "most",     "some",      "all",      "other",
                        "few",     "more",      "only",     "no",       "remaining", "numerous"});
}

// Prepositions.
bool IsGoverning(absl::string_view word) {
  return IsOneOf(word, {"with", "to",    "of",     "from",    "against", "for",   "on",       "into", "at",
                        "in",   "about", "over",   "between", "than",    "under", "near",     "as",   "like",
                        "via",  "upon",  "toward", "towards", "by",      "among", "including"});
}

// Verbs whose object is whom something is said to: "has told Budapest that it will leave".
bool IsTelling(absl::string_view word) {
  return IsOneOf(word, {"told", "tell", "tells", "telling", "informed", "informs", "inform", "informing",
                        "notified", "advised", "assured", "reminded", "warned", "thanked"});
}

}  // namespace

bool ActorFinder::IsActorMention(const PartyMention& mention) const {
  return !mention.place && mention.role != PartyRole::kAdjective && !mention.possessive;
}

Actors ActorFinder::ActorsOf(int mention_index) const {
  const PartyMention& mention = a_.parties[mention_index];
  if (!mention.ids.empty()) return {mention.ids, {mention_index}, false};
  if (view_.PairSpokenOfAt(mention.tokens.begin)) return SpokenOf(mention.tokens.begin);
  // "submitted to the parliaments": of all.
  if (IsOneOf(a_.norm(mention.tokens.end - 1), {"parliaments", "legislatures", "congresses"}))
    return SpokenOf(mention.tokens.begin);
  Actors found{{}, {mention_index}, false};
  found.unnamed = true;
  // "the Russian …", "Croatia's …" a few words before, "In Zimbabwe the president", or a list that ended with
  // the state.
  for (uint32_t t = mention.tokens.begin; t-- > view_.sentence.tokens.begin;) {
    const int32_t p = a_.at[t].party;
    if (p < 0 || a_.parties[p].ids.size() != 1) continue;
    const PartyMention& state = a_.parties[p];
    const bool place = state.place && mention.tokens.begin - state.tokens.end <= 2;
    if (place || state.possessive || state.role == PartyRole::kAdjective) {
      found.ids = state.ids;
      found.unnamed = false;
      return found;
    }
    break;
  }
  found.ids = last_actors_.ids.size() == 1 ? last_actors_.ids : PartyIds{};
  if (!a_.home_party().empty()) found.ids = {a_.home_party()};
  return found;
}

Actors ActorFinder::SubjectBefore(uint32_t end, uint32_t begin) const {
  for (uint32_t t = end; t-- > begin;) {
    const int32_t p = a_.at[t].party;
    if (p < 0) continue;
    const PartyMention& mention = a_.parties[p];
    t = mention.tokens.begin;
    if (!IsSubject(mention)) continue;
    Actors found = ActorsOf(p);
    CollectJoined(t, begin, &found);
    return found;
  }
  return {};
}

bool ActorFinder::IsSubject(const PartyMention& mention) const {
  // "the first EU member to leave": what it is a member of.
  const uint32_t end = mention.tokens.end;
  const bool modifies =
      mention.role == PartyRole::kName && end < view_.sentence.tokens.end &&
      IsOneOf(a_.norm(end), {"member", "members", "candidate", "diplomat", "diplomats", "law", "rules",
                             "state", "states", "country", "countries", "nation", "nations"});
  return IsActorMention(mention) && !modifies && !view_.InsidePhrase(mention.tokens.begin) &&
         !Governed(mention);
}

// Whether a preposition makes the mention an object or a place: "with Germany", "to Moscow", "of France".
bool ActorFinder::Governed(const PartyMention& mention) const {
  uint32_t t = mention.tokens.begin;
  if (t > view_.sentence.tokens.begin && a_.norm(t - 1) == "the") --t;
  if (t <= view_.sentence.tokens.begin) return false;
  const absl::string_view word = a_.norm(t - 1);
  if (word == "of" && t >= 2 && a_.at[t - 2].party >= 0) return false;
  // "as Oslo ends it": a conjunction, not "as Norway's envoy".
  const Clause& clause = view_.clauses[view_.ClauseOf(t - 1)];
  if (word == "as" && clause.opener == ClauseOpener::kTime && clause.tokens.begin == t - 1) return false;
  return GetsNotice(mention.tokens.begin) || IsGoverning(word) || IsTelling(word) || IsExcepted(t) ||
         IsFollowed(t);
}

// "Finland followed the Baltic states and Poland and left": one of a list of those who are followed.
bool ActorFinder::IsFollowed(uint32_t t) const {
  const uint32_t begin = view_.sentence.tokens.begin;
  while (t > begin + 1 && (a_.at[t - 1].party >= 0 || IsOneOf(a_.norm(t - 1), {",", "and", "the"}))) --t;
  return t > begin &&
         IsOneOf(a_.norm(t - 1), {"followed", "follows", "following", "joined", "joins", "joining"});
}

// "all members but Hungary", "everyone except Chile": whether the party that begins at `t` is left out.
bool ActorFinder::IsExcepted(uint32_t t) const {
  const uint32_t begin = view_.sentence.tokens.begin;
  if (t <= begin) return false;
  while (t > begin + 1 && (a_.at[t - 1].party >= 0 || IsOneOf(a_.norm(t - 1), {",", "and", "or", "the"})))
    --t;
  const absl::string_view word = a_.norm(t - 1);
  if (IsOneOf(word, {"except", "excepting", "excluding", "save", "without", "besides", "bar"})) return true;
  if (word != "but") return false;
  for (uint32_t before = t - 1, steps = 0; before-- > begin && steps < 4; ++steps) {
    if (IsOneOf(a_.norm(before), {"all", "every", "everyone", "everybody", "none", "nobody", "no"}))
      return true;
    if (!a_.token(before).is_word) return false;
  }
  return false;
}

Actors ActorFinder::ExceptedIn(size_t clause_index, uint32_t end) const {
  for (uint32_t t = view_.clauses[clause_index].tokens.begin; t < end; ++t) {
    const int32_t p = a_.at[t].party;
    if (p < 0 || a_.parties[p].tokens.begin != t || !IsExcepted(t) || view_.InsidePhrase(t)) continue;
    const PartyList list = ReadPartyList(a_, t, end);
    return {list.ids, list.mentions, false};
  }
  return {};
}

// "must notify Portugal, Canada and France": one of a list that follows the verb.
bool ActorFinder::GetsNotice(uint32_t t) const {
  while (t > view_.sentence.tokens.begin &&
         (a_.at[t - 1].party >= 0 || IsOneOf(a_.norm(t - 1), {",", "and", "the", "&"})))
    --t;
  if (t == view_.sentence.tokens.begin || a_.at[t - 1].trigger < 0) return false;
  const LexiconMatch& trigger = a_.triggers[a_.at[t - 1].trigger];
  return trigger.form != VerbForm::kNone && trigger.entries.front()->frame == TriggerFrame::kNotice;
}

// "Russia, Ukraine and Turkey", in the order of the text.
void ActorFinder::CollectJoined(uint32_t t, uint32_t begin, Actors* found) const {
  CollectLeftwards(t, begin, found);
  std::sort(found->mentions.begin(), found->mentions.end());
  const auto place_of = [&](PartyId id) {
    return std::find_if(found->mentions.begin(), found->mentions.end(), [&](int m) {
      const PartyIds& named = a_.parties[m].ids;
      return named.Contains(id);
    });
  };
  std::stable_sort(found->ids.begin(), found->ids.end(),
                   [&](PartyId x, PartyId y) { return place_of(x) < place_of(y); });
}

// Walks left over commas and "and".
void ActorFinder::CollectLeftwards(uint32_t t, uint32_t begin, Actors* found) const {
  uint32_t gap = 0;
  // "According to Zagreb, Ljubljana broke it" is no list: the last two are joined by "and".
  const uint32_t after = found->mentions.empty() ? t : a_.parties[found->mentions.front()].tokens.end;
  bool listed = after < view_.sentence.tokens.end && a_.norm(after) == "and";
  while (t > begin && gap < 5) {
    --t;
    const int32_t p = a_.at[t].party;
    if (p >= 0) {
      const PartyMention& mention = a_.parties[p];
      if (!IsActorMention(mention) || view_.InsidePhrase(mention.tokens.begin) || mention.ids.empty()) return;
      if (gap == 0 || !listed) return;
      found->mentions.push_back(p);
      AddIds(mention.ids, &found->ids);
      t = mention.tokens.begin;
      gap = 0;
      continue;
    }
    // "Austria (2019) and Belgium (2020)"
    if (a_.norm(t) == ")") {
      uint32_t open = t;
      while (open > begin && a_.norm(open) != "(" && t - open < kMaxBracket) --open;
      if (open == begin || open + 1 >= t || a_.at[open + 1].date < 0) return;
      t = open;
      continue;
    }
    // "President Peña of Mexico": the holder of the office is the mention before.
    if (a_.norm(t) == "of" && t > begin && a_.at[t - 1].party >= 0) {
      found->mentions.push_back(a_.at[t - 1].party);
      AddIds(a_.parties[a_.at[t - 1].party].ids, &found->ids);
      t = a_.parties[a_.at[t - 1].party].tokens.begin;
      gap = 0;
      continue;
    }
    if (!IsOneOf(a_.norm(t),
                 {",",        "and",       "nor",      "the",     "his",     "its",       "&",
                  "as",       "well",      "then",     "former",  "-",       "neighbour", "neighbours",
                  "neighbor", "neighbors", "ally",     "allies",  "partner", "partners",  "fellow",
                  "nordic",   "northern",  "southern", "western", "eastern"}))
      return;
    listed = listed || IsOneOf(a_.norm(t), {"and", "nor", "&"});
    if (IsOneOf(a_.norm(t), {",", "and", "nor", "&"}) || gap > 0) ++gap;
  }
}

Actors ActorFinder::ByFrame(const LexiconMatch& trigger, const LexiconEntry& entry, const VerbGroup& group,
                            size_t clause_index) const {
  const bool passive =
      group.passive && (entry.frame == TriggerFrame::kObject || entry.frame == TriggerFrame::kNotice);
  if (entry.frame == TriggerFrame::kNoun || group.passive) {
    Actors listed = ListAfterColon(trigger.tokens.end);
    if (!listed.empty()) return listed;
  }
  if (entry.frame == TriggerFrame::kNoun || passive) {
    const uint32_t last = trigger.tokens.end - 1;
    Actors by = ByPhrase(a_.norm(last) == "by" ? last : trigger.tokens.end, clause_index);
    if (!by.empty()) return by;
    // "the instruments of Austria and Cyprus were deposited", "ratifications have come from Austria"
    if (entry.event_type == treatywire::v1::EVENT_TYPE_DEPOSITED ||
        entry.event_type == treatywire::v1::EVENT_TYPE_RATIFIED) {
      Actors givers = GiversOfInstruments(trigger.tokens, clause_index);
      if (!givers.empty()) return givers;
    }
  }
  if (entry.event_type == treatywire::v1::EVENT_TYPE_BREACH_ALLEGED && group.shape == VerbShape::kGerund) {
    Actors blamed = BlamedBefore(group.begin);
    if (!blamed.empty()) return blamed;
  }
  if (entry.event_type == treatywire::v1::EVENT_TYPE_BREACH_ALLEGED && entry.frame == TriggerFrame::kNoun) {
    Actors accused = AccusedBefore(trigger.tokens.begin);
    if (!accused.empty()) return accused;
  }
  if (entry.frame == TriggerFrame::kNoun) {
    Actors owner = OwnerBefore(trigger.tokens.begin);
    if (owner.empty()) owner = ForPhrase(clause_index);
    if (!owner.empty()) return owner;
  }
  const bool consent = entry.event_type == treatywire::v1::EVENT_TYPE_RATIFIED ||
                       entry.event_type == treatywire::v1::EVENT_TYPE_APPROVED ||
                       entry.event_type == treatywire::v1::EVENT_TYPE_REJECTED;
  if (entry.frame == TriggerFrame::kSubject) {
    Actors organ = consent ? OrganIn(trigger) : Actors{};
    return organ.empty() ? ForPhrase(clause_index) : organ;
  }
  if (passive && entry.frame == TriggerFrame::kObject) {
    Actors organ = consent ? OrganIn(trigger) : Actors{};
    if (organ.empty() && consent) organ = StatesAfterIn(trigger.tokens.end);
    return organ.empty() ? ConsentingOrgan(trigger, entry) : organ;
  }
  // "Formal notice will go to Bern": neither the receivers nor whoever stands before give it.
  if (entry.frame == TriggerFrame::kNotice &&
      IsOneOf(a_.norm(trigger.tokens.begin), {"notice", "formal", "letter", "notification", "instrument"})) {
    Actors by = ByPhrase(trigger.tokens.end, clause_index);
    return by.empty() ? OwnerBefore(trigger.tokens.begin) : by;
  }
  // "pulling Argentina out of it", "brought the country back into it"
  if (entry.frame == TriggerFrame::kActor && !trigger.gap.empty()) {
    for (uint32_t t = trigger.gap.begin; t < trigger.gap.end; ++t) {
      if (a_.at[t].party < 0 || a_.parties[a_.at[t].party].ids.empty() || view_.InsidePhrase(t)) continue;
      return ActorsOf(a_.at[t].party);
    }
  }
  return SubjectOf(group, clause_index);
}

Actors ActorFinder::SubjectOf(const VerbGroup& group, size_t clause_index) const {
  if (group.shape == VerbShape::kInfinitive || group.shape == VerbShape::kGerund) {
    Actors controller = ControllerOf(group);
    if (!controller.empty()) return controller;
  }
  const Clause& clause = view_.clauses[clause_index];
  Actors subject = SubjectIn(clause_index, group.begin);
  if (!subject.empty()) return subject;
  if (clause_index == 0 && clause.opener == ClauseOpener::kStart) {
    // "Leaving the treaty, Norway said …", "After quitting the pact, Norway joined …"
    if (group.shape == VerbShape::kGerund) return FirstSubject(group.begin, view_.sentence.tokens.end);
    return {};
  }
  return CarriedInto(clause_index);
}

// Who an infinitive or gerund is said of: "urged Iran to sign", "Iran's decision to sign", "accused Iran of
// breaking".
Actors ActorFinder::ControllerOf(const VerbGroup& group) const {
  uint32_t end = group.begin;
  if (end <= view_.sentence.tokens.begin) return {};
  if (group.shape == VerbShape::kGerund && IsOneOf(a_.norm(end - 1), {"of", "for", "from", "over"})) --end;
  // "joined Austria and Malta in ratifying it": the subject of the whole.
  if (group.shape == VerbShape::kGerund &&
      IsOneOf(a_.norm(end - 1), {"in", "by", "without", "after", "before"})) {
    const Clause& clause = view_.clauses[view_.ClauseOf(end - 1)];
    return FirstSubject(clause.tokens.begin, end);
  }
  for (uint32_t t = end, steps = 0; t-- > view_.sentence.tokens.begin && steps < 4; ++steps) {
    const int32_t p = a_.at[t].party;
    if (p < 0) continue;
    const PartyMention& mention = a_.parties[p];
    if (mention.possessive) return ActorsOf(p);
    if (steps > 0 || !IsActorMention(mention) || view_.InsidePhrase(t)) return {};
    const uint32_t begin = mention.tokens.begin;
    if (begin > view_.sentence.tokens.begin && IsOneOf(a_.norm(begin - 1), {"from", "with", "against"}))
      return {};
    Actors found = ActorsOf(p);
    CollectJoined(begin, view_.sentence.tokens.begin, &found);
    return found;
  }
  return {};
}

// The subject of what begins at `end`, looked for in its own clause: the nearest party that no preposition
// governs, or what a pronoun or "the two countries" stands for.
Actors ActorFinder::SubjectIn(size_t clause_index, uint32_t end) const {
  const Clause& clause = view_.clauses[clause_index];
  for (uint32_t t = end; t-- > clause.tokens.begin;) {
    const int32_t p = a_.at[t].party;
    if (p >= 0) {
      const PartyMention& mention = a_.parties[p];
      t = mention.tokens.begin;
      if (mention.possessive && OwnsSubject(mention, end)) return ActorsOf(p);
      if (!IsSubject(mention)) continue;
      Actors found = ActorsOf(p);
      if (t > clause.tokens.begin && a_.norm(t - 1) == "other") return {{}, {}, false, false, /*many=*/true};
      CollectJoined(t, BeginOfList(clause), &found);
      return found;
    }
    const absl::string_view word = a_.norm(t);
    if (Actors group = GroupEndingAt(t); !group.empty()) return group;
    if (view_.PairSpokenOfAt(t)) return SpokenOf(t > clause.tokens.begin + 2 ? t - 2 : clause.tokens.begin);
    if (Actors many = ManyAt(t); many.many) return many;
    if (word == "we" && !a_.home_party().empty()) return {{a_.home_party()}, {}, false};
    if (IsOneOf(word, {"who", "which"}) && t == clause.tokens.begin)
      return AntecedentOfRelative(clause_index);
    if (!IsOneOf(word, {"it", "they", "he", "she"})) continue;
    Actors before = SubjectBefore(t, clause.tokens.begin);
    if (before.empty() && clause_index == 0) before = SubjectAfterAside();
    return before.empty() ? CarriedInto(clause_index) : before;
  }
  return {};
}

// "That is what Chile, [Peru and Fiji want]": a comma of a list parts no clauses.
uint32_t ActorFinder::BeginOfList(const Clause& clause) const {
  const uint32_t begin = clause.tokens.begin;
  if (clause.opener != ClauseOpener::kCoordinated || begin < view_.sentence.tokens.begin + 2) return begin;
  const bool comma = a_.norm(begin - 1) == "," && a_.at[begin - 2].party >= 0 && a_.at[begin].party >= 0;
  return comma ? view_.sentence.tokens.begin : begin;
}

// "When it joined in 2005, Fiji made a reservation": the pronoun of a clause in front is the subject of what
// follows.
Actors ActorFinder::SubjectAfterAside() const {
  const bool aside = IsOneOf(
      a_.norm(view_.sentence.tokens.begin),
      {"when", "after", "before", "while", "since", "as", "until", "once", "although", "though", "because"});
  if (!aside) return {};
  const TokenSpan sentence = view_.sentence.tokens;
  for (uint32_t t = sentence.begin + 2; t + 1 < sentence.end; ++t) {
    if (a_.norm(t) != ",") continue;
    Actors found = FirstSubject(t + 1, std::min(sentence.end, t + kSubjectReach));
    if (!found.empty()) return found;
  }
  return {};
}

// "Japan's so-called research hunt had violated it": what belongs to a party stands right before the verb.
bool ActorFinder::OwnsSubject(const PartyMention& mention, uint32_t verb) const {
  if (view_.InsidePhrase(mention.tokens.begin) || verb - mention.tokens.end > 7) return false;
  for (uint32_t t = mention.tokens.end + 1; t < verb; ++t) {
    if (!a_.token(t).is_word && a_.norm(t) != "-") return false;
    const bool compound = a_.norm(t + 1) == "-";  // "so-called"
    if (a_.at[t].party >= 0 || a_.at[t].trigger >= 0 || (a_.IsFunctionWord(t) && !compound)) return false;
    for (const Cue* cue : a_.CuesIn({t, t + 1})) {
      if (cue->form != VerbForm::kNone) return false;
    }
  }
  return true;
}

// "the three countries", said at `token`: all parties of the agreement, and those three that the text listed
// last.
Actors ActorFinder::SpokenOf(uint32_t token) const {
  Actors found;
  found.all_parties = true;
  uint32_t count = 0;
  for (uint32_t t = token; t < std::min(token + 5, view_.sentence.tokens.end) && count == 0; ++t) {
    const absl::string_view word = a_.norm(t);
    count = IsOneOf(word, {"two", "both", "either"}) ? 2
            : word == "three"                        ? 3
            : word == "four"                         ? 4
            : word == "five"                         ? 5
                                                     : 0;
  }
  if (count > 0) found.group = MembersOf(a_, {{token, token}, count, /*others=*/false});
  return found;
}

// "Ratified: Cyprus, Poland and Sweden", "Ratifications of the convention: …": the list after a colon that
// nothing but the agreement's name separates from the words that end at `token`.
Actors ActorFinder::ListAfterColon(uint32_t token) const {
  for (uint32_t t = token; t < view_.sentence.tokens.end; ++t) {
    if (a_.IsAuxiliary(t) || a_.at[t].party >= 0) return {};
    if (a_.norm(t) != ":") continue;
    const PartyList list = ReadPartyList(a_, t + 1, view_.sentence.tokens.end);
    return {list.ids, list.mentions, false};
  }
  return {};
}

// "All three also left", "the other two states": those they are, if the text before tells.
Actors ActorFinder::GroupEndingAt(uint32_t token) const {
  const std::optional<PartyGroup> group = GroupAt(a_, view_.sentence.tokens, token);
  if (!group || view_.InsidePhrase(token)) return {};
  const uint32_t begin = group->tokens.begin;
  if (begin > view_.sentence.tokens.begin && IsGoverning(a_.norm(begin - 1)) && a_.norm(begin - 1) != "by")
    return {};
  Actors found;
  PartyIds members = MembersOf(a_, *group);
  if (members.empty()) return {};
  found.all_parties = !group->others;
  (group->others ? found.ids : found.group) = std::move(members);
  return found;
}

// "sixty states, among them Japan and Chile", "Six countries (Austria, Malta …)": those that are named of
// many.
Actors ActorFinder::ManyAt(uint32_t token) const {
  if (view_.InsidePhrase(token) || !IsCounted(token)) return {};
  Actors found = ThoseBeforeCount(token);
  found.many = true;
  const uint32_t end = view_.sentence.tokens.end;
  for (uint32_t t = token + 1; t < end && found.ids.empty(); ++t) {
    const uint32_t list = ListBeginsAfter(token, t);
    if (list == 0) continue;
    const PartyList parties = ReadPartyList(a_, list, end);
    found.ids = parties.ids;
    found.mentions = parties.mentions;
  }
  return found;
}

// "Chile, Peru and twelve other states": those that are named before the count that ends at `token`.
Actors ActorFinder::ThoseBeforeCount(uint32_t token) const {
  const uint32_t begin = view_.sentence.tokens.begin;
  uint32_t t = token;
  for (uint32_t steps = 0; t > begin && steps < 4 && a_.norm(t) != "and"; ++steps) --t;
  if (t <= begin || a_.norm(t) != "and" || a_.at[t - 1].party < 0) return {};
  const int32_t last = a_.at[t - 1].party;
  const PartyMention& mention = a_.parties[last];
  if (!IsSubject(mention)) return {};
  Actors found = ActorsOf(last);
  CollectJoined(mention.tokens.begin, begin, &found);
  return found;
}

// Whether the token is a noun for states that words before it count, or a number that stands for them: "the
// sixty states", "of the 20 signatories, five have …".
bool ActorFinder::IsCounted(uint32_t token) const {
  const TokenSpan sentence = view_.sentence.tokens;
  const absl::string_view word = a_.norm(token);
  if (word == "others") return true;
  if (IsCount(word) || (a_.token(token).is_number && a_.at[token].date < 0)) {
    return token + 1 < sentence.end && IsOneOf(a_.norm(token + 1), {"have", "had"}) &&
           !IsOneOf(word, {"only", "no", "more", "other"});
  }
  if (!IsOneOf(word, {"states", "countries", "nations", "governments", "members", "signatories", "parties",
                      "parliaments", "capitals", "delegations", "allies", "neighbours", "neighbors",
                      "republics", "powers", "jurisdictions", "economies"}))
    return false;
  if (token + 1 < sentence.end && IsOneOf(a_.norm(token + 1), {"that", "which"})) return true;
  for (uint32_t t = token, steps = 0; t-- > sentence.begin && steps < 4; ++steps) {
    if (a_.at[t].party >= 0 || a_.at[t].date >= 0) return false;
    if (a_.token(t).is_number || IsCount(a_.norm(t)) || a_.norm(t) == "following") return !IsPartOfCount(t);
  }
  return false;
}

// "only Chile, out of the four signatories": the count that begins at `t` is of a whole of which others act;
// "five of the ten members" counts those who do.
bool ActorFinder::IsPartOfCount(uint32_t t) const {
  const uint32_t begin = view_.sentence.tokens.begin;
  while (t > begin && IsOneOf(a_.norm(t - 1), {"the", "its", "all"})) --t;
  if (t <= begin || a_.norm(t - 1) != "of") return false;
  return t < begin + 2 || !(a_.token(t - 2).is_number || IsCount(a_.norm(t - 2)));
}

// Where the names of those that `many` counts begin, if the token `t` leads to them: "among them", "(Austria,
// …)", "have ratified it: Austria, …", "that have ratified it are Austria, …"; 0 where it does not.
uint32_t ActorFinder::ListBeginsAfter(uint32_t many, uint32_t t) const {
  for (const Cue* cue : a_.CuesIn({t, t + 1})) {
    if (cue->cue_class == CueClass::kAmong) return cue->tokens.end;
  }
  const uint32_t end = view_.sentence.tokens.end;
  const absl::string_view word = a_.norm(t);
  const bool dash = word == "-" && a_.token(t).space_before && t + 1 < end && a_.token(t + 1).space_before;
  const bool names = IsOneOf(word, {"are", "were"}) && t > many + 2;
  if (word == "(" && t == many + 1) return t + 1;
  if (!dash && !names && word != ":" && word != "(") return 0;
  // One alone may be anything: "(in Geneva)".
  return ReadPartyList(a_, t + 1, end).ids.size() >= 2 ? t + 1 : 0;
}

// "Turkey, which left it", "the treaty with Turkey, which left it": the party right before.
Actors ActorFinder::AntecedentOfRelative(size_t clause_index) const {
  const uint32_t begin = view_.clauses[clause_index].tokens.begin;
  for (uint32_t t = begin; t > view_.sentence.tokens.begin && begin - t < 2;) {
    --t;
    const int32_t p = a_.at[t].party;
    if (p >= 0 && a_.parties[p].role != PartyRole::kAdjective) {
      Actors found = ActorsOf(p);
      CollectJoined(a_.parties[p].tokens.begin, view_.sentence.tokens.begin, &found);
      return found;
    }
    if (a_.norm(t) != ",") break;
  }
  return CarriedInto(clause_index);
}

// "Chile objected, and Peru, which had left in 1992, came back": after the comma that closes a relative
// clause the subject is what that clause describes.
Actors ActorFinder::SubjectAround(size_t clause_index) const {
  if (clause_index < 2) return {};
  const Clause& relative = view_.clauses[clause_index - 1];
  const Clause& clause = view_.clauses[clause_index];
  const uint32_t begin = relative.tokens.begin;
  if (relative.opener != ClauseOpener::kRelative || clause.opener != ClauseOpener::kCoordinated) return {};
  if (!IsOneOf(a_.norm(begin), {"which", "who"}) || a_.norm(clause.tokens.begin - 1) != ",") return {};
  uint32_t verb = clause.tokens.begin;
  while (verb + 1 < clause.tokens.end && a_.IsAdverb(verb) && !a_.IsAuxiliary(verb)) ++verb;
  if (!a_.IsAuxiliary(verb) && !(a_.at[verb].trigger >= 0)) return {};
  if (begin < view_.sentence.tokens.begin + 2 || a_.norm(begin - 1) != "," || a_.at[begin - 2].party < 0)
    return {};
  const PartyMention& mention = a_.parties[a_.at[begin - 2].party];
  if (!IsSubject(mention)) return {};
  Actors found = ActorsOf(a_.at[begin - 2].party);
  CollectJoined(mention.tokens.begin, view_.clauses[clause_index - 2].tokens.begin, &found);
  return found;
}

// The subject that a clause without one takes over: that of the clause before, else who acted last.
Actors ActorFinder::CarriedInto(size_t clause_index) const {
  if (const Actors around = SubjectAround(clause_index); !around.empty()) return around;
  for (size_t c = clause_index; c-- > 0;) {
    const Clause& clause = view_.clauses[c];
    const bool aside =
        clause.opener == ClauseOpener::kRelative || clause.opener == ClauseOpener::kParenthesis;
    // "Peru, which denies that it backs Chile, signed": what the aside says is a part of it.
    const bool in_aside = clause.opener == ClauseOpener::kThat && c > 1 &&
                          view_.clauses[c - 1].opener == ClauseOpener::kRelative;
    if ((aside && c > 0) || in_aside) continue;
    Actors subject = FirstSubject(clause.tokens.begin, clause.tokens.end);
    if (!subject.empty()) return subject;
    for (uint32_t t = clause.tokens.begin; t < clause.tokens.end; ++t) {
      if (Actors group = GroupEndingAt(t); !group.empty()) return group;
      if (Actors many = ManyAt(t); many.many) return many;
    }
  }
  // "For Riga it is a first: in March it left"
  const TokenSpan sentence = view_.sentence.tokens;
  if (clause_index > 0 && a_.norm(sentence.begin) == "for") {
    const PartyList list = ReadPartyList(a_, sentence.begin + 1, view_.clauses.front().tokens.end);
    if (!list.ids.empty()) return {list.ids, list.mentions, false};
  }
  return last_actors_;
}

// The first party in [begin, end) that is a subject, with those listed after it.
Actors ActorFinder::FirstSubject(uint32_t begin, uint32_t end) const {
  for (uint32_t t = begin; t < end; ++t) {
    const int32_t p = a_.at[t].party;
    if (p < 0) continue;
    if (a_.parties[p].tokens.begin != t || !IsSubject(a_.parties[p])) continue;
    Actors found = ActorsOf(p);
    const PartyList list = ReadPartyList(a_, t, view_.sentence.tokens.end);
    AddIds(list.ids, &found.ids);
    return found;
  }
  return {};
}

// "by Chile and Peru", "by both parliaments", "by its president": close after the words, before another act.
Actors ActorFinder::ByPhrase(uint32_t from, size_t clause_index) const {
  const uint32_t end =
      std::min<uint32_t>(view_.sentence.tokens.end, view_.clauses[clause_index].tokens.end + 2);
  for (uint32_t t = from; t < end; ++t) {
    const int32_t trigger = a_.at[t].trigger;
    if (trigger >= 0 && a_.triggers[trigger].form != VerbForm::kNone && !view_.InsideCore(t)) return {};
    if (a_.norm(t) != "by") continue;
    for (uint32_t group = t + 1; group < std::min(view_.sentence.tokens.end, t + 6); ++group) {
      if (Actors found = GroupEndingAt(group); !found.empty()) return found;
    }
    if (view_.PairSpokenOf(t, std::min(end, t + 4))) return SpokenOf(t + 1);
    for (uint32_t many = t + 1; many < std::min(view_.sentence.tokens.end, t + 6); ++many) {
      if (Actors found = ManyAt(many); found.many) return found;
    }
    for (uint32_t p = t + 1; p < std::min(view_.sentence.tokens.end, t + 6); ++p) {
      if (a_.at[p].party < 0) continue;
      const PartyMention& mention = a_.parties[a_.at[p].party];
      if (mention.place) continue;  // "brokered by Qatar"
      Actors found = ActorsOf(a_.at[p].party);
      const PartyList list = ReadPartyList(a_, mention.tokens.begin, view_.sentence.tokens.end);
      AddIds(list.ids, &found.ids);
      AddSecondAgent(std::max(mention.tokens.end, list.next), &found);
      return found;
    }
  }
  return {};
}

// "by the Folketing and by the Canadian Parliament": the agent after another "by".
void ActorFinder::AddSecondAgent(uint32_t from, Actors* agents) const {
  const uint32_t end = view_.sentence.tokens.end;
  uint32_t by = from;
  while (by < end && IsOneOf(a_.norm(by), {",", "and", "then", "finally", "later", "lastly"})) ++by;
  if (by == from || by >= end || a_.norm(by) != "by") return;
  for (uint32_t t = by + 1; t < std::min(end, by + 4); ++t) {
    const int32_t p = a_.at[t].party;
    if (p < 0) continue;
    const Actors second = ActorsOf(p);
    AddIds(second.ids, &agents->ids);
    agents->mentions.insert(agents->mentions.end(), second.mentions.begin(), second.mentions.end());
    AddSecondAgent(a_.parties[p].tokens.end, agents);
    return;
  }
}

// "Lithuania's withdrawal", "the Russian exit", "its withdrawal".
Actors ActorFinder::OwnerBefore(uint32_t begin) const {
  uint32_t steps = 0;
  if (begin > view_.sentence.tokens.begin && IsOneOf(a_.norm(begin - 1), {"its", "their", "his", "her"})) {
    Actors owner = SubjectBefore(begin - 1, view_.sentence.tokens.begin);
    return owner.empty() ? last_actors_ : owner;
  }
  for (uint32_t t = begin; t-- > view_.sentence.tokens.begin && steps < 5; ++steps) {
    const int32_t p = a_.at[t].party;
    if (p < 0) continue;
    const PartyMention& mention = a_.parties[p];
    if (mention.possessive) return OwnersJoinedTo(p);
    if (mention.role == PartyRole::kAdjective) return ActorsOf(p);
    return {};
  }
  return {};
}

// "Chile's and Peru's withdrawals"
Actors ActorFinder::OwnersJoinedTo(int mention_index) const {
  Actors owners = ActorsOf(mention_index);
  const uint32_t begin = view_.sentence.tokens.begin;
  for (uint32_t t = a_.parties[mention_index].tokens.begin; t > begin + 1;) {
    if (!IsOneOf(a_.norm(t - 1), {"and", ",", "the"})) break;
    const int32_t p = a_.norm(t - 2) == "'s" || a_.norm(t - 2) == "'"
                          ? (t > begin + 2 ? a_.at[t - 3].party : -1)
                          : a_.at[t - 2].party;
    if (p < 0 || !a_.parties[p].possessive) break;
    AddIds(a_.parties[p].ids, &owners.ids);
    owners.mentions.push_back(p);
    t = a_.parties[p].tokens.begin;
  }
  return owners;
}

// "Warsaw says that the pact has been breached", "Oslo called it a violation": who says so of another.
Actors ActorFinder::AccuserBefore(uint32_t token) const {
  const TokenSpan sentence = view_.sentence.tokens;
  uint32_t verb = sentence.begin;
  for (const Cue* cue : a_.CuesIn({sentence.begin, token})) {
    const bool says = cue->cue_class == CueClass::kReport || cue->cue_class == CueClass::kAccuse;
    if (says && cue->form != VerbForm::kNone) verb = std::max(verb, cue->tokens.begin);
  }
  for (uint32_t t = verb; t < token; ++t) {
    if (IsOneOf(a_.norm(t), {"calling", "called", "calls", "condemned", "denounced", "protested", "considers",
                             "considered", "sees", "saw", "decried", "deplored"}))
      verb = t;
  }
  return verb > sentence.begin ? SubjectBefore(verb, sentence.begin) : Actors{};
}

// "was withdrawn from the Senate and never ratified": the organ whose consent it is that the sentence spoke
// of.
Actors ActorFinder::ConsentingOrgan(const LexiconMatch& trigger, const LexiconEntry& entry) const {
  const bool consent = entry.event_type == treatywire::v1::EVENT_TYPE_RATIFIED ||
                       entry.event_type == treatywire::v1::EVENT_TYPE_REJECTED;
  // "Juba's instrument was deposited"
  for (uint32_t t = trigger.tokens.begin; t-- > view_.sentence.tokens.begin;) {
    const bool deposited = entry.event_type == treatywire::v1::EVENT_TYPE_DEPOSITED;
    if (deposited && IsOneOf(a_.norm(t), {"instrument", "instruments"})) return OwnerBefore(t);
  }
  for (uint32_t t = trigger.tokens.begin; consent && t-- > view_.sentence.tokens.begin;) {
    const int32_t p = a_.at[t].party;
    if (p < 0) continue;
    if (a_.parties[p].role == PartyRole::kBody) return ActorsOf(p);
    t = a_.parties[p].tokens.begin;
  }
  return {};
}

// "awaits the Senate's nod", "was defeated in the Norwegian parliament", "goes to both parliaments": the
// organ in the words or right after them.
Actors ActorFinder::OrganIn(const LexiconMatch& trigger) const {
  const uint32_t end = std::min(view_.sentence.tokens.end, trigger.tokens.end + kOrganReach);
  for (uint32_t t = trigger.tokens.begin; t < end; ++t) {
    if (view_.PairSpokenOfAt(t)) return SpokenOf(t);
    if (t >= trigger.tokens.end && a_.at[t].date >= 0) break;
    const int32_t p = a_.at[t].party;
    if (p >= 0 && a_.parties[p].role == PartyRole::kBody) return ActorsOf(p);
    // "awaits Malaysian ratification"
    const bool owner = p >= 0 && (a_.parties[p].role == PartyRole::kAdjective || a_.parties[p].possessive);
    if (owner && trigger.tokens.Contains(t)) return ActorsOf(p);
    // "is stuck in Rome"
    if (p >= 0 && t == trigger.tokens.end && a_.parties[p].place && a_.parties[p].ids.size() == 1)
      return ActorsOf(p);
  }
  return {};
}

// "filed a case against Peru over violations of the treaty"
Actors ActorFinder::AccusedBefore(uint32_t begin) const {
  for (uint32_t t = begin, steps = 0; t-- > view_.sentence.tokens.begin && steps < kOrganReach; ++steps) {
    if (a_.norm(t) != "against") continue;
    const PartyList accused = ReadPartyList(a_, t + 1, begin);
    return {accused.ids, accused.mentions, false};
  }
  return {};
}

// "the instruments of Austria and Cyprus", "ratifications from Austria": whose they are.
Actors ActorFinder::GiversOfInstruments(TokenSpan words, size_t clause_index) const {
  const TokenSpan clause = view_.clauses[clause_index].tokens;
  bool instruments = false;
  for (uint32_t t = clause.begin; t + 1 < clause.end; ++t) {
    const absl::string_view word = a_.norm(t);
    instruments = instruments || IsOneOf(word, {"instrument", "instruments", "ratifications"});
    const bool links = word == "from" || (word == "of" && t < words.end);
    if (!instruments || !links) continue;
    const PartyList list = ReadPartyList(a_, t + 1, clause.end);
    if (!list.ids.empty() && (!view_.InsidePhrase(t + 1) || IsOfInstruments(t)))
      return {list.ids, list.mentions, false};
  }
  return {};
}

// "the instruments of Austria": whether the phrase that holds the token is one of instruments.
bool ActorFinder::IsOfInstruments(uint32_t t) const {
  return std::any_of(view_.phrases.begin(), view_.phrases.end(), [&](const AgreementPhrase& phrase) {
    return phrase.tokens.Contains(t) && IsOneOf(a_.norm(phrase.head), {"instrument", "instruments"});
  });
}

// "has taken Peru to court for breaching it", "accused Peru on Monday of breaching it"
Actors ActorFinder::BlamedBefore(uint32_t verb) const {
  if (verb < view_.sentence.tokens.begin + 2 || !IsOneOf(a_.norm(verb - 1), {"for", "of", "over"})) return {};
  for (uint32_t t = verb - 1, steps = 0; t-- > view_.sentence.tokens.begin + 1 && steps < kOrganReach;
       ++steps) {
    const int32_t p = a_.at[t].party;
    if (p < 0) continue;
    const PartyMention& mention = a_.parties[p];
    // A subject has no verb before it: "Chile spoke of breaking it".
    if (mention.place || mention.tokens.begin == view_.clauses[view_.ClauseOf(t)].tokens.begin) return {};
    Actors found = ActorsOf(p);
    CollectJoined(mention.tokens.begin, view_.sentence.tokens.begin, &found);
    return found;
  }
  return {};
}

// "has been ratified in Austria, Belgium and Cyprus": states that are listed as places; a town is one only.
Actors ActorFinder::StatesAfterIn(uint32_t from) const {
  Actors found;
  const uint32_t end = view_.sentence.tokens.end;
  if (from >= end || a_.norm(from) != "in") return found;
  for (uint32_t t = from + 1; t < end; ++t) {
    const int32_t p = a_.at[t].party;
    if (p >= 0 && a_.parties[p].role == PartyRole::kName) {
      AddIds(a_.parties[p].ids, &found.ids);
      found.mentions.push_back(p);
      t = a_.parties[p].tokens.end - 1;
    } else if (!IsOneOf(a_.norm(t), {",", "and", "the"})) {
      break;
    }
  }
  return found.ids.size() > 1 ? found : Actors{};
}

// "for Latvia the convention took effect"
Actors ActorFinder::ForPhrase(size_t clause_index) const {
  const TokenSpan clause = view_.clauses[clause_index].tokens;
  for (uint32_t t = clause.begin; t + 1 < clause.end; ++t) {
    if (a_.norm(t) != "for") continue;
    // "took effect for ten states"
    for (uint32_t many = t + 1; many < std::min(clause.end, t + 5); ++many) {
      if (Actors found = ManyAt(many); found.many) return found;
    }
    const PartyList list = ReadPartyList(a_, t + 1, std::min(clause.end, t + 8));
    if (!list.ids.empty()) return {list.ids, list.mentions, false};
  }
  return {};
}

Actors ActorFinder::PartiesAfter(uint32_t t) const {
  for (; t < view_.sentence.tokens.end; ++t) {
    if (a_.norm(t) != "by") continue;
    const PartyList list = ReadPartyList(a_, t + 1, view_.sentence.tokens.end);
    if (!list.ids.empty()) return {list.ids, list.mentions, false};
  }
  return {};
}

PartyIds ActorFinder::OwnersOf(const AgreementPhrase& phrase) const {
  if (!phrase.parties.empty()) return phrase.parties;
  Actors found = SubjectBefore(phrase.tokens.begin, view_.sentence.tokens.begin);
  // "Oslo told Lima and Quito that it would end its pacts with them": not those whom it is with.
  const auto is_partner = [&](PartyId id) { return phrase.partners.Contains(id); };
  while (!found.mentions.empty() && std::all_of(found.ids.begin(), found.ids.end(), is_partner)) {
    uint32_t begin = phrase.tokens.begin;
    for (const int m : found.mentions) begin = std::min(begin, a_.parties[m].tokens.begin);
    found = SubjectBefore(begin, view_.sentence.tokens.begin);
  }
  if (found.empty()) found = PartiesAfter(phrase.tokens.end);
  found.ids.EraseIf([&](PartyId id) { return phrase.partners.Contains(id); });
  if (!found.ids.empty()) {
    // "Angola and Zambia signed their agreement" owns it together; "its treaty with France" is one party's.
    const bool together =
        phrase.plural || (phrase.partners.empty() && phrase.determiner == Determiner::kPossessive);
    return together ? found.ids : PartyIds{found.ids.front()};
  }
  // "Treaty with Chile" in a list of "Peru's treaties".
  if (phrase.determiner == Determiner::kNone) {
    if (const std::optional<AgreementPhrase> above = PluralAboveList(view_)) return above->parties;
  }
  // "Its treaty" is of those who acted last; "treaties with Ireland" are of the party that the article is
  // about.
  std::array<PartyIds, 2> fallbacks{last_actors_.ids, PartyIds{a_.main_party()}};
  if (phrase.determiner != Determiner::kPossessive) std::swap(fallbacks[0], fallbacks[1]);
  for (const PartyIds& fallback : fallbacks) {
    for (PartyId id : fallback) {
      if (!id.empty() && !phrase.partners.Contains(id)) return {id};
    }
  }
  return {};
}

void ActorFinder::AddPartners(const LexiconMatch& trigger, size_t clause_index, Actors* actors) const {
  const uint32_t end = view_.clauses[clause_index].tokens.end;
  for (uint32_t t = trigger.tokens.end; t + 1 < end && t < trigger.tokens.end + 8; ++t) {
    if (a_.norm(t) != "with" || view_.InsidePhrase(t)) continue;
    const PartyList list = ReadPartyList(a_, t + 1, end);
    AddIds(list.ids, &actors->ids);
    return;
  }
}

Actors ActorFinder::ActorsForNext() const {
  for (uint32_t t = view_.sentence.tokens.begin; t < view_.sentence.tokens.end; ++t) {
    const int32_t p = a_.at[t].party;
    if (p < 0) continue;
    const PartyMention& mention = a_.parties[p];
    if (!IsActorMention(mention) || mention.ids.empty() || Governed(mention) || view_.InsidePhrase(t))
      continue;
    Actors found{mention.ids, {p}, false};
    const PartyList list = ReadPartyList(a_, t, view_.sentence.tokens.end);
    AddIds(list.ids, &found.ids);
    return found;
  }
  return last_actors_;
}

}  // namespace treatywire::ingest
