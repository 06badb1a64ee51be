/** Ten hues that stay apart on light and dark ground (Tableau 10). */
const palette = ['#4e79a7', '#f28e2b', '#e15759', '#76b7b2', '#59a14f', '#d9b32b', '#b07aa1', '#f08a98', '#9c755f', '#9aa0a6'] as const

/** Gives each class label its colour, the same everywhere. */
export function labelColour(label: number): string {
  return palette[Math.abs(Math.trunc(label)) % palette.length] ?? palette[0]
}
