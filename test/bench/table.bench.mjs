import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApiServer } from '../fixtures/ApiServer.mjs'
import { root } from '../harness/lab.mjs'
import { fillFolder } from './database/fillFolder.mjs'
import { followEpochs } from './followEpochs.mjs'
import { readOperation } from './readOperation.mjs'
import { percentile } from './statistics.mjs'
import { timeRequests } from './timeRequests.mjs'

const RUNS = 10_000
const PAGE = 40
const web = join(root, 'apps/web/src')

/** Each page of runs that is measured, by what a reader did. */
const pages = {
  'newest first': {},
  'ordered by validation loss': { orderBy: { value: 'metric.validationLoss', direction: 'ASC' } },
  'ordered by PSNR': { orderBy: { value: 'metric.peakSignalToNoiseRatio', direction: 'DESC' } },
  'code sizes 16 to 64': { filter: { values: [{ name: 'config.architecture.latentDimension', minimum: 16, maximum: 64 }] } },
  'code sizes 16 to 64 with a loss below 0.2, ordered by PSNR': {
    filter: {
      values: [
        { name: 'config.architecture.latentDimension', minimum: 16, maximum: 64 },
        { name: 'metric.validationLoss', maximum: 0.2 },
      ],
    },
    orderBy: { value: 'metric.peakSignalToNoiseRatio', direction: 'DESC' },
  },
  'one text in names, one status': { filter: { search: 'z = 32', status: ['FAILED'] } },
  'a query of three conditions': { filter: { text: 'z <= 32 and optimizer = adam and psnr > 20' } },
  'a query with alternatives, ordered by two keys': {
    filter: { text: '(dataset = mnist or dataset ~ fashion) and not status = failed and created > 2025-01-02' },
    orderBy: [
      { key: 'objective', direction: 'ASC' },
      { key: 'psnr', direction: 'DESC' },
    ],
  },
  'words in any text, ordered by name': { filter: { text: 'autoencoder sparse' }, orderBy: [{ key: 'name', direction: 'ASC' }] },
  'what few have, ordered by what most lack': { filter: { text: 'has labels or bpp < 0.3' }, orderBy: [{ key: 'kl', direction: 'ASC' }] },
}

/** What a table asks for beside its rows. */
const asides = {
  'groups by three keys, four metrics summed up': {
    query: `query { runGroups(first: 100, by: [{ key: "z" }, { key: "optimizer" }, { key: "dataset" }], aggregate: ["metric.validationLoss", "metric.peakSignalToNoiseRatio", "metric.totalSeconds", "metric.bestEpoch"]) {
      totalCount nodes { keys { number text } count filter { text } spreads { count mean standardDeviation minimum maximum isComparable bestRun { id } } }
    } }`,
  },
  'groups by two keys, ordered by the best PSNR': {
    query: `query { runGroups(first: 50, by: [{ key: "z" }, { key: "optimizer" }], aggregate: ["metric.peakSignalToNoiseRatio", "metric.validationLoss"], orderBy: [{ name: "metric.peakSignalToNoiseRatio", figure: BEST, direction: DESC }]) {
      totalCount ranking { isComparable } nodes { keys { number text } count spreads { mean standardDeviation minimum maximum isComparable bestRun { id } } }
    } }`,
  },
  '40 runs with ten columns of any keys': {
    query: `query { runs(first: 40, orderBy: [{ key: "psnr", direction: DESC }, { key: "name", direction: ASC }]) { nodes { id values(names: ["config.optimizer.kind", "model.codeSize", "config.training.epochs", "config.training.batchSize", "metric.peakSignalToNoiseRatio", "metric.trainLoss", "host", "experiment", "started", "tag"]) { name number text } } } }`,
  },
  'groups of a query by experiment': {
    query: `query { runGroups(first: 50, by: [{ key: "experiment" }], filter: { text: "psnr > 15" }, aggregate: ["metric.peakSignalToNoiseRatio"]) {
      totalCount nodes { count spreads { mean bestRun { id } } keys { experiment { name } } }
    } }`,
  },
  'values of a key with words': { query: 'query { runFacet(key: "optimizer") { count missing values { text runs } } }' },
  'values of a metric, within a query': {
    query: 'query { runFacet(key: "psnr", filter: { text: "z <= 32" }) { count missing distinct minimum maximum values { number runs } } }',
  },
  'names of experiments that begin so': { query: 'query { runFacet(key: "experiment", search: "denois") { values { text runs } } }' },
  'all keys, without their counts': {
    query: 'query { runKeys { name title aliases type words group unit better digits format description } }',
  },
  'all keys': { query: 'query { runKeys { name shortName title type better runs } }' },
  'whether runs can be ranked': {
    query:
      'query { runs(first: 1, orderBy: [{ key: "validationLoss", direction: ASC }]) { totalCount ranking { isComparable objectives datasets } } }',
  },
}

