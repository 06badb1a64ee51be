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
const IGNORED = new Set([
  'node_modules',
  'dist',
  'bundle',
  '.next',
  'generated',
  'test',
  'tsconfig.test.json',
  'bench',
  'docs',
  'examples',
  'next-env.d.ts',
  'LICENSE',
  'README.md',
])

/** Keeps packages from downloading what the lab does not use (CUDA libraries, database engines) and from calling home. */
const QUIET = {
  ONNXRUNTIME_NODE_INSTALL: 'skip',
  PRISMA_SKIP_POSTINSTALL_GENERATE: '1',
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  CHECKPOINT_DISABLE: '1',
  NEXT_TELEMETRY_DISABLED: '1',
}

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} title
 * @property {readonly string[]} files
 * @property {boolean} [isOfThisNode] whether another Node, or another machine, needs another result
 * @property {() => readonly string[]} [of]
 * @property {readonly string[]} outputs
 * @property {() => readonly string[][]} commands
 */

/** npm as this Node runs it, so that another npm on the PATH does not matter. */
const npmCli = process.env.npm_execpath
const npm = npmCli?.endsWith('.js') ? [process.execPath, npmCli] : [process.platform === 'win32' ? 'npm.cmd' : 'npm']

/** @param {string[]} args */
const node = (...args) => [process.execPath, ...args]

/** Names the folders whose folders are the workspaces, as package.json says. */
export function roomFolders(cwd = root) {
  return readJson('package.json', cwd).workspaces.map((/** @type {string} */ pattern) => {
    const [, folder] = /^([\w-]+)\/\*$/.exec(pattern) ?? []
    if (folder === undefined) throw new Error(`package.json: expected workspaces such as packages/*, got ${JSON.stringify(pattern)}.`)
    return folder
  })
}

/**
 * Lists the folders of the workspaces.
 * @returns {string[]}
 */
export function rooms(cwd = root) {
  return roomFolders(cwd).flatMap((/** @type {string} */ folder) =>
    readdirSync(join(cwd, folder))
      .map((name) => join(folder, name))
      .filter((room) => existsSync(join(cwd, room, 'package.json'))),
  )
}

/**
 * Gives workspaces and all that they depend on, through others too, as their package.json files say: what a build of them is made from.
 * @param {readonly string[]} wanted
 */
export function withDependencies(wanted) {
  const manifests = new Map(rooms().map((room) => [room, readJson(join(room, 'package.json'))]))
  const roomOf = new Map([...manifests].map(([room, { name }]) => [name, room]))
  const found = new Set(wanted)
  // A set that grows while it is walked is walked to its end.
  for (const room of found) {
    const { dependencies = {}, devDependencies = {} } = manifests.get(room) ?? {}
    for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
      const dependency = roomOf.get(name)
      if (dependency) found.add(dependency)
    }
  }
  return [...found]
}

/**
 * Lists the workspaces that `tsc -b` compiles.
 * @returns {string[]}
 */
export function compiledRooms(cwd = root) {
  return readJson('tsconfig.json', cwd).references.map((/** @type {{ path: string }} */ { path }) => join(path))
}

/** @param {string} path */
function readJson(path, cwd = root) {
  return JSON.parse(readFileSync(join(cwd, path), 'utf8'))
}

/**
 * Each is made from `files` and from its workspaces `of` with all that these depend on.
 * @type {readonly Step[]}
 */
