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

/** What the check says of a tree that has the tables, and these files. */
async function checkTree(files: Readonly<Record<string, string>>): Promise<string> {
  const cwd = mkdtempSync(join(tmpdir(), 'hourglass-kinds-'))
  const tables = {
    [ARCHITECTURES]: 'export const architectureRows = { recurrent }\nexport const architecture = choice({ kind: "recurrent" })\n',
    [ENCODERS]: 'export const encoderRows = { quantized }\n',
    [OPTIMIZERS]: 'export const optimizerRows = { lion, adam }\nexport const usual = { kind: "adam" }\n',
    [REGULARIZERS]: 'export const regularizerRows = { entropy }\n',
    [CORRUPTIONS]: 'export const corruptionRows = {\n  blur,\n}\n',
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
