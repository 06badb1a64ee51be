import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSettings } from '../apps/server/src/Settings.js'
import { root } from './harness/lab.mjs'

interface LockedPackage {
  readonly resolved?: string
  readonly link?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const lock: { packages: Record<string, LockedPackage> } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))

describe('the lock file', () => {
  it('names no registry', () => {
    const downloads = Object.values(lock.packages).filter(({ link, resolved }) => resolved && !link)
    expect(downloads).toEqual([])
  })

  it('holds the packages of every platform, so that a clean install works on each', () => {
    const locked = new Set(Object.keys(lock.packages).map((path) => path.replace(/^.*node_modules\//, '')))
    const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !locked.has(name))
        .map((name) => `${path} wants ${name}`),
    )
    expect(missing).toEqual([])
  })
})

describe('scripts', () => {
  const files = execFileSync('git', ['ls-files', '*.mjs'], { cwd: root, encoding: 'utf8' }).trim().split('\n')

  it('hold nothing that this version of Node cannot read', () => {
    // Parsed by Node itself, in one process: what runs tests understands more.
    const parse = `
      import { readFileSync } from 'node:fs'
      import { SourceTextModule } from 'node:vm'
      for (const file of process.argv.slice(1)) {
        try { new SourceTextModule(readFileSync(file, 'utf8')) } catch (error) { console.log(file, error.message) }
      }`
    const options = ['--experimental-vm-modules', '--no-warnings', '--input-type=module', '--eval', parse]
    expect(execFileSync(process.execPath, [...options, ...files], { cwd: root, encoding: 'utf8' })).toBe('')
  })
})

describe('docker-compose.yml', () => {
  const command = findCompose()

  it.runIf(command)('is a configuration that Compose accepts, with both services and the data volume', () => {
    const [program = '', ...args] = command ?? []
    const printed = execFileSync(program, [...args, 'config'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    for (const expected of ['target: api', 'target: web', 'hourglass-data', 'hourglass-backups', 'service_healthy'])
      expect(printed).toContain(expected)
  })
})

describe('the Dockerfile', () => {
  it('keeps data and backups in volumes that its user may write', () => {
    const text = readFileSync(join(root, 'Dockerfile'), 'utf8')
    const folders = [...text.matchAll(/HOURGLASS_(?:DATA|BACKUP_FOLDER)=(\S+)/g)].map(([, folder = '']) => folder)
    expect(folders).toHaveLength(2)
    for (const line of [/^VOLUME (.+)$/m, /chown node:node (.+)$/m]) expect(line.exec(text)?.[1]?.split(' ').sort()).toEqual(folders.sort())
    for (const folder of folders) expect(readFileSync(join(root, 'docker-compose.yml'), 'utf8')).toContain(`:${folder}\n`)
  })
})

it('the images have settings that the API starts with', () => {
  const text = readFileSync(join(root, 'Dockerfile'), 'utf8')
  const given = [...text.matchAll(/^ENV (.+)$/gm)].flatMap(([, line = '']) => line.split(' '))
  expect(given.length).toBeGreaterThan(3)
  expect(readSettings(Object.fromEntries(given.map((pair) => pair.split('=', 2))))).toMatchObject({ host: '0.0.0.0', isOpen: true })
})

function findCompose(): string[] | undefined {
  return [['docker', 'compose'], ['docker-compose']].find(([program = '', ...args]) => {
    try {
      execFileSync(program, [...args, 'version'], { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  })
}
