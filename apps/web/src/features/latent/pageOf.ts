/** Cuts a list into pages and returns one; a page past the end is the last. Pages count from 1. */
export function pageOf<Item>(
  items: readonly Item[],
  { page, size }: { page: number; size: number },
): { readonly items: readonly Item[]; readonly page: number; readonly pages: number } {
  const pages = Math.max(1, Math.ceil(items.length / size))
  const shown = Math.min(Math.max(1, page), pages)
  return { items: items.slice((shown - 1) * size, shown * size), page: shown, pages }
}
