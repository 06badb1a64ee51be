import { deflateSync } from 'node:zlib'
import { encode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { addToReport, changeReport, type NewFigure } from '../src/reports/changeReport.js'
import { MAXIMUM_REPORT_BYTES, MAXIMUM_TABLE_BYTES } from '../src/reports/keptFigures.js'
import {
  createReport,
  editReport,
  purgeReports,
  readReports,
  requireBlocks,
  requireReport,
  restoreReports,
  trashReports,
} from '../src/reports/reports.js'
import { checkReports } from '../src/upkeep/checkReports.js'
import { editDatabase } from './editDatabase.js'
import { type OpenStore, openStore } from './openStore.js'
import { pngOf } from './pngOf.js'

const days = 7
const image = pngOf(2, 3).toString('base64')
const figure: NewFigure = {
  title: 'Losses',
  path: '/compare?runs=a,b',
  figure: 'curves',
  isLive: false,
  alternative: 'Two curves that fall.',
  taken: { image, table: 'epoch,loss\r\n1,0.5\r\n' },
}

const reportOf = async ({ database }: OpenStore, name = 'Report') => (await createReport(database, name)).id
const shown = async ({ database }: OpenStore, id: string) =>
  requireBlocks(await requireReport(database, id))
    .filter(({ removedAt }) => removedAt === null)
    .map((block) => (block.kind === 'text' ? block.text : `[${block.title}]`))
const idsOf = async ({ database }: OpenStore, id: string) => requireBlocks(await requireReport(database, id)).map((block) => block.id)

describe('a report', () => {
  it('is made of texts and figures, which are written, described, moved, taken out and put back', async () => {
    await using store = await openStore()
    const { database } = store
    const id = await reportOf(store, '  Bottlenecks ')
    const place = { id, days }
    await addToReport(database, place, figure)
    await changeReport(database, place, { addText: { text: ' # What was tried\r\n' } })
    const [first = '', second = ''] = await idsOf(store, id)
    await changeReport(database, place, { addText: { text: 'Between', after: first } })
    expect(await shown(store, id)).toEqual(['# What was tried', 'Between', '[Losses]'])
    const [, between = ''] = await idsOf(store, id)
    await changeReport(database, place, { writeText: { block: between, text: 'In between', before: 'Between' } })
    await changeReport(database, place, { changeFigure: { block: second, title: 'Curves', caption: 'Both fall.', isLive: true } })
    await changeReport(database, place, { move: { block: second, after: first } })
    expect(await shown(store, id)).toEqual(['# What was tried', '[Curves]', 'In between'])
    await changeReport(database, place, { move: { block: between } })
    await changeReport(database, place, { remove: second })
    expect(await shown(store, id)).toEqual(['In between', '# What was tried'])
    await changeReport(database, place, { putBack: second })
    await changeReport(database, place, { name: 'How narrow' })
    const report = await requireReport(database, id)
    expect(await shown(store, id)).toEqual(['In between', '# What was tried', '[Curves]'])
    expect(report).toMatchObject({ name: 'How narrow', number: 1, revision: 11, figureCount: 1 })
    expect(requireBlocks(report)[2]).toMatchObject({ caption: 'Both fall.', alternative: 'Two curves that fall.', isLive: true })
  })

  it('refuses a text that was made of another than is there, and loses nothing that somebody else wrote', async () => {
    await using store = await openStore()
    const { database } = store
    const place = { id: await reportOf(store), days }
    await changeReport(database, place, { addText: { text: 'Old' } })
    const [block = ''] = await idsOf(store, place.id)
    const write = (text: string, before: string) => changeReport(database, place, { writeText: { block, text, before } })
    await write('Of one', 'Old')
    await expect(write('Of another', 'Old')).rejects.toMatchObject({ code: 'REPORT_CHANGED' })
    expect(await shown(store, place.id)).toEqual(['Of one'])
    await write('Of one', 'Old')
    await changeReport(database, place, { remove: block })
    const late = [
      { writeText: { block, text: 'Late', before: 'Of one' } },
      { move: { block } },
      { remove: block },
      { addText: { text: 'a', after: block } },
    ]
    for (const change of late) await expect(changeReport(database, place, change)).rejects.toMatchObject({ code: 'REPORT_CHANGED' })
    await changeReport(database, place, { putBack: block })
    expect(await shown(store, place.id)).toEqual(['Of one'])
  })

  it('takes changes of several people to different things at once', async () => {
    await using store = await openStore()
    const place = { id: await reportOf(store), days }
    const texts = Array.from({ length: 12 }, (_, index) => `Text ${index}`)
    await Promise.all(texts.map((text) => changeReport(store.database, place, { addText: { text } })))
    expect((await shown(store, place.id)).sort()).toEqual([...texts].sort())
  })

  it('that is deleted is in the trash, comes back as it was, and takes its figures along when it goes for good', async () => {
    await using store = await openStore()
    const { database } = store
    const [kept, gone] = [await reportOf(store, 'Kept'), await reportOf(store, 'Gone')]
    await addToReport(database, { id: gone, days }, figure)
    const before = await requireReport(database, gone)
    await expect(trashReports(database, [gone, 'nothing'])).rejects.toMatchObject({ code: 'REPORT_NOT_FOUND', details: { id: 'nothing' } })
    await trashReports(database, [gone])
    const names = async (inTrash: boolean) => (await readReports(database, { inTrash })).map(({ name }) => name)
    expect([await names(false), await names(true)]).toEqual([['Kept'], ['Gone']])
    await expect(requireReport(database, gone)).rejects.toMatchObject({ code: 'REPORT_NOT_FOUND' })
    await expect(changeReport(database, { id: gone, days }, { name: 'Changed' })).rejects.toMatchObject({ code: 'REPORT_NOT_FOUND' })
    await restoreReports(database, [gone])
    expect(await requireReport(database, gone)).toEqual(before)
    expect(await purgeReports(database, [gone, 'nothing'])).toEqual([gone])
    expect(await database.read.keptFigure.count()).toBe(0)
    expect(await names(false)).toEqual(['Kept'])
    expect(await requireReport(database, kept)).toMatchObject({ name: 'Kept' })
    expect((await readReports(database, { search: 'KE' })).map(({ id }) => id)).toEqual([kept])
    expect(await readReports(database, { search: 'gone' })).toEqual([])
  })

  it('keeps figures that no block shows any more for a day, as somebody may take that back', async () => {
    await using store = await openStore()
    const { database } = store
    const place = { id: await reportOf(store), days }
    await addToReport(database, place, figure)
    const [block = ''] = await idsOf(store, place.id)
    const retake = (width: number) =>
      changeReport(database, place, { changeFigure: { block, taken: { image: pngOf(width, 1).toString('base64') } } })
    await retake(1)
    expect(await database.read.keptFigure.count()).toBe(2)
    await database.write((transaction) => transaction.keptFigure.updateMany({ data: { createdAt: new Date(Date.now() - 2 * 86_400_000) } }))
    await retake(4)
    expect((await database.read.keptFigure.findMany()).map(({ width }) => width)).toEqual([4])
  })

  it('that a newer version wrote is said to be so, and is not changed', async () => {
    await using store = await openStore()
    const { database } = store
    const id = await reportOf(store)
    await database.write((transaction) => transaction.report.update({ where: { id }, data: { blocks: { version: 2, value: [] } } }))
    const unreadable = { code: 'REPORT_UNREADABLE', message: expect.stringMatching(/newer Hourglass/) }
    await expect(changeReport(database, { id, days }, { addText: { text: 'a' } })).rejects.toMatchObject(unreadable)
    expect(await readReports(database)).toHaveLength(1)
  })
})

describe('what a report refuses', () => {
  const png = pngOf(4, 4)
  const damaged = Buffer.from(png)
  damaged[png.length - 20] = (damaged[png.length - 20] ?? 0) ^ 1
  const others = {
    'other bytes': Buffer.from('GIF89a'),
    'a drawing that could run something': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    'a page': Buffer.from('<!doctype html><script>alert(1)</script>'),
    'an image that is cut off': png.subarray(0, png.length - 8),
    'an image with something behind it': Buffer.concat([png, Buffer.from('<script>')]),
    'an image whose check sum is wrong': damaged,
    'an image that unpacks to more than its size': bomb(),
    'an image of endless sides': pngOf(4, 4, { width: 1_000_000 }),
  }

  it.each(Object.entries(others))('%s', async (_, bytes) => {
    await using store = await openStore()
    const place = { id: await reportOf(store), days }
    const added = addToReport(store.database, place, { ...figure, taken: { image: bytes.toString('base64') } })
    await expect(added).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringMatching(/^image: expected a whole PNG image/),
    })
    expect(await store.database.read.keptFigure.count()).toBe(0)
  })

  it('is no image that a library wrote', async () => {
    await using store = await openStore()
    const place = { id: await reportOf(store), days }
    for (const channels of [1, 2, 3, 4] as const) {
      const written = encode({ width: 5, height: 4, channels, depth: 8, data: new Uint8Array(20 * channels) })
      await addToReport(store.database, place, { ...figure, taken: { image: Buffer.from(written).toString('base64') } })
    }
    expect((await store.database.read.keptFigure.findMany()).map(({ width, height }) => [width, height])).toEqual(Array(4).fill([5, 4]))
  })

  const paths = [
    '',
    'compare',
    '//elsewhere.example',
    'https://elsewhere.example/',
    'javascript:alert(1)',
    '/\\elsewhere.example',
    '/\t/elsewhere.example',
    '/a\n',
    '/..//elsewhere.example',
    '/.//elsewhere.example',
    `/${'a'.repeat(8_000)}`,
  ]
  it.each(paths.map((path) => ({ path, start: JSON.stringify(path.slice(0, 30)) })))(
    'a path that may lead elsewhere: $start',
    async ({ path }) => {
      await using store = await openStore()
      const place = { id: await reportOf(store), days }
      await expect(addToReport(store.database, place, { ...figure, path })).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
        message: expect.stringMatching(/^path:/),
      })
    },
  )

  it('more than it may hold', async () => {
    await using store = await openStore()
    const { database } = store
    const place = { id: await reportOf(store), days }
    const add = (change: Partial<NewFigure>) => addToReport(database, place, { ...figure, ...change })
    const refused: [() => Promise<unknown>, RegExp][] = [
      [() => add({ taken: {} }), /got neither/],
      [() => add({ taken: { image: 'not base64!' } }), /expected base64/],
      [() => add({ taken: { image: 'A'.repeat(4_000_000) } }), /at most 2359296 bytes/],
      [() => add({ taken: { table: 'é'.repeat(MAXIMUM_TABLE_BYTES / 2 + 1) } }), /at most 786432 bytes, got 786434/],
      [() => add({ taken: { table: 'a\0' } }), /control character/],
      [() => add({ title: ' ' }), /title: expected 1 to 300/],
      [() => add({ caption: 'a'.repeat(2_001) }), /caption: expected at most 2000/],
      [() => add({ figure: '' }), /its name on its page/],
      [() => changeReport(database, place, { addText: { text: 'a'.repeat(20_001) } }), /text: expected at most 20000/],
      [() => changeReport(database, place, { addText: { text: 'a\u0007' } }), /control character/],
      [() => changeReport(database, place, { name: '' }), /name: expected 1 to 200/],
      [() => changeReport(database, place, {}), /one thing to change/],
    ]
    for (const [ask, message] of refused)
      await expect(ask()).rejects.toMatchObject({ code: 'BAD_USER_INPUT', message: expect.stringMatching(message) })
    for (let count = 0; count < 100; count++) await changeReport(database, place, { addText: { text: `${count}` } })
    await expect(add({})).rejects.toMatchObject({ message: expect.stringMatching(/at most 100 in a report/) })
    const [block = ''] = await idsOf(store, place.id)
    await changeReport(database, place, { remove: block })
    await add({})
    await expect(changeReport(database, place, { putBack: block })).rejects.toMatchObject({ message: expect.stringMatching(/at most 100/) })
    await database.write((transaction) => transaction.keptFigure.updateMany({ data: { bytes: MAXIMUM_REPORT_BYTES } }))
    const other = { image: pngOf(9, 9).toString('base64') }
    const figureBlock = (await idsOf(store, place.id)).at(-1) ?? ''
    const retaken = changeReport(database, place, { changeFigure: { block: figureBlock, taken: other } })
    await expect(retaken).rejects.toMatchObject({ message: expect.stringMatching(/at most 64 MiB/) })
  })
})

