import { completeRunConfig } from '@hourglass/autoencoders'
import { describe, expect, it } from 'vitest'
import { Launchers } from '../src/clients/Launchers.js'
import { roomFor } from '../src/execution/MemoryRoom.js'
import { Pump } from '../src/Pump.js'
import { moveInQueue } from '../src/runs/queue/controlQueue.js'
import { isQueuePaused, setQueuePaused } from '../src/runs/queue/queueRest.js'
import { readQueue } from '../src/runs/queue/readQueue.js'
import { requireConfig } from '../src/runs/readConfig.js'
import { memoryOf } from '../src/runs/requireMemory.js'
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

describe('a run for which memory is not free', () => {
  it.each([
    ['fits', 10, 10, []],
    ['crowdedOut', 11, 10, []],
    // What a run that trains has not taken yet is not free.
    ['fits', 6, 10, [{ neededBytes: 5, memoryBytes: 1 }]],
    ['waits', 7, 10, [{ neededBytes: 5, memoryBytes: 1 }]],
    ['waits', 15, 10, [{ neededBytes: 5, memoryBytes: 5 }]],
    ['crowdedOut', 12, 10, [{ neededBytes: 5, memoryBytes: 1 }]],
  ] as const)('%s where it needs %d, %d are free and %j train', (room, needed, free, training) => {
    expect(roomFor(needed, free, training)).toBe(room)
  })

  it('waits and says what for, lets others go first that fit, and starts once there is room', async () => {
    let free = 0
    await using lab = await openQueue({ freeMemory: () => free })
    const large = await lab.launch('large', { training: { batchSize: 2048 } })
    await lab.queue.start()
    await expect.poll(() => lab.queue.progressOf(large.id)?.waitingFor).toMatchObject({ code: 'MEMORY_BUSY' })
    const wait = lab.queue.progressOf(large.id)
    expect(wait?.waitingFor?.message).toMatch(/needs about [\d.]+ GB, and 0\.0 GB are free\. Close other programs/)
    lab.queue.wake()
    await lab.queue.discard([], async () => {})
    // One that goes on to wait is told of once.
    expect(lab.queue.progressOf(large.id)).toBe(wait)
    const small = await lab.launch('small', { training: { batchSize: 1 } })
    free = memoryOf(requireConfig(large)) - 1
    expect(memoryOf(requireConfig(small))).toBeLessThan(free)
    lab.queue.wake()
    await expect.poll(async () => (await lab.runs.requireRun(small.id)).status).toBe('RUNNING')
    expect((await lab.runs.requireRun(large.id)).status).toBe('QUEUED')
    free = Number.POSITIVE_INFINITY
    await lab.queue.discard([small.id], () => lab.recorder.delete([small.id]))
    await expect.poll(async () => (await lab.runs.requireRun(large.id)).status).toBe('RUNNING')
    expect(lab.queue.progressOf(large.id)?.waitingFor ?? null).toBeNull()
  })
})

