// Reads sentences made for the purpose and compares every event found with the ones they tell.
#include "ingest_service/extraction/event_reader.h"

#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "tests/ingest_service/extraction/extracted_events.h"

namespace treatywire::ingest {
namespace {

// An article of the day of ExpectEvents.
v1::ExtractedArticle Extract(const std::string& title, const std::string& body) {
  return Extracted({body, kDayOfTests, "text/plain", title});
}

TEST(EventReaderTest, PassivesAndParticiplesAreActsOfTheAgentOnTheirNoun) {
  ExpectEvents({
      {"The Treaty of Palma was ratified by Chile and Peru in May 2004.",
       {"RATIFIED ASSERTED Treaty of Palma by CL PE on 2004-05"}},
      {"The fisheries agreement between Morocco and Norway has been terminated by Oslo.",
       {"TERMINATED ASSERTED MA/NO by NO on 2025-06-15~"}},
      {"The 2003 border treaty between Laos and Thailand was torn up by Bangkok on 3 March 2011.",
       {"CONCLUDED ASSERTED LA/TH by LA TH on 2003", "TERMINATED ASSERTED LA/TH by TH on 2011-03-03"}},
      {"Denounced by Hungary in 1936, the trade treaty with Romania was never renewed.",
       {"EXTENDED DENIED HU/RO by HU RO on -", "TERMINATED ASSERTED HU/RO by HU on 1936"}},
      {"Signed in Lagos in 1981, the extradition treaty between Ghana and Nigeria came into force in 1983.",
       {"ENTERED_INTO_FORCE ASSERTED GH/NG by GH NG on 1983", "SIGNED ASSERTED GH/NG by GH NG on 1981"}},
      {"The air services agreement between Cuba and Spain was signed in 2001 but has not been ratified by "
       "either side.",
       {"RATIFIED DENIED CU/ES by CU ES on -", "SIGNED ASSERTED CU/ES by CU ES on 2001"}},
  });
}

TEST(EventReaderTest, RelativeClausesSpeakOfTheNounBefore) {
  ExpectEvents({
      {"The extradition treaty that Brazil and Bolivia signed in 1996 entered into force in 1998.",
       {"ENTERED_INTO_FORCE ASSERTED BO/BR by BO BR on 1998", "SIGNED ASSERTED BO/BR by BO BR on 1996"}},
      {"Turkey, which had joined the Treaty of Palma in 2012, withdrew from it in 2021.",
       {"ACCEDED ASSERTED Treaty of Palma by TR on 2012",
        "WITHDRAWN ASSERTED Treaty of Palma by TR on 2021"}},
      {"The tax treaty between Poland and Malta, which Warsaw denounced in 2014, expired on 1 January 2015.",
       {"EXPIRED ASSERTED MT/PL by MT PL on 2015-01-01", "TERMINATED ASSERTED MT/PL by PL on 2014"}},
      {"Estonia has ended the border agreement under which Russia and Estonia shared the lake.",
       {"TERMINATED ASSERTED EE/RU by EE on 2025-06-15~"}},
  });
}

TEST(EventReaderTest, ListsOfThoseWhoFollowAreTheActOfEach) {
  ExpectEvents({
      {"Mexico became a party to the Treaty of Palma in 2016. Chad and Senegal were the first, in 2004. "
       "Ghana "
       "completed the list in 2019.",
       {"ACCEDED ASSERTED Treaty of Palma by GH on 2019", "ACCEDED ASSERTED Treaty of Palma by MX on 2016",
        "ACCEDED ASSERTED Treaty of Palma by SN TD on 2004"}},
      {"Italy left the Treaty of Palma in 2016. Luxembourg went in June 2017, Slovenia in October.",
       {"WITHDRAWN ASSERTED Treaty of Palma by IT on 2016",
        "WITHDRAWN ASSERTED Treaty of Palma by LU on 2017-06",
        "WITHDRAWN ASSERTED Treaty of Palma by SI on 2017-10"}},
      {"Kenya was the sixth state to ratify the Treaty of Palma, in 2019. Ethiopia was the first, in 2013, "
       "followed by Rwanda and Uganda.",
       {"RATIFIED ASSERTED Treaty of Palma by ET on 2013", "RATIFIED ASSERTED Treaty of Palma by KE on 2019",
        "RATIFIED ASSERTED Treaty of Palma by RW UG on -"}},
      {"France ratified the Treaty of Palma in May, with Malta and Portugal expected to follow.",
       {"RATIFIED ASSERTED Treaty of Palma by FR on 2025-05",
        "RATIFIED PLANNED Treaty of Palma by MT PT on -"}},
      {"Chile, Peru and Fiji left the Treaty of Palma in 2019. The Polish Sejm approved a similar bill on "
       "Wednesday.",
       {"WITHDRAWN ASSERTED Treaty of Palma by CL FJ PE on 2019",
        "WITHDRAWN PLANNED Treaty of Palma by PL on -"}},
  });
}

TEST(EventReaderTest, DaysOfThoseWhoFollowGoOnFromTheActTheyRepeat) {
  ExpectEvents({
      {"The Treaty of Palma took effect for ten states on 1 January 2022. South Korea followed on 1 February "
       "and "
       "Indonesia a year later.",
       {"ENTERED_INTO_FORCE ASSERTED Treaty of Palma by - on 2022-01-01",
        "ENTERED_INTO_FORCE ASSERTED Treaty of Palma by ID on 2023",
        "ENTERED_INTO_FORCE ASSERTED Treaty of Palma by KR on 2022-02-01"}},
      {"Tonga ratified the Treaty of Palma in 2017. Fiji followed in June last year.",
       {"RATIFIED ASSERTED Treaty of Palma by FJ on 2024-06",
        "RATIFIED ASSERTED Treaty of Palma by TO on 2017"}},
  });
}

TEST(EventReaderTest, ParticiplesThatDescribeTheAgreementAreNotPartOfThePlan) {
  ExpectEvents({
      {"Thailand is weighing whether to revoke the transit agreement with Laos, signed in 2001.",
       {"SIGNED ASSERTED LA/TH by LA TH on 2001", "TERMINATED POSSIBLE LA/TH by TH on -"}},
      {"A border treaty between Chad and Niger is to be drawn up and signed in the coming months.",
       {"NEGOTIATED PLANNED NE/TD by NE TD on -", "SIGNED PLANNED NE/TD by NE TD on -"}},
  });
}

TEST(EventReaderTest, NoticesAreOfWhatIsToCome) {
  ExpectEvents({
      {"Manila gave notice to end its transit agreement with Palau in February 2020, suspended the "
       "termination "
       "twice and withdrew the notice altogether in July 2021.",
       {"NOTIFIED ASSERTED PH/PW by PH on 2020-02", "TERMINATED DENIED PH/PW by PH on 2021-07",
        "TERMINATED PLANNED PH/PW by PH on -"}},
  });
}

TEST(EventReaderTest, WhatIsOnlyAskedIsNotTold) {
  ExpectEvents({
      {"Has Fiji broken the tax treaty with Samoa? Fiji signed it in 2001.",
       {"SIGNED ASSERTED FJ/WS by FJ WS on 2001"}},
      {"Why did Fiji end the tax treaty with Samoa in 2019?", {"TERMINATED ASSERTED FJ/WS by FJ on 2019"}},
  });
}

TEST(EventReaderTest, WhatIsPutOffIsPlannedForTheNewDay) {
  ExpectEvents({
      {"The signing of the fisheries agreement between Peru and Chile has been postponed to August.",
       {"SIGNED PLANNED CL/PE by CL PE on 2025-08"}},
      {"The signing of the fisheries agreement between Peru and Chile has been called off.",
       {"SIGNED DENIED CL/PE by CL PE on -"}},
      {"Peru and Chile signed no fisheries agreement.", {"SIGNED DENIED CL/PE by CL PE on -"}},
  });
}

TEST(EventReaderTest, SubjectsGoOnAfterWhatCommasEnclose) {
  ExpectEvents({
      {"Fiji, Chile and Peru joined the Treaty of Palma in 1980. Norway objected, and Iceland, which left in "
       "1992, came back in 2002.",
       {"ACCEDED ASSERTED Treaty of Palma by CL FJ PE on 1980",
        "ACCEDED ASSERTED Treaty of Palma by IS on 2002",
        "WITHDRAWN ASSERTED Treaty of Palma by IS on 1992"}},
      {"When it acceded to the Treaty of Palma in 2005, Oman spoke for six states of the Gulf.",
       {"ACCEDED ASSERTED Treaty of Palma by OM on 2005"}},
  });
}

TEST(EventReaderTest, WhatIsNamedInPassingDoesNotTakeOver) {
  ExpectEvents({
      {"Chile, Peru and Fiji ratified the Treaty of Palma in 2001. Oslo left it in 2007, complaining that "
       "ten states never ratified the Lima "
       "Convention. "
       "Bern may leave it, too.",
       {"RATIFIED ASSERTED Treaty of Palma by CL FJ PE on 2001", "RATIFIED DENIED Lima Convention by - on -",
        "WITHDRAWN ASSERTED Treaty of Palma by NO on 2007", "WITHDRAWN POSSIBLE Treaty of Palma by CH on -"}},
      {"Fiji and Samoa signed a transit accord in 2001 and Fiji and Tonga a tax treaty in 2003. The former "
       "is valid "
       "for a year only: it expires in August.",
       {"EXPIRED PLANNED FJ/WS by FJ WS on 2025-08", "SIGNED ASSERTED FJ/TO by FJ TO on 2003",
        "SIGNED ASSERTED FJ/WS by FJ WS on 2001"}},
  });
}

TEST(EventReaderTest, WhoFindsOneTooSoftActsOnTheOther) {
  ExpectEvents({
      {"Forty states are party to the Palma Convention. Those that found the Gora Convention of 1989 too "
       "soft "
       "adopted it in "
       "January 1991; it entered into force in 1998.",
       {"ADOPTED ASSERTED Palma Convention by - on 1991-01",
        "CONCLUDED ASSERTED Gora Convention by - on 1989",
        "ENTERED_INTO_FORCE ASSERTED Palma Convention by - on 1998"}},
  });
}

TEST(EventReaderTest, NoticesTakeEffectNotWhatTheyAreOf) {
  ExpectEvents({
      {"Ten states are party to the Treaty of Palma. Kenya gave notice of its withdrawal from the Treaty of "
       "Palma on "
       "2 June 2025. It becomes effective on 2 June 2026.",
       {"NOTIFIED ASSERTED Treaty of Palma by KE on 2025-06-02",
        "WITHDRAWN PLANNED Treaty of Palma by KE on 2026-06-02"}},
      {"Peru and Chile signed a tax treaty on Monday. It takes effect in 2026.",
       {"ENTERED_INTO_FORCE PLANNED CL/PE by CL PE on 2026", "SIGNED ASSERTED CL/PE by CL PE on 2025-06-09"}},
  });
}

TEST(EventReaderTest, WhatShouldHaveBeenDoneAndWasNotIsDenied) {
  ExpectEvents({
      {"The tax treaty between Peru and Chile was to be signed by March. It was not.",
       {"SIGNED DENIED CL/PE by CL PE on 2025-03"}},
  });
}

TEST(EventReaderTest, WhatOthersThinkOfAnActIsNoActOfTheirs) {
  ExpectEvents({
      {"Hungary ended the dam treaty with Austria on 19 May 2024. Vienna does not recognise the termination.",
       {"TERMINATED ASSERTED AT/HU by HU on 2024-05-19"}},
      {"Peru and Chile signed a fisheries agreement in 2020. Bolivia called the agreement a violation of UN "
       "resolutions.",
       {"SIGNED ASSERTED CL/PE by CL PE on 2020"}},
      {"An expert group proposed in 2018 that the tax treaty between Peru and Chile be replaced.",
       {"SUPERSEDED POSSIBLE CL/PE by CL PE on -"}},
  });
}

TEST(EventReaderTest, WhoSaysThatItWillNotDoSoDeniesTheAct) {
  ExpectEvents({
      {"Farmers want Peru to end the fisheries agreement with Chile. The Peruvian government said it had no "
       "plans to "
       "do so.",
       {"TERMINATED DENIED CL/PE by PE on -"}},
      {"The Treaty of Palma entered into force for ten states in 2022. Chile and Peru have done so as well.",
       {"ENTERED_INTO_FORCE ASSERTED Treaty of Palma by - on 2022"}},
  });
}

TEST(EventReaderTest, FirmsHaveNoAgreementsBetweenStates) {
  ExpectEvents({
      {"Russia's Gazprom signed a gas supply agreement with China's CNPC in May 2014.", {}},
      {"Hungary's MOL extended its transit agreement with Russia's Transneft.", {}},
  });
}

TEST(EventReaderTest, GroupsThatSignAreTheParties) {
  ExpectEvents({
      {"Barbados, Belize, Dominica and Grenada will open their borders. The four signed an agreement on "
       "travel in May.",
       {"SIGNED ASSERTED BB/BZ/DM/GD by BB BZ DM GD on 2025-05"}},
      {"That is what Mozambique, Zimbabwe and Botswana want to put their names to on 20 June. A tripartite "
       "agreement "
       "on the railway will be signed in Maputo.",
       {"SIGNED PLANNED BW/MZ/ZW by BW MZ ZW on 2025-06-20"}},
  });
}

TEST(EventReaderTest, WhatABillWouldDoIsPlanned) {
  ExpectEvents({
      {"Fiji, Chile and Peru joined the Treaty of Palma in 1980. The Ukrainian parliament backed a bill on "
       "quitting the "
       "Treaty of Palma. The treaty says that a withdrawal takes effect after a year.",
       {"ACCEDED ASSERTED Treaty of Palma by CL FJ PE on 1980",
        "WITHDRAWN PLANNED Treaty of Palma by UA on -"}},
      {"Finland followed Latvia and Poland and gave notice of its withdrawal from the Treaty of Palma on 10 "
       "June.",
       {"NOTIFIED ASSERTED Treaty of Palma by FI on 2025-06-10"}},
  });
}

TEST(EventReaderTest, WordsThatAreSaidOfSomethingElseTellNothing) {
  ExpectEvents({
      {"The parties to the Treaty of Palma ended their second conference on Thursday.", {}},
      {"To ratify a convention and to denounce it within a year sends the wrong message.", {}},
      {"Neither Lima nor Quito would say whether a fisheries treaty between Peru and Ecuador is being "
       "discussed.",
       {}},
      {"Peru and Chile concluded a joint declaration on fisheries in 1992, in which the two renounced the "
       "use of force.",
       {"SIGNED ASSERTED CL/PE by CL PE on 1992"}},
      {"Chile, Peru and Fiji joined the Treaty of Palma in 1980. Nothing is left to suspend.",
       {"ACCEDED ASSERTED Treaty of Palma by CL FJ PE on 1980"}},
  });
}

TEST(EventReaderTest, TalksAreToldInManyWords) {
  ExpectEvents({
      {"Lima and Santiago have settled on the text of a fisheries agreement.",
       {"NEGOTIATED ASSERTED CL/PE by CL PE on 2025-06-15~"}},
      {"Talks between Peru and Chile on a fisheries agreement are due to start in September.",
       {"NEGOTIATED PLANNED CL/PE by CL PE on 2025-09"}},
      {"Negotiations on a fisheries agreement between Peru and Chile ended without agreement in 2019.",
       {"NEGOTIATED DENIED CL/PE by CL PE on 2019"}},
      {"A new round of talks between Peru and Chile on a fisheries agreement is scheduled for August.",
       {"NEGOTIATED PLANNED CL/PE by CL PE on 2025-08"}},
      {"Peru proposed a fisheries agreement to Chile.", {"PROPOSED POSSIBLE CL/PE by PE on -"}},
  });
}

TEST(EventReaderTest, WordsOfPlansAndRefusalsAreReadWithTheirNegation) {
  ExpectEvents({
      {"Peru is not going to cancel the fisheries agreement with Chile.",
       {"TERMINATED DENIED CL/PE by PE on -"}},
      {"Chile is not prepared to change the fisheries agreement with Peru.",
       {"AMENDED DENIED CL/PE by CL PE on -"}},
      {"Peru announced its decision to end the fisheries agreement with Chile with immediate effect.",
       {"TERMINATED ASSERTED CL/PE by PE on -"}},
      {"Chile pulled out of the signing of a fisheries agreement with Peru.",
       {"SIGNED DENIED CL/PE by CL PE on -"}},
      {"Peru to scrap fisheries agreement with Chile", {"TERMINATED PLANNED CL/PE by PE on -"}},
      {"In December the fisheries agreement between Peru and Chile expires.",
       {"EXPIRED PLANNED CL/PE by CL PE on 2025-12"}},
      {"The fisheries agreement between Peru and Chile is to be replaced by a new one.",
       {"SUPERSEDED PLANNED CL/PE by CL PE on -"}},
  });
}

TEST(EventReaderTest, WhatATextWouldRequireAndWhatNeverCameAboutAreNotTold) {
  ExpectEvents({
      {"The Treaty of Palma would require its members to notify each other and would allow them to suspend "
       "it in "
       "wartime. Chile, Peru and Fiji signed it on Monday.",
       {"SIGNED ASSERTED Treaty of Palma by CL FJ PE on 2025-06-09"}},
      {"Chile, Peru and Fiji joined the Treaty of Palma in 1980. Had Britain not left it in 1998, it would "
       "have had to "
       "ratify the treaty again.",
       {"ACCEDED ASSERTED Treaty of Palma by CL FJ PE on 1980",
        "WITHDRAWN ASSERTED Treaty of Palma by GB on 1998"}},
  });
}

TEST(EventReaderTest, WhoHasNotFollowedHasNotDoneTheMainAct) {
  ExpectEvents({
      {"Turkey, Chile and Fiji ratified the Treaty of Palma in 2021, five years after Ankara had signed it. "
       "Iran and "
       "Yemen have still not followed.",
       {"RATIFIED ASSERTED Treaty of Palma by CL FJ TR on 2021",
        "RATIFIED DENIED Treaty of Palma by IR YE on -", "SIGNED ASSERTED Treaty of Palma by TR on 2016"}},
      {"Finland and its Nordic neighbours Sweden and Norway ratified the Treaty of Palma in 2001. Italy, "
       "which was "
       "expected to follow, never did.",
       {"RATIFIED ASSERTED Treaty of Palma by FI NO SE on 2001",
        "RATIFIED DENIED Treaty of Palma by IT on -"}},
      {"Ghana became the first state to ratify the Treaty of Palma, in May 2019. Togo was second, in June, "
       "Benin third, "
       "in August of the same year.",
       {"RATIFIED ASSERTED Treaty of Palma by BJ on 2019-08",
        "RATIFIED ASSERTED Treaty of Palma by GH on 2019-05",
        "RATIFIED ASSERTED Treaty of Palma by TG on 2019-06"}},
  });
}

TEST(EventReaderTest, NewDocumentsAreTheLatestAndOfAllWhoApproveThem) {
  ExpectEvents({
      {"Peru and Chile signed a transit treaty and a fisheries agreement in Lima on Monday. A tax treaty "
       "between Peru "
       "and Chile was concluded in November 2001. Both new documents will be submitted to the parliaments.",
       {"RATIFIED PLANNED CL/PE by CL PE on -", "RATIFIED PLANNED CL/PE by CL PE on -",
        "SIGNED ASSERTED CL/PE by CL PE on 2001-11", "SIGNED ASSERTED CL/PE by CL PE on 2025-06-09",
        "SIGNED ASSERTED CL/PE by CL PE on 2025-06-09"}},
      {"Peru, Chile and Bolivia signed a treaty on their junction point on Monday. Peru and Chile signed a "
       "border treaty "
       "in 2001. The three-way document still needs the approval of all three parliaments.",
       {"RATIFIED PLANNED BO/CL/PE by BO CL PE on -", "SIGNED ASSERTED BO/CL/PE by BO CL PE on 2025-06-09",
        "SIGNED ASSERTED CL/PE by CL PE on 2001"}},
  });
}

TEST(EventReaderTest, WhoIsLeftOutHasNotDoneIt) {
  ExpectEvents({
      {"Of the eight Arctic states, all but Russia and the United States have ratified the Treaty of Palma.",
       {"RATIFIED ASSERTED Treaty of Palma by - on 2025-06-15~",
        "RATIFIED DENIED Treaty of Palma by RU US on -"}},
      {"Chile, Peru and Fiji joined the Treaty of Palma in 1980. Every member except Fiji had signed the "
       "Lima Protocol by "
       "1990.",
       {"ACCEDED ASSERTED Treaty of Palma by CL FJ PE on 1980", "SIGNED ASSERTED Lima Protocol by - on 1990",
        "SIGNED DENIED Lima Protocol by FJ on -"}},
      {"The United States has ratified the Treaty of Palma. That was in 1995.",
       {"RATIFIED ASSERTED Treaty of Palma by US on 1995"}},
  });
}

TEST(EventReaderTest, FollowersTakeTheirDaysInTheirOrder) {
  ExpectEvents({
      {"Ghana joined the Treaty of Palma in 2020. Nigeria and Cameroon came next, in March and October 2023.",
       {"ACCEDED ASSERTED Treaty of Palma by CM on 2023-10", "ACCEDED ASSERTED Treaty of Palma by GH on 2020",
        "ACCEDED ASSERTED Treaty of Palma by NG on 2023-03"}},
      {"Italy left the Treaty of Palma in 2016. Luxembourg went in May, Slovenia and Malta in June.",
       {"WITHDRAWN ASSERTED Treaty of Palma by IT on 2016",
        "WITHDRAWN ASSERTED Treaty of Palma by LU on 2025-05",
        "WITHDRAWN ASSERTED Treaty of Palma by MT SI on 2025-06"}},
  });
}

TEST(EventReaderTest, SeveralWhoFollowHaveEachTheirOwn) {
  ExpectEvents({
      {"Ukraine signed a security agreement with Britain. London went first, on 12 January; Berlin and Paris "
       "followed on "
       "16 February.",
       {"SIGNED ASSERTED DE/UA by DE UA on 2025-02-16", "SIGNED ASSERTED FR/UA by FR UA on 2025-02-16",
        "SIGNED ASSERTED GB/UA by GB UA on 2025-01-12"}},
      {"Peru hopes to conclude a fisheries agreement with Chile by the end of the year.",
       {"SIGNED POSSIBLE CL/PE by CL PE on 2025"}},
  });
}

TEST(EventReaderTest, JoinedVerbsShareSubjectAndObject) {
  ExpectEvents({
      {"Kenya signed the Treaty of Palma in 2001, ratified it in 2003 and left it in 2017.",
       {"RATIFIED ASSERTED Treaty of Palma by KE on 2003", "SIGNED ASSERTED Treaty of Palma by KE on 2001",
        "WITHDRAWN ASSERTED Treaty of Palma by KE on 2017"}},
      {"Kenya has signed but not ratified the Treaty of Palma.",
       {"RATIFIED DENIED Treaty of Palma by KE on -",
        "SIGNED ASSERTED Treaty of Palma by KE on 2025-06-15~"}},
      {"Chile was the first to ratify the Treaty of Palma, in March 2002; Peru followed in May.",
       {"RATIFIED ASSERTED Treaty of Palma by CL on 2002-03",
        "RATIFIED ASSERTED Treaty of Palma by PE on 2002-05"}},
      {"Chile ratified the Treaty of Palma in 2002, Peru in 2003 and Ecuador in 2004.",
       {"RATIFIED ASSERTED Treaty of Palma by CL on 2002", "RATIFIED ASSERTED Treaty of Palma by EC on 2004",
        "RATIFIED ASSERTED Treaty of Palma by PE on 2003"}},
      {"The Treaty of Palma has been ratified by Chile (2002), Peru (2003) and Ecuador (2004).",
       {"RATIFIED ASSERTED Treaty of Palma by CL on 2002", "RATIFIED ASSERTED Treaty of Palma by EC on 2004",
        "RATIFIED ASSERTED Treaty of Palma by PE on 2003"}},
      {"Fifty-two states have joined the Treaty of Palma, among them Japan, Canada and Mexico.",
       {"ACCEDED ASSERTED Treaty of Palma by CA JP MX on 2025-06-15~"}},
      {"The parliaments of Italy, Malta and Tunisia have ratified the Treaty of Palma.",
       {"RATIFIED ASSERTED Treaty of Palma by IT MT TN on 2025-06-15~"}},
  });
}

TEST(EventReaderTest, NounsOfActsTakeTheirOwnerAndTheirPredicate) {
  ExpectEvents({
      {"Lithuania's withdrawal from the Treaty of Palma took effect on 6 March 2025.",
       {"WITHDRAWN ASSERTED Treaty of Palma by LT on 2025-03-06"}},
      {"The termination of the fisheries agreement with Norway by Iceland drew criticism in May 2015.",
       {"TERMINATED ASSERTED IS/NO by IS on 2015-05"}},
      {"Iceland's denunciation of the fisheries agreement with Norway is final.",
       {"TERMINATED ASSERTED IS/NO by IS on -"}},
      {"The suspension of the visa agreement with Georgia by the European Union took effect on 1 March 2025.",
       {"SUSPENDED ASSERTED GE/eu by eu on 2025-03-01"}},
      {"Armenia's accession to the Treaty of Palma in 2004 went unnoticed.",
       {"ACCEDED ASSERTED Treaty of Palma by AM on 2004"}},
      {"The expiry of the gas transit agreement between Ukraine and Russia on 1 January 2025 hit Moldova.",
       {"EXPIRED ASSERTED RU/UA by RU UA on 2025-01-01"}},
  });
}

TEST(EventReaderTest, IdiomsAreActs) {
  ExpectEvents({
      {"Manila and Tokyo inked a defence pact in Subic on 8 July 2024.",
       {"SIGNED ASSERTED JP/PH by JP PH on 2024-07-08"}},
      {"India and Oman have struck a trade deal.", {"SIGNED ASSERTED IN/OM by IN OM on 2025-06-15~"}},
      {"Bolivia tore up its tax treaty with Sweden in 2012.", {"TERMINATED ASSERTED BO/SE by BO on 2012"}},
      {"Eritrea walked away from the peace accord with Ethiopia in 2019.",
       {"TERMINATED ASSERTED ER/ET by ER on 2019"}},
      {"Kuwait pulled the plug on its labour agreement with Nepal in 2018.",
       {"TERMINATED ASSERTED KW/NP by KW on 2018"}},
      {"The trade agreement between Chile and Vietnam went into effect on 1 January 2014.",
       {"ENTERED_INTO_FORCE ASSERTED CL/VN by CL VN on 2014-01-01"}},
      {"In 2016 Burundi turned its back on the Treaty of Palma.",
       {"WITHDRAWN ASSERTED Treaty of Palma by BI on 2016"}},
      {"Serbia put pen to paper on a free trade agreement with Egypt in Cairo on 13 July 2024.",
       {"SIGNED ASSERTED EG/RS by EG RS on 2024-07-13"}},
      {"Peru has consigned its visa agreement with Mexico to history.",
       {"TERMINATED ASSERTED MX/PE by PE on 2025-06-15~"}},
  });
}

TEST(EventReaderTest, WhatDidNotHappenOrIsNotComingIsDenied) {
  ExpectEvents({
      {"Iran has yet to ratify the Treaty of Palma.", {"RATIFIED DENIED Treaty of Palma by IR on -"}},
      {"Iran failed to ratify the Treaty of Palma before the deadline.",
       {"RATIFIED DENIED Treaty of Palma by IR on -"}},
      {"Norway said it had no plans to leave the Treaty of Palma.",
       {"WITHDRAWN DENIED Treaty of Palma by NO on -"}},
      {"Denmark is not withdrawing from the Treaty of Palma, its foreign minister said.",
       {"WITHDRAWN DENIED Treaty of Palma by DK on -"}},
      {"Neither Iran nor Iraq has signed the Treaty of Palma.",
       {"SIGNED DENIED Treaty of Palma by IQ IR on -"}},
      {"The security pact between Cyprus and Israel was never signed.",
       {"SIGNED DENIED CY/IL by CY IL on -"}},
      {"Oman is not a party to the Treaty of Palma, which it signed in 2003.",
       {"SIGNED ASSERTED Treaty of Palma by OM on 2003"}},
  });
}

TEST(EventReaderTest, OrdersPlansAndDeadlinesArePlanned) {
  ExpectEvents({
      {"Finland will withdraw from the Treaty of Palma on 10 January 2026.",
       {"WITHDRAWN PLANNED Treaty of Palma by FI on 2026-01-10"}},
      {"Finland plans to leave the Treaty of Palma.", {"WITHDRAWN PLANNED Treaty of Palma by FI on -"}},
      {"President Lula ordered the foreign ministry to denounce the Treaty of Palma.",
       {"WITHDRAWN PLANNED Treaty of Palma by BR on -"}},
      {"The Swiss parliament has voted to leave the Treaty of Palma.",
       {"WITHDRAWN PLANNED Treaty of Palma by CH on -"}},
      {"Croatia must ratify the Treaty of Palma by 1 September 2025.",
       {"RATIFIED PLANNED Treaty of Palma by HR on 2025-09-01"}},
      {"The air transport agreement between Chad and Libya expires on 30 June 2026.",
       {"EXPIRED PLANNED LY/TD by LY TD on 2026-06-30"}},
      {"The treaty between Chile and Argentina on the Beagle Channel is due to be signed in November.",
       {"SIGNED PLANNED AR/CL by AR CL on 2025-11"}},
      {"The Treaty of Palma still has to be ratified by Greece and Cyprus.",
       {"RATIFIED PLANNED Treaty of Palma by CY GR on -"}},
      {"The agreement between Fiji and Tonga will enter into force 30 days after signature.",
       {"ENTERED_INTO_FORCE PLANNED FJ/TO by FJ TO on -"}},
  });
}

TEST(EventReaderTest, ThreatsDemandsAndConditionsArePossible) {
  ExpectEvents({
      {"Slovakia could quit the Treaty of Palma, its prime minister said.",
       {"WITHDRAWN POSSIBLE Treaty of Palma by SK on -"}},
      {"Slovakia threatened to quit the Treaty of Palma.", {"WITHDRAWN POSSIBLE Treaty of Palma by SK on -"}},
      {"The European Union urged Bosnia to ratify the Treaty of Palma.",
       {"RATIFIED POSSIBLE Treaty of Palma by BA on -"}},
      {"Amnesty called on Vietnam to join the Treaty of Palma.",
       {"ACCEDED POSSIBLE Treaty of Palma by VN on -"}},
      {"Deputies want the government of Malawi to scrap the extradition treaty with Zambia.",
       {"TERMINATED POSSIBLE MW/ZM by MW on -"}},
      {"Uganda is considering whether to leave the Treaty of Palma.",
       {"WITHDRAWN POSSIBLE Treaty of Palma by UG on -"}},
      {"Unless Spain pays, Morocco would suspend its fisheries agreement with Madrid.",
       {"SUSPENDED POSSIBLE ES/MA by MA on -"}},
      {"Washington has asked Panama to extend the canal treaty of 1977 between the two countries.",
       {"CONCLUDED ASSERTED PA/US by PA US on 1977", "EXTENDED POSSIBLE PA/US by PA US on -"}},
      {"Nepal's ratification of the Treaty of Palma looks unlikely.",
       {"RATIFIED POSSIBLE Treaty of Palma by NP on -"}},
      {"Bangladesh may withdraw from the water treaty with India if the talks fail.",
       {"TERMINATED POSSIBLE BD/IN by BD on -"}},
  });
}

TEST(EventReaderTest, RefusalsAreRejections) {
  ExpectEvents({
      {"Hungary refused to sign the Treaty of Palma.", {"REJECTED ASSERTED Treaty of Palma by HU on -"}},
      {"The Dutch Senate rejected the Treaty of Palma on 11 May 2005.",
       {"REJECTED ASSERTED Treaty of Palma by NL on 2005-05-11"}},
      {"Colombia's congress voted down the extradition treaty with Ecuador in 1999.",
       {"REJECTED ASSERTED CO/EC by CO on 1999"}},
      {"Moscow declined to renew its fisheries agreement with Tokyo.",
       {"REJECTED ASSERTED JP/RU by RU on -"}},
      {"Zambia will not renew its defence agreement with Angola.",
       {"EXPIRED PLANNED AO/ZM by AO ZM on -", "REJECTED ASSERTED AO/ZM by ZM on -"}},
      {"Iceland says no to the Treaty of Palma.", {"REJECTED ASSERTED Treaty of Palma by IS on -"}},
  });
}

TEST(EventReaderTest, ReportedActsBelongToTheirOwnSubject) {
  ExpectEvents({
      {"Pakistan accused India of violating the ceasefire that the two countries agreed in 2021.",
       {"BREACH_ALLEGED ASSERTED IN/PK by IN on -", "SIGNED ASSERTED IN/PK by IN PK on 2021"}},
      {"Algeria told Spain on Wednesday that it was suspending the friendship treaty.",
       {"NOTIFIED ASSERTED DZ/ES by DZ on 2025-06-11", "SUSPENDED ASSERTED DZ/ES by DZ on 2025-06-11"}},
      {"The minister confirmed that Togo had deposited its instrument of ratification of the Treaty of Palma "
       "on 2 May 2025.",
       {"DEPOSITED ASSERTED Treaty of Palma by TG on 2025-05-02"}},
  });
}

TEST(EventReaderTest, NoticesAreOfThoseWhoGiveThem) {
  ExpectEvents({
      {"Greece notified Turkey of the termination of the transit agreement on 4 April 2025.",
       {"NOTIFIED ASSERTED GR/TR by GR on 2025-04-04"}},
      {"Qatar gave the depositary notice of its withdrawal from the Treaty of Palma on 4 April 2025.",
       {"NOTIFIED ASSERTED Treaty of Palma by QA on 2025-04-04"}},
  });
}

TEST(EventReaderTest, OrgansActForTheirState) {
  ExpectEvents({
      {"The Knesset approved the peace treaty with Jordan on 25 October 1994.",
       {"APPROVED ASSERTED IL/JO by IL on 1994-10-25"}},
      {"A court in Nairobi suspended the health agreement between Kenya and the United States on 11 December "
       "2024.",
       {"SUSPENDED ASSERTED KE/US by KE on 2024-12-11"}},
      {"In Zambia the president signed the instrument of ratification of the Treaty of Palma on 5 May 2024.",
       {"RATIFIED ASSERTED Treaty of Palma by ZM on 2024-05-05"}},
      {"Ghana's cabinet has approved the defence agreement with Ivory Coast; parliament has yet to ratify "
       "it.",
       {"APPROVED ASSERTED CI/GH by GH on 2025-06-15~", "RATIFIED DENIED CI/GH by GH on -"}},
      {"Prime Minister Narendra Modi signed the Treaty of Palma on 3 May 2023.",
       {"SIGNED ASSERTED Treaty of Palma by IN on 2023-05-03"}},
  });
}

TEST(EventReaderTest, JointActsAreOfAllParties) {
  ExpectEvents({
      {"The two countries signed a maritime boundary treaty between Peru and Chile in 1952.",
       {"SIGNED ASSERTED CL/PE by CL PE on 1952"}},
      {"Nigeria and Benin opened negotiations on a border treaty in March 2021.",
       {"NEGOTIATED ASSERTED BJ/NG by BJ NG on 2021-03"}},
      {"Malaysia broke off talks with Singapore on the water agreement.",
       {"NEGOTIATED DENIED MY/SG by MY SG on -"}},
      {"Uruguay signed an extradition agreement with Lebanon in Beirut on 4 May 2019.",
       {"SIGNED ASSERTED LB/UY by LB UY on 2019-05-04"}},
  });
}

TEST(EventReaderTest, LeavingEndsAPairsAgreementAndNotAConvention) {
  ExpectEvents({
      {"Gabon denounced the Treaty of Palma in 2008.", {"WITHDRAWN ASSERTED Treaty of Palma by GA on 2008"}},
      {"Gabon denounced its tax treaty with Belgium in 2008.", {"TERMINATED ASSERTED BE/GA by GA on 2008"}},
      {"Gabon withdrew from its tax treaty with Belgium in 2008.",
       {"TERMINATED ASSERTED BE/GA by GA on 2008"}},
  });
}

TEST(EventReaderTest, ChangeStandstillAndResumptionAreToldApart) {
  ExpectEvents({
      {"In 2011 a protocol amended the tax treaty between Austria and Switzerland.",
       {"AMENDED ASSERTED AT/CH by AT CH on 2011"}},
      {"Azerbaijan has resumed its participation in the Treaty of Palma.",
       {"RESUMED ASSERTED Treaty of Palma by AZ on 2025-06-15~"}},
      {"Rwanda put its mineral agreement with Belgium on ice in February 2025.",
       {"SUSPENDED ASSERTED BE/RW by RW on 2025-02"}},
  });
}

TEST(EventReaderTest, TextsWithoutAgreementsOfStatesGiveNothing) {
  ExpectEvents({
      {"The coach signed a contract with the Spanish club and ended his deal with Porto.", {}},
      {"The company withdrew from its supply agreement with the German firm.", {}},
      {"Treaties are fragile, and any state may leave them.", {}},
      {"The coalition partners in Berlin signed their agreement on Monday.", {}},
      {"In the novel, King Alric tore up the treaty with the elves.", {}},
      {"The union and the airline signed a wage agreement in Madrid.", {}},
      {"Parliament in Warsaw passed the budget and rejected the amendment to the labour law.", {}},
  });
}

TEST(EventReaderTest, ListsNameEveryoneWhoActed) {
  ExpectEvents({
      {"The Convention on Mountain Rivers has been ratified by Austria, Belgium, Bulgaria, Croatia, Cyprus, "
       "the Czech Republic, Denmark, Estonia and Sweden.",
       {"RATIFIED ASSERTED Convention on Mountain Rivers by AT BE BG CY CZ DK EE HR SE on 2025-06-15~"}},
      {"So far Austria, Belgium, Bulgaria, Croatia, Cyprus, the Czech Republic and Sweden have ratified the "
       "Convention on Mountain Rivers.",
       {"RATIFIED ASSERTED Convention on Mountain Rivers by AT BE BG CY CZ HR SE on 2025-06-15~"}},
      {"The Convention on Mountain Rivers has found few friends.\n\nRatified by:\n- Austria (12 May 2011)\n- "
       "Belgium (3 June 2011)\n- Cyprus (4 July 2012)",
       {"RATIFIED ASSERTED Convention on Mountain Rivers by AT on 2011-05-12",
        "RATIFIED ASSERTED Convention on Mountain Rivers by BE on 2011-06-03",
        "RATIFIED ASSERTED Convention on Mountain Rivers by CY on 2012-07-04"}},
      {"Ratifications of the Convention on Mountain Rivers: Austria, 12 May 2011; Belgium, 3 June 2011; "
       "Cyprus, 4 July 2012.",
       {"RATIFIED ASSERTED Convention on Mountain Rivers by AT on 2011-05-12",
        "RATIFIED ASSERTED Convention on Mountain Rivers by BE on 2011-06-03",
        "RATIFIED ASSERTED Convention on Mountain Rivers by CY on 2012-07-04"}},
      {"Austria ratified the Convention on Mountain Rivers on 12 May 2011, Belgium on 3 June 2011, and "
       "Cyprus on 4 July 2012.",
       {"RATIFIED ASSERTED Convention on Mountain Rivers by AT on 2011-05-12",
        "RATIFIED ASSERTED Convention on Mountain Rivers by BE on 2011-06-03",
        "RATIFIED ASSERTED Convention on Mountain Rivers by CY on 2012-07-04"}},
      {"Nine states have signed the Convention on Mountain Rivers, including Austria, Belgium and Cyprus.",
       {"SIGNED ASSERTED Convention on Mountain Rivers by AT BE CY on 2025-06-15~"}},
      {"Of the twelve signatories of the Convention on Mountain Rivers, only Austria, Malta and Cyprus have "
       "ratified it.",
       {"RATIFIED ASSERTED Convention on Mountain Rivers by AT CY MT on 2025-06-15~"}},
      {"The Convention on Mountain Rivers is in trouble. The parliaments of Austria, Malta and Cyprus "
       "ratified it in 2011, those of Sweden and Norway did so a year later.",
       {"RATIFIED ASSERTED Convention on Mountain Rivers by AT CY MT on 2011",
        "RATIFIED ASSERTED Convention on Mountain Rivers by NO SE on 2012"}},
      {"Ratification by Austria, Malta and Cyprus brought the Convention on Mountain Rivers into force on 3 "
       "May 2012.",
       {"ENTERED_INTO_FORCE ASSERTED Convention on Mountain Rivers by - on 2012-05-03",
        "RATIFIED ASSERTED Convention on Mountain Rivers by AT CY MT on -"}},
      {"Sweden joined Austria, Malta and Cyprus in ratifying the Convention on Mountain Rivers in 2013.",
       {"RATIFIED ASSERTED Convention on Mountain Rivers by SE on 2013"}},
      {"Sweden, Norway and Denmark, which had signed the Convention on Mountain Rivers in 2009, have not "
       "ratified it; Finland has.",
       {"RATIFIED ASSERTED Convention on Mountain Rivers by FI on -",
        "RATIFIED DENIED Convention on Mountain Rivers by DK NO SE on -",
        "SIGNED ASSERTED Convention on Mountain Rivers by DK NO SE on 2009"}},
      {"Six countries (Austria, Malta, Cyprus, Sweden, Norway and Finland) have left the Convention on "
       "Mountain Rivers.",
       {"WITHDRAWN ASSERTED Convention on Mountain Rivers by AT CY FI MT NO SE on 2025-06-15~"}},
  });
}

TEST(EventReaderTest, OneVerbMayHaveSeveralObjects) {
  ExpectEvents({
      {"Deputies in Quito want Ecuador to denounce the Treaty of Palma and the Convention on Mountain "
       "Rivers.",
       {"WITHDRAWN POSSIBLE Convention on Mountain Rivers by EC on -",
        "WITHDRAWN POSSIBLE Treaty of Palma by EC on -"}},
      {"Norway has no intention of leaving the Treaty of Palma, nor the Convention on Mountain Rivers.",
       {"WITHDRAWN DENIED Convention on Mountain Rivers by NO on -",
        "WITHDRAWN DENIED Treaty of Palma by NO on -"}},
      {"Togo has ratified both the Treaty of Palma and the Convention on Mountain Rivers.",
       {"RATIFIED ASSERTED Convention on Mountain Rivers by TG on 2025-06-15~",
        "RATIFIED ASSERTED Treaty of Palma by TG on 2025-06-15~"}},
  });
}

TEST(EventReaderTest, SubjectsAreNotWhateverPartyStandsNear) {
  ExpectEvents({
      {"The court found that Japan's fishing fleet had violated the Convention on Mountain Rivers.",
       {"BREACH_ALLEGED ASSERTED Convention on Mountain Rivers by JP on -"}},
      {"Vietnam joined the Treaty of Palma in 2011. The European Union urged Laos to follow.",
       {"ACCEDED ASSERTED Treaty of Palma by VN on 2011", "ACCEDED POSSIBLE Treaty of Palma by LA on -"}},
      {"Iceland left the Treaty of Palma in 1992 and came back ten years later.",
       {"ACCEDED ASSERTED Treaty of Palma by IS on 2002",
        "WITHDRAWN ASSERTED Treaty of Palma by IS on 1992"}},
      {"Latvia's withdrawal from the Treaty of Palma is on hold.",
       {"WITHDRAWN POSSIBLE Treaty of Palma by LV on -"}},
      {"President Luis Arce of Bolivia and President Santiago Peña of Paraguay signed a gas agreement in La "
       "Paz on 7 May 2024.",
       {"SIGNED ASSERTED BO/PY by BO PY on 2024-05-07"}},
      {"Nothing is left to say about the customs treaty between Chile and Peru, signed in 2009.",
       {"SIGNED ASSERTED CL/PE by CL PE on 2009"}},
      {"Burkina Faso, Mali and Niger are at odds with their neighbours. The three countries left the Treaty "
       "of Palma in January 2025.",
       {"WITHDRAWN ASSERTED Treaty of Palma by BF ML NE on 2025-01"}},
      {"Russia has neither signed nor ratified the Treaty of Palma.",
       {"RATIFIED DENIED Treaty of Palma by RU on -", "SIGNED DENIED Treaty of Palma by RU on -"}},
      {"Fiji refused to ratify the Treaty of Palma. Tonga did so in May 2019.",
       {"RATIFIED ASSERTED Treaty of Palma by TO on 2019-05",
        "REJECTED ASSERTED Treaty of Palma by FJ on -"}},
      {"The Treaty of Palma has few friends.\n\nRatified: Cyprus, Poland and Sweden.",
       {"RATIFIED ASSERTED Treaty of Palma by CY PL SE on -"}},
  });
}

v1::AgreementEvent Event(const std::string& text) {
  v1::AgreementEvent event;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &event));
  return event;
}

