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
})
