/** The storages that scenarios run on, as production would set them up. */
import { type Galera, startGalera } from '../../galera.js'
import { type MariaDb, startMariaDb } from '../../mariadb.js'

export type StorageName = 'embedded' | 'MariaDB' | 'cluster'

export interface Storage {
  name: StorageName
  /** How many service processes share it. */
  processes: number
  /** A new, empty database: its URL, undefined for the embedded file. */
  createDatabase(): Promise<string | undefined>
  /** The server, where there is one. */
  server?: MariaDb
  /** The three nodes, where there are. */
  cluster?: Galera
  /** Whether nginx stands before the processes. */
  isFronted: boolean
  /** Whatever state it is in. */
  close(): Promise<void>
}

let databases = 0
const nextName = () => `faults_${(databases += 1)}`

const openers: Readonly<Record<StorageName, () => Promise<Storage>>> = {
  embedded: async () => ({
    name: 'embedded',
    processes: 1,
    isFronted: false,
    createDatabase: async () => undefined,
    close: async () => {},
  }),
  MariaDB: async () => {
    const server = await startMariaDb({ isDurable: true })
    return {
      name: 'MariaDB',
      processes: 2,
      isFronted: false,
      server,
      createDatabase: () => server.createDatabase(nextName()),
      async close() {
        server.thaw()
        await server.stop()
      },
    }
  },
  cluster: async () => {
    const cluster = await startGalera({ isDurable: true })
    return {
      name: 'cluster',
      processes: 3,
      isFronted: true,
      cluster,
      createDatabase: () => cluster.createDatabase(nextName()),
      close: () => cluster.stop(),
    }
  },
}

export const storageNames = Object.keys(openers) as StorageName[]

/** Opens each storage when it is first needed; one that a scenario may have left in disorder is opened anew. */
export class Storages {
  private readonly open = new Map<StorageName, Promise<Storage>>()

  get(name: StorageName): Promise<Storage> {
    const storage = this.open.get(name) ?? openers[name]()
    this.open.set(name, storage)
    return storage
  }

  async giveUp(name: StorageName): Promise<void> {
    const storage = this.open.get(name)
    this.open.delete(name)
    // One that could not be opened has said so to whoever asked for it.
    await (await storage?.catch(() => undefined))?.close()
  }

  async close(): Promise<void> {
    for (const name of this.open.keys()) await this.giveUp(name)
  }
}
