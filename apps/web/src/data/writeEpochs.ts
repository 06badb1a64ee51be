import type { ApolloCache } from '@apollo/client'

interface CachedConfig {
  readonly training: { readonly epochs: number }
}

/**
 * Gives a cached configuration as many epochs as its run has been given since: all that can change in one. A run that stops early has fewer from then on; its
 * configuration still asks for as many as it did.
 */
export function writeEpochs(cache: ApolloCache, id: string, epochs: number): void {
  cache.modify<{ config: CachedConfig | null }>({
    id,
    fields: {
      config: (config) => {
        if (config === null || !('training' in config) || config.training.epochs >= epochs) return config
        return { ...config, training: { ...config.training, epochs } }
      },
    },
  })
}
