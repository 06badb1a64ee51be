/** What is wrong with one of several runs. */
export interface RunIssue {
  /** What tells the run from the others. */
  readonly label: string
  readonly message: string
}

const MOST_NAMED = 3

/** Says what is wrong with several runs, each thing once with the runs it concerns: `4 runs (z = 1, z = 2, z = 4 and 1 other): Epochs must be …`. */
export function joinRunIssues(issues: readonly RunIssue[]): readonly string[] {
  const labels = new Map<string, string[]>()
  for (const { label, message } of issues) labels.set(message, [...(labels.get(message) ?? []), label])
  return [...labels].map(([message, concerned]) => `${nameRuns(concerned)}: ${message}`)
}

function nameRuns(labels: readonly string[]): string {
  if (labels.length === 1) return `${labels[0]}`
  const named = labels.slice(0, MOST_NAMED).join(', ')
  const others = labels.length - MOST_NAMED
  return `${labels.length} runs (${named}${others > 0 ? ` and ${others} ${others === 1 ? 'other' : 'others'}` : ''})`
}
