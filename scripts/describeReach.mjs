import { networkInterfaces } from 'node:os'

/**
 * Says who can use a lab that other machines reach, and where they find it; undefined for one that only its own machine reaches.
 * @param {{ host: string, port: number }} listening
 * @param {ReturnType<typeof networkInterfaces>} [interfaces]
 */
export function describeReach({ host, port }, interfaces = networkInterfaces()) {
  if (host === 'localhost' || host === '::1' || host.startsWith('127.')) return undefined
  const urls = addressesOf(host, interfaces).map((address) => `http://${address.includes(':') ? `[${address}]` : address}:${port}`)
  const where = urls.length > 0 ? `Others open ${urls.join(' or ')}` : 'This machine has no address in a network just now'
  return `Everybody on the network can use, stop and delete what is in this lab: there is no sign-in. ${where}.`
}

/**
 * @param {string} host
 * @param {ReturnType<typeof networkInterfaces>} interfaces
 */
function addressesOf(host, interfaces) {
  if (host !== '0.0.0.0' && host !== '::') return [host]
  const outer = Object.values(interfaces)
    .flatMap((each) => each ?? [])
    .filter(({ internal }) => !internal)
  const named = outer.filter(({ family, address }) => family === 'IPv4' || (host === '::' && !address.startsWith('fe80:')))
  return named.map(({ address }) => address)
}
