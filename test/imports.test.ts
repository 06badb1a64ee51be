import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import config from '../.dependency-cruiser.mjs'
import { checkImports } from '../scripts/lint.mjs'
import { rooms, root } from '../scripts/steps.mjs'
import { soleUsers } from './harness/soleUsers'

/** Imports against each rule, in a tree of its own; of what is installed where no file is named. */
const against: readonly [rule: string, file: string, imported: string][] = [
  ['no-circle', 'packages/wasm/src/one.ts', 'packages/wasm/src/two.ts'],
  ['resolvable', 'packages/wasm/src/lost.ts', 'packages/wasm/src/nowhere.ts'],
  ['declared', 'packages/wasm/src/undeclared.ts', 'newcomer'],
  ['packages-know-no-application', 'packages/autoencoders/src/a.ts', 'apps/server/src/main.ts'],
  ['packages-know-no-application', 'packages/autoencoders/src/b.ts', 'graphql'],
  ['protocol-knows-no-science', 'packages/protocol/src/b.ts', 'newcomer'],
  ['order-of-packages-wasm', 'packages/wasm/src/a.ts', 'packages/datasets/src/free.ts'],
  ['order-of-packages-datasets', 'packages/datasets/src/a.ts', 'packages/tfjs-onnx/src/free.ts'],
  ['order-of-packages-tfjs-onnx', 'packages/tfjs-onnx/src/a.ts', 'packages/datasets/src/free.ts'],
  ['order-of-packages-query', 'packages/query/src/a.ts', 'packages/wasm/src/free.ts'],
  ['order-of-packages-connections', 'packages/connections/src/a.ts', 'packages/wasm/src/free.ts'],
  ['order-of-packages-sqlite', 'packages/sqlite/src/a.ts', 'packages/wasm/src/free.ts'],
  ['order-of-packages-chapter', 'packages/chapter/src/a.ts', 'packages/autoencoders/src/free.ts'],
  ['order-of-packages-random', 'packages/random/src/a.ts', 'packages/datasets/src/free.ts'],
  ['order-of-packages-autoencoders', 'packages/autoencoders/src/c.ts', 'packages/chapter/src/free.ts'],
  ['order-of-packages-protocol', 'packages/protocol/src/a.ts', 'packages/autoencoders/src/free.ts'],
  ['packages-have-an-order', 'packages/newcomer/src/a.ts', 'packages/wasm/src/free.ts'],
  ['packages-by-name', 'apps/server/src/runs/deep.ts', 'packages/protocol/src/free.ts'],
  ['packages-of-server', 'apps/server/src/runs/c.ts', 'packages/chapter/src/free.ts'],
  ['packages-of-worker', 'apps/worker/src/c.ts', 'packages/query/src/free.ts'],
  ['worker-knows-no-store', 'apps/worker/src/d.ts', 'graphql'],
  ['packages-of-web', 'apps/web/src/ui/b.ts', 'packages/tfjs-onnx/src/free.ts'],
  ['server-api-on-top', 'apps/server/src/runs/a.ts', 'apps/server/src/api/graphql/free.ts'],
  ['server-lab-on-top', 'apps/server/src/runs/b.ts', 'apps/server/src/Lab.ts'],
  ['server-lab-on-top', 'apps/server/src/experiments/a.ts', 'apps/server/src/LabFeeds.ts'],
  ['server-database-below', 'apps/server/src/database/a.ts', 'apps/server/src/runs/free.ts'],
  ['server-database-below', 'apps/server/src/database/b.ts', 'apps/server/src/newcomer/free.ts'],
  ['server-folders-have-a-place', 'apps/server/src/newcomer/a.ts', 'apps/server/src/runs/free.ts'],
  ['applications-apart', 'apps/worker/src/a.ts', 'apps/server/src/runs/free.ts'],
  ['applications-apart', 'apps/worker/src/b.ts', 'apps/web/src/data/free.ts'],
  ['applications-apart', 'apps/server/src/execution/a.ts', 'apps/worker/src/free.ts'],
  ['applications-apart', 'apps/web/src/data/a.ts', 'apps/server/src/runs/free.ts'],
  ['applications-apart', 'apps/web/server/a.mjs', 'apps/server/src/runs/free.ts'],
  ['dashboard-layers-have-a-place', 'apps/web/src/hooks/a.ts', 'apps/web/src/data/free.ts'],
  ['features-have-folders', 'apps/web/src/features/a.ts', 'apps/web/src/data/free.ts'],
  ['order-of-the-dashboard-ui', 'apps/web/src/ui/a.ts', 'apps/web/src/entities/free.ts'],
  ['order-of-the-dashboard-files', 'apps/web/src/files/a.ts', 'apps/web/src/entities/free.ts'],
  ['order-of-the-dashboard-data', 'apps/web/src/data/b.ts', 'apps/web/src/entities/free.ts'],
  ['order-of-the-dashboard-shell', 'apps/web/src/shell/a.ts', 'apps/web/src/features/run/free.ts'],
  ['order-of-the-dashboard-app', 'apps/web/src/app/a.ts', 'apps/web/src/newcomer/free.ts'],
  ['order-of-the-dashboard-entities', 'apps/web/src/entities/a.ts', 'apps/web/src/features/run/free.ts'],
  ['order-of-the-dashboard-features', 'apps/web/src/features/run/b.ts', 'apps/web/src/shell/free.ts'],
  ['features-apart', 'apps/web/src/features/run/a.ts', 'apps/web/src/features/latent/free.ts'],
]

