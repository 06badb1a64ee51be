/** What came out of an experiment for a claim, as its verdict has it. */
export type Outcome = 'HOLDS' | 'HOLDS_FOR_SOME' | 'DOES_NOT_HOLD'

/** Something that a reader may expect of an experiment. */
export interface Answer {
  readonly text: string
  /** What comes out where the reader was right. */
  readonly outcome: Outcome
}

/** What a reader is asked before an experiment is run. */
export interface Question {
  readonly ask: string
  /** Names the claim of the experiment whose verdict answers it. */
  readonly claim: string
  /** In the order in which they are offered. */
  readonly answers: readonly [Answer, Answer, ...Answer[]]
}

/** A symbol of a formula as TeX, and what it stands for. */
export type SymbolMeaning = readonly [tex: string, meaning: string]

/** Figures that are computed in the page while one reads. */
export const liveFigures = ['principalAxes', 'codeSizes', 'noise', 'circleField', 'tangent', 'contraction'] as const
export type LiveFigure = (typeof liveFigures)[number]

export type Part =
  /** Markdown, with formulas between dollar signs, and links to `term:<id>` that lead to the glossary. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'formula'; readonly tex: string; readonly symbols: readonly SymbolMeaning[] }
  /** The network of one run of an experiment, drawn from its configuration; the first one where no label names another. */
  | { readonly kind: 'network'; readonly preset: string; readonly run?: string; readonly caption: string }
  | { readonly kind: 'live'; readonly figure: LiveFigure; readonly caption: string }
  | { readonly kind: 'experiment'; readonly preset: string; readonly question?: Question }

/** A section of the chapter. */
export interface Section {
  /** Names it in addresses. */
  readonly id: string
  readonly title: string
  /** What it is about, in one or two sentences. */
  readonly lead: string
  readonly parts: readonly Part[]
}

/** Builds parts of a section: a short word for each kind keeps its file readable as a text. */
export const text = (markdown: string): Part => ({ kind: 'text', text: markdown })
export const heading = (title: string): Part => ({ kind: 'heading', text: title })
export const formula = (tex: string, ...symbols: readonly SymbolMeaning[]): Part => ({ kind: 'formula', tex, symbols })
export const network = (preset: string, caption: string, run?: string): Part => ({
  kind: 'network',
  preset,
  caption,
  ...(run === undefined ? {} : { run }),
})
export const live = (figure: LiveFigure, caption: string): Part => ({ kind: 'live', figure, caption })
export const experiment = (preset: string, question?: Question): Part => ({ kind: 'experiment', preset, ...(question ? { question } : {}) })

export const holds = (answer: string): Answer => ({ text: answer, outcome: 'HOLDS' })
export const holdsForSome = (answer: string): Answer => ({ text: answer, outcome: 'HOLDS_FOR_SOME' })
export const doesNotHold = (answer: string): Answer => ({ text: answer, outcome: 'DOES_NOT_HOLD' })
