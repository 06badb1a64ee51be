import type { ReactNode } from 'react'
import type { ReconstructionsFieldsFragment } from '../../data/generated/graphql'
import type { RunRow } from '../../entities/run/useRunRow'
import type { RunKey } from './useRunKeys'

export interface ColumnValue {
  readonly number: number | null
  readonly text: string | null
}

/** What the API was asked for beside what every row has. */
export interface RowValues {
  /** What the run has of a key, by its name in full; undefined where it has nothing. */
  readonly read: (name: string) => ColumnValue | undefined
  /** The latest; null where there are none. */
  readonly reconstructions: ReconstructionsFieldsFragment | null
}

/** A column of the table of runs. Its id is the name of the key that it shows, where it shows one. */
export interface RunColumn {
  readonly id: string
  readonly title: string
  /** In pixels, unless somebody made it another. */
  readonly width: number
  readonly align?: 'right'
  /** Below the title. */
  readonly unit?: string | undefined
  /** Of the glossary. */
  readonly term?: string | undefined
  /** What it is, on hover. */
  readonly hint?: string | undefined
  /** Which way it is sorted first; null where it cannot be sorted. */
  readonly sortsFirst: 'ASC' | 'DESC' | null
  /** Whether the API must be asked for its value, beside what every row has. */
  readonly isAsked: boolean
  /** Where it shows a number that was measured, what sums that up in groups. */
  readonly metric: RunKey | null
  readonly render: (run: RunRow, values: RowValues) => ReactNode
}
