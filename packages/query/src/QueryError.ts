/** What of a text is no query: what was expected there, and what came. */
export class QueryError extends Error {
  /** Where the part begins and ends, counted in characters from 0. */
  readonly from: number
  readonly to: number

  constructor(message: string, { from, to }: { readonly from: number; readonly to: number }) {
    super(`${message} (character ${from + 1})`)
    this.name = 'QueryError'
    this.from = from
    this.to = to
  }
}