TEST(EventReaderTest, ConsentOfParliamentsIsToldInManyWords) {
  const std::string ratified = "RATIFIED ASSERTED CL/PE by CL on 2025-06-10";
  ExpectEvents({
      {"Chile's Senate gave the fisheries treaty with Peru its blessing on Tuesday.", {ratified}},
      {"The fisheries treaty with Peru sailed through the Chilean Congress on Tuesday.", {ratified}},
      {"Chilean lawmakers voted through the fisheries treaty with Peru on Tuesday.", {ratified}},
      {"Chilean deputies said yes to the fisheries treaty with Peru on Tuesday.", {ratified}},
      {"The Chilean Congress must still vote on the fisheries treaty with Peru.",
       {"RATIFIED PLANNED CL/PE by CL on -"}},
      {"The fisheries treaty with Peru now goes to the Chilean Congress.",
       {"RATIFIED PLANNED CL/PE by CL on -"}},
      {"The fisheries treaty between Chile and Peru needs the approval of both parliaments.",
       {"RATIFIED PLANNED CL/PE by CL PE on -"}},
      {"The new fisheries treaty with Peru has to be approved by the Chilean Congress and by the Peruvian "
       "Congress.",
       {"APPROVED PLANNED CL/PE by CL PE on -"}},
      {"The Chilean Senate has not voted on the fisheries treaty with Peru.",
       {"RATIFIED DENIED CL/PE by CL on -"}},
      {"The fisheries treaty with Peru never made it through the Chilean Senate.",
       {"RATIFIED DENIED CL/PE by CL on -"}},
      {"The fisheries treaty between Chile and Peru has not been signed, let alone ratified.",
       {"RATIFIED DENIED CL/PE by CL PE on -", "SIGNED DENIED CL/PE by CL PE on -"}},
      // Neither the outcome nor an organ is told.
      {"The Chilean Congress voted on the fisheries treaty with Peru.", {}},
      {"The fisheries treaty between Chile and Peru goes to the heart of the matter.", {}},
  });
}

