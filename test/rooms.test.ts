import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { typeProjects } from '../scripts/checkTypes.mjs'
import { rooms } from '../scripts/steps.mjs'
import vitestConfig from '../vitest.config'

const compiled = { 'packages/wasm/package.json': '{}', 'packages/wasm/tsconfig.json': '{}', 'packages/wasm/src/a.ts': '' }
const whole = { 'apps/web/package.json': '{}', 'apps/web/src/a.ts': '', 'apps/web/test/a.test.ts': '' }

/** Lists the projects of a tree that has these files. */
function projectsOf(files: Readonly<Record<string, string>>): readonly string[] {
  const cwd = mkdtempSync(join(tmpdir(), 'hourglass-rooms-'))
  const tree = {
    'package.json': JSON.stringify({ workspaces: ['packages/*', 'apps/*'] }),
    'tsconfig.json': JSON.stringify({ references: [{ path: 'packages/wasm' }] }),
    'apps/web/tsconfig.json': JSON.stringify({ include: ['src', 'test'] }),
  }
  try {
    for (const [file, text] of Object.entries({ ...tree, ...compiled, ...whole, ...files })) {
      mkdirSync(dirname(join(cwd, file)), { recursive: true })
      writeFileSync(join(cwd, file), text)
    }
    return typeProjects(cwd)
  } finally {
    rmSync(cwd, { recursive: true })
  }
}

it('the types of the tests of every workspace are checked, or it is said that those of one are not', () => {
  const always = ['test', 'test/bench']
  expect(projectsOf({})).toEqual(['apps/web', ...always])
  const tests = { 'packages/wasm/test/a.test.ts': '' }
  expect(projectsOf({ ...tests, 'packages/wasm/tsconfig.test.json': '{}' })).toEqual([
    'packages/wasm/tsconfig.test.json',
    'apps/web',
    ...always,
  ])
  expect(() => projectsOf(tests)).toThrow('packages/wasm: expected a tsconfig.test.json')
  expect(() => projectsOf({ 'apps/web/tsconfig.json': JSON.stringify({ include: ['src'] }) })).toThrow(
    'apps/web: expected a tsconfig.test.json',
  )
})

it('every workspace that has tests is a project of theirs', () => {
  const projects = (vitestConfig.test?.projects ?? []).flatMap((project) =>
    typeof project === 'object' && 'test' in project ? (project.test?.root ?? []) : [],
  )
  const tested = rooms().filter((room) =>
    typeProjects().some((project) => project === join(room, 'tsconfig.test.json') || project === room),
  )
  expect(tested.length).toBeGreaterThan(8)
  expect(projects).toEqual(expect.arrayContaining(tested))
})
