// What follows the head of a phrase: its parties, dates and subject.
#include <algorithm>
#include <array>
#include <utility>

#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_list.h"
#include "ingest_service/extraction/phrase_reader.h"

namespace treatywire::ingest {
namespace {

// Organisations under whose roof many states make agreements.
bool IsSponsor(absl::string_view party) {
  return IsOneOf(party, {"un", "who", "ilo", "oecd", "wto", "unesco", "imo", "icao", "fao", "wipo", "osce",
                         "council-of-europe", "african-union"});
}

}  // namespace

void PhraseReader::ReadRight() {
  const uint32_t limit = sentence_.tokens.end;
  phrase_.tokens = phrase_.core;
  uint32_t end = phrase_.core.end;
  // 'the "Joint Statement" of 24 April 1992'
  const uint32_t name = phrase_.head > left_limit_ && a_.norm(phrase_.core.begin) == "the"
                            ? phrase_.core.begin + 1
                            : phrase_.core.begin;
  const bool quoted = end + 1 < limit && a_.norm(end) == "\"" && end - name <= 8 &&
                      ((name > 0 && a_.norm(name - 1) == "\"") || a_.norm(name) == "\"");
  if (quoted && IsOneOf(a_.norm(end + 1), {"of", "from", "with", "between", "("})) ++end;
  while (end < limit) {
    const uint32_t next = ReadPostmodifier(end);
    if (next <= end) break;
    end = next;
  }
  phrase_.tokens.end = end;
  phrase_.topics = a_.TopicsIn({phrase_.core.begin, end});
  if (phrase_.plural) phrase_.matters = CountMatters(phrase_.core.end);
  ReadRestrictingDate(end);
  ReadPartiesOfClause(end);
  ReadMakers(end);
  // What stands right before tells about it as well, less surely.
  AddVotes({end, std::min(limit, end + 8)}, 1);
}

int PhraseReader::CountMatters(uint32_t t) const {
  constexpr uint32_t kMaxTokens = 40;
  constexpr uint32_t kMaxWords = 4;  // of one matter
  const uint32_t end = std::min(sentence_.tokens.end, t + kMaxTokens);
  if (t >= end || !IsOneOf(a_.norm(t), {"on", "in", "for", "covering", "concerning"})) return 0;
  int matters = 1;
  bool last = false;  // after the "and"
  uint32_t words = 0;
  for (uint32_t w = t + 1; w < end; ++w) {
    if (IsOneOf(a_.norm(w), {",", "and"})) {
      if (last || words == 0 || words > kMaxWords) return 0;
      last = a_.norm(w) == "and";
      if (!last && w + 1 < end && a_.norm(w + 1) == "and") last = a_.norm(++w) == "and";
      ++matters;
      words = 0;
      if (w + 1 < end && IsOneOf(a_.norm(w + 1), {"on", "for"})) ++w;
      continue;
    }
    const bool matter = a_.token(w).is_word && a_.at[w].date < 0 && a_.at[w].party < 0 &&
                        a_.at[w].instrument < 0 && !a_.IsFunctionWord(w) && !a_.IsAuxiliary(w) &&
                        !IsDeterminer(w);
    if (!matter) break;
    ++words;
  }
  return last && words > 0 && words <= kMaxWords ? matters : 0;
}

uint32_t PhraseReader::ReadPostmodifier(uint32_t t) {
  using Read = uint32_t (PhraseReader::*)(uint32_t);
  constexpr std::array<Read, 11> kSorts = {
      &PhraseReader::ReadAbbreviation, &PhraseReader::ReadBetween,        &PhraseReader::ReadWith,
      &PhraseReader::ReadOfDates,      &PhraseReader::ReadDatesOfSigning, &PhraseReader::ReadMembers,
      &PhraseReader::ReadOfOwn,        &PhraseReader::ReadOfGroup,        &PhraseReader::ReadBracketedYear,
      &PhraseReader::ReadOneEach,      &PhraseReader::ReadSubject,
  };
  for (const Read read : kSorts) {
    if (const uint32_t next = (this->*read)(t); next > t) return next;
  }
  return t;
}

uint32_t PhraseReader::ReadAbbreviation(uint32_t t) {
  constexpr uint32_t kMaxWords = 2;
  if (a_.norm(t) != "(") return t;
  for (uint32_t end = t + 2; end <= t + 1 + kMaxWords && end < sentence_.tokens.end; ++end) {
    if (a_.norm(end) != ")" || !a_.token(t + 1).all_caps) continue;
    phrase_.abbreviation = a_.document.Text({t + 1, end});
    return end + 1;
  }
  return t;
}

uint32_t PhraseReader::ReadBetween(uint32_t t) {
  if (!IsOneOf(a_.norm(t), {"between", "among"})) return t;
  const PartyList list = ReadPartyList(a_, t + 1, sentence_.tokens.end);
  if (!list.ids.empty()) {
    AddIds(list.ids, &phrase_.parties);
    if (list.ids.size() > 2) phrase_.multilateral = phrase_.multilateral || !phrase_.plural;
    return list.next;
  }
  const uint32_t group = ReadGroup(t + 1);
  return group > t + 1 ? group : t;
}

uint32_t PhraseReader::ReadWith(uint32_t t) {
  const uint32_t limit = sentence_.tokens.end;
  // "existing treaties - with Chile (1990), Peru (1995)"
  const bool dash = phrase_.plural && a_.norm(t) == "-" && t + 1 < limit && a_.norm(t + 1) == "with";
  const uint32_t partner = dash ? t + 2 : t + 1;
  if (a_.norm(t) != "with" && !dash) return t;
  if (partner < limit && a_.norm(partner) == "us" && SaysUsOfHome(partner)) {
    // "Canberra has its own treaty with us": with the paper's state.
    AddIds({a_.home_party()}, &phrase_.partners);
    return partner + 1;
  }
  if (const PartyList list = ReadPartyList(a_, partner, limit); !list.ids.empty()) {
    AddIds(list.ids, &phrase_.partners);
    phrase_.is_private = phrase_.is_private || OwnsFirm(a_.parties[list.mentions.back()]);
    phrase_.plural = phrase_.plural || OthersFollow(list.next);
    return phrase_.plural ? ReadMorePartners(list.next) : list.next;
  }
  if (const uint32_t them = ReadPartnersBefore(partner); them > partner) return them;
  if (const uint32_t counted = ReadCountedPartners(partner); counted > partner) return counted;
  const uint32_t group = ReadGroup(partner);
  if (group <= partner) return t;
  phrase_.with_group = std::exchange(phrase_.between, 0);
  return group;
}

uint32_t PhraseReader::ReadOneEach(uint32_t t) {
  const uint32_t end = sentence_.tokens.end;
  uint32_t word = t < end && IsOneOf(a_.norm(t), {",", "-", ":"}) ? t + 1 : t;
  const uint32_t first = word;
  while (word < end && IsOneOf(a_.norm(word), {"one", "each"})) ++word;
  if (!phrase_.plural || word == first || word + 1 >= end || a_.norm(word) != "with") return t;
  const PartyList list = ReadPartyList(a_, word + 1, end);
  if (list.ids.size() < 2) return t;
  AddIds(list.ids, &phrase_.partners);
  return list.next;
}

uint32_t PhraseReader::ReadOfDates(uint32_t t) {
  const auto is_date = [&](uint32_t at) { return at < sentence_.tokens.end && a_.at[at].date >= 0; };
  const absl::string_view word = a_.norm(t);
  if ((word == "of" || word == "from") && is_date(t + 1)) return ReadDates(t + 1);
  if (!is_date(t + 2)) return t;
  const bool of_the = word == "of" && a_.norm(t + 1) == "the";
  const bool of_after_comma = word == "," && a_.norm(t + 1) == "of";
  return of_the || of_after_comma ? ReadDates(t + 2) : t;
}

uint32_t PhraseReader::ReadOfOwn(uint32_t t) {
  if (a_.norm(t) != "of" || t + 2 >= sentence_.tokens.end) return t;
  if (!IsOneOf(a_.norm(t + 1), {"its", "their", "his"}) || a_.norm(t + 2) != "own") return t;
  phrase_.is_new = phrase_.is_new || phrase_.determiner == Determiner::kIndefinite;
  phrase_.of_own = true;
  return t + 3;
}

uint32_t PhraseReader::ReadOfGroup(uint32_t t) {
  if (a_.norm(t) != "of" || !phrase_.parties.empty()) return t;
  const uint32_t group = ReadGroup(t + 1);
  return group > t + 1 ? group : t;
}

uint32_t PhraseReader::ReadBracketedYear(uint32_t t) {
  if (const uint32_t end = ReadBracketedPlace(t); end > t) return end;
  if (!IsBracketedYear(t)) return t;
  AddDate(a_.at[t + 1].date);
  const uint32_t end = a_.dates[a_.at[t + 1].date].tokens.end;
  return a_.norm(end) == ")" ? end + 1 : t;
}

uint32_t PhraseReader::ReadBracketedPlace(uint32_t t) {
  constexpr uint32_t kMaxPlace = 5;
  const uint32_t end = sentence_.tokens.end;
  if (a_.norm(t) != "(") return t;
  uint32_t comma = t + 1;
  while (comma < end && comma <= t + kMaxPlace && a_.token(comma).is_word && a_.token(comma).capitalized &&
         a_.at[comma].date < 0)
    ++comma;
  if (comma == t + 1 || comma + 1 >= end || a_.norm(comma) != "," || a_.at[comma + 1].date < 0) return t;
  const int date = a_.at[comma + 1].date;
  const uint32_t close = a_.dates[date].tokens.end;
  if (close >= end || a_.norm(close) != ")" || a_.dates[date].date.granularity != Granularity::kDay) return t;
  AddDate(date);
  return close + 1;
}

uint32_t PhraseReader::ReadSubject(uint32_t t) {
  constexpr uint32_t kMaxCore = 60;
  const absl::string_view word = a_.norm(t);
  if (phrase_.core.size() >= kMaxCore ||
      !IsOneOf(word, {"on", "for", "over", "about", "concerning", "regarding", "governing", "covering",
                      "banning", "against", "of", "to", "that", "which", "under"}))
    return t;
  const uint32_t end = SubjectEnd(t + 1);
  const bool tells_aside = IsOneOf(word, {"that", "which", "under"});
  AddVotes({t + 1, end}, tells_aside ? 1 : 2);
  if (IsOneOf(word, {"on", "concerning", "regarding", "governing"})) AddWords({t + 1, end}, &phrase_.matter);
  return !tells_aside && word != "to" && end > t + 1 ? end : t;
}

bool PhraseReader::SaysUsOfHome(uint32_t us) const {
  if (a_.home_party().empty() || a_.at[us].party >= 0) return false;
  for (uint32_t t = sentence_.tokens.begin; t < sentence_.tokens.end; ++t) {
    if (IsOneOf(a_.norm(t), {"\"", "'"})) return false;
  }
  return true;
}

void PhraseReader::DropSponsor() {
  if (phrase_.parties.size() != 1 || !phrase_.partners.empty() || !IsSponsor(phrase_.parties.front())) return;
  // "the Council of Europe's convention"; but "the UN's agreement" may be with somebody.
  const bool owns = phrase_.determiner == Determiner::kPossessive;
  if (owns && IsOneOf(phrase_.parties.front(), {"un", "who", "oecd", "fao"})) return;
  phrase_.parties.clear();
  phrase_.multilateral = true;
}

void PhraseReader::ReadRestrictingDate(uint32_t t) {
  constexpr uint32_t kMaxClauseTokens = 24;
  const uint32_t end = std::min(sentence_.tokens.end, t + kMaxClauseTokens);
  // "the fishing treaty, signed in Oslo in May 2010": an aside is of whatever determiner.
  const bool aside = t + 1 < end && a_.norm(t) == "," && a_.at[t + 1].trigger >= 0;
  if (t >= end || (!aside && phrase_.determiner != Determiner::kDefinite) || !phrase_.dates.empty()) return;
  if (aside) ++t;
  const bool relative = !aside && IsOneOf(a_.norm(t), {"that", "which"});
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

void PhraseReader::ReadTalksBefore() {
  const uint32_t begin = phrase_.core.begin;
  if (!phrase_.parties.empty() || !phrase_.partners.empty() || begin < left_limit_ + 4) return;
  if (!IsOneOf(a_.norm(begin - 1), {"on", "about", "over", "for", "toward", "towards"})) return;
  for (uint32_t t = begin - 2; t > left_limit_ && begin - t < kMaxPremodifiers; --t) {
    if (!IsOneOf(a_.norm(t), {"with", "between"})) continue;
    const PartyList list = ReadPartyList(a_, t + 1, begin - 1);
    const bool talks = IsOneOf(a_.norm(t - 1), {"talks", "talk", "negotiations", "negotiation", "discussions",
                                                "consultations", "negotiating", "negotiate", "negotiates"});
    if (talks && list.next == begin - 1 && !list.ids.empty())
      AddIds(list.ids, a_.norm(t) == "between" ? &phrase_.parties : &phrase_.partners);
    return;
  }
}

uint32_t PhraseReader::ReadMembers(uint32_t t) {
  if (t + 2 >= sentence_.tokens.end || !IsOneOf(a_.norm(t), {"that", "which"})) return t;
  if (!IsOneOf(a_.norm(t + 1), {"joins", "joined", "links", "linked", "binds", "bound", "unites", "united",
                                "ties", "groups", "covers", "comprises"}))
    return t;
  const PartyList list = ReadPartyList(a_, t + 2, sentence_.tokens.end);
  if (list.ids.size() < 2) return t;
  AddIds(list.ids, &phrase_.parties);
  phrase_.multilateral = phrase_.multilateral || (list.ids.size() > 2 && !phrase_.plural);
  return list.next;
}

uint32_t PhraseReader::ReadDatesOfSigning(uint32_t t) {
  const uint32_t end = sentence_.tokens.end;
  const uint32_t begin = phrase_.core.begin;
  if (a_.norm(t) == "since") {
    const bool have = begin > left_limit_ && IsOneOf(a_.norm(begin - 1), {"have", "has", "had"});
    if (have && phrase_.determiner == Determiner::kIndefinite && t + 1 < end && a_.at[t + 1].date >= 0)
      return ReadDates(t + 1);
    return t;
  }
  if (const uint32_t told = ReadDatesOneByOne(t); told > t) return told;
  uint32_t verb = a_.norm(t) == "," ? t + 1 : t;
  if (!phrase_.plural || verb + 2 >= end ||
      !IsOneOf(a_.norm(verb), {"signed", "concluded", "reached", "made", "agreed", "struck"}))
    return t;
  const size_t before = phrase_.dates.size();
  uint32_t next = verb + 1;
  for (uint32_t d = next; d < end; ++d) {
    if (a_.at[d].date >= 0) {
      AddDate(a_.at[d].date);
      d = a_.dates[a_.at[d].date].tokens.end - 1;
      next = d + 1;
    } else if (!IsOneOf(a_.norm(d), {"in", "on", "and", ","})) {
      break;
    }
  }
  // One date is of all of them and is read with the verb.
  if (phrase_.dates.size() >= before + 2) return next;
  phrase_.dates.resize(before);
  return t;
}

uint32_t PhraseReader::ReadDatesOneByOne(uint32_t t) {
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
    const bool one =
        IsOneOf(word, {"oldest", "newest", "latest", "first", "last", "one", "another", "other"});
    each = each || one;
    if (!one && !IsOneOf(word, {"the", "from", "of", "dating", "back", "to", "in", "on", "and", ",", "signed",
                                "concluded", "most", "recent"}))
      break;
  }
  if (!each || dates.size() < 2) return t;
  for (const int date : dates) AddDate(date);
  return next;
}

uint32_t PhraseReader::ReadMorePartners(uint32_t begin) {
  std::vector<int> dates(phrase_.partners.size(), -1);
  uint32_t t = begin;
  bool dated = false;
  for (size_t told = 0; phrase_.partners.size() > told;) {
    told = phrase_.partners.size();
    const uint32_t after_date = DateOfPartner(t, &dates.back());
    uint32_t next = SubjectOfPartner(after_date);
    if (next > after_date) next = DateOfPartner(next, &dates.back());
    while (next < sentence_.tokens.end && IsOneOf(a_.norm(next), {",", ";", "and", "as", "well"})) ++next;
    if (next == after_date ||
        (next < sentence_.tokens.end && IsOneOf(a_.norm(next), {"in", "on", "of", "from", "("})))
      break;
    const bool with = next < sentence_.tokens.end && a_.norm(next) == "with";
    if (with) ++next;
    const PartyList list = ReadPartyList(a_, next, sentence_.tokens.end);
    if (list.ids.empty() || (!with && (after_date == t || EndsPartners(list.next)))) break;
    AddIds(list.ids, &phrase_.partners);
    dates.resize(phrase_.partners.size(), -1);
    dated = dated || std::any_of(dates.begin(), dates.end(), [](int date) { return date >= 0; });
    t = list.next;
  }
  if (!dated) return t;
  // "… with Ghana on cocoa in 2023"
  const uint32_t subject =
      t < sentence_.tokens.end && IsOneOf(a_.norm(t), {"on", "for", "over"}) ? SubjectEnd(t + 1) : t;
  for (const uint32_t end : {t, subject}) {
    if (dates.back() < 0) t = std::max(t, DateOfPartner(end, &dates.back()));
  }
  phrase_.partner_dates = std::move(dates);
  return t;
}

// "a treaty with Chile in 1990, with Peru in 1995 and with Fiji in 2001": whether what stands behind the
// first partner tells of another one, with a date each.
bool PhraseReader::OthersFollow(uint32_t t) const {
  const uint32_t end = sentence_.tokens.end;
  int date = -1;
  uint32_t next = DateOfPartner(t, &date);
  if (next == t || phrase_.determiner != Determiner::kIndefinite) return false;
  while (next < end && IsOneOf(a_.norm(next), {",", ";", "and", "then"})) ++next;
  return next + 2 < end && a_.norm(next) == "with" && a_.at[next + 1].party >= 0;
}

uint32_t PhraseReader::SubjectOfPartner(uint32_t t) const {
  constexpr uint32_t kMaxSubject = 12;
  const uint32_t end = std::min(sentence_.tokens.end, t + kMaxSubject);
  if (t >= end || !IsOneOf(a_.norm(t), {"on", "for", "over", "about"}) || a_.at[t + 1].date >= 0) return t;
  uint32_t subject = t;  // its last word
  for (uint32_t w = t + 1; w < end; ++w) {
    if (a_.norm(w) == "with") return IsOneOf(a_.norm(w - 1), {"and", ","}) && subject > t ? subject + 1 : t;
    if (a_.at[w].trigger >= 0 || a_.at[w].party >= 0 || a_.IsAuxiliary(w)) return t;
    const bool ends = a_.at[w].date >= 0 || IsOneOf(a_.norm(w), {",", "and", "in"});
    if (!ends && subject + 1 >= w) subject = w;
  }
  return t;
}

uint32_t PhraseReader::DateOfPartner(uint32_t t, int* date) const {
  const uint32_t end = sentence_.tokens.end;
  uint32_t d = t;
  if (d + 1 < end && a_.norm(d) == "," &&
      IsOneOf(a_.norm(d + 1), {"signed", "concluded", "struck", "dating"}))
    d += 2;
  if (d < end && IsOneOf(a_.norm(d), {"(", "in", "on", "of", "from"})) ++d;
  if (d == t || d >= end || a_.at[d].date < 0) return t;
  *date = a_.at[d].date;
  const uint32_t next = a_.dates[*date].tokens.end;
  return next < end && a_.norm(t) == "(" && a_.norm(next) == ")" ? next + 1 : next;
}

bool PhraseReader::EndsPartners(uint32_t t) const {
  return t < sentence_.tokens.end && a_.token(t).is_word && a_.at[t].date < 0 &&
         !IsOneOf(a_.norm(t), {"in", "on", "of", "from", "and", "as", "with"});
}

uint32_t PhraseReader::ReadPartnersBefore(uint32_t t) {
  if (!phrase_.plural || t >= sentence_.tokens.end || !IsOneOf(a_.norm(t), {"them", "each"})) return t;
  for (uint32_t p = phrase_.core.begin; p-- > sentence_.tokens.begin;) {
    if (a_.at[p].party < 0) continue;
    uint32_t begin = a_.parties[a_.at[p].party].tokens.begin;
    PartyIds listed;
    for (uint32_t first = begin; first > sentence_.tokens.begin; --first) {
      if (a_.at[first - 1].party < 0 && !IsOneOf(a_.norm(first - 1), {",", "and"})) break;
      if (a_.at[first - 1].party >= 0) begin = a_.parties[a_.at[first - 1].party].tokens.begin;
    }
    listed = ReadPartyList(a_, begin, phrase_.core.begin).ids;
    if (listed.size() >= 2) {
      AddIds(listed, &phrase_.partners);
      return t + 1;
    }
    p = begin;
  }
  return t;
}

void PhraseReader::ReadPartiesOfClause(uint32_t t) {
  const uint32_t end = sentence_.tokens.end;
  if (phrase_.known != nullptr || phrase_.parties.size() + phrase_.partners.size() > 0 || phrase_.between > 0)
    return;
  if (t < end && a_.norm(t) == ",") ++t;
  const bool content =
      t + 1 < end && IsOneOf(a_.norm(t), {"in", "by", "under", "with"}) && a_.norm(t + 1) == "which";
  const uint32_t begin = content ? t + 2 : t + 1;
  if (!content && (t >= end || !IsOneOf(a_.norm(t), {"that", "which"}))) return;
  const PartyList list = ReadPartyList(a_, begin, end);
  if (list.ids.empty() && !content) {
    // "a deal, which [the two countries] signed in 2002": between those.
    const uint32_t group = ReadGroup(begin);
    if (group == begin || !IsSigning(group)) phrase_.between = 0;
    return;
  }
  if (content && list.ids.size() == 1) AddOtherSide(list.ids.front(), begin);
  // "the accord that the ministers of Chile and Peru, A and B, signed"
  const uint32_t verb = list.next < end && a_.norm(list.next) == "," ? list.next + 1 : list.next;
  if (list.ids.size() != 2 || (!content && !IsSigning(verb))) return;
  AddIds(list.ids, &phrase_.parties);
}

void PhraseReader::AddOtherSide(PartyId party, uint32_t clause) {
  const uint32_t begin = phrase_.core.begin;
  const bool made = begin <= sentence_.tokens.begin + 1 || IsSigning(begin - 1);
  if (phrase_.determiner != Determiner::kIndefinite || phrase_.plural || !made || !party.is_state()) return;
  for (uint32_t t = sentence_.tokens.begin; t < sentence_.tokens.end; ++t) {
    if (t == clause || a_.at[t].party < 0) continue;
    const PartyMention& mention = a_.parties[a_.at[t].party];
    if (!mention.tokens.Contains(clause) && mention.ids.Contains(party)) return;
  }
  phrase_.partners.push_back(party);
}

void PhraseReader::ReadMakers(uint32_t t) {
  constexpr uint32_t kMaxWords = 12;
  const uint32_t end = std::min(sentence_.tokens.end, t + kMaxWords);
  if (phrase_.known != nullptr || phrase_.plural || phrase_.between > 0 ||
      phrase_.parties.size() + phrase_.partners.size() > 0)
    return;
  if (t < end && a_.norm(t) == ",") ++t;
  if (t >= end || a_.at[t].trigger < 0 || !IsSigning(t)) return;
  const LexiconMatch& act = a_.triggers[a_.at[t].trigger];
  if (act.form != VerbForm::kParticiple && act.form != VerbForm::kPastOrParticiple) return;
  for (uint32_t w = act.tokens.end; w + 1 < end; ++w) {
    if (IsOneOf(a_.norm(w), {"by", "between"})) {
      const PartyList list = ReadPartyList(a_, w + 1, sentence_.tokens.end);
      if (list.ids.size() < 2) return;
      AddIds(list.ids, &phrase_.parties);
      phrase_.multilateral = phrase_.multilateral || list.ids.size() > 2;
      return;
    }
    // When and where, and nothing else: "reached in Oslo in 2014 by …".
    const bool told = a_.at[w].date >= 0 || (a_.token(w).is_word && a_.token(w).capitalized) ||
                      IsOneOf(a_.norm(w), {"in", "on", "at", "of", "the", ",", "last", "year", "month"});
    if (!told || a_.at[w].trigger >= 0) return;
  }
}

bool PhraseReader::IsSigning(uint32_t t) const {
  const uint32_t end = sentence_.tokens.end;
  while (t < end && (a_.IsAuxiliary(t) || a_.IsAdverb(t))) ++t;
  return t < end && a_.at[t].trigger >= 0 &&
         a_.triggers[a_.at[t].trigger].entries.front()->event_type == treatywire::v1::EVENT_TYPE_SIGNED;
}

uint32_t PhraseReader::ReadCountedPartners(uint32_t begin) {
  constexpr uint32_t kMaxWordsOfCount = 5;
  constexpr size_t kMinListed = 3;
  if (!phrase_.plural) return begin;
  uint32_t noun = begin;
  bool counted = false;
  for (; noun < std::min(sentence_.tokens.end, begin + kMaxWordsOfCount); ++noun) {
    counted = counted || a_.token(noun).is_number || NumberWord(a_.norm(noun)) > 0 ||
              IsOneOf(a_.norm(noun), {"several", "many", "dozens", "other"});
    if (IsOneOf(a_.norm(noun), {"countries", "states", "nations", "partners", "neighbours", "neighbors"}))
      break;
    if (a_.at[noun].party >= 0) return begin;
  }
  if (!counted || noun >= std::min(sentence_.tokens.end, begin + kMaxWordsOfCount)) return begin;
  // "with three neighbours: Chile (2010), Peru (2012) and Fiji"
  if (noun + 2 < sentence_.tokens.end && IsOneOf(a_.norm(noun + 1), {":", "-", "(", ","})) {
    const PartyList named = ReadPartyList(a_, noun + 2, sentence_.tokens.end);
    AddIds(named.ids, &phrase_.partners);
    if (!named.ids.empty()) return ReadMorePartners(named.next);
  }
  const PartyIds listed = FirstListAfter(noun, kMinListed);
  AddIds(listed, &phrase_.partners);
  return listed.empty() ? begin : noun + 1;
}

void PhraseReader::ReadPartnersListedNext() {
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
    tells = tells || IsOneOf(a_.norm(t), {"partners", "partner", "affected", "concerned"});
    if (a_.at[t].party < 0) continue;
    PartyList list = ReadPartyList(a_, t, next->tokens.end);
    if (tells && list.ids.size() >= kMinListed) phrase_.partners = std::move(list.ids);
    return;
  }
}

