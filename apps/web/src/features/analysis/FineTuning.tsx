import { formatCounted } from '../../ui/formatQuantity'
import classes from './AnalysisSection.module.css'

export interface FineTuningOutcome {
  readonly labels: number
  readonly epochs: number
  readonly pretrainedTestError: number
  readonly randomTestError: number
}

/** Says what the encoder is worth as a start for learning with few labels. */
export function FineTuning({ outcome }: { readonly outcome: FineTuningOutcome }) {
  const { labels, epochs, pretrainedTestError, randomTestError } = outcome
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`
  return (
    <p className={classes.note}>
      A classifier on this encoder, trained for {formatCounted(epochs, 'epoch')} with {formatCounted(labels, 'label')}, errs on{' '}
      <b>{percent(pretrainedTestError)}</b> of the test examples; from random weights, all else the same, on{' '}
      <b>{percent(randomTestError)}</b>.
    </p>
  )
}
