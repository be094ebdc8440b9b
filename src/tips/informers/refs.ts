/** Keyed hashes that stand where a person's id would stand elsewhere: equal for equals, and telling nobody of whom. */
import type { Knowledge } from '../../house.js'
import { lookupHash } from '../../encryption/lookup.js'

type Keys = Pick<Knowledge, 'informers'>

/** The parts cannot run into each other. */
const ref = ({ informers }: Keys, kind: string, ...parts: (string | null)[]): string =>
  lookupHash(informers.purposeKey('lookup'), kind, JSON.stringify(parts))

export const tipRef = (know: Keys, tipId: string): string => ref(know, 'tip', tipId)
export const personRef = (know: Keys, personId: string): string => ref(know, 'person', personId)

/** Whose upload a file is until it is attached; null is somebody who did not log in, and has nothing but its id. */
export const uploadRef = (know: Keys, fileId: string, personId: string | null): string =>
  ref(know, 'upload', fileId, personId)

/** What an Idempotency-Key stands for where nobody may learn whose it was. */
export const answerRef = (know: Keys, personId: string | null, verb: string, key: string): string =>
  ref(know, 'answer', personId, verb, key)

/** A notice of WeChat Pay that was taken: its own id says to the second when it was sent. */
export const noticeRef = (know: Keys, noticeId: string): string => ref(know, 'notice', noticeId)

/** Keyed, for a name and a number are quickly guessed. */
export const inputRef = (know: Keys, input: unknown): string => ref(know, 'input', JSON.stringify(input) ?? '')
