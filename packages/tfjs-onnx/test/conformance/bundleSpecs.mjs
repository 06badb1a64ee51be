import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const require = createRequire(import.meta.url)
const core = join(dirname(require.resolve('@tensorflow/tfjs-core/package.json')), 'dist')

/** Specs of operations, their gradients and optimizers; the others are about files, browsers and the registry. */
const chosen = /^(ops|optimizers)\/|^(gradients|tensor|variable|buffer|debug_mode)_test/

/** Asked for when it runs: what is compiled for a machine, and jasmine, which its own parts find by name. */
const outside = ['onnxruntime-node', 'onnxruntime-common', 'onnxruntime-web', 'jasmine-core']

/**
 * Bundles the specs that ship in @tensorflow/tfjs-core with the compiler into one file, so that both use one tfjs. Nothing of tfjs is copied
 * anywhere but into that file.
 *
 * @param {string} file
 * @param {string} filter Only files whose path contains it.
 */
export async function bundleSpecs(file, filter = '') {
  const { rolldown } = await import('rolldown')
  const specs = readdirSync(core, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('_test.js') && chosen.test(name) && name.includes(filter))
    .sort()
  const bundle = await rolldown({
    input: fileURLToPath(new URL('./runSpecs.ts', import.meta.url)),
    platform: 'node',
    external: (id) => outside.some((name) => id === name || id.startsWith(`${name}/`)),
    resolve: { mainFields: ['module', 'main'] },
    treeshake: { moduleSideEffects: [{ test: /@tensorflow|tfjs-core-specs/, sideEffects: true }] },
    checks: { ineffectiveDynamicImport: false },
    logLevel: 'warn',
    plugins: [specsModule(specs)],
  })
  await bundle.write({ file, format: 'esm', codeSplitting: false })
  await bundle.close()
}

/**
 * Makes the module `tfjs-core-specs`. Specs define themselves where they are required, which is once the backends have been chosen.
 *
 * @param {readonly string[]} specs
 */
function specsModule(specs) {
  const code = [
    "import { createRequire } from 'node:module'",
    `import '${core}/register_all_gradients.js'`,
    `import '${core}/public/chained_ops/register_all_chained_ops.js'`,
    `import { setTestEnvs } from '${core}/jasmine_util.js'`,
    "const jasmineCore = createRequire(process.cwd() + '/')('jasmine-core')",
    'export const jasmine = jasmineCore.boot()',
    'jasmine.DEFAULT_TIMEOUT_INTERVAL = 120_000',
    'export const setBackends = setTestEnvs',
    'export function defineSpecs() {',
    ...specs.map((name) => `  require('${core}/${name}')`),
    '}',
  ].join('\n')
  return {
    name: 'tfjs-core-specs',
    /** @param {string} id */
    resolveId: (id) => (id === 'tfjs-core-specs' ? '\0tfjs-core-specs' : undefined),
    /** @param {string} id */
    load: (id) => (id === '\0tfjs-core-specs' ? code : undefined),
  }
}