PartyIds PhraseReader::FirstListAfter(uint32_t token, size_t least) const {
  constexpr uint32_t kMaxTokens = 80;
  const auto end = std::min<uint32_t>(static_cast<uint32_t>(a_.at.size()), sentence_.tokens.end + kMaxTokens);
  for (uint32_t t = token; t < end; ++t) {
    if (a_.at[t].party < 0 || a_.parties[a_.at[t].party].tokens.begin != t) continue;
    PartyList list = ReadPartyList(a_, t, end);
    if (list.ids.size() >= least) return std::move(list.ids);
  }
  return {};
}

uint32_t PhraseReader::ReadGroup(uint32_t begin) {
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

bool PhraseReader::IsBracketedYear(uint32_t t) const {
  if (t + 2 >= sentence_.tokens.end || a_.norm(t) != "(" || a_.at[t + 1].date < 0) return false;
  const DateMention& date = a_.dates[a_.at[t + 1].date];
  return date.anchor == DateAnchor::kNone && date.date.granularity != Granularity::kInterval &&
         date.tokens.end < sentence_.tokens.end && IsOneOf(a_.norm(date.tokens.end), {")", ","});
}

uint32_t PhraseReader::ReadDates(uint32_t t) {
  while (t < sentence_.tokens.end) {
    if (a_.at[t].date >= 0) {
      const int index = a_.at[t].date;
      AddDate(index);
      t = a_.dates[index].tokens.end;
    } else if (IsOneOf(a_.norm(t), {"and", ","}) && t + 1 < sentence_.tokens.end && a_.at[t + 1].date >= 0 &&
               phrase_.plural) {
      ++t;
    } else {
      break;
    }
  }
  return t;
}

uint32_t PhraseReader::SubjectEnd(uint32_t begin) const {
  uint32_t t = begin;
  while (t < sentence_.tokens.end && t < begin + 10) {
    const Token& token = a_.token(t);
    if (!token.is_word && !token.is_number && token.norm != "-" && token.norm != "\"") break;
    if (a_.at[t].date >= 0 || a_.at[t].known >= 0 || a_.IsAuxiliary(t)) break;
    // "one on trade and one on visas"
    if (token.norm == "and" && t + 1 < sentence_.tokens.end && IsOneOf(a_.norm(t + 1), {"one", "another"}))
      break;
    if (a_.at[t].trigger >= 0) {
      const LexiconMatch& trigger = a_.triggers[a_.at[t].trigger];
      if (trigger.form != VerbForm::kNone && trigger.form != VerbForm::kIng) break;
    }
    if (a_.at[t].instrument >= 0 && t > begin) break;
    if (IsOneOf(token.norm, {"with", "between", "which", "that", "who", "after", "before", "when", "while",
                             "as", "if", "unless", "since", "until", "because", "but", "although"})) {
      break;
    }
    ++t;
  }
  while (t > begin && (a_.IsFunctionWord(t - 1) || IsDeterminer(t - 1))) --t;
  return t;
}

}  // namespace treatywire::ingest
