export type ReleaseLock = () => Promise<void>

/** Somebody else uses the data. The message is for the person who started the command. */
export class InUse extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'InUse'
  }
}
