import { GraphQLError, GraphQLID, type ValueNode } from 'graphql'

/** The longest id of anything in a lab is a preset's name. */
const MAXIMUM_ID_LENGTH = 64

/**
 * Refuses ids that are longer than any: each goes to the database as often as a document names it. Pothos makes every schema with the language's own
 * `ID`, so that is what learns it, for this process.
 */
export function boundIds(): void {
  const { parseValue, parseLiteral } = GraphQLID
  GraphQLID.parseValue = (value) => requireShort(parseValue(value))
  GraphQLID.parseLiteral = (node: ValueNode, variables) => requireShort(parseLiteral(node, variables))
}

function requireShort(id: string): string {
  if (id.length <= MAXIMUM_ID_LENGTH) return id
  throw new GraphQLError(
    `ID: expected at most ${MAXIMUM_ID_LENGTH} characters, got ${id.length.toLocaleString('en')}: ${JSON.stringify(id.slice(0, 40))} and so on.`,
  )
}
