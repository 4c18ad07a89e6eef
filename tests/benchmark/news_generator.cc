#include "tests/benchmark/news_generator.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace treatywire::benchmark {
namespace {

constexpr absl::string_view kCountries[] = {
    "France",   "Russia",    "Germany",   "Poland",  "Norway",  "Sweden",      "Japan",     "China",
    "India",    "Brazil",    "Mexico",    "Canada",  "Ukraine", "Turkey",      "Egypt",     "Kenya",
    "Vietnam",  "Thailand",  "Iran",      "Iraq",    "Israel",  "South Korea", "Britain",   "Spain",
    "Portugal", "Italy",     "Greece",    "Austria", "Hungary", "Romania",     "Bulgaria",  "Serbia",
    "Chile",    "Argentina", "Colombia",  "Peru",    "Nigeria", "Ethiopia",    "Indonesia", "South Africa",
    "Estonia",  "Latvia",    "Lithuania", "Finland", "Georgia"};
constexpr absl::string_view kDemonyms[] = {"French",   "Russian", "German",  "Polish",   "Norwegian",
                                           "Japanese", "Chinese", "Indian",  "Turkish",  "Egyptian",
                                           "British",  "Italian", "Spanish", "Canadian", "Mexican",
                                           "Iranian",  "Israeli", "Serbian", "Estonian", "Finnish"};
constexpr absl::string_view kCapitals[] = {
    "Paris", "Moscow",  "Berlin", "Warsaw", "Oslo",   "Stockholm", "Tokyo",  "Beijing", "Delhi", "Ankara",
    "Cairo", "Nairobi", "Hanoi",  "Geneva", "Vienna", "London",    "Madrid", "Lisbon",  "Rome",  "Athens"};
constexpr absl::string_view kSurnames[] = {"Novak",  "Lindqvist", "Okafor",  "Tanaka", "Moreau",  "Schreiber",
                                           "Haddad", "Kowalska",  "Petrova", "Silva",  "Bergman", "O'Donnell",
                                           "Mehta",  "Castillo",  "Nguyen",  "Ivanov", "Keller",  "Abdi"};
constexpr absl::string_view kFirstNames[] = {"Anna",   "Peter", "Maria", "John", "Elena",  "David",
                                             "Fatima", "Kenji", "Laura", "Omar", "Ingrid", "Paul",
                                             "Sofia",  "Ivan",  "Grace", "Tomas"};
constexpr absl::string_view kOffices[] = {"Foreign Minister",       "Prime Minister", "President",
                                          "Defence Minister",       "Trade Minister", "Ambassador",
                                          "Deputy Foreign Minister"};
constexpr absl::string_view kBodies[] = {"Foreign Ministry", "parliament", "government",
                                         "cabinet",          "Senate",     "Constitutional Court"};
constexpr absl::string_view kInstruments[] = {
    "agreement", "treaty", "pact", "accord", "convention", "protocol", "memorandum of understanding",
    "agreement", "treaty"};
constexpr absl::string_view kSubjects[] = {"fisheries",
                                           "defence cooperation",
                                           "double taxation",
                                           "air services",
                                           "extradition",
                                           "free trade",
                                           "nuclear energy",
                                           "visa-free travel",
                                           "the common border",
                                           "investment protection",
                                           "cultural exchange",
                                           "water sharing",
                                           "military transit",
                                           "social security",
                                           "customs"};
constexpr absl::string_view kActs[] = {"signed",     "ratified", "suspended", "denounced", "terminated",
                                       "initialled", "approved", "extended",  "amended",   "rejected"};
constexpr absl::string_view kMonths[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
constexpr absl::string_view kWeekdays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                           "Friday", "Saturday", "Sunday"};
constexpr absl::string_view kReasons[] = {"because of the war",          "after months of dispute",
                                          "over unpaid debts",           "citing national security",
                                          "without giving a reason",     "after a change of government",
                                          "in response to new sanctions"};
constexpr absl::string_view kCompanies[] = {"Nordwind",     "Halvorsen Group",   "Pacific Rail",
                                            "Orbis Foods",  "Castell Bank",      "Meridian Motors",
                                            "Lumen Energy", "Tamarind Textiles", "Harbour Steel"};
constexpr absl::string_view kClubs[] = {"Rovers",        "United",   "the Falcons",   "Dynamo",
                                        "the home side", "Athletic", "the champions", "City"};
constexpr absl::string_view kThings[] = {
    "a new stadium",        "the city's old harbour", "electric buses",    "higher wages",
    "the northern railway", "a museum of glass",      "school meals",      "rooftop solar panels",
    "cheaper medicines",    "the river's dams",       "wheat exports",     "a second runway",
    "the housing market",   "rare butterflies",       "a festival of jazz"};
constexpr absl::string_view kAdjectives[] = {"surprising", "modest", "record",  "steady", "unexpected",
                                             "sharp",      "small",  "welcome", "severe", "brief",
                                             "long",       "quiet",  "bitter",  "early"};

constexpr absl::string_view kAgreementSentences[] = {
    "{country} and {country} {act} an {instrument} on {subject} in {capital} on {day} {month} {year}.",
    "The {instrument} between {country} and {country} on {subject} entered into force in {month} {year}.",
    ("{office} {surname} said on {weekday} that {country} would withdraw from the {instrument} unless "
     "{capital} agreed to "
     "new talks."),
    "The {demonym} {body} {act} the {year} {instrument} on {subject} on {weekday}, {reason}.",
    "{country} has yet to ratify the {subject} {instrument}, which it signed in {year}.",
    "\"We will not prolong the {instrument},\" the {demonym} {body} said in a statement, {reason}.",
    "A month later, {capital} notified {country} that the {instrument} would lapse at the end of {year}.",
    "The {demonym}-{demonym} {instrument} on {subject}, {act} in {month} {year}, was suspended {reason}.",
    "{country} joined the {instrument} in {year}; {country} followed in {month} {year}.",
    "The document was {act} by {office} {first} {surname} and {office} {surname} in {capital}.",
    "It replaced an {instrument} that the two countries had {act} in {year}.",
    ("Officials in {capital} said that talks on a new {instrument} had ended without a date for another "
     "round."),
    "According to the {demonym} {body}, trade between the two states fell by {percent} percent in {year}.",
    "{office} {surname} declined to comment on {weekday}.",
};
constexpr absl::string_view kGeneralSentences[] = {
    "Shares of {company} rose {percent} percent on {weekday} after a {adjective} set of results.",
    "{first} {surname}, {age}, has lived in {capital} since {year} and says the city has never been so full.",
    "{club} won {goals}-{goals} away, their third {adjective} result in a row, and moved up to fourth place.",
    "The {demonym} {body} is to vote in {month} on plans to spend more on {thing}.",
    "Heavy rain is expected in the north of {country} on {weekday}, with a {adjective} wind from the west.",
    "\"Nobody asked us about {thing},\" said {first} {surname}, who runs a bakery near the station.",
    "Police in {capital} said a man of {age} was arrested after a {adjective} chase through the market.",
    ("Inflation in {country} slowed to {percent} percent in {month}, a {adjective} fall from the month "
     "before."),
    ("The {adjective} winter of {year} had left many farmers in {country} with empty barns and no money for "
     "seed."),
    "A court in {capital} sentenced {first} {surname} to {age} months for tax fraud on {weekday}.",
    "Researchers from {country} and {country} found that {thing} may matter more than was thought.",
    "{company} will close its plant in {country} next year, with the loss of {age}00 jobs.",
    "The exhibition, which opened on {day} {month}, shows how painters in {country} saw {thing}.",
    ("President {surname} visited the flooded valley on {weekday} and promised help for those who had lost "
     "their homes."),
    "Tickets cost from {goals} to {age} euros, and children under twelve get in for nothing.",
    "It was a {adjective} evening, she said, and the orchestra played as if it were the last of the season.",
    "The {body} said the number of visitors had grown by {percent} percent since {year}.",
    "Doctors warned that the {adjective} heat of {month} was most dangerous for people over {age}.",
};
constexpr absl::string_view kAgreementHeadlines[] = {"{country} quits {subject} {instrument} with {country}",
                                                     "{country}, {country} sign {instrument} on {subject}"};
constexpr absl::string_view kGeneralHeadlines[] = {"{country} plans {thing}",
                                                   "A {adjective} {month} for {company}"};

template <size_t size>
absl::Span<const absl::string_view> Of(const absl::string_view (&words)[size]) {
  return absl::MakeConstSpan(words);
}

}  // namespace

