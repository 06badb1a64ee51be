import { shareBelow } from '@hourglass/autoencoders/latent'
import { formatCount, formatLoss } from '../../ui/formatQuantity'

interface ErrorNoteProps {
  readonly error: number
  /** Of test examples; null before they are known. */
  readonly errors: Float32Array | null
}

/** Writes a mean squared error beside what test examples have: `error 0.0123, more than 83 % of 1,000 test examples have`. */
export function ErrorNote({ error, errors }: ErrorNoteProps) {
  return (
    <span data-testid="error-note">
      error {formatLoss(error)}
      {errors &&
        errors.length > 0 &&
        `, more than ${writeShare(shareBelow(error, errors))} of ${formatCount(errors.length)} test examples have`}
    </span>
  )
}

/** Writes a share as percent, and neither all nor none unless it is so: `83 %`, `99.9 %`. */
function writeShare(share: number): string {
  const percent = 100 * share
  if (percent === 0 || percent === 100) return `${percent} %`
  return `${percent > 99 || percent < 1 ? Math.min(99.9, Math.max(0.1, percent)).toFixed(1) : Math.round(percent)} %`
}
