/**
 * Installs @tensorflow/tfjs-node, which the engine `tensorflow` runs on, where its own installation cannot download what it needs: the package
 * comes from the npm registry, TensorFlow's library out of the Python package tensorflow-cpu, and the binding between them is compiled here.
 *
 *     node scripts/install-tensorflow.mjs [--wheel tensorflow_cpu-….whl] [--folder …]
 */
import './requireNode.mjs'

const { execFileSync } = await import('node:child_process')
const { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } = await import('node:fs')
const { createRequire } = await import('node:module')
const { homedir, tmpdir } = await import('node:os')
const { dirname, join, resolve } = await import('node:path')
const { fileURLToPath } = await import('node:url')
const { parseArgs } = await import('node:util')

const PACKAGE = '@tensorflow/tfjs-node'
const VERSION = '4.22.0'
/** The last that it runs on: later ones lack a function that it calls. */
const LAST_NODE = 22
/** Multiplies two matrices, and prints the version of the library that did. */
const TRIAL = `
const tf = require('${PACKAGE}')
if (tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])).dataSync().join() !== '3,3,3,3') throw new Error('a matrix product is wrong')
process.stdout.write(tf.backend().binding.TF_Version)
`

try {
  install(parseArgs({ options: { wheel: { type: 'string' }, folder: { type: 'string' } } }).values)
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}

function install({ wheel, folder: wanted }) {
  const python = process.env.PYTHON || 'python3'
  const compiler = process.env.CXX || 'c++'
  requireMachine(python, compiler)
  if (wheel !== undefined && !existsSync(wheel)) throw new Error(`${wheel}: expected a wheel of tensorflow-cpu, got no file.`)
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  const folder = resolve(wanted || process.env.HOURGLASS_TENSORFLOW || join(cache, 'hourglass', 'tensorflow'))

  say(`Installing ${PACKAGE} ${VERSION} in ${folder} …`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', `${PACKAGE}@${VERSION}`, 'node-api-headers@1'], { cwd: folder })
  const require = createRequire(join(folder, 'package.json'))
  const home = dirname(require.resolve(`${PACKAGE}/package.json`))
  const deps = join(home, 'deps')
  rmSync(deps, { recursive: true, force: true })

  const downloads = mkdtempSync(join(tmpdir(), 'hourglass-tensorflow-'))
  try {
    const file = wheel === undefined ? download(python, downloads) : resolve(wheel)
    say(`Unpacking ${file} …`)
    run(python, [fileURLToPath(new URL('./unpack_tensorflow.py', import.meta.url)), file, deps])
  } finally {
    rmSync(downloads, { recursive: true })
  }

  say('Compiling the binding …')
  const binding = require('@mapbox/node-pre-gyp').find(join(home, 'package.json'))
  const napi = /napi-v(\d+)/.exec(binding)?.[1]
  mkdirSync(dirname(binding), { recursive: true })
  run(compiler, [
    ...['-std=c++17', '-O2', '-shared', '-fPIC', `-DNAPI_VERSION=${napi}`],
    ...[home, join(deps, 'include'), join(folder, 'node_modules/node-api-headers/include')].map((path) => `-I${path}`),
    ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => join(home, 'binding', file)),
    ...[`-L${join(deps, 'lib')}`, '-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2', '-Wl,-rpath,$ORIGIN/../../deps/lib'],
    ...['-o', binding],
  ])
  rmSync(join(deps, 'include'), { recursive: true })

  const version = run(process.execPath, ['-e', TRIAL], { cwd: folder, env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' } })
  say(`TensorFlow ${version} computes. Runs can now use the engine tensorflow.`)
  if (wanted) say(`Set HOURGLASS_TENSORFLOW=${folder} for the lab to find it there.`)
}

function requireMachine(python, compiler) {
  const [node] = process.versions.node.split('.').map(Number)
  if (node > LAST_NODE) throw new Error(`${PACKAGE} runs on Node 20 and ${LAST_NODE}; this is ${process.version}.`)
  if (process.platform !== 'linux') {
    throw new Error(`This works on Linux; on ${process.platform} follow docs/tensorflow.md with ${PACKAGE}'s own installation.`)
  }
  for (const [program, what] of [
    [python, 'Python 3, to get and unpack TensorFlow (PYTHON names another)'],
    [compiler, 'a C++ compiler, to build the binding (CXX names another)'],
  ]) {
    try {
      execFileSync(program, ['--version'], { stdio: 'ignore' })
    } catch {
      throw new Error(`${program} was not found: expected ${what}.`)
    }
  }
}

function download(python, folder) {
  say('Downloading tensorflow-cpu (about 270 MB) …')
  const args = ['-m', 'pip', 'download', '--no-deps', '--only-binary', ':all:', '--dest', folder, 'tensorflow-cpu']
  try {
    run(python, args, { env: { PIP_RETRIES: '1', PIP_DISABLE_PIP_VERSION_CHECK: '1', ...process.env } })
  } catch (error) {
    throw new Error(`${error.message}\nGet a wheel of tensorflow-cpu for Linux, of any Python, another way and name it with --wheel.`)
  }
  return join(folder, readdirSync(folder).find((name) => name.endsWith('.whl')) ?? '')
}

/** Runs a program and returns what it printed; throws with the last of it where it fails. */
function run(program, args, options = {}) {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 28, ...options })
  } catch (error) {
    const output = `${error.stdout ?? ''}${error.stderr ?? ''}`.trim().slice(-4000)
    throw new Error(`${program} ${args[0]} … failed: ${output || error.message}`)
  }
}

function say(line) {
  process.stdout.write(`${line}\n`)
}
