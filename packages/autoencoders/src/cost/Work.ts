import type { GraphCost } from '@hourglass/tfjs-onnx'

/** What a run does, counted in units of which each takes a machine about the same time. */
export type Work = Readonly<Record<WorkUnit, number>>
export type WorkUnit = keyof typeof typicalSeconds

/**
 * The units, and the seconds that one of each took on one thread of the machine where the model was made (2.5 GHz, AVX2). Their ratios guide the fit on other
 * machines; how fast those are is measured.
 */
export const typicalSeconds = {
  /** Operators of ONNX Runtime, and tensors that cross into it. */
  operation: 4e-6,
  matrixMultiplication: 0.03e-9,
  convolutionMultiplication: 0.03e-9,
  /** Logarithms, and as many for slower functions as take as long. */
  functionValue: 2.7e-9,
  /** Bytes that operators read and write. */
  byte: 0.04e-9,
  /** Bytes that optimizers read and write. */
  updatedByte: 0.03e-9,
  /** Those of them beyond what caches hold from one step to the next. */
  streamedByte: 0.08e-9,
  /** Random numbers that corrupt inputs or codes. */
  drawnValue: 2.5e-9,
  /** Values that JavaScript goes through one by one. */
  scriptedValue: 5e-9,
} as const

export const workUnits = Object.keys(typicalSeconds) as readonly WorkUnit[]

/** What fits in a core's caches beside the activations: optimizers whose state is larger read it from memory in every step. */
const CACHED_BYTES = 2 ** 20

export const noWork: Work = toWork(() => 0)

/** Counts the work of one run of a compiled function. */
export function workOf({ operators, tensors, multiplications, functionValues, bytes }: GraphCost): Work {
  return {
    ...noWork,
    operation: operators + tensors,
    matrixMultiplication: multiplications.matrix,
    convolutionMultiplication: multiplications.convolution + multiplications.transposedConvolution,
    functionValue: functionValues,
    byte: bytes.product + bytes.elementwise + bytes.reduction + bytes.layout + bytes.input + bytes.output,
    updatedByte: bytes.update,
    streamedByte: Math.max(0, bytes.update - CACHED_BYTES),
  }
}

export function addWork(...parts: readonly Work[]): Work {
  return toWork((unit) => parts.reduce((sum, part) => sum + part[unit], 0))
}

export function scaleWork(work: Work, times: number): Work {
  return toWork((unit) => work[unit] * times)
}

/** Returns the seconds that work takes where one of each unit takes so many. */
export function secondsOf(work: Work, secondsPer: Readonly<Record<WorkUnit, number>>): number {
  return workUnits.reduce((sum, unit) => sum + work[unit] * secondsPer[unit], 0)
}

function toWork(count: (unit: WorkUnit) => number): Work {
  return Object.fromEntries(workUnits.map((unit) => [unit, count(unit)])) as Record<WorkUnit, number>
}
