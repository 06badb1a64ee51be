import { measurementTerm } from '@hourglass/autoencoders'
import { Alert, Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ComputationalGraph } from '../../entities/config/computationalGraph'
import { GraphDrawing } from '../../entities/config/GraphDrawing'
import { LayerDiagram } from '../../entities/config/LayerDiagram'
import { formatBytes, formatCount, formatEstimate } from '../../ui/formatQuantity'
import { TermTitle } from '../../ui/TermTitle'
import classes from './LaunchSummary.module.css'
import type { StepFact } from './trainingSteps'
import type { RunNeeds } from './useRunNeeds'

export interface LaunchFacts {
  readonly graph: ComputationalGraph
  readonly widths: readonly number[]
  readonly parameters: number
  readonly examples: number
  readonly steps: readonly StepFact[]
  /** Values of an example for each value of its code. */
  readonly compression: number
}

export interface LaunchSummaryProps {
  /** What the configuration amounts to; undefined until one was valid. */
  readonly facts: LaunchFacts | undefined
  /** What the runs will need; undefined until the server has said. */
  readonly needs: RunNeeds | undefined
  /** Whether what is typed now is something else. */
  readonly isStale: boolean
  readonly failures: readonly string[]
  /** How many runs are launched, more than one as an experiment; 0 while that is not known. */
  readonly runs: number
  readonly launching: boolean
  readonly onReset: () => void
  /** What else can be done with the configuration. */
  readonly extra: ReactNode
}

/** Shows what the configuration amounts to while it is typed, and launches it. */
export function LaunchSummary({ facts, needs, isStale, failures, runs, launching, onReset, extra }: LaunchSummaryProps) {
  return (
    <aside className={classes.summary} aria-label="Summary">
      <div className={classes.facts} data-stale={isStale || undefined} aria-busy={isStale}>
        {facts ? (
          <>
            <GraphDrawing graph={facts.graph} layout="small" />
            <LayerDiagram widths={facts.widths} />
            <dl className={classes.list}>
              <Fact label="Parameters" term="parameters" value={formatCount(facts.parameters)} />
              <Fact
                label="Compression"
                term="compression"
                value={`${facts.compression >= 10 ? Math.round(facts.compression) : facts.compression.toFixed(1)} : 1`}
              />
              <Fact label="Training examples" term="training-examples" value={formatCount(facts.examples)} />
              {facts.steps.map(({ label, value }) => (
                <Fact key={label} label={label} term="step" value={value} />
              ))}
              {needs && (
                <>
                  {runs > 1 && <Fact label="Runs" term="run" value={formatCount(runs)} />}
                  {needs.seconds !== null && <Fact label="Time" term="time" value={`about ${formatEstimate(needs.seconds)}`} />}
                  <Fact
                    label="Memory"
                    term={measurementTerm('memoryMegabytes')}
                    value={`about ${formatBytes(needs.needs.memoryBytes)} of ${formatBytes(needs.needs.memoryLimitBytes)}`}
                  />
                  <Fact label="Disk" value={`about ${formatBytes(needs.needs.diskBytes)}`} />
                </>
              )}
            </dl>
          </>
        ) : (
          <p className={classes.none}>The model shows here once every field is valid.</p>
        )}
      </div>
      {needs && needs.needs.memoryBytes > needs.needs.memoryLimitBytes && (
        <Alert color="yellow" variant="light" p="xs">
          Needs more memory than a run may take here: use smaller batches, or fewer filters or units.
        </Alert>
      )}
      {failures.map((failure) => (
        <Alert key={failure} color="red" variant="light" role="alert" p="xs">
          {failure}
        </Alert>
      ))}
      <div className={classes.actions}>
        <Button type="submit" size="sm" loading={launching} className={classes.launch ?? ''}>
          {runs === 1 ? 'Launch run' : runs === 0 ? 'Launch runs' : `Launch ${runs.toLocaleString('en')} runs`}
        </Button>
        <Button variant="subtle" color="gray" size="sm" onClick={onReset}>
          Reset
        </Button>
      </div>
      {extra}
    </aside>
  )
}

function Fact({ label, term, value }: { readonly label: string; readonly term?: string; readonly value: string }) {
  return (
    <div className={classes.fact}>
      <dt>
        <TermTitle title={label} term={term} />
      </dt>
      <dd>{value}</dd>
    </div>
  )
}
