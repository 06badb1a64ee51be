import { readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, it, vi } from 'vitest'
import { formatOpTables, withOpTables } from '../scripts/opTable.mjs'
import { ruleCategories } from '../src/index.js'
import { unsupportedKernels } from '../src/unsupportedKernels.js'
import { tf } from './eager.js'

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')

it('shows the rules as they are (if not: node packages/tfjs-onnx/scripts/opTable.mjs)', async () => {
  const operations = await readFile(new URL('../docs/operations.md', import.meta.url), 'utf8')
  const tables = formatOpTables({ ruleCategories, unsupportedKernels, hasGradient: (kernel) => Boolean(tf.getGradient(kernel)) })
  expect(withOpTables(operations, tables)).toBe(operations)
})

it('shows examples that run', async () => {
  const code = [...readme.matchAll(/```js\n(?<code>.*?)```/gs)].map(({ groups }) => groups?.code).join('\n')
  const file = fileURLToPath(new URL('./readmeExample.generated.mjs', import.meta.url))
  await writeFile(file, code.replaceAll("'@hourglass/tfjs-onnx'", "'../src/index.ts'"))
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  try {
    await import(file)
    const [weights, bias] = log.mock.calls.find(([first]) => first instanceof Float32Array) as [Float32Array, Float32Array]
    expect(weights[0]).toBeCloseTo(3, 3)
    expect(weights[1]).toBeCloseTo(-2, 3)
    expect(bias[0]).toBeCloseTo(1, 3)
    expect(log.mock.lastCall).toEqual([{ kind: 'halves', threads: expect.any(Number), reasons: [] }])
  } finally {
    log.mockRestore()
    await rm(file)
  }
})
