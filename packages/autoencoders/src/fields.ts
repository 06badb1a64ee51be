import { z } from 'zod'

/** What a form and a document need to know of a field besides its type. */
declare module 'zod' {
  interface GlobalMeta {
    /** Short label in sentence case. */
    title?: string
    /** One sentence that tells what the setting does. */
    description?: string
    /** What people call it who write a query. */
    alias?: string
    /** Physical unit or counted thing, for example `images`. */
    unit?: string
    /** Whether a slider or an axis of this number is logarithmic. */
    scale?: 'linear' | 'log'
    /** Where the allowed values come from when they are not fixed in the schema. */
    options?: 'datasets'
    /** What of a machine decides which of the values can be chosen on it. */
    availability?: 'engines'
    /** What an empty field stands for, in a word. */
    whenEmpty?: string
    /** Fields that most users leave as they are. */
    advanced?: boolean
  }
}

export const positive = (maximum: number) => z.number().gt(0).max(maximum)

/** A share from 0, 1 excluded. */
export const fraction = z.number().min(0).lt(1)
