'use client'
import { measurementTerm, metricCatalog, nameWithUnit, type Subject, subjectCatalog, subjectTerm } from '@hourglass/autoencoders'
import { VisuallyHidden } from '@mantine/core'
import type { AnalysisFieldsFragment } from '../../data/generated/graphql'
import type { MeasuredSubject } from '../../entities/analysis/analysisTables'
import { formatMeasured } from '../../entities/metric/formatMeasured'
import { Defined } from '../../ui/Defined'
import { bestValue, groupSubjects } from './bestValue'
import { examplesFittedTo, examplesLookedAt } from './examplesLookedAt'
import classes from './MeasuredTable.module.css'

interface MeasuredTableProps {
  readonly subjects: readonly MeasuredSubject[]
  readonly counts: AnalysisFieldsFragment['counts']
  /** Which examples parts looked at that did not go through all. */
  readonly chosen: AnalysisFieldsFragment['chosen']
  /** Units of the code. */
  readonly codeSize: number
  readonly components: AnalysisFieldsFragment['principalComponents']
}

/** Sets what was measured of the model beside its baselines, a row for each metric, the best of what can be compared marked. */
export function MeasuredTable({ subjects, counts, chosen, codeSize, components }: MeasuredTableProps) {
  const groups = groupSubjects(subjects)
  const metrics = metricCatalog.filter(({ id }) => subjects.some((each) => each.metrics[id] !== null))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.scroll} aria-label="Measurements" tabIndex={0}>
      <table className={classes.table}>
        <thead>
          {groups.length > 1 && (
            <tr>
              <td />
              {groups.map(({ title, members }) => (
                <th key={title} scope="colgroup" colSpan={members.length} className={classes.group}>
                  {title}
                </th>
              ))}
            </tr>
          )}
          <tr>
            <th scope="col">
              <VisuallyHidden component="span">Metric</VisuallyHidden>
            </th>
            {groups.flatMap(({ members }) =>
              members.map(({ subject }, index) => (
                <th key={subject} scope="col" data-first={index === 0 || undefined}>
                  <Defined
                    title={subjectCatalog[subject].title}
                    definition={[describeSubject(subject, components), examplesFittedTo(subject, counts, chosen)].filter(Boolean).join(' ')}
                    term={subjectTerm(subject)}
                  />
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {metrics.map((metric) => (
            <tr key={metric.id}>
              <th scope="row">
                <Defined
                  title={nameWithUnit(metric)}
                  definition={metric.description}
                  formula={metric.formula}
                  examples={examplesLookedAt(metric.id, counts, chosen)}
                  term={measurementTerm(metric.id)}
                />
                {metric.better && <span className={classes.better}>{metric.better === 'lower' ? ' ↓' : ' ↑'}</span>}
              </th>
              {groups.flatMap(({ members }) => {
                const best = formatMeasured(bestValue(members, metric), metric, codeSize)
                return members.map(({ subject, metrics: measured }, index) => {
                  const value = formatMeasured(measured[metric.id], metric, codeSize)
                  const isBest = measured[metric.id] !== null && value === best
                  return (
                    <td key={subject} data-best={isBest || undefined} data-first={index === 0 || undefined}>
                      {measured[metric.id] === null ? <span className={classes.none}>–</span> : value}
                      {isBest && <VisuallyHidden component="span"> best</VisuallyHidden>}
                    </td>
                  )
                })
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.key}>Bold: the best of what can be compared. ↓ lower is better, ↑ higher is better.</p>
    </section>
  )
}

/** Says what a subject is, and of PCA how many components it keeps. */
function describeSubject(subject: Subject, components: MeasuredTableProps['components']): string {
  const { description } = subjectCatalog[subject]
  if (components === null || (subject !== 'PCA' && subject !== 'CORRUPTED_PCA')) return description
  const { used, rank } = components
  return `${description} Here ${used} ${used === 1 ? 'component' : 'components'}${used === rank ? ', all there are' : ''}.`
}