it('what the lab checks of itself tells of a report that cannot be read, and of a figure that is not what was kept', async () => {
  await using store = await openStore()
  const { database } = store
  const add = async (name: string) => {
    const id = await reportOf(store, name)
    await addToReport(database, { id, days }, figure)
    return id
  }
  await add('Sound')
  await add('Changed')
  await add('Lacking')
  const newer = await add('Newer')
  const check = () => editDatabase(store.folder.databasePath.replace(/\/hourglass\.db$/, ''), checkReports)
  expect(check()).toEqual([])
  await database.write(async (transaction) => {
    await transaction.keptFigure.updateMany({ where: { reportNumber: 2 }, data: { table: 'another' } })
    await transaction.keptFigure.deleteMany({ where: { reportNumber: 3 } })
    await transaction.report.update({ where: { id: newer }, data: { blocks: { version: 2, value: [] } } })
  })
  expect(check()).toEqual([
    'report 2 "Changed" has something else than was kept of the figure "Losses"',
    'report 3 "Lacking" lacks the figure "Losses"',
    expect.stringMatching(/^report 4 "Newer" cannot be read \(.*newer Hourglass/),
  ])
})

it('what was taken out of a report goes for good after its days', async () => {
  await using store = await openStore()
  const { database } = store
  const place = { id: await reportOf(store), days }
  for (const text of ['Early', 'Late', 'Kept']) await changeReport(database, place, { addText: { text } })
  const removedAt = (age: number) => new Date(Date.now() - age * 86_400_000).toISOString()
  await editReport(database, {
    ...place,
    days: 100,
    edit: (blocks) => ({
      blocks: blocks.map((block, index) => ({ ...block, removedAt: [null, removedAt(1), removedAt(8)][index] ?? null })),
    }),
  })
  const [, late = '', early = ''] = await idsOf(store, place.id)
  await changeReport(database, place, { name: 'Later' })
  await expect(changeReport(database, place, { putBack: early })).rejects.toMatchObject({
    code: 'REPORT_CHANGED',
    message: expect.stringMatching(/gone for good/),
  })
  await changeReport(database, place, { putBack: late })
  expect(await shown(store, place.id)).toEqual(['Kept', 'Late'])
})

function bomb(): Buffer {
  return pngOf(4, 4, { packed: deflateSync(Buffer.alloc(50_000_000)) })
}