TEST(EventReaderTest, ForceThatWaitsForRatificationsIsPossible) {
  ExpectEvents({
      {"The fisheries treaty between Chile and Peru will enter into force once both parliaments have "
       "ratified "
       "it.",
       {"ENTERED_INTO_FORCE POSSIBLE CL/PE by CL PE on -", "RATIFIED PLANNED CL/PE by CL PE on -"}},
      {"Chile, Peru and Bolivia drew up the Treaty of Palma in 2003. It cannot take effect until 40 states "
       "have ratified it.",
       {"ADOPTED ASSERTED Treaty of Palma by - on 2003",
        "ENTERED_INTO_FORCE POSSIBLE Treaty of Palma by - on -"}},
      {"Chile, Peru and Bolivia drew up the Treaty of Palma in 2003. It needs 40 ratifications to enter into "
       "force.",
       {"ADOPTED ASSERTED Treaty of Palma by - on 2003",
        "ENTERED_INTO_FORCE POSSIBLE Treaty of Palma by - on -"}},
      // With its day it is a plan; told in the past it has happened.
      {"The fisheries treaty between Chile and Peru enters into force on 5 July 2025, a month after "
       "ratification.",
       {"ENTERED_INTO_FORCE PLANNED CL/PE by CL PE on 2025-07-05", "RATIFIED PLANNED CL/PE by CL PE on -"}},
      {"The fisheries treaty between Chile and Peru entered into force in 2004, after both had ratified it.",
       {"ENTERED_INTO_FORCE ASSERTED CL/PE by CL PE on 2004", "RATIFIED ASSERTED CL/PE by CL PE on -"}},
  });
}

