/** A build of the lab, as far as it is known. */
export interface Build {
  readonly version: string | null
  /** With a + behind it where files were changed since. */
  readonly commit: string | null
}

const SHORT_COMMIT = 10

/** Names a build in a few words. */
export function describeBuild({ version, commit }: Build): string {
  if (version === null) return 'a version that wrote down none'
  const changed = commit?.endsWith('+') ? ', with changes' : ''
  return commit === null ? `version ${version}` : `version ${version}, commit ${commit.replace('+', '').slice(0, SHORT_COMMIT)}${changed}`
}

/** Tells whether two builds are known to be the same. */
export function sameBuild(one: Build, other: Build): boolean {
  return one.version !== null && one.version === other.version && one.commit === other.commit
}
