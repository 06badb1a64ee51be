import { Defined } from './Defined'
import { TermLink } from './TermLink'

/** The title of a column, a row or a number, with what is known of it. */
export interface TitledTerm {
  readonly title: string
  /** Its id in the glossary; without it, the title leads nowhere. */
  readonly term?: string | undefined
  /** What is shown on hover. */
  readonly definition?: string | undefined
  readonly formula?: string | undefined
}

/** Writes a title that leads to its term. */
export function TermTitle({ title, term, definition, formula }: TitledTerm) {
  if (definition) return <Defined title={title} definition={definition} formula={formula} term={term} />
  return term ? <TermLink term={term}>{title}</TermLink> : title
}