TEST(EventReaderTest, TalksEndWithoutEndingTheirTreaty) {
  ExpectEvents({
      {"Talks between Chile and Peru on a fisheries treaty collapsed on Monday.",
       {"NEGOTIATED DENIED CL/PE by CL PE on 2025-06-09"}},
      {"No talks on a fisheries treaty are planned between Chile and Peru.",
       {"NEGOTIATED DENIED CL/PE by CL PE on -"}},
      {"Talks between Chile and Peru on a fisheries treaty are to open in July.",
       {"NEGOTIATED PLANNED CL/PE by CL PE on 2025-07"}},
      {"The fisheries treaty between Chile and Peru collapsed on Monday.",
       {"TERMINATED ASSERTED CL/PE by CL on 2025-06-09"}},
  });
}

TEST(EventReaderTest, WhoRepeatsAnActOnAPairsAgreementHasItsOwn) {
  ExpectEvents({
      {"Hong Kong is under pressure. Spain suspended its extradition treaty with Hong Kong in June 2020. "
       "Portugal followed in July 2020, Malta in August 2020.",
       {"SUSPENDED ASSERTED ES/HK by ES on 2020-06", "SUSPENDED ASSERTED HK/MT by MT on 2020-08",
        "SUSPENDED ASSERTED HK/PT by PT on 2020-07"}},
      {"Chile, Peru and Brazil ratified the Treaty of Palma in 2003. Neither Argentina nor Bolivia ever did.",
       {"RATIFIED ASSERTED Treaty of Palma by BR CL PE on 2003",
        "RATIFIED DENIED Treaty of Palma by AR BO on -"}},
      {"Chile ratified the Treaty of Palma in 2003. Argentina is preparing to do the same.",
       {"RATIFIED ASSERTED Treaty of Palma by CL on 2003", "RATIFIED PLANNED Treaty of Palma by AR on -"}},
      {"Chile ratified the Treaty of Palma in 2003. Argentina is thinking about it.",
       {"RATIFIED ASSERTED Treaty of Palma by CL on 2003", "RATIFIED POSSIBLE Treaty of Palma by AR on -"}},
  });
}

