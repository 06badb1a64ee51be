/** A piece of the text. */
export interface Token {
  readonly text: string
  /** Whether it stood in quotes: then it is a text, whatever it looks like. */
  readonly quoted: boolean
  readonly from: number
  readonly to: number
  /** Of `7 days ago`. */
  readonly ago?: { readonly amount: number; readonly unit: string }
}

/** What the grammar makes of a text, before anybody knows which keys there are. */
export type QuerySyntax =
  | { readonly type: 'and' | 'or'; readonly items: readonly QuerySyntax[] }
  | { readonly type: 'not'; readonly item: QuerySyntax }
  | { readonly type: 'is'; readonly flag: Token }
  | { readonly type: 'has'; readonly key: Token }
  /** Without a value only where the text is being completed. */
  | { readonly type: 'compare'; readonly key: Token; readonly operator: Token; readonly value: Token | null }
  | { readonly type: 'in'; readonly key: Token; readonly isNegated: boolean; readonly values: readonly Token[] }
  | { readonly type: 'text'; readonly text: Token }

/** Stands in a text for what is to be completed. */
export const HOLE = '\0'
