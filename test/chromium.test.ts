import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startsBrowser } from '../scripts/chromium.mjs'
import { rooms, root } from '../scripts/steps.mjs'

describe('Chromium', () => {
  it.each([
    ['starts one itself', 'onnx'],
    ['gets its page of the harness', 'run'],
    ['takes it of the harness through TypeScript files', 'experimentFigures'],
  ])('is wanted for a test file that %s', (_, name) => {
    expect(startsBrowser(join(root, `test/${name}.test.ts`))).toBe(true)
  })

  it.each(['test/repository.test.ts', 'test/start.test.ts', 'test/openStoredData.test.ts', 'test/chromium.test.ts'])(
    'is not wanted for %s',
    (path) => {
      expect(startsBrowser(join(root, path))).toBe(false)
    },
  )

  it('is wanted for no test of a room', () => {
    const files = rooms()
      .map((room) => join(root, room, 'test'))
      .filter((folder) => existsSync(folder))
      .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
      .filter((file) => file.endsWith('.test.ts'))
    expect(files.length).toBeGreaterThan(50)
    expect(files.filter((file) => startsBrowser(file))).toEqual([])
  })
})
