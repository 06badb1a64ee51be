/** What of an autoencoder can be exported. */
export const modelParts = ['encoder', 'decoder', 'autoencoder'] as const
export type ModelPart = (typeof modelParts)[number]
