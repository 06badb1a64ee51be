import { completeRunConfig } from '@hourglass/autoencoders'
import type { LiveStage } from '@hourglass/autoencoders/training'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { StageClock } from '../src/execution/StageClock.js'
import { ExperimentProgressReader } from '../src/experiments/ExperimentProgressReader.js'
import { RateShelf } from '../src/machine/RateShelf.js'
import { RunEstimator } from '../src/machine/RunEstimator.js'
import { RunTimesReader } from '../src/machine/RunTimesReader.js'
import type { Run } from '../src/runs/RunReader.js'
import { epochReport, type OpenStore, openStore } from './openStore.js'

const config = { data: { dataset: 'circle' as const }, training: { epochs: 4 } }
const started = (host: string) => {
  const facts = { engine: 'onnx', runtime: 'node', parameterCount: 1, dataset: null, sampleLabels: [], artifacts: [] }
  return { type: 'started' as const, host, ...facts }
}

/** A store with what tells how far its runs are; `live` says what their workers do. */
async function openProgress({ analyzes = false } = {}) {
  const store = await openStore()
  const live = new Map<string, LiveStage>()
  const rate = new RateShelf({
    threads: 1,
    tasks: { cacheFolder: store.folder.componentsFolder, silentSeconds: 60 },
    log: pino({ enabled: false }),
    isTraining: () => true,
  })
  const times = new RunTimesReader(store.database.read)
  const estimator = new RunEstimator({ times, rate, analyzes })
  const reader = new ExperimentProgressReader({ estimator, queue: { stageOf: (id) => live.get(id) }, slots: 1 })
  const read = async (runs: readonly Run[]) => {
    const rows = await store.database.read.run.findMany({ where: { number: { in: runs.map(({ number }) => number) } } })
    return reader.read('experiment', rows)
  }
  return { ...store, live, times, estimator, read }
}

/** Trains a run in the store alone, a second an epoch after three of the first. */
async function train(store: OpenStore, { host, epochs = 4, pace = 1 }: { host: string; epochs?: number; pace?: number }) {
  const { run, attempt } = await store.start('Trained', config)
  await store.recorder.report(attempt, { type: 'timed', stage: 'starting', seconds: 2 * pace })
  await store.recorder.report(attempt, started(host))
  for (let epoch = 1; epoch <= epochs; epoch++) {
    await store.recorder.report(attempt, epochReport(epoch, { seconds: (epoch === 1 ? 3 : 1) * pace }))
  }
  return { run, attempt }
}

describe('the times of runs', () => {
  it('are read from what is stored of each, the newest first, as far as it has come', async () => {
    await using lab = await openProgress({ analyzes: true })
    const { attempt } = await train(lab, { host: 'here' })
    await lab.recorder.report(attempt, { type: 'timed', stage: 'measuring', seconds: 5 })
    await train(lab, { host: 'there', epochs: 1 })
    await lab.launch('Has not started', config)
    const read = await lab.times.read()
    expect(read.map(({ host, seconds }) => ({ host, ...seconds }))).toEqual([
      { host: 'there', starting: 2, pretraining: null, firstEpoch: 3, epoch: null, measuring: null },
      { host: 'here', starting: 2, pretraining: null, firstEpoch: 3, epoch: 1, measuring: 5 },
    ])
    expect(read[0]?.config).toEqual(completeRunConfig(config))

    // Files and the store belong to the epochs, too.
    await lab.recorder.report(attempt, { type: 'timed', stage: 'training', seconds: 10 })
    const [other, ended] = await lab.times.read()
    expect(ended?.seconds).toEqual({ starting: 2, pretraining: null, firstEpoch: 4, epoch: 2, measuring: 5 })
    expect(other).toBe(read[0])
  })

  it('foretell runs of the machine that trained them, others only where it has trained nothing', async () => {
    await using lab = await openProgress()
    const estimate = async (host: string) => (await lab.estimator.stages([{ config: completeRunConfig(config), host }]))[0]
    expect(await estimate('here')).toMatchObject({ starting: null, epoch: null, measuring: 0 })
    await train(lab, { host: 'there', pace: 10 })
    expect(await estimate('here')).toMatchObject({ starting: 20, firstEpoch: 30, epoch: 10 })
    await train(lab, { host: 'here' })
    expect(await estimate('here')).toMatchObject({ starting: 2, firstEpoch: 3, epoch: 1 })
    expect(await estimate('there')).toMatchObject({ starting: 20, firstEpoch: 30, epoch: 10 })
  })
})

