import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { checkKinds } from '../scripts/lintKinds.mjs'

const ARCHITECTURES = 'packages/autoencoders/src/architectures/architectureSchema.ts'
const ENCODERS = 'packages/autoencoders/src/architectures/encoderRows.ts'
const OPTIMIZERS = 'packages/autoencoders/src/config/optimizerSchema.ts'
const REGULARIZERS = 'packages/autoencoders/src/config/regularizerSchema.ts'
const CORRUPTIONS = 'packages/datasets/src/corruption/corruptionRows.ts'

const DATASETS = 'packages/datasets/src/catalog.ts'
const MANIFOLDS = 'packages/datasets/src/toyManifolds.ts'
const ENGINES = 'packages/autoencoders/src/config/engineCatalog.ts'

/** What the check says of a tree that has the tables, and these files. */
async function checkTree(files: Readonly<Record<string, string>>): Promise<string> {
  const cwd = mkdtempSync(join(tmpdir(), 'hourglass-kinds-'))
  const tables = {
    [ARCHITECTURES]: 'export const architectureRows = { recurrent }\nexport const architecture = choice({ kind: "recurrent" })\n',
    [ENCODERS]: 'export const encoderRows = { quantized }\n',
    [OPTIMIZERS]: 'export const optimizerRows = { lion, adam }\nexport const usual = { kind: "adam" }\n',
    [REGULARIZERS]: 'export const regularizerRows = { entropy }\n',
    [CORRUPTIONS]: 'export const corruptionRows = {\n  blur,\n}\n',
    [DATASETS]: "const rows = {\n  letters: {\n    title: 'Letters',\n  },\n  'old-letters': {\n    title: 'Old letters',\n  },\n}\n",
    [MANIFOLDS]: "const toyManifolds = {\n  knot: { title: 'Knot' },\n} as const\n",
    [ENGINES]: "const rows = {\n  abacus: { title: 'Abacus' },\n}\n",
  }
  try {
    for (const [file, text] of Object.entries({ ...tables, ...files })) {
      mkdirSync(dirname(join(cwd, file)), { recursive: true })
      writeFileSync(join(cwd, file), text)
    }
    return await checkKinds({ cwd }).then(
      () => 'nothing',
      (error: Error) => error.message,
    )
  } finally {
    rmSync(cwd, { recursive: true })
  }
}

it('a kind that is named outside of its row fails the check, with its place: between quotes, or as a key', async () => {
  const said = await checkTree({
    'packages/autoencoders/src/cost/countWork.ts': "\nif (optimizer.kind === 'lion') return 1\n",
    'apps/web/src/entities/config/words.ts': 'const words = {\n  blur: "blurred",\n}\n',
    'packages/autoencoders/src/cost/memoryOf.ts': "const isLarge = architecture.kind === 'recurrent' && encoder.kind === 'quantized'\n",
    'apps/server/src/models/range.ts': 'switch (kind) {\n  case "blur":\n}\n',
  })
  expect(said).toContain('packages/autoencoders/src/cost/countWork.ts:2: lion')
  expect(said).toContain('apps/web/src/entities/config/words.ts:2: blur')
  expect(said).toContain('packages/autoencoders/src/cost/memoryOf.ts:1: recurrent')
  expect(said).toContain('packages/autoencoders/src/cost/memoryOf.ts:1: quantized')
  expect(said).toContain('apps/server/src/models/range.ts:2: blur')
})

it('a data set or an engine that is told from others by its name fails the check: in a comparison, a case, or a table of its own', async () => {
  const said = await checkTree({
    'apps/web/src/features/latent/draw.ts': "const isInk = dataset !== 'letters'\nconst isOld = 'old-letters' === dataset\n",
    'apps/web/src/features/latent/place.ts': "const places = {\n  'old-letters': 'box',\n}\n",
    'packages/autoencoders/src/cost/rate.ts': "const rate = config.training.engine === 'abacus' ? measured : null\n",
    'packages/autoencoders/src/presets/knots.ts': "if (data.dataset === 'knot') return 1\n",
    'apps/server/src/machine/shelf.ts': "switch (dataset) {\n  case 'letters':\n}\n",
  })
  expect(said).toContain('apps/web/src/features/latent/draw.ts:1: letters')
  expect(said).toContain('apps/web/src/features/latent/draw.ts:2: old-letters')
  expect(said).toContain('apps/web/src/features/latent/place.ts:2: old-letters')
  expect(said).toContain('packages/autoencoders/src/cost/rate.ts:1: abacus')
  expect(said).toContain('packages/autoencoders/src/presets/knots.ts:1: knot')
  expect(said).toContain('apps/server/src/machine/shelf.ts:2: letters')
})

it('a setting that is asked for being left out by the name of that kind fails the check', async () => {
  const said = await checkTree({
    'packages/autoencoders/src/cost/countWork.ts': 'if (corruption.kind === \'none\') return 0\nconst is = kind !== "none"\n',
    'packages/autoencoders/src/config/isNone.ts': "return setting.kind === 'none'\n",
  })
  expect(said).toContain('packages/autoencoders/src/cost/countWork.ts:1: none')
  expect(said).toContain('packages/autoencoders/src/cost/countWork.ts:2: none')
  expect(said).not.toContain('isNone.ts')
})

it('data sets and engines that are chosen by their names are data', async () => {
  const said = await checkTree({
    'apps/server/src/runs/launchDemo.ts': "launch({ data: { dataset: 'letters' }, engine: 'abacus' })\n",
  })
  expect(said).toBe('nothing')
})

it('rows, comments, imports, generated files and the experiments of the chapter may name kinds', async () => {
  const said = await checkTree({
    'packages/autoencoders/src/config/optimizers/lion.ts': "export const lion = optimizerRow({ kind: z.literal('lion') })\n",
    'packages/autoencoders/src/architectures/rows/recurrent.ts': "const schema = z.strictObject({ kind: z.literal('recurrent') })\n",
    'packages/datasets/src/corruption/rows/blur.ts': "export const blur = 'blur'\n",
    'packages/autoencoders/src/optimizers/lion.ts':
      "/** As `{ kind: 'lion' }`. */\nimport { lion } from '../lion.js' // 'lion'\nlion.step()\n",
    'packages/autoencoders/src/presets/sparse.ts': "const optimizer = { kind: 'lion' }\n",
    'apps/web/src/data/generated/graphql.ts': 'type Blur = { blur: string }\n',
  })
  expect(said).toBe('nothing')
})

it('a table that does not list its kinds by their names fails the check', async () => {
  expect(await checkTree({ [OPTIMIZERS]: 'export const optimizerRows = { ...rows }\n' })).toContain('expected a table optimizerRows')
})

it('no source of this version names one', async () => {
  await checkKinds()
})
