import { DeleteViewDocument, SavedViewsDocument, SaveViewDocument, UpdateViewDocument } from '../../data/generated/graphql'
import { defineAction } from '../../data/useAction'

const refetch = [SavedViewsDocument]

/** Stores a view for everybody. Why its name is refused stands beside the field. */
export const saveView = defineAction({ document: SaveViewDocument, refetch })

/** Renames a view. Why its name is refused stands beside the field. */
export const updateView = defineAction({ document: UpdateViewDocument, refetch })

/** Has a view show what the page shows. */
export const replaceView = defineAction({ document: UpdateViewDocument, refetch, failure: 'The view was not changed' })

/** Stores a view that was deleted once more. */
export const restoreView = defineAction({ document: SaveViewDocument, refetch, failure: 'The view was not restored' })

export const deleteView = defineAction({ document: DeleteViewDocument, refetch, failure: 'The view was not deleted' })

/** What an address says of a page that is no part of a view: what is ticked, and which groups are open. */
const OF_THE_MOMENT = ['select', 'all', 'open']

/** Writes an address as a view keeps it. */
export function addressOfView(search: string): string {
  const parts = new URLSearchParams(search)
  for (const name of OF_THE_MOMENT) parts.delete(name)
  const written = parts.toString()
  return written === '' ? '' : `?${written}`
}

/** Tells whether two addresses show the same view, in whatever order they name its parts. */
export function isSameView(one: string, other: string): boolean {
  const partsOf = (address: string) => [...new URLSearchParams(addressOfView(address))].map((part) => part.join('=')).sort()
  return partsOf(one).join('&') === partsOf(other).join('&')
}
