/**
 * What must be true before the lab can run: packages installed, code generated, rooms and dashboard built.
 * Each step remembers a hash of what it was made from, so that a second start has nothing to do.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
const stamps = join(root, 'node_modules', '.cache', 'hourglass')
const IGNORED = new Set(['node_modules', 'dist', '.next', 'generated', 'test', 'bench', 'next-env.d.ts'])

/** Keeps packages from downloading what the lab does not use (CUDA libraries, database engines) and from calling home. */
const QUIET = {
  ONNXRUNTIME_NODE_INSTALL: 'skip',
  PRISMA_SKIP_POSTINSTALL_GENERATE: '1',
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  CHECKPOINT_DISABLE: '1',
  NEXT_TELEMETRY_DISABLED: '1',
}

/** npm as this Node runs it, so that another npm on the PATH does not matter. */
const npmCli = process.env.npm_execpath
const npm = npmCli?.endsWith('.js') ? [process.execPath, npmCli] : [process.platform === 'win32' ? 'npm.cmd' : 'npm']

const rooms = () => ['packages', 'apps'].flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name)))
const node = (...args) => [process.execPath, ...args]

export const steps = [
  {
    name: 'install',
    title: 'Installing packages (the first time takes a few minutes)',
    inputs: () => ['package.json', 'package-lock.json', '.npmrc'],
    outputs: ['node_modules/.package-lock.json'],
    commands: () => [[...npm, 'ci', '--no-audit', '--no-fund']],
  },
  {
    name: 'prisma',
    title: 'Generating the database client',
    inputs: () => ['prisma/schema.prisma', 'package-lock.json'],
    outputs: ['apps/server/src/generated'],
    commands: () => [[...npm, 'run', '--silent', 'generate', '-w', '@hourglass/server']],
  },
  {
    name: 'rooms',
    title: 'Compiling the packages and the server',
    inputs: () => [
      'tsconfig.base.json',
      'tsconfig.json',
      'prisma/schema.prisma',
      'package-lock.json',
      ...rooms().filter((room) => room !== join('apps', 'web')),
    ],
    outputs: ['apps/server/dist/main.js', 'packages/autoencoders/dist/index.js'],
    commands: () => [node('node_modules/typescript/bin/tsc', '-b')],
  },
  {
    name: 'graphql',
    title: 'Generating the dashboard’s operations',
    inputs: () => ['apps/server/schema.graphql', 'apps/web/src', 'apps/web/scripts', 'packages/autoencoders/src', 'package-lock.json'],
    outputs: ['apps/web/src/data/generated'],
    commands: () => [[...npm, 'run', '--silent', 'generate', '-w', '@hourglass/web']],
  },
  {
    name: 'web',
    title: 'Building the dashboard',
    inputs: () => ['package-lock.json', 'apps/server/schema.graphql', 'apps/web', 'packages/datasets/src', 'packages/autoencoders/src'],
    outputs: ['apps/web/.next/BUILD_ID'],
    commands: () => [node('node_modules/next/dist/bin/next', 'build', 'apps/web')],
  },
]

/** Brings the named steps up to date in order (all of them by default) and says what it does; rejects with the failed command's last lines. */
export async function prepare(names = steps.map((step) => step.name)) {
  const wanted = steps.filter((step) => names.includes(step.name))
  const stale = wanted.filter((step) => !isCurrent(step))
  for (const [index, step] of stale.entries()) {
    await announce(`[${index + 1}/${stale.length}] ${step.title}`, async () => {
      for (const command of step.commands()) await run(command)
    })
    mkdirSync(stamps, { recursive: true })
    writeFileSync(join(stamps, step.name), fingerprint(step))
  }
}

function isCurrent(step) {
  const stamp = join(stamps, step.name)
  return (
    step.outputs.every((output) => existsSync(join(root, output))) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(step)
  )
}

function fingerprint(step) {
  // Native packages are built for one Node ABI, so another Node means another install.
  const hash = createHash('sha256').update(`${process.versions.modules} ${process.platform} ${process.arch}\n`)
  for (const input of step.inputs()) hashPath(hash, input)
  return hash.digest('hex')
}

function hashPath(hash, path) {
  const absolute = join(root, path)
  if (!existsSync(absolute)) return
  if (!statSync(absolute).isDirectory()) {
    hash.update(`${path}\n`).update(readFileSync(absolute))
    return
  }
  for (const name of readdirSync(absolute).sort()) {
    if (!IGNORED.has(name) && !name.endsWith('.tsbuildinfo')) hashPath(hash, join(path, name))
  }
}

/** Prints a line when the work starts, a sign of life while it goes on and the seconds it took. */
async function announce(title, work) {
  const started = Date.now()
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`
  process.stdout.write(`${title} …\n`)
  const alive = setInterval(() => process.stdout.write(`      … still at it, ${seconds()}\n`), 20_000)
  try {
    await work()
    process.stdout.write(`      done in ${seconds()}\n`)
  } finally {
    clearInterval(alive)
  }
}

/** Runs a command in the project's root with its output kept back; rejects with the last of it where the command fails. */
export function run([command, ...args]) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...QUIET }
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], shell: command.endsWith('.cmd') })
    let output = ''
    const keep = (chunk) => {
      output = (output + chunk).slice(-8000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) return resolve()
      reject(new Error(`${[command, ...args].join(' ')} ended with exit code ${code}:\n${output.trim()}`))
    })
  })
}
