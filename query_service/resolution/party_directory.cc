#include "query_service/resolution/party_directory.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

struct FormerState {
  const char* id;
  const char* name;
  const char* seats;       // who continues it in its agreements
  const char* successors;  // all states on its territory
};

// ISO 3166-3. Seats follow the practice of the depositaries: Russia continues the USSR, Serbia what remained
// of Yugoslavia, Germany the GDR; Czechoslovakia's two successors share its seat.
constexpr FormerState kFormerStates[] = {
    {"SUHH", "Soviet Union", "RU", "AM AZ BY EE GE KG KZ LT LV MD RU TJ TM UA UZ"},
    {"YUCS", "Yugoslavia", "RS", "BA HR ME MK RS SI XK"},
    {"CSXX", "Serbia and Montenegro", "RS", "ME RS"},
    {"CSHH", "Czechoslovakia", "CZ SK", "CZ SK"},
    {"DDDE", "East Germany", "DE", "DE"},
    {"YDYE", "South Yemen", "YE", "YE"},
    {"VDVN", "North Vietnam", "VN", "VN"},
    {"ZRCD", "Zaire", "CD", "CD"},
    {"BUMM", "Burma", "MM", "MM"},
    {"RHZW", "Southern Rhodesia", "ZW", "ZW"},
    {"HVBF", "Upper Volta", "BF", "BF"},
    {"DYBJ", "Dahomey", "BJ", "BJ"},
    {"TPTL", "East Timor (before independence)", "TL", "TL"},
    {"ANHH", "Netherlands Antilles", "NL", "BQ CW SX"},
};

struct NamedParty {
  const char* id;
  const char* name;
};

// Where CLDR's name is not the one that news uses.
constexpr NamedParty kCommonNames[] = {
    {"BA", "Bosnia and Herzegovina"},
    {"CD", "DR Congo"},
    {"CG", "Republic of the Congo"},
    {"CI", "Ivory Coast"},
    {"CZ", "Czech Republic"},
    {"HK", "Hong Kong"},
    {"MM", "Myanmar"},
    {"MO", "Macao"},
    {"PS", "Palestine"},
    {"AG", "Antigua and Barbuda"},
    {"KN", "Saint Kitts and Nevis"},
    {"LC", "Saint Lucia"},
    {"VC", "Saint Vincent and the Grenadines"},
    {"ST", "Sao Tome and Principe"},
    {"TT", "Trinidad and Tobago"},
    {"TR", "Turkey"},
    {"XK", "Kosovo"},
};

constexpr NamedParty kOrganisations[] = {
    {"african-union", "African Union"},
    {"andean-community", "Andean Community"},
    {"arab-league", "Arab League"},
    {"asean", "ASEAN"},
    {"brics", "BRICS"},
    {"caricom", "CARICOM"},
    {"cis", "Commonwealth of Independent States"},
    {"comesa", "COMESA"},
    {"commonwealth", "Commonwealth of Nations"},
    {"council-of-europe", "Council of Europe"},
    {"cptpp", "CPTPP"},
    {"csto", "Collective Security Treaty Organization"},
    {"eac", "East African Community"},
    {"eaeu", "Eurasian Economic Union"},
    {"ecowas", "ECOWAS"},
    {"efta", "European Free Trade Association"},
    {"esa", "European Space Agency"},
    {"eu", "European Union"},
    {"euratom", "Euratom"},
    {"european-commission", "European Commission"},
    {"european-union", "European Union"},
    {"fao", "Food and Agriculture Organization"},
    {"g7", "G7"},
    {"gcc", "Gulf Cooperation Council"},
    {"iaea", "International Atomic Energy Agency"},
    {"icao", "International Civil Aviation Organization"},
    {"icc", "International Criminal Court"},
    {"igad", "IGAD"},
    {"ilo", "International Labour Organization"},
    {"imf", "International Monetary Fund"},
    {"imo", "International Maritime Organization"},
    {"interpol", "Interpol"},
    {"iom", "International Organization for Migration"},
    {"mercosur", "Mercosur"},
    {"nato", "NATO"},
    {"oas", "Organization of American States"},
    {"oecd", "OECD"},
    {"oic", "Organisation of Islamic Cooperation"},
    {"opcw", "Organisation for the Prohibition of Chemical Weapons"},
    {"opec", "OPEC"},
    {"osce", "OSCE"},
    {"pacific-islands-forum", "Pacific Islands Forum"},
    {"saarc", "SAARC"},
    {"sadc", "Southern African Development Community"},
    {"sco", "Shanghai Cooperation Organisation"},
    {"un", "United Nations"},
    {"unesco", "UNESCO"},
    {"unhcr", "UNHCR"},
    {"warsaw-pact", "Warsaw Pact"},
    {"who", "World Health Organization"},
    {"world-bank", "World Bank"},
    {"wto", "World Trade Organization"},
};

constexpr NamedParty kMovements[] = {
    {"eln", "ELN"},
    {"farc", "FARC"},
    {"fatah", "Fatah"},
    {"hamas", "Hamas"},
    {"hezbollah", "Hezbollah"},
    {"houthis", "Houthis"},
    {"ira", "IRA"},
    {"m23", "M23"},
    {"milf", "Moro Islamic Liberation Front"},
    {"pkk", "PKK"},
    {"plo", "Palestine Liberation Organization"},
    {"polisario", "Polisario Front"},
    {"renamo", "RENAMO"},
    {"rsf", "Rapid Support Forces"},
    {"sdf", "Syrian Democratic Forces"},
    {"splm", "SPLM"},
    {"swapo", "SWAPO"},
    {"taliban", "Taliban"},
    {"tplf", "TPLF"},
    {"unita", "UNITA"},
};

