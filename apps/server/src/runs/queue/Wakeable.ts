/** What looks for work of its own once it is told that there may be some. */
export interface Wakeable {
  wake(): void
}
