/** L-BFGS has converged where no component of the gradient is larger. */
export const GRADIENT_TOLERANCE = 1e-7
