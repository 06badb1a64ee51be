import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApolloClient, HttpLink } from '@apollo/client'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { PresetGalleryDocument, PresetMenuDocument, RunsDocument, type RunsQuery } from '../apps/web/src/data/generated/graphql'
import { makeCache } from '../apps/web/src/data/makeCache'
import { answersTo } from './harness/answersTo.js'
import { query, startLab } from './harness/lab.mjs'
import { openPage } from './harness/openPage.js'

const RUNS = 100
const EPOCHS = 50
/** What one page of the table asks for. */
const PAGE = 40
/** The configurations of all of the chapter's experiments take 290 kB. */
const MOST_OF_A_MENU = 5_000
const MOST_OF_THE_GALLERY = 25_000
const MOST_OF_A_PAGE = 60_000
/** React, Next, Mantine and Apollo Client alone are 260 kB. */
const MOST_JAVASCRIPT = 375_000

const config = {
  data: { dataset: 'circle', trainCount: 200, testCount: 100 },
  architecture: { dense: { latentDimension: 2, hiddenWidths: [64, 32, 16], outputActivation: 'LINEAR' } },
  training: { epochs: EPOCHS, batchSize: 100 },
}

let lab: Awaited<ReturnType<typeof startLab>>

/** Trains one run, and sets copies of its rows beside it: a hundred processes would take minutes to make the same. */
async function startLabOfRuns() {
  const data = mkdtempSync(join(tmpdir(), 'hourglass-sizes-'))
  const first = await startLab({ data })
  const id = await trainOne(first.apiUrl).finally(() => first.stop())
  copyRun(join(data, 'hourglass.db'), id)
  return startLab({ data })
}

async function trainOne(url: string): Promise<string> {
  const launch = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
  const { id } = (await query(url, launch, { input: { name: 'A run with a name', config } })).launchRun
  const statusOf = async () => (await query(url, 'query($id: ID!) { run(id: $id) { status } }', { id })).run.status
  await vi.waitUntil(async () => (await statusOf()) === 'COMPLETED', { timeout: 300_000, interval: 100 })
  return id
}

function copyRun(file: string, id: string): void {
  const database = new Database(file)
  const columnsOf = (table: string, { but }: { but: readonly string[] }) =>
    (database.pragma(`table_info("${table}")`) as { name: string }[]).map(({ name }) => name).filter((name) => !but.includes(name))
  const copy = (table: string, { key, others }: { key: string; others: readonly string[] }) => {
    const columns = others.map((name) => `"${name}"`).join(', ')
    return database.prepare(`INSERT INTO "${table}" ("${key}", ${columns}) SELECT ?, ${columns} FROM "${table}" WHERE "${key}" = ?`)
  }
  const run = copy('Run', { key: 'id', others: columnsOf('Run', { but: ['id', 'number'] }) })
  const series = copy('SeriesChunk', { key: 'runNumber', others: columnsOf('SeriesChunk', { but: ['runNumber'] }) })
  const { number } = database.prepare('SELECT number FROM Run WHERE id = ?').get(id) as { number: number }
  for (let index = 1; index < RUNS; index++) {
    const other = run.run(`${id.slice(0, -3)}${String(index).padStart(3, '0')}`, id).lastInsertRowid
    series.run(other, number)
  }
  database.close()
}

/** Asks as the dashboard does, and weighs what it is answered, in bytes before compression. */
function weighingClient() {
  let bytes = 0
  const weigh: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    bytes += (await response.clone().arrayBuffer()).byteLength
    return response
  }
  const client = new ApolloClient({ cache: makeCache(), link: new HttpLink({ uri: `${lab.apiUrl}/graphql`, fetch: weigh }) })
  return { client, bytes: () => bytes }
}

beforeAll(async () => {
  lab = await startLabOfRuns()
})
afterAll(() => lab?.[Symbol.asyncDispose]())

