import Link from 'next/link'
import type { ReactNode } from 'react'
import { RunStatusMark } from '../../entities/run/RunStatusMark'
import { runColour } from '../../entities/run/runColour'
import type { RunStatus } from '../../entities/run/runStatus'
import { TermTitle } from '../../ui/TermTitle'
import classes from './FigureRow.module.css'
import type { RunFact } from './runFacts'

interface FigureRowProps {
  readonly run: {
    readonly id: string
    readonly number: number
    readonly label: string | null
    readonly name: string
    readonly status: RunStatus
    readonly error: { readonly message: string } | null
  }
  readonly facts: readonly RunFact[]
  readonly children: ReactNode
}

/** Sets what a run shows beside its label, its numbers and, until it is complete, its state; of one that failed, why. */
export function FigureRow({ run, facts, children }: FigureRowProps) {
  const { id, number, label, name, status, error } = run
  return (
    <div className={classes.row} data-testid="figure-row" data-run={id}>
      <div className={classes.side}>
        <Link href={`/runs/${encodeURIComponent(id)}`} className={classes.label} prefetch={false}>
          <span className={classes.dot} style={{ background: runColour(number) }} aria-hidden />
          {label ?? name}
        </Link>
        <Facts facts={facts} />
        {status === 'COMPLETED' ? null : <RunStatusMark status={status} />}
        {status === 'FAILED' && error ? <p className={classes.failure}>{error.message}</p> : null}
      </div>
      <div className={classes.shown}>{children}</div>
    </div>
  )
}

interface SharedRowProps {
  readonly title: string
  readonly facts?: readonly RunFact[]
  readonly children: ReactNode
}

/** Sets what runs have in common, or are compared with, between their rows. */
export function SharedRow({ title, facts = [], children }: SharedRowProps) {
  return (
    <div className={classes.row} data-testid="shared-row">
      <div className={classes.side}>
        <span className={classes.label}>{title}</span>
        <Facts facts={facts} />
      </div>
      <div className={classes.shown}>{children}</div>
    </div>
  )
}

function Facts({ facts }: { readonly facts: readonly RunFact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(({ name, value, term }) => (
        <div key={name} className={classes.fact}>
          <dt>
            <TermTitle title={name} term={term} />
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
