import { meanAndSpread } from '@hourglass/autoencoders'
import { runColour } from '../../entities/run/runColour'
import { formatCounted } from '../../ui/formatQuantity'
import type { DotRow } from './DotPlot'
import type { FigureProps } from './FigureProps'
import { groupRuns } from './replicates'

interface Tuned {
  readonly rows: readonly DotRow[]
  /** What the classifiers learned from. */
  readonly note: string
}

/** Lists the test errors of classifiers by the runs whose encoders they start from, and their means; each row says its labels where they are not as many for all. */
export function fineTuningRows({ runs, analyses }: Pick<FigureProps, 'runs' | 'analyses'>): Tuned {
  const tuned = runs.flatMap((run) => {
    const outcome = analyses.get(run.id)?.fineTuning
    return outcome ? [{ run, outcome }] : []
  })
  const [labels, ...others] = new Set(tuned.map(({ outcome }) => outcome.labels))
  const named = (label: string, outcome: Outcome | undefined) =>
    others.length > 0 && outcome ? `${label}, ${formatCounted(outcome.labels, 'label')}` : label
  const each: DotRow[] = tuned.map(({ run, outcome }) => ({
    id: run.id,
    label: named(run.label ?? run.name, outcome),
    colour: runColour(run.number),
    values: { pretrained: { value: outcome.pretrainedTestError }, random: { value: outcome.randomTestError } },
  }))
  const groups = groupRuns(tuned.map(({ run }) => run)).filter(({ runs: members }) => members.length > 1)
  const means = groups.map(({ label, runs: members }) => {
    const outcomes = tuned.flatMap(({ run, outcome }) => (members.includes(run) ? [outcome] : []))
    return summaryOf(groups.length > 1 ? `${named(label, outcomes[0])}, mean ± s.d.` : 'Mean ± s.d.', outcomes)
  })
  const note =
    others.length > 0
      ? 'of a classifier trained with as many labels as each row says'
      : `of a classifier trained with ${formatCounted(labels ?? 0, 'label')}`
  return { rows: [...each, ...means], note }
}

interface Outcome {
  readonly labels: number
  readonly pretrainedTestError: number
  readonly randomTestError: number
}

function summaryOf(label: string, outcomes: readonly Outcome[]): DotRow {
  const of = (values: readonly number[]) => {
    const { mean, spread } = meanAndSpread(values) ?? { mean: 0, spread: 0 }
    return { value: mean, spread }
  }
  return {
    id: label,
    label,
    colour: 'var(--hg-text)',
    values: {
      pretrained: of(outcomes.map(({ pretrainedTestError }) => pretrainedTestError)),
      random: of(outcomes.map(({ randomTestError }) => randomTestError)),
    },
    summary: true,
  }
}
