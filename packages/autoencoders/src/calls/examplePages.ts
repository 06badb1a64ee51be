/** Examples that a file of them holds, as the server cuts them and as whoever reads them counts. */
export const EXAMPLES_A_PAGE = 250
