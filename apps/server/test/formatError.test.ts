import { buildSchema, graphql } from 'graphql'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { formatError } from '../src/api/graphql/formatError.js'

it('tells a result that cannot be serialised, which is logged, from an argument that the client got wrong', async () => {
  const logged: string[] = []
  const log = pino({}, { write: (line: string) => void logged.push(line) })
  const schema = buildSchema('type Query { loss(of: ID! = "a"): Float! }')
  const codeOf = async (source: string, variableValues: Record<string, unknown>) => {
    const { errors } = await graphql({ schema, source, variableValues, rootValue: { loss: () => Number.NaN } })
    return formatError(errors?.[0], log).extensions?.code
  }
  expect(await codeOf('query ($of: ID) { loss(of: $of) }', { of: null })).toBe('BAD_USER_INPUT')
  expect(await codeOf('query ($of: ID!) { loss(of: $of) }', {})).toBe('BAD_USER_INPUT')
  expect(logged).toHaveLength(0)
  expect(await codeOf('{ loss }', {})).toBe('INTERNAL_SERVER_ERROR')
  expect(logged).toHaveLength(1)
})
