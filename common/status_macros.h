// Early return on error, in the shape of Abseil's macros, which its releases up to 2024 leave out.
//
//   TW_RETURN_IF_ERROR(ValidateArticle(article));
//   TW_ASSIGN_OR_RETURN(const Document document, ReadDocument(title, body, type));
//
// A type with a comma in it needs parentheses or an alias. TW_ASSIGN_OR_RETURN is several statements: no use
// as the body of an if without braces.
#ifndef TREATYWIRE_COMMON_STATUS_MACROS_H_
#define TREATYWIRE_COMMON_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define TW_RETURN_IF_ERROR(expression)                            \
  do {                                                            \
    if (absl::Status tw_status = (expression); !tw_status.ok()) { \
      return tw_status;                                           \
    }                                                             \
  } while (false)

#define TW_ASSIGN_OR_RETURN(declaration, expression) \
  TW_ASSIGN_OR_RETURN_(TW_CONCATENATE_(tw_status_or_, __LINE__), declaration, expression)

// The arguments are names and declarations, which can't stand in brackets.
// NOLINTBEGIN(bugprone-macro-parentheses)
#define TW_ASSIGN_OR_RETURN_(status_or, declaration, expression) \
  auto status_or = (expression);                                 \
  if (!status_or.ok()) return std::move(status_or).status();     \
  declaration = *std::move(status_or) /* the caller's semicolon */
// NOLINTEND(bugprone-macro-parentheses)

#define TW_CONCATENATE_(a, b) TW_CONCATENATE_INNER_(a, b)
#define TW_CONCATENATE_INNER_(a, b) a##b

#endif  // TREATYWIRE_COMMON_STATUS_MACROS_H_
