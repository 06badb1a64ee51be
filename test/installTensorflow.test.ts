import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { root } from './harness/lab.mjs'

const folder = mkdtempSync(join(tmpdir(), 'hourglass-tensorflow-'))
afterAll(() => rmSync(folder, { recursive: true }))

function install(args: string[], env: Record<string, string> = {}) {
  const script = join(root, 'scripts/install-tensorflow.mjs')
  const { status, stderr } = spawnSync(process.execPath, [script, '--folder', join(folder, 'installed'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  return { status, stderr }
}

const supported = process.platform === 'linux' && Number(process.versions.node.split('.')[0]) <= 22

describe('the installation of TensorFlow', () => {
  it.runIf(supported)('says what is missing on the machine before it does anything', () => {
    expect(install(['--skip-download'], { CXX: '/nowhere/c++' })).toEqual({
      status: 1,
      stderr: expect.stringMatching(/^\/nowhere\/c\+\+ was not found: expected a C\+\+ compiler/),
    })
    expect(install(['--skip-download'], { PYTHON: '/nowhere/python' })).toEqual({
      status: 1,
      stderr: expect.stringMatching(/^\/nowhere\/python was not found: expected Python 3/),
    })
    expect(readdirSync(folder)).toEqual([])
  })

  it.runIf(supported)('refuses a wheel that is not there', () => {
    expect(install(['--wheel', join(folder, 'none.whl')])).toEqual({
      status: 1,
      stderr: expect.stringMatching(/none\.whl: expected a wheel of tensorflow-cpu, got no file/),
    })
    expect(readdirSync(folder)).toEqual([])
  })

  it.skipIf(supported)('says where it works', () => {
    expect(install(['--skip-download'])).toEqual({ status: 1, stderr: expect.stringMatching(/runs on Node 20 and 22|on Linux only/) })
  })
})