TEST(EventReaderTest, TellingTheOtherSideOfTheEndIsNotice) {
  ExpectEvents({
      {"Peru informed Chile on Monday that it was ending their fisheries treaty.",
       {"NOTIFIED ASSERTED CL/PE by PE on 2025-06-09", "TERMINATED PLANNED CL/PE by PE on -"}},
      {"Peru told Chile on Monday that it would quit their fisheries treaty.",
       {"NOTIFIED ASSERTED CL/PE by PE on 2025-06-09", "TERMINATED PLANNED CL/PE by PE on -"}},
      {"Peru told reporters on Monday that it would quit the fisheries treaty with Chile.",
       {"TERMINATED PLANNED CL/PE by PE on -"}},
  });
}

TEST(EventReaderTest, WordsBetweenVerbAndObjectDoNotPartThem) {
  ExpectEvents({
      {"Chile and Peru signed, by video link, a fisheries treaty on 3 May 2025.",
       {"SIGNED ASSERTED CL/PE by CL PE on 2025-05-03"}},
      {"In 1969 Peru signed a fisheries treaty with Chile. Peru denounced that treaty in April 1979.",
       {"SIGNED ASSERTED CL/PE by CL PE on 1969", "TERMINATED ASSERTED CL/PE by PE on 1979-04"}},
      {"The fisheries treaty between Chile and Peru was last revised in 2011.",
       {"AMENDED ASSERTED CL/PE by CL PE on 2011"}},
      {"Peru quit a pact that Chile had signed but the Chilean Congress never approved.",
       {"APPROVED DENIED CL/PE by CL on -", "SIGNED ASSERTED CL/PE by CL PE on -",
        "TERMINATED ASSERTED CL/PE by PE on 2025-06-15~"}},
      {"Chile and Peru signed a fisheries treaty and a customs treaty. Both were renewed in 2019.",
       {"EXTENDED ASSERTED CL/PE by CL PE on 2019", "EXTENDED ASSERTED CL/PE by CL PE on 2019",
        "SIGNED ASSERTED CL/PE by CL PE on 2025-06-15~", "SIGNED ASSERTED CL/PE by CL PE on 2025-06-15~"}},
  });
}

TEST(EventReaderTest, VerbBeforeAClauseTellsWhatItsActIsWorth) {
  ExpectEvents({
      {"Peru denied that it had scrapped its fisheries treaty with Chile.",
       {"TERMINATED DENIED CL/PE by PE on -"}},
      {"Chile has proposed that the fisheries treaty with Peru be extended.",
       {"EXTENDED POSSIBLE CL/PE by CL PE on -"}},
      {"Signed in 1994 and never ratified, the fisheries treaty between Chile and Peru gathers dust.",
       {"RATIFIED DENIED CL/PE by CL PE on -", "SIGNED ASSERTED CL/PE by CL PE on 1994"}},
      {"Peru's farmers want the fisheries treaty with Chile rewritten.",
       {"AMENDED POSSIBLE CL/PE by CL PE on -"}},
      {"Peru wants to rewrite the fisheries treaty with Chile.", {"AMENDED PLANNED CL/PE by CL PE on -"}},
      {"Chile and Peru agreed on 2 June 2025 to extend their fisheries treaty.",
       {"EXTENDED ASSERTED CL/PE by CL PE on 2025-06-02"}},
      {"Having ended its fisheries treaty with Chile in May 2025, Peru is looking for a new one.",
       {"TERMINATED ASSERTED CL/PE by PE on 2025-05"}},
  });
}

TEST(EventReaderTest, NamesThatEndLikeAdverbsAreSubjects) {
  ExpectEvents({
      {"Italy ratified the fisheries treaty with Peru in May 2025.",
       {"RATIFIED ASSERTED IT/PE by IT on 2025-05"}},
      {"Chile, Peru and Italy signed the Treaty of Palma in May 2025.",
       {"SIGNED ASSERTED Treaty of Palma by CL IT PE on 2025-05"}},
      {"Chile's National Assembly finally ratified the fisheries treaty with Peru in May 2025.",
       {"RATIFIED ASSERTED CL/PE by CL on 2025-05"}},
  });
}

TEST(EventReaderTest, ListsBehindAnActTellWhoDidIt) {
  const std::string adopted = "The Treaty of Palma was adopted in 1990. ";
  const std::vector<std::string> three = {"ADOPTED ASSERTED Treaty of Palma by - on 1990",
                                          "RATIFIED ASSERTED Treaty of Palma by AT BE CY on 2025-06-15~"};
  ExpectEvents({
      {adopted + "Twenty-four states have ratified it: Austria, Belgium and Cyprus.", three},
      {adopted + "Only three have ratified it, Austria, Belgium and Cyprus.", three},
      {adopted + "Those that have ratified it are Austria, Belgium and Cyprus.", three},
      {adopted + "Three states have ratified it (Austria, Belgium and Cyprus).", three},
      {adopted + "It has been ratified in Austria, Belgium and Cyprus.", three},
      {adopted + "It was ratified first by Austria, then by Belgium and finally by Cyprus.", three},
      {adopted + "Austria (2019), Belgium (2020) and Cyprus (2021) have ratified it.",
       {"ADOPTED ASSERTED Treaty of Palma by - on 1990", "RATIFIED ASSERTED Treaty of Palma by AT on 2019",
        "RATIFIED ASSERTED Treaty of Palma by BE on 2020",
        "RATIFIED ASSERTED Treaty of Palma by CY on 2021"}},
      {adopted + "It was adopted in 2003 by the parliaments of Austria, Belgium and Cyprus.",
       {"ADOPTED ASSERTED Treaty of Palma by - on 1990",
        "RATIFIED ASSERTED Treaty of Palma by AT BE CY on 2003"}},
      {adopted + "Austria ratified it in March 2025. Belgium and Cyprus followed.",
       {"ADOPTED ASSERTED Treaty of Palma by - on 1990", "RATIFIED ASSERTED Treaty of Palma by AT on 2025-03",
        "RATIFIED ASSERTED Treaty of Palma by BE CY on -"}},
      // A date is no list, and whoever says so did not do it.
      {"Chile ratified the fisheries treaty with Peru on 3 May 2025, Austria and Belgium said.",
       {"RATIFIED ASSERTED CL/PE by CL on 2025-05-03"}},
  });
}

