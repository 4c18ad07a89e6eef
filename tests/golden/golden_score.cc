#include "tests/golden/golden_score.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "ingest_service/temporal/uncertain_date.h"

namespace treatywire::golden {
namespace {

namespace v1 = treatywire::v1;

// --- What both sides are reduced to ---

struct Agreement {
  std::set<std::string> parties;
  bool multilateral = false;
  std::set<std::set<std::string>> names;  // words of each
  std::set<std::string> subjects;
  std::string signed_edtf;
};

struct Fact {
  int agreement = 0;
  std::string type;
  std::string actor;  // empty: nobody's in particular, or all parties'
  std::string date_edtf;
  std::string modality;
};

struct Reading {
  std::vector<Agreement> agreements;
  std::vector<Fact> facts;
};

const std::string& Folded(const std::string& type) {
  static const auto& folds = *new std::map<std::string, std::string>{
      {"INITIALLED", "SIGNED"},
      {"CONCLUDED", "SIGNED"},
      {"PROPOSED", "NEGOTIATED"},
      {"APPROVED", "RATIFIED"},
      {"DEPOSITED", "RATIFIED"},
      {"SUCCEEDED", "ACCEDED"},
      {"PROVISIONALLY_APPLIED", "ENTERED_INTO_FORCE"},
      {"CONSENT_REVOKED", "ENDED"},
      {"INVALIDATED", "ENDED"},
      {"WITHDRAWN", "ENDED"},
      {"TERMINATED", "ENDED"},
      {"SUPERSEDED", "REPLACED"},
      {"BREACH_ALLEGED", "BREACHED"},
  };
  const auto found = folds.find(type);
  return found == folds.end() ? type : found->second;
}

bool IsActOfOne(const std::string& type) {
  static const auto& types = *new std::set<std::string>{"RATIFIED", "ACCEDED",  "ENDED",    "SUSPENDED",
                                                        "RESUMED",  "NOTIFIED", "BREACHED", "REJECTED"};
  return types.contains(type);
}

class Reducer {
 public:
  explicit Reducer(const ingest::Lexicon& lexicon) : lexicon_(lexicon) {}

  Reading Reduce(const GoldenArticle& golden) {
    std::map<std::string, int> index;
    for (const GoldenAgreement& agreement : golden.agreements) {
      index[agreement.id] = static_cast<int>(reading_.agreements.size());
      Agreement& added = reading_.agreements.emplace_back();
      for (const std::string& party : agreement.parties) added.parties.insert(Party(party));
      added.multilateral = agreement.multilateral;
      for (const std::string& name : agreement.names) added.names.insert(NameWords(name));
      added.subjects = {agreement.subject};
      added.signed_edtf = agreement.signed_edtf;
    }
    for (const GoldenEvent& event : golden.events)
      AddFacts(index[event.agreement], event.type, event.actors, event.date_edtf, event.modality);
    return std::move(reading_);
  }

  Reading Reduce(const v1::ExtractedArticle& extraction) {
    std::map<std::string, int> index;
    for (const v1::AgreementEvent& event : extraction.events()) {
      const v1::AgreementMention& mention = event.agreement();
      const auto [found, is_new] =
          index.try_emplace(mention.local_id(), static_cast<int>(reading_.agreements.size()));
      if (is_new) reading_.agreements.emplace_back();
      AddMention(mention, &reading_.agreements[found->second]);
      std::set<std::string> actors;
      for (const v1::PartyRef& actor : event.actors()) actors.insert(actor.party_id());
      AddFacts(found->second, Name("EVENT_TYPE_", v1::EventType_Name(event.type())), actors,
               event.date().edtf(), Name("MODALITY_", v1::Modality_Name(event.modality())));
    }
    return std::move(reading_);
  }

 private:
  static std::string Name(absl::string_view prefix, absl::string_view name) {
    absl::ConsumePrefix(&name, prefix);
    return std::string(name);
  }

  // Its successor's id for a former state.
  std::string Party(const std::string& id) const {
    const ingest::PartyInfo* info = lexicon_.FindParty(id);
    return info == nullptr || info->successors.empty() ? id : std::string(info->successors.front().text());
  }

