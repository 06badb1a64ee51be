const [major] = process.versions.node.split('.')

/** The installed package that has the release for this Node, and the script of its own that makes its binary where it brings none. */
module.exports =
  Number(major) >= 22 ? { name: 'better-sqlite3-13', script: 'build-release' } : { name: 'better-sqlite3-12', script: 'install' }
