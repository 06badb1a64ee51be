/**
 * Checks that what is known of a kind of architecture, encoder, optimizer, regularizer or corruption is in its row, and asked for there; that no data set and
 * no engine is told from the others by its name; and that `isNone` alone says whether a setting is left out.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rooms, root, withDependencies } from './steps.mjs'

/** The tables of kinds, and where their rows are. */
const tables = [
  {
    name: 'architectureRows',
    file: 'packages/autoencoders/src/architectures/architectureSchema.ts',
    rows: 'packages/autoencoders/src/architectures/rows/',
  },
  {
    name: 'encoderRows',
    file: 'packages/autoencoders/src/architectures/encoderRows.ts',
    rows: 'packages/autoencoders/src/architectures/encoders/',
  },
  {
    name: 'optimizerRows',
    file: 'packages/autoencoders/src/config/optimizerSchema.ts',
    rows: 'packages/autoencoders/src/config/optimizers/',
  },
  {
    name: 'regularizerRows',
    file: 'packages/autoencoders/src/config/regularizerSchema.ts',
    rows: 'packages/autoencoders/src/config/regularizers/',
  },
  { name: 'corruptionRows', file: 'packages/datasets/src/corruption/corruptionRows.ts', rows: 'packages/datasets/src/corruption/rows/' },
]

/** Lists the workspaces that may know the tables: those that have one, and all that depend on them. */
function roomsWithKinds() {
  const owners = tables.map(({ file }) => file.split('/').slice(0, 2).join('/'))
  return rooms().filter((room) => withDependencies([room]).some((known) => owners.includes(known.replaceAll('\\', '/'))))
}

/** Tables whose rows are named as data everywhere, by what was chosen: what is not allowed is to ask whether something is one of them. */
const askedTables = [
  { name: 'rows', file: 'packages/datasets/src/catalog.ts' },
  { name: 'toyManifolds', file: 'packages/datasets/src/toyManifolds.ts' },
  { name: 'rows', file: 'packages/autoencoders/src/config/engineCatalog.ts' },
]

/** The one place that asks whether a setting is left out. */
const IS_NONE = 'packages/autoencoders/src/config/isNone.ts'

/** What may ask for data sets and engines by their names, or for others of the same name. */
const allowedToAsk = [
  // Claims choose their cases by what runs are.
  'packages/autoencoders/src/claims/',
  // A backend of TensorFlow.js.
  'packages/autoencoders/src/tensors/cpuBackend.ts',
  // Parts without a subject know no data: what they draw may be a line.
  'apps/web/src/ui/',
]

/** What may name kinds besides: what chooses one as data, and what has a row for each by its type. */
const allowed = [
  // Experiments of the chapter name what they train with, and claims choose their cases by what runs are.
  'packages/autoencoders/src/presets/',
  'packages/autoencoders/src/claims/',
  // The lecture's text, which imports no table.
  'packages/chapter/src/sections/',
  // Tables by kind: the compiler names the kind that one lacks.
  'packages/autoencoders/src/optimizers/createOptimizer.ts',
  'packages/autoencoders/src/training/trainers.ts',
  'packages/autoencoders/src/objective/regularizers.ts',
  'packages/autoencoders/src/architectures/encoderSchema.ts',
  // Trains by Adam, whatever the run was trained by.
  'packages/autoencoders/src/supervised/ClassifierSession.ts',
  // What a remedy is called in links.
  'packages/autoencoders/src/config/divergenceRemedies.ts',
  // Terms of the glossary have names of their own.
  'packages/autoencoders/src/glossary/',
  // Trains layers one by one, without a distribution of codes.
  'packages/autoencoders/src/training/pretrainLayers.ts',
  // Trains a small model of its own.
  'packages/autoencoders/src/cost/measureRate.ts',
  // Other kinds of the same name: of layers, which have rows of their own, of initial weights, and of random numbers.
  'packages/autoencoders/src/architectures/Layer.ts',
  'packages/autoencoders/src/architectures/denseLayer.ts',
  'packages/autoencoders/src/architectures/layerRowOf.ts',
  'packages/autoencoders/src/architectures/initializers.ts',
  'packages/autoencoders/src/architectures/initializerSchema.ts',
  'packages/datasets/src/makeNoiseImages.ts',
  // A function of which SQLite may keep what it gave.
  'apps/server/src/database/steps/foldTexts.ts',
  // Titles for the first page, which has no schema; a test compares them with it.
  'apps/web/src/features/runs/settingWords.ts',
  // Shows what normal noise does.
  'apps/web/src/features/chapter/live/NoiseFigure.tsx',
]

/**
 * Rejects with every place that names a kind outside of its row.
 * @param {{ cwd?: string }} [options]
 */
