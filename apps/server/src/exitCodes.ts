/**
 * What the server's process ends with, in the terms of sysexits.h. Whoever supervises it starts it again after `crashed`, and not after
 * `config`: a setting, the data folder or another server is in the way, and would be again.
 */
export const exitCodes = { closed: 0, crashed: 70, config: 78, interrupted: 130 } as const