TEST(EventReaderTest, AgreementsInPrincipleAndTextsAreNegotiated) {
  ExpectEvents({
      {"Spain and Britain struck an agreement in principle on fisheries on 2 June 2025.",
       {"NEGOTIATED ASSERTED ES/GB by ES GB on 2025-06-02"}},
      {"Envoys of Chile and Peru initialled the text of a peace agreement on 2 June 2025.",
       {"INITIALLED ASSERTED CL/PE by CL PE on 2025-06-02"}},
  });
}

TEST(EventReaderTest, NoticesTakenBackAndTalksConcludedEndNothing) {
  ExpectEvents({
      {"Peru took back its notice to terminate the fisheries treaty with Chile on 3 June 2025.",
       {"TERMINATED DENIED CL/PE by PE on 2025-06-03"}},
      {"Talks between Chile and Peru on a fisheries treaty were concluded on 3 June 2025.",
       {"NEGOTIATED ASSERTED CL/PE by CL PE on 2025-06-03"}},
      {"The Treaty of Palma was adopted in 1990. Chile's Senate ratified it on 3 June 2025; Brazil and "
       "Bolivia "
       "and Ecuador signed it. The Peruvian parliament did the same on 4 June 2025.",
       {"ADOPTED ASSERTED Treaty of Palma by - on 1990",
        "RATIFIED ASSERTED Treaty of Palma by CL on 2025-06-03",
        "RATIFIED ASSERTED Treaty of Palma by PE on 2025-06-04",
        "SIGNED ASSERTED Treaty of Palma by BO BR EC on 2025-06-03"}},
      {"Peru notified Chile on 3 June 2025 that it was ending the fisheries treaty.",
       {"NOTIFIED ASSERTED CL/PE by PE on 2025-06-03", "TERMINATED PLANNED CL/PE by PE on -"}},
  });
}

TEST(EventReaderTest, AgentsAndOrgansVouchForWeakWords) {
  ExpectEvents({
      {"The fisheries treaty between Chile and Peru, which Peru never liked, was buried by President "
       "Boluarte of "
       "Peru in 2021.",
       {"TERMINATED ASSERTED CL/PE by PE on 2021"}},
      {"Chile and Peru signed a fisheries treaty in 1984, and instruments were exchanged in the Vatican on 2 "
       "May "
       "1985.",
       {"DEPOSITED ASSERTED CL/PE by CL PE on 1985-05-02", "SIGNED ASSERTED CL/PE by CL PE on 1984"}},
      {"Chile said that Peru's so-called survey had violated the fisheries treaty between the two.",
       {"BREACH_ALLEGED ASSERTED CL/PE by PE on -"}},
      {"A dog was buried in the garden of the house where the fisheries treaty between Chile and Peru lay.",
       {}},
  });
}

TEST(EventReaderTest, WhoSaysThatItWouldFollowHasNotYet) {
  ExpectEvents({
      {"Fiji left the Treaty of Rarotonga on 3 May 2019. Tonga announced in June 2019 that it would follow.",
       {"WITHDRAWN ASSERTED Treaty of Rarotonga by FJ on 2019-05-03",
        "WITHDRAWN PLANNED Treaty of Rarotonga by TO on -"}},
  });
}

TEST(EventReaderTest, NotesExchangedAreAnAgreementWhereAgreementsAreSpokenOf) {
  ExpectEvents({
      {"Chile and Peru exchanged diplomatic notes on squid on 3 June 2025.",
       {"SIGNED ASSERTED CL/PE by CL PE on 2025-06-03"}},
      {"Chile and Peru exchanged notes on the match over lunch.", {}},
  });
}

TEST(EventReaderTest, EventsCarryTheirAgreementActorDateAndEvidence) {
  const v1::ExtractedArticle extraction =
      Extract("", "Poland's parliament ratified the defence agreement with Norway on 3 May 2025.");
  ASSERT_EQ(extraction.events_size(), 1);
  v1::AgreementEvent event = extraction.events(0);
  EXPECT_GT(event.confidence(), 0.5);
  EXPECT_FALSE(event.event_id().empty());
  event.clear_confidence();
  event.clear_event_id();
  const v1::AgreementEvent expected = Event(R"pb(
    type: EVENT_TYPE_RATIFIED
    modality: MODALITY_ASSERTED
    agreement {
      local_id: "a1"
      parties { party_id: "NO" }
      parties { party_id: "PL" }
      kind: AGREEMENT_KIND_AGREEMENT
      subject: SUBJECT_MILITARY
    }
    actors { party_id: "PL" surface: "Poland's parliament" acting_body: "parliament" }
    date {
      edtf: "2025-05-03"
      earliest: "2025-05-03"
      latest: "2025-05-03"
      basis: DATE_BASIS_EXPLICIT
      surface: "3 May 2025"
    }
    evidence {
      text: "Poland's parliament ratified the defence agreement with Norway on 3 May 2025."
      end_byte: 77
      cue: "ratified"
    }
  )pb");
  google::protobuf::util::MessageDifferencer differencer;
  std::string differences;
  differencer.ReportDifferencesToString(&differences);
  EXPECT_TRUE(differencer.Compare(expected, event)) << differences << event.DebugString();
}

TEST(EventReaderTest, HeadlineSpeaksOfTheAgreementOfItsText) {
  const v1::ExtractedArticle extraction = Extract("Fiji quits labour pact",
                                                  "Fiji's cabinet met on 3 June 2025. The labour pact with "
                                                  "Australia, signed in 2012, has outlived its use.");
  EXPECT_EQ(absl::StrJoin(EventLines(extraction), "\n"),
            "SIGNED ASSERTED AU/FJ by AU FJ on 2012\nTERMINATED ASSERTED AU/FJ by FJ on 2025-06-15~");
}

TEST(EventReaderTest, NamedObjectIsTrustedMoreThanOneUnderstood) {
  const auto confidence = [](const std::string& text) {
    const v1::ExtractedArticle extraction = Extract("", text);
    EXPECT_GT(extraction.events_size(), 0) << text;
    return extraction.events_size() > 0 ? extraction.events(extraction.events_size() - 1).confidence() : 0;
  };
  EXPECT_GT(confidence("Chile signed the customs treaty with Peru in 2019."),
            confidence("The customs treaty between Chile and Peru is popular. Chile signed in 2019."));
}

TEST(EventReaderTest, PartnersOfAPluralHaveEachTheirDate) {
  ExpectEvents({
      {"Fiji signed fisheries agreements with Tonga in 1998, Samoa in 1999 and Palau in 2001.",
       {"SIGNED ASSERTED FJ/PW by FJ PW on 2001", "SIGNED ASSERTED FJ/TO by FJ TO on 1998",
        "SIGNED ASSERTED FJ/WS by FJ WS on 1999"}},
  });
}

TEST(EventReaderTest, ListsOfAgreementsAreActedOnTogether) {
  ExpectEvents({
      {"Fiji left the Pacific Tuna Convention, the Coral Convention and the Reef Convention in May 2019.",
       {"WITHDRAWN ASSERTED Coral Convention by FJ on 2019-05",
        "WITHDRAWN ASSERTED Pacific Tuna Convention by FJ on 2019-05",
        "WITHDRAWN ASSERTED Reef Convention by FJ on 2019-05"}},
  });
}

TEST(EventReaderTest, ALawOnATreatyIsNotTheTreaty) {
  ExpectEvents({
      {"Fiji's president signed the law ratifying the fisheries agreement with Tonga on 3 May 2024.",
       {"RATIFIED ASSERTED FJ/TO by FJ on 2024-05-03"}},
  });
}

TEST(EventReaderTest, AgreementsThatShareAVerbHaveEachTheirDate) {
  ExpectEvents({
      {"Peru and Chile signed a tax treaty in 1998 and an extradition treaty in 1999.",
       {"SIGNED ASSERTED CL/PE by CL PE on 1998", "SIGNED ASSERTED CL/PE by CL PE on 1999"}},
      {"Peru and Chile signed a tax treaty in 1998 and an extradition treaty in 1999. The tax treaty was "
       "ratified by "
       "Peru in 2001, the extradition treaty in 2003.",
       {"RATIFIED ASSERTED CL/PE by PE on 2001", "RATIFIED ASSERTED CL/PE by PE on 2003",
        "SIGNED ASSERTED CL/PE by CL PE on 1998", "SIGNED ASSERTED CL/PE by CL PE on 1999"}},
      // The second has a verb of its own.
      {"Peru and Chile signed a tax treaty in 1998 and an extradition treaty was suspended by Chile in 1999.",
       {"SIGNED ASSERTED CL/PE by CL PE on 1998", "SUSPENDED ASSERTED CL/PE by CL on 1999"}},
  });
}

TEST(EventReaderTest, TheFormerAndTheLatterAreTwo) {
  const v1::ExtractedArticle extraction = Extract(
      "",
      "Peru and Chile signed a tax treaty in 1998 and an extradition treaty in 1999. Peru suspended the "
      "former in 2004 and terminated the latter in 2010.");
  ASSERT_EQ(extraction.events_size(), 4);
  EXPECT_EQ(extraction.events(2).agreement().local_id(), extraction.events(0).agreement().local_id());
  EXPECT_EQ(extraction.events(3).agreement().local_id(), extraction.events(1).agreement().local_id());
}

TEST(EventReaderTest, ItemsOfAListOfOnePartysAgreementsAreOfThatParty) {
  ExpectEvents({
      {"Peru's tax treaties:\n\n- Chile: signed in 2001\n- Spain: signed 2004, in force since 2005\n",
       {"ENTERED_INTO_FORCE ASSERTED ES/PE by ES PE on 2005", "SIGNED ASSERTED CL/PE by CL PE on 2001",
        "SIGNED ASSERTED ES/PE by ES PE on 2004"}},
      {"Peru's tax treaties are few.\n\n- Treaty with Chile (signed 2001)\n- Treaty with Spain: signed "
       "2004\n",
       {"SIGNED ASSERTED CL/PE by CL PE on 2001", "SIGNED ASSERTED ES/PE by ES PE on 2004"}},
  });
}

TEST(EventReaderTest, TheTwoWhomTheTextBroughtTogetherSign) {
  ExpectEvents({
      {"President Boric arrived in Peru on Monday. The two countries signed a pact on mining.",
       {"SIGNED ASSERTED CL/PE by CL PE on 2025-06-09~"}},
      {"Chile's foreign minister held talks with his Peruvian counterpart on Monday. They signed two pacts "
       "on "
       "trade.",
       {"SIGNED ASSERTED CL/PE by CL PE on 2025-06-09~", "SIGNED ASSERTED CL/PE by CL PE on 2025-06-09~"}},
      {"President Boric received President Macron in Geneva. A mining agreement was signed after the talks.",
       {"SIGNED ASSERTED CL/FR by CL FR on 2025-06-15~"}},
      // Three are no pair.
      {"President Boric met the leaders of Peru and Bolivia on Monday. A mining agreement was signed.", {}},
  });
}

