import Link from 'next/link'
import { Fragment } from 'react'
import classes from './RunHeader.module.css'

interface RunRelativesProps {
  /** From which model the run started; `run` is null once that is deleted. */
  readonly parent: {
    readonly number: number
    readonly name: string
    readonly epoch: number
    readonly run: { readonly id: string; readonly name: string } | null
  } | null
  /** Runs that started from its models. */
  readonly runs: readonly { readonly id: string; readonly number: number; readonly name: string }[]
}

/** Says in the line below a run's name where it started, and which runs started from it. */
export function RunRelatives({ parent, runs }: RunRelativesProps) {
  return (
    <>
      {parent && (
        <>
          {` · started from epoch ${parent.epoch} of `}
          {parent.run ? (
            <RunLink id={parent.run.id} number={parent.number} name={parent.run.name} />
          ) : (
            `#${parent.number} ${parent.name}, which is deleted`
          )}
        </>
      )}
      {runs.length > 0 && ' · went on as '}
      {runs.map(({ id, number, name }, index) => (
        <Fragment key={id}>
          {index > 0 && ', '}
          <RunLink id={id} number={number} name={name} />
        </Fragment>
      ))}
    </>
  )
}

function RunLink({ id, number, name }: { readonly id: string; readonly number: number; readonly name: string }) {
  return (
    <Link href={`/runs/${encodeURIComponent(id)}`} className={classes.experiment}>
      #{number} {name}
    </Link>
  )
}
