import type { Question } from '@hourglass/chapter'
import classes from './Prediction.module.css'

/** What is known of the verdict on a claim. */
export interface JudgedClaim {
  readonly claim: string
  readonly kind: 'HOLDS' | 'HOLDS_FOR_SOME' | 'DOES_NOT_HOLD' | 'NOT_JUDGED'
  readonly sentence: string
}

interface PredictionProps {
  readonly question: Question
  /** Index of the answer that the reader gave; null where none was given. */
  readonly answer: number | null
  /** Undefined until they are known. */
  readonly verdicts: readonly JudgedClaim[] | undefined
}

/** Sets what a reader expected against what came out; nothing until that can be told. */
export function Prediction({ question, answer, verdicts }: PredictionProps) {
  const verdict = verdicts?.find(({ claim }) => claim === question.claim)
  if (!verdict || verdict.kind === 'NOT_JUDGED') return null
  const right = question.answers.find(({ outcome }) => outcome === verdict.kind)
  const given = answer === null ? undefined : question.answers[answer]
  return (
    <p className={classes.root} role="status" data-testid="prediction" data-right={given ? given === right : undefined}>
      <b>{headOf(given !== undefined, given === right)}</b> {right ? `“${right.text}.”` : ''} {verdict.sentence}
    </p>
  )
}

function headOf(isGiven: boolean, isRight: boolean): string {
  if (!isGiven) return 'It came out like this:'
  return isRight ? 'You were right:' : 'It came out otherwise than you expected:'
}
