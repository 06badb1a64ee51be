import { datasetCatalog, shuffledIndices } from '@hourglass/datasets'
import { type Measured, type Metrics, pick, placesOf, rowsOf } from './Measured.js'
import type { Row } from './network.js'
import { type Labelled, probeAccuracy } from './probe.js'

/** Labelled features of the examples that probes and clusters look at. */
export function featuresOf(
  measured: Measured,
  featureOf: (row: Row) => Row,
): { readonly train: Labelled; readonly test: Labelled; readonly clustered: Labelled } {
  const { dataset, counts } = measured
  const take = (split: 'train' | 'test', count: number): Labelled => {
    const places = placesOf(measured, split, count)
    return { rows: pick(rowsOf(dataset[split]), places).map(featureOf), labels: pick(dataset[split].labels, places) }
  }
  return {
    train: take('train', counts.linearProbeTrain ?? 0),
    test: take('test', counts.linearProbeTest ?? 0),
    clustered: take('test', counts.kMeans ?? 0),
  }
}

/** Of as few labels as are not divided to choose among several, λ is 1e-3. `told` is the λ that is said to have been chosen. */
export function probeOf(measured: Measured, featureOf: (row: Row) => Row, told: number | undefined): Metrics {
  if (datasetCatalog[measured.dataset.id].classCount < 2) return {}
  const { train, test } = featuresOf(measured, featureOf)
  const weight = train.labels.length < 50 ? 1e-3 : chooseWeight(train, told)
  return { linearProbeAccuracy: probeAccuracy(train, test, weight), linearProbeRegularization: weight }
}

/**
 * The λ that tells most of two fifths of the labels from the others, the larger of two that tell as much; the one that is said to where it tells
 * one label fewer, as two searches stop at slightly different places.
 */
function chooseWeight({ rows, labels }: Labelled, said: number | undefined): number {
  const order = [...shuffledIndices(labels.length, { seed: 0, stream: 'analysis/probe' })]
  const judging = Math.round(0.4 * order.length)
  const part = (places: readonly number[]): Labelled => ({ rows: pick(rows, places), labels: pick(labels, places) })
  const [judge, train] = [part(order.slice(0, judging)), part(order.slice(judging))]
  const told = [0.1, 0.03, 0.01, 1e-3].map((weight) => ({ weight, accuracy: probeAccuracy(train, judge, weight) }))
  const best = told.reduce((first, each) => (each.accuracy > first.accuracy ? each : first))
  return told.find(({ weight, accuracy }) => weight === said && accuracy > best.accuracy - 1.5 / judging)?.weight ?? best.weight
}