describe('clients whose runs wait', () => {
  it('take turns, each with its oldest run first, and what was interrupted goes ahead', async () => {
    await using lab = await openQueue()
    const { recorder } = lab
    for (const name of ['a1', 'a2', 'a3']) await lab.launch(name, {}, 'a')
    for (const name of ['b1', 'b2']) await lab.launch(name, {}, 'b')
    await lab.launch('c1', {}, 'c')
    const claimed: string[] = []
    const claim = async () => {
      const run = await recorder.claimNext()
      claimed.push(run?.name ?? 'none')
      return run
    }
    const first = await claim()
    await claim()
    const interruption = { code: 'WORKER_CRASHED', message: 'killed', time: 1, limit: 3 }
    await recorder.changeStatus(first?.id ?? '', { from: ['RUNNING'], to: 'QUEUED', interruption })
    for (let index = 0; index < 6; index++) await claim()
    expect(claimed).toEqual(['a1', 'b1', 'a1', 'c1', 'b2', 'a2', 'a3', 'none'])
  })

  it('take turns by address first, and within it by client', async () => {
    await using lab = await openQueue()
    const launchers = new Launchers(Buffer.from('secret'))
    const launch = (name: string, network: string, key: string) => lab.launch(name, {}, launchers.nameOf({ network, key }))
    for (let browser = 1; browser <= 4; browser++) await launch(`a${browser}`, 'a', `browser ${browser}`)
    for (const name of ['a1 again', 'a1 once more']) await launch(name, 'a', 'browser 1')
    for (const name of ['b1', 'b2']) await launch(name, 'b', 'browser 1')
    await lab.launch('lab1', {}, '')
    await lab.launch('lab2', {}, '')
    const told = (await readQueue(lab.database.read)).map(({ id }) => id)
    const claimed: { id: string; name: string }[] = []
    const claim = async () => {
      const run = await lab.recorder.claimNext()
      if (run) claimed.push(run)
      return run !== null
    }
    while (claimed.length < 4) await claim()
    // Under a name that nobody had before, its address waits for its turn as before.
    await launch('a5', 'a', 'browser 5')
    const rest = (await readQueue(lab.database.read)).map(({ id }) => id)
    while (await claim());
    expect(claimed.map(({ name }) => name)).toEqual(['a1', 'b1', 'lab1', 'a2', 'b2', 'lab2', 'a3', 'a4', 'a5', 'a1 again', 'a1 once more'])
    const ids = claimed.map(({ id }) => id)
    expect(ids.slice(0, 4)).toEqual(told.slice(0, 4))
    expect(ids.slice(4)).toEqual(rest)
  })

  it('may have so many in the queue and no more; those of an experiment count as its launcher’s', async () => {
    await using lab = await openQueue()
    const config = completeRunConfig({})
    const run = (name: string, client: string) => ({
      name,
      config,
      trainCount: 10,
      validationCount: 10,
      testCount: 10,
      selection: 'random',
      client,
    })
    const experiment = { name: 'Sweep', presetId: null, quick: false, client: 'a'.repeat(24), limit: 3 }
    const member = (label: string) => ({ ...run(label, experiment.client), label })
    await lab.experimentRecorder.create({ ...experiment, runs: [member('1'), member('2')] })
    await expect(lab.experimentRecorder.create({ ...experiment, runs: [member('3'), member('4')] })).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      details: { limit: 'queuedRuns' },
      message: expect.stringContaining('at most 3 runs in the queue of one client, got 4: 2 that wait, and 2 more'),
    })
    await lab.recorder.launch(run('third', experiment.client), 3)
    await expect(lab.recorder.launch(run('fourth', experiment.client), 3)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' })
    await lab.recorder.launch(run('another client', 'b'.repeat(24)), 3)
    expect(await lab.runs.countByStatus('QUEUED')).toBe(4)
  })

  it('may have no more of those that wait again', async () => {
    await using lab = await openQueue()
    const { recorder, experimentRecorder, database } = lab
    const client = 'a'.repeat(24)
    const tooMany = { code: 'TOO_MANY_REQUESTS', details: { limit: 'queuedRuns' } }
    const stopped = await lab.launch('stopped', {}, client)
    const completed = await lab.launch('completed', {}, client)
    const counts = { trainCount: 10, validationCount: 10, testCount: 10 }
    const run = { name: 'member', config: completeRunConfig({}), ...counts, selection: 'random', client }
    const runs = [1, 2].map((label) => ({ ...run, label: String(label) }))
    const { experiment } = await experimentRecorder.create({ name: 'Sweep', presetId: null, quick: false, client, runs })
    const end = (id: string, status: 'STOPPED' | 'COMPLETED') =>
      database.write((transaction) => transaction.run.update({ where: { id }, data: { status } }))
    for (const { id } of await lab.experiments.runsOf(experiment.id)) await end(id, 'STOPPED')
    await end(stopped.id, 'STOPPED')
    await end(completed.id, 'COMPLETED')
    await lab.launch('waits', {}, client)
    await expect(recorder.queueAgain(stopped.id, { from: ['STOPPED'] }, 1)).rejects.toMatchObject(tooMany)
    await expect(recorder.queueAgain(completed.id, { from: ['COMPLETED'] }, 1)).rejects.toMatchObject(tooMany)
    await expect(experimentRecorder.resume(experiment.id, 2)).rejects.toMatchObject(tooMany)
    expect(await lab.runs.countByStatus('QUEUED')).toBe(1)
    // What cannot wait again is told so, however many wait.
    expect(await recorder.queueAgain(completed.id, { from: ['STOPPED'] }, 1)).toBeNull()
    await experimentRecorder.resume(experiment.id, 3)
    await recorder.queueAgain(stopped.id, { from: ['STOPPED'] }, 4)
    expect(await lab.runs.countByStatus('QUEUED')).toBe(4)
  })
})

