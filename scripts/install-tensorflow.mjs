/**
 * Installs @tensorflow/tfjs-node, which the engine `tensorflow` runs on: with what its own installation downloads, or, where that is blocked, with
 * TensorFlow's library out of the Python package tensorflow-cpu and the binding between them, which is compiled here.
 *
 *     npm run tensorflow -- [--skip-download] [--wheel tensorflow_cpu-….whl] [--folder …]
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

const options = { wheel: { type: 'string' }, folder: { type: 'string' }, 'skip-download': { type: 'boolean' } }
try {
  install(parseArgs({ options }).values)
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}

function install({ wheel, folder: wanted, 'skip-download': skipsDownload = wheel !== undefined }) {
  requireNode()
  if (skipsDownload) requireCompiler()
  if (wheel !== undefined && !existsSync(wheel)) throw new Error(`${wheel}: expected a wheel of tensorflow-cpu, got no file.`)
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  const folder = resolve(wanted || process.env.HOURGLASS_TENSORFLOW || join(cache, 'hourglass', 'tensorflow'))

  say(`Installing ${PACKAGE} ${VERSION} in ${folder} …`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, allowScripts: { [PACKAGE]: true } }))
  run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', `${PACKAGE}@${VERSION}`, 'node-api-headers@1'], { cwd: folder })
  const version = (skipsDownload ? undefined : downloadLibrary(folder)) ?? compileBinding(folder, wheel)
  say(`TensorFlow ${version} computes. Runs can now use the engine tensorflow.`)
  if (wanted) say(`Set HOURGLASS_TENSORFLOW=${folder} for the lab to find it there.`)
}

/** Has the package download TensorFlow and its binding; returns TensorFlow's version, or undefined where that does not work. */
function downloadLibrary(folder) {
  say('Downloading TensorFlow and its binding …')
  try {
    run('npm', ['rebuild', PACKAGE], { cwd: folder })
    return tryOut(folder)
  } catch (error) {
    say(`That did not work: ${reasonOf(error)}`)
    return undefined
  }
}

/** Brings TensorFlow out of its Python package and compiles the binding to it; returns TensorFlow's version. */
function compileBinding(folder, wheel) {
  const { python, compiler } = requireCompiler()
  const require = createRequire(join(folder, 'package.json'))
  const home = dirname(require.resolve(`${PACKAGE}/package.json`))
  const deps = join(home, 'deps')
  rmSync(deps, { recursive: true, force: true })

  const downloads = mkdtempSync(join(tmpdir(), 'hourglass-tensorflow-'))
  try {
    const file = wheel === undefined ? downloadWheel(python, downloads) : resolve(wheel)
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
  return tryOut(folder)
}

/** Has the installed package compute something, and returns the version of TensorFlow that did. */
function tryOut(folder) {
  return run(process.execPath, ['-e', TRIAL], { cwd: folder, env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' } })
}

function requireNode() {
  const [node] = process.versions.node.split('.').map(Number)
  if (node > LAST_NODE) throw new Error(`${PACKAGE} runs on Node 20 and ${LAST_NODE}; this is ${process.version}.`)
}

/** Finds what the binding is compiled with. */
function requireCompiler() {
  const python = process.env.PYTHON || 'python3'
  const compiler = process.env.CXX || 'c++'
  if (process.platform !== 'linux') {
    throw new Error(`Without its own download ${PACKAGE} can be installed on Linux only; this is ${process.platform}.`)
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
  return { python, compiler }
}

function downloadWheel(python, folder) {
  say('Downloading tensorflow-cpu (about 270 MB) …')
  const args = ['-m', 'pip', 'download', '--no-deps', '--only-binary', ':all:', '--dest', folder, 'tensorflow-cpu']
  try {
    run(python, args, { env: { PIP_RETRIES: '1', PIP_DISABLE_PIP_VERSION_CHECK: '1', ...process.env } })
  } catch (error) {
    throw new Error(`${error.message}\nGet a wheel of tensorflow-cpu for Linux, of any Python, another way and name it with --wheel.`)
  }
  return join(folder, readdirSync(folder).find((name) => name.endsWith('.whl')) ?? '')
}

/** The line of a report that tells most: that of the error which ended the package's own script. */
function reasonOf(error) {
  const lines = error.message.split('\n').map((line) => line.replace(/^npm error\s*/, '').trim())
  return lines.find((line) => /^\w*Error: /.test(line)) ?? lines.at(-1)
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
