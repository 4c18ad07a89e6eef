#include "tests/query_service/index/world.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <random>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "query_service/resolution/party_directory.h"
#include "tests/query_service/index/article_builder.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

struct Topic {
  v1::Subject subject;
  const char* words;
};
constexpr Topic kTopics[] = {
    {v1::SUBJECT_MILITARY, "defence cooperation"},
    {v1::SUBJECT_MILITARY, "military visits"},
    {v1::SUBJECT_MILITARY, "air base access"},
    {v1::SUBJECT_MILITARY, "joint exercises"},
    {v1::SUBJECT_TRADE, "free trade"},
    {v1::SUBJECT_TRADE, "customs cooperation"},
    {v1::SUBJECT_TRADE, "investment promotion"},
    {v1::SUBJECT_ENERGY, "gas supply"},
    {v1::SUBJECT_ENERGY, "civil nuclear power"},
    {v1::SUBJECT_TRANSPORT, "air services"},
    {v1::SUBJECT_TRANSPORT, "road transport"},
    {v1::SUBJECT_JUSTICE, "extradition"},
    {v1::SUBJECT_JUSTICE, "mutual legal assistance"},
    {v1::SUBJECT_RESOURCES, "fisheries"},
    {v1::SUBJECT_RESOURCES, "water sharing"},
    {v1::SUBJECT_MIGRATION, "readmission"},
    {v1::SUBJECT_MIGRATION, "visa waiver"},
    {v1::SUBJECT_SCIENCE, "space research"},
    {v1::SUBJECT_SCIENCE, "higher education"},
    {v1::SUBJECT_FINANCE, "double taxation"},
    {v1::SUBJECT_POLITICAL, "friendship"},
    {v1::SUBJECT_BORDER, "border demarcation"},
};
constexpr const char* kStates[] = {
    "FR", "RU", "DE", "PT", "CA", "US", "GB", "CN", "IN", "JP", "BR", "AR", "ZA", "KE", "NG", "EG", "TR",
    "IR", "IQ", "SA", "IL", "PL", "UA", "FI", "SE", "NO", "ES", "IT", "GR", "RO", "BG", "KZ", "UZ", "VN",
    "TH", "ID", "PH", "AU", "NZ", "MX", "CL", "PE", "CO", "MA", "DZ", "TN", "ET", "GH", "SN", "AO"};
constexpr const char* kPlaces[] = {"Tolva",   "Marrun",  "Esk",     "Quillota", "Bramfeld", "Ostrava",
                                   "Sarnen",  "Iquitos", "Vyborg",  "Kandy",    "Alor",     "Tartu",
                                   "Moroni",  "Zwolle",  "Lamia",   "Pskov",    "Galway",   "Utrecht",
                                   "Bergen",  "Kaunas",  "Maribor", "Trieste",  "Salta",    "Cusco",
                                   "Mombasa", "Jinja",   "Tampere", "Debrecen", "Plovdiv",  "Varna"};

class WorldMaker {
 public:
  explicit WorldMaker(const WorldSettings& settings) : settings_(settings), random_(settings.seed) {}

  World Make() {
    for (int i = 0; i < settings_.agreements; ++i) AddAgreement();
    for (int i = 0; i < settings_.articles; ++i) AddArticle(i);
    for (const auto& [id, version] : in_force_) {
      world_.truth.insert(version.truth.begin(), version.truth.end());
      world_.wrong_dates.insert(version.wrong_dates.begin(), version.wrong_dates.end());
    }
    FindDisputes();
    return std::move(world_);
  }

 private:
  using Dates = std::set<std::pair<int, std::string>>;  // agreement and EDTF

  struct Version {
    v1::ExtractedArticle article;
    std::map<MentionKey, int> truth;
    Dates wrong_dates;
    Dates named_dates;     // of mentions that tell by themselves which agreement they mean
    Dates nameless_dates;  // of those that tell it by their date, where the pair has several on the subject
  };