const GROUPS = `query ($by: [RunGroupBy!]!, $aggregate: [String!]) {
  runGroups(by: $by, aggregate: $aggregate) {
    totalCount
    nodes {
      keys { number text }
      count
      spreads { name count mean standardDeviation minimum maximum bestRun { id name } }
      filter { values { name number text missing } }
    }
  }
}`
const grouping = {
  by: [{ value: 'config.architecture.latentDimension' }, { value: 'config.optimizer.kind' }],
  aggregate: ['metric.validationLoss', 'metric.peakSignalToNoiseRatio', 'metric.totalSeconds'],
}

/**
 * Fills a data folder with ten thousand runs and measures what the dashboard's pages of runs and of experiments take of the API, how large their
 * answers and the database are, and how long an epoch is under way to those who follow it. HOURGLASS_BENCH_DATA names a folder that is filled already.
 */
export async function measure() {
  const given = process.env.HOURGLASS_BENCH_DATA
  const data = given ?? mkdtempSync(join(tmpdir(), 'hourglass-table-'))
  try {
    if (!given) await fillFolder(data, { runs: RUNS })
    const bytesOfRun = statSync(join(data, 'hourglass.db')).size / RUNS
    // Hundreds who follow an epoch come from one address here.
    const environment = { HOURGLASS_CLIENT_LIMITS: '1000' }
    const server = await ApiServer.start({ main: join(root, 'apps/server/bundle/main.js'), data, environment })
    try {
      return [
        row('database of a run of about 50 epochs', bytesOfRun / 1000, 'kB', 30),
        ...(await measurePages(server.url)),
        ...(await measureFollowers(server)),
      ]
    } finally {
      await server.stop()
    }
  } finally {
    if (!given) rmSync(data, { recursive: true, force: true })
  }
}

async function measurePages(url) {
  const runs = readOperation(web, 'Runs')
  const rows = []
  for (const [what, variables] of Object.entries(pages)) {
    const { median, p95, bytes } = await timeRequests(url, runs, { first: PAGE, ...variables })
    const page = `${PAGE} of ${RUNS} runs, ${what}`
    rows.push(row(`${page}, median of the API`, median, 'ms', 100), row(`${page}, p95`, p95, 'ms', 100))
    if (what === 'newest first') rows.push(row(`${page}, size`, bytes / 1000, 'kB', 60))
  }
  for (const [what, { query }] of Object.entries(asides)) {
    const { median, p95 } = await timeRequests(url, query, {})
    rows.push(row(`${what}, of ${RUNS} runs, median of the API`, median, 'ms', 60), row(`${what}, p95`, p95, 'ms', 100))
  }
  const experiments = await timeRequests(url, readOperation(web, 'Experiments'), { first: 24 })
  const groups = await timeRequests(url, GROUPS, grouping)
  return [
    ...rows,
    row('24 experiments, median of the API', experiments.median, 'ms', 100),
    row(`groups of ${RUNS} runs by two values, three more summed up, median of the API`, groups.median, 'ms', 100),
  ]
}

async function measureFollowers(server) {
  const rows = []
  for (const subscribers of [1, 200]) {
    const delays = await followEpochs(server, subscribers)
    rows.push(row(`epoch finished to received, ${subscribers} subscribers, median`, percentile(delays, 0.5), 'ms', 100))
    rows.push(row(`epoch finished to received, ${subscribers} subscribers, p95`, percentile(delays, 0.95), 'ms', 250))
  }
  return rows
}

const row = (figure, value, unit, limit) => ({ figure, value, unit, target: `under ${limit}`, met: value < limit })
