#include "tests/query_service/index/cancelled_agreements.h"

#include <string>

#include "tests/query_service/index/article_builder.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

constexpr char kPublished[] = "2025-12-06";

// "Signed", as the bare date of an agreement is read where the words name no act.
void AddOrigins(ArticleBuilder& article) {
  const std::string sentence =
      "What Moscow had with Paris goes back to 1997, with Lisbon to 1994 and with Ottawa to 1992.";
  article.Event("fr", v1::EVENT_TYPE_CONCLUDED, {.date = "1997", .sentence = sentence})
      .Event("pt", v1::EVENT_TYPE_CONCLUDED, {.date = "1994", .sentence = sentence})
      .Event("ca", v1::EVENT_TYPE_CONCLUDED, {.date = "1992", .sentence = sentence});
}

}  // namespace

v1::ExtractedArticle DecreeReport() {
  const std::string ended =
      "Russia cancelled three military accords, with Ottawa, Paris and Lisbon, on Friday.";
  const std::string quoted =
      "\"To be cancelled are: the Agreement between the USSR and Canada on military visits, done at Moscow "
      "on 20 "
      "November 1989; the Agreement between Russia and France on cooperation in the field of defence, done "
      "at Moscow "
      "on 4 February 1994; the Agreement between Russia and Portugal on cooperation in the military field, "
      "done at "
      "Moscow on 4 August 2000.\"";
  const std::string notice = "The ministry is yet to notify the three capitals.";
  const std::string none = "Nothing is to take their place.";
  ArticleBuilder article("decree-report", "The Harbour Gazette", kPublished);
  const auto military = [](const std::string& title, const std::string& date) {
    return MentionFields{
        .title = title, .subject = v1::SUBJECT_MILITARY, .signed_date = date, .signed_place = "Moscow"};
  };
  article
      .Agreement(
          "ca", {"SUHH", "CA"},
          military(
              "Agreement between the Government of the USSR and the Government of Canada on military visits",
              "1989-11-20"))
      .Agreement(
          "fr", {"RU", "FR"},
          military(
              "Agreement between the Government of the Russian Federation and the Government of the French "
              "Republic on cooperation in the field of defence",
              "1994-02-04"))
      .Agreement(
          "pt", {"RU", "PT"},
          military("Agreement between the Government of the Russian Federation and the Government of the "
                   "Portuguese Republic on cooperation in the military field",
                   "2000-08-04"))
      .Agreement("de", {"RU", "DE"}, {.subject = v1::SUBJECT_MILITARY});
  for (const char* id : {"ca", "pt", "fr"}) {
    article.Event(id, v1::EVENT_TYPE_TERMINATED,
                  {.date = "2025-12-05", .actors = {"RU"}, .instrument = "decree", .sentence = ended});
  }
  article
      .Event("ca", v1::EVENT_TYPE_SIGNED,
             {.date = "1989-11-20", .actors = {"SUHH", "CA"}, .place = "Moscow", .sentence = quoted})
      .Event("fr", v1::EVENT_TYPE_SIGNED,
             {.date = "1994-02-04", .actors = {"RU", "FR"}, .place = "Moscow", .sentence = quoted})
      .Event("pt", v1::EVENT_TYPE_SIGNED,
             {.date = "2000-08-04", .actors = {"RU", "PT"}, .place = "Moscow", .sentence = quoted});
  for (const char* id : {"ca", "pt", "fr"}) {
    article
        .Event(id, v1::EVENT_TYPE_SUPERSEDED,
               {.actors = {"RU"}, .modality = v1::MODALITY_DENIED, .sentence = none})
        .Event(id, v1::EVENT_TYPE_NOTIFIED,
               {.actors = {"RU"}, .modality = v1::MODALITY_PLANNED, .sentence = notice});
  }
  article.Event(
      "de", v1::EVENT_TYPE_TERMINATED,
      {.date = "2025-07",
       .actors = {"RU"},
       .sentence = "Back in July the government had cancelled a military-technical accord with Berlin."});
  return article.Build();
}