describe('the order of the queue', () => {
  it('is told as it comes about, whoever waits', async () => {
    await using lab = await openQueue()
    const { recorder, database } = lab
    for (const [client, count] of [
      ['a', 4],
      ['b', 1],
      ['c', 3],
      ['', 2],
    ] as const) {
      for (let index = 0; index < count; index++) await lab.launch(`${client || 'lab'}${index}`, {}, client)
    }
    for (let index = 0; index < 2; index++) await recorder.claimNext()
    const [, second] = await readQueue(database.read)
    await moveInQueue(lab, second?.id ?? '', { first: true })
    const told = (await readQueue(database.read)).map(({ id }) => id)
    const claimed: string[] = []
    for (let run = await recorder.claimNext(); run; run = await recorder.claimNext()) claimed.push(run.id)
    expect(claimed).toEqual(told)
    expect(claimed).toHaveLength(8)
    expect(claimed[0]).toBe(second?.id)
  })

  it('keeps what somebody has put in order, and all that is ahead of it, before the turns of those who launch meanwhile', async () => {
    await using lab = await openQueue()
    const { recorder, database } = lab
    const ids = new Map<string, string>()
    const launch = async (name: string, client: string) => ids.set(name, (await lab.launch(name, {}, client)).id)
    const order = async () => {
      const names = new Map([...ids].map(([name, id]) => [id, name]))
      return (await readQueue(database.read)).map(({ id }) => names.get(id))
    }
    const idOf = (name: string) => ids.get(name) ?? ''
    for (const name of ['a1', 'a2', 'a3']) await launch(name, 'a')
    await launch('b1', 'b')
    expect(await order()).toEqual(['a1', 'b1', 'a2', 'a3'])
    await moveInQueue(lab, idOf('a3'), { before: idOf('b1') })
    expect(await order()).toEqual(['a1', 'a3', 'b1', 'a2'])
    await launch('c1', 'c')
    expect(await order()).toEqual(
      ['a1', 'a3', 'b1', 'c1', 'a2'].sort((x, y) => (x === 'a1' ? -1 : y === 'a1' ? 1 : x === 'a3' ? -1 : y === 'a3' ? 1 : 0)),
    )
    await moveInQueue(lab, idOf('a3'), { last: true })
    expect((await order()).at(-1)).toBe('a3')
    await moveInQueue(lab, idOf('a1'), { after: idOf('b1') })
    expect((await order()).indexOf('a1')).toBe((await order()).indexOf('b1') + 1)
    await recorder.changeStatus(idOf('a3'), { from: ['QUEUED'], to: 'STOPPED' })
    expect(await lab.runs.requireRun(idOf('a3'))).toMatchObject({ queuePlace: null })
    await expect(moveInQueue(lab, idOf('a3'), { first: true })).rejects.toMatchObject({ code: 'RUN_NOT_QUEUED' })
    await expect(moveInQueue(lab, idOf('a1'), { before: idOf('a1') })).rejects.toMatchObject({ code: 'RUN_NOT_QUEUED' })
    await expect(moveInQueue(lab, idOf('a1'), { before: 'nobody' })).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' })
    expect((await lab.runs.eventsAfter(idOf('a1'), { after: 0 }, 9)).map(({ kind }) => kind)).toEqual(['STATUS_CHANGED', 'MOVED_IN_QUEUE'])
  })

  it('rests while somebody wants that, and goes on where it was', async () => {
    await using lab = await openQueue()
    const { recorder } = lab
    const { id } = await lab.launch()
    const rest = (isPaused: boolean) => recorder.record(({ transaction }) => setQueuePaused(transaction, isPaused))
    expect(await rest(true)).toBe(true)
    expect(await rest(true)).toBe(false)
    expect(await recorder.claimNext()).toBeNull()
    expect(await isQueuePaused(lab.database.read)).toBe(true)
    expect(await rest(false)).toBe(true)
    expect((await recorder.claimNext())?.id).toBe(id)
  })
})
