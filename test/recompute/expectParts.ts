import { expect } from 'vitest'
import { classifierOf } from './classifier.js'
import { stepResponseOf, vectorFieldOf } from './curves.js'
import { expectClose } from './expectClose.js'
import { expectCurve, type ToldCurve } from './expectCurve.js'
import { type Measured, sidesOf } from './Measured.js'
import { axesOf, type ClassSpread, classSpreadsOf, codeLineOf, codeUnitsOf, principalPlaneOf, storedShareOf, tangentsAt } from './parts.js'

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
  readonly rateDistortion: readonly ToldCurve[]
  readonly principalPlane: { readonly examples: number; readonly varianceShares: readonly number[] } | null
  readonly fineTuning: {
    readonly labels: number
    readonly epochs: number
    readonly pretrainedTestError: number
    readonly randomTestError: number
  } | null
}

/** Expects all of it to be what the files of the run give. `readFigure` reads the numbers of a figure by its name. */
export async function expectParts(told: ToldParts, measured: Measured, readFigure: (name: string) => Promise<Float32Array>): Promise<void> {
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
  for (const curve of told.rateDistortion) await expectCurve(curve, measured)
  expectFineTuning(told.fineTuning, measured)
  await expectPlane(told.principalPlane, measured, readFigure)
}

function expectFineTuning(told: ToldParts['fineTuning'], measured: Measured): void {
  const { labels, fineTuningEpochs: epochs } = measured.config.evaluation
  expect(told === null).toBe(labels === null)
  if (!told) return
  expect(told).toMatchObject({ labels, epochs })
  for (const [start, error] of [
    ['pretrained', told.pretrainedTestError],
    ['random', told.randomTestError],
  ] as const) {
    const judged = classifierOf(measured, start)
    const what = `test error of the ${start} classifier: told ${error}, recomputed ${judged.error}`
    expect(Math.abs(error - judged.error), what).toBeLessThanOrEqual(judged.undecided + 1e-9)
  }
}

async function expectPlane(
  told: ToldParts['principalPlane'],
  measured: Measured,
  readFigure: (name: string) => Promise<Float32Array>,
): Promise<void> {
  const units = measured.network.encoder.at(-1)?.outputs
  expect(told === null).toBe(!sidesOf(measured.dataset) || units !== 2)
  if (!told) return
  const { shares, codes, rows } = principalPlaneOf(measured)
  expect(told.examples).toBe(codes.length)
  for (const [index, share] of told.varianceShares.entries())
    expectClose(share, shares[index], `share of variance along component ${index}`)
  const [drawn, decoder] = [await readFigure('principalPlane/codes'), await readFigure('principalPlane/decoder')]
  const size = rows[0]?.length ?? 0
  expect([drawn.length, decoder.length]).toEqual([2 * codes.length, 3 * size])
  for (const [index, value] of (rows[0] ?? []).entries()) expectClose(decoder[index] ?? Number.NaN, value, `mean of pixel ${index}`)
  for (const component of [0, 1]) {
    const [told, found] = [decoder.subarray((1 + component) * size, (2 + component) * size), rows[1 + component]]
    const sign = Math.sign(told.reduce((sum, value, index) => sum + value * (found?.[index] ?? 0), 0))
    for (const [index, value] of told.entries())
      expectClose(value, sign * (found?.[index] ?? Number.NaN), `component ${component} at ${index}`)
    for (const [index, code] of codes.entries())
      expectClose(drawn[2 * index + component] ?? Number.NaN, sign * (code[component] ?? Number.NaN), `place of example ${index}`)
  }
}