v1::ExtractedArticle TableReport() {
  ArticleBuilder article("table-report", "Dawn Dispatch", kPublished);
  article
      .Agreement("ca", {"SUHH", "CA"},
                 {.title = "Canadian pact on military visits",
                  .aliases = {"Military Visits Pact"},
                  .kind = v1::AGREEMENT_KIND_PACT,
                  .subject = v1::SUBJECT_MILITARY,
                  .signed_date = "1989-11-20"})
      .Agreement("fr", {"RU", "FR"},
                 {.title = "Franco-Russian Defence Cooperation Agreement",
                  .aliases = {"Franco‑Russian defense cooperation agreement"},
                  .subject = v1::SUBJECT_MILITARY,
                  .signed_date = "1994-02-04"})
      .Agreement("pt", {"RU", "PT"},
                 {.title = "Russian-Portuguese Military Cooperation Treaty",
                  .kind = v1::AGREEMENT_KIND_TREATY,
                  .subject = v1::SUBJECT_MILITARY,
                  .signed_date = "2000-08-04"})
      .Agreement("de", {"RU", "DE"},
                 {.title = "Military-Technical Cooperation Agreement",
                  .subject = v1::SUBJECT_MILITARY,
                  .signed_date = "2000/2003~"});
  for (const char* id : {"ca", "fr", "pt"}) {
    article.Event(
        id, v1::EVENT_TYPE_TERMINATED,
        {.date = "2025-12-05",
         .actors = {"RU"},
         .instrument = "decree",
         .sentence = "A decree of Friday does away with what was agreed with three members of NATO."});
  }
  article
      .Event(
          "ca", v1::EVENT_TYPE_SIGNED,
          {.date = "1989-11-20",
           .actors = {"SUHH", "CA"},
           .sentence = "The Soviet Union put its name to the visits pact with Canada on 20 November 1989."})
      .Event(
          "fr", v1::EVENT_TYPE_SIGNED,
          {.date = "1994-02-04",
           .actors = {"RU", "FR"},
           .sentence =
               "The French accord on defence followed on 4 February 1994, the Portuguese on 4 August 2000."})
      .Event(
          "pt", v1::EVENT_TYPE_SIGNED,
          {.date = "2000-08-04",
           .actors = {"RU", "PT"},
           .sentence =
               "The French accord on defence followed on 4 February 1994, the Portuguese on 4 August 2000."});
  for (const char* id : {"ca", "fr", "pt"}) {
    article.Event(id, v1::EVENT_TYPE_NOTIFIED,
                  {.actors = {"RU"},
                   .modality = v1::MODALITY_PLANNED,
                   .sentence = "Diplomats have orders to give formal notice to the three."});
  }
  article
      .Event("de", v1::EVENT_TYPE_TERMINATED,
             {.date = "2025-07",
              .actors = {"RU"},
              .sentence = "Germany had lost its military-technical accord with Russia in July 2025."})
      .Event("de", v1::EVENT_TYPE_SIGNED,
             {.date = "2000/2003~",
              .actors = {"RU", "DE"},
              .sentence = "Germany | Military-Technical Cooperation Agreement | early 2000s | July 2025"});
  return article.Build();
}

v1::ExtractedArticle VagueReport() {
  ArticleBuilder article("vague-report", "Policy Review Daily", kPublished);
  for (const auto& [id, partner] : {std::pair("fr", "FR"), {"pt", "PT"}, {"ca", "CA"}}) {
    article.Agreement(id, {"RU", partner}, {.subject = v1::SUBJECT_MILITARY})
        .Event(id, v1::EVENT_TYPE_TERMINATED,
               {.date = "2025-12-06~",
                .basis = v1::DATE_BASIS_PUBLICATION,
                .actors = {"RU"},
                .sentence =
                    "Moscow is walking out of long-standing military arrangements with Portugal, France and "
                    "Canada, and analysts see a break."});
  }
  AddOrigins(article);
  return article.Build();
}

std::vector<v1::ExtractedArticle> CancelledAgreements() {
  return {DecreeReport(), TableReport(), VagueReport()};
}

}  // namespace treatywire::query
