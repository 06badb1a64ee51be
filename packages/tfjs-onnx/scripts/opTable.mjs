// Writes the tables of kernels into docs/operations.md, from the rules: node packages/tfjs-onnx/scripts/opTable.mjs
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const [begin, end] = ['<!-- written by scripts/opTable.mjs -->', '<!-- end of what is written -->']

/** Writes the tables as markdown. `hasGradient` tells whether tfjs has a gradient for a kernel. */
export function formatOpTables({ ruleCategories, unsupportedKernels, hasGradient }) {
  const header = ['| kernel | types | since opset | gradient | tolerance | |', '|---|---|---|---|---|---|']
  const supported = Object.entries(ruleCategories).map(([category, rules]) => {
    const rows = Object.entries(rules).map(([kernel, { dtypes = ['float32'], since, tolerance, note = '' }]) =>
      rowOf(kernel, dtypes.join(', '), since, hasGradient(kernel) ? 'yes' : '–', tolerance === 0 ? 'exact' : tolerance, note),
    )
    return `### ${category}\n\n${[...header, ...rows].join('\n')}\n`
  })
  const refused = Object.entries(unsupportedKernels).map(([kernel, advice]) => rowOf(kernel, advice))
  return [...supported, `## Refused\n\n${['| kernel | what to use instead |', '|---|---|', ...refused].join('\n')}\n`].join('\n')
}

const rowOf = (...cells) => ['', ...cells, ''].join(' | ').trim()

/** Replaces the tables in the text of the document. */
export function withOpTables(document, tables) {
  const [before, rest] = document.split(begin)
  const after = rest?.split(end)[1]
  if (after === undefined) throw new Error(`docs/operations.md: expected the lines ${begin} and ${end}, got a file without them`)
  return `${before}${begin}\n\n${tables}\n${end}${after}`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await import('@tensorflow/tfjs-layers') // registers tfjs's gradients
  const { getGradient } = await import('@tensorflow/tfjs-core')
  const { ruleCategories } = await import('../dist/index.js')
  const { unsupportedKernels } = await import('../dist/unsupportedKernels.js')
  const path = fileURLToPath(new URL('../docs/operations.md', import.meta.url))
  const hasGradient = (kernel) => getGradient(kernel) !== undefined
  const tables = formatOpTables({ ruleCategories, unsupportedKernels, hasGradient })
  await writeFile(path, withOpTables(await readFile(path, 'utf8'), tables))
}