export async function checkKinds({ cwd = root } = {}) {
  const kinds = tables.flatMap((table) => kindsOf(cwd, table))
  const exempt = [...allowed, ...tables.flatMap(({ file, rows }) => [file, rows])]
  const files = roomsWithKinds()
    .flatMap((room) => sourcesOf(cwd, `${room}/src`))
    .filter((file) => !exempt.some((path) => file.startsWith(path)))
  const asked = [...new Set(askedTables.flatMap((table) => rowNamesOf(cwd, table)))]
  const mayAsk = [IS_NONE, ...askedTables.map((table) => table.file), ...allowedToAsk]
  const asking = roomsWithKinds()
    .flatMap((room) => sourcesOf(cwd, `${room}/src`))
    .filter((file) => !mayAsk.some((path) => file.startsWith(path)))
  const read = (/** @type {string} */ file) => readFileSync(join(cwd, file), 'utf8')
  const found = [
    ...files.flatMap((file) => namesIn(read(file), kinds).map((name) => `${file}:${name}`)),
    ...asking.flatMap((file) => questionsIn(read(file), asked).map((name) => `${file}:${name}`)),
  ]
  if (found.length === 0) return
  throw new Error(
    `A kind is named outside of its row. Make what is asked for a fact of all rows, and ask for that:\n${found.map((place) => `  ${place}`).join('\n')}`,
  )
}

/**
 * Reads the kinds that a table lists.
 * @param {string} cwd
 * @param {{ name: string, file: string }} table
 */
function kindsOf(cwd, { name, file }) {
  const [, listed = ''] = new RegExp(`const ${name} = \\{([^}]*)\\}`).exec(readFileSync(join(cwd, file), 'utf8')) ?? []
  const kinds = listed
    .replace(/,\s*$/, '')
    .split(',')
    .map((kind) => kind.trim())
  if (!kinds.every((kind) => /^\w+$/.test(kind)))
    throw new Error(`${file}: expected a table ${name} that lists kinds by their names, got {${listed}}`)
  return kinds
}

/**
 * Reads the names of a table's rows, which are objects one under another.
 * @param {string} cwd
 * @param {{ name: string, file: string }} table
 */
function rowNamesOf(cwd, { name, file }) {
  const [, rows = ''] = new RegExp(`const ${name} = \\{\\n([\\s\\S]*?)\\n\\}`).exec(readFileSync(join(cwd, file), 'utf8')) ?? []
  const names = [...rows.matchAll(/^ {2}'?([\w-]+)'?: \{/gm)].map(([, row]) => row ?? '')
  if (names.length === 0) throw new Error(`${file}: expected a table ${name} with a row under each name, got none.`)
  return names
}

/**
 * Lists the TypeScript files of a folder that were written by hand.
 * @param {string} cwd
 * @param {string} folder
 */
function sourcesOf(cwd, folder) {
  if (!existsSync(join(cwd, folder))) return []
  return readdirSync(join(cwd, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/(^|[\\/])generated[\\/]/.test(file))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .sort()
}

/**
 * Finds kinds in a source that stand between quotes or as a key, comments left out, each as `line: kind`.
 * @param {string} source
 * @param {readonly string[]} kinds
 */
function namesIn(source, kinds) {
  const any = kinds.join('|')
  return placesIn(source, new RegExp(`(?:(['"\`])(${any})\\1)|(?:(?:^|[{,])\\s*(${any})\\??:)`, 'g'))
}

/**
 * Finds where a source asks whether something is one of some rows, in a comparison, a case or a table by their names, or whether the kind of a setting is
 * that of one that is left out, each as `line: name`.
 * @param {string} source
 * @param {readonly string[]} rows
 */
function questionsIn(source, rows) {
  const quoted = (/** @type {string} */ names) => `(['"\`])(${names})`
  const any = rows.join('|')
  return [
    ...placesIn(source, new RegExp(`(?:[!=]==?\\s*|\\bcase\\s+)${quoted(any)}\\1`, 'g')),
    ...placesIn(source, new RegExp(`${quoted(any)}\\1\\s*(?:[!=]==?|:)`, 'g')),
    ...placesIn(source, new RegExp(`\\bkind\\s*[!=]==?\\s*${quoted('none')}\\1`, 'g')),
  ]
}

/**
 * Finds places of a source, comments left out, that a pattern matches, each as `line: name`: the name is what stands between quotes, or a key.
 * @param {string} source
 * @param {RegExp} pattern
 */
function placesIn(source, pattern) {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, '')).replace(/(^|\s)\/\/.*/g, '$1')
  return code.split('\n').flatMap((line, index) => [...line.matchAll(pattern)].map(([, , quoted, key]) => `${index + 1}: ${quoted ?? key}`))
}
