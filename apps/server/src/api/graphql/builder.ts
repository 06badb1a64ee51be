import SchemaBuilder from '@pothos/core'
import ComplexityPlugin from '@pothos/plugin-complexity'
import { GraphQLScalarType } from 'graphql'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import { boundIds } from './boundIds.js'
import type { Context } from './Context.js'

/** What one operation may ask for. A page of 500 runs with configuration and a small curve each has complexity 40,000, a run's page breadth 400. */
export const limits = { complexity: 100_000, depth: 12, breadth: 1_000 }

export const builder = new SchemaBuilder<{
  Context: Context
  DefaultFieldNullability: false
  Scalars: {
    ID: { Input: string; Output: string }
    DateTime: { Input: never; Output: Date }
  }
}>({
  plugins: [ComplexityPlugin],
  defaultFieldNullability: false,
  complexity: {
    defaultComplexity: 1,
    defaultListMultiplier: 10,
    limit: limits,
    complexityError: (kind, { complexity, depth, breadth, maxComplexity, maxDepth, maxBreadth }) =>
      new HourglassError(
        errorCodes.queryTooComplex,
        `${kind}: expected at most complexity ${maxComplexity}, depth ${maxDepth} and breadth ${maxBreadth}, got ${complexity}, ${depth} and ${breadth}. Ask for less at a time.`,
      ),
  },
})

builder.queryType()
builder.mutationType()
builder.subscriptionType()

boundIds()

builder.addScalarType(
  'DateTime',
  new GraphQLScalarType<Date, string>({
    name: 'DateTime',
    description: 'A moment as ISO 8601 text in UTC, for example 2026-11-23T08:00:00.000Z.',
    serialize: (value) => {
      if (value instanceof Date) return value.toISOString()
      throw new TypeError(`DateTime: expected a Date, got ${typeof value}`)
    },
  }),
)
