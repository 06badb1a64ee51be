import { isIPv4 } from 'node:net'

/** Whether only this machine reaches what listens at an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}

/** Tells why nothing listens at an address that other machines reach, unless the settings say that it may; undefined where something may. */
export function refusalToListen(host: string, isOpen: boolean): string | undefined {
  if (isOpen || isLoopback(host)) return undefined
  return `HOURGLASS_HOST: ${host} can be reached from other machines, and without sign-in everybody there may use, stop and delete what is in the lab. Set HOURGLASS_OPEN=1 to allow that, or leave HOURGLASS_HOST at 127.0.0.1.`
}