  // The words that tell a name apart, in lower case.
  static std::set<std::string> NameWords(absl::string_view name) {
    static const auto& common = *new std::set<std::string>{
        "the", "of",     "on",         "and",       "for",    "in",      "between", "with", "a",
        "an",  "treaty", "convention", "agreement", "accord", "accords", "pact",    "to",   "deal"};
    std::set<std::string> words;
    for (const absl::string_view word :
         absl::StrSplit(name, absl::ByAnyChar(" -\"'(),./"), absl::SkipEmpty())) {
      std::string lower = absl::AsciiStrToLower(word);
      if (!common.contains(lower)) words.insert(std::move(lower));
    }
    return words;
  }

  void AddMention(const v1::AgreementMention& mention, Agreement* agreement) const {
    for (const v1::PartyRef& party : mention.parties()) agreement->parties.insert(Party(party.party_id()));
    agreement->multilateral = agreement->multilateral || mention.multilateral();
    std::vector<std::string> names(mention.aliases().begin(), mention.aliases().end());
    names.push_back(mention.title());
    if (const ingest::KnownAgreement* known = lexicon_.FindAgreement(mention.known_agreement()))
      names.push_back(known->title);
    for (const std::string& name : names) {
      if (std::set<std::string> words = NameWords(name); !words.empty())
        agreement->names.insert(std::move(words));
    }
    agreement->subjects.insert(Name("SUBJECT_", v1::Subject_Name(mention.subject())));
    if (agreement->signed_edtf.empty()) agreement->signed_edtf = mention.signed_date().edtf();
  }

  void AddFacts(int agreement, const std::string& type, const std::set<std::string>& actors,
                const std::string& date, const std::string& modality) {
    std::set<std::string> parties;
    for (const std::string& actor : actors) parties.insert(Party(actor));
    if (parties.empty()) parties.insert("");
    for (const std::string& party : parties)
      reading_.facts.push_back({agreement, Folded(type), party, date, modality});
  }

  const ingest::Lexicon& lexicon_;
  Reading reading_;
};

// Acts of the parties together are one fact of a bilateral agreement.
void JoinActsOfAll(Reading* reading, const std::vector<bool>& bilateral) {
  std::vector<Fact> joined;
  std::set<std::tuple<int, std::string, std::string, std::string>> seen;
  for (Fact& fact : reading->facts) {
    if (bilateral[fact.agreement] && !IsActOfOne(fact.type)) {
      fact.actor.clear();
      if (!seen.insert({fact.agreement, fact.type, fact.date_edtf, fact.modality}).second) continue;
    }
    joined.push_back(std::move(fact));
  }
  reading->facts = std::move(joined);
}

// --- Pairing ---

bool SameDays(const std::string& a, const std::string& b) {
  const auto x = ingest::ParseEdtf(a);
  const auto y = ingest::ParseEdtf(b);
  return x.ok() && y.ok() && x->earliest == y->earliest && x->latest == y->latest;
}

// 0 where they cannot be one.
double Fit(const Agreement& golden, const Agreement& found) {
  const bool named = std::any_of(golden.names.begin(), golden.names.end(),
                                 [&](const auto& name) { return found.names.contains(name); });
  double fit = named ? 2 : 0;
  if (!golden.multilateral) {
    if (golden.parties == found.parties) fit += 2;
  } else if (!golden.parties.empty() && !found.parties.empty()) {
    std::set<std::string> all = golden.parties;
    all.insert(found.parties.begin(), found.parties.end());
    const size_t shared = golden.parties.size() + found.parties.size() - all.size();
    if (2 * shared >= all.size()) fit += 1;
  }
  if (fit == 0) return 0;
  if (SameDays(golden.signed_edtf, found.signed_edtf)) fit += 0.5;
  if (found.subjects.contains(*golden.subjects.begin())) fit += 0.2;
  return fit;
}

struct Pair {
  double fit = 0;
  size_t golden = 0;
  size_t found = 0;
};

// Pairs each with at most one of the other side, the best first.
std::vector<Pair> PairBest(std::vector<Pair> candidates) {
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Pair& a, const Pair& b) { return a.fit > b.fit; });
  std::set<size_t> golden;
  std::set<size_t> found;
  std::vector<Pair> pairs;
  for (const Pair& pair : candidates) {
    if (golden.contains(pair.golden) || found.contains(pair.found)) continue;
    golden.insert(pair.golden);
    found.insert(pair.found);
    pairs.push_back(pair);
  }
  return pairs;
}

