import { describe, expect, it } from 'vitest'
import { openStore } from './openStore.js'

describe('a chain of statements', () => {
  it.each(['reads', 'writes'] as const)('lets everything else have its turn: %s', async (kind) => {
    await using store = await openStore()
    await store.launch('Any')
    let turns = 0
    let isOver = false
    const count = () => {
      turns++
      if (!isOver) setImmediate(count)
    }
    setImmediate(count)
    const began = performance.now()
    if (kind === 'reads') {
      for (let read = 0; read < 500; read++) await store.database.read.run.findMany()
    } else {
      await store.database.write(async (transaction) => {
        for (let written = 0; written < 500; written++) await transaction.run.updateMany({ data: { name: `Any ${written}` } })
      })
    }
    isOver = true
    // One at least in as much time as three slices take.
    expect(turns).toBeGreaterThan(Math.floor((performance.now() - began) / 30))
  })

  it('that is short is not kept by one that is long', async () => {
    await using store = await openStore()
    const read = () => store.database.read.run.count()
    const over: string[] = []
    const chain = async (name: string, length: number) => {
      for (let statement = 0; statement < length; statement++) await read()
      over.push(name)
    }
    await Promise.all([chain('long', 1_000), chain('also long', 1_000), chain('short', 20)])
    expect(over[0]).toBe('short')
  })
})
