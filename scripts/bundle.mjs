/**
 * Puts what each process of the lab is made of into few files: reading hundreds of modules takes one that is started for a run of seconds longer than its
 * work. They are made of what `tsc -b` wrote; packages that are compiled for a machine stay outside.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rooms, root } from './steps.mjs'

/** The programs of each application, as its own code names them. */
const programs = {
  'apps/worker': ['train', 'task', 'models', 'modelThread'],
  'apps/server': ['main', 'archives/exporter', 'archives/importer', 'archives/adopter', 'upkeep/commands', 'runs/tables/parquetThread'],
}

/** Compiled for a machine, started as threads from files of their own, or asked for only where they are installed. */
const outside = ['better-sqlite3', 'koffi', 'onnxruntime-node', 'onnxruntime-web', 'sharp', 'pino', 'prisma', '@tensorflow/tfjs-node']

/** Bundles all programs. */
export async function bundle() {
  // Imported late, as it is there only after the packages are installed.
  const { rolldown } = await import('rolldown')
  for (const [application, names] of Object.entries(programs)) {
    const folder = join(root, application)
    const made = await rolldown({
      cwd: folder,
      input: Object.fromEntries(names.map((name) => [name, join(folder, 'dist', `${name}.js`)])),
      platform: 'node',
      external: (id) => outside.some((name) => id === name || id.startsWith(`${name}/`)),
      // The packages of TensorFlow.js name as files with side effects others than they are loaded from: backends and kernels would not register.
      treeshake: { moduleSideEffects: [{ test: /@tensorflow/, sideEffects: true }] },
      checks: { ineffectiveDynamicImport: false },
    })
    const dir = join(folder, 'bundle')
    rmSync(dir, { recursive: true, force: true })
    // Chunks lie beside each other, one folder deep as what they are made of: paths that start at a module's own place stay right.
    await made.write({ dir, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' })
    await made.close()
  }
  writeFileSync(join(root, 'apps/server/bundle/build.json'), JSON.stringify({ commit: commitOf() }))
}

/** Names the commit that is bundled, with + where files differ from it; where there is no repository, what HOURGLASS_COMMIT says. */
function commitOf() {
  try {
    const git = (/** @type {string[]} */ ...args) =>
      execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
    // A copy without a history may lie in another project's.
    if (realpathSync(git('rev-parse', '--show-toplevel')) !== realpathSync(root)) throw new Error('no repository of its own')
    return `${git('rev-parse', 'HEAD')}${git('status', '--porcelain', '--untracked-files=no') === '' ? '' : '+'}`
  } catch {
    return process.env.HOURGLASS_COMMIT || null
  }
}

/** Bundles all programs where a compiled module is newer. */
export async function bundleWhereStale() {
  const bundled = Object.keys(programs).flatMap((application) => filesBelow(join(root, application, 'bundle')))
  const oldest = Math.min(...bundled.map(changedAt))
  const compiled = rooms().flatMap((room) => filesBelow(join(root, room, 'dist')))
  if (bundled.length === 0 || compiled.some((file) => changedAt(file) > oldest)) await bundle()
}

/** @param {string} folder */
function filesBelow(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => join(folder, name))
}

/** @param {string} file */
const changedAt = (file) => statSync(file).mtimeMs

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundle()