/** Against the rules of folders as a whole, which have a test of their own. */
const ofFolders = ['no-circle-of-folders']

it('each rule has an import against it', () => {
  const rules = (config.forbidden ?? []).map(({ name }) => name)
  expect(rules.length).toBeGreaterThan(30)
  expect([...new Set([...against.map(([rule]) => rule), ...ofFolders])].sort()).toEqual([...rules].sort())
})

it('an import against any rule fails the check, one of a type too, and names the rule and both files', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'hourglass-imports-'))
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(cwd, file)), { recursive: true })
    writeFileSync(join(cwd, file), text)
  }
  try {
    for (const [, file, imported] of against) {
      const isFile = imported.includes('/')
      if (!isFile) {
        write(`node_modules/${imported}/package.json`, JSON.stringify({ name: imported, version: '1.0.0', types: './index.d.ts' }))
        write(`node_modules/${imported}/index.d.ts`, 'export interface Found {}\n')
      } else if (!imported.endsWith('nowhere.ts')) write(imported, 'export interface Found {}\n')
      const from = isFile ? `${'../'.repeat(file.split('/').length - 1)}${imported}` : imported
      write(file, `import type { Found } from '${from}'\nexport type Mine = Found\n`)
    }
    write('packages/wasm/src/two.ts', "import type { Mine } from './one.ts'\nexport type Found = string | Mine\n")
    const said = await checkImports({ cwd }).then(
      () => 'nothing',
      (error: Error) => error.message,
    )
    for (const [rule, file] of against) expect(said).toMatch(new RegExp(`error ${rule}: ${file.replaceAll('/', '\\/')}`))
  } finally {
    rmSync(cwd, { recursive: true })
  }
})

it('folders that import each other fail the check, though none of their files do', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'hourglass-imports-'))
  try {
    for (const [file, other] of [
      ['runs/a', 'models/free'],
      ['models/a', 'runs/free'],
    ] as const) {
      for (const name of [file, other]) mkdirSync(dirname(join(cwd, 'apps/server/src', name)), { recursive: true })
      writeFileSync(join(cwd, 'apps/server/src', `${other}.ts`), 'export interface Found {}\n')
      writeFileSync(join(cwd, 'apps/server/src', `${file}.ts`), `export type { Found } from '../${other}.ts'\n`)
    }
    await expect(checkImports({ cwd, folders: ['apps'] })).rejects.toThrow('no-circle-of-folders')
  } finally {
    rmSync(cwd, { recursive: true })
  }
})

it('a workspace declares whichever of the others it imports, from which the steps of the build follow', () => {
  for (const workspace of rooms()) {
    const { name, dependencies = {} } = JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8'))
    // The dashboard's `server` is run as it is written.
    const sources = ['src', 'server'].map((folder) => join(root, workspace, folder)).filter((folder) => existsSync(folder))
    const files = sources.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => /^(?!.*generated).*\.(tsx?|mjs)$/.test(file))
        .map((file) => join(folder, file)),
    )
    const imported = files.flatMap((file) => [
      ...readFileSync(file, 'utf8').matchAll(/(?:from |import\(|resolve\()'(@hourglass\/[a-z-]+)/g),
    ])
    const others = new Set(imported.map(([, other]) => other))
    others.delete(name)
    expect(Object.keys(dependencies), workspace).toEqual(expect.arrayContaining([...others]))
    const declared = Object.keys(dependencies).filter((other) => other.startsWith('@hourglass/'))
    expect(declared.sort(), workspace).toEqual([...others].sort())
  }
})

it('a module of entities or ui that one feature uses alone is named with it, one that several use is not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hourglass-imports-'))
  const files: Readonly<Record<string, string>> = {
    'entities/run/useAlone.ts': "import { part } from '../../ui/part'",
    'entities/run/useBoth.ts': "export { shown } from '../../ui/shown'",
    'entities/run/useNobody.ts': '',
    'ui/part.tsx': "import './Part.module.css'",
    'ui/Part.module.css': ".part { composes: row from './row.module.css'; }",
    'ui/row.module.css': '',
    'ui/shown.ts': '',
    'ui/later.tsx': '',
    'ui/frame.ts': '',
    'features/run/Run.tsx':
      "import type { Alone } from '../../entities/run/useAlone'\nimport { useBoth } from '../../entities/run/useBoth'",
    'features/runs/Runs.tsx': "import { useBoth } from '../../entities/run/useBoth'\nconst Later = lazy(() => import('../../ui/later'))",
    'shell/Frame.tsx': "import { frame } from '../ui/frame'",
  }
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), text)
    }
    expect(soleUsers(folder)).toEqual([
      'entities/run/useAlone.ts: features/run',
      'entities/run/useNobody.ts: nobody',
      'ui/Part.module.css: features/run',
      'ui/frame.ts: shell',
      'ui/later.tsx: features/runs',
      'ui/part.tsx: features/run',
      'ui/row.module.css: features/run',
    ])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('every module of entities and ui serves more than one feature: what one alone needs is in its folder', () => {
  expect(soleUsers(fileURLToPath(new URL('../apps/web/src', import.meta.url)))).toEqual([])
})

it('the API asks no database by SQL of its own: what it asks for is a subject’s', () => {
  const folder = join(root, 'apps/server/src/api')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  expect(files.length).toBeGreaterThan(50)
  expect(files.filter((file) => /\$(query|execute)Raw/.test(readFileSync(join(folder, file), 'utf8')))).toEqual([])
})

it('this checkout keeps the order', async () => {
  await expect(checkImports()).resolves.toBeUndefined()
})
