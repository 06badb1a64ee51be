import type { RunQuery } from '../../data/generated/graphql'
import { RunStatusMark } from '../../entities/run/RunStatusMark'
import { RunValuesTable } from '../../entities/run/RunValuesTable'
import { UnreadableRuns } from '../../entities/run/UnreadableRuns'
import { RunSection } from '../../ui/RunSection'
import classes from './UnreadableRun.module.css'

/** Shows of a run that was trained elsewhere, or that this version cannot read, what it holds and why that is all. */
export function UnreadableRun({ run }: { readonly run: RunQuery['run'] }) {
  return (
    <>
      <title>{`${run.name} · Hourglass`}</title>
      <h1 className={classes.title}>
        {run.name} <RunStatusMark status={run.status} />
      </h1>
      <UnreadableRuns runs={[run]} />
      <RunSection id="run-values" title="Values">
        <RunValuesTable id={run.id} label="Values" />
      </RunSection>
    </>
  )
}
