import type { VerdictKind } from '../../data/generated/graphql'
import type { Verdict } from './useVerdicts'
import classes from './VerdictList.module.css'

const words: Readonly<Record<VerdictKind, string>> = {
  HOLDS: 'Holds',
  HOLDS_FOR_SOME: 'Holds for some',
  DOES_NOT_HOLD: 'Does not hold',
  NOT_JUDGED: 'Not judged',
}

/** Lists what an experiment leads one to expect, each with what its runs say to it. */
export function VerdictList({ verdicts }: { readonly verdicts: readonly Verdict[] }) {
  return (
    <ul className={classes.list} aria-label="Expectations and what the runs say to them">
      {verdicts.map(({ claim, expectation, kind, sentence }) => (
        <li key={claim} className={classes.verdict} data-claim={claim} data-kind={kind}>
          <span className={classes.kind}>
            <span className={classes.mark} aria-hidden />
            {words[kind]}
          </span>
          <p className={classes.expectation}>{expectation}</p>
          <p className={classes.sentence}>{sentence}</p>
        </li>
      ))}
    </ul>
  )
}
