#include "tests/benchmark/event_world.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"

namespace treatywire::benchmark {
namespace {

struct State {
  const char* id;
  const char* name;
};
constexpr State kStates[] = {
    {"FR", "France"},       {"RU", "Russia"},      {"DE", "Germany"},     {"PT", "Portugal"},
    {"CA", "Canada"},       {"US", "America"},     {"GB", "Britain"},     {"CN", "China"},
    {"IN", "India"},        {"JP", "Japan"},       {"BR", "Brazil"},      {"AR", "Argentina"},
    {"ZA", "South Africa"}, {"KE", "Kenya"},       {"NG", "Nigeria"},     {"EG", "Egypt"},
    {"TR", "Turkey"},       {"IR", "Iran"},        {"IQ", "Iraq"},        {"SA", "Saudi Arabia"},
    {"IL", "Israel"},       {"PL", "Poland"},      {"UA", "Ukraine"},     {"FI", "Finland"},
    {"SE", "Sweden"},       {"NO", "Norway"},      {"ES", "Spain"},       {"IT", "Italy"},
    {"GR", "Greece"},       {"RO", "Romania"},     {"BG", "Bulgaria"},    {"KZ", "Kazakhstan"},
    {"UZ", "Uzbekistan"},   {"VN", "Vietnam"},     {"TH", "Thailand"},    {"ID", "Indonesia"},
    {"PH", "Philippines"},  {"AU", "Australia"},   {"NZ", "New Zealand"}, {"MX", "Mexico"},
    {"CL", "Chile"},        {"PE", "Peru"},        {"CO", "Colombia"},    {"MA", "Morocco"},
    {"DZ", "Algeria"},      {"TN", "Tunisia"},     {"ET", "Ethiopia"},    {"GH", "Ghana"},
    {"SN", "Senegal"},      {"AO", "Angola"},      {"BE", "Belgium"},     {"NL", "Netherlands"},
    {"DK", "Denmark"},      {"AT", "Austria"},     {"HU", "Hungary"},     {"EE", "Estonia"},
    {"LV", "Latvia"},       {"LT", "Lithuania"},   {"IE", "Ireland"},     {"IS", "Iceland"},
    {"PK", "Pakistan"},     {"BD", "Bangladesh"},  {"LK", "Sri Lanka"},   {"NP", "Nepal"},
    {"MN", "Mongolia"},     {"KR", "South Korea"}, {"MY", "Malaysia"},    {"SG", "Singapore"},
    {"KH", "Cambodia"},     {"LA", "Laos"},        {"QA", "Qatar"},       {"KW", "Kuwait"},
    {"OM", "Oman"},         {"JO", "Jordan"},      {"LB", "Lebanon"},     {"UG", "Uganda"},
    {"TZ", "Tanzania"},     {"ZM", "Zambia"},      {"ZW", "Zimbabwe"},    {"MZ", "Mozambique"},
    {"BO", "Bolivia"},      {"PY", "Paraguay"},    {"UY", "Uruguay"},     {"EC", "Ecuador"},
    {"VE", "Venezuela"},    {"CU", "Cuba"},        {"PA", "Panama"},      {"CR", "Costa Rica"},
    {"GT", "Guatemala"},    {"HN", "Honduras"},    {"GE", "Georgia"},     {"AM", "Armenia"},
    {"AZ", "Azerbaijan"},   {"MD", "Moldova"},     {"BY", "Belarus"},     {"AL", "Albania"},
    {"HR", "Croatia"},      {"RS", "Serbia"},      {"SI", "Slovenia"},    {"CY", "Cyprus"}};

struct Topic {
  v1::Subject subject;
  const char* words;
};
constexpr Topic kTopics[] = {{v1::SUBJECT_MILITARY, "defence cooperation"},
                             {v1::SUBJECT_TRADE, "free trade"},
                             {v1::SUBJECT_ENERGY, "gas supply"},
                             {v1::SUBJECT_TRANSPORT, "air services"},
                             {v1::SUBJECT_JUSTICE, "extradition"},
                             {v1::SUBJECT_RESOURCES, "fisheries"},
                             {v1::SUBJECT_MIGRATION, "readmission"},
                             {v1::SUBJECT_SCIENCE, "space research"},
                             {v1::SUBJECT_FINANCE, "double taxation"},
                             {v1::SUBJECT_BORDER, "border demarcation"},
                             {v1::SUBJECT_MILITARY, "air base access"},
                             {v1::SUBJECT_TRADE, "customs cooperation"},
                             {v1::SUBJECT_ENERGY, "civil nuclear power"},
                             {v1::SUBJECT_TRANSPORT, "road transport"},
                             {v1::SUBJECT_JUSTICE, "mutual legal assistance"},
                             {v1::SUBJECT_RESOURCES, "water sharing"},
                             {v1::SUBJECT_MIGRATION, "visa waiver"},
                             {v1::SUBJECT_SCIENCE, "higher education"},
                             {v1::SUBJECT_TRADE, "investment promotion"},
                             {v1::SUBJECT_POLITICAL, "friendship"},
                             {v1::SUBJECT_MILITARY, "military visits"}};
constexpr size_t kPairs = std::size(kStates) * (std::size(kStates) - 1) / 2;
static_assert(EventWorld::kMaxAgreements <= kPairs * std::size(kTopics));

constexpr v1::EventType kTypes[] = {
    v1::EVENT_TYPE_SIGNED,     v1::EVENT_TYPE_RATIFIED,   v1::EVENT_TYPE_ENTERED_INTO_FORCE,
    v1::EVENT_TYPE_AMENDED,    v1::EVENT_TYPE_EXTENDED,   v1::EVENT_TYPE_SUSPENDED,
    v1::EVENT_TYPE_TERMINATED, v1::EVENT_TYPE_NEGOTIATED, v1::EVENT_TYPE_BREACH_ALLEGED};
constexpr const char* kSyllables[] = {"ba",  "den", "fo",  "gri", "hal", "jo",  "kem",
                                      "lur", "ma",  "nis", "o",   "pra", "quo", "ras",
                                      "sti", "tor", "ul",  "ven", "wex", "yan", "zil"};

// The same word for the same number.
std::string MadeWord(uint64_t number) {
  std::string word;
  for (number += std::size(kSyllables); number > 0; number /= std::size(kSyllables)) {
    word += kSyllables[number % std::size(kSyllables)];
  }
  return word;
}

std::string Capital(std::string word) {
  word[0] = absl::ascii_toupper(static_cast<unsigned char>(word[0]));
  return word;
}

v1::UncertainDate DateOf(const std::string& edtf) {
  v1::UncertainDate date;
  date.set_edtf(edtf);
  date.set_earliest(edtf.size() == 4 ? edtf + "-01-01" : edtf.size() == 7 ? edtf + "-01" : edtf);
  date.set_latest(edtf.size() == 4 ? edtf + "-12-31" : edtf.size() == 7 ? edtf + "-28" : edtf);
  if (edtf.size() == 7) {
    const absl::CivilMonth month(std::stoi(edtf.substr(0, 4)), std::stoi(edtf.substr(5, 2)));
    date.set_latest(absl::FormatCivilTime(absl::CivilDay(month + 1) - 1));
  }
  date.set_basis(v1::DATE_BASIS_EXPLICIT);
  date.set_surface(edtf);
  return date;
}

size_t StateNumber(const std::string& id) {
  const auto* const it = std::find_if(std::begin(kStates), std::end(kStates),
                                      [&](const State& state) { return state.id == id; });
  return static_cast<size_t>(it - std::begin(kStates));
}

}  // namespace

std::pair<std::string, std::string> EventWorld::PartiesOf(size_t agreement) const {
  // Neighbouring numbers, which are about equally often in the news, are of different parties.
  size_t pair = agreement * 1973 % kPairs;
  for (size_t first = 0; first < std::size(kStates); ++first) {
    const size_t partners = std::size(kStates) - 1 - first;
    if (pair < partners) return {kStates[first].id, kStates[first + 1 + pair].id};
    pair -= partners;
  }
  return {};
}

std::string EventWorld::OneWord(bool rare) { return MadeWord(rare ? 1000 + Below(8000) : Below(1000)); }

std::string EventWorld::Date(int first_year, int years) {
  const int year = first_year + static_cast<int>(Below(static_cast<uint64_t>(years)));
  const uint64_t precision = Below(10);
  if (precision == 0) return absl::StrCat(year);
  const std::string month = absl::StrFormat("%d-%02d", year, 1 + Below(12));
  return precision < 3 ? month : absl::StrFormat("%s-%02d", month, 1 + Below(28));
}

v1::AgreementMention EventWorld::MentionOf(size_t agreement, const std::string& local_id) {
  const auto [a, b] = PartiesOf(agreement);
  const Topic& topic = kTopics[(agreement / kPairs + agreement) % std::size(kTopics)];
  v1::AgreementMention mention;
  mention.set_local_id(local_id);
  for (const std::string& id : {a, b}) {
    v1::PartyRef& party = *mention.add_parties();
    party.set_party_id(id);
    party.set_surface(kStates[StateNumber(id)].name);
  }
  mention.set_kind(v1::AGREEMENT_KIND_AGREEMENT);
  mention.set_subject(topic.subject);
  switch (Below(3)) {
    case 0:
      mention.set_title(absl::StrCat("agreement on ", topic.words));
      break;
    case 1:
      mention.set_title(absl::StrCat(topic.words, " agreement"));
      break;
    default:
      mention.set_title(absl::StrCat("Agreement between ", mention.parties(0).surface(), " and ",
                                     mention.parties(1).surface(), " on ", topic.words));
  }
  return mention;
}

std::string EventWorld::Sentence(const v1::AgreementMention& mention, v1::EventType type,
                                 const std::string& date) {
  std::string sentence =
      absl::StrCat(mention.parties(0).surface(), " and others saw the ", mention.title(), " ",
                   absl::AsciiStrToLower(v1::EventType_Name(type).substr(11)), " on ", date);
  // Six words of a thousand, two of eight thousand more.
  for (int i = 0; i < 8; ++i) absl::StrAppend(&sentence, i == 4 ? ", " : " ", OneWord(i >= 6));
  return sentence + ".";
}

void EventWorld::AddEvent(const v1::AgreementMention& mention, v1::EventType type, const std::string& actor,
                          const std::string& date, v1::ExtractedArticle& article) {
  v1::AgreementEvent& event = *article.add_events();
  event.set_event_id(absl::StrFormat("%016x-%d", random_(), article.events_size()));
  event.set_type(type);
  event.set_modality(Below(12) == 0 ? v1::MODALITY_PLANNED : v1::MODALITY_ASSERTED);
  *event.mutable_agreement() = mention;
  v1::PartyRef& party = *event.add_actors();
  party.set_party_id(actor);
  party.set_surface(kStates[StateNumber(actor)].name);
  *event.mutable_date() = DateOf(date);
  v1::Evidence& evidence = *event.mutable_evidence();
  evidence.set_text(Sentence(mention, type, date));
  evidence.set_begin_byte(200 * article.events_size());
  evidence.set_end_byte(evidence.begin_byte() + static_cast<int>(evidence.text().size()));
  evidence.set_cue(absl::AsciiStrToLower(v1::EventType_Name(type).substr(11)));
  event.set_confidence(0.9);
}

v1::ExtractedArticle EventWorld::Begin() {
  const uint64_t number = ++articles_;
  v1::ExtractedArticle extraction;
  v1::Article& article = *extraction.mutable_article();
  article.set_article_id(absl::StrFormat("u-%016x%08x", random_(), number));
  article.set_publisher(absl::StrCat("Paper ", Below(400)));
  article.set_uri(absl::StrCat("https://news.example/", number));
  article.set_title(absl::StrCat(Capital(OneWord(false)), " ", OneWord(false), " ", OneWord(false)));
  article.set_mime_type("text/plain");
  article.set_language("en");
  article.set_content_digest(
      absl::StrFormat("sha256:%016x%016x%016x%016x", random_(), random_(), random_(), random_()));
  // Ten years of news, mostly as it came.
  article.mutable_publish_time()->set_seconds(1420000000 + static_cast<int64_t>(number * 600 % 315000000));
  extraction.set_extractor_version("1");
  return extraction;
}

v1::ExtractedArticle EventWorld::ConventionArticle(size_t convention) {
  v1::ExtractedArticle article = Begin();
  const std::string name = Capital(MadeWord(convention * 977 + 9000));
  v1::AgreementMention mention;
  mention.set_local_id("a1");
  mention.set_title(absl::StrCat(name, " Convention"));
  mention.set_kind(v1::AGREEMENT_KIND_CONVENTION);
  mention.set_subject(v1::SUBJECT_ENVIRONMENT);
  mention.set_multilateral(true);
  for (size_t i = 0; i < 4; ++i) {
    v1::PartyRef& party = *mention.add_parties();
    party.set_party_id(kStates[i].id);
    party.set_surface(kStates[i].name);
  }
  for (size_t i = 0; i < kConventionEntries; ++i) {
    AddEvent(mention, v1::EVENT_TYPE_RATIFIED, kStates[i].id,
             absl::StrFormat("%d-%02d-%02d", 1990 + static_cast<int>(i) / 2, 1 + Below(12), 1 + Below(28)),
             article);
    article.mutable_events(static_cast<int>(i))->set_modality(v1::MODALITY_ASSERTED);
  }
  return article;
}

v1::ExtractedArticle EventWorld::NewsArticle() {
  v1::ExtractedArticle article = Begin();
  const uint64_t mentions = 2 + Below(2);
  for (uint64_t i = 1; i <= mentions; ++i) {
    // The square of what is evenly spread: the tenth in the news most often has a third of it.
    const double spread = static_cast<double>(Below(1 << 20)) / (1 << 20);
    const auto agreement = static_cast<size_t>(spread * spread * static_cast<double>(settings_.agreements));
    const v1::AgreementMention mention = MentionOf(agreement, absl::StrCat("a", i));
    for (int event = 0; event < 2; ++event) {
      const v1::EventType type = kTypes[Below(std::size(kTypes))];
      const std::string actor = mention.parties(static_cast<int>(Below(2))).party_id();
      // An act that can happen but once has its date, told more or less exactly.
      const std::string date = absl::StrFormat("%d-%02d-%02d", 1980 + (agreement + type) % 40,
                                               1 + (agreement + type) % 12, 1 + agreement % 28);
      AddEvent(mention, type, actor, Below(3) == 0 ? date.substr(0, 4) : date, article);
    }
  }
  return article;
}

void EventWorld::Finish(v1::ExtractedArticle article, std::vector<v1::LogRecord>& records) {
  events_ += static_cast<size_t>(article.events_size());
  v1::LogRecord& record = records.emplace_back();
  record.set_revision(articles_);
  *record.mutable_extraction() = std::move(article);
}

std::vector<v1::LogRecord> EventWorld::Next(size_t events) {
  std::vector<v1::LogRecord> records;
  const size_t goal = events_ + events;
  while (events_ < goal) {
    Finish(articles_ < kConventions ? ConventionArticle(articles_) : NewsArticle(), records);
  }
  return records;
}

}  // namespace treatywire::benchmark