std::string CldrName(const char* id) {
  icu::UnicodeString name;
  icu::Locale("", id).getDisplayCountry(icu::Locale::getEnglish(), name);
  std::string utf8;
  return name.toUTF8String(utf8);
}

std::vector<std::string> Ids(absl::string_view spaced) {
  return absl::StrSplit(spaced, ' ', absl::SkipEmpty());
}

struct Directory {
  absl::flat_hash_map<std::string, PartyDescription> parties;
  absl::flat_hash_map<std::string, std::vector<std::string>> seats;  // former states only

  void Add(const char* id, std::string name, v1::PartyKind kind) {
    PartyDescription& party = parties[id];
    party.party_id = id;
    party.display_name = std::move(name);
    party.kind = kind;
  }
};

const Directory& TheDirectory() {
  static const Directory* const directory = [] {
    auto* made = new Directory;
    for (const char* const* id = icu::Locale::getISOCountries(); *id != nullptr; ++id) {
      made->Add(*id, CldrName(*id), v1::PARTY_KIND_STATE);
    }
    for (const NamedParty& party : kCommonNames) made->Add(party.id, party.name, v1::PARTY_KIND_STATE);
    for (const NamedParty& party : kOrganisations)
      made->Add(party.id, party.name, v1::PARTY_KIND_ORGANISATION);
    for (const NamedParty& party : kMovements) made->Add(party.id, party.name, v1::PARTY_KIND_MOVEMENT);
    for (const FormerState& state : kFormerStates) {
      made->Add(state.id, state.name, v1::PARTY_KIND_FORMER_STATE);
      made->parties[state.id].successors = Ids(state.successors);
      made->seats[state.id] = Ids(state.seats);
      for (const std::string& successor : Ids(state.successors)) {
        made->parties[successor].predecessors.push_back(state.id);
      }
    }
    for (auto& [id, party] : made->parties) std::sort(party.predecessors.begin(), party.predecessors.end());
    return made;
  }();
  return *directory;
}

// "african-forum" becomes "African Forum", "xyz" becomes "XYZ".
std::string Humanised(absl::string_view id) {
  if (id.size() <= 5 && !absl::StrContains(id, '-')) return absl::AsciiStrToUpper(id);
  std::vector<std::string> words = absl::StrSplit(id, '-', absl::SkipEmpty());
  for (std::string& word : words) word[0] = absl::ascii_toupper(static_cast<unsigned char>(word[0]));
  return words.empty() ? std::string(id) : absl::StrJoin(words, " ");
}

// The seats of a former state; nullptr for all others, who hold their own.
const std::vector<std::string>* FormerSeats(absl::string_view id) {
  const Directory& directory = TheDirectory();
  const auto it = directory.seats.find(id);
  return it == directory.seats.end() ? nullptr : &it->second;
}

bool HoldsSeat(const std::vector<std::string>& seats, absl::string_view id) {
  return std::find(seats.begin(), seats.end(), id) != seats.end();
}

}  // namespace

PartyDescription DescribeParty(absl::string_view party_id) {
  const Directory& directory = TheDirectory();
  if (const auto it = directory.parties.find(party_id); it != directory.parties.end()) return it->second;
  PartyDescription party;
  party.party_id = std::string(party_id);
  party.display_name = Humanised(party_id);
  return party;
}

bool IsListedParty(absl::string_view party_id) { return TheDirectory().parties.contains(party_id); }

std::vector<std::string> SeatsOf(absl::string_view party_id) {
  const std::vector<std::string>* seats = FormerSeats(party_id);
  return seats != nullptr ? *seats : std::vector<std::string>{std::string(party_id)};
}

bool SharesSeat(absl::string_view a, absl::string_view b) {
  if (a == b) return true;
  const std::vector<std::string>* of_a = FormerSeats(a);
  const std::vector<std::string>* of_b = FormerSeats(b);
  if (of_a == nullptr && of_b == nullptr) return false;
  if (of_a == nullptr) return HoldsSeat(*of_b, a);
  if (of_b == nullptr) return HoldsSeat(*of_a, b);
  return std::find_first_of(of_a->begin(), of_a->end(), of_b->begin(), of_b->end()) != of_a->end();
}

absl::string_view SeatOf(absl::string_view party_id) {
  const std::vector<std::string>* seats = FormerSeats(party_id);
  return seats != nullptr ? absl::string_view(seats->front()) : party_id;
}

std::vector<std::string> SeatSharers(absl::string_view party_id) {
  std::vector<std::string> sharers = {std::string(party_id)};
  for (const std::string& seat : SeatsOf(party_id)) sharers.push_back(seat);
  for (const auto& [id, seats] : TheDirectory().seats) {
    if (SharesSeat(id, party_id)) sharers.push_back(id);
  }
  std::sort(sharers.begin(), sharers.end());
  sharers.erase(std::unique(sharers.begin(), sharers.end()), sharers.end());
  return sharers;
}

}  // namespace treatywire::query
