import { expect, it } from 'vitest'
import { LabFeeds } from '../src/LabFeeds.js'
import type { LiveProgress } from '../src/runs/LiveProgress.js'
import { openQueue } from './openQueue.js'

it('following a run sends its latest progress four times a second at most, however often there is new', async () => {
  await using lab = await openQueue()
  const { id: runId } = await lab.launch()
  let step = 0
  let isFollowed = true
  const progressOf = (): LiveProgress => ({
    type: 'progress',
    stage: 'training',
    epoch: 1,
    step,
    stepsPerEpoch: 1e9,
    epochs: 1,
    imagesPerSecond: 1,
    secondsLeft: 1,
    waitingFor: null,
  })
  const train = () => {
    for (const end = step + 10; step < end; step++) lab.signals.emit(runId, 'progressed')
    if (isFollowed) setImmediate(train)
  }
  train()

  const started = performance.now()
  const sent: { step: number; at: number }[] = []
  for await (const { kind, ...followed } of await new LabFeeds({ ...lab, progressOf }).followRun(runId, 0)) {
    if (kind === 'progress' && 'progress' in followed) sent.push({ step: followed.progress.step, at: step })
    if (sent.length === 4) break
  }
  const elapsed = performance.now() - started
  isFollowed = false
  expect(elapsed).toBeGreaterThanOrEqual(3 * 250)
  // While it was on its way a turn or two of the event loop went by, in each of which ten steps are done; in a quarter of a second some ten thousand are.
  expect(Math.max(...sent.map((progress) => progress.at - progress.step))).toBeLessThan(100)
  expect(step).toBeGreaterThanOrEqual(10 * sent.length)
})
