// What a call that did not succeed is: the server's own sentence, or that there is no network.

export interface FieldError {
  path: string
  message: string
}

interface Particulars {
  title: string
  /** The HTTP status; 0 when no answer came. */
  status: number
  /** Such as `stale`, `wrongState`, `invalid`. */
  type?: string
  errors?: FieldError[]
  traceId?: string
  /** What was asked for; empty where it was no verb of the contract. */
  verb?: string
}

export class Failure extends Error {
  readonly title: string
  readonly status: number
  readonly type: string
  readonly errors: FieldError[]
  readonly traceId: string
  readonly verb: string

  constructor({ title, status, type = '', errors = [], traceId = '', verb = '' }: Particulars) {
    super(title)
    this.title = title
    this.status = status
    this.type = type
    this.errors = errors
    this.traceId = traceId
    this.verb = verb
  }

  /** Nothing is known of what became of the request: it may be sent again with the same key. */
  get isOffline(): boolean {
    return this.status === 0
  }

  /** What to show where only one line fits: with a wrong field, what is wrong with it. */
  get sentence(): string {
    return this.errors[0]?.message ?? this.title
  }
}

export const offline = () => new Failure({ title: '网络不通，请检查网络后再试', status: 0 })

/** Anything thrown, as a sentence for the person. */
export const sentenceOf = (error: unknown): string =>
  error instanceof Failure ? error.sentence : '出了点问题，请再试一次'
