import { describe, expect, it } from 'vitest'
import { decideOutcome } from '../src/execution/decideOutcome.js'
import { Pump } from '../src/execution/Pump.js'
import { openQueue } from './openQueue.js'

describe('the pump', () => {
  it('stays idle when it is asked to run after it closed', async () => {
    let runs = 0
    const pump = new Pump(async () => {
      runs++
    })
    await pump.close()
    pump.run()
    // What waits for ever here keeps the process from closing: the microtask loop starves even the timers.
    await pump.idle()
    expect(runs).toBe(0)
  })

  it('runs once more for whatever asked while it ran', async () => {
    let runs = 0
    const pump = new Pump(async () => {
      runs++
      await Promise.resolve()
    })
    pump.run()
    pump.run()
    pump.run()
    await pump.idle()
    expect(runs).toBe(2)
  })
})

describe('the queue', () => {
  it('takes no run before it has started, so that it never interrupts its own', async () => {
    await using lab = await openQueue()
    const { id } = await lab.launch()
    lab.queue.wake()
    // Waits for whatever the wake-up started.
    await lab.queue.discard([], async () => {})
    expect((await lab.runs.requireRun(id)).status).toBe('QUEUED')
  })

  it('completes a run that was interrupted, or asked to stop, after its last epoch', async () => {
    await using lab = await openQueue()
    const { id, epochs } = await lab.launch()
    await lab.recorder.claimNext()
    await lab.database.write((transaction) =>
      transaction.run.update({ where: { id }, data: { epochsCompleted: epochs ?? 0, stopRequested: true } }),
    )
    await lab.queue.start()
    expect(await lab.runs.requireRun(id)).toMatchObject({ status: 'COMPLETED', finishedAt: expect.any(Date) })
  })
})

describe('a run whose worker has ended', () => {
  const stopped = { type: 'ended', reason: 'stopped' } as const
  const killed = { type: 'died', code: null, signal: 'SIGKILL', lastErrorLine: undefined } as const
  const failed = { type: 'failed', code: 'DISK_FULL', message: 'full' } as const

  it.each([
    ['STOPPED', { ending: stopped, intent: 'stop', isComplete: false, isMeasured: false }],
    ['COMPLETED', { ending: stopped, intent: 'stop', isComplete: true, isMeasured: true }],
    ['COMPLETED', { ending: killed, intent: 'stop', isComplete: true, isMeasured: true }],
    ['COMPLETED', { ending: killed, intent: 'close', isComplete: true, isMeasured: true }],
    ['COMPLETED', { ending: failed, intent: undefined, isComplete: true, isMeasured: true }],
    ['QUEUED', { ending: killed, intent: 'close', isComplete: true, isMeasured: false }],
    ['QUEUED', { ending: killed, intent: 'close', isComplete: false, isMeasured: false }],
    ['FAILED', { ending: killed, intent: undefined, isComplete: false, isMeasured: false }],
    ['FAILED', { ending: failed, intent: 'stop', isComplete: false, isMeasured: false }],
    [undefined, { ending: stopped, intent: 'discard', isComplete: true, isMeasured: true }],
  ] as const)('is %s: %j', (status, ended) => {
    expect(decideOutcome(ended)?.to).toBe(status)
  })
})