describe('the progress of an experiment', () => {
  it('says nothing of the time before anything is known, adds up stages then, and 0 once nothing is active', async () => {
    await using lab = await openProgress()
    const waiting = await lab.launch('Waiting', config)
    expect(await lab.read([waiting])).toEqual({ epochs: 4, epochsCompleted: 0, fraction: 0, secondsLeft: null })
    const { run } = await train(lab, { host: 'there', epochs: 2 })
    lab.live.set(run.id, { stage: 'training', epoch: 3, share: 0, elapsedSeconds: 0.5 })
    const progress = await lab.read([run, waiting])
    expect(progress).toMatchObject({ epochs: 8, epochsCompleted: 2 })
    expect(progress.secondsLeft).toBeCloseTo(0.5 + 1 + (2 + 3 + 3))
    for (const each of [run, waiting]) await lab.recorder.changeStatus(each.id, { from: ['RUNNING', 'QUEUED'], to: 'STOPPED' })
    expect((await lab.read([run, waiting])).secondsLeft).toBe(0)
    expect(await lab.read([])).toEqual({ epochs: 0, epochsCompleted: 0, fraction: 0, secondsLeft: 0 })
  })

  it('does not fall back while its runs go on, and does where a run lost work', async () => {
    await using lab = await openProgress()
    const { run } = await train(lab, { host: 'here', epochs: 1 })
    lab.live.set(run.id, { stage: 'training', epoch: 2, share: 0.9, elapsedSeconds: 0.9 })
    const { fraction } = await lab.read([run])
    lab.live.set(run.id, { stage: 'training', epoch: 2, share: 0, elapsedSeconds: 0 })
    expect((await lab.read([run])).fraction).toBe(fraction)
    lab.live.delete(run.id)
    await lab.recorder.changeStatus(run.id, { from: ['RUNNING'], to: 'STOPPED' })
    const stopped = (await lab.read([run])).fraction
    expect(stopped).toBeGreaterThan(0)
    expect(stopped).toBeLessThan(fraction)
  })

  it('goes by what is left when a run leaves it', async () => {
    await using lab = await openProgress()
    const { run } = await train(lab, { host: 'here' })
    const waiting = await lab.launch('Waiting', config)
    expect((await lab.read([run, waiting])).fraction).toBeGreaterThan(0)
    expect((await lab.read([waiting])).fraction).toBe(0)
  })
})

it('knows what a worker does, and since when, from its reports', () => {
  const clock = new StageClock()
  const progress = { type: 'progress' as const, epoch: 1, step: 5, stepsPerEpoch: 10, epochs: 2, imagesPerSecond: 1, secondsLeft: 1 }
  const stage = () => {
    const { elapsedSeconds, ...rest } = clock.now()
    expect(elapsedSeconds).toBeGreaterThanOrEqual(0)
    return rest
  }
  expect(stage()).toEqual({ stage: 'starting', epoch: 0, share: 0 })
  clock.follow({ ...progress, stage: 'pretraining', epoch: 0 })
  expect(stage()).toEqual({ stage: 'pretraining', epoch: 0, share: 0.5 })
  clock.follow(started('here'))
  expect(stage()).toEqual({ stage: 'training', epoch: 0, share: 0 })
  clock.follow({ ...progress, stage: 'training' })
  expect(stage()).toEqual({ stage: 'training', epoch: 1, share: 0.5 })
  clock.follow(epochReport(1))
  expect(stage()).toEqual({ stage: 'training', epoch: 2, share: 0 })
  clock.follow({ ...progress, stage: 'measuring', epoch: 2, step: 0, stepsPerEpoch: 0 })
  expect(stage()).toEqual({ stage: 'measuring', epoch: 2, share: 0 })
})
