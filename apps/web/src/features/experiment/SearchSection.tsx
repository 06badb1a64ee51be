import Link from 'next/link'
import type { ExperimentRun } from '../../entities/experiment/useExperiment'
import { runColour } from '../../entities/run/runColour'
import { formatLoss } from '../../ui/formatQuantity'
import { PageSection } from '../../ui/PageSection'
import runsClasses from './ExperimentRuns.module.css'
import { ProgressTrack } from './ProgressTrack'
import classes from './SearchSection.module.css'
import { describeSearch, type HalvingSearch, type RungCell, searchTable } from './searchTable'

interface SearchSectionProps {
  readonly search: HalvingSearch
  readonly runs: readonly ExperimentRun[]
}

const outcomeWords: Readonly<Record<RungCell['outcome'], string>> = {
  KEPT: 'goes on',
  DROPPED: 'dropped',
  FINISHED: 'finished',
  FAILED: 'failed',
  STOPPED: 'stopped',
  DELETED: 'deleted',
  TRAINS: 'trains',
}

/** Shows a search by successive halving: a column for each rung, with who went on and by which loss. */
export function SearchSection({ search, runs }: SearchSectionProps) {
  const byId = new Map(runs.map((run) => [run.id, run]))
  return (
    <PageSection id="experiment-search" title="Search" note="Successive halving">
      <p className={classes.about} data-testid="search-state">
        {describeSearch(search)}
      </p>
      {search.status === 'RUNNING' ? (
        <ProgressTrack label="Epochs of the search" fraction={Math.min(1, search.epochsUsed / search.epochsPlanned)} />
      ) : null}
      <div className={runsClasses.scroll}>
        <table className={runsClasses.table} data-narrow aria-label="Rungs of the search">
          <thead>
            <tr>
              <th scope="col">Run</th>
              {search.rungs.map(({ epochs, runs: count }) => (
                <th key={epochs} scope="col" data-align="right" title={`${count} ${count === 1 ? 'run' : 'runs'}`}>
                  After {epochs} {epochs === 1 ? 'epoch' : 'epochs'}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {searchTable(search).map(({ runId, cells }) => (
              <tr key={runId} data-run={runId}>
                <th scope="row">
                  <RunName run={byId.get(runId)} />
                </th>
                {search.rungs.map(({ epochs, results }, place) => (
                  <td key={epochs} data-align="right" className={classes.cell}>
                    <Cell cell={cells[place]} ranked={results?.filter(({ validationLoss }) => validationLoss !== null).length ?? 0} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </PageSection>
  )
}

function RunName({ run }: { readonly run: ExperimentRun | undefined }) {
  if (!run) return <span className={classes.gone}>deleted run</span>
  return (
    <Link href={`/runs/${encodeURIComponent(run.id)}`} className={runsClasses.name} prefetch={false}>
      <span className={runsClasses.dot} style={{ background: runColour(run.number) }} aria-hidden />
      {run.label ?? run.name}
    </Link>
  )
}

/** Says how a run stood at the end of a rung, and what became of it. */
function Cell({ cell, ranked }: { readonly cell: RungCell | undefined; readonly ranked: number }) {
  if (!cell) return null
  const goesOn = cell.outcome === 'KEPT' || cell.outcome === 'FINISHED'
  return (
    <span className={classes.result} data-kept={goesOn || undefined}>
      {cell.loss === null ? null : <span className={classes.loss}>{formatLoss(cell.loss)}</span>}
      <span className={classes.outcome}>
        {outcomeWords[cell.outcome]}
        {cell.rank === null ? '' : `, ${cell.rank} of ${ranked}`}
      </span>
    </span>
  )
}
