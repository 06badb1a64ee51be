/** Checks that what is known of a kind of architecture, encoder, optimizer, regularizer or corruption is in its row, and asked for there. */
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
  const found = files.flatMap((file) => namesIn(readFileSync(join(cwd, file), 'utf8'), kinds).map((name) => `${file}:${name}`))
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
  const code = source.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, '')).replace(/(^|\s)\/\/.*/g, '$1')
  const any = kinds.join('|')
  const named = new RegExp(`(['"\`])(${any})\\1|(?:^|[{,])\\s*(${any})\\??:`, 'g')
  return code.split('\n').flatMap((line, index) => [...line.matchAll(named)].map(([, , quoted, key]) => `${index + 1}: ${quoted ?? key}`))
}
