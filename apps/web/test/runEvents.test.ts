import { describe, expect, test } from 'vitest'
import { ReconstructionsDocument, RunDocument, RunHistoryDocument } from '../src/data/generated/graphql'
import { makeCache, mergeEpochs } from '../src/data/makeCache'
import { lastSequence, writeRunEvent } from '../src/data/writeRunEvent'
import { epochCompleted, eventRow, makeRun, progress, statusChanged } from './runFixtures'

function cacheWithRun(changes: Parameters<typeof makeRun>[0] = {}) {
  const cache = makeCache()
  cache.writeQuery({ query: RunDocument, variables: { id: 'a' }, data: { run: makeRun({ id: 'a', ...changes }) } })
  const read = () => {
    const answer = cache.readQuery({ query: RunDocument, variables: { id: 'a' } })
    if (!answer) throw new Error('The run is not complete in the cache.')
    return answer.run
  }
  return { cache, read }
}

describe('events of a run', () => {
  test('append epochs, and show the newest epoch’s images and losses', () => {
    const { cache, read } = cacheWithRun({ status: 'RUNNING' })
    writeRunEvent(cache, 'a', epochCompleted(1, 1, 0.5))
    writeRunEvent(cache, 'a', epochCompleted(2, 2, 0.4))
    expect(read().metrics.map(({ epoch, validationLoss }) => [epoch, validationLoss])).toEqual([
      [1, 0.5],
      [2, 0.4],
    ])
    expect(read().reconstructions?.epoch).toBe(2)
    expect(read().checkpoints.map(({ epoch }) => epoch)).toEqual([1, 2])
    expect(read().summary).toMatchObject({ epochsCompleted: 2, validationLoss: 0.4 })
    expect(lastSequence(cache, 'a')).toBe(2)
  })

  test('take away models of earlier epochs that the run keeps no more, and nothing else of these', () => {
    const { cache, read } = cacheWithRun({ status: 'RUNNING' })
    for (const epoch of [1, 2, 3]) writeRunEvent(cache, 'a', epochCompleted(epoch, epoch, 0.5))
    writeRunEvent(cache, 'a', { ...epochCompleted(4, 4, 0.4), modelsDropped: [2, 3] })
    expect(read().checkpoints.map(({ epoch }) => epoch)).toEqual([1, 4])
    expect(read().metrics.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4])
    writeRunEvent(cache, 'a', { ...statusChanged(5, 'COMPLETED'), __typename: 'ModelsDropped', modelsDropped: [1] })
    expect(read().checkpoints.map(({ epoch }) => epoch)).toEqual([4])
  })

  test('change nothing when they are replayed after a reconnect', () => {
    const { cache, read } = cacheWithRun({ status: 'RUNNING' })
    const events = [statusChanged(1, 'RUNNING'), epochCompleted(2, 1, 0.5), epochCompleted(3, 2, 0.4)]
    for (const event of events) writeRunEvent(cache, 'a', event)
    const before = read()
    for (const event of events) writeRunEvent(cache, 'a', event)
    expect(read()).toBe(before)
  })

  test('extend the history that is known, each once, and leave one that was never read alone', () => {
    const { cache } = cacheWithRun({ status: 'RUNNING' })
    const history = { query: RunHistoryDocument, variables: { id: 'a' } }
    writeRunEvent(cache, 'a', statusChanged(1, 'QUEUED'))
    expect(cache.readQuery(history)).toBeNull()
    const known = { __typename: 'HistoryEntry' as const, seq: 1, at: '2026-01-01T00:00:01.000Z', line: 'Queued' }
    cache.writeQuery({ ...history, data: { run: { __typename: 'Run', id: 'a', history: [known] } } })
    for (const event of [statusChanged(2, 'RUNNING'), epochCompleted(3, 1, 0.5), statusChanged(2, 'RUNNING')])
      writeRunEvent(cache, 'a', event)
    expect(cache.readQuery(history)?.run.history.map(({ seq, line }) => [seq, line])).toEqual([
      [1, 'Queued'],
      [2, 'RUNNING'],
    ])
  })

  test('give the configuration as many epochs as the run was extended to', () => {
    const { cache, read } = cacheWithRun({ status: 'COMPLETED' })
    const summary = { ...makeRun().summary, epochs: 30, epochsCompleted: 20 }
    const before = read().config
    writeRunEvent(cache, 'a', { ...statusChanged(1, 'QUEUED'), run: eventRow({ status: 'QUEUED', summary }) })
    expect(read().config).toEqual({ ...before, training: { ...before?.training, epochs: 30 } })
    const extended = read().config
    writeRunEvent(cache, 'a', { ...statusChanged(2, 'RUNNING'), run: eventRow({ summary }) })
    expect(read().config).toBe(extended)
  })

  test('leave the configuration as it is where a run stops early', () => {
    const { cache, read } = cacheWithRun({ status: 'RUNNING' })
    const before = read().config
    const summary = { ...makeRun().summary, epochs: 5, epochsCompleted: 5 }
    writeRunEvent(cache, 'a', { ...statusChanged(1, 'RUNNING'), run: eventRow({ summary }) })
    expect(read().config).toBe(before)
    expect(read().summary.epochs).toBe(5)
  })

  test('continue after the events that the first answer already held', () => {
    const { cache, read } = cacheWithRun({ status: 'RUNNING', lastSeq: 2, metrics: [epochCompleted(2, 1, 0.5).metrics] })
    expect(lastSequence(cache, 'a')).toBe(2)
    writeRunEvent(cache, 'a', epochCompleted(2, 1, 0.5))
    writeRunEvent(cache, 'a', epochCompleted(3, 2, 0.4))
    expect(read().metrics.map(({ epoch }) => epoch)).toEqual([1, 2])
  })

  test('let an epoch that is trained again replace the earlier one', () => {
    const { cache, read } = cacheWithRun({ status: 'RUNNING' })
    writeRunEvent(cache, 'a', epochCompleted(1, 1, 0.5))
    writeRunEvent(cache, 'a', epochCompleted(2, 2, 0.4))
    writeRunEvent(cache, 'a', epochCompleted(5, 2, 0.3))
    expect(read().metrics.map(({ epoch, validationLoss }) => [epoch, validationLoss])).toEqual([
      [1, 0.5],
      [2, 0.3],
    ])
    expect(read().checkpoints).toHaveLength(2)
  })

  test('bring the run as it is, whatever kind they are of', () => {
    const { cache, read } = cacheWithRun({ status: 'RUNNING' })
    const summary = { ...makeRun().summary, bestValidationLoss: 0.2, bestEpoch: 1 }
    writeRunEvent(cache, 'a', {
      __typename: 'Renamed',
      seq: 3,
      changesFiles: false,
      entry: null,
      run: eventRow({ name: 'Renamed', engine: 'onnx', summary }),
    })
    expect(read()).toMatchObject({ name: 'Renamed', engine: 'onnx', summary: { bestValidationLoss: 0.2, bestEpoch: 1 }, lastSeq: 3 })
  })

  test('of one reading all come, though each brings the row of the last', () => {
    const { cache, read } = cacheWithRun({ status: 'RUNNING' })
    const row = eventRow({ lastSeq: 9, summary: { ...makeRun().summary, epochsCompleted: 3 } })
    for (const epoch of [1, 2, 3]) writeRunEvent(cache, 'a', { ...epochCompleted(epoch, epoch, 0.5), run: row })
    expect(read().metrics.map(({ epoch }) => epoch)).toEqual([1, 2, 3])
    expect(lastSequence(cache, 'a')).toBe(3)
  })

  test('show progress only while the run trains', () => {
    const { cache, read } = cacheWithRun({ status: 'RUNNING' })
    writeRunEvent(cache, 'a', progress(1, 10))
    expect(read().progress).toMatchObject({ epoch: 1, step: 10 })
    writeRunEvent(cache, 'a', statusChanged(1, 'COMPLETED'))
    expect(read()).toMatchObject({ status: 'COMPLETED', progress: null, finishedAt: '2026-01-01T00:00:01.000Z' })
    writeRunEvent(cache, 'a', progress(1, 20))
    expect(read().progress).toBeNull()
  })

  test('tell why a run failed, and forget it when the run is resumed', () => {
    const { cache, read } = cacheWithRun({ status: 'RUNNING' })
    writeRunEvent(cache, 'a', statusChanged(1, 'FAILED', { __typename: 'RunError', code: 'DIVERGED', message: 'The loss is NaN.' }))
    expect(read().error?.message).toBe('The loss is NaN.')
    writeRunEvent(cache, 'a', statusChanged(2, 'RUNNING'))
    expect(read()).toMatchObject({ status: 'RUNNING', error: null, finishedAt: null })
  })

  test('keep each epoch’s images, so that scrubbing back fetches nothing', () => {
    const { cache } = cacheWithRun({ status: 'RUNNING' })
    writeRunEvent(cache, 'a', epochCompleted(1, 1, 0.5))
    writeRunEvent(cache, 'a', epochCompleted(2, 2, 0.4))
    const variables = { id: 'a', epoch: 1 }
    expect(cache.readQuery({ query: ReconstructionsDocument, variables })?.run.reconstructions?.epoch).toBe(1)
  })

  test('say nothing about a run that the cache does not hold', () => {
    const cache = makeCache()
    writeRunEvent(cache, 'a', epochCompleted(1, 1, 0.5))
    expect(lastSequence(cache, 'a')).toBe(0)
  })
})

test('an epoch finds its place whatever order it comes in, and keeps what only the earlier reading knew', () => {
  const epochs = [{ epoch: 3 }, { epoch: 1, loss: 1 }, { epoch: 2 }, { epoch: 1, rate: 2 }].reduce<readonly { epoch: number }[]>(
    (entries, entry) => mergeEpochs(entries, [entry]),
    [],
  )
  expect(epochs).toEqual([{ epoch: 1, loss: 1, rate: 2 }, { epoch: 2 }, { epoch: 3 }])
})
