import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { describeSchema, fromWire, latentDimensionOf, runConfigSchema } from '@hourglass/autoencoders'
import { buildSchema } from 'graphql'
import { select } from '../../fixtures/readFacts.mjs'
import { workOut } from './apart.mjs'
import { columns } from './columns.mjs'

/** @typedef {import('../../fixtures/ApiServer.mjs').ApiServer} ApiServer */
/**
 * A run as the API tells it; configuration and summary as GraphQL writes them, in a form that differs from kind to kind.
 * @typedef {{
 *   readonly label: string, readonly status: string, readonly dataset: { readonly exampleShape: readonly number[] }, readonly error: { readonly message: string } | null,
 *   readonly config: any, readonly summary: any, readonly analysis: import('@hourglass/autoencoders').Analysis | null
 * }} ToldRun
 */
/**
 * What is kept of a verdict: the page's, and for how many of how many cases the claim holds as it was worked out apart.
 * @typedef {{ claim: string, expectation: string, kind: string, sentence: string, judged: number, held: number, apart: { cases: number, held: number } | null }} Judgement
 */
/**
 * What is kept of a run.
 * @typedef {object} RunNumbers
 * @property {string} label
 * @property {number} seed
 * @property {string} status
 * @property {number} [codeSize] units of its code; not kept by earlier versions
 * @property {Readonly<Record<string, number>>} numbers by `SUBJECT.metric`
 */
/** @typedef {{ preset: string, title: string, quick: boolean, processorSeconds: number | null, runs: readonly RunNumbers[], judgements: readonly Judgement[] }} Result */

const LAUNCH = 'mutation ($id: ID!, $overrides: PresetOverrides!) { launchPreset(id: $id, overrides: $overrides) { experiment { id } } }'
const PROGRESS = 'query ($id: ID!) { experiment(id: $id) { statusCounts { queued running } } }'
const NAMED = 'query ($search: String!) { experiments(first: 100, search: $search) { nodes { id name } } }'
const PAUSE = 1_000

/**
 * Trains and measures an experiment of the chapter in a lab, or takes it from there where that was done before, and judges its claims twice.
 * @param {{ server: ApiServer, schemaText: string, preset: string, quick: boolean, seeds: number | null }} options `seeds`: so many, in place of the preset's own
 * @returns {Promise<Result>}
 */
export async function measureExperiment({ server, schemaText, preset, quick, seeds }) {
  const name = [preset, quick ? 'quick' : 'in full', ...(seeds === null ? [] : [`${seeds} seeds`])].join(', ')
  const { experiments } = await server.data(NAMED, { search: name })
  const known = experiments.nodes.find((/** @type {{ name: string }} */ each) => each.name === name)
  const before = processorSecondsOf(server.pid)
  const id =
    known?.id ?? (await launch(server, { preset, overrides: { name, quick, ...(seeds === null ? {} : { seeds: { count: seeds } }) } }))
  for (;;) {
    const { experiment } = await server.data(PROGRESS, { id })
    if (experiment.statusCounts.queued + experiment.statusCounts.running === 0) break
    await sleep(PAUSE)
  }
  const after = processorSecondsOf(server.pid)
  const schema = buildSchema(schemaText)
  const fields = ['config', 'error', 'summary', 'analysis'].flatMap((field) => select(schema, 'Run', field))
  const { experiment } = await server.data(
    `query ($id: ID!) { experiment(id: $id) { preset { title } verdicts { claim expectation kind sentence judged held } runs { label status dataset { exampleShape } ${fields.join(' ')} } } }`,
    { id },
  )
  return {
    preset,
    title: experiment.preset.title,
    quick,
    processorSeconds: known || before === null || after === null ? null : Number((after - before).toFixed(2)),
    runs: experiment.runs.map(numbersOf),
    judgements: experiment.verdicts.map((/** @type {Omit<Judgement, 'apart'>} */ verdict) => ({
      ...verdict,
      apart: workOut(preset, verdict.claim, experiment.runs),
    })),
  }
}

/** @param {ApiServer} server @param {{ preset: string, overrides: object }} options @returns {Promise<string>} */
async function launch(server, { preset, overrides }) {
  const { launchPreset } = await server.data(LAUNCH, { id: preset, overrides })
  return launchPreset.experiment.id
}

/** @param {ToldRun} run @returns {RunNumbers} */
function numbersOf({ label, status, config, dataset, analysis }) {
  const numbers = columns.flatMap(({ key, subject, metric }) => {
    const value = analysis?.subjects.find((each) => each.subject === subject)?.metrics[metric]
    return typeof value === 'number' ? [[key, Number(value.toPrecision(4))]] : []
  })
  const { architecture } = /** @type {import('@hourglass/autoencoders').RunConfig} */ (fromWire(describeSchema(runConfigSchema), config))
  const codeSize = latentDimensionOf(architecture, dataset.exampleShape)
  return { label, status, seed: config.training.seed, codeSize, numbers: Object.fromEntries(numbers) }
}

/**
 * Reads how much processor time the ended children of a process took, on Linux; null elsewhere.
 * @param {number} pid
 */
function processorSecondsOf(pid) {
  try {
    // After the name in brackets come the state and 10 fields, then its own user and system ticks, then its children's.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    const TICKS = 100
    return (Number(fields[13]) + Number(fields[14])) / TICKS
  } catch {
    return null
  }
}
