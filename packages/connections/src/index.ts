export { Addresses, networkOf } from './Addresses.js'
export { BoundedRequest } from './BoundedRequest.js'
export { type ConnectionLimits, Connections, type ConnectionsOptions, type ConnectionsTold } from './Connections.js'
export { foreignHost, type OwnNames } from './foreignHost.js'