describe(`of ${RUNS} runs of ${EPOCHS} epochs`, () => {
  it('a page of the table is sent in less than 60 kB, with its curves, and the further ones in no more', async () => {
    const { client, bytes } = weighingClient()
    const sizes: number[] = []
    let after: string | null = null
    do {
      const before = bytes()
      const answer: { data?: RunsQuery | undefined } = await client.query({
        query: RunsDocument,
        variables: { first: PAGE, after },
        fetchPolicy: 'no-cache',
      })
      const { edges, pageInfo, totalCount } = answer.data?.runs ?? {
        edges: [],
        pageInfo: { hasNextPage: false, endCursor: null },
        totalCount: 0,
      }
      expect(totalCount).toBe(RUNS)
      for (const { node } of edges) expect(node.curve.epochs.length).toBeGreaterThan(20)
      expect(edges).toHaveLength(Math.min(PAGE, RUNS - PAGE * sizes.length))
      sizes.push(bytes() - before)
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null
    } while (after !== null)
    expect(sizes).toHaveLength(3)
    for (const size of sizes) expect(size).toBeLessThan(MOST_OF_A_PAGE)
  })

  it('the page has less than 375 kB of JavaScript, as Brotli makes it', async () => {
    const html = await (await fetch(lab.url, { headers: { accept: 'text/html' } })).text()
    const scripts = [...html.matchAll(/<script (?![^>]*noModule)[^>]*src="([^"]+)"/gi)].map(([, src]) => src)
    const sizes = await Promise.all(
      [...new Set(scripts)].map(async (src) => {
        const { headers } = await fetch(`${lab.url}${src}`, { headers: { 'accept-encoding': 'br' } })
        expect(headers.get('content-encoding')).toBe('br')
        expect(headers.get('cache-control')).toMatch(/immutable/)
        return Number(headers.get('content-length'))
      }),
    )
    // Over plain HTTP, from another machine, browsers take no Brotli.
    const plain = await fetch(`${lab.url}${scripts[0]}`, { headers: { 'accept-encoding': 'gzip, deflate' } })
    expect(plain.headers.get('content-encoding')).toBe('gzip')
    expect(sizes.length).toBeGreaterThan(10)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_JAVASCRIPT)
  })

  it('the page asks for the first rows and for no preset', async () => {
    const page = await openPage({ viewport: { width: 1280, height: 900 } })
    try {
      const answers = answersTo(page)
      await page.goto(`${lab.url}/runs`)
      await page.locator('[data-testid="runs-table"] a[href^="/runs/"]').first().waitFor()
      await expect.poll(() => answers.map(({ operation }) => operation)).toEqual(expect.arrayContaining(['Runs', 'Datasets', 'Lab']))
      await page.waitForLoadState('networkidle')
      expect(answers.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)).toBeLessThan(MOST_OF_A_PAGE)
      expect(answers.filter(({ operation }) => operation.startsWith('Preset'))).toEqual([])

      expect(await page.getByTestId('runs-table').getAttribute('aria-rowcount')).toBe(String(RUNS + 1))
      const view = page.getByRole('region', { name: 'Table of runs' })
      // Each page that arrives makes the table longer.
      await expect
        .poll(async () => {
          await view.evaluate((element) => element.scrollTo(0, element.scrollHeight))
          return page.locator(`[aria-rowindex="${RUNS + 1}"]`).count()
        })
        .toBe(1)
    } finally {
      await page.close()
    }
  })
})

describe('of the chapter’s experiments', () => {
  it('a menu is sent in less than 5 kB, and the gallery, whose texts are 10 kB, without configurations', async () => {
    const menu = weighingClient()
    await menu.client.query({ query: PresetMenuDocument })
    expect(menu.bytes()).toBeLessThan(MOST_OF_A_MENU)
    const gallery = weighingClient()
    await gallery.client.query({ query: PresetGalleryDocument })
    expect(gallery.bytes()).toBeLessThan(MOST_OF_THE_GALLERY)
  })
})
