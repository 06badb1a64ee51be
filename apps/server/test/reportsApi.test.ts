import { crc32 } from 'node:zlib'
import { beforeAll, expect, it } from 'vitest'
import { pngOf } from './pngOf.js'
import { server, useServer } from './useServer.js'

const ADD =
  'mutation ($id: ID!, $figure: NewFigureInput!) { addToReport(id: $id, figure: $figure) { revision blocks { id figure { imageUrl tableUrl width height } } } }'
const png = pngOf(3, 2)
const table = 'epoch,loss\r\n1,0.5\r\n'
const figure = {
  title: 'Losses',
  path: '/compare?runs=a',
  figure: 'curves',
  isLive: false,
  taken: { image: png.toString('base64'), table },
}

interface Figure {
  readonly imageUrl: string | null
  readonly tableUrl: string | null
  readonly width: number
  readonly height: number
}

let id: string
let kept: Figure

useServer()
beforeAll(async () => {
  const { createReport } = await server.data<{ createReport: { id: string } }>('mutation { createReport(name: "Bottlenecks") { id } }')
  id = createReport.id
  const { addToReport } = await server.data<{ addToReport: { blocks: { figure: Figure }[] } }>(ADD, { id, figure })
  const [block] = addToReport.blocks
  if (!block) throw new Error('the report has no figure')
  kept = block.figure
})

const get = (url: string | null, init: RequestInit = {}) =>
  fetch(`${server.url}${url}`, { ...init, headers: { connection: 'close', ...init.headers } })

it('serves what is kept of a figure as image and table, in which nothing can run, and for ever', async () => {
  expect(kept).toMatchObject({ width: 3, height: 2 })
  const image = await get(kept.imageUrl)
  expect(Buffer.from(await image.arrayBuffer()).equals(png)).toBe(true)
  const numbers = await get(kept.tableUrl)
  expect(await numbers.text()).toBe(table)
  for (const { headers } of [image, numbers]) {
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/)
    expect(headers.get('cache-control')).toMatch(/max-age=31536000, immutable/)
  }
  expect(image.headers.get('content-type')).toBe('image/png')
  expect(numbers.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(numbers.headers.get('content-disposition')).toMatch(/^attachment/)
  expect((await get(kept.imageUrl, { method: 'POST' })).status).toBe(405)
})