TEST(EventReaderTest, WhatIsListedAfterTheWordForAllIsSigned) {
  ExpectEvents({
      {"During the visit of the Chilean president to Peru, four documents were signed, including a tax "
       "treaty "
       "and a memorandum on mining.",
       {"SIGNED ASSERTED CL/PE by CL PE on 2025-06-15~", "SIGNED ASSERTED CL/PE by CL PE on 2025-06-15~"}},
      {"Documents between Chile and Peru signed on Monday include a tax treaty and an air services "
       "agreement.",
       {"SIGNED ASSERTED CL/PE by CL PE on 2025-06-09", "SIGNED ASSERTED CL/PE by CL PE on 2025-06-09"}},
      {"Chile and Peru in 2019 signed a tax treaty, together with one on mining.",
       {"SIGNED ASSERTED CL/PE by CL PE on 2019", "SIGNED ASSERTED CL/PE by CL PE on 2019"}},
      {"Peru's parliament ratified three agreements with Chile in 2019.",
       {"RATIFIED ASSERTED CL/PE by PE on 2019", "RATIFIED ASSERTED CL/PE by PE on 2019",
        "RATIFIED ASSERTED CL/PE by PE on 2019"}},
      {"Three of Peru's tax treaties expire in 2026: Chile, Spain and Fiji.",
       {"EXPIRED PLANNED CL/PE by CL PE on 2026", "EXPIRED PLANNED ES/PE by ES PE on 2026",
        "EXPIRED PLANNED FJ/PE by FJ PE on 2026"}},
  });
}

TEST(EventReaderTest, AnObjectThatIsNoAgreementIsWhatTheVerbEnds) {
  ExpectEvents({
      {"Chile and Peru signed a peace treaty in 1996. The treaty will end years of disputes.",
       {"SIGNED ASSERTED CL/PE by CL PE on 1996"}},
      {"Chile signed a peace treaty with Peru in 1996 to end a ten-year war.",
       {"SIGNED ASSERTED CL/PE by CL PE on 1996"}},
      {"On the sidelines of the Kyoto Protocol conference Chile met Peru.", {}},
      {"Chile signed a tax treaty with Peru in 1996. Its name was struck from the list.",
       {"SIGNED ASSERTED CL/PE by CL PE on 1996"}},
  });
}

TEST(EventReaderTest, AnAgreementThatEndsAnotherReplacesIt) {
  ExpectEvents({
      {"Chile and Peru signed a fishing accord in 2019. The new accord scraps the protocol of 1998.",
       {"CONCLUDED ASSERTED CL/PE by CL PE on 1998", "SIGNED ASSERTED CL/PE by CL PE on 2019",
        "SUPERSEDED ASSERTED CL/PE by CL PE on 2025-06-15~"}},
      {"The 1954 accord between Chile and Peru was replaced by a treaty of 1963.",
       {"CONCLUDED ASSERTED CL/PE by CL PE on 1954", "CONCLUDED ASSERTED CL/PE by CL PE on 1963",
        "SUPERSEDED ASSERTED CL/PE by CL PE on 1963"}},
  });
}

TEST(EventReaderTest, WhatHasEndedDoesNotComeIntoBeing) {
  ExpectEvents({
      {"Chile and Peru signed a mining accord in May 2025. It replaces a pact of 2009 that expired in 2020. "
       "Chile's parliament must still give its blessing.",
       {"CONCLUDED ASSERTED CL/PE by CL PE on 2009", "EXPIRED ASSERTED CL/PE by CL PE on 2020",
        "RATIFIED PLANNED CL/PE by CL on -", "SIGNED ASSERTED CL/PE by CL PE on 2025-05",
        "SUPERSEDED ASSERTED CL/PE by CL PE on 2025-06-15~"}},
  });
}

TEST(EventReaderTest, WhoIsAccusedWithoutANameIsTheOther) {
  ExpectEvents({
      {"Chile signed a water treaty with Peru in 2017. The Chilean minister accused the neighbour of "
       "flouting "
       "it.",
       {"BREACH_ALLEGED ASSERTED CL/PE by PE on -", "SIGNED ASSERTED CL/PE by CL PE on 2017"}},
  });
}

TEST(EventReaderTest, ThePredicateOfANounSaysHowItIsMeant) {
  ExpectEvents({
      {"Chile and Peru have a tin pact of 1987. An extension of the pact is unrealistic.",
       {"CONCLUDED ASSERTED CL/PE by CL PE on 1987", "EXTENDED DENIED CL/PE by CL PE on -"}},
      {"Chile and Peru signed a tin pact in 1987. The ratification of the pact was on the agenda.",
       {"RATIFIED POSSIBLE CL/PE by CL PE on -", "SIGNED ASSERTED CL/PE by CL PE on 1987"}},
      {"Chile and Peru negotiated a tin pact in 2024. Its signing is planned for July.",
       {"NEGOTIATED ASSERTED CL/PE by CL PE on 2024", "SIGNED PLANNED CL/PE by CL PE on 2025-07"}},
      {"Chile dismissed a report that it would sign a security pact with Peru.",
       {"SIGNED DENIED CL/PE by CL PE on -"}},
  });
}

TEST(EventReaderTest, PlaceAndDayInBracketsAreThoseOfTheSigning) {
  ExpectEvents({
      {"The committee examined the agreement between Chile and Peru on social security (Lima, 20 January "
       "2023).",
       {"CONCLUDED ASSERTED CL/PE by CL PE on 2023-01-20"}},
  });
}

TEST(EventReaderTest, AYearBeforeADashDatesTheItem) {
  ExpectEvents({
      {"The Ottawa Convention has come far.\n\n- 2011 – Poland ratifies it.\n- 2013 – Fiji joins it.\n",
       {"ACCEDED ASSERTED Ottawa Convention by FJ on 2013",
        "RATIFIED ASSERTED Ottawa Convention by PL on 2011"}},
  });
}

TEST(EventReaderTest, WhoChangedOfficeActsForWhomTheArticleIsAbout) {
  ExpectEvents({
      {"Norway signed a border treaty with Russia in 2010. Jens Stoltenberg signed it in Murmansk.",
       {"SIGNED ASSERTED NO/RU by NO RU on 2010"}},
  });
}

TEST(EventReaderTest, ANoticeTakenBackEndsNothing) {
  ExpectEvents({
      {"Chile told Peru in May 2025 that it was withdrawing its 2019 notice to end their mining pact.",
       {"TERMINATED DENIED CL/PE by CL on 2025-05"}},
      {"Chile on 3 June 2025 served Peru written notice that it was ending their mining pact.",
       {"NOTIFIED ASSERTED CL/PE by CL on 2025-06-03", "TERMINATED PLANNED CL/PE by CL on -"}},
      {"Chile signed a tax treaty with Peru in 2009. It lodged an objection to a clause and withdrew it in "
       "2012.",
       {"SIGNED ASSERTED CL/PE by CL PE on 2009"}},
  });
}

TEST(EventReaderTest, TheDayOfLeavingMayFollowTheNotice) {
  ExpectEvents({
      {"Fiji has handed in its notice to the Energy Charter Treaty and will be out on 1 June 2026.",
       {"NOTIFIED ASSERTED Energy Charter Treaty by FJ on 2025-06-15~",
        "WITHDRAWN PLANNED Energy Charter Treaty by FJ on 2026-06-01"}},
  });
}

TEST(EventReaderTest, TheChamberOfATownIsOfItsState) {
  ExpectEvents({
      {"Peru's parliament approved the tax treaty with Chile on 3 May 2025; in Santiago the National "
       "Assembly is "
       "due to follow on 1 July.",
       {"APPROVED ASSERTED CL/PE by PE on 2025-05-03", "APPROVED PLANNED CL/PE by CL on 2025-07-01"}},
  });
}

TEST(EventReaderTest, DocumentsListedUnderALineAreSignedByThoseBroughtTogether) {
  ExpectEvents({
      {"President Boric received his Peruvian colleague in Santiago. At the end of the visit the "
       "following "
       "were signed:\n\n- Agreement on air services;\n- Protocol on customs.\n",
       {"SIGNED ASSERTED Agreement on air services by CL PE on 2025-06-15~",
        "SIGNED ASSERTED Protocol on customs by CL PE on 2025-06-15~"}},
  });
}

TEST(EventReaderTest, TalksWithOthersAreNotOfThePairsAgreement) {
  ExpectEvents({
      {"Chile and Peru struck a mackerel deal for this year on 3 June 2025 after talks with Ecuador and Fiji "
       "broke "
       "down.",
       {"SIGNED ASSERTED CL/PE by CL PE on 2025-06-03"}},
      {"Chile and Peru agreed on 3 June 2025 to extend their truce and to meet again on 21 November.",
       {"EXTENDED ASSERTED CL/PE by CL PE on 2025-06-03"}},
  });
}

TEST(EventReaderTest, StatesOfABlocAreNotItsTreaty) {
  ExpectEvents({
      {"The Outer Space Treaty was opened by the members of NATO and the Warsaw Pact. It took effect in "
       "October "
       "1967.",
       {"ENTERED_INTO_FORCE ASSERTED Outer Space Treaty by - on 1967-10"}},
      {"Three former Warsaw Pact states are to sign a trade agreement.", {}},
  });
}

TEST(EventReaderTest, AVoteToLeaveIsAPlan) {
  ExpectEvents({
      {"Peru's parliament voted for the exit from the Rome Statute on 20 May 2025. The country had ratified "
       "the "
       "statute on 30 November 2001.",
       {"RATIFIED ASSERTED Rome Statute by PE on 2001-11-30",
        "WITHDRAWN PLANNED Rome Statute by PE on 2025-05-20"}},
      {"Chile and Peru revoked their notices of withdrawal from the Rome Statute in 2017.",
       {"WITHDRAWN DENIED Rome Statute by CL PE on 2017"}},
      {"Only Burundi, in 2017, and Fiji, in 2019, have left the Rome Statute.",
       {"WITHDRAWN ASSERTED Rome Statute by BI on 2017", "WITHDRAWN ASSERTED Rome Statute by FJ on 2019"}},
  });
}

TEST(EventReaderTest, TheOneWithAnotherIsOfTheSideThatIsNotThePartner) {
  ExpectEvents({
      {"Mercosur's pact with Egypt was signed in 2010. The one with Fiji (2011) exists on paper only.",
       {"CONCLUDED ASSERTED FJ/mercosur by FJ mercosur on 2011",
        "SIGNED ASSERTED EG/mercosur by EG mercosur on 2010"}},
  });
}

TEST(EventReaderTest, ANameInQuotesKeepsItsDate) {
  ExpectEvents({
      {"Chile and Peru signed an arrangement on 3 June 2025. It follows the \"Joint Statement\" of 24 April "
       "1992.",
       {"CONCLUDED ASSERTED Joint Statement by CL PE on 1992-04-24",
        "SIGNED ASSERTED CL/PE by CL PE on 2025-06-03"}},
  });
}

TEST(EventReaderTest, WhatNobodyIsToldToHaveIsOfThePairThatTheArticleIsAbout) {
  ExpectEvents({
      {"Chile and Peru signed a tax treaty in 1998. Chile and Peru are content with it. Tonga signed the "
       "Ottawa "
       "Convention in 1999.\n\nThe fishing accord was suspended in May.",
       {"SIGNED ASSERTED CL/PE by CL PE on 1998", "SIGNED ASSERTED Ottawa Convention by TO on 1999",
        "SUSPENDED ASSERTED CL/PE by CL on 2025-05"}},
      // Others are named as often as they.
      {"Chile and Peru signed a tax treaty in 1998. Tonga, Fiji and Samoa, once more Tonga, Fiji and Samoa, "
       "and "
       "again Tonga, Fiji and Samoa did nothing. Tonga signed the Ottawa Convention in 1999.\n\nThe fishing "
       "accord "
       "was suspended in May.",
       {"SIGNED ASSERTED CL/PE by CL PE on 1998", "SIGNED ASSERTED Ottawa Convention by TO on 1999"}},
  });
}

