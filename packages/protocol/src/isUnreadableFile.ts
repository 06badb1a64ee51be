const codes = new Set(['EIO', 'EACCES', 'EPERM', 'EISDIR', 'ENOTDIR', 'ELOOP'])

/** Tells whether the system's code of an error says that it is this file which cannot be read, and not that it is gone or the machine is short of something. */
export function isUnreadableFile(code: string | undefined): boolean {
  return code !== undefined && codes.has(code)
}
