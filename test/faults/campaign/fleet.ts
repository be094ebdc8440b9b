/** The service's processes on one place: they keep their ports, so that whoever comes back finds them again. */
import { freePort } from '../../freePort.js'
import { type Running, run } from '../running.js'

export class Fleet {
  private readonly ports: number[] = []
  private readonly running = new Map<number, Running>()
  /** Exit codes of those that were told to stop. */
  readonly exits: (number | null)[] = []

  constructor(
    private readonly env: Record<string, string>,
    /** The built `main.js`. */
    private readonly main: string,
  ) {}

  /** All at once, each on a port of its own. */
  async launch(processes: number): Promise<void> {
    for (let n = 0; n < processes; n += 1) this.ports.push(await freePort())
    await Promise.all(this.ports.map((_, n) => this.start(n)))
  }

  get size(): number {
    return this.ports.length
  }

  /** All of them, also those that are down at the moment. */
  readonly urls = (): string[] => this.ports.map((port) => `http://127.0.0.1:${port}`)

  pid(n: number): number | undefined {
    return this.running.get(n)?.pid
  }

  /** `more` variables for this process only. */
  async start(n: number, more: Record<string, string> = {}): Promise<void> {
    const env = { ...this.env, ...more, PORT: String(this.ports[n]) }
    this.running.set(n, await run(env, this.main))
  }

  async kill(n: number): Promise<void> {
    const one = this.running.get(n)
    this.running.delete(n)
    await one?.kill()
  }

  /** Its exit code. */
  async stop(n: number): Promise<number | null> {
    const one = this.running.get(n)
    this.running.delete(n)
    const code = one ? await one.stop() : 0
    this.exits.push(code)
    return code
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.running.keys()].map((n) => this.stop(n)))
  }

  async killAll(): Promise<void> {
    await Promise.all([...this.running.keys()].map((n) => this.kill(n)))
  }
}
