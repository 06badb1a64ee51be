import { type Axis, type RunReportOf, readRunEvent } from '@hourglass/protocol'
import type { SeriesPoint } from '../database/SeriesPoint.js'
import type { Run } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { RunFacts } from './RunFacts.js'
import { readLatest, writeLatest } from './readLatest.js'
import { kindsTrainedHere } from './runKinds.js'
import { setRunMetrics } from './runValues.js'
import { appendSeries } from './series/SeriesStore.js'
import { toNumbers } from './toNumbers.js'

/** Two events of one axis are at least so far apart, in milliseconds: with two axes that makes at most ten a second. */
const SPACING = 200

/**
 * Stores logged values. By epoch, those of a run that is trained here belong to the epoch that it trains or has just completed, and complete none: that is
 * what a report of an epoch does. Those of a run that is trained elsewhere are all that is known of its epochs. Throws VALUES_OUT_OF_ORDER.
 */
export async function recordLogged(facts: RunFacts, run: Run, { axis, points }: RunReportOf<'logged'>): Promise<Run> {
  const measured = points.map(({ at, values }) => ({ at, values: toNumbers(values) }))
  const last = measured.at(-1)?.at ?? 0
  const isCounted = axis === 'epoch' && !kindsTrainedHere.includes(run.kind)
  if (axis === 'epoch' && !isCounted) requireEpochs(run, measured)
  const openFrom = await appendSeries(facts.transaction, { runNumber: run.number, axis }, measured)
  const newest = Object.assign({}, ...measured.map(({ values }) => values)) as Record<string, number>
  await setRunMetrics(facts.transaction, run.number, newest)
  const earlier = await takeEarlier(facts, run, { axis, openFrom })
  return facts.append(run.number, {
    kind: 'VALUES_LOGGED',
    payload: { axis, first: earlier?.first ?? measured.at(0)?.at ?? 0, last },
    at: earlier?.at,
    data: { latest: writeLatest({ ...readLatest(run), ...newest }), ...(isCounted ? { epochsCompleted: last } : {}) },
  })
}

function requireEpochs({ epochsCompleted }: Run, points: readonly SeriesPoint[]): void {
  const wrong = points.find(({ at }) => at < Math.max(1, epochsCompleted) || at > epochsCompleted + 1)
  if (!wrong) return
  const expected = epochsCompleted === 0 ? 'epoch 1' : `epoch ${epochsCompleted} or ${epochsCompleted + 1}`
  throw new HourglassError(
    errorCodes.valuesOutOfOrder,
    `Logged values: expected those of ${expected}, as the run has completed ${epochsCompleted}, got those of epoch ${wrong.at}. Log them while that epoch is trained, or by step.`,
  )
}

interface Stretch {
  readonly axis: Axis
  /** Where the last chunk of the series begins. */
  readonly openFrom: number
}

/**
 * Takes away the event that told of the values before, where the next one can tell of both: where nothing else has happened since and both are of one chunk
 * of the series, or where it is too new for another one of its axis. Whoever has seen it is told again of what it told of; a cursor on it stays good, as
 * the next event has a higher number. Returns where it began, and when, if that moment stands.
 */
async function takeEarlier({ transaction }: RunFacts, { number: runNumber }: Run, { axis, openFrom }: Stretch) {
  const event = await transaction.labEvent.findFirst({
    where: { runNumber, kind: 'VALUES_LOGGED', payload: { path: '$.axis', equals: axis } },
    orderBy: { seq: 'desc' },
  })
  if (!event) return undefined
  const read = readRunEvent('VALUES_LOGGED', event.payload)
  if ('problem' in read) return undefined
  const { first } = read.value
  const isNew = Date.now() - event.at.getTime() < SPACING
  if (!isNew) {
    const other = { runNumber, seq: { gt: event.seq }, kind: { not: 'VALUES_LOGGED' } }
    const isNext = (await transaction.labEvent.findFirst({ where: other, select: { seq: true } })) === null
    if (!isNext || first < openFrom) return undefined
  }
  await transaction.labEvent.delete({ where: { seq: event.seq } })
  // It keeps its moment while it is new, so that not every event of a long series is too new.
  return { first, at: isNew ? event.at : undefined }
}
