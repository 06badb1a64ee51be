/** Every nonlinearity of layers, in the order of forms. */
export const activations = ['linear', 'relu', 'sigmoid', 'tanh'] as const
export type Activation = (typeof activations)[number]
