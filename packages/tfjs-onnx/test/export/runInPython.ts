import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PlainTensors } from './runModel.js'

export interface ModelRun {
  readonly model: Uint8Array
  readonly inputs: PlainTensors
}

const script = fileURLToPath(new URL('./run_models.py', import.meta.url))

/** The Python to check with, or undefined and why there is none: HOURGLASS_PYTHON or python3, if it has onnx and onnxruntime. */
export function findPython(): { readonly python?: string; readonly reason: string } {
  const python = process.env.HOURGLASS_PYTHON || 'python3'
  try {
    execFileSync(python, ['-c', 'import onnx, onnxruntime'], { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' })
    return { python, reason: '' }
  } catch (error) {
    const lastLine = (error as { stderr?: string }).stderr?.trim().split('\n').at(-1) ?? String(error)
    return { reason: `${python} has no onnx and onnxruntime (${lastLine}); name one that has in HOURGLASS_PYTHON` }
  }
}

/** Checks models with ONNX's own checker and shape inference, runs them with onnxruntime, and returns their outputs. */
export function runInPython(python: string, runs: readonly ModelRun[]): PlainTensors[] {
  const folder = mkdtempSync(join(tmpdir(), 'hourglass-onnx-'))
  try {
    const requests = runs.map(({ model, inputs }, index) => {
      const path = join(folder, `${index}.onnx`)
      writeFileSync(path, model)
      const tensors = Object.entries(inputs).map(([name, { shape, values }]) => [name, { shape, values: Array.from(values) }])
      return { path, inputs: Object.fromEntries(tensors) }
    })
    const output = execFileSync(python, [script], { input: JSON.stringify(requests), encoding: 'utf8', maxBuffer: 2 ** 28 })
    const answers = JSON.parse(output) as Record<string, { shape: number[]; values: number[] }>[]
    return answers.map((answer) =>
      Object.fromEntries(Object.entries(answer).map(([name, { shape, values }]) => [name, { shape, values: Float32Array.from(values) }])),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}
