import type { ReportBlock } from './useReport'

const LONGEST = 40

/** Names a block: a figure by its title, a text by its first words. */
export function nameOfBlock({ text, figure }: ReportBlock): string {
  if (figure) return figure.title
  const words = (text ?? '')
    .replace(/[#*_`>[\]]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (words === '') return 'empty text'
  return words.length <= LONGEST ? words : `${words.slice(0, LONGEST - 1).trimEnd()}…`
}

/** Tells behind which block the one stands that was moved, from the order before and after; null where nothing was. */
export function movedBlock(
  before: readonly string[],
  after: readonly string[],
): { readonly block: string; readonly after: string | null } | null {
  const withoutEach = after.find((id) => {
    const others = (ids: readonly string[]) => ids.filter((other) => other !== id).join(' ')
    return before.indexOf(id) !== after.indexOf(id) && others(before) === others(after)
  })
  return withoutEach === undefined ? null : { block: withoutEach, after: after[after.indexOf(withoutEach) - 1] ?? null }
}
