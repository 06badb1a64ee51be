import { describe, expect, it } from 'vitest'
import { giveTurn } from '../src/database/giveTurn.js'
import { openStore } from './openStore.js'
import { turnsDuring } from './turnsDuring.js'

describe('long work', () => {
  it('lets everything else have its turn', async () => {
    await using store = await openStore()
    await store.launch('Any')
    const read = async (statements: number) => {
      for (let statement = 0; statement < statements; statement++) {
        await giveTurn()
        await store.database.read.run.findMany()
      }
    }
    expect(await turnsDuring(() => read(500))).toBeGreaterThan(3)
  })

  it('that is short is not kept by others that are long', async () => {
    await using store = await openStore()
    const over: string[] = []
    const chain = async (name: string, length: number) => {
      for (let statement = 0; statement < length; statement++) {
        await giveTurn()
        await store.database.read.run.count()
      }
      over.push(name)
    }
    const long = [chain('long', 1_000), chain('long', 1_000)]
    // It comes when these wait already.
    await turnsDuring(() => store.database.read.run.count())
    await Promise.all([...long, chain('short', 20)])
    expect(over[0]).toBe('short')
  })

  it('leaves nothing of a transaction that takes too long, whoever reads beside it', async () => {
    await using store = await openStore(undefined, { longestTransaction: 60 })
    const { id } = await store.launch('As it was')
    let isOver = false
    const reading = (async () => {
      while (!isOver) await store.database.read.run.findMany()
    })()
    const writing = store.database.write(async (transaction) => {
      for (;;) {
        await transaction.run.update({ where: { id }, data: { name: 'Changed' } })
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
    })
    await expect(writing).rejects.toThrow()
    isOver = true
    await reading
    expect(await store.database.read.run.findUniqueOrThrow({ where: { id } })).toMatchObject({ name: 'As it was' })
  })
})
