import { serveModels } from './serveModels'

// The page names the worker after the channel that it listens to.
serveModels(self, self.name === '' ? self : new BroadcastChannel(self.name))
