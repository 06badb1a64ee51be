import type { RunFacts } from '@hourglass/autoencoders/claims'
import { analysisFormat, type Analysis as Measured } from '@hourglass/autoencoders/measured'
import { readStored } from '@hourglass/protocol'
import { unpackJson } from '../database/packedJson.js'
import type { Analysis, Run } from '../generated/prisma/client.js'
import { finalEpoch } from '../runs/finalEpoch.js'
import { readConfig } from '../runs/readConfig.js'
import { readLatest } from '../runs/readLatest.js'

export interface JudgedRun {
  readonly run: Run
  /** Of a completed run; null where there is none. */
  readonly analysis: Analysis | null
}

const states = {
  QUEUED: 'awaited',
  RUNNING: 'awaited',
  COMPLETED: 'ended',
  STOPPED: 'stopped',
  FAILED: 'failed',
} as const satisfies Record<Run['status'], RunFacts['state']>

/** Reads what claims judge a stored run by; nothing of one whose configuration this version cannot read. */
export function readRunFacts({ run, analysis }: JudgedRun): readonly RunFacts[] {
  const config = readConfig(run)
  if ('problem' in config) return []
  return [
    {
      id: run.id,
      label: run.label ?? run.name,
      config: config.value,
      state: states[run.status],
      metrics: readLatest(run),
      analysis: analysis && readNewest(run, analysis),
    },
  ]
}

/** Reads an analysis; null where it is of another epoch than the one that stands for the run, as before it was extended, or cannot be read. */
function readNewest(run: Run, { version, measured, epoch }: Analysis): Measured | null {
  if (epoch !== null && epoch !== finalEpoch(run)) return null
  const read = readStored(analysisFormat, { version, value: unpackJson(measured) })
  return 'value' in read ? read.value : null
}
