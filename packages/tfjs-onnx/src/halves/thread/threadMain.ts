/** The second thread of steps by halves: it waits for what the first one opens, does it, and says so. */
import { type MessagePort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { instantiate } from '@hourglass/wasm'
import { ort } from '../../session/native/ortApi.js'
import type { SessionHandles } from '../../session/Session.js'
import { importedFunctions } from '../../updates/elementOperators.js'
import { place, statusPlace, type ThreadMessage, type ThreadStart, tell, waitWhile, work } from './protocol.js'

const { control, port } = workerData as ThreadStart & { readonly port: MessagePort }
const words = new Int32Array(control)
const statuses = new BigInt64Array(control)
const jobs = new Map<number, { readonly half: SessionHandles | undefined; readonly update: () => void }>()
/** Between parts of a step by halves it looks; while ONNX Runtime's own threads compute it leaves them the cores. */
let looks = true

const isForFirst = (value: number): boolean =>
  value !== work.halfOpen && value !== work.updateOpen && value !== work.messageOpen && value !== work.ending

port.postMessage('ready')
for (;;) {
  const found = waitWhile(words, { isWaiting: isForFirst, sleeps: place.secondSleeps, looks })
  if (found === work.ending) break
  if (found === work.messageOpen) {
    guard(readMessages)
    tell(words, work.messageDone, place.firstSleeps)
  } else if (found === work.halfOpen && take(work.halfOpen, work.halfTaken)) {
    guard(computeHalf)
    tell(words, work.halfDone, place.firstSleeps)
  } else if (found === work.updateOpen && take(work.updateOpen, work.updateTaken)) {
    guard(update)
    tell(words, work.updateDone, place.firstSleeps)
  }
}
port.close()

/** The first thread waits for an answer whatever happens; it throws where one was a fault. */
function guard(part: () => void): void {
  try {
    part()
  } catch {
    Atomics.store(words, place.fault, 1)
  }
}

function currentJob() {
  const job = jobs.get(Atomics.load(words, place.job))
  if (!job) throw new Error('the first thread names a job that it has not added')
  return job
}

function computeHalf(): void {
  const { half } = currentJob()
  const status = half ? BigInt(ort.call.RunWithBinding(half.session, 0n, half.binding) as number | bigint) : 0n
  Atomics.store(statuses, statusPlace, status)
}

function update(): void {
  const job = currentJob()
  job.update()
  looks = job.half !== undefined
}

function take(open: number, taken: number): boolean {
  return Atomics.compareExchange(words, place.work, open, taken) === open
}

function readMessages(): void {
  for (let received = receiveMessageOnPort(port); received; received = receiveMessageOnPort(port)) {
    const message = received.message as ThreadMessage
    if ('remove' in message) jobs.delete(message.remove)
    else {
      const { id, half, memory, update } = message.add
      jobs.set(id, { half, update: instantiate(update, { memory, ...importedFunctions }) })
    }
  }
}
