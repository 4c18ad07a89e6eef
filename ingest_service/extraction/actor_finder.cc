#include "ingest_service/extraction/actor_finder.h"

#include <algorithm>

#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_group.h"
#include "ingest_service/extraction/party_list.h"

namespace treatywire::ingest {
namespace {

// "(on 3 May 2019)": a date in brackets is no longer.
constexpr uint32_t kMaxBracket = 7;

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

int32_t ActorFinder::LastSubject(uint32_t end, uint32_t begin) const {
  for (uint32_t t = end; t-- > begin;) {
    const int32_t p = a_.at[t].party;
    if (p < 0) continue;
    if (IsSubject(a_.parties[p])) return p;
    t = a_.parties[p].tokens.begin;
  }
  return -1;
}

Actors ActorFinder::SubjectBefore(uint32_t end, uint32_t begin) const {
  const int32_t subject = LastSubject(end, begin);
  if (subject < 0) return {};
  Actors found = ActorsOf(subject);
  CollectJoined(a_.parties[subject].tokens.begin, begin, &found);
  return found;
}

bool ActorFinder::HasSubjectBefore(uint32_t end, uint32_t begin) const {
  const int32_t subject = LastSubject(end, begin);
  if (subject < 0) return false;
  // An organ of nobody knows whom is somebody where others are joined with it.
  return !a_.parties[subject].ids.empty() || !SubjectBefore(end, begin).empty();
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
  // "applied to rejoin the Commonwealth"
  const int32_t verb = a_.at[t - 1].trigger;
  if (verb >= 0 && a_.triggers[verb].tokens.end == t && a_.triggers[verb].form != VerbForm::kNone &&
      a_.triggers[verb].entries.front()->frame == TriggerFrame::kActor &&
      a_.triggers[verb].entries.front()->event_type == treatywire::v1::EVENT_TYPE_ACCEDED)
    return true;
  if (word == "of" && t >= 2 && a_.at[t - 2].party >= 0) return false;
  // "as Oslo ends it": a conjunction, not "as Norway's envoy".
  const Clause& clause = view_.clauses[view_.ClauseOf(t - 1)];
  if (word == "as" && clause.opener == ClauseOpener::kTime && clause.tokens.begin == t - 1) return false;
  return GetsNotice(mention.tokens.begin) || IsGoverning(word) || IsTelling(word) || IsExcepted(t) ||
         IsFollowed(t) || IsListedWithGoverned(t);
}

// "Chile, like Peru and Fiji before it, left", "Chile, along with Peru, Fiji and Tonga, left": one of a list,
// joined by "and", of those with whom another did it.
bool ActorFinder::IsListedWithGoverned(uint32_t t) const {
  const uint32_t begin = view_.sentence.tokens.begin;
  if (t < begin + 3 || a_.norm(t - 1) != "and" || a_.at[t - 2].party < 0) return false;
  t = BeginOfPartyList(a_, begin, t);
  if (t == begin) return false;
  const absl::string_view word = a_.norm(t - 1);
  if (IsOneOf(word, {"like", "unlike", "alongside"})) return true;
  return word == "with" && t > begin + 1 && IsOneOf(a_.norm(t - 2), {"along", "together"});
}

// "Chile, along with Peru and Fiji, left it": those who did it with the subject.
void ActorFinder::AddCompanions(Actors* subject) const {
  if (subject->mentions.empty()) return;
  const uint32_t end = view_.sentence.tokens.end;
  uint32_t t = a_.parties[subject->mentions.back()].tokens.end;
  if (t + 2 >= end || a_.norm(t) != ",") return;
  const absl::string_view word = a_.norm(++t);
  const bool with = IsOneOf(word, {"along", "together"}) && a_.norm(t + 1) == "with";
  if (!with && !IsOneOf(word, {"like", "alongside"})) return;
  const PartyList list = ReadPartyList(a_, with ? t + 2 : t + 1, end);
  AddIds(list.ids, &subject->ids);
  subject->mentions.Append(list.mentions);
}

// "Finland followed the Baltic states and Poland and left": one of a list of those who are followed.
bool ActorFinder::IsFollowed(uint32_t t) const {
  const uint32_t begin = view_.sentence.tokens.begin;
  return IsListOfFollowed(a_, begin, BeginOfPartyList(a_, begin, t));
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
  if (found->ids.size() < 2 && found->mentions.size() < 2) return;
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
        entry.event_type == treatywire::v1::EVENT_TYPE_RATIFIED ||
        entry.event_type == treatywire::v1::EVENT_TYPE_ACCEDED ||
        entry.event_type == treatywire::v1::EVENT_TYPE_NOTIFIED) {
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
      AddCompanions(&found);
      return found;
    }
    const absl::string_view word = a_.norm(t);
    if (Actors group = GroupEndingAt(t); !group.empty()) return group;
    if (view_.PairSpokenOfAt(t)) return SpokenOf(t > clause.tokens.begin + 2 ? t - 2 : clause.tokens.begin);
    if (Actors many = ManyAt(t); many.many) {
      const uint32_t is = PredicateBegin(t, clause.tokens.begin);
      if (is == t) return many;
      t = is;
      continue;
    }
    if (word == "we" && !a_.home_party().empty()) return {{a_.home_party()}, {}, false};
    // "said it was Accra that had broken it"
    const bool cleft = word == "that" && clause.opener == ClauseOpener::kRelative &&
                       t > view_.sentence.tokens.begin && a_.at[t - 1].party >= 0;
    if ((cleft || IsOneOf(word, {"who", "which"})) && t == clause.tokens.begin)
      return AntecedentOfRelative(clause_index);
    // "The country had ratified it": whom "it" would mean as well.
    const bool country = t > clause.tokens.begin && a_.norm(t - 1) == "the" && t + 1 <= end &&
                         IsOneOf(word, {"country", "kingdom", "republic", "nation"}) &&
                         (t + 1 == end || a_.IsAuxiliary(t + 1) || a_.IsAdverb(t + 1));
    if (!country && !IsOneOf(word, {"it", "they", "he", "she"})) continue;
    Actors before = SubjectBefore(t, clause.tokens.begin);
    if (before.empty() && clause_index == 0) before = SubjectAfterAside();
    return before.empty() ? CarriedInto(clause_index) : before;
  }
  return {};
}

