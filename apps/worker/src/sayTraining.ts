import { hostname } from 'node:os'
import { describeConfig, isMoreThanError, type RunConfig } from '@hourglass/autoencoders'
import type { EpochCompleted } from '@hourglass/autoencoders/training'
import { type Dataset, datasetCatalog } from '@hourglass/datasets'
import type { RunAssignment } from '@hourglass/protocol'
import type { EpochFiles } from './EpochFiles.js'
import { say } from './say.js'

/** What is said of a run as it trains. */
interface TrainedRun {
  readonly config: RunConfig
  readonly dataset: Dataset
  readonly epochFiles: EpochFiles
}

/** Writes how many there are of what is called so. */
export const counted = (count: number, one: string) => `${count} ${count === 1 ? one : `${one}s`}`

/** Says what is trained, on what, and by what machine. */
export function sayBeginning({ attempt, threads }: RunAssignment, config: RunConfig, dataset: Dataset): void {
  say(
    `Attempt ${attempt} on ${hostname()} (${process.platform} ${process.arch}, Node ${process.versions.node}), ${counted(threads, 'thread')}, process ${process.pid}`,
  )
  const counts = [
    counted(dataset.train.count, 'training example'),
    dataset.validation ? `${dataset.validation.count} for validation` : 'none held out for validation',
    counted(dataset.test.count, 'test example'),
  ]
  say(`Data ${datasetCatalog[dataset.id].title}: ${counts.join(', ')}`)
  say(`Configuration: ${describeConfig(config, dataset.exampleShape)}, seed ${config.training.seed}`)
  const { optimizer } = config
  if ('clipNorm' in optimizer && optimizer.clipNorm !== null) {
    say(`Gradients whose norm is above ${optimizer.clipNorm} are shortened to it`)
  }
}

/** Retention takes models away; a run of many epochs loses some with each. */
export function sayDropped(epochs: readonly number[]): void {
  if (epochs.length === 0) return
  const named = epochs.length > 8 ? `${epochs.slice(0, 8).join(', ')} and ${counted(epochs.length - 8, 'other')}` : epochs.join(', ')
  say(
    `Models of ${epochs.length === 1 ? 'epoch' : 'epochs'} ${named} are kept no more, as the run's files would take more than retention allows`,
  )
}

/** Says how an epoch went. */
export function sayEpoch({ config, dataset, epochFiles }: TrainedRun, { metrics }: EpochCompleted): void {
  const { epoch, trainLoss, validationLoss, seconds, imagesPerSecond } = metrics
  const { epochs } = config.training
  const loss = isMoreThanError(config) ? 'objective' : 'loss'
  const scored = dataset.validation ? 'validation' : 'test'
  const speed = `${seconds.toFixed(2)} s, ${Math.round(imagesPerSecond)} images/s`
  const best = epochFiles.best?.epoch === epoch ? ', the best so far' : ''
  say(
    `Epoch ${epoch}/${epochs}: training ${loss} ${trainLoss.toPrecision(6)}, ${scored} ${loss} ${validationLoss.toPrecision(6)}${best}, ${speed}`,
  )
}