  // What nameless mentions give as the date of an agreement is one of several agreements' unless some other
  // mention names the agreement and dates it likewise: nobody can tell it from a wrong date of another.
  void FindDisputes() {
    Dates clear;
    Dates nameless;
    std::set<int> named_rightly;
    for (const auto& [id, version] : in_force_) {
      clear.insert(version.named_dates.begin(), version.named_dates.end());
      nameless.insert(version.nameless_dates.begin(), version.nameless_dates.end());
      for (const auto& dated : version.named_dates) {
        if (IsRight(dated)) named_rightly.insert(dated.first);
      }
    }
    for (const auto& dated : nameless) {
      if (named_rightly.contains(dated.first) && IsRight(dated)) {
        clear.insert(dated);
      } else {
        for (const int sibling : SiblingsOf(dated.first)) world_.wrong_dates.emplace(sibling, dated.second);
      }
    }
    std::map<int, std::set<std::string>> years;
    for (const auto& [agreement, date] : clear) years[agreement].insert(YearOf(date));
    for (const auto& dated : clear) {
      if (years[dated.first].size() > 1 && !IsRight(dated)) world_.disputed_dates.insert(dated);
    }
  }

  // Wrong dates are of another year.
  bool IsRight(const std::pair<int, std::string>& dated) const {
    return YearOf(dated.second) == YearOf(world_.agreements[static_cast<size_t>(dated.first)].signed_date);
  }

  static std::string YearOf(const std::string& date) { return date.substr(0, 4); }

  // Not the library's distributions, which differ from one library to another.
  size_t Below(size_t limit) { return random_() % limit; }
  bool Chance(double share) { return Below(1'000'000) < static_cast<size_t>(share * 1e6); }
  template <typename Array>
  auto OneOf(const Array& values) {
    return values[Below(std::size(values))];
  }

  // A day of one of `years` years. Each number is drawn in a statement of its own, here as elsewhere:
  // compilers differ in which argument they evaluate first, and a seed shall mean one world.
  std::string OneDay(size_t first_year, size_t years) {
    const size_t year = first_year + Below(years);
    const size_t month = 1 + Below(12);
    const size_t day = 1 + Below(28);
    return absl::StrFormat("%d-%02d-%02d", year, month, day);
  }

  std::string OnePaper() { return absl::StrCat("Paper ", Below(static_cast<size_t>(settings_.publishers))); }

  std::string OneState() {
    return kStates[Below(std::min<size_t>(static_cast<size_t>(settings_.parties), std::size(kStates)))];
  }

  static std::string Capital(const std::string& words) {
    std::vector<std::string> parts = absl::StrSplit(words, ' ');
    for (std::string& part : parts) part[0] = absl::ascii_toupper(static_cast<unsigned char>(part[0]));
    return absl::StrJoin(parts, " ");
  }

  bool IsTaken(const std::vector<std::string>& parties, const std::string& topic) const {
    return std::any_of(world_.agreements.begin(), world_.agreements.end(), [&](const TrueAgreement& other) {
      return other.parties == parties && other.topic == topic;
    });
  }

  bool HasSubject(const std::vector<std::string>& parties, v1::Subject subject) const {
    return std::any_of(world_.agreements.begin(), world_.agreements.end(), [&](const TrueAgreement& other) {
      return other.parties == parties && other.subject == subject;
    });
  }

  // The parties' other agreements on the subject.
  std::vector<int> SiblingsOf(int index) const {
    const TrueAgreement& agreement = world_.agreements[static_cast<size_t>(index)];
    std::vector<int> siblings;
    for (size_t i = 0; i < world_.agreements.size(); ++i) {
      const TrueAgreement& other = world_.agreements[i];
      const bool is_sibling = other.parties == agreement.parties && other.subject == agreement.subject;
      if (is_sibling && static_cast<int>(i) != index) siblings.push_back(static_cast<int>(i));
    }
    return siblings;
  }

  void AddAgreement() {
    TrueAgreement agreement;
    agreement.multilateral = Chance(0.15);
    const size_t count = agreement.multilateral ? 3 + Below(8) : 2;
    do {
      std::set<std::string> parties;
      // Pairs come again, so that one has several agreements.
      if (!agreement.multilateral && Chance(0.3) && !world_.agreements.empty()) {
        const auto& other = world_.agreements[Below(world_.agreements.size())].parties;
        if (other.size() == 2) parties.insert(other.begin(), other.end());
      }
      while (parties.size() < count) parties.insert(OneState());
      agreement.parties.assign(parties.begin(), parties.end());
      const Topic& topic = kTopics[Below(std::size(kTopics))];
      agreement.subject = topic.subject;
      agreement.topic = topic.words;
    } while (IsTaken(agreement.parties, agreement.topic) ||
             (HasSubject(agreement.parties, agreement.subject) && !Chance(settings_.same_subject)));
    agreement.signed_date = OneDay(1950, 70);
    do {
      agreement.signed_place = OneOf(kPlaces);
    } while (IsConventionTaken(agreement));
    NameIt(agreement);
    agreement.ended = Chance(0.3);
    if (agreement.ended) agreement.end_date = OneDay(2021, 1);
    world_.agreements.push_back(std::move(agreement));
  }

