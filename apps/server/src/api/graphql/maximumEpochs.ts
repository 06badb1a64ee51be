/** The most that a configuration may ask for; what lists every epoch is weighed as if there were so many. */
export const MAXIMUM_EPOCHS = 10_000
