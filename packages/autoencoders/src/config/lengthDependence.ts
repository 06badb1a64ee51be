import type { RunConfig } from './RunConfig.js'

/**
 * Says what of a configuration depends on how many epochs there are, so that a run that is given more is another one than if it had been launched with as
 * many; null where nothing does.
 */
export function lengthDependence({ optimizer, training: { epochs } }: RunConfig): string | null {
  if (!('schedule' in optimizer)) return null
  if (optimizer.schedule.kind === 'cosine') {
    return `The learning rate falls along a cosine over all epochs: it fell over ${epochs} so far, and goes on where it would be on a longer one, higher than it was.`
  }
  if (optimizer.warmupEpochs > epochs)
    return `The learning rate rose over ${epochs} epochs, in place of a warm-up of ${optimizer.warmupEpochs}.`
  return null
}