export const steps = [
  {
    name: 'install',
    title: 'Installing packages (the first time takes a few minutes)',
    files: ['package.json', 'package-lock.json', '.npmrc', 'packages/sqlite'],
    isOfThisNode: true,
    outputs: ['node_modules/.package-lock.json'],
    commands: () => [[...npm, 'ci', '--no-audit', '--no-fund']],
  },
  {
    name: 'prisma',
    title: 'Generating the database client',
    files: ['prisma/schema.prisma', 'prisma.config.ts', 'apps/server/scripts', 'package-lock.json'],
    outputs: ['apps/server/src/generated'],
    commands: () => [[...npm, 'run', '--silent', 'generate', '-w', '@hourglass/server']],
  },
  {
    name: 'rooms',
    title: 'Compiling the packages and the server',
    files: ['tsconfig.base.json', 'tsconfig.json', 'scripts/bundle.mjs', 'prisma/schema.prisma', 'package-lock.json'],
    of: () => compiledRooms(),
    outputs: ['apps/server/bundle/main.js', 'apps/worker/bundle/train.js', 'packages/autoencoders/dist/index.js'],
    commands: () => [node('node_modules/typescript/bin/tsc', '-b'), node('scripts/bundle.mjs')],
  },
  {
    name: 'graphql',
    title: 'Generating the dashboard’s operations',
    files: ['apps/server/schema.graphql', 'tsconfig.base.json', 'package-lock.json'],
    of: () => ['apps/web'],
    outputs: ['apps/web/src/data/generated'],
    commands: () => [[...npm, 'run', '--silent', 'generate', '-w', '@hourglass/web']],
  },
  {
    name: 'web',
    title: 'Building the dashboard',
    files: ['apps/server/schema.graphql', 'tsconfig.base.json', 'scripts/compressBuilt.mjs', 'package-lock.json'],
    of: () => ['apps/web'],
    outputs: ['apps/web/.next/BUILD_ID'],
    commands: () => [node('node_modules/next/dist/bin/next', 'build', 'apps/web'), node('scripts/compressBuilt.mjs')],
  },
]

/**
 * Lists the files and folders that a step is made from.
 * @param {Step} step
 */
export function inputsOf({ files, of }) {
  return [...files, ...(of ? withDependencies(of().map((room) => join(room))) : [])]
}

/** Brings the named steps up to date in order (all of them by default) and says what it does; rejects with the failed command's last lines. */
export async function prepare(names = steps.map((step) => step.name)) {
  const wanted = steps.filter((step) => names.includes(step.name))
  const stale = wanted.filter((step) => !isCurrent(step))
  for (const [index, step] of stale.entries()) {
    await announce(`[${index + 1}/${stale.length}] ${step.title}`, async () => {
      // Taken first: what is edited while the step runs may not be in what it makes.
      const made = fingerprint(step)
      for (const command of step.commands()) await run(command)
      mkdirSync(stamps, { recursive: true })
      writeFileSync(join(stamps, step.name), made)
    })
  }
}

/** @param {Step} step */
function isCurrent(step) {
  const stamp = join(stamps, step.name)
  return (
    step.outputs.every((output) => existsSync(join(root, output))) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(step)
  )
}

/** @param {Step} step */
function fingerprint(step) {
  const hash = createHash('sha256')
  // Native packages are built for one Node ABI.
  if (step.isOfThisNode) hash.update(`${process.versions.modules} ${process.platform} ${process.arch}\n`)
  for (const file of inputFiles(step)) hash.update(`${file}\n`).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

/**
 * Lists every file that a step is made from, without tests and what is generated.
 * @param {Step} step
 */
export function inputFiles(step) {
  return inputsOf(step).flatMap(filesBelow)
}

/** @param {string} path @returns {string[]} */
function filesBelow(path) {
  const absolute = join(root, path)
  if (!existsSync(absolute)) return []
  if (!statSync(absolute).isDirectory()) return [path]
  return readdirSync(absolute)
    .sort()
    .flatMap((name) => (IGNORED.has(name) || name.endsWith('.tsbuildinfo') ? [] : filesBelow(join(path, name))))
}

/**
 * Prints a line when the work starts, a sign of life while it goes on and the seconds it took.
 * @param {string} title
 * @param {() => Promise<void>} work
 */
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

/**
 * Runs a command, in the project's root unless told otherwise, with its output kept back; rejects with the last of it where the command fails.
 * @param {readonly string[]} words
 * @param {{ cwd?: string }} [options]
 * @returns {Promise<void>}
 */
export function run([command = '', ...args], { cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...QUIET }
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], shell: command.endsWith('.cmd') })
    // What is begun ends with the process that began it.
    const end = () => child.kill()
    process.once('exit', end)
    let output = ''
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      output = (output + chunk).slice(-60_000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', reject)
    child.on('close', (code) => {
      process.off('exit', end)
      if (code === 0) return resolve()
      reject(new Error(`${[command, ...args].join(' ')} ended with exit code ${code}:\n${output.trim()}`))
    })
  })
}
