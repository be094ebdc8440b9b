/** Keys that are missing, damaged or exposed stop the start with a sentence the keeper can act on. */

/** The message is meant for the technical keeper and holds no key material. */
export class KeyringBroken extends Error {
  override readonly name = 'KeyringBroken'
}
