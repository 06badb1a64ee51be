/** Tells whether a text has all words that are typed, in any case. */
export function matches(typed: string, text: string): boolean {
  const folded = text.toLocaleLowerCase()
  return typed
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => folded.includes(word))
}
