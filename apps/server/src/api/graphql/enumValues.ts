/** Names the values of an enum in capitals, as the API does, each with what is said of it. */
export function enumValues<Value extends string>(
  values: readonly Value[],
  descriptions?: Readonly<Record<Value, string>>,
): Readonly<Record<string, { readonly value: Value; readonly description?: string }>> {
  return Object.fromEntries(
    values.map((value) => [value.toUpperCase(), { value, ...(descriptions ? { description: descriptions[value] } : {}) }]),
  )
}