std::vector<Pair> PairAgreements(const Reading& golden, const Reading& found) {
  std::vector<Pair> candidates;
  for (size_t g = 0; g < golden.agreements.size(); ++g) {
    for (size_t f = 0; f < found.agreements.size(); ++f) {
      double fit = Fit(golden.agreements[g], found.agreements[f]);
      if (fit == 0) continue;
      // Of several agreements of the same parties: the one to which the same happened.
      for (const Fact& fact : golden.facts) {
        if (fact.agreement != static_cast<int>(g)) continue;
        fit += 0.01 * std::any_of(found.facts.begin(), found.facts.end(), [&](const Fact& other) {
                 return other.agreement == static_cast<int>(f) && other.type == fact.type;
               });
      }
      candidates.push_back({fit, g, f});
    }
  }
  return PairBest(std::move(candidates));
}

std::vector<Pair> PairFacts(const Reading& golden, const Reading& found,
                            const std::vector<Pair>& agreements) {
  std::vector<Pair> candidates;
  for (size_t g = 0; g < golden.facts.size(); ++g) {
    for (size_t f = 0; f < found.facts.size(); ++f) {
      const Fact& a = golden.facts[g];
      const Fact& b = found.facts[f];
      const bool of_one = std::any_of(agreements.begin(), agreements.end(), [&](const Pair& pair) {
        return pair.golden == static_cast<size_t>(a.agreement) &&
               pair.found == static_cast<size_t>(b.agreement);
      });
      const bool actor_fits = a.actor == b.actor || a.actor.empty() || b.actor.empty();
      if (!of_one || a.type != b.type || !actor_fits) continue;
      const bool same_days =
          (a.date_edtf.empty() && b.date_edtf.empty()) || SameDays(a.date_edtf, b.date_edtf);
      candidates.push_back(
          {1.0 + 4.0 * (a.actor == b.actor) + 2.0 * same_days + (a.modality == b.modality), g, f});
    }
  }
  return PairBest(std::move(candidates));
}

std::vector<bool> BilateralOf(const Reading& golden) {
  std::vector<bool> bilateral;
  for (const Agreement& agreement : golden.agreements) bilateral.push_back(!agreement.multilateral);
  return bilateral;
}

Tally TallyOf(size_t paired, size_t golden, size_t found) {
  return {static_cast<int>(paired), static_cast<int>(golden - paired), static_cast<int>(found - paired)};
}

}  // namespace

double Tally::F1() const {
  const int all = 2 * found + missed + spurious;
  return all == 0 ? 1 : 2.0 * found / all;
}

Tally& Tally::operator+=(const Tally& other) {
  found += other.found;
  missed += other.missed;
  spurious += other.spurious;
  return *this;
}

double Share::Value() const { return all == 0 ? 1 : static_cast<double>(right) / all; }

Share& Share::operator+=(const Share& other) {
  right += other.right;
  all += other.all;
  return *this;
}

GoldenScore& GoldenScore::operator+=(const GoldenScore& other) {
  agreements += other.agreements;
  events += other.events;
  dates += other.dates;
  modalities += other.modalities;
  subjects += other.subjects;
  return *this;
}

GoldenScore Compare(const GoldenArticle& golden_article, const v1::ExtractedArticle& extraction,
                    const ingest::Lexicon& lexicon) {
  Reading golden = Reducer(lexicon).Reduce(golden_article);
  Reading found = Reducer(lexicon).Reduce(extraction);
  const std::vector<Pair> agreements = PairAgreements(golden, found);

  const std::vector<bool> golden_bilateral = BilateralOf(golden);
  std::vector<bool> found_bilateral = BilateralOf(found);
  for (const Pair& pair : agreements) found_bilateral[pair.found] = golden_bilateral[pair.golden];
  JoinActsOfAll(&golden, golden_bilateral);
  JoinActsOfAll(&found, found_bilateral);
  const std::vector<Pair> facts = PairFacts(golden, found, agreements);

  GoldenScore score;
  score.agreements = TallyOf(agreements.size(), golden.agreements.size(), found.agreements.size());
  score.events = TallyOf(facts.size(), golden.facts.size(), found.facts.size());
  for (const Pair& pair : agreements) {
    const std::string& subject = *golden.agreements[pair.golden].subjects.begin();
    score.subjects += {found.agreements[pair.found].subjects.contains(subject), 1};
  }
  for (const Pair& pair : facts) {
    const Fact& a = golden.facts[pair.golden];
    const Fact& b = found.facts[pair.found];
    score.modalities += {a.modality == b.modality, 1};
    if (!a.date_edtf.empty()) score.dates += {SameDays(a.date_edtf, b.date_edtf), 1};
  }
  return score;
}

}  // namespace treatywire::golden
