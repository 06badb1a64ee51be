import { z } from 'zod'

/** A measured number; null where it does not apply, is not finite, or did not exist when an earlier analysis was made. */
export const measured = z.number().nullable().default(null)
/** Counts something, from 0. */
export const count = z.int().min(0)
/** Says for readers of the API what a value is. */
export const described = (description: string) => ({ description })
