import { statSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeChunk, readChunk } from '../src/database/seriesChunk.js'
import { recordReport } from '../src/runs/recordReport.js'
import { CurveCache } from '../src/runs/series/CurveCache.js'
import { downsample } from '../src/runs/series/downsample.js'
import { appendSeries, readSeries } from '../src/runs/series/SeriesStore.js'
import { openStore } from './openStore.js'

const STEPS = 100_000
const NAMES = Array.from({ length: 10 }, (_, index) => `metric/${index}`)

describe('a chunk of a series', () => {
  it('reads as it was written: any names, numbers that are not finite, values that are missing', () => {
    const point = fc.record({
      at: fc.nat(),
      values: fc.dictionary(
        fc.string({ maxLength: 12 }).filter((name) => name !== '__proto__'),
        fc.double(),
        { noNullPrototype: true, maxKeys: 4 },
      ),
    })
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 20 }), (points) => {
        expect(readChunk(encodeChunk(points))).toEqual({ value: points })
      }),
    )
  })

  it('keeps numbers of few digits to the bit, and what is missing of them', () => {
    const cells = [0.1, -0.07, 1234.567891, 2147.483647, 3000.5, 0, -0, Number.NaN, -2147483648, undefined]
    const points = cells.flatMap((cell, at) =>
      cells.map((other, row) => ({
        at: at * cells.length + row,
        values: { ...(cell === undefined ? {} : { cell }), ...(other === undefined ? {} : { other }) },
      })),
    )
    const read = readChunk(encodeChunk(points))
    expect(read).toEqual({ value: points })
    for (const cell of [0.1, 1234.567891, -0, 2147.483647, 16757.7]) {
      const read = readChunk(
        encodeChunk([
          { at: 2 ** 40, values: { cell } },
          { at: 2 ** 40 + 1, values: {} },
        ]),
      )
      expect(read).toEqual({
        value: [
          { at: 2 ** 40, values: { cell } },
          { at: 2 ** 40 + 1, values: {} },
        ],
      })
    }
  })

  it('of times and percents that are rounded takes half of what others take', () => {
    const of = (valueAt: (at: number) => number) =>
      encodeChunk(Array.from({ length: 50 }, (_, at) => ({ at, values: { value: valueAt(at) } }))).length
    const noise = (at: number) => Math.abs(Math.sin(at * 12.9898) * 43758.5453) % 1
    expect(of((at) => Number(noise(at).toFixed(4)))).toBeLessThan(of(noise) / 2)
  })

  it('of many values, which would take long to compress with every point, is written as it is', () => {
    const points = Array.from({ length: 100 }, (_, at) => ({
      at,
      values: Object.fromEntries(Array.from({ length: 100 }, (_, name) => [`metric/${name}`, Math.sin(at * name)])),
    }))
    const [many, few] = [encodeChunk(points), encodeChunk(points.map(({ at }) => ({ at, values: { constant: 1, loss: Math.sin(at) } })))]
    expect(readChunk(many)).toEqual({ value: points })
    expect(many.length).toBeGreaterThan(100 * 101 * 8)
    expect(few.length).toBeLessThan(100 * 2 * 8)
  })
})

describe('a series', () => {
  it('of 100,000 steps of ten metrics takes under 10 MB, and is read by range', async () => {
    await using store = await openStore()
    const { number: runNumber } = await store.launch()
    const key = { runNumber, axis: 'step' } as const
    const before = await sizeOf(store)
    const valueAt = (step: number, index: number) => Math.sin(step * (index + 1)) * Math.exp(-step / STEPS)
    for (let start = 0; start < STEPS; start += 500) {
      const points = Array.from({ length: 500 }, (_, index) => ({
        at: start + index,
        values: Object.fromEntries(NAMES.map((name, column) => [name, valueAt(start + index, column)])),
      }))
      await store.database.write((transaction) => appendSeries(transaction, key, points))
    }
    expect((await sizeOf(store)) - before).toBeLessThan(10_000_000)
    const [points = []] = await readSeries(store.database.read, [{ ...key, after: 70_000, upTo: 70_300 }])
    expect(points.map(({ at }) => at)).toEqual(Array.from({ length: 300 }, (_, index) => 70_001 + index))
    expect(points[99]?.values['metric/7']).toBe(valueAt(70_100, 7))
  })

  it('that is logged step by step, each step with an event, takes no more: 100 bytes for a step of ten metrics', async () => {
    await using store = await openStore()
    const { run } = await store.start()
    let latest = run
    const log = async (from: number, to: number) => {
      for (let step = from; step < to; step++) {
        const values = Object.fromEntries(NAMES.map((name, column) => [name, Math.sin(step * (column + 1)) * Math.exp(-step / STEPS)]))
        const report = { type: 'logged' as const, axis: 'step' as const, points: [{ at: step, values }] }
        latest = await store.recorder.record((facts) => recordReport(facts, latest, report))
      }
    }
    // What comes once, such as the names of values, is there with the first.
    await log(0, 256)
    const before = await sizeOf(store)
    await log(256, 1536)
    expect((await sizeOf(store)) - before).toBeLessThan(1280 * 100)
  })

  it('takes values of its last place in several goes, and none of an earlier one', async () => {
    await using store = await openStore()
    const { number: runNumber } = await store.launch()
    const key = { runNumber, axis: 'step' } as const
    const append = (at: number, values: Record<string, number>) =>
      store.database.write((transaction) => appendSeries(transaction, key, [{ at, values }]))
    await append(5, { loss: 1 })
    await append(5, { rate: 0.1 })
    await append(9, { loss: 2 })
    await expect(append(8, { loss: 3 })).rejects.toThrow('step: expected one from 9 on, got 8')
    expect(await readSeries(store.database.read, [key])).toEqual([
      [
        { at: 5, values: { loss: 1, rate: 0.1 } },
        { at: 9, values: { loss: 2 } },
      ],
    ])
  })
})

