/** The databases that every test of the service runs on: the embedded one, and a MariaDB that the tests start. */
import { after } from 'mocha'
import { v7 as uuid } from 'uuid'
import { type MariaDb, startMariaDb } from './mariadb.js'

let server: Promise<MariaDb> | undefined

/** Name → the URL of a new, empty database; undefined for the embedded file. */
export const databases: Readonly<Record<string, () => Promise<string | undefined>>> = {
  embedded: async () => undefined,
  MariaDB: async () => {
    server ??= startMariaDb()
    const name = `t_${uuid().replaceAll('-', '')}`
    const mariadb = await server
    await mariadb.createDatabase(name)
    return mariadb.url(name)
  },
}

export const databaseNames = Object.keys(databases)

after(async () => {
  await (await server)?.stop()
})
