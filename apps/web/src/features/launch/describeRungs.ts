import { epochsOfRungs, type Rung } from '@hourglass/autoencoders'
import { formatCounted } from '../../ui/formatQuantity'

/** Says what a search comes to: `9 runs for 1 epoch, the best 3 up to 3, the best up to 20: 32 epochs in place of 180.` */
export function describeRungs(rungs: readonly Rung[]): string {
  const [first, ...later] = rungs
  if (!first) return ''
  const parts = [
    `${formatCounted(first.runs, 'run')} for ${formatCounted(first.epochs, 'epoch')}`,
    ...later.map(({ runs, epochs }) => `the best ${runs === 1 ? '' : `${runs} `}up to ${epochs}`),
  ]
  const all = first.runs * (rungs.at(-1)?.epochs ?? 0)
  return `${parts.join(', ')}: ${formatCounted(epochsOfRungs(rungs), 'epoch')} in place of ${all.toLocaleString('en')}.`
}