  void NameIt(TrueAgreement& agreement) {
    const bool treaty = Chance(0.3);
    agreement.kind = treaty ? v1::AGREEMENT_KIND_TREATY : v1::AGREEMENT_KIND_AGREEMENT;
    const std::string noun = treaty ? "Treaty" : "Agreement";
    const std::string capital = Capital(agreement.topic);
    if (agreement.multilateral) {
      // Of names of their own: the place and the topic.
      const std::string convention = absl::StrCat(agreement.signed_place, " Convention");
      agreement.kind = v1::AGREEMENT_KIND_CONVENTION;
      agreement.titles = {absl::StrCat(convention, " on ", capital), convention};
      const bool place_taken =
          std::any_of(world_.agreements.begin(), world_.agreements.end(), [&](const TrueAgreement& other) {
            return other.multilateral && other.signed_place == agreement.signed_place;
          });
      if (place_taken) agreement.titles.pop_back();
      return;
    }
    const std::string a = DescribeParty(agreement.parties[0]).display_name;
    const std::string b = DescribeParty(agreement.parties[1]).display_name;
    agreement.titles = {absl::StrCat(noun, " between the Government of ", a, " and the Government of ", b,
                                     " on ", agreement.topic),
                        absl::StrCat(a, "-", b, " ", capital, " ", noun), absl::StrCat(capital, " ", noun),
                        absl::StrCat(noun, " on ", agreement.topic)};
  }

  // Conventions of one place have topics of their own.
  bool IsConventionTaken(const TrueAgreement& agreement) const {
    return std::any_of(world_.agreements.begin(), world_.agreements.end(), [&](const TrueAgreement& other) {
      return agreement.multilateral && other.multilateral && other.signed_place == agreement.signed_place &&
             other.topic == agreement.topic;
    });
  }

  // Of the agreements that one article may speak of: mostly one, else some of one party.
  std::vector<int> Chosen() {
    std::vector<int> chosen = {static_cast<int>(Below(world_.agreements.size()))};
    const std::string party = world_.agreements[static_cast<size_t>(chosen[0])].parties[0];
    while (chosen.size() < 4 && Chance(0.3)) {
      const int other = static_cast<int>(Below(world_.agreements.size()));
      const auto& parties = world_.agreements[static_cast<size_t>(other)].parties;
      const bool shares = std::find(parties.begin(), parties.end(), party) != parties.end();
      if (shares && std::find(chosen.begin(), chosen.end(), other) == chosen.end()) chosen.push_back(other);
    }
    return chosen;
  }

  // The day, month or year of `date`.
  std::string Precision(const std::string& date) {
    const size_t choice = Below(10);
    return date.substr(0, choice < 6 ? 10 : choice < 8 ? 7 : 4);
  }

  std::string WrongDate(const std::string& date) {
    const bool later = Chance(0.5);
    const int years = 2 + static_cast<int>(Below(4));
    return absl::StrCat(std::stoi(YearOf(date)) + (later ? years : -years), date.substr(4));
  }