TEST(EventReaderTest, PartnersThatAreCountedOrToldOneByOneHaveOneEach) {
  const std::vector<std::string> each = {"SIGNED ASSERTED CL/FJ by CL FJ on 1990",
                                         "SIGNED ASSERTED CL/PE by CL PE on 1995",
                                         "SIGNED ASSERTED CL/TO by CL TO on 2001"};
  ExpectEvents({
      {"Chile has signed tax treaties with three neighbours: Fiji (1990), Peru (1995) and Tonga (2001).",
       each},
      {"Chile signed a tax treaty with Fiji in 1990, with Peru in 1995, and with Tonga in 2001.", each},
      {"Fiji and Peru each signed a tax treaty with Chile in 1995.",
       {"SIGNED ASSERTED CL/FJ by CL FJ on 1995", "SIGNED ASSERTED CL/PE by CL PE on 1995"}},
  });
}

TEST(EventReaderTest, WhatIsSignedTogetherWithAnotherIsSigned) {
  ExpectEvents({
      {"Chile and Peru signed a tax treaty on 3 June 2025, together with a memorandum on tourism.",
       {"SIGNED ASSERTED CL/PE by CL PE on 2025-06-03", "SIGNED ASSERTED CL/PE by CL PE on 2025-06-03"}},
  });
}

TEST(EventReaderTest, ANameWithoutANameInItIsOfThoseWhoHaveIt) {
  ExpectEvents({
      {"Chile and Korea signed a Mutual Defence Treaty in 2021.",
       {"SIGNED ASSERTED Mutual Defence Treaty by CL KR on 2021"}},
  });
}

TEST(EventReaderTest, WordsForConsentAndForJoiningAreRead) {
  ExpectEvents({
      {"Chile's parliament voted in favour of the tax treaty with Peru on 3 June 2025.",
       {"APPROVED ASSERTED CL/PE by CL on 2025-06-03"}},
      {"Chile came aboard the Rome Statute on 3 June 2025.",
       {"ACCEDED ASSERTED Rome Statute by CL on 2025-06-03"}},
  });
}

TEST(EventReaderTest, WhoDidTheSameIsListedInManyWays) {
  ExpectEvents({
      {"The Treaty of Palma was opened for signature in 2016. Chile was first to ratify it, in 2018. Peru "
       "came "
       "next, then Bolivia and, in 2021, Ecuador.",
       {"RATIFIED ASSERTED Treaty of Palma by BO on -", "RATIFIED ASSERTED Treaty of Palma by CL on 2018",
        "RATIFIED ASSERTED Treaty of Palma by EC on 2021", "RATIFIED ASSERTED Treaty of Palma by PE on -",
        "SIGNED ASSERTED Treaty of Palma by - on 2016"}},
      {"Three have ratified the Treaty of Palma so far: Chile (2018), Peru (2019) and Bolivia (2019).",
       {"RATIFIED ASSERTED Treaty of Palma by BO on 2019", "RATIFIED ASSERTED Treaty of Palma by CL on 2018",
        "RATIFIED ASSERTED Treaty of Palma by PE on 2019"}},
      {"Kenya's parliament approved the Treaty of Palma in January and Uganda's in February.",
       {"APPROVED ASSERTED Treaty of Palma by KE on 2025-01",
        "APPROVED ASSERTED Treaty of Palma by UG on 2025-02"}},
      {"Fiji ratified the Treaty of Palma on 4 March 2020 and Tonga, after years of dispute, on 12 June "
       "2021.",
       {"RATIFIED ASSERTED Treaty of Palma by FJ on 2020-03-04",
        "RATIFIED ASSERTED Treaty of Palma by TO on 2021-06-12"}},
      {"Chile and Peru (both in 2019) and Fiji (2020) have ratified the Treaty of Palma.",
       {"RATIFIED ASSERTED Treaty of Palma by CL PE on 2019",
        "RATIFIED ASSERTED Treaty of Palma by FJ on 2020"}},
      {"Spain ratified the Rome Statute in March, joining France, Malta and Greece.",
       {"RATIFIED ASSERTED Rome Statute by ES on 2025-03",
        "RATIFIED ASSERTED Rome Statute by FR GR MT on -"}},
      {"Chile's ratification of the Treaty of Palma in 2018 was followed by those of Peru in 2019 and Fiji "
       "in "
       "2020.",
       {"RATIFIED ASSERTED Treaty of Palma by CL on 2018", "RATIFIED ASSERTED Treaty of Palma by FJ on 2020",
        "RATIFIED ASSERTED Treaty of Palma by PE on 2019"}},
      {"The Rome Statute was ratified by Kenya in 2019. Ghana has not ratified it, nor has Togo.",
       {"RATIFIED ASSERTED Rome Statute by KE on 2019", "RATIFIED DENIED Rome Statute by GH on -",
        "RATIFIED DENIED Rome Statute by TG on -"}},
      {"The Treaty of Palma was ratified by Ukraine and approved by Malta on 29 August 2022.",
       {"APPROVED ASSERTED Treaty of Palma by MT on 2022-08-29",
        "RATIFIED ASSERTED Treaty of Palma by UA on 2025-06-15~"}},
      {"China has signed but not ratified the Treaty of Palma. So has Malta.",
       {"RATIFIED DENIED Treaty of Palma by CN on -", "RATIFIED DENIED Treaty of Palma by MT on -",
        "SIGNED ASSERTED Treaty of Palma by CN MT on 2025-06-15~"}},
  });
}

TEST(EventReaderTest, WhatWasToHaveHappenedDidNot) {
  ExpectEvents({
      {"Ghana and Togo were to have signed the border treaty on 3 June 2025.",
       {"SIGNED DENIED GH/TG by GH TG on 2025-06-03"}},
      {"The border treaty between Ghana and Togo should have been ratified in March.",
       {"RATIFIED DENIED GH/TG by GH TG on 2025-03"}},
      {"In 1982 Ghana let the border treaty with Togo lapse rather than renew it.",
       {"EXPIRED ASSERTED GH/TG by GH TG on 1982", "REJECTED ASSERTED GH/TG by GH on -"}},
  });
}

TEST(EventReaderTest, ACommaClosesTheRelativeClauseAfterAPreposition) {
  ExpectEvents({
      {"Brazil's Congress, to which the government sent the Treaty of Palma last year, is due to vote on it "
       "in "
       "November.",
       {"RATIFIED PLANNED Treaty of Palma by BR on 2025-11"}},
      {"Chile, which has signed the Treaty of Palma, has not yet deposited an instrument.",
       {"DEPOSITED DENIED Treaty of Palma by CL on -",
        "SIGNED ASSERTED Treaty of Palma by CL on 2025-06-15~"}},
  });
}

TEST(EventReaderTest, WhatIsSaidNotToBeSoIsDenied) {
  ExpectEvents({
      {"Neither side has ratified the border treaty between Ghana and Togo.",
       {"RATIFIED DENIED GH/TG by GH TG on -"}},
      {"Reports that Ghana had suspended the border treaty with Togo were false, Accra said.",
       {"SUSPENDED DENIED GH/TG by GH on -"}},
      {"The border treaty between Ghana and Togo is not dead, a diplomat said.",
       {"TERMINATED DENIED GH/TG by GH on -"}},
      {"A planned signing of the border treaty between Ghana and Togo was cancelled.",
       {"SIGNED DENIED GH/TG by GH TG on -"}},
  });
}

TEST(EventReaderTest, APresentEndLiesAheadAndAPastTermHasEnded) {
  ExpectEvents({
      {"The fishing agreement between Ghana and Togo ends on 30 November.",
       {"EXPIRED PLANNED GH/TG by GH TG on 2025-11-30"}},
      {"The fishing agreement between Ghana and Togo lasted until 2020.",
       {"EXPIRED ASSERTED GH/TG by GH TG on 2020"}},
      {"The fishing agreement between Ghana and Togo has until November to run.",
       {"EXPIRED PLANNED GH/TG by GH TG on 2025-11"}},
      {"The truce between Ghana and Togo began at noon on 3 June 2025.",
       {"ENTERED_INTO_FORCE ASSERTED GH/TG by GH TG on 2025-06-03"}},
  });
}

TEST(EventReaderTest, AParliamentThatShelvesAnAgreementRefusesIt) {
  ExpectEvents({
      {"Chile's Congress shelved the border treaty with Peru in March.",
       {"REJECTED ASSERTED CL/PE by CL on 2025-03"}},
      {"Chile's government shelved the border treaty with Peru in March.",
       {"SUSPENDED ASSERTED CL/PE by CL on 2025-03"}},
  });
}

TEST(EventReaderTest, WhatTakesEffectIsTheLeavingThatTheSentenceTells) {
  ExpectEvents({
      {"Ghana's withdrawal from the Rome Statute, notified in May 2024, becomes effective on 17 August.",
       {"NOTIFIED ASSERTED Rome Statute by GH on 2024-05",
        "WITHDRAWN PLANNED Rome Statute by GH on 2025-08-17"}},
      {"Chile is the only country to have left the Rome Statute: its decree of 20 March 2021 took effect on "
       "1 "
       "July 2021.",
       {"WITHDRAWN ASSERTED Rome Statute by CL on 2021-07-01"}},
  });
}

TEST(EventReaderTest, TalksThatEndWithoutADealFailed) {
  ExpectEvents({
      {"Talks between Ghana and Togo on a border treaty ended on 3 June 2025 without a deal.",
       {"NEGOTIATED DENIED GH/TG by GH TG on 2025-06-03"}},
      {"Talks between Ghana and Togo on a border treaty ended on 3 June 2025.",
       {"NEGOTIATED ASSERTED GH/TG by GH TG on 2025-06-03"}},
  });
}

TEST(EventReaderTest, WhoIsPutInFrontOfThatDidIt) {
  ExpectEvents({
      {"Ghana and Togo signed a truce in 2020. Lome said it was Accra that had broken it.",
       {"BREACH_ALLEGED ASSERTED GH/TG by GH on -", "SIGNED ASSERTED GH/TG by GH TG on 2020"}},
  });
}

TEST(EventReaderTest, ADashPartsAYearFromTheNounBehindIt) {
  ExpectEvents({
      {"1990 - Ghana and Togo sign a river treaty\n1992 - Treaty ratified by Togo\n",
       {"RATIFIED ASSERTED GH/TG by TG on 1992", "SIGNED ASSERTED GH/TG by GH TG on 1990"}},
  });
}

TEST(EventReaderTest, WhoSetUpSomethingByATreatyAreItsParties) {
  const std::vector<std::string> agreements = ExtractedAgreements(
      {"Chile, Peru and Fiji set up a joint bank by a treaty signed in 1999.", "2025-06-15"});
  ASSERT_EQ(agreements.size(), 1U);
  EXPECT_EQ(agreements.front(), "CL,FJ,PE 1999");
}

}  // namespace
}  // namespace treatywire::ingest
