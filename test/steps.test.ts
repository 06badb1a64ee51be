import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inputFiles, inputsOf, rooms, root, steps } from '../scripts/steps.mjs'

const filesOf = (name: string) => new Set(steps.filter((step) => step.name === name).flatMap(inputFiles))

describe('what a build step is made from', () => {
  it('is, for the dashboard, every package behind it, through others too', () => {
    const files = filesOf('web')
    for (const file of [
      'packages/wasm/src/ModuleBuilder.ts',
      'packages/datasets/src/catalog.ts',
      'packages/tfjs-onnx/src/index.ts',
      'packages/autoencoders/src/index.ts',
      'packages/autoencoders/package.json',
      'apps/web/next.config.ts',
      'apps/server/schema.graphql',
      'tsconfig.base.json',
    ]) {
      expect(files).toContain(file)
    }
    expect([...files].filter((file) => file.startsWith('apps/server/src/'))).toEqual([])
  })

  it.each(steps.filter(({ of }) => of))('holds every workspace that the workspaces of $name depend on', (step) => {
    const inputs = new Set(inputsOf(step))
    const manifests = new Map(rooms().map((room) => [room, JSON.parse(readFileSync(join(root, room, 'package.json'), 'utf8'))]))
    const built = [...manifests].filter(([room]) => inputs.has(room))
    expect(built.length).toBeGreaterThan(0)
    for (const [room, { dependencies = {}, devDependencies = {} }] of built) {
      for (const [other, { name }] of manifests) {
        if (name in { ...dependencies, ...devDependencies }) expect(inputs, `${room} depends on ${name}`).toContain(other)
      }
    }
  })

  it('is no test, and nothing that a build makes', () => {
    const committed = new Set(
      execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' }).split('\n'),
    )
    for (const step of steps) {
      const files = inputFiles(step)
      expect(files.filter((file) => /(^|\/)(test|bench)\//.test(file))).toEqual([])
      expect(files.filter((file) => !committed.has(file))).toEqual([])
    }
  })

  it('is the rooms that compile, without the dashboard', () => {
    const files = filesOf('rooms')
    expect(files).toContain('packages/wasm/src/ModuleBuilder.ts')
    expect(files).toContain('apps/server/src/main.ts')
    expect([...files].filter((file) => file.startsWith('apps/web/'))).toEqual([])
  })
})