  void Mention(int index, const std::string& local_id, const std::string& published, ArticleBuilder& article,
               Version& version, const std::string& article_id) {
    const TrueAgreement& truth = world_.agreements[static_cast<size_t>(index)];
    MentionFields fields;
    fields.kind = Chance(0.5) ? truth.kind : v1::AGREEMENT_KIND_AGREEMENT;
    fields.multilateral = truth.multilateral;
    // What leaves a party out says what it is about and on which day it was signed, or nobody could tell.
    const bool one_party = !truth.multilateral && Chance(settings_.one_party);
    const bool titled = truth.multilateral || one_party || !Chance(settings_.untitled);
    if (titled) fields.title = one_party ? truth.titles.back() : OneOf(truth.titles);
    if (!titled || !Chance(settings_.no_subject)) fields.subject = truth.subject;
    std::vector<std::string> parties = truth.parties;
    if (one_party) parties = {truth.parties[Below(2)]};
    if (truth.multilateral) parties.resize(1 + Below(parties.size()));
    const bool nameless = !titled && !SiblingsOf(index).empty();
    const bool needs_date = nameless && !Chance(settings_.ambiguous);
    std::optional<std::string> date;
    if (one_party) {
      date = truth.signed_date;
    } else if (needs_date || Chance(settings_.dated)) {
      const bool wrong = !needs_date && Chance(settings_.wrong_date);
      date = Precision(wrong ? WrongDate(truth.signed_date) : truth.signed_date);
      if (wrong) version.wrong_dates.emplace(index, *date);
      (nameless ? version.nameless_dates : version.named_dates).emplace(index, *date);
    }
    fields.signed_date = date.value_or("");
    if (date && Chance(0.3)) fields.signed_place = truth.signed_place;
    article.Agreement(local_id, parties, fields);
    if (date)
      article.Event(local_id, v1::EVENT_TYPE_SIGNED,
                    {.date = *date, .actors = truth.multilateral ? std::vector<std::string>() : parties});
    AddNews(truth, local_id, published, parties, date.has_value(), article);
    version.truth[{article_id, local_id}] = index;
  }

  void AddNews(const TrueAgreement& truth, const std::string& local_id, const std::string& published,
               const std::vector<std::string>& parties, bool told, ArticleBuilder& article) {
    if (truth.ended && published > truth.end_date && Chance(0.6)) {
      const v1::EventType end = truth.multilateral ? v1::EVENT_TYPE_WITHDRAWN : v1::EVENT_TYPE_TERMINATED;
      article.Event(local_id, end, {.date = truth.end_date, .actors = {truth.parties[0]}});
    } else if (!told || Chance(0.4)) {
      article.Event(local_id, v1::EVENT_TYPE_BREACH_ALLEGED, {.actors = {parties[0]}});
    }
  }

  Version MakeVersion(const std::string& id) {
    const std::string published = OneDay(2020, 5);
    const std::string publisher = OnePaper();
    ArticleBuilder article(id, publisher, published);
    Version version;
    int number = 0;
    for (const int index : Chosen()) {
      Mention(index, absl::StrCat("a", ++number), published, article, version, id);
    }
    version.article = article.Build();
    return version;
  }

  // What another paper copies word for word.
  Version CopyOf(const Version& original, const std::string& id) {
    Version copy = original;
    copy.article.mutable_article()->set_article_id(id);
    copy.article.mutable_article()->set_publisher(OnePaper());
    for (int i = 0; i < copy.article.events_size(); ++i) {
      copy.article.mutable_events(i)->set_event_id(absl::StrCat(id, "-", i));
    }
    copy.truth.clear();
    for (const auto& [key, agreement] : original.truth) copy.truth[{id, key.second}] = agreement;
    return copy;
  }

  Version FirstVersion(const std::string& id) {
    if (originals_.empty() || !Chance(settings_.copied)) return MakeVersion(id);
    const Version& original = originals_[Below(originals_.size())];
    return CopyOf(original, id);
  }

  void AddArticle(int number) {
    const std::string id = absl::StrCat("article-", number);
    Put(id, FirstVersion(id));
    if (Chance(settings_.corrected)) Put(id, MakeVersion(id));
    if (!Chance(settings_.retracted)) return;
    world_.log.push_back(RetractionOf(id, world_.log.size() + 1));
    in_force_.erase(id);
  }

  void Put(const std::string& id, Version version) {
    world_.log.push_back(LogOf({version.article}, world_.log.size() + 1).front());
    constexpr size_t kMaxOriginals = 500;
    if (originals_.size() < kMaxOriginals) originals_.push_back(version);
    in_force_[id] = std::move(version);
  }

  const WorldSettings settings_;
  std::mt19937 random_;
  World world_;
  std::vector<Version> originals_;
  std::map<std::string, Version> in_force_;
};

}  // namespace

World MakeWorld(const WorldSettings& settings) { return WorldMaker(settings).Make(); }

}  // namespace treatywire::query
