import Link from 'next/link'
import classes from './UnreadableRuns.module.css'

interface UnreadableRunsProps {
  readonly runs: readonly { readonly id: string; readonly number: number; readonly name: string; readonly configProblem: string | null }[]
}

/** Names runs that a page cannot draw, each with the reason. */
export function UnreadableRuns({ runs }: UnreadableRunsProps) {
  if (runs.length === 0) return null
  return (
    <ul className={classes.list} aria-label="Runs that cannot be shown here">
      {runs.map(({ id, number, name, configProblem }) => (
        <li key={id}>
          <Link className={classes.name} href={`/runs/${id}`}>
            {number} {name}
          </Link>
          <p className={classes.reason}>{configProblem ?? 'This lab does not know the data that it was trained on.'}</p>
        </li>
      ))}
    </ul>
  )
}
