export type Archived = 'run' | 'experiment'

/** The address of the one file that a run or an experiment is packed into. */
export function archiveAddress(kind: Archived, id: string): string {
  return `/archives/${kind}s/${id}.tar`
}
