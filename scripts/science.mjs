/**
 * Trains and measures the chapter's experiments in a lab of its own and writes what came out to docs/science.json and, for people, to docs/science.md:
 * `npm run science -- [preset …] [--full] [--seeds N]`. Without names, all of them; quick versions unless `--full`. What is trained is kept in
 * .cache/science as long as the programs stay the same, so that a second call goes on where the first one was interrupted.
 * `npm run science -- --render` trains nothing and writes docs/science.md anew from docs/science.json.
 */
import './requireNode.mjs'

const { createHash } = await import('node:crypto')
const { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } = await import('node:fs')
const { availableParallelism, cpus } = await import('node:os')
const { join } = await import('node:path')
const { parseArgs } = await import('node:util')
const { prepare, root } = await import('./steps.mjs')

const resultsFile = join(root, 'docs/science.json')

try {
  const options = /** @type {const} */ ({ full: { type: 'boolean' }, seeds: { type: 'string' }, render: { type: 'boolean' } })
  const { values, positionals } = parseArgs({ allowPositionals: true, options })
  if (values.render) {
    if (positionals.length > 0 || values.full || values.seeds)
      throw new Error('--render: expected nothing beside it, since it trains nothing.')
    await prepare(['install', 'prisma', 'rooms'])
    await write(readResults())
  } else {
    await prepare()
    await science({ values, positionals })
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}

/** @param {{ values: { full?: boolean, seeds?: string }, positionals: string[] }} arguments_ */
async function science({ values: { full = false, seeds }, positionals }) {
  const { presets } = await import('@hourglass/autoencoders')
  const { ApiServer } = await import('../test/fixtures/ApiServer.mjs')
  const { measureExperiment } = await import('../test/science/chapter/measureExperiment.mjs')
  const known = presets.map(({ id }) => id)
  const unknown = positionals.filter((id) => !known.includes(id))
  if (unknown.length > 0) throw new Error(`There is no experiment ${unknown.join(', ')}; there are ${known.join(', ')}.`)
  if (seeds !== undefined && !(Number.isInteger(Number(seeds)) && Number(seeds) >= 2))
    throw new Error(`--seeds: expected a whole number from 2, got ${seeds}.`)

  const results = readResults()
  const part = seeds === undefined ? (full ? 'full' : 'quick') : 'seeds'
  const data = join(root, '.cache/science', versionOf([join(root, 'apps/server/bundle'), join(root, 'apps/worker/bundle')]))
  mkdirSync(data, { recursive: true })
  const schemaText = readFileSync(join(root, 'apps/server/schema.graphql'), 'utf8')
  const environment = { HOURGLASS_ANALYSIS: '1', HOURGLASS_THREADS: String(availableParallelism()) }
  const server = await ApiServer.start({ main: join(root, 'apps/server/bundle/main.js'), data, environment })
  try {
    for (const preset of positionals.length > 0 ? positionals : known) {
      const started = performance.now()
      const result = await measureExperiment({
        server,
        schemaText,
        preset,
        quick: !full,
        seeds: seeds === undefined ? null : Number(seeds),
      })
      const earlier = results[part][preset]
      // What was trained before is taken as it is: how long it took was said then.
      results[part][preset] = { ...result, processorSeconds: result.processorSeconds ?? earlier?.processorSeconds ?? null }
      results.machine = { node: process.versions.node, cores: availableParallelism(), processor: cpus()[0]?.model.trim() ?? 'unknown' }
      for (const key of ['quick', 'full', 'seeds']) results[key] = inOrder(results[key], known)
      writeFileSync(resultsFile, `${JSON.stringify(results, null, 1)}\n`)
      await write(results)
      const held = result.judgements.filter(({ kind }) => kind === 'HOLDS').length
      const seconds = ((performance.now() - started) / 1000).toFixed(0)
      process.stdout.write(`${preset}: ${held} of ${result.judgements.length} claims hold, ${seconds} s\n`)
      for (const line of changedVerdicts(result, earlier)) process.stdout.write(`  ${line}\n`)
    }
  } finally {
    await server.stop()
  }
}

/**
 * Lists claims whose verdict is another one than what was written before, so that nobody loses one unawares.
 * @param {import('../test/science/chapter/measureExperiment.mjs').Result} result @param {import('../test/science/chapter/measureExperiment.mjs').Result | undefined} earlier
 */
function changedVerdicts({ judgements }, earlier) {
  return judgements.flatMap(({ claim, kind, sentence }) => {
    const before = earlier?.judgements.find((each) => each.claim === claim)
    return before && before.kind !== kind ? [`${claim}: was ${before.kind}, is ${kind}. ${sentence}`] : []
  })
}

/** Reads what earlier calls measured. */
function readResults() {
  return existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, 'utf8')) : { machine: null, quick: {}, full: {}, seeds: {} }
}

/** Writes results for people to read. @param {import('../test/science/chapter/renderScience.mjs').Science} results */
async function write(results) {
  const { renderScience } = await import('../test/science/chapter/renderScience.mjs')
  writeFileSync(join(root, 'docs/science.md'), renderScience(results))
}

/** @param {Record<string, unknown>} results @param {readonly string[]} order */
function inOrder(results, order) {
  return Object.fromEntries(order.flatMap((id) => (results[id] === undefined ? [] : [[id, results[id]]])))
}

/** Names what programs compute: other ones train anew. @param {readonly string[]} folders */
function versionOf(folders) {
  const hash = createHash('sha256')
  for (const folder of folders) {
    for (const name of readdirSync(folder, { encoding: 'utf8', recursive: true }).sort()) {
      const path = join(folder, name)
      if (statSync(path).isFile()) hash.update(name).update(readFileSync(path))
    }
  }
  return hash.digest('hex').slice(0, 16)
}
