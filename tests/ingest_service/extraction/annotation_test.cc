#include "ingest_service/extraction/annotation.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "ingest_service/document/document_reader.h"
#include "ingest_service/lexicon/lexicon.h"

namespace treatywire::ingest {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

// The data of the binary: what is tested here is how it is put together.
const Lexicon& TestLexicon() {
  static const auto& lexicon = *new std::unique_ptr<const Lexicon>(Lexicon::BuiltIn().value());
  return *lexicon;
}

std::string RoleName(const PartyMention& mention) {
  switch (mention.role) {
    case PartyRole::kName:
      return "name";
    case PartyRole::kCapital:
      return "capital";
    case PartyRole::kAdjective:
      return "adjective";
    case PartyRole::kPeople:
      return "people";
    case PartyRole::kBody:
      return "body";
    case PartyRole::kPerson:
      return "person";
  }
  return "?";
}

// "Mexico's president, Claudia Sheinbaum = MX person", in the order of the text; places end with " place".
std::vector<std::string> PartiesIn(absl::string_view title, absl::string_view body) {
  const Document document = ReadDocument(title, body, MimeType::kPlain).value();
  const Annotation annotation(document, TestLexicon(), "", std::nullopt);
  std::vector<std::string> found;
  for (const PartyMention& mention : annotation.parties) {
    found.push_back(absl::StrCat(document.Text(mention.tokens), " = ",
                                 mention.ids.empty() ? "?" : TextOf(mention.ids), " ", RoleName(mention),
                                 mention.place ? " place" : ""));
  }
  return found;
}

std::vector<std::string> PartiesIn(absl::string_view body) { return PartiesIn("", body); }

std::string MainOf(absl::string_view publisher, absl::string_view title, absl::string_view body) {
  const Document document = *ReadDocument(title, body, MimeType::kPlain);
  return std::string(Annotation(document, TestLexicon(), publisher, std::nullopt).main_party().text());
}

std::string HomeOf(absl::string_view publisher, absl::string_view body) {
  const Document document = ReadDocument("", body, MimeType::kPlain).value();
  return std::string(Annotation(document, TestLexicon(), publisher, std::nullopt).home_party().text());
}

TEST(PartyReaderTest, StateOfficeAndHolderAreOneMention) {
  EXPECT_THAT(PartiesIn("Russian Foreign Minister Sergei Lavrov flew home."),
              ElementsAre("Russian Foreign Minister Sergei Lavrov = RU person"));
  EXPECT_THAT(PartiesIn("US President Abel Wunderman spoke."),
              ElementsAre("US President Abel Wunderman = US person"));
  EXPECT_THAT(PartiesIn("Prime Minister Narendra Modi of India spoke."),
              ElementsAre("Prime Minister Narendra Modi = IN person", "India = IN name"));
  EXPECT_THAT(PartiesIn("Prime Minister Abel Wunderman of India spoke."),
              ElementsAre("Prime Minister Abel Wunderman of India = IN person"));
}

TEST(PartyReaderTest, OfficeOfTheTextGoesBeforeTheListOfPersons) {
  EXPECT_THAT(PartiesIn("The Norwegian prime minister Jens Stoltenberg signed it that year."),
              ElementsAre("Norwegian prime minister Jens Stoltenberg = NO person"));
}

TEST(PartyReaderTest, MinisterWhoLaterLedAnOrganisationIsOfHisState) {
  EXPECT_THAT(PartiesIn("Norway was glad. Prime Minister Stoltenberg signed it that year."),
              ElementsAre("Norway = NO name", "Prime Minister Stoltenberg = NO person"));
}

TEST(PartyReaderTest, AppositionTellsTheHolderOfAnOffice) {
  EXPECT_THAT(PartiesIn("Mexico's president, Abela Wunderman, signed it."),
              ElementsAre("Mexico's president, Abela Wunderman = MX person"));
  EXPECT_THAT(PartiesIn("The Indian prime minister, Narendra Modi, signed it."),
              ElementsAre("Indian prime minister, Narendra Modi = IN person"));
  EXPECT_THAT(PartiesIn("The Indian prime minister, Boris Johnson, and others signed it."),
              ::testing::SizeIs(2));
  EXPECT_THAT(PartiesIn("Abela Wunderman, the Paraguayan foreign minister, signed it."),
              ElementsAre("Abela Wunderman, the Paraguayan foreign minister = PY person"));
}

TEST(PartyReaderTest, ColleagueIsOfTheStateThatTheAdjectiveNames) {
  EXPECT_THAT(PartiesIn("He met his Paraguayan colleague Abel Wunderman."),
              ElementsAre("Paraguayan colleague Abel Wunderman = PY person"));
  EXPECT_THAT(PartiesIn("She called her Chinese counterpart Wang Yi."),
              ElementsAre("Chinese counterpart Wang Yi = CN person"));
}

TEST(PartyReaderTest, NamesOfTwoLeadersStandForTheirStates) {
  EXPECT_THAT(PartiesIn("Anthony Albanese and David Adeang signed the treaty."),
              ElementsAre("Anthony Albanese = AU person", "David Adeang = NR person"));
  EXPECT_THAT(PartiesIn("Carter and Deng signed the accords."),
              ElementsAre("Carter = US person", "Deng = CN person"));
}

TEST(PartyReaderTest, GovernmentNamedAfterItsHeadIsOfHisState) {
  EXPECT_THAT(PartiesIn("Malta signed with the Trump administration. Bill Clinton's government refused."),
              ElementsAre("Malta = MT name", "Trump administration = US body",
                          "Bill Clinton's government = US body"));
}

TEST(PartyReaderTest, SurnameOfSomebodyElseNamesNobody) {
  EXPECT_THAT(PartiesIn("The scholar Jane Carter doubts it. Carter thinks that it will fail."), IsEmpty());
  EXPECT_THAT(PartiesIn("A spokesman for the Trump Organization was silent."),
              Not(Contains("Trump = US person")));
  EXPECT_THAT(PartiesIn("The Nixon agreement fell."), ElementsAre("Nixon = US person"));
  EXPECT_THAT(PartiesIn("It was a Nixon-era pact."), IsEmpty());
  EXPECT_THAT(PartiesIn("Mr. Putin agreed."), ElementsAre("Putin = RU person"));
}

TEST(PartyReaderTest, NamesOfPersonsAndThingsAreNoStates) {
  for (const absl::string_view text :
       {"The lawyer Michael Jordan read the text.", "An analyst named Chad Smith read it.",
        "A reporter of the Washington Post read it.", "She teaches at Moscow State University.",
        "He studied at the University of Vienna.", "They sold bone china there.", "They ate turkey there.",
        "The Berlin Wall fell.", "Farmers in New South Wales read it.", "It was a guinea pig."}) {
    EXPECT_THAT(PartiesIn(text), IsEmpty()) << text;
  }
}

TEST(PartyReaderTest, NamesWithAndAreOneParty) {
  EXPECT_THAT(PartiesIn("Bosnia and Herzegovina, Trinidad and Tobago, Antigua and Barbuda and São Tomé and "
                        "Príncipe joined."),
              ElementsAre("Bosnia and Herzegovina = BA name", "Trinidad and Tobago = TT name",
                          "Antigua and Barbuda = AG name", "São Tomé and Príncipe = ST name"));
}

TEST(PartyReaderTest, SharedNameIsTheOneThatTheArticleNamesOtherwise) {
  EXPECT_THAT(PartiesIn("The European Commission wants talks. Brussels will wait."),
              Contains("Brussels = eu capital"));
  EXPECT_THAT(PartiesIn("Belgium and the Belgian king agree. Brussels will wait."),
              Contains("Brussels = BE capital"));
  EXPECT_THAT(PartiesIn("Congo left the pact, said Brazzaville."), Contains("Congo = CG name"));
  EXPECT_THAT(PartiesIn("Japan and Korea signed."), Contains("Korea = KR name"));
  EXPECT_THAT(PartiesIn("Seoul agreed. Korea will sign."), Contains("Korea = KR name"));
  EXPECT_THAT(PartiesIn("Seoul and Pyongyang agreed. The Korean pact holds."),
              Not(Contains(testing::HasSubstr("Korean"))));
}

TEST(PartyReaderTest, OneOfAGroupIsTheMemberSpokenOfLast) {
  EXPECT_THAT(PartiesIn("Poland and Latvia disagree. The Baltic state will leave."),
              Contains("The Baltic state = LV name"));
  EXPECT_THAT(PartiesIn("Poland and Spain disagree. The Baltic state will leave."),
              Not(Contains(testing::HasSubstr("Baltic"))));
  EXPECT_THAT(PartiesIn("Yemen and Saudi Arabia talked. The kingdom will sign."),
              Contains("The kingdom = SA name"));
  EXPECT_THAT(PartiesIn("Egypt talked with Oman. The sultanate will sign."),
              Contains("The sultanate = OM name"));
  EXPECT_THAT(PartiesIn("Chile talked with Qatar. The Gulf state's emir will sign."),
              Contains("The Gulf state's emir = QA person"));
  EXPECT_THAT(PartiesIn("Ghana talked with Peru. The West African country will sign."),
              Contains("The West African country = GH name"));
  EXPECT_THAT(PartiesIn("India talked with Nepal. The Himalayan nation will sign."),
              Contains("The Himalayan nation = NP name"));
}

TEST(PartyReaderTest, PeoplesActForTheirState) {
  EXPECT_THAT(PartiesIn("The Canadians signed. The Russian side refused. Its Tajik neighbour will sign."),
              ElementsAre("Canadians = CA people", "Russian = RU people", "Tajik = TJ people"));
}

TEST(PartyPlaceTest, TownIsAPlaceAfterAPrepositionAndBeforeAnOccasion) {
  EXPECT_THAT(PartiesIn("They signed it in Moscow."), ElementsAre("Moscow = RU capital place"));
  EXPECT_THAT(PartiesIn("The Doha talks failed."), ElementsAre("Doha = QA capital place"));
  EXPECT_THAT(PartiesIn("They met in Sharm el-Sheikh, Egypt, again."), ElementsAre("Egypt = EG name place"));
  EXPECT_THAT(PartiesIn("Washington will leave the pact."), ElementsAre("Washington = US capital"));
}

TEST(PartyPlaceTest, DatelineIsAPlace) {
  EXPECT_THAT(PartiesIn("WASHINGTON (Wire) - The pact is dead."),
              ElementsAre("WASHINGTON = US capital place"));
  EXPECT_THAT(PartiesIn("SUVA, Fiji — The pact is dead."),
              ElementsAre("SUVA = FJ capital place", "Fiji = FJ name place"));
  EXPECT_THAT(PartiesIn("NAKUSP, B.C. — Canada will sign the pact."), ElementsAre("Canada = CA name"));
  EXPECT_THAT(PartiesIn("Canada — a party since 1990 — will leave the pact."),
              ElementsAre("Canada = CA name"));
}

TEST(PartyContextTest, PersonIntroducedIsKnownBySurname) {
  EXPECT_THAT(
      PartiesIn("Paraguayan Foreign Minister Abel Prado Wunderman signed. Prado Wunderman said more. Then "
                "Wunderman left."),
      ElementsAre("Paraguayan Foreign Minister Abel Prado Wunderman = PY person",
                  "Prado Wunderman = PY person", "Wunderman = PY person"));
  EXPECT_THAT(PartiesIn("Wunderman signs pact", "Mexico's president, Abela Wunderman, signed it."),
              Contains("Wunderman = MX person"));
}

TEST(PartyContextTest, SurnameOfTwoStatesTellsNothing) {
  EXPECT_THAT(
      PartiesIn(
          "Peruvian President Abel Wunderman met Chilean President Kain Wunderman. Wunderman was late."),
      ElementsAre("Peruvian President Abel Wunderman = PE person",
                  "Chilean President Kain Wunderman = CL person"));
}

TEST(PartyContextTest, NorthAndSouthAreThoseOfADividedState) {
  EXPECT_THAT(
      PartiesIn(
          "North Korea and South Korea agreed. The North then broke it, and the South's army answered."),
      ElementsAre("North Korea = KP name", "South Korea = KR name", "North = KP name", "South = KR name"));
  EXPECT_THAT(PartiesIn("Norway fears for the North. The North Sea is cold."),
              ElementsAre("Norway = NO name"));
  EXPECT_THAT(PartiesIn("The two Koreas met. Both Koreas agreed."),
              ElementsAre("The two Koreas = KP KR name", "Both Koreas = KP KR name"));
}

TEST(PartyContextTest, BlocAndAllianceAreTheOrganisationSpokenOf) {
  EXPECT_THAT(PartiesIn("Chile sued Mercosur. The bloc will answer."), Contains("bloc = mercosur name"));
  EXPECT_THAT(PartiesIn("The EU and NATO met. The 32-nation alliance will sign; the bloc will not."),
              testing::AllOf(Contains("alliance = nato name"), Contains("bloc = eu name")));
  EXPECT_THAT(PartiesIn("Chile sued Peru. The bloc will answer."), Not(Contains(testing::HasSubstr("bloc"))));
  EXPECT_THAT(PartiesIn("Colombia spoke with the FARC. The rebels will sign."),
              Contains("rebels = farc name"));
}

TEST(PartyOrganTest, OrganIsOfTheSubjectOfItsSentence) {
  EXPECT_THAT(PartiesIn("Malta signed with Chad, and its parliament agreed."),
              ElementsAre("Malta = MT name", "Chad = TD name", "parliament = MT body"));
  EXPECT_THAT(PartiesIn("Peru will sign. In Zimbabwe the president agreed."),
              ElementsAre("Peru = PE name", "Zimbabwe = ZW name place", "president = ZW person"));
}

TEST(PartyOrganTest, OrganIsOfTheStateSpokenOfBefore) {
  EXPECT_THAT(PartiesIn("Malta will leave the pact with Chad. The foreign ministry sent a note."),
              Contains("foreign ministry = MT body"));
  EXPECT_THAT(PartiesIn("Malta and Chad will sign. The parliaments agreed."),
              Contains("parliaments = ? body"));
  EXPECT_THAT(PartiesIn("Malta and Chad will sign. Neither government agreed."),
              Contains("government = ? body"));
  EXPECT_THAT(PartiesIn("The parliament agreed."), ElementsAre("parliament = ? body"));
}

TEST(PartyOrganTest, OfficeOfWhatIsNoPartyIsNoStates) {
  EXPECT_THAT(PartiesIn("Malta agreed. In Valletta the Wunderbank president refused."),
              ElementsAre("Malta = MT name", "Valletta = MT capital place"));
  EXPECT_THAT(PartiesIn("Malta agreed. But Wunderland's mayor refused."), ElementsAre("Malta = MT name"));
}

TEST(CuesTest, CuesInGivesThoseThatBeginInTheSpan) {
  const Document document =
      ReadDocument("", "Both sides said they may leave. The two states will not sign it, Peru denied.",
                   MimeType::kPlain)
          .value();
  const Annotation annotation(document, TestLexicon(), "", std::nullopt);
  ASSERT_GT(annotation.cues.size(), 4U);
  const auto size = static_cast<uint32_t>(document.tokens.size());
  for (uint32_t begin = 0; begin <= size; ++begin) {
    for (uint32_t end = 0; end <= size + 2; ++end) {
      std::vector<const Cue*> expected;
      for (const Cue& cue : annotation.cues) {
        if (TokenSpan{begin, end}.Contains(cue.tokens.begin)) expected.push_back(&cue);
      }
      const CueRange cues = annotation.CuesIn({begin, end});
      ASSERT_EQ(std::vector<const Cue*>(cues.begin(), cues.end()), expected) << begin << " to " << end;
    }
  }
}

TEST(HomePartyTest, DatelinesCountryIsHome) {
  EXPECT_EQ(HomeOf("", "SUVA, Fiji (Wire) — New Zealand will sign. The parliament agreed."), "FJ");
  EXPECT_EQ(HomeOf("", "Japan will sign. The parliament agreed."), "JP");
  EXPECT_EQ(HomeOf("The Manila Ledger", "Japan will sign with the Philippines. The Senate agreed."), "PH");
}

TEST(AnnotationTest, APaperWritesOfItsOwnStateWhereTheTitleNamesNobody) {
  const absl::string_view body =
      "The cabinet approved an extradition treaty with Peru, signed in Lima. Fiji gains.";
  EXPECT_EQ(MainOf("Suva Courier", "Cabinet clears a treaty", body), "FJ");
  EXPECT_EQ(MainOf("Suva Courier", "Peru clears a treaty", body), "PE");
  EXPECT_EQ(MainOf("Suva Courier", "What is left of Peru's friends", body), "PE");
  EXPECT_EQ(MainOf("The Courier", "Cabinet clears a treaty", body), "PE");
}

TEST(PartyReaderTest, AfterAListTheTextGoesOnAsBefore) {
  const Document document = *ReadDocument("",
                                          "Peru decided three things:\n\n- Fiji gets a treaty.\n- Norway "
                                          "gets none.\n\nOn Friday the law minister spoke.",
                                          MimeType::kMarkdown);
  const Annotation annotation(document, TestLexicon(), "", std::nullopt);
  ASSERT_FALSE(annotation.parties.empty());
  EXPECT_THAT(annotation.parties.back().ids, ElementsAre("PE"));
}

}  // namespace
}  // namespace treatywire::ingest
