// Claims of one agreement, from articles that speak of no other.
#ifndef TREATYWIRE_TESTS_QUERY_SERVICE_RESOLUTION_CLAIMS_H_
#define TREATYWIRE_TESTS_QUERY_SERVICE_RESOLUTION_CLAIMS_H_

#include <memory>
#include <string>
#include <vector>

#include "query_service/resolution/acts.h"
#include "query_service/resolution/article_version.h"
#include "tests/query_service/index/article_builder.h"

namespace treatywire::query {

// Keeps the articles that its claims refer to.
class Claims {
 public:
  explicit Claims(std::vector<std::string> parties = {"FR", "RU"}) : parties_(std::move(parties)) {
    context_.pair = parties_.size() == 2;
    context_.parties = parties_;
  }

  // An event of an article of its own, by another publisher each time unless `source` says otherwise.
  Claims& Add(treatywire::v1::EventType type, const EventFields& fields = {},
              const MentionFields& mention = {}, const std::string& published = "2020-06-01",
              int source = 0) {
    const std::string id = "article-" + std::to_string(articles_.size());
    articles_.push_back(ReadArticleVersion(
        ArticleBuilder(id, id, published).Agreement("a", parties_, mention).Event("a", type, fields).Build(),
        1));
    ActClaim claim;
    claim.article = articles_.back().get();
    claim.source = source != 0 ? source : static_cast<int>(articles_.size());
    if (claim.event().has_date()) claim.date = ClaimedDateOf(claim.event().date());
    claims_.push_back(std::move(claim));
    return *this;
  }

  // An event of the article of the claim before.
  Claims& AddBeside(treatywire::v1::EventType type, const EventFields& fields = {}) {
    treatywire::v1::ExtractedArticle article = articles_.back()->extraction();
    const std::string id = article.article().article_id();
    const treatywire::v1::ExtractedArticle beside =
        ArticleBuilder(id, id, "2020-06-01").Agreement("a", parties_).Event("a", type, fields).Build();
    *article.add_events() = beside.events(0);
    const ArticleVersion* before = articles_.back().get();
    replaced_.push_back(articles_.back());
    articles_.back() = ReadArticleVersion(article, 1);
    for (ActClaim& claim : claims_) {
      if (claim.article == before) claim.article = articles_.back().get();
    }
    ActClaim claim;
    claim.article = articles_.back().get();
    claim.event_index = article.events_size() - 1;
    claim.source = claims_.back().source;
    if (claim.event().has_date()) claim.date = ClaimedDateOf(claim.event().date());
    claims_.push_back(std::move(claim));
    return *this;
  }

  const std::vector<ActClaim>& all() const { return claims_; }
  const ActContext& context() const { return context_; }
  std::vector<Act> Acts() const { return JoinActs(claims_, context_); }
  std::vector<std::string> ActIds() const {
    std::vector<std::string> ids;
    for (const Act& act : Acts()) ids.push_back(act.id);
    return ids;
  }

 private:
  std::vector<std::string> parties_;
  ActContext context_;
  std::vector<std::shared_ptr<const ArticleVersion>> articles_;
  std::vector<std::shared_ptr<const ArticleVersion>> replaced_;
  std::vector<ActClaim> claims_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_TESTS_QUERY_SERVICE_RESOLUTION_CLAIMS_H_