std::string NewsGenerator::Fill(absl::string_view slot) {
  const struct {
    absl::string_view slot;
    Words words;
  } kLists[] = {{"country", Of(kCountries)}, {"demonym", Of(kDemonyms)},       {"capital", Of(kCapitals)},
                {"surname", Of(kSurnames)},  {"first", Of(kFirstNames)},       {"office", Of(kOffices)},
                {"body", Of(kBodies)},       {"instrument", Of(kInstruments)}, {"subject", Of(kSubjects)},
                {"act", Of(kActs)},          {"month", Of(kMonths)},           {"weekday", Of(kWeekdays)},
                {"reason", Of(kReasons)},    {"company", Of(kCompanies)},      {"club", Of(kClubs)},
                {"thing", Of(kThings)},      {"adjective", Of(kAdjectives)}};
  for (const auto& list : kLists) {
    if (list.slot == slot) return std::string(OneOf(list.words));
  }
  if (slot == "day") return absl::StrCat(1 + Below(28));
  if (slot == "year") return absl::StrCat(1989 + Below(36));
  if (slot == "percent") return absl::StrCat(Below(20), ".", Below(10));
  if (slot == "goals") return absl::StrCat(Below(6));
  return absl::StrCat(18 + Below(60));  // "age"
}

std::string NewsGenerator::Sentence(Words patterns) {
  absl::string_view rest = OneOf(patterns);
  std::string sentence;
  while (true) {
    const size_t open = rest.find('{');
    absl::StrAppend(&sentence, rest.substr(0, open));
    if (open == absl::string_view::npos) break;
    const size_t close = rest.find('}', open);
    absl::StrAppend(&sentence, Fill(rest.substr(open + 1, close - open - 1)));
    rest.remove_prefix(close + 1);
  }
  sentence[0] = absl::ascii_toupper(static_cast<unsigned char>(sentence[0]));
  return sentence;
}

std::string NewsGenerator::Article(NewsKind kind, size_t bytes) {
  const bool agreements = kind == NewsKind::kAgreements;
  std::string article = Sentence(agreements ? Of(kAgreementHeadlines) : Of(kGeneralHeadlines));
  article += "\n\n";
  while (article.size() < bytes) {
    for (uint64_t sentences = 2 + Below(3); sentences > 0; --sentences) {
      // A dispatch of agreements tells of other things too.
      const bool other = agreements && Below(5) == 0;
      absl::StrAppend(&article,
                      Sentence(agreements && !other ? Of(kAgreementSentences) : Of(kGeneralSentences)),
                      sentences > 1 ? " " : "\n\n");
    }
  }
  return article;
}

}  // namespace treatywire::benchmark
