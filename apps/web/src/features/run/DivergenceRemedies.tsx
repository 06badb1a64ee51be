import { divergenceRemedies, type RunConfig } from '@hourglass/autoencoders'
import Link from 'next/link'
import { scoredLoss } from '../../entities/metric/scoredOn'
import classes from './DivergenceRemedies.module.css'
import { startLink } from './startLink'

interface DivergenceRemediesProps {
  readonly id: string
  readonly config: RunConfig
  /** The epoch that a new run can start from; 0 where none was completed. */
  readonly epoch: number
  /** Whether it is the one with the lowest validation loss, and not just the last. */
  readonly isBest: boolean
}

/** Offers what can keep a run like a diverged one from diverging again, as new runs that start from one of its epochs. */
export function DivergenceRemedies({ id, config, epoch, isBest }: DivergenceRemediesProps) {
  const remedies = divergenceRemedies({ config, epoch })
  if (remedies.length === 0) return null
  return (
    <div className={classes.root}>
      <p>
        {epoch > 0
          ? `Its epochs are kept. Resuming would diverge in the same place; a new run can start from epoch ${epoch}, ${isBest ? `which has the lowest ${scoredLoss([config]).toLowerCase()}` : 'the last that was finished'}, with one of these:`
          : 'Resuming would diverge in the same place; a new run can start with one of these:'}
      </p>
      <ul className={classes.list}>
        {remedies.map(({ id: remedy, title, reason }) => (
          <li key={remedy}>
            <Link href={startLink({ parent: id, epoch, remedy })}>{title}</Link>
            <span className={classes.reason}>. {reason}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
