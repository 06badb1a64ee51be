import { expect } from 'vitest'
import { compressionOf } from './compression.js'
import { stepResponseOf, vectorFieldOf } from './curves.js'
import { expectClose, expectCloseOfRounded } from './expectClose.js'
import { type Measured, sidesOf } from './Measured.js'
import { axesOf, type ClassSpread, classSpreadsOf, codeLineOf, codeUnitsOf, storedShareOf, tangentsAt } from './parts.js'

/** What figures of an analysis tell in numbers. */
export interface ToldParts {
  readonly codeUnits: readonly { readonly mean: number; readonly klDivergence: number | null }[]
  readonly tangents: readonly { readonly example: number; readonly singularValues: readonly number[] }[]
  readonly vectorField: { readonly meanCosine: number; readonly stepOnCurve: number } | null
  readonly stepResponse: {
    readonly lengths: readonly number[]
    readonly along: readonly number[]
    readonly across: readonly number[]
  } | null
  readonly exampleErrors: { readonly classes: readonly ClassSpread[] } | null
  readonly storedExamples: { readonly share: number } | null
  readonly principalAxes: {
    readonly mean: readonly number[]
    readonly eigenvectors: readonly { readonly direction: readonly number[]; readonly standardDeviation: number }[]
  } | null
  readonly codeLine: readonly { readonly code: number }[]
  readonly rateDistortion: readonly { readonly codec: string; readonly points: readonly ToldPoint[] }[]
}

interface ToldPoint {
  readonly setting: number
  readonly bitsPerPixel: number
  readonly meanSquaredError: number
  readonly peakSignalToNoiseRatio: number
}

/** Expects all of it to be what the files of the run give. */
export function expectParts(told: ToldParts, measured: Measured): void {
  const units = codeUnitsOf(measured)
  for (const [unit, { mean, klDivergence }] of told.codeUnits.entries()) {
    expectClose(mean, units[unit]?.mean, `mean of unit ${unit}`)
    if (klDivergence !== null) expectClose(klDivergence, units[unit]?.klDivergence ?? undefined, `divergence of unit ${unit}`)
  }
  const spreads = classSpreadsOf(measured)
  expect(told.exampleErrors?.classes.map(({ label, examples }) => [label, examples])).toEqual(
    spreads.map(({ label, examples }) => [label, examples]),
  )
  for (const [index, { label, mean, least, median, greatest }] of (told.exampleErrors?.classes ?? []).entries()) {
    const spread = spreads[index]
    for (const [name, value] of Object.entries({ mean, least, median, greatest })) {
      expectClose(value, spread?.[name as 'mean'], `${name} error of class ${label}`)
    }
  }
  // All are found in the same way.
  const [tangents] = told.tangents
  if (tangents) {
    const values = tangentsAt(measured, tangents.example)
    for (const [index, value] of tangents.singularValues.entries()) expectClose(value, values[index] ?? 0, `tangent direction ${index}`)
  }
  const field = vectorFieldOf(measured)
  expect(told.vectorField === null).toBe(field === null)
  if (told.vectorField && field) {
    expectClose(told.vectorField.meanCosine, field.meanCosine, 'mean cosine')
    expectClose(told.vectorField.stepOnCurve, field.stepOnCurve, 'step on the curve')
  }
  if (told.stepResponse) {
    const { lengths } = told.stepResponse
    const response = stepResponseOf(measured, lengths)
    for (const [index, length] of lengths.entries()) {
      for (const way of ['along', 'across'] as const)
        expectClose(told.stepResponse[way][index] ?? Number.NaN, response?.[way][index], `steps of ${length} ${way}`)
    }
  }
  if (told.storedExamples) expectClose(told.storedExamples.share, storedShareOf(measured), 'share of stored examples')
  if (told.principalAxes) {
    const { mean, eigenvectors } = told.principalAxes
    const axes = axesOf(
      measured,
      eigenvectors.map(({ direction }) => direction),
    )
    for (const [index, value] of mean.entries()) expectClose(value, axes.mean[index], `mean of coordinate ${index}`)
    for (const [index, { standardDeviation }] of eigenvectors.entries())
      expectClose(standardDeviation, axes.deviations[index], `deviation along axis ${index}`)
  }
  const line = told.codeLine.length > 0 ? codeLineOf(measured) : []
  for (const [index, { code }] of told.codeLine.entries()) expectClose(code, line[index], `code ${index} of the line`)
  for (const { codec, points } of told.rateDistortion) expectCurve(codec, points, measured)
}

/** A coder may lose so much of a byte for each of 256, and ends its message with few more. */
const [LOST, LAST_BYTES] = [1 / 128, 6]

const MOST_MOVED = 256

function expectCurve(codec: string, points: readonly ToldPoint[], measured: Measured): void {
  const [height = 0, width = 0] = sidesOf(measured.dataset) ?? []
  const pixels = height * width * (measured.counts.compression ?? 0)
  // Each unit of a code is moved by itself, which takes minutes for the feature maps of convolutions.
  const units = measured.network.encoder.at(-1)?.outputs ?? 0
  const expected =
    codec === 'PCA' || (codec === 'MODEL' && units <= MOST_MOVED)
      ? compressionOf(
          measured,
          codec,
          points.map(({ setting }) => setting),
        )
      : undefined
  for (const [index, { bitsPerPixel, meanSquaredError, peakSignalToNoiseRatio, setting }] of points.entries()) {
    const what = `${codec} at ${setting}`
    const bytes = (bitsPerPixel * pixels) / 8
    // Files are whole bytes.
    expect(Math.abs(bytes - Math.round(bytes)), what).toBeLessThan(1e-6)
    if (!expected) {
      // The mean of decibels is at least that of the mean error, as images that are better than others count for more.
      expect(peakSignalToNoiseRatio, what).toBeGreaterThanOrEqual(-10 * Math.log10(meanSquaredError) - 1e-9)
      continue
    }
    const point = expected[index]
    expectCloseOfRounded(meanSquaredError, point?.meanSquaredError, `${what}: error`)
    expectCloseOfRounded(peakSignalToNoiseRatio, point?.peakSignalToNoiseRatio, `${what}: decibels`)
    const ideal = (point?.idealBits ?? Number.NaN) / 8
    // A code that lies between two steps may be rounded to the other one.
    expect(bytes, `${what}: bytes beside ${ideal}`).toBeGreaterThanOrEqual(ideal * (1 - LOST) - 1)
    expect(bytes, `${what}: bytes beside ${ideal}`).toBeLessThanOrEqual(ideal * (1 + LOST) + LAST_BYTES)
  }
}