it('serves nothing else there, neither to pages of other sites', async () => {
  const [, , , , name = ''] = kept.imageUrl?.split('/') ?? []
  for (const path of ['', '/', `/${id}`, `/${id}/${'0'.repeat(64)}.png`, `/aaaaaaaaaaaa/${name}`, `/${id}/${name.replace('png', 'svg')}`]) {
    expect((await get(`/artifacts/reports${path}`)).status, path).toBe(404)
  }
  expect((await get(kept.imageUrl, { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' } })).status).toBe(403)
})

it('refuses a drawing, which could run something, and more than a request may hold', async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>').toString('base64')
  const refused = await server.query(ADD, { id, figure: { ...figure, taken: { image: svg } } })
  expect(refused.errors?.[0]).toMatchObject({
    extensions: { code: 'BAD_USER_INPUT' },
    message: expect.stringMatching(/expected a whole PNG/),
  })
  const large = await server.query(ADD, { id, figure: { ...figure, taken: { image: 'A'.repeat(5_000_000) } } })
  expect(large.errors?.[0]).toMatchObject({ extensions: { code: 'BODY_TOO_LARGE' } })
})

it('takes the largest image and table together', async () => {
  const largest = pngOf(1, 1, {})
  const padded = padTo(largest, 2_359_296)
  const taken = { image: padded.toString('base64'), table: `${'0.25,'.repeat(150_000)}\r\n` }
  const { addToReport } = await server.data<{ addToReport: { blocks: unknown[] } }>(ADD, { id, figure: { ...figure, taken } })
  expect(addToReport.blocks).toHaveLength(2)
})

it('tells in the storage what reports keep, and hides what lies in the trash', async () => {
  const { createReport } = await server.data<{ createReport: { id: string } }>('mutation { createReport(name: "Trashed") { id } }')
  const { addToReport } = await server.data<{ addToReport: { blocks: { figure: Figure }[] } }>(ADD, { id: createReport.id, figure })
  const url = addToReport.blocks[0]?.figure.imageUrl ?? null
  const storage = async () =>
    (await server.data<{ storage: { reports: unknown } }>('{ storage { reports { reports figures bytes } } }')).storage.reports
  const before = await storage()
  expect(before).toMatchObject({ reports: 2, figures: 3 })
  const ids = [createReport.id]
  const { deleteReports } = await server.data<{ deleteReports: { deletedAt: string; purgeAt: string }[] }>(
    'mutation ($ids: [ID!]!) { deleteReports(ids: $ids) { deletedAt purgeAt } }',
    { ids },
  )
  const [{ deletedAt = '', purgeAt = '' } = {}] = deleteReports
  expect(Date.parse(purgeAt) - Date.parse(deletedAt)).toBe(7 * 86_400_000)
  expect((await get(url)).status).toBe(404)
  expect(await server.data('{ reports { name } trashed: reports(inTrash: true) { name figureCount } }')).toEqual({
    reports: [{ name: 'Bottlenecks' }],
    trashed: [{ name: 'Trashed', figureCount: 1 }],
  })
  await server.data('mutation ($ids: [ID!]!) { restoreReports(ids: $ids) { id } }', { ids })
  expect((await get(url)).status).toBe(200)
  expect(await server.data('mutation ($ids: [ID!]!) { purgeReports(ids: $ids) }', { ids })).toEqual({ purgeReports: ids })
  expect(await storage()).toMatchObject({ reports: 1, figures: 2 })
  expect((await server.query('query ($id: ID!) { report(id: $id) { id } }', { id: createReport.id })).errors?.[0]).toMatchObject({
    extensions: { code: 'REPORT_NOT_FOUND' },
  })
})

/** Fills an image up with text that belongs to no pixel. */
function padTo(png: Buffer, bytes: number): Buffer {
  const header = 8 + 25
  return Buffer.concat([png.subarray(0, header), textChunk(bytes - png.length), png.subarray(header)])
}

function textChunk(bytes: number): Buffer {
  const whole = Buffer.alloc(bytes, 'a')
  whole.writeUInt32BE(bytes - 12, 0)
  whole.write('tEXt', 4, 'latin1')
  whole.writeUInt32BE(crc32(whole.subarray(4, bytes - 4)), bytes - 4)
  return whole
}

it('tells those who follow a report at once, and whenever it is changed, deleted or restored', async () => {
  const begun = await server.data<{ createReport: { id: string } }>('mutation { createReport(name: "Followed") { id } }')
  const followed = begun.createReport.id
  const newest = <Item>(items: readonly Item[]) => items.at(-1)
  await using one = server.follow<{ name: string; revision: number } | null>(
    'subscription ($id: ID!) { reportChanged(id: $id) { name revision } }',
    { id: followed },
  )
  await using all = server.follow<{ id: string; name: string }[]>('subscription { reportsChanged { id name } }')
  await one.until((items) => newest(items)?.name === 'Followed')
  await all.until((items) => newest(items)?.[0]?.name === 'Followed')
  await server.data('mutation ($id: ID!) { changeReport(id: $id, change: { name: "Renamed" }) { id } }', { id: followed })
  await one.until((items) => newest(items)?.name === 'Renamed' && newest(items)?.revision === 2)
  await all.until((items) => newest(items)?.[0]?.name === 'Renamed')
  await server.data('mutation ($id: ID!) { deleteReports(ids: [$id]) { id } }', { id: followed })
  await one.until((items) => items.length > 1 && newest(items) === null)
  await all.until((items) => newest(items)?.every(({ id: each }) => each !== followed) === true)
  await server.data('mutation ($id: ID!) { restoreReports(ids: [$id]) { id } }', { id: followed })
  await one.until((items) => newest(items)?.name === 'Renamed')
  await all.until((items) => newest(items)?.some(({ id: each }) => each === followed) === true)
})
