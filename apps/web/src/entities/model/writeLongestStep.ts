import type { Arrows } from '@hourglass/autoencoders/latent'

/** Says how long the longest step of a field is, and as what it is drawn where that is not itself. */
export function writeLongestStep({ longestStep, drawnAs }: Pick<Arrows, 'longestStep' | 'drawnAs'>): string {
  const write = (step: number) => String(Number(step.toPrecision(2)))
  return drawnAs < longestStep ? `${write(longestStep)}, drawn as ${write(drawnAs)}` : write(longestStep)
}
