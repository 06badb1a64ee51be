/**
 * better-sqlite3, in the release that runs on this Node. It has that package's name, so that Prisma's adapter finds it too.
 *
 * Release 13 is one binary for every Node since 22, and comes with it. On Node 20 it ends the process. Release 12 is compiled for one Node, and compiled
 * for Node 24.19 and later it ends the process when a statement is collected while no JavaScript runs.
 */
module.exports = require(require('./release.cjs').name)
