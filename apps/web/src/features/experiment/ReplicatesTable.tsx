'use client'

import { Select } from '@mantine/core'
import { useState } from 'react'
import { formatMeasured } from '../../entities/metric/formatMeasured'
import { TermTitle } from '../../ui/TermTitle'
import runsClasses from './ExperimentRuns.module.css'
import type { ExperimentMetric } from './experimentMetrics'
import { titleOf } from './measuredTitle'
import classes from './ReplicatesTable.module.css'
import { describeDifference, differenceOf, metricOf, type RunGroup } from './replicates'

interface ReplicatesTableProps {
  readonly groups: readonly RunGroup[]
  readonly metric: ExperimentMetric
}

/** Sums a metric up over the seeds of each setting, and compares settings seed by seed with one of them. */
export function ReplicatesTable({ groups, metric }: ReplicatesTableProps) {
  const [chosen, setChosen] = useState<string | null>(null)
  const reference = groups.find(({ label }) => label === chosen) ?? groups[0]
  const isCompared = groups.length > 1
  return (
    <div className={classes.root}>
      <div className={runsClasses.scroll}>
        <table className={runsClasses.table} data-narrow aria-label="Over seeds">
          <thead>
            <tr>
              <th scope="col">Setting</th>
              <th scope="col" data-align="right">
                <TermTitle title="Seeds" term="seed" />
              </th>
              <th scope="col" data-align="right">
                <TermTitle {...titleOf(metric.row)} />, mean ± s.d.
              </th>
              {isCompared ? (
                <th scope="col" data-align="right" title="Mean of the differences between runs of one seed, with Student’s t interval">
                  <TermTitle title={`Against ${reference?.label}, 95 %`} term="paired-difference" />
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => {
              const sample = metricOf(group, metric)
              return (
                <tr key={group.runs[0]?.id} data-setting={group.label}>
                  <th scope="row">{group.label}</th>
                  <td data-align="right">
                    {sample?.count ?? 0}
                    {sample?.count === group.runs.length ? '' : ` of ${group.runs.length}`}
                  </td>
                  <td data-align="right">
                    {formatMeasured(sample?.mean, metric.row)}
                    {sample && sample.count > 1 ? ` ± ${formatMeasured(sample.spread, { ...metric.row, digits: 2 })}` : ''}
                  </td>
                  {isCompared ? (
                    <td data-align="right">
                      {reference && group !== reference ? describeDifference(differenceOf(reference, group, metric), metric.row) : '–'}
                    </td>
                  ) : null}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {isCompared ? (
        <Select
          size="xs"
          className={classes.reference ?? ''}
          label="Compare with"
          value={reference?.label ?? null}
          onChange={setChosen}
          data={groups.map(({ label }) => label)}
          allowDeselect={false}
        />
      ) : null}
    </div>
  )
}
