import type { RunConfig } from '@hourglass/autoencoders'
import type { Transaction } from '../database/Database.js'
import type { Prisma, Run } from '../generated/prisma/client.js'
import { appendEvent } from './appendEvent.js'
import { createRunId } from './createRunId.js'

export interface NewRun {
  readonly name: string
  readonly config: RunConfig
  /** Examples that the run uses, where the configuration may say "all". */
  readonly trainCount: number
  readonly testCount: number
}

/** Where a run belongs. */
export interface Membership {
  readonly experimentId: string
  /** From 0. */
  readonly place: number
  readonly label: string
}

/** Adds a queued run with its first events, in the caller's transaction. */
export async function insertRun(transaction: Transaction, newRun: NewRun, membership?: Membership): Promise<Run> {
  const { name, config, trainCount, testCount } = newRun
  const { dataset } = config.data
  const baseline = await transaction.pcaBaseline.findUnique({
    where: { dataset_trainCount_testCount: { dataset, trainCount, testCount } },
    select: { id: true },
  })
  const created = await transaction.run.create({
    data: {
      id: createRunId(),
      name,
      config: config as Prisma.InputJsonObject,
      dataset,
      trainCount,
      testCount,
      epochs: config.training.epochs,
      pcaBaselineId: baseline?.id ?? null,
      ...membership,
    },
  })
  const queued = await appendEvent(transaction, created.id, { type: 'STATUS_CHANGED', status: 'QUEUED' })
  return baseline ? appendEvent(transaction, created.id, { type: 'PCA_BASELINE_COMPUTED' }) : queued
}
