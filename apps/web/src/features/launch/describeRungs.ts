import { epochsOfRungs, type Rung } from '@hourglass/autoencoders'

/** Says what a search comes to: `9 runs for 1 epoch, the best 3 up to 3, the best up to 20: 32 epochs in place of 180.` */
export function describeRungs(rungs: readonly Rung[]): string {
  const [first, ...later] = rungs
  if (!first) return ''
  const parts = [
    `${first.runs} runs for ${first.epochs} ${first.epochs === 1 ? 'epoch' : 'epochs'}`,
    ...later.map(({ runs, epochs }) => `the best ${runs === 1 ? '' : `${runs} `}up to ${epochs}`),
  ]
  const all = first.runs * (rungs.at(-1)?.epochs ?? 0)
  return `${parts.join(', ')}: ${epochsOfRungs(rungs).toLocaleString('en')} epochs in place of ${all.toLocaleString('en')}.`
}
