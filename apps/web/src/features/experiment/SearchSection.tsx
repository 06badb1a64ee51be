import Link from 'next/link'
import type { RungOutcome } from '../../data/generated/graphql'
import { readRunConfig } from '../../data/readRunConfig'
import { runColour } from '../../entities/run/runColour'
import { formatLoss } from '../../ui/formatQuantity'
import { PageSection } from '../../ui/PageSection'
import runsClasses from './ExperimentRuns.module.css'
import classes from './SearchSection.module.css'
import { describeSearch, type HalvingSearch, type RungCell, searchTable } from './searchTable'
import type { ExperimentRun } from './useExperiment'

interface SearchSectionProps {
  readonly search: HalvingSearch
  readonly runs: readonly ExperimentRun[]
}

const outcomeWords: Readonly<Record<RungOutcome, string>> = {
  KEPT: 'goes on',
  DROPPED: 'dropped',
  FINISHED: 'finished',
  FAILED: 'failed',
  STOPPED: 'stopped',
  DELETED: 'deleted',
}

/** Shows a search by successive halving: a column for each rung, with who went on and by which loss. */
export function SearchSection({ search, runs }: SearchSectionProps) {
  const byId = new Map(runs.map((run) => [run.id, run]))
  return (
    <PageSection id="experiment-search" title="Search" note="Successive halving">
      <p className={classes.about} data-testid="search-state">
        {describeSearch(
          search,
          runs.map(({ config }) => readRunConfig(config)),
        )}
      </p>
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
                  <td key={epochs} data-align="right">
                    <Cell
                      cell={cells[place]}
                      run={byId.get(runId)}
                      ranked={results?.filter(({ validationLoss }) => validationLoss !== null).length ?? 0}
                    />
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

interface CellProps {
  readonly cell: RungCell | undefined
  readonly run: ExperimentRun | undefined
  /** How many runs of the rung have a loss. */
  readonly ranked: number
}

/** What a run does in a rung that is not decided. */
const undecidedWords: Readonly<Record<ExperimentRun['status'], string>> = {
  QUEUED: 'queued',
  RUNNING: 'trains',
  COMPLETED: 'awaits the others',
  STOPPED: 'stopped',
  FAILED: 'failed',
}

function Undecided({ run }: { readonly run: ExperimentRun | undefined }) {
  if (!run) return null
  const { status, summary } = run
  return (
    <span className={classes.result}>
      {status === 'COMPLETED' ? <span className={classes.loss}>{formatLoss(summary.validationLoss)}</span> : null}
      <span className={classes.outcome}>{undecidedWords[status]}</span>
    </span>
  )
}

/** Says how a run stood at the end of a rung, and what became of it. */
function Cell({ cell, run, ranked }: CellProps) {
  if (!cell) return null
  if (cell.outcome === 'TRAINS') return <Undecided run={run} />
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
