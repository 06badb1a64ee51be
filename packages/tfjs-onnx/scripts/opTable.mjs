// Writes the table of supported kernels into README.md, from the rule tables: node packages/tfjs-onnx/scripts/opTable.mjs
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const [begin, end] = ['<!-- op table: written by scripts/opTable.mjs -->', '<!-- end of op table -->']

/** Writes the table as markdown. `hasGradient` tells whether tfjs has a gradient for a kernel. */
export function formatOpTable(ruleCategories, hasGradient) {
  const header = ['| kernel | types | since opset | gradient | tolerance | |', '|---|---|---|---|---|---|']
  return Object.entries(ruleCategories)
    .map(([category, rules]) => {
      const rows = Object.entries(rules).map(([kernel, { dtypes = ['float32'], since, tolerance, note = '' }]) =>
        ['', kernel, dtypes.join(', '), since, hasGradient(kernel) ? 'yes' : '–', tolerance === 0 ? 'exact' : tolerance, note, '']
          .join(' | ')
          .trim(),
      )
      return `### ${category}\n\n${[...header, ...rows].join('\n')}\n`
    })
    .join('\n')
}

/** Replaces the table in the text of the README. */
export function withOpTable(readme, table) {
  const [before, rest] = readme.split(begin)
  const after = rest?.split(end)[1]
  if (after === undefined) throw new Error(`README.md: expected the lines ${begin} and ${end}, got a file without them`)
  return `${before}${begin}\n\n${table}\n${end}${after}`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await import('@tensorflow/tfjs-layers') // registers tfjs's gradients
  const { getGradient } = await import('@tensorflow/tfjs-core')
  const { ruleCategories } = await import('../dist/index.js')
  const path = fileURLToPath(new URL('../README.md', import.meta.url))
  const table = formatOpTable(ruleCategories, (kernel) => getGradient(kernel) !== undefined)
  await writeFile(path, withOpTable(await readFile(path, 'utf8'), table))
}