describe('downsampling', () => {
  it.each([4, 40, 400])('to %i points keeps the first, the last and the extremes of each column', (maximum) => {
    const points = Array.from({ length: 2500 }, (_, index) => ({
      at: index + 1,
      values: {
        trainLoss: index === 1000 ? Number.NaN : 1 / (index + 1) + (index === 1777 ? -5 : 0),
        validationLoss: index === 321 ? -1 : index === 500 ? 50 : Math.sin(index),
        meanActivation: Math.cos(index / 7) + (index === 42 ? 9 : 0),
        constant: 3,
      },
    }))
    const few = downsample(points, maximum)
    const places = few.map(({ at }) => at)
    expect(places).toEqual([...new Set(places)].sort((a, b) => a - b))
    expect(places).toEqual(expect.arrayContaining([1, 2500]))
    for (const name of ['trainLoss', 'validationLoss', 'meanActivation', 'constant'] as const) {
      const all = points.map(({ values }) => values[name]).filter(Number.isFinite)
      const kept = few.map(({ values }) => values[name] ?? Number.NaN).filter(Number.isFinite)
      expect([Math.min(...kept), Math.max(...kept)], name).toEqual([Math.min(...all), Math.max(...all)])
    }
    expect(few.length).toBeLessThanOrEqual(Math.max(maximum, 2 + 2 * 4))
    for (const point of few) expect(point).toBe(points[point.at - 1])
  })

  it('gives what is no longer than asked for as it is', () => {
    const points = [{ at: 1, values: { loss: 1 } }]
    expect(downsample(points, 4)).toBe(points)
  })
})

describe('curves that are kept', () => {
  it('are read again only for a run that has a new epoch', async () => {
    await using store = await openStore()
    const { number: runNumber } = await store.launch()
    const points = Array.from({ length: 1000 }, (_, index) => ({ at: index + 1, values: { validationLoss: Math.sin(index) } }))
    await store.database.write((transaction) => appendSeries(transaction, { runNumber, axis: 'epoch' }, points))
    const curves = new CurveCache(store.database.read)
    const load = (...counts: number[]) =>
      curves.load(counts.map((epochsCompleted) => ({ runNumber, maxPoints: 40, after: 0, epochsCompleted })))
    const [first] = await load(1000)
    expect(first).toEqual({ points: downsample(points, 40), problem: null })
    expect((await load(1000))[0], 'read again though no epoch is new').toBe(first)
    expect((await load(1001))[0], 'kept though an epoch is new').not.toBe(first)
    expect((await load(1000, 0, 999)).map(({ points: { length } }) => length)).toEqual([40, 0, 40])
    expect((await curves.load([{ runNumber, maxPoints: null, after: 990, epochsCompleted: 1000 }]))[0]?.points).toEqual(points.slice(990))
  })
})

describe('the time that epochs took', () => {
  it('is known of each epoch that is left of a long curve, and of those behind one that a client has', async () => {
    await using store = await openStore()
    const { number: runNumber } = await store.launch()
    const points = Array.from({ length: 500 }, (_, index) => ({ at: index + 1, values: { validationLoss: Math.cos(index), seconds: 0.5 } }))
    await store.database.write((transaction) => appendSeries(transaction, { runNumber, axis: 'epoch' }, points))
    const curves = new CurveCache(store.database.read)
    const key = { runNumber, epochsCompleted: 500, totalSeconds: 250 }
    const [few, behind] = await curves.load([
      { ...key, maxPoints: 40, after: 0 },
      { ...key, maxPoints: 20, after: 400 },
    ])
    expect(few?.points.length).toBeGreaterThan(30)
    expect(behind?.points.length).toBeGreaterThan(10)
    for (const { at, values } of [few, behind].flatMap((stretch) => stretch?.points ?? []))
      expect(values.elapsedSeconds).toBeCloseTo(at / 2, 9)
  })
})

/** Bytes of the database once everything in its log is in it. */
async function sizeOf({ database, folder }: Awaited<ReturnType<typeof openStore>>): Promise<number> {
  await database.read.$queryRaw`SELECT 1`
  await database.write((transaction) => transaction.$queryRawUnsafe('SELECT 1'))
  const [{ pages = 0n, size = 0n } = {}] = await database.read.$queryRawUnsafe<{ pages: bigint; size: bigint }[]>(
    'SELECT page_count - freelist_count AS pages, page_size AS size FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()',
  )
  statSync(folder.databasePath)
  return Number(pages * size)
}
