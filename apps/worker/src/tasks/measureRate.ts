import { hostname } from 'node:os'
import type { WorkerTaskCommand, WorkerTaskReport } from '@hourglass/autoencoders/calls'
import { measureRate as measure } from '@hourglass/autoencoders/training'

/** Measures how fast this machine trains. */
export async function measureRate({ threads }: WorkerTaskCommand<'rate'>): Promise<WorkerTaskReport<'rate'>> {
  return { type: 'measured', ...(await measure({ host: hostname(), threads })) }
}
