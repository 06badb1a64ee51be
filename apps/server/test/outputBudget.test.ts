import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { OutputBudget, type Reader } from '../src/api/http/OutputBudget.js'

const KILOBYTE = 1024

/** Somebody who is sent something, and counts how often it is asked how much waits. */
class MadeUpReader implements Reader {
  readonly about
  pending = 0
  looks = 0
  isDropped = false

  constructor(readonly name: string) {
    this.about = { requestId: name, address: name, client: name }
  }

  pendingBytes(): number {
    this.looks++
    return this.pending
  }

  drop(): void {
    this.isDropped = true
  }
}

function openBudget(total: number, count: number) {
  const budget = new OutputBudget(pino({ enabled: false }), total)
  const readers = Array.from({ length: count }, (_, index) => new MadeUpReader(`${index}`))
  const goes = readers.map((reader) => budget.add(reader))
  const write = (index: number, bytes: number) => {
    const reader = readers[index]
    if (!reader) throw new Error(`there is no reader ${index}`)
    reader.pending += bytes
    budget.check(reader)
  }
  const dropped = () => readers.filter(({ isDropped }) => isDropped).map(({ name }) => name)
  return { budget, readers, goes, write, dropped }
}

describe('what is held for readers', () => {
  it('is checked by looking at who was written to, however many there are, while all have little enough', () => {
    const { readers, write, dropped } = openBudget(10 * 1000 ** 3, 1_000)
    const writes = 20_000
    const started = performance.now()
    for (let index = 0; index < writes; index++) write(index % 1_000, 80 * KILOBYTE)
    const looks = readers.reduce((sum, each) => sum + each.looks, 0)
    // All of them four times a second.
    const all = 1_000 * (1 + Math.ceil((performance.now() - started) / 250))
    expect(looks).toBeLessThanOrEqual(writes + all)
    expect(dropped()).toEqual([])
  })

  it('is given up of whoever has the most, as soon as it is too much together', () => {
    const { budget, write, dropped } = openBudget(1_000 * KILOBYTE, 10)
    for (let index = 0; index < 10; index++) write(index, (95 + index) * KILOBYTE)
    expect(dropped()).toEqual([])
    write(0, 20 * KILOBYTE)
    expect(dropped()).toEqual(['0'])
    write(3, 150 * KILOBYTE)
    expect(dropped()).toEqual(['0', '3'])
    expect(budget.unreadBytes).toBeLessThanOrEqual(1_000 * KILOBYTE)
  })

  it('is given up of one that has more than one may have', () => {
    const { write, dropped } = openBudget(1_000 * KILOBYTE, 3)
    write(1, 251 * KILOBYTE)
    expect(dropped()).toEqual(['1'])
  })

  it('is not given up for what others have read, or had when they went', () => {
    const { readers, goes, write, dropped } = openBudget(1_000 * KILOBYTE, 8)
    for (let index = 0; index < 8; index++) write(index, 120 * KILOBYTE)
    for (const reader of readers.slice(0, 3)) reader.pending = 0
    goes[3]?.()
    goes[3]?.()
    for (let index = 4; index < 8; index++) write(index, 100 * KILOBYTE)
    expect(dropped()).toEqual([])
    write(4, 20 * KILOBYTE)
    write(5, 20 * KILOBYTE)
    expect(dropped()).toEqual([])
    for (let index = 0; index < 3; index++) write(index, 200 * KILOBYTE)
    expect(dropped()).not.toEqual([])
  })

  it('is seen within a moment where it grew without being told of', async () => {
    const { readers, write, dropped } = openBudget(1_000 * KILOBYTE, 8)
    write(0, 65 * KILOBYTE)
    for (const reader of readers.slice(1)) reader.pending = 200 * KILOBYTE
    await sleep(300)
    write(0, KILOBYTE)
    expect(dropped().length).toBeGreaterThanOrEqual(2)
    expect(dropped()).not.toContain('0')
  })
})
