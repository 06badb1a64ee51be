import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql'

/** Tells whether an operation asks for a field, named by the way to it from the one that is resolved: `['run', 'name']`. */
export function selects({ fieldNodes, fragments }: GraphQLResolveInfo, path: readonly string[]): boolean {
  const asks = (set: SelectionSetNode | undefined, [name, ...rest]: readonly string[]): boolean =>
    name === undefined ||
    (set?.selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value === name && asks(selection.selectionSet, rest)
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments[selection.name.value] : selection
      return asks(fragment?.selectionSet, [name, ...rest])
    }) ??
      false)
  return fieldNodes.some(({ selectionSet }) => asks(selectionSet, path))
}