// "Chile and Peru are the only states to have ratified it": where the verb stands whose predicate the count
// that ends at `t` is; `t` where it is none.
uint32_t ActorFinder::PredicateBegin(uint32_t t, uint32_t begin) const {
  for (uint32_t v = t, steps = 0; v-- > begin + 1 && steps < 5; ++steps) {
    if (IsOneOf(a_.norm(v), {"are", "were", "is", "was", "remain", "remained", "became"})) return v;
    const bool counts =
        a_.token(v).is_number || IsOneOf(a_.norm(v), {"the", "only", "first", "last", "among", "two", "three",
                                                      "four", "five", "six", "other", "latest", "sole"});
    if (!counts) break;
  }
  return t;
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
  found.counted_at = token;
  for (uint32_t t = token; t < std::min(token + 5, view_.sentence.tokens.end) && found.count == 0; ++t) {
    const absl::string_view word = a_.norm(t);
    found.count = IsOneOf(word, {"two", "both", "either"}) ? 2
                  : word == "three"                        ? 3
                  : word == "four"                         ? 4
                  : word == "five"                         ? 5
                                                           : 0;
  }
  return found;
}

PartyIds ActorFinder::GroupOf(const Actors& actors) const {
  if (actors.count == 0) return actors.group;
  return MembersOf(a_, {{actors.counted_at, actors.counted_at}, actors.count, /*others=*/false});
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

// Prepositions.
bool ActorFinder::IsGoverning(absl::string_view word) {
  return IsOneOf(word, {"with", "to",    "of",     "from",    "against", "for",   "on",       "into", "at",
                        "in",   "about", "over",   "between", "than",    "under", "near",     "as",   "like",
                        "via",  "upon",  "toward", "towards", "by",      "among", "including"});
}

}  // namespace treatywire::ingest
