/**
 * Prisma compares with LIKE, and neither escapes % and _ nor names a character that does. So the adapter names one, and whoever searches
 * for text escapes it.
 */
const ESCAPE = '\\'

/** Writes text so that LIKE finds it as it is. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (character) => ESCAPE + character)
}

/** Adds the escape character to every LIKE of a statement that Prisma wrote, such as `name LIKE ('%' || ? || '%')`. */
export function withLikeEscape(sql: string): string {
  return sql.replace(/ LIKE \((?:'%' \|\| )?\?(?: \|\| '%')?\)/g, (comparison) => `${comparison} ESCAPE '${ESCAPE}'`)
}
