import { UpkeepError } from '../upkeep/UpkeepError.js'

/** Says that a row is none that a Hourglass wrote. */
export function unreadable(table: string, column: string): UpkeepError {
  return new UpkeepError(
    `hourglass.db: expected rows that a Hourglass wrote, got another ${column} in ${table}. Ask whoever made the archive.`,
  )
}
