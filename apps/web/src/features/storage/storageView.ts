import { parseAsInteger, parseAsStringLiteral } from 'nuqs'

export const storageOrders = ['BYTES', 'FILES', 'NUMBER'] as const
export type StorageOrder = (typeof storageOrders)[number]

/** Rows of one page. */
export const PAGE = 50
export const EXPERIMENTS_PAGE = 10

/** What of the page is in its address; pages count from 1. */
export const storageView = {
  sort: parseAsStringLiteral(storageOrders).withDefault('BYTES'),
  direction: parseAsStringLiteral(['ASC', 'DESC']).withDefault('DESC'),
  page: parseAsInteger.withDefault(1),
  experiments: parseAsInteger.withDefault(1),
}

/** Tells how many pages so many rows make, at least one. */
export function pagesOf(count: number, size: number): number {
  return Math.max(1, Math.ceil(count / size))
}
