/** Weighs what is computed with an epoch's model or its codes: up to 50 MB are read for one row as for many, so that few fit into one operation. */
export function weighModel(rows: number): { readonly field: number; readonly multiplier: number } {
  return { field: 10_000 + 40 * rows, multiplier: 1 }
}
