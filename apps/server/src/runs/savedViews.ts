import { createId } from '../createId.js'
import type { Database, Transaction } from '../database/Database.js'
import type { SavedView } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { checkName } from './runNames.js'

export const MAXIMUM_VIEWS = 200
export const MAXIMUM_VIEW_NAME = 100
const MAXIMUM_ADDRESS = 8_000

/** Lists the views of the lab, by name. */
export async function readViews({ read }: Pick<Database, 'read'>): Promise<readonly SavedView[]> {
  const views = await read.savedView.findMany()
  const order = new Intl.Collator('en', { numeric: true })
  return views.sort((a, b) => order.compare(a.name, b.name))
}

/** Stores a view under a name. Throws BAD_USER_INPUT where another one is called so, or there are too many. */
export async function saveView(database: Pick<Database, 'write'>, given: Pick<SavedView, 'name' | 'address'>): Promise<SavedView> {
  const name = checkName(given.name, 'name', MAXIMUM_VIEW_NAME)
  const address = checkAddress(given.address)
  return database.write(async (transaction) => {
    await requireFree(transaction, name)
    if ((await transaction.savedView.count()) >= MAXIMUM_VIEWS) {
      throw new HourglassError(
        errorCodes.badUserInput,
        `views: expected at most ${MAXIMUM_VIEWS}, got one more. Delete one that nobody uses.`,
      )
    }
    return transaction.savedView.create({ data: { id: createId(), name, address } })
  })
}

export interface ViewChange {
  readonly name?: string | null | undefined
  readonly address?: string | null | undefined
}

/** Renames a view, or has it show something else. Throws VIEW_NOT_FOUND, or BAD_USER_INPUT where another one is called so. */
export async function updateView(database: Pick<Database, 'write'>, id: string, change: ViewChange): Promise<SavedView> {
  const name = typeof change.name === 'string' ? checkName(change.name, 'name', MAXIMUM_VIEW_NAME) : undefined
  const address = typeof change.address === 'string' ? checkAddress(change.address) : undefined
  return database.write(async (transaction) => {
    await requireView(transaction, id)
    if (name !== undefined) await requireFree(transaction, name, id)
    const data = { ...(name === undefined ? {} : { name }), ...(address === undefined ? {} : { address }), updatedAt: new Date() }
    return transaction.savedView.update({ where: { id }, data })
  })
}

/** Deletes a view, and gives it as it was. Throws VIEW_NOT_FOUND. */
export async function deleteView(database: Pick<Database, 'write'>, id: string): Promise<SavedView> {
  return database.write(async (transaction) => {
    await requireView(transaction, id)
    return transaction.savedView.delete({ where: { id } })
  })
}

async function requireView(transaction: Transaction, id: string): Promise<void> {
  if (await transaction.savedView.findUnique({ where: { id } })) return
  throw new HourglassError(
    errorCodes.viewNotFound,
    `id: expected a saved view, got ${JSON.stringify(id.slice(0, 80))}. It may have been deleted.`,
  )
}

async function requireFree(transaction: Transaction, name: string, id?: string): Promise<void> {
  const same = await transaction.savedView.findUnique({ where: { name } })
  if (!same || same.id === id) return
  throw new HourglassError(errorCodes.badUserInput, `name: expected one that no other view has, got ${JSON.stringify(name)}.`)
}

/** An address is what follows the page's own path: nobody is led elsewhere by a view. */
function checkAddress(address: string): string {
  if (/^(\?[^#\s]*)?$/.test(address) && address.length <= MAXIMUM_ADDRESS) return address === '?' ? '' : address
  const got = JSON.stringify(address.slice(0, 80))
  throw new HourglassError(
    errorCodes.badUserInput,
    `address: expected at most ${MAXIMUM_ADDRESS} characters that begin with a question mark, as the address of the page has them, got ${got}.`,
  )
}
