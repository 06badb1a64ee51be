import { engines } from '@hourglass/autoencoders'
import type { WorkerTaskCommand, WorkerTaskReport } from '@hourglass/autoencoders/calls'
import { checkEngine as check } from '@hourglass/autoencoders/training'
import { z } from 'zod'

/** Loads one engine, to see whether it can be had: a library that is broken ends this process alone. */
export async function checkEngine({ engine }: WorkerTaskCommand<'engine'>): Promise<WorkerTaskReport<'engine'>> {
  const { available, runtime, reason } = await check(z.enum(engines).parse(engine))
  return { type: 'checked', available, runtime, reason }
}
