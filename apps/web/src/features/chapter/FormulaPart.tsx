import type { SymbolMeaning } from '@hourglass/chapter'
import classes from './FormulaPart.module.css'
import { Tex } from './Tex'

interface FormulaPartProps {
  readonly tex: string
  readonly symbols: readonly SymbolMeaning[]
}

/** Shows a formula with what each of its symbols stands for. */
export function FormulaPart({ tex, symbols }: FormulaPartProps) {
  return (
    <div className={classes.root} data-testid="formula">
      {/* On a phone a long formula is scrolled, by keys as well. */}
      {/* biome-ignore lint/a11y/useSemanticElements: a formula is no set of fields. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it may be wider than the page. */}
      <div role="group" className={classes.formula} aria-label="Formula" tabIndex={0}>
        <Tex tex={tex} isDisplayed />
      </div>
      <dl className={classes.symbols}>
        {symbols.map(([symbol, meaning]) => (
          <div key={symbol} className={classes.symbol}>
            <dt>
              <Tex tex={symbol} />
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
