import { settingTerm } from '@hourglass/autoencoders'
import Link from 'next/link'
import { Fragment } from 'react'
import { configDescription, readRunConfig } from '../../data/readRunConfig'
import { allExamples } from '../../entities/metric/allExamples'
import { runColour } from '../../entities/run/runColour'
import type { ComparedRun } from '../../entities/run/useComparedRuns'
import { TermLink } from '../../ui/TermLink'
import { TermTitle } from '../../ui/TermTitle'
import classes from './ComparisonTable.module.css'
import { resultGroups } from './comparedResults'
import { configDifferences } from './configDifferences'

export interface ComparisonTableProps {
  readonly runs: readonly ComparedRun[]
  readonly onRemove: (id: string) => void
}

/** Puts runs side by side: what differs in their configurations, and what came of it. */
export function ComparisonTable({ runs, onRemove }: ComparisonTableProps) {
  const differences = configDifferences(
    configDescription,
    runs.map(({ config: sent }) => {
      const config = readRunConfig(sent)
      return { config, whenEmpty: allExamples(config) }
    }),
  )
  const groups = resultGroups
    .map(({ title, results }) => ({ title, results: results.filter(({ applies }) => !applies || runs.some(applies)) }))
    .filter(({ results }) => results.length > 0)
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label="Comparison">
        <thead>
          <tr>
            <th scope="col">
              <span className={classes.corner}>
                <TermLink term="run">Run</TermLink>
              </span>
            </th>
            {runs.map(({ id, number, name }) => (
              <th key={id} scope="col">
                <span className={classes.run}>
                  <span className={classes.dot} style={{ background: runColour(number) }} aria-hidden="true" />
                  <Link href={`/runs/${encodeURIComponent(id)}`} className={classes.name}>
                    #{number} {name}
                  </Link>
                  <button type="button" className={classes.remove} aria-label={`Take ${name} out`} onClick={() => onRemove(id)}>
                    ×
                  </button>
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map(({ title: group, results }) => (
            <Fragment key={group}>
              <tr className={classes.group}>
                <th scope="rowgroup" colSpan={runs.length + 1}>
                  {group}
                </th>
              </tr>
              {results.map(({ id, show, ...titled }) => (
                <tr key={id}>
                  <th scope="row">
                    <TermTitle {...titled} />
                  </th>
                  {runs.map((run) => (
                    <td key={run.id}>{show(run)}</td>
                  ))}
                </tr>
              ))}
            </Fragment>
          ))}
          <tr className={classes.group}>
            <th scope="rowgroup" colSpan={runs.length + 1}>
              {differences.length > 0
                ? 'What differs'
                : runs.length > 1
                  ? 'The configurations are the same'
                  : 'Add another run to see what differs'}
            </th>
          </tr>
          {differences.map(({ path, title, values }) => (
            <tr key={path}>
              <th scope="row">
                <TermLink term={settingTerm(path)}>{title}</TermLink>
              </th>
              {runs.map(({ id }, index) => (
                <td key={id}>{values[index] ?? <span className={classes.none}>–</span>}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
